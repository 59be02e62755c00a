// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/ideal_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/surrogate/shape_table.h"

namespace ionscape::surrogate {
namespace {

constexpr double sameDistance = 1e-6;  // the table has ten digits

using Permutation = std::vector<int>;

/// Extends `image` (of the first vertices) in every way that keeps all distances.
void extend(const Eigen::MatrixXd& distances, Permutation& image, std::vector<bool>& used,
            std::vector<Permutation>& found) {
    const auto n = static_cast<int>(distances.rows());
    const auto k = static_cast<int>(image.size());
    if (k == n) {
        found.push_back(image);
        return;
    }
    for (int candidate = 0; candidate < n; ++candidate) {
        if (used[static_cast<std::size_t>(candidate)]) continue;
        bool fits = std::abs(distances(candidate, candidate) - distances(k, k)) < sameDistance;
        for (int j = 0; fits && j < k; ++j)
            fits = std::abs(distances(candidate, image[static_cast<std::size_t>(j)]) - distances(k, j)) <
                   sameDistance;
        if (!fits) continue;
        used[static_cast<std::size_t>(candidate)] = true;
        image.push_back(candidate);
        extend(distances, image, used, found);
        image.pop_back();
        used[static_cast<std::size_t>(candidate)] = false;
    }
}

/// Relabellings that keep the distances between vertices and to the centre, which stand on the diagonal.
std::vector<Permutation> symmetriesOf(const VectorField& points) {
    const auto n = points.cols();
    Eigen::MatrixXd distances(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < n; ++j)
            distances(i, j) = i == j ? points.col(i).norm() : (points.col(i) - points.col(j)).norm();
    }
    Permutation image;
    std::vector<bool> used(static_cast<std::size_t>(n), false);
    std::vector<Permutation> found;
    extend(distances, image, used, found);
    return found;
}

/// Does a symmetry make a lexicographically smaller permutation of this one?
bool isFirstOfItsSet(const Permutation& permutation, const std::vector<Permutation>& symmetries) {
    for (const Permutation& symmetry : symmetries) {
        for (const int vertex : permutation) {
            const int image = symmetry[static_cast<std::size_t>(vertex)];
            if (image < vertex) return false;
            if (image > vertex) break;
        }
    }
    return true;
}

std::vector<Permutation> placementsOf(int coordination, const std::vector<Permutation>& symmetries) {
    std::vector<Permutation> placements;
    if (coordination > mostEnumerated) return placements;
    Permutation permutation(static_cast<std::size_t>(coordination));
    std::iota(permutation.begin(), permutation.end(), 0);
    do {
        if (isFirstOfItsSet(permutation, symmetries)) placements.push_back(permutation);
    } while (std::next_permutation(permutation.begin(), permutation.end()));
    return placements;
}

using ShapesByCoordination = std::array<std::vector<IdealShape>, mostCoordination + 1>;

ShapesByCoordination makeShapes() {
    ShapesByCoordination shapes;
    for (const TabulatedShape& row : tabulatedShapes()) {
        IdealShape shape{row.symbol, row.name, VectorField(3, row.coordination), {}, {}};
        std::copy(row.coordinates.begin(), row.coordinates.end(), shape.points.data());
        shape.symmetries = symmetriesOf(shape.points);
        shape.placements = placementsOf(row.coordination, shape.symmetries);
        shapes[static_cast<std::size_t>(row.coordination)].push_back(std::move(shape));
    }
    return shapes;
}

const ShapesByCoordination& allShapes() {
    static const ShapesByCoordination shapes = makeShapes();
    return shapes;
}

}  // namespace

const std::vector<IdealShape>& idealShapes(int coordination) {
    static const std::vector<IdealShape> none;
    if (coordination < leastCoordination || coordination > mostCoordination) return none;
    return allShapes()[static_cast<std::size_t>(coordination)];
}

const IdealShape& idealShape(const std::string& symbol) {
    for (const auto& shapes : allShapes()) {
        for (const IdealShape& shape : shapes) {
            if (shape.symbol == symbol) return shape;
        }
    }
    throw InputError(fmt::format("there is no ideal coordination shape '{}'", symbol));
}

}  // namespace ionscape::surrogate
