// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/neb.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/dynamics/fire.h"

namespace ionscape::dynamics {

namespace {

/// The band's moving part as one vector, and the forces on it.
class Band {
  public:
    Band(std::vector<crystal::Structure> images, potential::Potential& potential, const NebSettings& settings)
        : potential_(potential), settings_(settings), atoms_(images.front().positions.cols()) {
        path_.images = std::move(images);
        if (path_.images.size() < 3) throw InputError("a band needs at least one image between its ends");
        path_.energies.resize(path_.images.size());
        path_.slopes.assign(path_.images.size(), 0.0);
        forces_.resize(path_.images.size());
        evaluate(0, path_.images.size());
    }

    NebPath& path() { return path_; }
    Eigen::Index size() const { return 3 * atoms_ * static_cast<Eigen::Index>(path_.images.size() - 2); }

    /// Evaluates images [first, last).
    void evaluate(std::size_t first, std::size_t last) {
        std::vector<const crystal::Structure*> structures;
        for (std::size_t i = first; i < last; ++i)
            structures.push_back(&path_.images[i]);
        const auto results = potential_.evaluateBatch(structures, {});
        for (std::size_t i = first; i < last; ++i) {
            potential::requireFinite(results[i - first], path_.images[i]);
            path_.energies[i] = results[i - first].energy;
            forces_[i] = results[i - first].forces;
        }
        measure();
    }

    /// The nudged forces of all moving images; the climbing one's follow the path uphill.
    Eigen::VectorXd nudged(bool climb) {
        Eigen::VectorXd all(size());
        path_.maxForce = 0.0;
        for (std::size_t i = 1; i + 1 < path_.images.size(); ++i) {
            const VectorField tangent = tangentAt(i);
            const double along = forces_[i].cwiseProduct(tangent).sum();
            VectorField force = forces_[i] - along * tangent;
            if (climb && i == path_.highest()) {
                force -= along * tangent;
            } else {
                const double stretch = segment(i).norm() - segment(i - 1).norm();
                force += settings_.springEvPerA2 * stretch * tangent;
            }
            path_.maxForce = std::max(path_.maxForce, force.colwise().norm().maxCoeff());
            all.segment(3 * atoms_ * static_cast<Eigen::Index>(i - 1), 3 * atoms_) = force.reshaped();
        }
        return all;
    }

    double limit(const Eigen::VectorXd& move) const {
        const auto atoms = move.reshaped(3, move.size() / 3);
        return std::min(1.0, settings_.maxStep / std::max(atoms.colwise().norm().maxCoeff(), 1e-300));
    }

    void advance(const Eigen::VectorXd& move) {
        for (std::size_t i = 1; i + 1 < path_.images.size(); ++i) {
            path_.images[i].positions +=
                move.segment(3 * atoms_ * static_cast<Eigen::Index>(i - 1), 3 * atoms_).reshaped(3, atoms_);
        }
        evaluate(1, path_.images.size() - 1);
    }

  private:
    /// From image i to i + 1.
    VectorField segment(std::size_t i) const {
        return path_.images[i + 1].positions - path_.images[i].positions;
    }

    /// Towards the higher neighbour; at an extremum both, weighted by the energies (eqs. 8–11 of the paper).
    VectorField tangentAt(std::size_t i) const {
        const double before = path_.energies[i - 1], here = path_.energies[i], after = path_.energies[i + 1];
        const VectorField forward = segment(i), backward = segment(i - 1);
        VectorField tangent;
        if (after > here && here > before) {
            tangent = forward;
        } else if (after < here && here < before) {
            tangent = backward;
        } else {
            const double larger = std::max(std::abs(after - here), std::abs(before - here));
            const double smaller = std::min(std::abs(after - here), std::abs(before - here));
            tangent = after > before ? VectorField(larger * forward + smaller * backward)
                                     : VectorField(smaller * forward + larger * backward);
            if (tangent.norm() == 0.0) tangent = forward + backward;
        }
        const double length = tangent.norm();
        if (!(length > 0.0)) throw InputError("two neighbouring images of the band are the same structure");
        return tangent / length;
    }

