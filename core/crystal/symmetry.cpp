// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/symmetry.h"

#include <fmt/format.h>
#include <spglib.h>

#include <memory>

#include "core/base/error.h"

namespace ionscape::crystal {

namespace {

using Dataset = std::unique_ptr<SpglibDataset, decltype(&spg_free_dataset)>;

Dataset datasetOf(const Structure& structure, std::vector<int> kinds, double tolerance) {
    if (structure.size() == 0) throw InputError("a structure without atoms has no space group");
    if (kinds.size() != structure.size())
        throw InputError("symmetry operations need one kind for every atom");
    double lattice[3][3];  // spglib keeps the vectors in columns
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j)
            lattice[j][i] = structure.lattice.rows()(i, j);
    }
    struct Point {
        double x[3];
    };
    std::vector<Point> points(structure.size());
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const Vec3 f = structure.fractional(i).v;
        points[i] = {{f[0], f[1], f[2]}};
    }
    Dataset dataset(
        spg_get_dataset(lattice, &points[0].x, kinds.data(), static_cast<int>(structure.size()), tolerance),
        &spg_free_dataset);
    if (!dataset || dataset->spacegroup_number == 0) {
        throw InputError(
            fmt::format("no space group was found with a tolerance of {} Å ({}); try another tolerance",
                        tolerance, spg_get_error_message(spg_get_error_code())));
    }
    return dataset;
}

std::vector<int> elementKinds(const Structure& structure) {
    std::vector<int> kinds;
    for (const Element element : structure.elements)
        kinds.push_back(element.atomicNumber());
    return kinds;
}

}  // namespace

SpaceGroup spaceGroup(const Structure& structure, double tolerance) {
    const Dataset dataset = datasetOf(structure, elementKinds(structure), tolerance);
    return {dataset->spacegroup_number, dataset->international_symbol};
}

std::vector<SymmetryOperation> symmetryOperations(const Structure& structure, const std::vector<int>& kinds,
                                                  double tolerance) {
    const Dataset dataset = datasetOf(structure, kinds.empty() ? elementKinds(structure) : kinds, tolerance);
    std::vector<SymmetryOperation> operations(static_cast<std::size_t>(dataset->n_operations));
    for (std::size_t n = 0; n < operations.size(); ++n) {
        for (int i = 0; i < 3; ++i) {
            operations[n].translation[i] = dataset->translations[n][i];
            for (int j = 0; j < 3; ++j)
                operations[n].rotation(i, j) = dataset->rotations[n][i][j];
        }
    }
    return operations;
}

}  // namespace ionscape::crystal
