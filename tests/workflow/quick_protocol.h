// SPDX-License-Identifier: GPL-3.0-or-later
// What a campaign in a test does with each composition.
#pragma once

#include "core/workflow/run.h"

namespace ionscape {

/// Within a second with writeLennardJones(): a rough relaxation and 100 steps of cold dynamics.
inline workflow::RunSpec quickProtocol(const std::string& potential) {
    workflow::RunSpec run;
    run.potential = potential;
    run.threads = 1;
    run.relaxSettings.maxSteps = 40;
    run.relaxSettings.forceTolerance = 2.0;
    run.relaxSettings.stressToleranceGPa = 100.0;
    run.md.temperature = 20.0;
    run.md.timestepFs = 1.0;
    run.md.steps = 100;
    run.md.frameInterval = 2;
    run.md.flushInterval = 40;
    return run;
}

}  // namespace ionscape
