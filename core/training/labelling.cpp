// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/labelling.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>

#include "core/base/error.h"
#include "core/io/extxyz.h"

namespace ionscape::training {

namespace {

namespace fs = std::filesystem;

constexpr const char* labelKey = "labelled_by";

std::string labelOf(const potential::PotentialInfo& info) {
    return info.checksum.empty() ? info.name : fmt::format("{} sha256:{:.16}", info.name, info.checksum);
}

/// Length of the part of the file that consists of whole frames: what follows was torn off in writing.
std::uintmax_t lengthOfWholeFrames(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::uintmax_t position = 0, whole = 0;
    std::string line;
    const auto nextLine = [&] {
        if (!std::getline(in, line) || in.eof()) return false;  // a line without its end is torn, too
        position += line.size() + 1;
        return true;
    };
    while (nextLine()) {
        long atoms = 0;
        const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), atoms);
        if (problem != std::errc() || end != line.data() + line.size() || atoms < 1) return whole;
        for (long i = 0; i <= atoms; ++i) {
            if (!nextLine()) return whole;
        }
        whole = position;
    }
    return whole;
}

bool sameStructure(const crystal::Structure& a, const crystal::Structure& b) {
    constexpr double tolerance = 1e-6;  // Å
    return a.elements == b.elements &&
           (a.lattice.rows() - b.lattice.rows()).cwiseAbs().maxCoeff() < tolerance &&
           (a.positions - b.positions).cwiseAbs().maxCoeff() < tolerance;
}

/// Number of frames that `out` holds already; cuts off what follows the last whole one.
std::size_t framesDone(const std::vector<io::LabelledStructure>& frames, const fs::path& out,
                       const std::string& label) {
    std::error_code problem;
    if (!fs::exists(out, problem)) return 0;
    const std::uintmax_t size = fs::file_size(out, problem);
    if (problem) throw IoError(out, "cannot be read: " + problem.message());
    const std::uintmax_t whole = lengthOfWholeFrames(out);
    const auto refuse = [&](const std::string& what) {
        throw InputError(fmt::format("{}: {}; choose another file or remove it first", out.string(), what));
    };
    if (whole == 0) {
        // The first frame may have been torn; anything else that is not empty is not ours to overwrite.
        std::ifstream in(out, std::ios::binary);
        std::string head(256, '\0');
        in.read(head.data(), static_cast<std::streamsize>(head.size()));
        head.resize(static_cast<std::size_t>(in.gcount()));
        if (!head.empty() && !head.starts_with(fmt::format("{}\n", frames.front().structure.size())))
            refuse("exists and does not hold frames of these structures");
        if (size > 0) fs::resize_file(out, 0);
        return 0;
    }
    if (whole < size) fs::resize_file(out, whole);
    const auto done = io::readExtxyz(out);
    if (done.size() > frames.size()) refuse(fmt::format("holds {} frames, more than there are", done.size()));
    for (std::size_t i = 0; i < done.size(); ++i) {
        if (!sameStructure(done[i].structure, frames[i].structure))
            refuse(fmt::format("its frame {} is not the structure given as number {}", i + 1, i + 1));
        const auto by = done[i].info.find(labelKey);
        if (by == done[i].info.end() || by->second != label)
            refuse(fmt::format("its frame {} was not labelled by {}", i + 1, label));
    }
    return done.size();
}

io::LabelledStructure labelled(const io::LabelledStructure& frame, potential::Potential& potential,
                               const std::string& label) {
    const auto result = potential.evaluate(frame.structure, {.stress = true});
    io::LabelledStructure next;
    next.structure = frame.structure;
    next.info = frame.info;
    next.info[labelKey] = label;
    next.energy = result.energy;
    next.forces = result.forces;
    next.stressGPa = result.stressGPa;
    return next;
}

/// Appends to a file and has it on its way to the disk before it returns.
class Appender {
  public:
    explicit Appender(const fs::path& file) : file_(file), out_(file, std::ios::binary | std::ios::app) {
        check();
    }
    void append(const std::string& text) {
        out_ << text << std::flush;
        check();
    }

  private:
    void check() {
        if (!out_) throw IoError(file_, fmt::format("cannot be written: {}", std::strerror(errno)));
    }
    fs::path file_;
    std::ofstream out_;
};

}  // namespace

LabellingResult labelStructures(const std::vector<io::LabelledStructure>& frames,
                                potential::Potential& potential, const fs::path& out,
                                const std::stop_token& stop, ProgressSink& progress) {
    if (frames.empty()) throw InputError("there is no structure to label");
    const std::string label = labelOf(potential.info());
    for (const auto& frame : frames)
        potential::requireElements(potential.info(), frame.structure);
    LabellingResult result;
    result.skipped = result.frames = framesDone(frames, out, label);
    Appender file(out);
    const auto total = static_cast<std::int64_t>(frames.size());
    std::string detail;
    while (result.frames < frames.size()) {
        progress.report("label", static_cast<std::int64_t>(result.frames), total, detail);
        throwIfStopped(stop);
        const auto begin = std::chrono::steady_clock::now();
        const auto& frame = frames[result.frames];
        try {
            file.append(io::extxyzText(labelled(frame, potential, label)));
        } catch (const ModelError& error) {
            throw ModelError(fmt::format("frame {}: {}", result.frames + 1, error.what()));
        }
        ++result.frames;
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
        detail = fmt::format("{} atoms, {:.2f} s", frame.structure.size(), elapsed.count());
    }
    progress.report("label", total, total, detail);
    return result;
}

}  // namespace ionscape::training
