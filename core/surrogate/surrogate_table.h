// SPDX-License-Identifier: GPL-3.0-or-later
// What a surrogate learns from: rows of features with a target, labels and groups.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/surrogate/feature.h"

namespace ionscape::surrogate {

/// What is predicted.
struct TargetDefinition {
    std::string name;  ///< "MSD"
    std::string unit;  ///< "Å²"
    /// How it is measured: "mean of MSD(Δt) for Δt in 20–80 ps of a 100 ps run at 1000 K".
    std::string meaning;
};

/// A way to put rows into groups: one group a row (occupancy type) or several (the elements in it).
struct Grouping {
    std::string name;  ///< "occupancy type", "element"
    std::vector<std::vector<std::string>> groupsOfRow;
};

/// All numbers are finite: rows with gaps go through RowEncoder first.
struct SurrogateTable {
    std::vector<Feature> features;
    Eigen::MatrixXd x;  ///< rows × features
    TargetDefinition target;
    Eigen::VectorXd y;                ///< one a row; empty in a table that is only predicted
    Eigen::VectorXd yError;           ///< standard error of the target; empty where it is not known
    std::vector<std::string> labels;  ///< one a row, such as a formula; may be empty
    std::vector<Grouping> groupings;
    /// One a row: rows of the same unit (decorations or measurements of one composition) are nearly the same,
    /// and folds keep them together. Empty: every row stands for itself, as does one whose unit is empty.
    std::vector<std::string> units;

    Eigen::Index rows() const { return x.rows(); }
    /// The label, or "row 12" counted from 1.
    std::string labelOf(Eigen::Index row) const;
    /// The rows given, in that order; a row may be taken twice.
    SurrogateTable subset(const std::vector<Eigen::Index>& rows) const;
    /// The same rows with some of the features, by name and in that order. Throws InputError for an unknown
    /// one.
    SurrogateTable withFeatures(const std::vector<std::string>& names) const;
    /// Throws InputError naming close groupings.
    const Grouping& grouping(std::string_view name) const;

    /// Throws InputError when sizes do not fit together, a number is not finite (naming row and column), a
    /// feature appears twice or, with `needsTarget`, the target is missing.
    void validate(bool needsTarget) const;
    /// SHA-256 over names, units, features and target, all digits: the same rows give the same text.
    std::string checksum() const;
};

}  // namespace ionscape::surrogate
