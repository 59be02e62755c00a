// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/potential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/base/resources.h"
#include "core/potential/checkpoint.h"
#include "core/potential/chgnet_potential.h"
#include "core/potential/model_file.h"
#include "core/potential/threads.h"

namespace ionscape::potential {

namespace fs = std::filesystem;

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

namespace {

ChgnetModelData readModel(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name.ends_with(".h5")) return readModelFile(path);
    if (name.ends_with(".pth.tar") || name.ends_with(".pth") || name.ends_with(".pt"))
        return readCheckpoint(path);
    throw InputError(fmt::format(
        "{}: a potential is a .h5 file of this program or a CHGNet checkpoint (.pth.tar)", path.string()));
}

}  // namespace

std::unique_ptr<Potential> openPotential(const std::string& path, int threads) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
        throw IoError(
            path, "there is no such potential file; check the path, or leave it out to use the embedded one");
    }
    configureThreads(threads);
    return std::make_unique<ChgnetPotential>(readModel(path));
}

std::string embeddedPotentialPath() {
    return findResource("potentials/he-lzsp-small.h5").string();
}

}  // namespace ionscape::potential
