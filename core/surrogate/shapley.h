// SPDX-License-Identifier: GPL-3.0-or-later
// Shapley values of any model, from its predictions alone.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace ionscape::surrogate {

/// Predictions of rows × features.
using MeanFunction = std::function<Eigen::VectorXd(const Eigen::MatrixXd&)>;

/// Predictions on the way from one row to another whose features are taken over one by one in `order`:
/// features + 1 of them, those of both ends included.
using PathFunction = std::function<Eigen::VectorXd(
    const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to, const std::vector<Eigen::Index>& order)>;

/// The rows on such a way: (features + 1) × features.
Eigen::MatrixXd featurePath(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                            const std::vector<Eigen::Index>& order);

/// Shapley values of one row: they and the base sum to the prediction.
struct ShapleyValues {
    double base = 0.0;  ///< mean prediction of the background rows
    Eigen::RowVectorXd values;
    /// Standard errors of sampling; zero where every set of features was counted.
    Eigen::RowVectorXd errors;
};

/// Values of one row after the other over the same background, exact and in closed form.
class ClosedShapley {
  public:
    virtual ~ClosedShapley() = default;
    /// Safe to call from several threads.
    virtual Eigen::RowVectorXd operator()(const Eigen::RowVectorXd& row) const = 0;
};

/// The game: v(S) = mean over background rows of the prediction with the row's values for the features in S
/// and the background's for the others (interventional values; Janzing, Minorics & Blöbaum, AISTATS 2020).
/// Every one of the 2^features sets is counted. Throws InputError for more than 16 features or no background.
ShapleyValues exactShapley(const MeanFunction& model, const Eigen::MatrixXd& background,
                           const Eigen::RowVectorXd& row);

/// The same values estimated from `pairs` random orders of the features, each with its reverse, each started
/// from one background row after the other in random order (Štrumbelj & Kononenko, Knowl. Inf. Syst. 41, 647
/// (2014); Mitchell et al., J. Mach. Learn. Res. 23, 43 (2022)); they sum to the prediction in any case, a
/// last correction spreads what the drawn background rows leave over. Throws InputError for fewer than 2
/// pairs or no background.
/// \param base  mean prediction of the background rows
ShapleyValues sampledShapley(const PathFunction& model, const Eigen::MatrixXd& background, double base,
                             const Eigen::RowVectorXd& row, int pairs, std::uint64_t seed,
                             const std::stop_token& stop = {});

}  // namespace ionscape::surrogate
