// SPDX-License-Identifier: GPL-3.0-or-later
// Features of a relaxed cell: what the surrogate learns from; docs/features.md shows the same table.
#pragma once

#include "core/surrogate/feature.h"
#include "core/surrogate/feature_context.h"

namespace ionscape::surrogate {

/// The columns of structuralFeatures for this context, in their order. Names do not change between versions:
/// data sets and models refer to them.
std::vector<Feature> structuralFeatureDefinitions(const FeatureContext& context);

/// Values in the order of structuralFeatureDefinitions. A supercell gives the same values as the cell it is
/// made of, to rounding, and so do other ways to describe the same lattice as
/// far as standardCell recognises them. Standard deviations run over the sites of this cell, with n in the
/// denominator. Takes a few tens of milliseconds for 160 atoms. Throws InputError for an element without a
/// place in the context and for overlapping atoms.
FeatureRow structuralFeatures(const crystal::Structure& structure, const FeatureContext& context);

/// Which features a published model uses.
enum class FeatureSet {
    Quaternary,  ///< Li content, volume, bond lengths, mean and spread of symmetry measures
    Multinary,   ///< Li content, cell parameters, S_config, mean and spread of symmetry measures
    All
};

/// Names of the columns of a set, in the order of the definitions; Quaternary and Multinary after Fu et al.,
/// npj Comput. Mater. 12, 178 (2026): 16 features for Li, M, Si and P in Multinary.
std::vector<std::string> featureNames(const FeatureContext& context, FeatureSet set);

}  // namespace ionscape::surrogate
