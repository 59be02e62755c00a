// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/cif.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <gemmi/cif.hpp>
#include <gemmi/numb.hpp>
#include <gemmi/symmetry.hpp>
#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

namespace cif = gemmi::cif;
using crystal::Element;
using crystal::Fractional;
using crystal::Lattice;
using crystal::Structure;

namespace {

constexpr double sameSite = 0.1;         // Å
constexpr double fullOccupancy = 0.999;  // files round occupancies
const std::string positionTag = "_atom_site_fract_x";

struct Value {
    std::string text;
    long line = 0;
};

/// One data block with the file it came from, so that errors can say where.
struct Source {
    const TextReader& reader;
    cif::Block& block;

    [[noreturn]] void fail(long line, const std::string& what) const {
        throw IoError(reader.file(), line, what);
    }

    /// The first value of the first of these tags that has one; '?' and '.' are none.
    std::optional<Value> find(std::initializer_list<const char*> tags) const {
        for (const char* tag : tags) {
            const cif::Column column = block.find_values(tag);
            if (column.length() == 0 || cif::is_null(column.at(0))) continue;
            return Value{cif::as_string(column.at(0)), const_cast<cif::Column&>(column).item()->line_number};
        }
        return std::nullopt;
    }

    double number(const Value& value, const std::string& what) const {
        const double x = cif::as_number(value.text);
        if (!std::isfinite(x))
            fail(value.line, fmt::format("bad number {} in {}", inQuotes(value.text), what));
        return x;
    }

    /// gemmi keeps the line of a loop only: look for the row that holds `token`.
    long lineOf(const std::string& token, long loopLine) const {
        const std::string& text = reader.text();
        std::vector<std::string_view> fields;
        long line = 1;
        for (std::size_t at = 0; at < text.size(); ++line) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            if (line >= loopLine) {
                splitFields(std::string_view(text).substr(at, end - at), fields);
                for (const auto field : fields) {
                    if (field == token) return line;
                }
            }
            at = end + 1;
        }
        return loopLine;
    }
};

cif::Document parse(const TextReader& reader) {
    try {
        return cif::read_memory(reader.text().data(), reader.text().size(), "");
    } catch (const tao::pegtl::parse_error& error) {
        const auto& positions = error.positions();
        throw IoError(reader.file(), positions.empty() ? 0 : static_cast<long>(positions.front().line),
                      fmt::format("not a valid CIF: {}", error.message()));
    } catch (const std::runtime_error& error) {
        // gemmi's own checks say ":line in data_x: what", after the (here empty) name of the source.
        const std::string message = error.what();
        const std::size_t digits = message.find_first_not_of("0123456789", 1);
        const auto line = message.starts_with(':') && digits != std::string::npos
                              ? parseInteger(std::string_view(message).substr(1, digits - 1))
                              : std::nullopt;
        throw IoError(reader.file(), line.value_or(0),
                      fmt::format("not a valid CIF: {}", line ? message.substr(digits + 1) : message));
    }
}

Lattice readCell(const Source& source) {
    double parameters[6];
    long line = 0;
    const char* tags[6] = {"_cell_length_a",    "_cell_length_b",   "_cell_length_c",
                           "_cell_angle_alpha", "_cell_angle_beta", "_cell_angle_gamma"};
    for (int i = 0; i < 6; ++i) {
        const auto value = source.find({tags[i]});
        if (!value) throw IoError(source.reader.file(), fmt::format("the CIF has no {}", tags[i]));
        parameters[i] = source.number(*value, tags[i]);
        if (i == 0) line = value->line;
    }
    try {
        return Lattice::fromParameters(parameters[0], parameters[1], parameters[2], parameters[3],
                                       parameters[4], parameters[5]);
    } catch (const InputError& error) {
        source.fail(line, error.what());
    }
}

/// In every setting of the tables a rotation's elements are -1, 0 and 1, and its determinant is ±1.
bool isRotation(const gemmi::Op& operation) {
    for (const auto& row : operation.rot) {
        for (const int element : row) {
            if (element % gemmi::Op::DEN != 0 || std::abs(element) > gemmi::Op::DEN) return false;
        }
    }
    return std::abs(operation.det_rot()) == gemmi::Op::DEN * gemmi::Op::DEN * gemmi::Op::DEN;
}

