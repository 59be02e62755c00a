// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/extxyz.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/units.h"
#include "core/io/extxyz_frame.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

using crystal::Element;
using crystal::Structure;

namespace {

/// Written for an atom without a label where others have one: a column must not be empty.
constexpr std::string_view noLabel = ".";

using KeyValues = std::map<std::string, std::string>;

/// The comment line's key=value pairs; values in "", '', {} or [] may hold blanks. A key alone means true.
class CommentParser {
  public:
    CommentParser(std::string_view line, const TextReader& reader) : line_(line), reader_(reader) {}

    KeyValues parse() {
        KeyValues result;
        for (skipBlanks(); at_ < line_.size(); skipBlanks()) {
            const std::string key(isOpening(line_[at_]) ? bracketed() : bare("= \t"));
            if (key.empty()) reader_.fail("the comment line has a value without a key");
            std::string value = "T";
            if (at_ < line_.size() && line_[at_] == '=') {
                ++at_;
                value = at_ < line_.size() && isOpening(line_[at_]) ? bracketed() : bare(" \t");
            }
            if (!result.emplace(key, value).second) {
                reader_.fail(fmt::format("the comment line gives {} twice", inQuotes(key)));
            }
        }
        return result;
    }

  private:
    static bool isOpening(char c) { return c == '"' || c == '\'' || c == '{' || c == '['; }

    void skipBlanks() {
        while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t'))
            ++at_;
    }

    std::string bare(const char* stops) {
        const std::size_t start = at_;
        at_ = std::min(line_.find_first_of(stops, at_), line_.size());
        return std::string(line_.substr(start, at_ - start));
    }

    std::string bracketed() {
        const char open = line_[at_];
        const char close = open == '{' ? '}' : open == '[' ? ']' : open;
        const bool escapes = open == close;
        std::string value;
        for (++at_; at_ < line_.size(); ++at_) {
            if (line_[at_] == close) {
                ++at_;
                return value;
            }
            if (escapes && line_[at_] == '\\' && at_ + 1 < line_.size()) ++at_;
            value += line_[at_];
        }
        reader_.fail(fmt::format("a value of the comment line opens with {} that is never closed", open));
    }

