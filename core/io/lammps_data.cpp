// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lammps_data.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/io/element_by_mass.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

using crystal::Element;
using crystal::Lattice;
using crystal::Structure;

namespace {

/// Lower triangular rows with a positive diagonal that have the same lengths and angles.
Mat3 turnedRows(const Mat3& rows) {
    const Vec3 a = rows.row(0), b = rows.row(1), c = rows.row(2);
    const Vec3 x = a.normalized();
    const Vec3 z = a.cross(b).normalized();
    const Vec3 y = z.cross(x);
    Mat3 turned;
    turned << a.dot(x), 0, 0, b.dot(x), b.dot(y), 0, c.dot(x), c.dot(y), c.dot(z);
    return turned;
}

/// The same crystal in LAMMPS's orientation.
Structure turned(const Structure& structure) {
    Mat3 rows = structure.lattice.rows();
    if (rows.determinant() < 0.0) rows.row(2) *= -1.0;  // the same lattice, right-handed
    // Whole multiples of the vectors before bring the tilt factors into bounds: c by b first, which changes
    // xz.
    const Mat3 first = turnedRows(rows);
    const double cByB = std::round(first(2, 1) / first(1, 1));
    rows.row(2) -= cByB * rows.row(1);
    const double bByA = std::round(first(1, 0) / first(0, 0));
    rows.row(1) -= bByA * rows.row(0);
    rows.row(2) -= std::round(turnedRows(rows)(2, 0) / first(0, 0)) * rows.row(0);
    Structure result;
    result.lattice = Lattice(turnedRows(rows));
    const Lattice reduced(rows);
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const auto fractional = reduced.toFractional(structure.position(i));
        const Vec3 inside = result.lattice.wrapped(result.lattice.toCartesian(fractional));
        result.append(structure.elements[i], inside);
    }
    return result;
}

std::vector<Element> typesOf(const Structure& structure) {
    std::vector<Element> types;
    for (const Element element : structure.elements) {
        if (std::find(types.begin(), types.end(), element) == types.end()) types.push_back(element);
    }
    return types;
}

/// One file being read.
class Reader {
  public:
    explicit Reader(const std::filesystem::path& file) : text_(file) {}

    Structure read() {
        text_.next("the title");
        while (!text_.atEnd())
            line(text_.next("a section"));
        if (!haveAtoms_) text_.fail("the file has no Atoms section");
        return finished();
    }

  private:
    struct Atom {
        long type;
        Vec3 position;
    };

    /// What stands behind '#'.
    static std::string_view comment(std::string_view line) {
        const auto at = line.find('#');
        if (at == std::string_view::npos) return {};
        const auto start = line.find_first_not_of(" \t\r", at + 1);
        if (start == std::string_view::npos) return {};
        return line.substr(start, line.find_last_not_of(" \t\r") - start + 1);
    }

    std::vector<std::string_view> fields(std::string_view line) const {
        std::vector<std::string_view> result;
        splitFields(line.substr(0, line.find('#')), result);
        return result;
    }

    long count(std::string_view field, const char* what) const {
        const auto number = parseInteger(field);
        if (!number || *number < 1) text_.fail(fmt::format("bad {} {}", what, inQuotes(field)));
        return *number;
    }

    void line(std::string_view whole) {
        const auto f = fields(whole);
        if (f.empty()) return;
        if (f.size() == 2 && f[1] == "atoms") {
            atomCount_ = count(f[0], "number of atoms");
        } else if (f.size() == 3 && f[1] == "atom" && f[2] == "types") {
            typeCount_ = count(f[0], "number of atom types");
        } else if (f.size() == 4 && f[2].size() == 3 && f[2].substr(1) == "lo") {
            const auto axis = static_cast<int>(f[2][0] - 'x');
            if (axis < 0 || axis > 2) text_.fail(fmt::format("bad bound {}", inQuotes(f[2])));
            low_[axis] = text_.number(f[0], f[2]);
            box_(axis, axis) = text_.number(f[1], f[3]) - low_[axis];
        } else if (f.size() == 6 && f[3] == "xy") {
            box_(1, 0) = text_.number(f[0], "xy");
            box_(2, 0) = text_.number(f[1], "xz");
            box_(2, 1) = text_.number(f[2], "yz");
        } else if (f.size() == 1 && f[0] == "Masses") {
            readMasses();
        } else if (f.size() == 1 && f[0] == "Atoms") {
            readAtoms(comment(whole));
        } else if (f.size() == 1 && f[0] == "Velocities") {
            section(atomCount_, [](std::string_view) {});
        }
    }

    /// The lines of a section, past the blank line above them.
    template <class Read>
    void section(long lines, Read&& read) {
        text_.skipBlankLines();
        for (long i = 0; i < lines; ++i)
            read(text_.next("a line of the section"));
    }