/// A triplet such as "-x,1/2+y,z". Checked before gemmi sees it: it does not expect huge numbers.
gemmi::Op parseOperation(const Source& source, const Value& value) {
    const std::string& text = value.text;
    int digits = 0;
    bool plausible = text.size() < 80;
    for (const char c : text) {
        digits = std::isdigit(static_cast<unsigned char>(c)) ? digits + 1 : 0;
        plausible = plausible && digits <= 3 &&
                    std::string_view("xyzXYZ+-*/,0123456789 \t").find(c) != std::string_view::npos;
    }
    try {
        if (plausible) {
            const gemmi::Op operation = gemmi::parse_triplet(text);
            if (isRotation(operation)) return operation;
        }
    } catch (const std::runtime_error&) {
        // Reported below with the file and the line.
    }
    source.fail(value.line, fmt::format("{} is not a symmetry operation", inQuotes(text)));
}

std::vector<gemmi::Op> readOperations(const Source& source, const Lattice& lattice) {
    for (const char* tag : {"_space_group_symop_operation_xyz", "_symmetry_equiv_pos_as_xyz"}) {
        cif::Column column = source.block.find_values(tag);
        if (column.length() == 0 || cif::is_null(column.at(0))) continue;
        std::vector<gemmi::Op> operations;
        for (const std::string& raw : column) {
            const long line = source.lineOf(raw, column.item()->line_number);
            operations.push_back(parseOperation(source, {cif::as_string(raw), line}));
        }
        return operations;
    }
    const gemmi::SpaceGroup* group = nullptr;
    auto symbol = source.find({"_space_group_name_H-M_alt", "_symmetry_space_group_name_H-M"});
    if (symbol) {
        group = gemmi::find_spacegroup_by_name(symbol->text, lattice.angles()[0], lattice.angles()[2]);
    } else if ((symbol = source.find({"_space_group_IT_number", "_symmetry_Int_Tables_number"}))) {
        const auto number = parseInteger(symbol->text);
        if (number && *number >= 1 && *number <= 230) {
            group = gemmi::find_spacegroup_by_number(static_cast<int>(*number));
        }
    } else {
        group = &gemmi::get_spacegroup_p1();
    }
    if (!group) source.fail(symbol->line, fmt::format("unknown space group {}", inQuotes(symbol->text)));
    return group->operations().all_ops_sorted();
}

/// "Zr4+" in a type symbol, "Zr1" or "ZR1" in a label.
std::optional<Element> parseElement(const std::string& text, bool isLabel) {
    std::string letters;
    for (const char c : text) {
        if (!std::isalpha(static_cast<unsigned char>(c))) break;
        letters += static_cast<char>(letters.empty() ? std::toupper(c) : std::tolower(c));
    }
    if (!isLabel) return Element::find(letters);
    const auto element = Element::find(letters.substr(0, 2));
    return element ? element : Element::find(letters.substr(0, 1));
}

/// "Zr4+", "O2-", "Li+"; a bare number as in "Zr4" is not a charge.
std::optional<int> parseCharge(const std::string& type) {
    if (type.empty() || (type.back() != '+' && type.back() != '-')) return std::nullopt;
    std::string digits;
    for (const char c : type) {
        if (std::isdigit(static_cast<unsigned char>(c))) digits += c;
    }
    const auto size = digits.empty() ? std::optional<long>(1) : parseInteger(digits);
    if (!size || *size > 8) return std::nullopt;
    return static_cast<int>(type.back() == '+' ? *size : -*size);
}

CifSite readSite(const Source& source, const cif::Table::Row& row, long loopLine) {
    enum { Label, Type, X, Y, Z, Occupancy };
    CifSite site;
    site.label = row.has(Label) ? cif::as_string(row[Label]) : cif::as_string(row[Type]);
    site.line = source.lineOf(row.has(Label) ? row[Label] : row[Type], loopLine);
    const bool hasType = row.has(Type) && !cif::is_null(row[Type]);
    const std::string name = hasType ? cif::as_string(row[Type]) : site.label;
    const auto element = parseElement(name, !hasType);
    if (!element)
        source.fail(site.line,
                    fmt::format("unknown element {} of site {}", inQuotes(name), inQuotes(site.label)));
    site.element = *element;
    for (int i = 0; i < 3; ++i) {
        const std::string& raw = row[static_cast<std::size_t>(X + i)];
        site.position.v[i] = source.number({cif::is_null(raw) ? raw : cif::as_string(raw), site.line},
                                           fmt::format("the position of site {}", inQuotes(site.label)));
    }
    if (hasType) site.oxidationState = parseCharge(name);
    if (row.has(Occupancy) && !cif::is_null(row[Occupancy])) {
        site.occupancy = source.number({cif::as_string(row[Occupancy]), site.line},
                                       fmt::format("the occupancy of site {}", inQuotes(site.label)));
    }
    return site;
}

