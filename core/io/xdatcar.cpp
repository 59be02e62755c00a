// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/io/line_stream.h"
#include "core/io/structure_file.h"
#include "core/io/text_reader.h"
#include "core/io/trajectory_reader.h"

namespace ionscape::io {

namespace {

using crystal::Element;
using Fields = std::vector<std::string_view>;

bool startsWithNoCase(std::string_view text, std::string_view beginning) {
    return text.size() >= beginning.size() &&
           std::equal(beginning.begin(), beginning.end(), text.begin(),
                      [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

class XdatcarReader final : public TrajectoryReader {
  public:
    XdatcarReader(const std::filesystem::path& file, const ImportOptions& options)
        : stream_(file), options_(options) {
        readFirstHeader();
    }

    bool next(RawFrame& frame) override {
        if (questions_.structure) return false;
        if (!findFrame()) return false;
        frame = {};
        frame.line = stream_.lineNumber();
        frame.step = number_;
        frame.lattice = lattice_;
        frame.fractional.resize(3, static_cast<Eigen::Index>(atoms_));
        for (std::size_t i = 0; i < atoms_; ++i)
            frame.fractional.col(static_cast<Eigen::Index>(i)) = readPosition(i);
        if (cartesian_) {
            for (Eigen::Index i = 0; i < frame.fractional.cols(); ++i)
                frame.fractional.col(i) = lattice_.toFractional(frame.fractional.col(i) * cartesianScale_).v;
        }
        return true;
    }

    const std::vector<Element>& elements() const override { return elements_; }
    ImportQuestions questions() const override { return questions_; }
    std::string timestepMeaning() const override {
        return "the time from one configuration number to the next (POTIM, times NBLOCK where the numbers go "
               "1, 2, 3)";
    }
    std::vector<std::string> notes() const override {
        if (restarts_ == 0) return {};
        return {fmt::format(
            "the configurations are numbered anew {} times: they are taken as one continued run", restarts_)};
    }
    double fractionRead() const override { return stream_.fractionRead(); }
    long lineNumber() const override { return stream_.lineNumber(); }

  private:
    /// The layout of VASP 4 says "CAR" on its fourth line and has no cell; all others begin as a POSCAR.
    void readFirstHeader() {
        const auto title = std::string(stream_.require("the title"));
        std::string scale(stream_.require("the scale factor"));
        splitFields(scale, fields_);
        const bool oldLayout = fields_.size() >= 4;
        if (!oldLayout) {
            readCell(scale);
            return;
        }
        stream_.require("the temperature");
        splitFields(stream_.require("CAR"), fields_);
        if (fields_.size() != 1 || fields_[0] != "CAR")
            stream_.fail("neither a scale factor and a cell nor the header of VASP 4: this is no XDATCAR");
        stream_.require("the title");
        splitFields(title, fields_);
        const auto count = fields_.empty() ? std::nullopt : parseInteger(fields_[0]);
        if (!count || *count < 1) stream_.fail("the first line should begin with the number of atoms");
        atoms_ = checkedCount(*count);
        takeStructure();
    }

    void takeStructure() {
        if (options_.structure.empty()) {
            questions_.structure = true;
            return;
        }
        const auto structure = readStructure(options_.structure);
        if (structure.size() != atoms_) {
            throw IoError(options_.structure, fmt::format("has {} atoms, the trajectory {} has {}",
                                                          structure.size(), stream_.file().string(), atoms_));
        }
        lattice_ = structure.lattice;
        elements_ = structure.elements;
    }

    std::size_t checkedCount(long count) const {
        // An atom takes at least six bytes ("0 0 0\n").
        if (static_cast<std::uint64_t>(count) > stream_.mostBytesLeft() / 5)
            stream_.fail(
                fmt::format("{} atoms promised but the file ends before; it seems to be truncated", count));
        return static_cast<std::size_t>(count);
    }

    /// The header below its title.
    void readCell(std::string_view scaleLine) {
        splitFields(scaleLine, fields_);
        if (fields_.empty()) stream_.fail("expected the scale factor");
        const double scale = stream_.number(fields_[0], "the scale factor");
        if (scale == 0.0) stream_.fail("the scale factor is zero");
        Mat3 rows;
        for (int i = 0; i < 3; ++i) {
            splitFields(stream_.require("a lattice vector"), fields_);
            if (fields_.size() < 3) stream_.fail(fmt::format("lattice vector {} needs three numbers", i + 1));
            for (int k = 0; k < 3; ++k)
                rows(i, k) = stream_.number(fields_[static_cast<std::size_t>(k)], "a lattice vector");
        }
        cartesianScale_ = scale > 0.0 ? scale : std::cbrt(-scale / std::abs(rows.determinant()));
        try {
            lattice_ = crystal::Lattice(rows * cartesianScale_);
        } catch (const InputError& error) {
            stream_.fail(error.what());
        }
        readAtomCounts();
    }

    void readAtomCounts() {
        splitFields(stream_.require("the element symbols"), fields_);
        if (fields_.empty()) stream_.fail("expected the element symbols, found a blank line");
        std::vector<std::optional<Element>> symbols;
        if (!parseInteger(fields_[0])) {
            for (const auto field : fields_) {
                symbols.emplace_back(Element::find(field.substr(0, field.find_first_of("_/"))));
                if (!symbols.back()) stream_.fail(fmt::format("unknown element {}", inQuotes(field)));
            }
            splitFields(stream_.require("the numbers of atoms"), fields_);
            if (fields_.size() != symbols.size())
                stream_.fail(fmt::format("{} element symbols but {} numbers of atoms", symbols.size(),
                                         fields_.size()));
        }
        std::vector<Element> elements;
        std::map<long, std::size_t> unknown;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            const auto count = parseInteger(fields_[i]);
            if (!count || *count < 0)
                stream_.fail(fmt::format("bad number of atoms {}", inQuotes(fields_[i])));
            const auto atoms = static_cast<std::size_t>(*count);
            checkedCount(*count + static_cast<long>(elements.size()));
            const auto type = static_cast<long>(i) + 1;
            const auto element = symbols.empty() ? elementOfType(options_.types, type, 1) : symbols[i];
            if (!element) unknown[type] = atoms;
            elements.insert(elements.end(), atoms, element.value_or(Element()));
        }
        if (elements.empty()) stream_.fail("the configurations have no atoms");
        if (!unknown.empty()) questions_.types = unknown;
        if (elements_.empty()) {
            elements_ = std::move(elements);
            atoms_ = elements_.size();
        } else if (elements != elements_) {
            stream_.fail(
                "the atoms differ from those of the first configuration: these are two trajectories");
        }
    }

    /// Reads up to the first position of the next configuration; false at the end of the file.
    bool findFrame() {
        std::string_view line;
        while (stream_.next(line)) {
            const auto begin = line.find_first_not_of(" \t");
            const std::string_view text = begin == std::string_view::npos ? line : line.substr(begin);
            const bool direct = startsWithNoCase(text, "direct") || startsWithNoCase(text, "konfig");
            if (direct || startsWithNoCase(text, "cartesian")) {
                cartesian_ = !direct;
                takeNumber(text);
                return true;
            }
            if (text.empty()) {
                if (!stream_.next(line)) return false;
                splitFields(line, fields_);
                const bool header = fields_.size() == 1 && parseNumber(fields_[0]);
                const bool position =
                    fields_.size() >= 3 && parseNumber(fields_[0]) && parseNumber(fields_[1]);
                if (header) {  // the title was blank
                    readCell(std::string(line));
                    continue;
                }
                stream_.putBack();
                if (!position) continue;
                // Configurations parted by blank lines carry no number.
                cartesian_ = false;
                number_ = number_ + 1;
                return true;
            }
            splitFields(line, fields_);
            if (fields_.size() >= 3 && parseNumber(fields_[0]) && parseNumber(fields_[1]))
                stream_.fail(fmt::format("a position more than the {} atoms of the header", atoms_));
            readCell(std::string(stream_.require("the scale factor")));
        }
        return false;
    }

    /// "Direct configuration=    12": the number, or one more than the last where it cannot be told.
    void takeNumber(std::string_view text) {
        const auto equals = text.find('=');
        splitFields(equals == std::string_view::npos ? std::string_view() : text.substr(equals + 1), fields_);
        const auto told = fields_.empty() ? std::nullopt : parseInteger(fields_[0]);
        constexpr long largest = 1'000'000'000'000;
        if (!told || *told < 0 || *told > largest) {  // the field overflows to asterisks in long runs
            number_ += 1;
            return;
        }
        if (started_ && offset_ + *told <= number_) {
            offset_ = number_;
            ++restarts_;
        }
        started_ = true;
        number_ = offset_ + std::max(*told, 0L) + (offset_ > 0 && *told == 0 ? 1 : 0);
    }

    Vec3 readPosition(std::size_t atom) {
        std::string_view line;
        if (!stream_.next(line))
            stream_.require(fmt::format("the position of atom {} of {}", atom + 1, atoms_));
        splitFields(line, fields_);
        if (fields_.size() < 3)
            stream_.fail(fmt::format("the position of atom {} of {} needs three numbers", atom + 1, atoms_));
        Vec3 v;
        for (int k = 0; k < 3; ++k) {
            const auto field = fields_[static_cast<std::size_t>(k)];
            const auto value = parseNumber(field);
            if (!value)
                stream_.fail(fmt::format("bad number {} in the position of atom {} of {}", inQuotes(field),
                                         atom + 1, atoms_));
            v[k] = *value;
        }
        return v;
    }

    LineStream stream_;
    ImportOptions options_;
    ImportQuestions questions_;
    crystal::Lattice lattice_;
    std::vector<Element> elements_;
    Fields fields_;
    std::size_t atoms_ = 0;
    double cartesianScale_ = 1.0;
    bool cartesian_ = false, started_ = false;
    std::int64_t number_ = 0, offset_ = 0;
    int restarts_ = 0;
};

}  // namespace

std::unique_ptr<TrajectoryReader> readXdatcar(const std::filesystem::path& file,
                                              const ImportOptions& options) {
    return std::make_unique<XdatcarReader>(file, options);
}

}  // namespace ionscape::io
