// SPDX-License-Identifier: GPL-3.0-or-later
// Cells of growing size and the models that the benchmarks evaluate.
#pragma once

#include "core/crystal/structure.h"
#include "core/potential/chgnet_config.h"

namespace ionscape::bench {

/// Decorated LZHSTNSP with about 40, 160, 640 or 2560 atoms, displaced at random by 0.05 Å.
const crystal::Structure& cell(int atoms);

enum class Model { Embedded, FullChgnet };

/// The embedded potential, or the architecture of CHGNet 0.3.0 (412,525 parameters) with random weights: the
/// arithmetic does not depend on their values.
const potential::ChgnetModelData& model(Model which);

}  // namespace ionscape::bench
