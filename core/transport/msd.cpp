// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/msd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "core/base/error.h"
#include "core/transport/squared_displacements.h"

namespace ionscape::transport {

namespace {

/// Coordinate series are gathered for as many ions as this holds: a sweep over the frames for each ion would
/// miss the cache at every frame.
constexpr std::size_t gatherBytes = std::size_t{64} << 20;
/// Frames transposed at once: what is written for one series fills whole cache lines.
constexpr std::size_t blockFrames = 16;

std::size_t lagCount(std::size_t frames, long maxLagFrames) {
    if (frames < 2) throw InputError("a trajectory needs two frames for a displacement");
    return maxLagFrames < 0 ? frames : std::min(frames, static_cast<std::size_t>(maxLagFrames) + 1);
}

/// Number k·frames + t of `series` becomes coordinate k % 3 of atom k / 3 in frame t.
void gather(const TrajectoryView& view, std::span<const Eigen::Index> atoms, std::vector<double>& series) {
    const std::size_t frames = view.positions.size();
    for (std::size_t first = 0; first < frames; first += blockFrames) {
        const std::size_t last = std::min(first + blockFrames, frames);
        for (std::size_t i = 0; i < atoms.size(); ++i) {
            for (std::size_t axis = 0; axis < 3; ++axis) {
                double* target = series.data() + (i * 3 + axis) * frames;
                const auto entry = atoms[i] * 3 + static_cast<Eigen::Index>(axis);
                for (std::size_t t = first; t < last; ++t)
                    target[t] = view.positions[t].data()[entry];
            }
        }
    }
}

/// Adds one ion's series along all directions; \param r  its three coordinates, frames × 3
void addIon(SquaredDisplacements& sums, const Eigen::Map<const Eigen::MatrixX3d>& r,
            const Directions& directions) {
    for (Eigen::Index k = 0; k < directions.dimensions(); ++k) {
        if (directions.isAll()) {
            sums.add({r.col(k).data(), static_cast<std::size_t>(r.rows())});
        } else {
            const Eigen::VectorXd along = r * directions.basis().col(k);
            sums.add({along.data(), static_cast<std::size_t>(along.size())});
        }
    }
}

MsdCurve curveOf(std::vector<double> sums, double weight, std::size_t ions, double intervalFs) {
    MsdCurve curve;
    curve.ions = ions;
    curve.lagFs.reserve(sums.size());
    for (std::size_t m = 0; m < sums.size(); ++m) {
        curve.lagFs.push_back(static_cast<double>(m) * intervalFs);
        sums[m] /= weight;
    }
    curve.msd = std::move(sums);
    return curve;
}

void subtractDrift(TrajectoryView& view, const Eigen::VectorXd& weights) {
    if (view.positions.empty()) return;
    const VectorField start = view.positions.front();
    for (auto& positions : view.positions) {
        const Vec3 drift = (positions - start) * weights;
        positions.colwise() -= drift;
    }
}

bool sameCell(const crystal::Lattice& a, const crystal::Lattice& b) {
    return (a.rows() - b.rows()).cwiseAbs().maxCoeff() < 1e-9;
}

}  // namespace

const crystal::Lattice& TrajectoryView::lattice(std::size_t frame) const {
    if (lattices.empty()) throw InputError("the trajectory has no cell");
    return lattices.size() == 1 ? lattices.front() : lattices.at(frame);
}

std::vector<Eigen::Index> TrajectoryView::atomsOf(crystal::Element element) const {
    std::vector<Eigen::Index> atoms;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i] == element) atoms.push_back(static_cast<Eigen::Index>(i));
    }
    return atoms;
}

TrajectoryView makeTrajectoryView(const crystal::Structure& initial,
                                  const std::vector<trajectory::Frame>& frames) {
    if (frames.size() < 2) {
        throw InputError(
            fmt::format("a trajectory of {} frames has no displacement; two are needed", frames.size()));
    }
    TrajectoryView view;
    view.elements = initial.elements;
    view.masses = initial.masses();
    view.frameIntervalFs =
        (frames.back().timeFs - frames.front().timeFs) / static_cast<double>(frames.size() - 1);
    if (!(view.frameIntervalFs > 0.0))
        throw InputError("the frames of the trajectory are not in order of time");
    view.positions.reserve(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto& frame = frames[i];
        if (frame.positions.cols() != static_cast<Eigen::Index>(initial.size())) {
            throw InputError(fmt::format("frame {} has {} atoms, the structure {}", i, frame.positions.cols(),
                                         initial.size()));
        }
        const double expected = frames.front().timeFs + static_cast<double>(i) * view.frameIntervalFs;
        if (!(std::abs(frame.timeFs - expected) <= 1e-3 * view.frameIntervalFs)) {
            throw InputError(
                fmt::format("frame {} (step {}) is at {} fs, {} fs is expected for even spacing: resample "
                            "the trajectory",
                            i, frame.step, frame.timeFs, expected));
        }
        view.positions.push_back(frame.positions);
        view.lattices.push_back(frame.lattice);
        view.volume += frame.lattice.volume();
        view.temperature += frame.temperature;
    }
    view.volume /= static_cast<double>(frames.size());
    view.temperature /= static_cast<double>(frames.size());
    const auto differs = [&](const crystal::Lattice& l) { return !sameCell(l, view.lattices.front()); };
    if (std::none_of(view.lattices.begin(), view.lattices.end(), differs)) view.lattices.resize(1);
    return view;
}

