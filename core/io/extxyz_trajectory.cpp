// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "core/io/extxyz_frame.h"
#include "core/io/line_stream.h"
#include "core/io/trajectory_reader.h"

namespace ionscape::io {

namespace {

/// Cuts the stream into frames and leaves their contents to the reader of structures.
class ExtxyzTrajectory final : public TrajectoryReader {
  public:
    explicit ExtxyzTrajectory(const std::filesystem::path& file) : stream_(file) {}

    bool next(RawFrame& frame) override {
        std::string text;
        const long before = collect(text);
        if (before < 0) return false;
        TextReader reader(stream_.file(), std::move(text), before);
        const bool first = elements_.empty();
        LabelledStructure raw = readExtxyzFrame(reader, first, first);
        checkAtoms(raw.structure, before + 1);
        frame = {};
        frame.line = before + 1;
        frame.lattice = raw.structure.lattice;
        frame.fractional.resize(3, raw.structure.positions.cols());
        for (Eigen::Index i = 0; i < frame.fractional.cols(); ++i)
            frame.fractional.col(i) = frame.lattice.toFractional(raw.structure.positions.col(i)).v;
        if (const auto told = raw.info.find("positions"); told != raw.info.end()) {
            if (told->second == "unwrapped") wrapping_ = Wrapping::Unwrapped;
            if (told->second == "wrapped") wrapping_ = Wrapping::Wrapped;
        }
        frame.potentialEnergy = raw.energy;
        for (const char* key : {"temperature", "Temperature"})
            if (const auto value = numberOf(raw, key)) frame.temperature = value;
        if (const auto fs = numberOf(raw, "time_fs")) frame.timeFs = fs;
        if (const auto ps = numberOf(raw, "time_ps")) frame.timeFs = 1000.0 * *ps;
        for (const char* key : {"md_step", "Timestep", "Step", "step"}) {
            const auto value = raw.info.find(key);
            if (value == raw.info.end()) continue;
            if (const auto step = parseInteger(value->second)) frame.step = *step;
        }
        return true;
    }

    const std::vector<crystal::Element>& elements() const override { return elements_; }
    Wrapping wrapping() const override { return wrapping_; }
    std::string timestepMeaning() const override {
        return "the time from one step number to the next, or between frames without one";
    }
    double fractionRead() const override { return stream_.fractionRead(); }
    long lineNumber() const override { return stream_.lineNumber(); }

  private:
    static std::optional<double> numberOf(const LabelledStructure& frame, const char* key) {
        const auto found = frame.info.find(key);
        return found == frame.info.end() ? std::nullopt : parseNumber(found->second);
    }

    /// The lines of the next frame; returns how many lines of the file precede them, −1 at the end.
    long collect(std::string& text) {
        std::string_view line;
        do {
            if (!stream_.next(line)) return -1;
        } while (line.empty());
        const long before = stream_.lineNumber() - 1;
        const auto append = [&text](std::string_view more) { text.append(more).append(1, '\n'); };
        std::vector<std::string_view> fields;
        splitFields(line, fields);
        const auto count = fields.size() == 1 ? parseInteger(fields[0]) : std::nullopt;
        append(line);
        // What is wrong with the count is said by the reader of frames.
        if (!count || *count < 1) return before;
        // Every atom takes at least two bytes for each of four columns.
        if (static_cast<std::uint64_t>(*count) > stream_.mostBytesLeft() / 8)
            stream_.fail(fmt::format(
                "the frame promises {} atoms but the file ends before; it seems to be truncated", *count));
        for (long i = -1; i < *count; ++i)
            append(stream_.require(i < 0 ? std::string("the comment line of the frame")
                                         : fmt::format("atom {} of {}", i + 1, *count)));
        return before;
    }

    void checkAtoms(const crystal::Structure& structure, long line) {
        if (elements_.empty()) elements_ = structure.elements;
        if (structure.size() != elements_.size()) {
            throw IoError(stream_.file(), line,
                          fmt::format("the frame has {} atoms, the first one {}: these are not frames of one "
                                      "trajectory",
                                      structure.size(), elements_.size()));
        }
        for (std::size_t i = 0; i < elements_.size(); ++i) {
            if (structure.elements[i] == elements_[i]) continue;
            throw IoError(stream_.file(), line + 2 + static_cast<long>(i),
                          fmt::format("atom {} is {}, in the first frame {}: these are not frames of one "
                                      "trajectory, or their atoms changed places",
                                      i + 1, structure.elements[i].symbol(), elements_[i].symbol()));
        }
    }

    LineStream stream_;
    std::vector<crystal::Element> elements_;
    Wrapping wrapping_ = Wrapping::Unknown;
};

}  // namespace

std::unique_ptr<TrajectoryReader> readExtxyzTrajectory(const std::filesystem::path& file) {
    return std::make_unique<ExtxyzTrajectory>(file);
}

}  // namespace ionscape::io
