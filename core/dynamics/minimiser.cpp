// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/minimiser.h"

#include "core/base/error.h"
#include "core/dynamics/fire.h"
#include "core/dynamics/lbfgs.h"

namespace ionscape::dynamics {

const std::vector<MinimiserKind>& minimisers() {
    static const std::vector<MinimiserKind> all{MinimiserKind::Fire, MinimiserKind::Lbfgs};
    return all;
}

MinimiserKind minimiserFromName(const std::string& name) {
    for (const auto kind : minimisers())
        if (name == minimiserName(kind)) return kind;
    throw InputError("unknown minimiser \"" + name + "\"; use fire or l-bfgs");
}

std::string minimiserName(MinimiserKind kind) {
    return kind == MinimiserKind::Fire ? "fire" : "l-bfgs";
}

std::unique_ptr<Minimiser> makeMinimiser(MinimiserKind kind, Eigen::Index coordinates) {
    if (kind == MinimiserKind::Fire) return std::make_unique<Fire>(coordinates);
    return std::make_unique<Lbfgs>();
}

}  // namespace ionscape::dynamics
