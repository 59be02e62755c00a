// SPDX-License-Identifier: GPL-3.0-or-later
// The paths that mobile ions have taken: a bounded record, and its pieces folded back into the cell.
#include "gui/scene/trails.h"

#include <algorithm>
#include <cmath>

namespace ionscape::scene {

namespace {

Vec3 cellOf(const Vec3& fractional) {
    return fractional.array().floor().matrix();
}

/// Where on the way from a to b (0..1) a face of the cell is crossed, with 0 and 1 at the ends.
std::vector<double> crossings(const Vec3& a, const Vec3& b) {
    std::vector<double> at{0.0};
    for (int axis = 0; axis < 3; ++axis) {
        const double low = std::min(a[axis], b[axis]);
        const double high = std::max(a[axis], b[axis]);
        for (double face = std::floor(low) + 1.0; face <= high; face += 1.0)
            at.push_back((face - a[axis]) / (b[axis] - a[axis]));
    }
    at.push_back(1.0);
    std::sort(at.begin(), at.end());
    return at;
}

/// Adds the way from a to b (fractional) to the pieces, the last of which ends in a.
void extend(std::vector<TrailPiece>& pieces, const crystal::Lattice& lattice, Vec3& cell, const Vec3& a,
            const Vec3& b, double frameA, double frameB) {
    const auto at = crossings(a, b);
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
        if (at[i + 1] - at[i] < 1e-12) continue;
        const auto along = [&](double t) -> Vec3 { return a + t * (b - a); };
        const auto frame = [&](double t) { return frameA + t * (frameB - frameA); };
        const Vec3 here = cellOf(along(0.5 * (at[i] + at[i + 1])));
        if (here != cell) {
            cell = here;
            pieces.push_back(
                {pieces.back().ion, {lattice.toCartesian({along(at[i]) - cell})}, {frame(at[i])}});
        }
        pieces.back().points.push_back(lattice.toCartesian({along(at[i + 1]) - cell}));
        pieces.back().frames.push_back(frame(at[i + 1]));
    }
}

}  // namespace

void Trails::append(const VectorField& unwrapped) {
    // The newest frame is always held, so that a trail ends at its ion; off the stride it gives way to the
    // next.
    if (!frames_.empty() && frames_.back().index % stride_ != 0) frames_.pop_back();
    frames_.push_back({framesSeen_++, unwrapped});
    while (pointCount() > maxPoints_ && frames_.size() > 2) {
        stride_ *= 2;
        const std::size_t newest = frames_.back().index;
        std::erase_if(frames_, [&](const Frame& f) { return f.index != newest && f.index % stride_ != 0; });
    }
}

void Trails::clear() {
    frames_.clear();
    stride_ = 1;
    framesSeen_ = 0;
}

std::size_t Trails::pointCount() const {
    return frames_.empty() ? 0 : frames_.size() * static_cast<std::size_t>(frames_.front().positions.cols());
}

std::vector<TrailPiece> Trails::pieces(const crystal::Lattice& lattice) const {
    std::vector<TrailPiece> result;
    if (frames_.empty()) return result;
    for (Eigen::Index ion = 0; ion < frames_.front().positions.cols(); ++ion) {
        Vec3 previous = lattice.toFractional(frames_.front().positions.col(ion)).v;
        Vec3 cell = cellOf(previous);
        double previousFrame = static_cast<double>(frames_.front().index);
        result.push_back(
            {static_cast<std::size_t>(ion), {lattice.toCartesian({previous - cell})}, {previousFrame}});
        for (std::size_t f = 1; f < frames_.size(); ++f) {
            const Vec3 next = lattice.toFractional(frames_[f].positions.col(ion)).v;
            const auto frame = static_cast<double>(frames_[f].index);
            extend(result, lattice, cell, previous, next, previousFrame, frame);
            previous = next;
            previousFrame = frame;
        }
    }
    std::erase_if(result, [](const TrailPiece& piece) { return piece.points.size() < 2; });
    return result;
}

}  // namespace ionscape::scene
