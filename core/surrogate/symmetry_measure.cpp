// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/symmetry_measure.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/surrogate/assignment.h"

namespace ionscape::surrogate {
namespace {

constexpr int orientationPairs = 6;  // pairs of ligands that are laid on pairs of ideal points
constexpr int mostRounds = 20;       // of assignment and rotation; two to four are usual

/// A set of points relative to the centroid of points and centre.
struct Centred {
    VectorField points;
    Vec3 centre;
    double squares;

    explicit Centred(const VectorField& ligands) {
        centre = -ligands.rowwise().sum() / static_cast<double>(ligands.cols() + 1);
        points = ligands.colwise() + centre;
        squares = points.squaredNorm() + centre.squaredNorm();
    }
};

/// Sum of the singular values: the largest trace that a rotation or reflection gives the matrix.
double largestTrace(const Mat3& m) {
    Eigen::SelfAdjointEigenSolver<Mat3> solver;
    solver.computeDirect(m.transpose() * m, Eigen::EigenvaluesOnly);
    return solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().sum();
}

Mat3 correlation(const Centred& ligands, const Centred& ideal, const std::vector<int>& placement) {
    Mat3 sum = ligands.centre * ideal.centre.transpose();
    for (std::size_t i = 0; i < placement.size(); ++i)
        sum += ligands.points.col(static_cast<Eigen::Index>(i)) * ideal.points.col(placement[i]).transpose();
    return sum;
}

/// The largest trace over all placements of the shape.
double enumerated(const Centred& ligands, const Centred& ideal, const IdealShape& shape) {
    const auto n = ligands.points.cols();
    std::vector<Mat3> products;
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index k = 0; k < n; ++k)
            products.emplace_back(ligands.points.col(i) * ideal.points.col(k).transpose());
    }
    const Mat3 centre = ligands.centre * ideal.centre.transpose();
    double best = -1.0;
    const std::vector<int>* bestPlacement = nullptr;
    for (const auto& placement : shape.placements) {
        Mat3 sum = centre;
        for (std::size_t i = 0; i < placement.size(); ++i)
            sum += products[i * placement.size() + static_cast<std::size_t>(placement[i])];
        const double trace = largestTrace(sum);
        if (trace <= best) continue;
        best = trace;
        bestPlacement = &placement;
    }
    // Roots of eigenvalues lose half of the digits; singular values do not.
    return Eigen::JacobiSVD<Mat3>(correlation(ligands, ideal, *bestPlacement)).singularValues().sum();
}

/// Orthonormal frame whose first axis is along `a` and whose second is in the plane of a and b.
Mat3 frame(const Vec3& a, const Vec3& b) {
    Mat3 m;
    m.col(0) = a.normalized();
    m.col(1) = (b - b.dot(m.col(0)) * m.col(0)).normalized();
    m.col(2) = m.col(0).cross(m.col(1));
    return m;
}

bool spansPlane(const Vec3& a, const Vec3& b) {
    return a.cross(b).norm() > 0.2 * a.norm() * b.norm();
}

/// Ordered pairs of points of the shape that no symmetry maps onto each other.
std::vector<std::pair<int, int>> distinctPairs(const IdealShape& shape) {
    std::vector<std::pair<int, int>> pairs;
    const auto n = static_cast<int>(shape.points.cols());
    for (int k = 0; k < n; ++k) {
        for (int l = 0; l < n; ++l) {
            if (k == l || !spansPlane(shape.points.col(k), shape.points.col(l))) continue;
            const bool first = std::none_of(shape.symmetries.begin(), shape.symmetries.end(),
                                            [&](const std::vector<int>& symmetry) {
                                                const std::pair image(symmetry[static_cast<std::size_t>(k)],
                                                                      symmetry[static_cast<std::size_t>(l)]);
                                                return image < std::pair(k, l);
                                            });
            if (first) pairs.emplace_back(k, l);
        }
    }
    return pairs;
}

/// For the first ligands the partner that is nearest to a right angle.
std::vector<std::pair<int, int>> orientingPairs(const VectorField& ligands) {
    std::vector<std::pair<int, int>> pairs;
    const auto n = static_cast<int>(ligands.cols());
    for (int i = 0; i < std::min(n, orientationPairs); ++i) {
        int partner = -1;
        double largest = 0.0;
        for (int j = 0; j < n; ++j) {
            const double sine =
                ligands.col(i).cross(ligands.col(j)).norm() / (ligands.col(i).norm() * ligands.col(j).norm());
            if (j == i || sine <= largest) continue;
            largest = sine;
            partner = j;
        }
        if (partner >= 0) pairs.emplace_back(i, partner);
    }
    return pairs;
}

/// Alternates the best placement in an orientation and the best orientation of a placement until neither
/// changes. \param rotation  turns ideal points onto the ligands
double iterated(const Centred& ligands, const Centred& ideal, Mat3 rotation) {
    std::vector<int> placement;
    double trace = 0.0;
    for (int round = 0; round < mostRounds; ++round) {
        const auto next = leastCostAssignment(-ligands.points.transpose() * rotation * ideal.points);
        if (next == placement) break;
        placement = next;
        const Eigen::JacobiSVD<Mat3> svd(correlation(ligands, ideal, placement),
                                         Eigen::ComputeFullU | Eigen::ComputeFullV);
        trace = svd.singularValues().sum();
        rotation = svd.matrixU() * svd.matrixV().transpose();
    }
    return trace;
}

double searched(const VectorField& raw, const Centred& ligands, const Centred& ideal,
                const IdealShape& shape) {
    double best = 0.0;
    const auto targets = distinctPairs(shape);
    for (const auto& [i, j] : orientingPairs(raw)) {
        const Mat3 own = frame(raw.col(i), raw.col(j));
        for (const auto& [k, l] : targets) {
            Mat3 other = frame(shape.points.col(k), shape.points.col(l));
            for (int hand = 0; hand < 2; ++hand) {
                best = std::max(best, iterated(ligands, ideal, own * other.transpose()));
                other.col(2) *= -1.0;
            }
        }
    }
    return best;
}

}  // namespace

double symmetryMeasure(const VectorField& ligands, const IdealShape& shape) {
    if (ligands.cols() != shape.points.cols())
        throw InputError(fmt::format("{} ligands cannot be compared with the {} points of a {}",
                                     ligands.cols(), shape.points.cols(), shape.name));
    const Centred own(ligands), ideal(shape.points);
    const double trace =
        shape.placements.empty() ? searched(ligands, own, ideal, shape) : enumerated(own, ideal, shape);
    return 100.0 * std::max(0.0, 1.0 - trace * trace / (own.squares * ideal.squares));
}

std::optional<NearestShape> nearestShape(const VectorField& ligands) {
    std::optional<NearestShape> nearest;
    for (const IdealShape& shape : idealShapes(static_cast<int>(ligands.cols()))) {
        const double measure = symmetryMeasure(ligands, shape);
        if (!nearest || measure < nearest->measure) nearest = NearestShape{&shape, measure};
    }
    return nearest;
}

}  // namespace ionscape::surrogate
