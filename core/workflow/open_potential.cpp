// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/open_potential.h"

#include "core/base/error.h"
#include "core/potential/model_registry.h"

namespace ionscape::workflow {

std::unique_ptr<potential::Potential> openPotentialFor(const crystal::Structure& structure,
                                                       const std::string& path, int threads) {
    if (threads < 0) throw InputError("the number of threads must not be negative; 0 means all cores");
    try {
        auto opened = potential::openPotential(potential::resolvePotential(path), threads);
        potential::requireElements(opened->info(), structure);
        return opened;
    } catch (const ModelError& error) {
        throw InputError(error.what());
    }
}

}  // namespace ionscape::workflow
