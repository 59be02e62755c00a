// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/potential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/resources.h"
#include "core/potential/model_formats.h"
#include "core/potential/threads.h"

namespace ionscape::potential {

std::vector<Evaluation> Potential::evaluateBatch(const std::vector<const crystal::Structure*>& structures,
                                                 const Request& request) {
    std::vector<Evaluation> results;
    for (const auto* structure : structures)
        results.push_back(evaluate(*structure, request));
    return results;
}

void requireElements(const PotentialInfo& info, const crystal::Structure& structure) {
    if (info.elements.empty()) return;
    for (const auto element : structure.elements) {
        if (std::find(info.elements.begin(), info.elements.end(), element) == info.elements.end()) {
            throw ModelError(fmt::format(
                "the potential '{}' was never trained on {}; choose another potential or leave {} out",
                info.name, element.name(), element.symbol()));
        }
    }
}

void requireFinite(const Evaluation& evaluation, const crystal::Structure& structure) {
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        if (evaluation.forces.col(static_cast<Eigen::Index>(atom)).allFinite()) continue;
        throw ModelError(
            fmt::format("the force on atom {} ({}) is not a finite number; the structure is outside what the "
                        "potential can describe: relax it first, or use a smaller time step",
                        atom + 1, structure.elements[atom].symbol()));
    }
    if (!std::isfinite(evaluation.energy)) {
        throw ModelError(
            "the energy is not a finite number; the structure is outside what the potential can describe");
    }
}

std::unique_ptr<Potential> openPotential(const std::string& path, int threads) {
    const ModelFormat& format = requireModelFormat(path);
    configureThreads(threads);
    return format.open(path);
}

std::string embeddedPotentialPath() {
    return findResource("potentials/he-lzsp-small.h5").string();
}

}  // namespace ionscape::potential
