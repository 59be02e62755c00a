// SPDX-License-Identifier: GPL-3.0-or-later
// Labels beside predictions, number by number, for parity plots and error histograms.
#pragma once

#include <vector>

#include "core/training/evaluate.h"

namespace ionscape::training {

/// One quantity of all frames; equal lengths.
struct Pairs {
    std::vector<double> reference, predicted;
};

struct Parity {
    Pairs energy;  ///< eV/atom, one a frame
    Pairs force;   ///< components, eV/Å
    Pairs stress;  ///< components xx yy zz yz xz xy, GPa; frames without the label are left out
    ErrorMetrics metrics;
};

/// Evaluates every frame; the sums are those of evaluate(). Throws Cancelled, ModelError.
Parity measureParity(potential::Potential& potential, const Dataset& dataset, const std::stop_token& stop,
                     ProgressSink& progress);

}  // namespace ionscape::training
