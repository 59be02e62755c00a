// SPDX-License-Identifier: GPL-3.0-or-later
// Opening the potential that a user chose for certain structures.
#pragma once

#include <memory>
#include <string>

#include "core/potential/potential.h"

namespace ionscape::workflow {

/// Opens `path` (a path or a name of the model registry; empty: the embedded potential) and makes sure that
/// it knows the elements of `structure`. At this point every fault lies in what the user chose: throws
/// IoError and InputError only. `threads` as in RunSpec.
std::unique_ptr<potential::Potential> openPotentialFor(const crystal::Structure& structure,
                                                       const std::string& path, int threads);

}  // namespace ionscape::workflow
