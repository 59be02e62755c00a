// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/linear_program.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace ionscape::composition {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double pivotTolerance = 1e-10;
constexpr double costTolerance = 1e-11;
constexpr double feasibilityTolerance = 1e-8;

/// Rows: constraints solved for the basic variables, right-hand side last. Columns: variables, then one
/// artificial variable a constraint.
class Tableau {
  public:
    Tableau(const MatrixXd& constraints, const VectorXd& right)
        : variables_(constraints.cols()), rows_(constraints.rows()) {
        table_.resize(rows_, variables_ + rows_ + 1);
        table_ << constraints, MatrixXd::Identity(rows_, rows_), right;
        for (Index row = 0; row < rows_; ++row) {
            if (right[row] < 0.0) {
                table_.row(row).head(variables_) *= -1.0;
                table_(row, last()) *= -1.0;
            }
            basis_.push_back(variables_ + row);
        }
    }

    /// Phase 1: false when no x ≥ 0 fulfils the constraints.
    bool makeFeasible() {
        VectorXd costs = VectorXd::Zero(variables_ + rows_);
        costs.tail(rows_).setOnes();
        run(costs, variables_);
        double left = 0.0;
        for (Index row = 0; row < rows_; ++row) {
            if (basis_[static_cast<std::size_t>(row)] >= variables_) left += table_(row, last());
        }
        if (left > feasibilityTolerance) return false;
        // Artificial variables that are left sit at zero. Where a real one can take the place it does;
        // elsewhere the constraint follows from the others and its row stays without influence.
        for (Index row = 0; row < rows_; ++row) {
            if (basis_[static_cast<std::size_t>(row)] < variables_) continue;
            Index column = 0;
            if (table_.row(row).head(variables_).cwiseAbs().maxCoeff(&column) > 1e-7) pivot(row, column);
        }
        return true;
    }

    /// Phase 2.
    void minimise(const VectorXd& costs) {
        VectorXd extended = VectorXd::Zero(variables_ + rows_);
        extended.head(variables_) = costs;
        run(extended, variables_);
    }

    /// Basic variables that are real.
    std::vector<Index> basis() const {
        std::vector<Index> real;
        std::copy_if(basis_.begin(), basis_.end(), std::back_inserter(real),
                     [&](Index column) { return column < variables_; });
        return real;
    }

  private:
    Index last() const { return variables_ + rows_; }

    void pivot(Index row, Index column) {
        table_.row(row) /= table_(row, column);
        for (Index other = 0; other < rows_; ++other) {
            if (other != row && table_(other, column) != 0.0)
                table_.row(other) -= table_(other, column) * table_.row(row);
        }
        basis_[static_cast<std::size_t>(row)] = column;
    }

    /// The row that limits how far `column` may grow; of equals the one with the smallest basic variable.
    Index leavingRow(Index column) const {
        Index best = -1;
        double smallest = 0.0;
        for (Index row = 0; row < rows_; ++row) {
            if (table_(row, column) <= pivotTolerance) continue;
            const double ratio = table_(row, last()) / table_(row, column);
            const bool tie = best >= 0 && std::abs(ratio - smallest) <= 1e-14;
            const bool better = best < 0 || (tie ? basis_[static_cast<std::size_t>(row)] <
                                                       basis_[static_cast<std::size_t>(best)]
                                                 : ratio < smallest);
            if (!better) continue;
            best = row;
            smallest = ratio;
        }
        return best;
    }

    /// Bland: the first column that lowers the cost enters.
    void run(const VectorXd& costs, Index columns) {
        for (;;) {
            VectorXd basic(rows_);
            for (Index row = 0; row < rows_; ++row)
                basic[row] = costs[basis_[static_cast<std::size_t>(row)]];
            const VectorXd reduced = costs.head(columns) - table_.leftCols(columns).transpose() * basic;
            Index entering = 0;
            while (entering < columns && reduced[entering] >= -costTolerance)
                ++entering;
            if (entering == columns) return;
            const Index row = leavingRow(entering);
            if (row < 0) throw InputError("a linear program has no lowest value");
            pivot(row, entering);
        }
    }

    Index variables_, rows_;
    MatrixXd table_;
    std::vector<Index> basis_;
};

}  // namespace

LinearProgramResult minimise(const MatrixXd& constraints, const VectorXd& right, const VectorXd& costs) {
    if (constraints.rows() != right.size() || constraints.cols() != costs.size() || costs.size() == 0)
        throw InputError("a linear program needs one cost a variable and one right-hand side a constraint");
    if (!constraints.allFinite() || !right.allFinite() || !costs.allFinite())
        throw InputError("a linear program holds a number that is not finite");
    LinearProgramResult result;
    Tableau tableau(constraints, right);
    result.feasible = tableau.makeFeasible();
    if (!result.feasible) return result;
    tableau.minimise(costs);
    // From the untouched constraints, free of what pivoting has rounded.
    const std::vector<Index> basis = tableau.basis();
    MatrixXd columns(constraints.rows(), static_cast<Index>(basis.size()));
    VectorXd basicCosts(columns.cols());
    for (Index k = 0; k < columns.cols(); ++k) {
        columns.col(k) = constraints.col(basis[static_cast<std::size_t>(k)]);
        basicCosts[k] = costs[basis[static_cast<std::size_t>(k)]];
    }
    const VectorXd values = columns.colPivHouseholderQr().solve(right);
    result.multipliers = columns.transpose().completeOrthogonalDecomposition().solve(basicCosts);
    result.solution = VectorXd::Zero(costs.size());
    for (Index k = 0; k < columns.cols(); ++k)
        result.solution[basis[static_cast<std::size_t>(k)]] = std::max(values[k], 0.0);
    result.value = costs.dot(result.solution);
    return result;
}

}  // namespace ionscape::composition
