// SPDX-License-Identifier: GPL-3.0-or-later
// How far a row lies from the rows that a model learnt from.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json_fwd.hpp>
#include <utility>
#include <vector>

#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

/// Distances in standardised features; 1 is the distance at which 95 % of the training rows have their own
/// nearest neighbour, so larger values are extrapolation.
class TrainingDomain {
  public:
    TrainingDomain() = default;
    explicit TrainingDomain(const Eigen::MatrixXd& x);

    /// To the nearest training row, one a row of x, in units of the scale above.
    Eigen::VectorXd distance(const Eigen::MatrixXd& x) const;
    /// The training rows themselves.
    Eigen::MatrixXd rows() const;
    /// The nearest training row of each.
    std::vector<Eigen::Index> nearest(const Eigen::MatrixXd& x) const;

    nlohmann::json toJson() const;
    static TrainingDomain fromJson(const nlohmann::json& object);

  private:
    std::pair<Eigen::Index, double> closest(const Eigen::RowVectorXd& point, Eigen::Index without) const;
    Standardiser scale_;
    Eigen::MatrixXd rows_;  ///< standardised
    double unit_ = 1.0;
};

}  // namespace ionscape::surrogate