    std::string_view line_;
    const TextReader& reader_;
    std::size_t at_ = 0;
};

/// Which column holds what; -1 where there is none.
struct Columns {
    int species = -1, atomicNumber = -1, position = -1, forces = -1, magmom = -1, siteLabel = -1;
    int count = 0;
};

Columns parseProperties(const std::string& properties, const TextReader& reader) {
    std::vector<std::string_view> parts;
    std::string spaced = properties;
    std::replace(spaced.begin(), spaced.end(), ':', ' ');
    splitFields(spaced, parts);
    if (parts.empty() || parts.size() % 3 != 0) {
        reader.fail(fmt::format("Properties={} is not a list of name:type:columns", inQuotes(properties)));
    }
    Columns columns;
    for (std::size_t i = 0; i < parts.size(); i += 3) {
        const std::string_view name = parts[i], type = parts[i + 1];
        const auto width = parseInteger(parts[i + 2]);
        if (!width || *width < 1 || *width > 1000 || type.size() != 1 ||
            std::string_view("SRIL").find(type[0]) == std::string_view::npos) {
            reader.fail(fmt::format("the property {} needs a type S, R, I or L and a number of columns",
                                    inQuotes(fmt::format("{}:{}:{}", name, type, parts[i + 2]))));
        }
        const auto assign = [&](int& column, char expectedType, long expectedWidth) {
            if (type[0] != expectedType || *width != expectedWidth || column != -1) {
                reader.fail(fmt::format("the property {} must appear once, as {}:{}:{}", inQuotes(name), name,
                                        expectedType, expectedWidth));
            }
            column = columns.count;
        };
        if (name == "species") assign(columns.species, 'S', 1);
        if (name == "Z") assign(columns.atomicNumber, 'I', 1);
        if (name == "pos") assign(columns.position, 'R', 3);
        if (name == "forces" || name == "force") assign(columns.forces, 'R', 3);
        if (name == "magmoms" || name == "magmom") assign(columns.magmom, 'R', 1);
        if (name == "site_label") assign(columns.siteLabel, 'S', 1);
        columns.count += static_cast<int>(*width);
    }
    if (columns.position < 0) reader.fail("Properties name no positions (pos:R:3)");
    if (columns.species < 0 && columns.atomicNumber < 0)
        reader.fail("Properties name no elements (species:S:1)");
    return columns;
}

/// Removes the key and returns its value, or nothing.
std::optional<std::string> take(KeyValues& values, const std::string& key) {
    const auto node = values.extract(key);
    return node ? std::optional(node.mapped()) : std::nullopt;
}

Mat3 parseMatrix(const std::string& text, const std::string& key, const TextReader& reader) {
    std::vector<std::string_view> fields;
    splitFields(text, fields);
    if (fields.size() != 9)
        reader.fail(fmt::format("{} has {} numbers; it must have nine", key, fields.size()));
    Mat3 matrix;
    for (int i = 0; i < 9; ++i) {
        matrix(i / 3, i % 3) = reader.number(fields[static_cast<std::size_t>(i)], key);
    }
    return matrix;
}

void requirePeriodic(const std::string& pbc, const TextReader& reader) {
    for (const char c : pbc) {
        if (c == 'F' || c == 'f' || c == '0') {
            reader.fail(
                fmt::format("the frame is not periodic in all directions (pbc={}); only periodic "
                            "crystals can be used: give it a cell and pbc=\"T T T\"",
                            inQuotes(pbc)));
        }
    }
}

crystal::Lattice parseLattice(KeyValues& values, const TextReader& reader) {
    const auto text = take(values, "Lattice");
    if (const auto pbc = take(values, "pbc")) requirePeriodic(*pbc, reader);
    if (!text) {
        reader.fail(
            "the frame has no Lattice=\"ax ay az bx by bz cx cy cz\"; only periodic crystals can be used");
    }
    try {
        return crystal::Lattice(parseMatrix(*text, "Lattice", reader));
    } catch (const InputError& error) {
        reader.fail(error.what());
    }
}

Element parseElement(const std::vector<std::string_view>& fields, const Columns& columns,
                     const TextReader& reader) {
    if (columns.species >= 0) {
        const std::string_view symbol = fields[static_cast<std::size_t>(columns.species)];
        if (const auto element = Element::find(symbol)) return *element;
        reader.fail(fmt::format("unknown element {}", inQuotes(symbol)));
    }
    const std::string_view field = fields[static_cast<std::size_t>(columns.atomicNumber)];
    const auto z = parseInteger(field);
    if (!z || *z < 1 || *z > Element::maxAtomicNumber) {
        reader.fail(fmt::format("{} is not an atomic number", inQuotes(field)));
    }
    return Element::fromAtomicNumber(static_cast<int>(*z));
}

Vec3 parseVector(const std::vector<std::string_view>& fields, int column, const char* what,
                 const TextReader& reader) {
    const auto at = static_cast<std::size_t>(column);
    return {reader.number(fields[at], what), reader.number(fields[at + 1], what),
            reader.number(fields[at + 2], what)};
}

void readAtoms(TextReader& reader, long count, const Columns& columns, LabelledStructure& frame) {
    // Each atom takes at least two bytes for every column: do not allocate for a count that cannot be true.
    if (static_cast<std::size_t>(count) > reader.bytesLeft() / 2) {
        reader.fail(fmt::format(
            "the frame promises {} atoms but the file ends before; it seems to be truncated", count));
    }
    Structure& structure = frame.structure;
    structure.positions.resize(3, count);
    structure.elements.reserve(static_cast<std::size_t>(count));
    if (columns.forces >= 0) frame.forces.emplace(3, count);
    if (columns.magmom >= 0) frame.magmoms.emplace(count);
    std::vector<std::string_view> fields;
    for (long i = 0; i < count; ++i) {
        const auto expected = reader.atEnd() ? fmt::format("atom {} of {}", i + 1, count) : std::string();
        splitFields(reader.next(expected), fields);
        if (fields.size() != static_cast<std::size_t>(columns.count)) {
            reader.fail(fmt::format("atom {} of {} has {} columns; Properties promise {}", i + 1, count,
                                    fields.size(), columns.count));
        }
        structure.elements.push_back(parseElement(fields, columns, reader));
        structure.positions.col(i) = parseVector(fields, columns.position, "the position", reader);
        if (columns.forces >= 0)
            frame.forces->col(i) = parseVector(fields, columns.forces, "the force", reader);
        if (columns.magmom >= 0) {
            const auto field = fields[static_cast<std::size_t>(columns.magmom)];
            (*frame.magmoms)[i] = field == "nan" ? NAN : reader.number(field, "the magnetic moment");
        }
        if (columns.siteLabel >= 0) {
            const auto label = fields[static_cast<std::size_t>(columns.siteLabel)];
            structure.siteLabels.emplace_back(label == noLabel ? std::string_view() : label);
        }
    }
}

long parseCount(TextReader& reader, bool firstFrame) {
    const std::string_view line = reader.next("the number of atoms");
    std::vector<std::string_view> fields;
    splitFields(line, fields);
    const auto count = fields.size() == 1 ? parseInteger(fields[0]) : std::nullopt;
    if (!count) {
        reader.fail(fmt::format("expected the number of atoms of {} frame, found {}{}",
                                firstFrame ? "the first" : "the next", inQuotes(line),
                                firstFrame ? "" : "; the number of atoms of the frame before may be wrong"));
    }
    if (*count < 1) reader.fail(fmt::format("the frame has {} atoms", *count));
    return *count;
}

}  // namespace

