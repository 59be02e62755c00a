// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/io/element_by_mass.h"
#include "core/io/lammps_dump_box.h"
#include "core/io/text_reader.h"
#include "core/io/trajectory_reader.h"

namespace ionscape::io {

namespace {

using crystal::Element;
using Fields = std::vector<std::string_view>;

/// docs.lammps.org/units.html, as far as lengths and times are fixed by the style.
struct Units {
    std::string_view name;
    double length;  ///< Å
    double time;    ///< fs
};
constexpr std::array<Units, 7> unitStyles{{{"metal", 1.0, 1e3},
                                           {"real", 1.0, 1.0},
                                           {"electron", 0.529177210903, 1.0},
                                           {"nano", 10.0, 1e6},
                                           {"micro", 1e4, 1e9},
                                           {"si", 1e10, 1e15},
                                           {"cgs", 1e8, 1e15}}};

/// Where the columns stand; −1 where there is none.
struct Columns {
    enum class Coordinates { Unwrapped, ScaledUnwrapped, Plain, Scaled };
    int id = -1, type = -1, element = -1, mass = -1;
    std::array<int, 3> position{-1, -1, -1}, image{-1, -1, -1};
    Coordinates kind = Coordinates::Plain;
    std::size_t count = 0;

    bool scaled() const { return kind == Coordinates::Scaled || kind == Coordinates::ScaledUnwrapped; }
    bool unwrapped() const {
        return kind == Coordinates::Unwrapped || kind == Coordinates::ScaledUnwrapped || image[0] >= 0;
    }
};

class DumpReader final : public TrajectoryReader {
  public:
    DumpReader(const std::filesystem::path& file, const ImportOptions& options)
        : stream_(file), options_(options) {}

    bool next(RawFrame& frame) override {
        frame = {};
        std::string_view line;
        long count = -1;
        bool boxed = false;
        while (stream_.next(line)) {
            if (line.empty()) continue;
            if (!line.starts_with("ITEM: "))
                stream_.fail(fmt::format("expected \"ITEM:\", found {}", inQuotes(line)));
            if (frame.line == 0) frame.line = stream_.lineNumber();
            const std::string_view item = line.substr(6);
            if (item == "TIMESTEP") {
                frame.step = integer("the timestep");
            } else if (item == "TIME") {
                const double time = stream_.number(word("the time"), "the time");
                if (units_) frame.timeFs = time * units_->time;
            } else if (item == "UNITS") {
                takeUnits(word("the units"));
            } else if (item == "NUMBER OF ATOMS") {
                count = integer("the number of atoms");
            } else if (item.starts_with("BOX BOUNDS")) {
                box_ = readDumpBox(stream_, item.substr(10), units_ ? units_->length : 1.0);
                boxed = true;
            } else if (item.starts_with("ATOMS")) {
                if (!boxed) stream_.fail("the box should stand above the atoms");
                if (!frame.step) stream_.fail("the timestep should stand above the atoms");
                takeColumns(item.substr(5));
                readAtoms(count, frame);
                return true;
            } else {
                stream_.fail(fmt::format("{} is not part of a dump of atoms", inQuotes(item)));
            }
        }
        if (frame.line != 0) stream_.require("the next item");
        return false;
    }

    const std::vector<Element>& elements() const override { return elements_; }
    ImportQuestions questions() const override { return questions_; }
    Wrapping wrapping() const override {
        return columns_.unwrapped() ? Wrapping::Unwrapped : Wrapping::Wrapped;
    }
    std::string timestepMeaning() const override { return "the time step of the simulation"; }
    double fractionRead() const override { return stream_.fractionRead(); }
    long lineNumber() const override { return stream_.lineNumber(); }

  private:
    /// The only word of the next line.
    std::string_view word(const char* what) {
        splitFields(stream_.require(what), fields_);
        if (fields_.size() != 1) stream_.fail(fmt::format("expected {} alone", what));
        return fields_[0];
    }

    long integer(const char* what) {
        const auto field = word(what);
        const auto value = parseInteger(field);
        if (!value || *value < 0) stream_.fail(fmt::format("bad number {} for {}", inQuotes(field), what));
        return *value;
    }

    void takeUnits(std::string_view name) {
        for (const auto& style : unitStyles)
            if (style.name == name) units_ = &style;
        if (units_ == nullptr || units_->name != name)
            stream_.fail(fmt::format("units {} have no length in Å; use metal or real", inQuotes(name)));
    }

