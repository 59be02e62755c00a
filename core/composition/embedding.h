// SPDX-License-Identifier: GPL-3.0-or-later
// Principal components: a map of a space from the columns of its table.
#pragma once

#include <Eigen/Core>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace ionscape::composition {

/// Components of standardised columns, (x − mean) / standard deviation. Signs are chosen so that the largest
/// loading of each component is positive.
struct PrincipalComponents {
    /// Columns that vary, as indices into those given; the others carry nothing and are left out.
    std::vector<std::size_t> used;
    Eigen::VectorXd mean, deviation;  ///< one for each used column
    /// Used columns × components, each column of length one.
    Eigen::MatrixXd loadings;
    /// Of each component, in units of one standardised column; falling.
    Eigen::VectorXd variance;
    /// Share of each component in the variance of all used columns; all components together give 1.
    Eigen::VectorXd explained;
    /// Rows × components; NaN in rows with a missing value.
    Eigen::MatrixXd scores;

    /// Scores of values given for all columns (those not used are ignored); NaN where one is missing.
    Eigen::VectorXd project(std::span<const double> values) const;
};

/// \param columns  of equal length; NaN marks a missing value, and its row takes no part in the fit
/// \param components  at most so many; fewer if fewer columns vary
/// Throws InputError for no column, columns of different length, fewer than two complete rows, or no column
/// that varies; Cancelled when stopped.
PrincipalComponents principalComponents(std::span<const std::vector<double>* const> columns,
                                        int components = 2, const std::stop_token& stop = {});

/// Ids of descriptors that make a good map: those that do not follow from each other.
const std::vector<std::string>& embeddingDescriptors();

}  // namespace ionscape::composition
