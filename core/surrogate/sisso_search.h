// SPDX-License-Identifier: GPL-3.0-or-later
// The two halves of SISSO: sure independence screening of constructed formulas, and sparse selection.
#pragma once

#include <Eigen/Core>
#include <stop_token>
#include <vector>

#include "core/surrogate/sisso_expression.h"

namespace ionscape::surrogate {

struct SissoSpace {
    int complexity = 2;  ///< operators in a formula at most
    /// Formulas of each complexity below the highest that are kept to build on, those that correlate best
    /// with the target. The space is complete as long as no level has more.
    std::size_t pool = 5000;
    bool respectUnits = true;
};

/// A formula with its values on the training rows.
struct Candidate {
    ExpressionPtr expression;
    Eigen::ArrayXd values;
    double score = 0.0;  ///< |Pearson's r| with what it was screened for
};

/// The formulas of a feature space, walked through again for every residual.
class FormulaSpace {
  public:
    /// Builds all levels but the highest. Throws Cancelled.
    FormulaSpace(const std::vector<Feature>& features, const Eigen::MatrixXd& x, const Eigen::VectorXd& y,
                 const SissoSpace& settings, const std::stop_token& stop);

    /// Was every level but the highest kept whole?
    bool isComplete() const { return complete_; }
    /// Formulas that the last screening looked at.
    std::size_t size() const { return size_; }
    /// The `count` formulas that correlate best with one of the residuals (one a column), best first; of
    /// formulas with the same values only the simplest, and none that is in `taken` (Fan & Lv, J. R. Stat.
    /// Soc. B 70, 849 (2008); several residuals as in SISSO++, Purcell et al., J. Open Source Softw. 7, 3960
    /// (2022)).
    std::vector<Candidate> screen(const Eigen::MatrixXd& residuals, std::size_t count,
                                  const std::vector<Candidate>& taken, const std::stop_token& stop);

  private:
    class Best;
    /// Shows all formulas of one complexity to `best`.
    void look(int complexity, Best& best, const std::stop_token& stop) const;

    SissoSpace settings_;
    std::vector<std::vector<Candidate>> levels_;  ///< by complexity
    bool complete_ = true;
    std::size_t size_ = 0;
};

/// Columns that a model uses, with the sum of its squared errors.
struct SparseFit {
    std::vector<int> columns;
    double squares = 0.0;
};

/// Least squares with an intercept on every set of `dimension` columns; the best first, at most `keep`.
/// Sets are counted one by one (ℓ0) as long as there are no more than `limit`; beyond, the best sets of one
/// column fewer (`seeds`) are extended by every column and then improved by exchanging one column at a time.
/// \param exhaustive  told whether all sets were counted
std::vector<SparseFit> bestSubsets(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, int dimension,
                                   std::size_t keep, double limit, const std::vector<SparseFit>& seeds,
                                   bool& exhaustive, const std::stop_token& stop);

/// Orthogonal matching pursuit: `seed` (may be empty) and the column that correlates best with what it leaves
/// over (Pati, Rezaiifar & Krishnaprasad, Asilomar 1993).
SparseFit matchingPursuit(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, const SparseFit& seed);

/// Coefficients of a least-squares fit with intercept (first) on these columns.
Eigen::VectorXd leastSquares(const Eigen::MatrixXd& columns, const std::vector<int>& chosen,
                             const Eigen::VectorXd& y);

}  // namespace ionscape::surrogate
