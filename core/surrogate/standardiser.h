// SPDX-License-Identifier: GPL-3.0-or-later
// Columns brought to mean 0 and standard deviation 1.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json_fwd.hpp>

namespace ionscape::surrogate {

/// A column that does not vary has scale 1, so that it becomes zero for all training rows.
struct Standardiser {
    Eigen::RowVectorXd mean, scale;

    Standardiser() = default;
    /// Mean and standard deviation (n in the denominator) of each column.
    explicit Standardiser(const Eigen::MatrixXd& x);
    Eigen::MatrixXd operator()(const Eigen::MatrixXd& x) const;
};

nlohmann::json matrixToJson(const Eigen::MatrixXd& matrix);  ///< {"rows", "columns", "values" row by row}
Eigen::MatrixXd matrixFromJson(const nlohmann::json& object);
nlohmann::json standardiserToJson(const Standardiser& standardiser);
Standardiser standardiserFromJson(const nlohmann::json& object);

}  // namespace ionscape::surrogate