    void readMasses() {
        if (typeCount_ < 1) text_.fail("the number of atom types must stand above the masses");
        section(typeCount_, [&](std::string_view whole) {
            const auto f = fields(whole);
            if (f.size() != 2) text_.fail("a mass needs a type and a number");
            const long type = count(f[0], "atom type");
            const double mass = text_.number(f[1], "the mass");
            const std::string_view symbol = comment(whole);
            auto element = Element::find(symbol.substr(0, symbol.find_first_of(" \t")));
            if (!element) element = elementByMass(mass);
            if (!element) {
                text_.fail(fmt::format("no element has the mass {}; write its symbol behind \"#\"", mass));
            }
            elements_.insert_or_assign(type, *element);
        });
    }

    void readAtoms(std::string_view style) {
        if (atomCount_ < 1) text_.fail("the number of atoms must stand above them");
        if (!style.empty() && style != "atomic" && style != "charge") {
            text_.fail(fmt::format("atom style {} cannot be read, only atomic and charge", inQuotes(style)));
        }
        atomsLine_ = text_.lineNumber();
        section(atomCount_, [&](std::string_view whole) {
            const auto f = fields(whole);
            // Both may have three image flags behind.
            const bool charge = style == "charge" || (style.empty() && (f.size() == 6 || f.size() == 9));
            const std::size_t x = charge ? 3 : 2;
            if (f.size() < x + 3) text_.fail(fmt::format("an atom needs {} columns", x + 3));
            const Vec3 r(text_.number(f[x], "the position"), text_.number(f[x + 1], "the position"),
                         text_.number(f[x + 2], "the position"));
            const long id = count(f[0], "atom id");
            if (!atoms_.emplace(id, Atom{count(f[1], "atom type"), r}).second)
                text_.fail(fmt::format("atom {} is listed twice", id));
        });
        haveAtoms_ = true;
    }

    Structure finished() {
        Structure structure;
        for (int axis = 0; axis < 3; ++axis) {
            if (box_(axis, axis) <= 0.0) {
                throw IoError(text_.file(), fmt::format("the {0}lo {0}hi bounds are missing or out of order",
                                                        static_cast<char>('x' + axis)));
            }
        }
        try {
            structure.lattice = Lattice(box_);
        } catch (const InputError& error) {
            throw IoError(text_.file(), error.what());
        }
        for (const auto& [id, atom] : atoms_) {
            const auto element = elements_.find(atom.type);
            if (element == elements_.end()) {
                throw IoError(text_.file(), atomsLine_,
                              fmt::format("atom {} has type {}, which has no mass", id, atom.type));
            }
            structure.append(element->second, atom.position - low_);
        }
        text_.validate(structure, atomsLine_);
        return structure;
    }

    TextReader text_;
    long atomCount_ = 0, typeCount_ = 0, atomsLine_ = 0;
    bool haveAtoms_ = false;
    Vec3 low_ = Vec3::Zero();
    Mat3 box_ = Mat3::Zero();
    std::map<long, Element> elements_;
    std::map<long, Atom> atoms_;
};

}  // namespace

void writeLammpsData(const std::filesystem::path& file, const Structure& structure,
                     const Eigen::VectorXd& charges) {
    const bool withCharges = charges.size() > 0;
    if (withCharges && charges.size() != static_cast<Eigen::Index>(structure.size())) {
        throw InputError(fmt::format("{} charges for {} atoms", charges.size(), structure.size()));
    }
    const Structure cell = turned(structure);
    const auto types = typesOf(cell);
    const Mat3& box = cell.lattice.rows();
    std::string text = fmt::format("{}, units metal\n\n{} atoms\n{} atom types\n\n", structure.formula(),
                                   cell.size(), types.size());
    for (int axis = 0; axis < 3; ++axis)
        text += fmt::format("0.0 {:.16g} {}lo {}hi\n", box(axis, axis), "xyz"[axis], "xyz"[axis]);
    text += fmt::format("{:.16g} {:.16g} {:.16g} xy xz yz\n\nMasses\n\n", box(1, 0), box(2, 0), box(2, 1));
    for (std::size_t t = 0; t < types.size(); ++t)
        text += fmt::format("{} {:.9g}  # {}\n", t + 1, types[t].mass(), types[t].symbol());
    text += fmt::format("\nAtoms  # {}\n\n", withCharges ? "charge" : "atomic");
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const auto type = std::find(types.begin(), types.end(), cell.elements[i]) - types.begin() + 1;
        const Vec3 r = cell.position(i);
        text += fmt::format("{} {}", i + 1, type);
        if (withCharges) text += fmt::format(" {:.12g}", charges[static_cast<Eigen::Index>(i)]);
        text += fmt::format(" {:.16g} {:.16g} {:.16g}\n", r[0], r[1], r[2]);
    }
    writeTextAtomically(file, text);
}

Structure readLammpsData(const std::filesystem::path& file) {
    return Reader(file).read();
}

}  // namespace ionscape::io