/// A cell needs whole atoms.
void refusePartialOccupancy(const Source& source, const CifSite& site) {
    if (site.occupancy < fullOccupancy || site.occupancy > 2.0 - fullOccupancy) {
        source.fail(site.line,
                    fmt::format("site {} has the occupancy {}: a cell needs every site full or empty; "
                                "build one through a host, which draws the occupied sites",
                                inQuotes(site.label), site.occupancy));
    }
}

std::vector<CifSite> readSites(const Source& source) {
    const bool hasLabel = source.block.find_values("_atom_site_label").item() != nullptr;
    const bool hasType = source.block.find_values("_atom_site_type_symbol").item() != nullptr;
    cif::Column column = source.block.find_values(positionTag);
    const long line = column.item()->line_number;
    if (!hasLabel && !hasType) source.fail(line, "the atom sites have neither labels nor type symbols");
    // gemmi wants a tag that is there in first place.
    cif::Table table = source.block.find("_atom_site_", {hasLabel ? "label" : "type_symbol", "?type_symbol",
                                                         "fract_x", "fract_y", "fract_z", "?occupancy"});
    if (!table.ok())
        source.fail(line, "the atom sites need _atom_site_fract_x, _y and _z in one loop with their names");
    std::vector<CifSite> sites;
    for (const cif::Table::Row row : table)
        sites.push_back(readSite(source, row, line));
    return sites;
}

void appendImages(Structure& structure, const CifSite& site, const std::vector<gemmi::Op>& operations) {
    const Lattice& lattice = structure.lattice;
    const std::size_t first = structure.size();
    structure.append(site.element, lattice.toCartesian(site.position), site.label);
    for (const gemmi::Op& operation : operations) {
        const auto f = operation.apply_to_xyz({site.position.v[0], site.position.v[1], site.position.v[2]});
        const Vec3 image = lattice.wrapped(lattice.toCartesian({Vec3(f[0], f[1], f[2])}));
        bool known = false;
        for (std::size_t i = first; i < structure.size() && !known; ++i) {
            known = lattice.minimumImage(structure.position(i) - image).norm() < sameSite;
        }
        if (!known) structure.append(site.element, image, site.label);
    }
}

/// Occupancies of one site and of all species that share it.
void checkOccupancies(const Source& source, const Lattice& lattice, const std::vector<CifSite>& sites) {
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const CifSite& site = sites[i];
        if (!(site.occupancy > 0.0 && site.occupancy <= 2.0 - fullOccupancy)) {
            source.fail(site.line,
                        fmt::format("site {} has the occupancy {}: it must be above 0 and at most 1",
                                    inQuotes(site.label), site.occupancy));
        }
        double sum = site.occupancy;
        for (std::size_t j = 0; j < i; ++j) {
            const Vec3 apart = lattice.toCartesian({sites[j].position.v - site.position.v});
            if (lattice.minimumImage(apart).norm() < sameSite) sum += sites[j].occupancy;
        }
        if (sum > 2.0 - fullOccupancy) {
            source.fail(site.line,
                        fmt::format("the occupancies on the site of {} add up to {:.6g}, more than 1",
                                    inQuotes(site.label), sum));
        }
    }
}

std::string spaceGroupSymbol(const Source& source) {
    const auto symbol = source.find({"_space_group_name_H-M_alt", "_symmetry_space_group_name_H-M"});
    if (!symbol) return {};
    std::string compact;
    for (const char c : symbol->text) {
        if (c == ':') break;  // the setting, as in "R -3 c:H"
        if (!std::isspace(static_cast<unsigned char>(c))) compact += c;
    }
    return compact;
}

