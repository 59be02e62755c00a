// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/symmetry.h"

#include <fmt/format.h>
#include <spglib.h>

#include <memory>

#include "core/base/error.h"

namespace ionscape::crystal {

SpaceGroup spaceGroup(const Structure& structure, double tolerance) {
    if (structure.size() == 0) throw InputError("a structure without atoms has no space group");
    double lattice[3][3];  // spglib keeps the vectors in columns
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j)
            lattice[j][i] = structure.lattice.rows()(i, j);
    }
    struct Point {
        double x[3];
    };
    std::vector<Point> points(structure.size());
    std::vector<int> types(structure.size());
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const Vec3 f = structure.fractional(i).v;
        points[i] = {{f[0], f[1], f[2]}};
        types[i] = structure.elements[i].atomicNumber();
    }
    const std::unique_ptr<SpglibDataset, decltype(&spg_free_dataset)> dataset(
        spg_get_dataset(lattice, &points[0].x, types.data(), static_cast<int>(structure.size()), tolerance),
        &spg_free_dataset);
    if (!dataset || dataset->spacegroup_number == 0) {
        throw InputError(
            fmt::format("no space group was found with a tolerance of {} Å ({}); try another tolerance",
                        tolerance, spg_get_error_message(spg_get_error_code())));
    }
    return {dataset->spacegroup_number, dataset->international_symbol};
}

}  // namespace ionscape::crystal
