// SPDX-License-Identifier: GPL-3.0-or-later
// Features of compositions and their relaxed cells, as a model wants them.
#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/composition/composition.h"
#include "core/surrogate/feature.h"
#include "core/workflow/learning_data.h"

namespace ionscape::workflow {

/// Which features a model learns from.
enum class FeatureKind {
    Multinary,    ///< the published set for compositions of many elements (surrogate::FeatureSet)
    Quaternary,   ///< the published set with bond lengths and volume
    AllOfCell,    ///< everything that core/surrogate measures on a relaxed cell
    Composition,  ///< descriptors of the composition alone: no cell is needed
};
/// "multinary", "quaternary", "cell", "composition"; throws InputError listing the names.
FeatureKind featureKindFromName(const std::string& name);
std::string featureKindName(FeatureKind kind);

class Featuriser {
  public:
    Featuriser(const composition::Host& host, FeatureKind kind);
    /// What a model was trained on, found by the names of its features. Throws InputError naming the first
    /// one that is none of the host's or has another unit.
    Featuriser(const composition::Host& host, const std::vector<surrogate::Feature>& wanted);

    const std::vector<surrogate::Feature>& features() const { return features_; }
    bool needsCell() const { return needsCell_; }
    /// Throws InputError for a composition that is none of the host's and, where needsCell(), for a cell
    /// without atoms or with elements that have no place in the host. Labels of the cell's sites do not
    /// count.
    surrogate::FeatureRow row(const std::string& formula, const crystal::Structure& cell) const;
    surrogate::FeatureRow row(const composition::Composition& composition,
                              const crystal::Structure& cell) const;

  private:
    struct Source;
    std::shared_ptr<const Source> source_;
    std::vector<surrogate::Feature> features_;
    bool needsCell_ = false;
};

/// The rows of a table of features with what could not be computed.
struct FeatureMatrix {
    std::vector<surrogate::Feature> features;
    std::vector<surrogate::FeatureRow> rows;  ///< empty ones where there is a problem
    std::vector<std::string> problems;        ///< one a row; empty when all is well
};

/// One row for each of the data, taken from those that are stored where they have the same definitions; a row
/// that cannot be computed says why. Throws Cancelled.
FeatureMatrix featureMatrix(const LearningData& data, const Featuriser& featuriser,
                            const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::workflow
