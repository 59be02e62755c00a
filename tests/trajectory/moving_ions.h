// SPDX-License-Identifier: GPL-3.0-or-later
// A motion known in closed form, and the text that other programs would write of it, made without our
// writers.
#pragma once

#include <fmt/format.h>

#include <Eigen/LU>
#include <QTemporaryDir>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/trajectory/open_trajectory.h"

namespace moving {

using namespace ionscape;
using namespace ionscape::trajectory;

inline const std::vector<std::string> symbols{"Li", "Li", "Zr", "O", "O"};

/// A skewed cell; `breathes` makes it grow by 0.1 % a frame.
inline crystal::Lattice lattice(int frame, bool breathes) {
    Mat3 rows;
    rows << 6.0, 0.0, 0.0, 1.5, 7.0, 0.0, -0.8, 1.1, 8.0;
    return crystal::Lattice(Mat3(rows * (breathes ? 1.0 + 1e-3 * frame : 1.0)));
}

/// Unwrapped fractional coordinates: the lithium ions cross the cell several times, the others vibrate across
/// its faces.
inline VectorField fractional(int frame) {
    const double t = frame;
    VectorField f(3, 5);
    f.col(0) = Vec3(0.1, 0.5, 0.9) + t * Vec3(0.13, -0.21, 0.07);
    f.col(1) = Vec3(0.6, 0.2, 0.3) + t * Vec3(-0.31, 0.02, 0.11);
    f.col(2) = Vec3(0.5, 0.5, 0.5) + 0.02 * Vec3(std::sin(t), std::cos(t), std::sin(2.0 * t));
    f.col(3) = Vec3(0.005, 0.25, 0.75) + 0.03 * Vec3(std::cos(3.0 * t), std::sin(t), std::cos(t));
    f.col(4) = Vec3(0.3, 0.995, 0.01) + 0.03 * Vec3(std::sin(t), std::cos(2.0 * t), std::cos(t));
    return f;
}

inline VectorField wrapped(VectorField f) {
    f -= f.array().floor().matrix();
    return f;
}

/// The true displacement since frame 0 in a file that begins in the images which `first` (read from it)
/// shows: an offset by whole cells grows with the cell.
inline VectorField displacement(int frame, bool breathes, const VectorField& first) {
    const Mat3 now = lattice(frame, breathes).rows().transpose(),
               start = lattice(0, breathes).rows().transpose();
    const VectorField images = (start.inverse() * first - fractional(0)).array().round();
    return now * (fractional(frame) + images) - start * (fractional(0) + images);
}

inline std::string numbers(const Vec3& v) {
    return fmt::format("{:.12f} {:.12f} {:.12f}", v[0], v[1], v[2]);
}

/// A folder that goes away with the test.
class Folder {
  public:
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }

  private:
    QTemporaryDir folder_;
};

inline std::vector<Frame> readAll(FrameSource& source) {
    std::vector<Frame> frames;
    Frame frame;
    while (source.next(frame))
        frames.push_back(frame);
    return frames;
}

inline std::vector<Frame> readAll(const std::filesystem::path& file, const io::ImportOptions& options = {}) {
    return readAll(*openTrajectory(file, options));
}

/// Largest deviation of the displacements since the first frame from the true ones, Å.
inline double deviation(const std::vector<Frame>& frames, bool breathes, int framesApart = 1) {
    double worst = 0.0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const int t = static_cast<int>(i) * framesApart;
        const VectorField moved = frames[i].positions - frames[0].positions;
        worst =
            std::max(worst, (moved - displacement(t, breathes, frames[0].positions)).cwiseAbs().maxCoeff());
        worst =
            std::max(worst, (frames[i].lattice.rows() - lattice(t, breathes).rows()).cwiseAbs().maxCoeff());
    }
    return worst;
}

}  // namespace moving
