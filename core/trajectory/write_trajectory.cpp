// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/write_trajectory.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/text.h"
#include "core/io/extxyz.h"
#include "core/trajectory/h5md.h"

namespace ionscape::trajectory {

namespace {

constexpr std::size_t framesBetweenReports = 64;

enum class Target { None, H5md, Extxyz, Xdatcar };

Target targetOf(const std::filesystem::path& file) {
    const std::string name = lowerCase(file.filename().string());
    const auto ends = [&name](const char* ending) { return name.ends_with(ending); };
    if (ends(".h5") || ends(".h5md") || ends(".hdf5")) return Target::H5md;
    if (ends(".xyz") || ends(".extxyz")) return Target::Extxyz;
    if (name.starts_with("xdatcar") || ends(".xdatcar")) return Target::Xdatcar;
    return Target::None;
}

/// A text file that is written frame by frame.
class TextFile {
  public:
    TextFile(const std::filesystem::path& temporary, std::filesystem::path file)
        : out_(temporary, std::ios::binary), file_(std::move(file)) {
        check();
    }
    void write(const std::string& text) {
        out_ << text;
        check();
    }
    void close() {
        out_.close();
        check();
    }

  private:
    void check() const {
        if (!out_) throw IoError(file_, "cannot be written (is the disk full?)");
    }
    std::ofstream out_;
    std::filesystem::path file_;
};

class ExtxyzText {
  public:
    explicit ExtxyzText(const crystal::Structure& initial) { labelled_.structure = initial; }

    std::string text(const Frame& frame, std::size_t) {
        labelled_.structure.lattice = frame.lattice;
        labelled_.structure.positions = frame.positions;
        labelled_.energy.reset();
        if (frame.potentialEnergy != 0.0) labelled_.energy = frame.potentialEnergy;
        labelled_.info = {{"step", std::to_string(frame.step)},
                          {"time_fs", fmt::format("{}", frame.timeFs)},
                          {"positions", "unwrapped"}};
        if (frame.temperature > 0.0) labelled_.info["temperature"] = fmt::format("{}", frame.temperature);
        return io::extxyzText(labelled_);
    }

  private:
    io::LabelledStructure labelled_;
};

class XdatcarText {
  public:
    explicit XdatcarText(const crystal::Structure& initial) : title_(initial.formula()) {
        std::vector<crystal::Element> order;
        for (const auto element : initial.elements)
            if (std::find(order.begin(), order.end(), element) == order.end()) order.push_back(element);
        for (const auto element : order) {
            const auto atoms = initial.atomsOf(element);
            symbols_ += fmt::format(" {:>4}", element.symbol());
            counts_ += fmt::format(" {:>4}", atoms.size());
            atoms_.insert(atoms_.end(), atoms.begin(), atoms.end());
        }
    }

    std::string text(const Frame& frame, std::size_t index) {
        std::string result;
        if (index == 0 || frame.lattice.rows() != cell_) result = header(frame.lattice);
        result += fmt::format("Direct configuration={:6}\n", index + 1);
        for (const std::size_t atom : atoms_) {
            Vec3 f = frame.lattice.toFractional(frame.positions.col(static_cast<Eigen::Index>(atom))).v;
            f -= f.array().floor().matrix();
            result += fmt::format("{:14.10f} {:13.10f} {:13.10f}\n", f[0], f[1], f[2]);
        }
        return result;
    }

  private:
    std::string header(const crystal::Lattice& lattice) {
        cell_ = lattice.rows();
        std::string result = title_ + "\n           1\n";
        for (int i = 0; i < 3; ++i)
            result += fmt::format(" {:16.10f} {:16.10f} {:16.10f}\n", cell_(i, 0), cell_(i, 1), cell_(i, 2));
        return result + symbols_ + "\n" + counts_ + "\n";
    }

    std::string title_, symbols_, counts_;
    std::vector<std::size_t> atoms_;
    Mat3 cell_ = Mat3::Zero();
};

/// Hands every stride-th frame to `write` with its number in the target.
template <class Write>
std::size_t copy(FrameSource& source, const WriteOptions& options, const std::stop_token& stop,
                 ProgressSink& progress, Write&& write) {
    const std::size_t stride = std::max<std::size_t>(options.stride, 1);
    Frame frame;
    std::size_t read = 0, written = 0;
    while (source.next(frame)) {
        throwIfStopped(stop);
        if (read % framesBetweenReports == 0)
            progress.report("write", std::lround(1000.0 * source.fractionRead()), 1000,
                            fmt::format("{} frames", written));
        if (read++ % stride == 0) write(frame, written++);
    }
    return written;
}

template <class Text>
std::size_t copyText(FrameSource& source, const std::filesystem::path& file, const WriteOptions& options,
                     const std::stop_token& stop, ProgressSink& progress) {
    std::size_t written = 0;
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        TextFile out(temporary, file);
        Text format(source.initial());
        written = copy(source, options, stop, progress,
                       [&](const Frame& frame, std::size_t index) { out.write(format.text(frame, index)); });
        out.close();
    });
    return written;
}

}  // namespace

bool canWriteTrajectory(const std::filesystem::path& file) {
    return targetOf(file) != Target::None;
}

std::size_t writeTrajectory(FrameSource& source, const std::filesystem::path& file,
                            const WriteOptions& options, const std::stop_token& stop,
                            ProgressSink& progress) {
    const Target target = targetOf(file);
    if (target == Target::None) {
        throw InputError(
            fmt::format("{}: the name tells no trajectory format; use .h5 (H5MD), .xyz (extended XYZ) or "
                        "XDATCAR",
                        file.string()));
    }
    std::error_code ignored;
    if (!options.overwrite && std::filesystem::exists(file, ignored))
        throw InputError(fmt::format("{} exists already; give another name or --overwrite", file.string()));
    if (target == Target::Extxyz) return copyText<ExtxyzText>(source, file, options, stop, progress);
    if (target == Target::Xdatcar) return copyText<XdatcarText>(source, file, options, stop, progress);
    H5mdWriter writer(file, H5mdWriter::Mode::Create, options.overwrite);
    writer.begin(source.initial());
    const std::size_t written =
        copy(source, options, stop, progress, [&](const Frame& frame, std::size_t) { writer.write(frame); });
    writer.flush();
    return written;
}

}  // namespace ionscape::trajectory
