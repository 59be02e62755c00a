// SPDX-License-Identifier: GPL-3.0-or-later
// What compositions are chosen by: predictions, stability and descriptors side by side.
#pragma once

#include "core/surrogate/screening.h"
#include "core/workflow/surrogate_training.h"

namespace ionscape::workflow {

struct Candidates {
    /// "predicted", "error" and "distance" of the model, "E_hull" where it is known of any and not the
    /// target, then every numeric descriptor of the composition (docs/space.md).
    surrogate::CandidateTable table;
    std::vector<std::size_t> rows;  ///< into LearningData::rows, one a row of the table
};

/// The rows of the view whose composition is one of the host's.
Candidates candidatesOf(const LearningData& data, const SurrogateView& view,
                        const surrogate::TargetDefinition& target);

}  // namespace ionscape::workflow
