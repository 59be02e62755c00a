// SPDX-License-Identifier: GPL-3.0-or-later
// The first guess of a path between two states.
#include <fmt/format.h>

#include <cmath>

#include "core/dynamics/fire.h"
#include "core/dynamics/neb.h"

namespace ionscape::dynamics {

namespace {

constexpr int mostSteps = 200;
/// Å⁻³: a force of the pair objective that moves nothing any more.
constexpr double smallForce = 1e-3;

/// Σ over pairs w(d)(d_wanted − d)², w = d⁻⁴, of one image against its wanted distances.
class PairObjective {
  public:
    PairObjective(const crystal::Structure& image, Eigen::MatrixXd wanted)
        : lattice_(image.lattice), wanted_(std::move(wanted)) {}

    VectorField forces(const VectorField& positions) const {
        VectorField force = VectorField::Zero(3, positions.cols());
        for (Eigen::Index i = 0; i < positions.cols(); ++i) {
            for (Eigen::Index j = i + 1; j < positions.cols(); ++j) {
                const Vec3 vector = lattice_.minimumImage(Vec3(positions.col(j) - positions.col(i)));
                const double d = std::max(vector.norm(), 0.1);
                const double off = wanted_(i, j) - d;
                const double slope = -2.0 * off / std::pow(d, 4) - 4.0 * off * off / std::pow(d, 5);
                const Vec3 pull = slope / d * vector;
                force.col(i) += pull;
                force.col(j) -= pull;
            }
        }
        return force;
    }

    static Eigen::MatrixXd distances(const crystal::Structure& structure) {
        const Eigen::Index n = structure.positions.cols();
        Eigen::MatrixXd all = Eigen::MatrixXd::Zero(n, n);
        for (Eigen::Index i = 0; i < n; ++i)
            for (Eigen::Index j = i + 1; j < n; ++j)
                all(i, j) = structure.lattice
                                .minimumImage(Vec3(structure.positions.col(j) - structure.positions.col(i)))
                                .norm();
        return all;
    }

  private:
    crystal::Lattice lattice_;
    Eigen::MatrixXd wanted_;
};

void relaxPairs(crystal::Structure& image, const Eigen::MatrixXd& wanted) {
    const PairObjective objective(image, wanted);
    Fire fire(image.positions.size());
    for (int step = 0; step < mostSteps; ++step) {
        const VectorField force = objective.forces(image.positions);
        if (force.colwise().norm().maxCoeff() < smallForce) return;
        const Eigen::VectorXd move = fire.move(0.0, force.reshaped(), [](const Eigen::VectorXd& proposed) {
            return std::min(1.0, 0.05 / std::max(proposed.cwiseAbs().maxCoeff(), 1e-300));
        });
        image.positions += move.reshaped(3, image.positions.cols());
    }
}

}  // namespace

void requireSameCrystal(const crystal::Structure& start, const crystal::Structure& end) {
    if (start.size() != end.size()) {
        throw InputError(
            fmt::format("the two ends of the path have {} and {} atoms; they must be the same ones",
                        start.size(), end.size()));
    }
    for (std::size_t i = 0; i < start.size(); ++i) {
        if (start.elements[i] == end.elements[i]) continue;
        throw InputError(
            fmt::format("atom {} is {} at one end of the path and {} at the other; give both in the "
                        "same order",
                        i + 1, start.elements[i].symbol(), end.elements[i].symbol()));
    }
    const double difference = (start.lattice.rows() - end.lattice.rows()).cwiseAbs().maxCoeff();
    if (difference > 1e-3) {
        throw InputError(
            fmt::format("the cells of the two ends differ by {:.3f} Å; relax the end states with a "
                        "fixed cell",
                        difference));
    }
}

crystal::Structure hopped(const crystal::Structure& start, std::size_t atom, const Vec3& target) {
    if (atom >= start.size()) {
        throw InputError(fmt::format("there is no atom {}: the structure has {}", atom + 1, start.size()));
    }
    crystal::Structure end = start;
    const auto column = static_cast<Eigen::Index>(atom);
    const Vec3 from = start.positions.col(column);
    end.positions.col(column) = from + start.lattice.minimumImage(Vec3(target - from));
    return end;
}

std::vector<crystal::Structure> interpolatedPath(const crystal::Structure& start,
                                                 const crystal::Structure& end, int images) {
    requireSameCrystal(start, end);
    if (images < 1) throw InputError("a path needs at least one image between its ends");
    VectorField way = end.positions - start.positions;
    for (Eigen::Index i = 0; i < way.cols(); ++i)
        way.col(i) = start.lattice.minimumImage(Vec3(way.col(i)));
    if (way.norm() < 1e-3) throw InputError("the two ends of the path are the same structure");

    const Eigen::MatrixXd first = PairObjective::distances(start), last = PairObjective::distances(end);
    std::vector<crystal::Structure> path{start};
    for (int k = 1; k <= images; ++k) {
        const double share = static_cast<double>(k) / (images + 1);
        crystal::Structure image = start;
        image.positions += share * way;
        relaxPairs(image, first + share * (last - first));
        path.push_back(std::move(image));
    }
    path.push_back(start);
    path.back().positions += way;
    return path;
}

}  // namespace ionscape::dynamics
