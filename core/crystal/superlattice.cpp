// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/superlattice.h"

#include <fmt/format.h>

#include <Eigen/LU>

#include "core/base/error.h"

namespace ionscape::crystal {

std::vector<IntMat3> superlattices(int cells) {
    if (cells < 1 || cells > 200)
        throw InputError(fmt::format("a supercell of {} cells: between 1 and 200 are possible", cells));
    std::vector<IntMat3> forms;
    for (int a = 1; a <= cells; ++a) {
        if (cells % a != 0) continue;
        for (int b = 1; b <= cells / a; ++b) {
            if (cells / a % b != 0) continue;
            const int c = cells / a / b;
            for (int i = 0; i < b; ++i) {
                for (int j = 0; j < c; ++j) {
                    for (int k = 0; k < c; ++k)
                        forms.emplace_back(IntMat3{{a, i, j}, {0, b, k}, {0, 0, c}});
                }
            }
        }
    }
    return forms;
}

IntMat3 mostCubicSupercell(const Lattice& lattice, int cells) {
    IntMat3 best = IntMat3::Identity();
    double farthest = 0.0;
    for (const IntMat3& form : superlattices(cells)) {
        const Lattice super(form.cast<double>() * lattice.rows());
        IntMat3 rows = super.reduction() * form;
        if (rows.cast<double>().determinant() < 0.0) rows *= -1;
        const double distance = Lattice(rows.cast<double>() * lattice.rows()).faceDistances().minCoeff();
        if (distance > farthest + 1e-6) {
            farthest = distance;
            best = rows;
        }
    }
    return best;
}

}  // namespace ionscape::crystal