    void takeColumns(std::string_view names) {
        if (names == header_) return;
        if (!header_.empty()) stream_.fail("the columns differ from those of the first frame");
        header_ = names;
        splitFields(header_, fields_);
        columns_.count = fields_.size();
        const auto find = [this](std::string_view name) {
            const auto at = std::find(fields_.begin(), fields_.end(), name);
            return at == fields_.end() ? -1 : static_cast<int>(at - fields_.begin());
        };
        const auto three = [&](const std::array<std::string_view, 3>& names3) {
            return std::array<int, 3>{find(names3[0]), find(names3[1]), find(names3[2])};
        };
        const auto complete = [](const std::array<int, 3>& c) { return c[0] >= 0 && c[1] >= 0 && c[2] >= 0; };
        columns_.id = find("id");
        columns_.type = find("type");
        columns_.element = find("element");
        columns_.mass = find("mass");
        if (columns_.id < 0)
            stream_.fail(
                "the dump has no column \"id\": its atoms change places between frames and cannot be "
                "followed");
        using Kind = Columns::Coordinates;
        const std::array<std::pair<Kind, std::array<std::string_view, 3>>, 4> kinds{
            {{Kind::Unwrapped, {"xu", "yu", "zu"}},
             {Kind::ScaledUnwrapped, {"xsu", "ysu", "zsu"}},
             {Kind::Plain, {"x", "y", "z"}},
             {Kind::Scaled, {"xs", "ys", "zs"}}}};
        const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                       [&](const auto& k) { return complete(three(k.second)); });
        if (kind == kinds.end())
            stream_.fail("the dump has no positions (x y z, xs ys zs, xu yu zu or xsu ysu zsu)");
        columns_.kind = kind->first;
        columns_.position = three(kind->second);
        const auto image = three({"ix", "iy", "iz"});
        const bool needsImage = columns_.kind == Kind::Plain || columns_.kind == Kind::Scaled;
        if (needsImage && complete(image)) columns_.image = image;
        if (columns_.element < 0 && columns_.type < 0 && columns_.mass < 0)
            stream_.fail("the dump tells no elements (columns element, type or mass)");
    }

    void readAtoms(long count, RawFrame& frame) {
        if (count < 1) stream_.fail("the number of atoms should stand above them, one or more");
        // Each column takes at least two bytes.
        if (static_cast<std::uint64_t>(count) > stream_.mostBytesLeft() / (2 * columns_.count))
            stream_.fail(
                fmt::format("{} atoms promised but the file ends before; it seems to be truncated", count));
        const bool first = elements_.empty();
        if (first) begin(count);
        frame.lattice = box_.lattice;
        frame.fractional.resize(3, static_cast<Eigen::Index>(ids_.size()));
        seen_.assign(ids_.size(), false);
        const long top = stream_.lineNumber();
        for (long i = 0; i < count; ++i) {
            std::string_view line;
            if (!stream_.next(line)) stream_.require(fmt::format("atom {} of {}", i + 1, count));
            splitFields(line, fields_);
            if (fields_.size() != columns_.count)
                stream_.fail(fmt::format("atom {} of {} has {} columns instead of {}", i + 1, count,
                                         fields_.size(), columns_.count));
            readAtom(first, frame);
        }
        if (first) sortFirst(frame);
        const auto lost = std::find(seen_.begin(), seen_.end(), false);
        if (lost == seen_.end()) return;
        throw IoError(stream_.file(), top,
                      fmt::format("atom {} is missing at step {}: atoms must not vanish",
                                  ids_[static_cast<std::size_t>(lost - seen_.begin())], *frame.step));
    }

    void begin(long count) {
        ids_.assign(static_cast<std::size_t>(count), 0);
        types_.assign(static_cast<std::size_t>(count), 0);
        elements_.assign(static_cast<std::size_t>(count), Element());
        named_.assign(static_cast<std::size_t>(count), false);
    }

    void readAtom(bool first, RawFrame& frame) {
        const auto idField = field(columns_.id);
        const auto id = parseInteger(idField);
        if (!id) stream_.fail(fmt::format("bad id {}", inQuotes(idField)));
        const std::size_t slot = first ? filled_++ : slotOf(*id, *frame.step);
        if (!first && seen_[slot])
            stream_.fail(fmt::format("atom {} stands twice at step {}", *id, *frame.step));
        seen_[slot] = true;
        const long type = typeOf();
        const auto element = elementHere(type);
        if (first) {
            ids_[slot] = *id;
            types_[slot] = type;
            named_[slot] = element.has_value();
            elements_[slot] = element.value_or(Element());
        } else if (type != types_[slot] || (element && *element != elements_[slot])) {
            stream_.fail(fmt::format("atom {} is of another kind than in the first frame", *id));
        }
        frame.fractional.col(static_cast<Eigen::Index>(slot)) = positionHere(*id);
    }

