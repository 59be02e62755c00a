// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/poscar.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

using crystal::Element;
using crystal::Structure;

namespace {

Vec3 readVector(TextReader& reader, const std::string& what) {
    const auto fields = reader.nextFields(what);
    if (fields.size() < 3) reader.fail(fmt::format("{} needs three numbers", what));
    return {reader.number(fields[0], what), reader.number(fields[1], what), reader.number(fields[2], what)};
}

double readScale(TextReader& reader) {
    const auto fields = reader.nextFields("the scale factor");
    // Text after the number is a comment; a second number would be VASP's scaling of each axis.
    if (fields.empty() || (fields.size() > 1 && parseNumber(fields[1]))) {
        reader.fail("expected one scale factor");
    }
    const double scale = reader.number(fields[0], "the scale factor");
    if (scale == 0.0) reader.fail("the scale factor is zero");
    return scale;
}

/// The lattice and the factor by which Cartesian coordinates must be multiplied.
std::pair<crystal::Lattice, double> readLattice(TextReader& reader) {
    const double scale = readScale(reader);
    Mat3 rows;
    for (int i = 0; i < 3; ++i)
        rows.row(i) = readVector(reader, fmt::format("lattice vector {}", i + 1)).transpose();
    const double factor = scale > 0.0 ? scale : std::cbrt(-scale / std::abs(rows.determinant()));
    try {
        return {crystal::Lattice(rows * factor), factor};
    } catch (const InputError& error) {
        reader.fail(error.what());
    }
}

std::vector<Element> readSymbols(TextReader& reader) {
    const auto fields = reader.nextFields("the element symbols");
    if (fields.empty()) reader.fail("expected the element symbols, found a blank line");
    if (parseInteger(fields[0])) {
        reader.fail(
            "the file has no element symbols (VASP 4); add a line with them above the numbers of atoms");
    }
    std::vector<Element> symbols;
    for (const auto field : fields) {
        // VASP writes the name of the POTCAR at times: Li_sv, or Li/0123abcd.
        const auto element = Element::find(field.substr(0, field.find_first_of("_/")));
        if (!element) reader.fail(fmt::format("unknown element {}", inQuotes(field)));
        symbols.push_back(*element);
    }
    return symbols;
}

/// The element of every atom, in order.
std::vector<Element> readElements(TextReader& reader) {
    const auto symbols = readSymbols(reader);
    const auto fields = reader.nextFields("the numbers of atoms");
    if (fields.size() != symbols.size()) {
        reader.fail(fmt::format("{} element symbols but {} numbers of atoms", symbols.size(), fields.size()));
    }
    std::vector<Element> elements;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto count = parseInteger(fields[i]);
        if (!count || *count < 0) reader.fail(fmt::format("bad number of atoms {}", inQuotes(fields[i])));
        // An atom takes at least six bytes ("0 0 0\n"): do not allocate for a count that cannot be true.
        if (static_cast<std::size_t>(*count) > reader.bytesLeft() / 5) {
            reader.fail(
                fmt::format("{} atoms of {} promised but the file ends before; it seems to be truncated",
                            *count, symbols[i].symbol()));
        }
        elements.insert(elements.end(), static_cast<std::size_t>(*count), symbols[i]);
    }
    return elements;
}

/// Reads the mode line(s): true for direct coordinates.
bool readIsDirect(TextReader& reader) {
    std::string_view mode = reader.next("'Direct' or 'Cartesian'");
    const auto initial = [](std::string_view line) {
        const auto at = line.find_first_not_of(" \t");
        return at == std::string_view::npos ? ' ' : line[at];
    };
    char c = initial(mode);
    if (c == 'S' || c == 's') {
        mode = reader.next("'Direct' or 'Cartesian'");
        c = initial(mode);
    }
    if (c == 'D' || c == 'd') return true;
    if (c == 'C' || c == 'c' || c == 'K' || c == 'k') return false;
    reader.fail(fmt::format("expected 'Direct' or 'Cartesian', found {}", inQuotes(mode)));
}

}  // namespace

Structure readPoscar(const std::filesystem::path& file) {
    TextReader reader(file);
    reader.next("the comment line");
    Structure structure;
    double cartesianFactor = 1.0;
    std::tie(structure.lattice, cartesianFactor) = readLattice(reader);
    structure.elements = readElements(reader);
    if (structure.elements.empty()) reader.fail("the structure has no atoms");
    const bool direct = readIsDirect(reader);
    const long modeLine = reader.lineNumber();
    const std::size_t n = structure.size();
    structure.positions.resize(3, static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
        const Vec3 v = readVector(reader, fmt::format("the position of atom {} of {}", i + 1, n));
        structure.positions.col(static_cast<Eigen::Index>(i)) =
            direct ? structure.lattice.toCartesian({v}) : Vec3(v * cartesianFactor);
    }
    reader.validate(structure, modeLine);
    return structure;
}

void writePoscar(const std::filesystem::path& file, const Structure& structure) {
    std::vector<Element> order;
    for (const Element element : structure.elements) {
        if (std::find(order.begin(), order.end(), element) == order.end()) order.push_back(element);
    }
    std::string symbols, counts, positions;
    for (const Element element : order) {
        const auto atoms = structure.atomsOf(element);
        symbols += fmt::format(" {}", element.symbol());
        counts += fmt::format(" {}", atoms.size());
        for (const std::size_t atom : atoms) {
            const Vec3 f = structure.fractional(atom).v;
            positions += fmt::format("{:20.16f} {:20.16f} {:20.16f}\n", f[0], f[1], f[2]);
        }
    }
    std::string text = structure.formula() + "\n1.0\n";
    for (int i = 0; i < 3; ++i) {
        const Vec3 v = structure.lattice.vector(i);
        text += fmt::format("{:22.16f} {:22.16f} {:22.16f}\n", v[0], v[1], v[2]);
    }
    writeTextAtomically(
        file, fmt::format("{}{}\n{}\nDirect\n{}", text, symbols.substr(1), counts.substr(1), positions));
}

}  // namespace ionscape::io
