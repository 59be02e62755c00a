// SPDX-License-Identifier: GPL-3.0-or-later
// What a feature of a relaxed cell is called and means, and one row of feature values.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace ionscape::surrogate {

/// The definition of one column of a feature table.
struct Feature {
    std::string name;       ///< stable identifier and column title in files: "csm_Mavg"
    std::string unit;       ///< "Å³"; empty where it is a plain number
    std::string meaning;    ///< one sentence with the choices made
    std::string reference;  ///< the paper that defines it; empty where it is plain geometry or counting

    friend bool operator==(const Feature&, const Feature&) = default;
};

/// Values in the order of their definitions. Empty (and never NaN) where the cell does not have what the
/// feature measures, such as the distortion of polyhedra of lithium in a cell without lithium.
using FeatureRow = std::vector<std::optional<double>>;

/// Index of the feature called `name`. Throws InputError that lists similar names when there is none.
std::size_t featureIndex(const std::vector<Feature>& features, const std::string& name);

}  // namespace ionscape::surrogate
