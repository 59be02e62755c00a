// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/fitting_cell.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <cmath>

#include "core/base/error.h"
#include "core/builder/decorate.h"

namespace ionscape::builder {

namespace {

constexpr int mostCellsEver = 200;

double surface(const crystal::Lattice& lattice) {
    const Vec3 a = lattice.vector(0), b = lattice.vector(1), c = lattice.vector(2);
    return 2.0 * (a.cross(b).norm() + b.cross(c).norm() + c.cross(a).norm());
}

/// Visits the lower triangular Hermite normal forms of determinant n: each superlattice once.
template <class Visit>
void forEachHermiteForm(int n, Visit&& visit) {
    for (int a = 1; a <= n; ++a) {
        if (n % a != 0) continue;
        for (int b = 1; b <= n / a; ++b) {
            if (n / a % b != 0) continue;
            const int c = n / a / b;
            for (int d = 0; d < a; ++d) {
                for (int e = 0; e < a; ++e) {
                    for (int f = 0; f < b; ++f) {
                        IntMat3 h;
                        h << a, 0, 0, d, b, 0, e, f, c;
                        visit(h);
                    }
                }
            }
        }
    }
}

}  // namespace

IntMat3 compactSupercell(const crystal::Lattice& lattice, int cells) {
    if (cells < 1 || cells > mostCellsEver) {
        throw InputError(
            fmt::format("a supercell of {} primitive cells: choose 1 to {}", cells, mostCellsEver));
    }
    IntMat3 best = IntMat3::Identity();
    double longest = 0.0, smallest = 0.0;
    forEachHermiteForm(cells, [&](const IntMat3& form) {
        const crystal::Lattice super(Mat3(form.cast<double>() * lattice.rows()));
        const IntMat3 matrix = super.reduction() * form;
        const double shortest = super.shortestVector();
        const double area = surface(crystal::Lattice(Mat3(matrix.cast<double>() * lattice.rows())));
        constexpr double same = 1e-6;
        const bool better =
            shortest > longest + same || (shortest > longest - same && area < smallest - same);
        if (!better) return;
        longest = shortest;
        smallest = area;
        best = matrix;
    });
    // −M spans the same lattice with the other hand.
    return best.cast<double>().determinant() * lattice.rows().determinant() < 0.0 ? IntMat3(-best) : best;
}

composition::Composition compositionInCell(const composition::Host& host, const composition::Formula& formula,
                                           const IntMat3& supercell) {
    const auto cells = std::lround(std::abs(supercell.cast<double>().determinant()));
    if (cells == 0)
        throw InputError("the supercell matrix is singular: its rows must be linearly independent");
    const int sites = host.sitesInPrimitiveCell(host.mixed().name);
    return composition::compositionFromFormula(host, formula, sites * static_cast<int>(cells));
}

FittingCell smallestFittingCell(const composition::Host& host, const composition::Formula& formula,
                                int mostCells) {
    if (mostCells < 1 || mostCells > mostCellsEver) {
        throw InputError(fmt::format("the largest cell to try must hold 1 to {} primitive cells, not {}",
                                     mostCellsEver, mostCells));
    }
    const int sites = host.sitesInPrimitiveCell(host.mixed().name);
    std::string reason;
    for (int cells = 1; cells <= mostCells; ++cells) {
        FittingCell fitting;
        fitting.cells = cells;
        fitting.supercell << cells, 0, 0, 0, 1, 0, 0, 0, 1;
        try {
            fitting.composition = composition::compositionFromFormula(host, formula, cells * sites);
            // Whether all other amounts are whole depends on the number of cells only, not on their shape.
            decoratedCell(host, fitting.composition, fitting.supercell, 1);
        } catch (const InputError& error) {
            reason = error.what();
            continue;
        }
        fitting.supercell = compactSupercell(host.primitiveCell().lattice, cells);
        return fitting;
    }
    throw InputError(fmt::format("{} fits into no cell of up to {} primitive cells; of the last one: {}",
                                 composition::formulaText(formula), mostCells, reason));
}

}  // namespace ionscape::builder