    std::size_t slotOf(long id, std::int64_t step) {
        // Mostly the atoms come in the same order as before, or sorted.
        if (hint_ >= ids_.size() || ids_[hint_] != id) {
            const auto at = std::lower_bound(ids_.begin(), ids_.end(), id);
            if (at == ids_.end() || *at != id)
                stream_.fail(
                    fmt::format("atom {} appears at step {}: the first frame does not have it", id, step));
            hint_ = static_cast<std::size_t>(at - ids_.begin());
        }
        return hint_++;
    }

    std::string_view field(int column) const { return fields_[static_cast<std::size_t>(column)]; }

    long typeOf() {
        if (columns_.type < 0) return 0;
        const auto type = parseInteger(field(columns_.type));
        if (!type) stream_.fail(fmt::format("bad atom type {}", inQuotes(field(columns_.type))));
        return *type;
    }

    std::optional<Element> elementHere(long type) {
        if (columns_.element >= 0) {
            if (const auto element = Element::find(field(columns_.element))) return element;
            stream_.fail(fmt::format("unknown element {}", inQuotes(field(columns_.element))));
        }
        if (columns_.mass >= 0) {
            const double mass = stream_.number(field(columns_.mass), "the mass");
            if (const auto element = elementByMass(mass)) return element;
        }
        return elementOfType(options_.types, type, 1);
    }

    Vec3 positionHere(long id) {
        Vec3 v;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto text = field(columns_.position[k]);
            const auto value = parseNumber(text);
            if (!value)
                stream_.fail(fmt::format("bad number {} in the position of atom {}", inQuotes(text), id));
            v[static_cast<int>(k)] = *value;
        }
        if (!columns_.scaled()) {
            const double unit = units_ ? units_->length : 1.0;
            v = box_.lattice.toFractional(v * unit - box_.origin).v;
        }
        if (columns_.image[0] < 0) return v;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto image = parseInteger(field(columns_.image[k]));
            if (!image) stream_.fail(fmt::format("bad image flag of atom {}", id));
            v[static_cast<int>(k)] += static_cast<double>(*image);
        }
        return v;
    }

    /// Puts everything in the order of ids.
    void sortFirst(RawFrame& frame) {
        std::vector<std::size_t> order(ids_.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::sort(order.begin(), order.end(),
                  [this](std::size_t a, std::size_t b) { return ids_[a] < ids_[b]; });
        const auto ids = ids_;
        const auto types = types_;
        const auto elements = elements_;
        const VectorField fractional = frame.fractional;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (i > 0 && ids[order[i]] == ids_[i - 1])
                stream_.fail(fmt::format("atom {} stands twice at step {}", ids_[i - 1], *frame.step));
            ids_[i] = ids[order[i]];
            types_[i] = types[order[i]];
            elements_[i] = elements[order[i]];
            frame.fractional.col(static_cast<Eigen::Index>(i)) =
                fractional.col(static_cast<Eigen::Index>(order[i]));
            if (!named_[order[i]]) ++questions_.types[types_[i]];
        }
        distrustDefaultElements();
    }

    /// LAMMPS calls every type C in the column "element" as long as nobody assigned elements.
    void distrustDefaultElements() {
        const auto carbon = Element::fromAtomicNumber(6);
        const auto isCarbon = [carbon](Element e) { return e == carbon; };
        if (columns_.element < 0 || columns_.type < 0 ||
            !std::all_of(elements_.begin(), elements_.end(), isCarbon) ||
            std::adjacent_find(types_.begin(), types_.end(), std::not_equal_to<>()) == types_.end())
            return;
        columns_.element = -1;
        for (std::size_t i = 0; i < types_.size(); ++i) {
            const auto element = elementOfType(options_.types, types_[i], 1);
            elements_[i] = element.value_or(Element());
            if (!element) ++questions_.types[types_[i]];
        }
    }

    LineStream stream_;
    ImportOptions options_;
    ImportQuestions questions_;
    const Units* units_ = nullptr;
    DumpBox box_;
    Columns columns_;
    std::string header_;
    std::vector<long> ids_, types_;
    std::vector<Element> elements_;
    std::vector<bool> named_, seen_;
    std::size_t filled_ = 0, hint_ = 0;
    Fields fields_;
};

}  // namespace

std::unique_ptr<TrajectoryReader> readLammpsDump(const std::filesystem::path& file,
                                                 const ImportOptions& options) {
    return std::make_unique<DumpReader>(file, options);
}

}  // namespace ionscape::io