    /// Distances along the band and slopes of the energy.
    void measure() {
        const std::size_t n = path_.images.size();
        path_.distances.assign(n, 0.0);
        for (std::size_t i = 1; i < n; ++i)
            path_.distances[i] = path_.distances[i - 1] + segment(i - 1).norm();
        for (std::size_t i = 0; i < n; ++i) {
            if (forces_[i].cols() == 0) continue;
            const VectorField direction =
                i == 0 ? segment(0) : (i + 1 == n ? segment(n - 2) : VectorField(tangentAt(i)));
            const double length = direction.norm();
            if (length > 0.0) path_.slopes[i] = -forces_[i].cwiseProduct(direction).sum() / length;
        }
    }

    potential::Potential& potential_;
    const NebSettings& settings_;
    Eigen::Index atoms_;
    NebPath path_;
    std::vector<VectorField> forces_;
};

double highestPoint(const NebPath& path) {
    double highest = *std::max_element(path.energies.begin(), path.energies.end());
    if (path.climbed) return highest;
    for (const auto& point : interpolated(path))
        highest = std::max(highest, point.energy);
    return highest;
}

}  // namespace

void checkSettings(const NebSettings& s) {
    const auto require = [](bool ok, const char* what) {
        if (!ok) throw InputError(std::string("nudged elastic band: ") + what);
    };
    require(s.images >= 1, "there must be at least one image between the ends");
    require(s.springEvPerA2 > 0.0, "the spring constant must be positive, eV/Å²");
    require(s.forceTolerance > 0.0 && s.maxStep > 0.0, "force tolerance and largest step must be positive");
    require(s.maxSteps >= 0, "the number of steps must not be negative");
}

std::size_t NebPath::highest() const {
    return static_cast<std::size_t>(
        std::distance(energies.begin(), std::max_element(energies.begin() + 1, energies.end() - 1)));
}

double NebPath::forwardBarrier() const {
    return highestPoint(*this) - energies.front();
}

double NebPath::backwardBarrier() const {
    return highestPoint(*this) - energies.back();
}

std::vector<PathPoint> interpolated(const NebPath& path, int perSegment) {
    std::vector<PathPoint> points;
    for (std::size_t i = 0; i + 1 < path.images.size(); ++i) {
        const double length = path.distances[i + 1] - path.distances[i];
        const double rise = path.energies[i + 1] - path.energies[i];
        const double left = path.slopes[i] * length, right = path.slopes[i + 1] * length;
        for (int k = 0; k < perSegment; ++k) {
            const double t = static_cast<double>(k) / perSegment;
            const double energy = path.energies[i] + left * t + (3.0 * rise - 2.0 * left - right) * t * t +
                                  (left + right - 2.0 * rise) * t * t * t;
            points.push_back({path.distances[i] + t * length, energy});
        }
    }
    points.push_back({path.distances.back(), path.energies.back()});
    return points;
}

NebPath nudgedElasticBand(std::vector<crystal::Structure> images, potential::Potential& potential,
                          const NebSettings& settings, const std::stop_token& stop, ProgressSink& progress,
                          const NebObserver& observer) {
    checkSettings(settings);
    throwIfStopped(stop);
    Band band(std::move(images), potential, settings);
    NebPath& path = band.path();
    Fire fire(band.size());
    for (;; ++path.steps) {
        throwIfStopped(stop);
        Eigen::VectorXd force = band.nudged(path.climbed);
        if (settings.climb && !path.climbed && path.maxForce < settings.climbBelow) {
            path.climbed = true;
            force = band.nudged(true);
        }
        path.converged = path.maxForce <= settings.forceTolerance && (path.climbed || !settings.climb);
        if (observer) observer(path);
        progress.report("neb", path.steps, settings.maxSteps,
                        fmt::format("barrier {:.3f} eV, max force {:.3f} eV/Å",
                                    path.energies[path.highest()] - path.energies.front(), path.maxForce));
        if (path.converged || path.steps >= settings.maxSteps) return path;
        band.advance(fire.move(0.0, force, [&](const Eigen::VectorXd& move) { return band.limit(move); }));
    }
}

}  // namespace ionscape::dynamics
