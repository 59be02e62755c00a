// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <array>

#include "core/base/units.h"
#include "core/io/line_stream.h"
#include "core/io/text_reader.h"
#include "core/io/trajectory_reader.h"
#include "core/io/vasprun_steps.h"

namespace ionscape::io {

namespace {

/// Longest part of the file that is parsed at once: room for steps of 100,000 atoms.
constexpr std::size_t longestPart = std::size_t{32} << 20;

/// Large parts of a step that say nothing about motion.
constexpr std::array<std::string_view, 4> skipped{"dos", "eigenvalues", "projected", "dielectricfunction"};

class VasprunTrajectory final : public TrajectoryReader {
  public:
    explicit VasprunTrajectory(const std::filesystem::path& file) : stream_(file) {
        std::string text;
        inStep_ = collect("<calculation", text);
        header_ = parseVasprunHeader(stream_.file(), text);
    }

    bool next(RawFrame& frame) override {
        if (!inStep_) return false;
        const long line = stream_.lineNumber();
        std::string text = "<calculation>\n";
        if (!collect("</calculation", text)) {
            inStep_ = false;
            unfinished_ = true;
            return false;
        }
        text += "</calculation>\n";
        ++step_;
        const auto raw = parseVasprunStep(stream_.file(), text, line, header_, step_);
        std::string between;
        inStep_ = collect("<calculation", between);
        if (!raw) {
            unfinished_ = true;
            if (inStep_)
                throw IoError(stream_.file(), line,
                              fmt::format("ionic step {} has no structure or no energy", step_));
            return false;
        }
        fill(*raw, line, frame);
        return true;
    }

    const std::vector<crystal::Element>& elements() const override { return header_.elements; }
    std::string timestepMeaning() const override { return "the time from one ionic step to the next"; }
    std::vector<std::string> notes() const override {
        if (!unfinished_) return {};
        return {fmt::format("the last ionic step, {}, is not finished and was left out", step_ + 1)};
    }
    double fractionRead() const override { return stream_.fractionRead(); }
    long lineNumber() const override { return stream_.lineNumber(); }

  private:
    void fill(const LabelledStructure& raw, long line, RawFrame& frame) const {
        frame = {};
        frame.line = line;
        frame.step = step_;
        if (header_.timestepFs) frame.timeFs = *header_.timestepFs * static_cast<double>(step_);
        frame.lattice = raw.structure.lattice;
        frame.fractional.resize(3, raw.structure.positions.cols());
        for (Eigen::Index i = 0; i < frame.fractional.cols(); ++i)
            frame.fractional.col(i) = frame.lattice.toFractional(raw.structure.positions.col(i)).v;
        frame.potentialEnergy = raw.energy;
        if (const auto kinetic = raw.info.find("kinetic"); kinetic != raw.info.end())
            frame.kineticEnergy = parseNumber(kinetic->second);
        const auto atoms = static_cast<double>(header_.elements.size());
        // The centre of mass is at rest in VASP's molecular dynamics.
        if (frame.kineticEnergy && atoms > 1.0)
            frame.temperature = 2.0 * *frame.kineticEnergy / (3.0 * (atoms - 1.0) * units::boltzmann);
    }

    /// Adds the lines up to the one with `tag` to `text`, leaving out what is skipped; false at the end.
    bool collect(std::string_view tag, std::string& text) {
        std::string_view line;
        std::string closing;
        while (stream_.next(line)) {
            if (!closing.empty()) {
                if (line.find(closing) != std::string_view::npos) closing.clear();
                continue;
            }
            const auto begin = line.find('<');
            const auto tagText = begin == std::string_view::npos ? std::string_view() : line.substr(begin);
            if (tagText.starts_with(tag)) return true;
            for (const auto name : skipped) {
                const auto closed = fmt::format("</{}>", name);
                const bool opens = tagText.size() > 1 && tagText.substr(1).starts_with(name);
                if (opens && tagText.find(closed) == std::string_view::npos) closing = closed;
            }
            if (!closing.empty()) continue;
            if (text.size() + line.size() > longestPart)
                stream_.fail(
                    fmt::format("more than {} MiB without {}>: this cannot be a vasprun.xml of a "
                                "simulation",
                                longestPart >> 20, tag));
            text.append(line).append(1, '\n');
        }
        return false;
    }

    LineStream stream_;
    VasprunHeader header_;
    long step_ = 0;
    bool inStep_ = false, unfinished_ = false;
};

}  // namespace

std::unique_ptr<TrajectoryReader> readVasprunTrajectory(const std::filesystem::path& file) {
    return std::make_unique<VasprunTrajectory>(file);
}

}  // namespace ionscape::io