/// Calls `read` for the first data block with atoms.
template <class Read>
auto withAtoms(const std::filesystem::path& file, Read&& read) {
    const TextReader reader(file);
    cif::Document document = parse(reader);
    for (cif::Block& block : document.blocks) {
        if (block.find_values(positionTag).length() > 0) return read(Source{reader, block});
    }
    throw IoError(file,
                  "no data block of the CIF lists atoms with fractional coordinates (_atom_site_fract_x)");
}

/// Cell, operations and atoms, with digits enough for 1e-9 Å.
std::string cifText(const CifCrystal& crystal, const std::string& formula) {
    const Vec3 lengths = crystal.lattice.lengths(), angles = crystal.lattice.angles();
    const bool plain = crystal.operations.empty();
    std::string text = formula.empty()
                           ? "data_sites\n"
                           : fmt::format("data_{0}\n_chemical_formula_structural '{0}'\n", formula);
    text += fmt::format("_space_group_name_H-M_alt '{}'\n",
                        plain || crystal.spaceGroup.empty() ? "P 1" : crystal.spaceGroup);
    if (plain) text += "_space_group_IT_number 1\n";
    text += fmt::format(
        "_cell_length_a {:.12f}\n_cell_length_b {:.12f}\n_cell_length_c {:.12f}\n"
        "_cell_angle_alpha {:.12f}\n_cell_angle_beta {:.12f}\n_cell_angle_gamma {:.12f}\n"
        "loop_\n_space_group_symop_operation_xyz\n",
        lengths[0], lengths[1], lengths[2], angles[0], angles[1], angles[2]);
    if (plain) text += "'x, y, z'\n";
    for (const std::string& operation : crystal.operations)
        text += fmt::format("'{}'\n", operation);
    text +=
        "loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n"
        "_atom_site_fract_z\n_atom_site_occupancy\n";
    for (const CifSite& site : crystal.sites) {
        const Vec3& f = site.position.v;
        text += fmt::format("{} {} {:.14f} {:.14f} {:.14f} {}\n", site.label, site.element.symbol(), f[0],
                            f[1], f[2], site.occupancy);
    }
    return text;
}

}  // namespace

Structure readCif(const std::filesystem::path& file) {
    return withAtoms(file, [](const Source& source) {
        Structure structure;
        structure.lattice = readCell(source);
        const auto operations = readOperations(source, structure.lattice);
        const auto sites = readSites(source);
        for (const CifSite& site : sites) {
            refusePartialOccupancy(source, site);
            appendImages(structure, site, operations);
        }
        source.reader.validate(structure, sites.front().line);
        return structure;
    });
}

CifCrystal readCifCrystal(const std::filesystem::path& file) {
    return withAtoms(file, [](const Source& source) {
        CifCrystal crystal;
        crystal.lattice = readCell(source);
        crystal.spaceGroup = spaceGroupSymbol(source);
        for (gemmi::Op operation : readOperations(source, crystal.lattice))
            crystal.operations.push_back(operation.wrap().triplet());
        const auto identity = std::find(crystal.operations.begin(), crystal.operations.end(), "x,y,z");
        if (identity != crystal.operations.end()) std::iter_swap(crystal.operations.begin(), identity);
        crystal.sites = readSites(source);
        checkOccupancies(source, crystal.lattice, crystal.sites);
        return crystal;
    });
}

void writeCif(const std::filesystem::path& file, const Structure& structure) {
    CifCrystal crystal;
    crystal.lattice = structure.lattice;
    std::map<Element, int> numbers;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const Element element = structure.elements[i];
        crystal.sites.push_back({fmt::format("{}{}", element.symbol(), ++numbers[element]), element,
                                 std::nullopt, structure.fractional(i), 1.0, 0});
    }
    writeTextAtomically(file, cifText(crystal, structure.formula()));
}

void writeCifCrystal(const std::filesystem::path& file, const CifCrystal& crystal) {
    std::set<std::string> labels;
    for (const CifSite& site : crystal.sites) {
        if (!(site.occupancy > 0.0 && site.occupancy <= 1.0)) {
            throw InputError(fmt::format("site {} has the occupancy {}; a CIF takes above 0 and at most 1",
                                         site.label, site.occupancy));
        }
        if (!labels.insert(site.label).second)
            throw InputError(fmt::format("two sites have the label {}", site.label));
    }
    writeTextAtomically(file, cifText(crystal, ""));
}

}  // namespace ionscape::io