void removeFrameworkDrift(TrajectoryView& view, crystal::Element mobile) {
    Eigen::VectorXd weights = view.masses;
    for (const auto atom : view.atomsOf(mobile))
        weights[atom] = 0.0;
    const double total = weights.sum();
    if (!(total > 0.0)) {
        throw InputError(fmt::format("all atoms are {}: there is no framework whose drift could be removed",
                                     mobile.symbol()));
    }
    subtractDrift(view, weights / total);
}

void removeDrift(TrajectoryView& view, const std::vector<crystal::Element>& framework) {
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(view.masses.size());
    for (const auto element : framework) {
        for (const auto atom : view.atomsOf(element))
            weights[atom] = view.masses[atom];
    }
    const double total = weights.sum();
    if (!(total > 0.0)) throw InputError("the trajectory holds none of the elements of the framework");
    subtractDrift(view, weights / total);
}

MsdCurve meanSquaredDisplacement(const TrajectoryView& view, crystal::Element element, long maxLagFrames,
                                 const Directions& directions) {
    const auto atoms = view.atomsOf(element);
    const std::size_t frames = view.positions.size();
    if (atoms.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    const std::size_t lags = lagCount(frames, maxLagFrames);
    SquaredDisplacements sums(frames);
    const std::size_t atOnce =
        std::clamp(gatherBytes / (frames * 3 * sizeof(double)), std::size_t{1}, atoms.size());
    std::vector<double> series(atOnce * 3 * frames);
    for (std::size_t first = 0; first < atoms.size(); first += atOnce) {
        const auto batch = std::span(atoms).subspan(first, std::min(atOnce, atoms.size() - first));
        gather(view, batch, series);
        for (std::size_t i = 0; i < batch.size(); ++i)
            addIon(sums, {series.data() + i * 3 * frames, static_cast<Eigen::Index>(frames), 3}, directions);
    }
    return curveOf(sums.meansOverOrigins(lags), static_cast<double>(atoms.size()), atoms.size(),
                   view.frameIntervalFs);
}

MsdCurve collectiveDisplacement(const TrajectoryView& view, const Eigen::VectorXd& charges, long maxLagFrames,
                                const Directions& directions) {
    const std::size_t frames = view.positions.size();
    const std::size_t lags = lagCount(frames, maxLagFrames);
    if (charges.size() != static_cast<Eigen::Index>(view.elements.size())) {
        throw InputError(
            fmt::format("{} charges were given for {} atoms", charges.size(), view.elements.size()));
    }
    const double weight = charges.squaredNorm();
    if (!(weight > 0.0)) throw InputError("no atom carries a charge: there is no collective displacement");
    std::vector<std::vector<double>> series(static_cast<std::size_t>(directions.dimensions()),
                                            std::vector<double>(frames));
    for (std::size_t t = 0; t < frames; ++t) {
        const Eigen::VectorXd moment =
            directions.basis().transpose() * ((view.positions[t] - view.positions.front()) * charges);
        for (std::size_t k = 0; k < series.size(); ++k)
            series[k][t] = moment[static_cast<Eigen::Index>(k)];
    }
    SquaredDisplacements sums(frames);
    for (const auto& one : series)
        sums.add(one);
    const auto carriers = static_cast<std::size_t>((charges.array() != 0.0).count());
    return curveOf(sums.meansOverOrigins(lags), weight, carriers, view.frameIntervalFs);
}

MsdCurve collectiveDisplacement(const TrajectoryView& view, crystal::Element element, long maxLagFrames,
                                const Directions& directions) {
    const auto atoms = view.atomsOf(element);
    if (atoms.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    Eigen::VectorXd charges = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(view.elements.size()));
    for (const auto atom : atoms)
        charges[atom] = 1.0;
    return collectiveDisplacement(view, charges, maxLagFrames, directions);
}

}  // namespace ionscape::transport