LabelledStructure readExtxyzFrame(TextReader& reader, bool firstFrame, bool validated) {
    const long count = parseCount(reader, firstFrame);
    const long firstLine = reader.lineNumber();
    LabelledStructure frame;
    frame.info = CommentParser(reader.next("the comment line of the frame"), reader).parse();
    frame.structure.lattice = parseLattice(frame.info, reader);
    const Columns columns =
        parseProperties(take(frame.info, "Properties").value_or("species:S:1:pos:R:3"), reader);
    if (const auto text = take(frame.info, "energy")) frame.energy = reader.number(*text, "energy");
    if (const auto text = take(frame.info, "stress")) {
        frame.stressGPa = parseMatrix(*text, "stress", reader) * units::eVPerAngstrom3InGPa;
    }
    readAtoms(reader, count, columns, frame);
    if (validated) reader.validate(frame.structure, firstLine);
    return frame;
}

namespace {

std::string matrixText(const Mat3& m) {
    std::string text;
    for (int i = 0; i < 9; ++i)
        text += fmt::format("{}{}", i ? " " : "", m(i / 3, i % 3));
    return text;
}

std::string quotedValue(const std::string& value) {
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') text += '\\';
        text += c == '\n' || c == '\r' ? ' ' : c;
    }
    return text + "\"";
}

void appendFrame(std::string& text, const LabelledStructure& frame) {
    const Structure& structure = frame.structure;
    const bool labels = !structure.siteLabels.empty();
    text += fmt::format("{}\nLattice=\"{}\" Properties=species:S:1:pos:R:3{}{}{}", structure.size(),
                        matrixText(structure.lattice.rows()), frame.forces ? ":forces:R:3" : "",
                        frame.magmoms ? ":magmoms:R:1" : "", labels ? ":site_label:S:1" : "");
    if (frame.energy) text += fmt::format(" energy={}", *frame.energy);
    if (frame.stressGPa) {
        text += fmt::format(" stress=\"{}\"", matrixText(*frame.stressGPa / units::eVPerAngstrom3InGPa));
    }
    for (const auto& [key, value] : frame.info)
        text += fmt::format(" {}={}", key, quotedValue(value));
    text += " pbc=\"T T T\"\n";
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const Vec3 r = structure.position(i);
        text += fmt::format("{:<2} {} {} {}", structure.elements[i].symbol(), r[0], r[1], r[2]);
        if (frame.forces) {
            const Vec3 f = frame.forces->col(static_cast<Eigen::Index>(i));
            text += fmt::format(" {} {} {}", f[0], f[1], f[2]);
        }
        if (frame.magmoms) text += fmt::format(" {}", (*frame.magmoms)[static_cast<Eigen::Index>(i)]);
        if (labels) {
            const std::string& label = structure.siteLabels[i];
            text += fmt::format(" {}", label.empty() ? noLabel : std::string_view(label));
        }
        text += '\n';
    }
}

}  // namespace

std::vector<LabelledStructure> readExtxyz(const std::filesystem::path& file) {
    TextReader reader(file);
    std::vector<LabelledStructure> frames;
    reader.skipBlankLines();
    do {
        frames.push_back(readExtxyzFrame(reader, frames.empty(), true));
        reader.skipBlankLines();
    } while (!reader.atEnd());
    return frames;
}

void writeExtxyz(const std::filesystem::path& file, const std::vector<LabelledStructure>& frames) {
    std::string text;
    for (const LabelledStructure& frame : frames)
        appendFrame(text, frame);
    writeTextAtomically(file, text);
}

std::string extxyzText(const LabelledStructure& frame) {
    std::string text;
    appendFrame(text, frame);
    return text;
}

}  // namespace ionscape::io
