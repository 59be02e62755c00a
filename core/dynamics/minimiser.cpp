// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/minimiser.h"

#include "core/base/name_table.h"
#include "core/dynamics/fire.h"
#include "core/dynamics/lbfgs.h"

namespace ionscape::dynamics {

namespace {

const NameTable<MinimiserKind>& names() {
    static const NameTable<MinimiserKind> table(
        "minimiser", {{MinimiserKind::Fire, "fire"}, {MinimiserKind::Lbfgs, "l-bfgs"}});
    return table;
}

}  // namespace

const std::vector<MinimiserKind>& minimisers() {
    return names().values();
}

MinimiserKind minimiserFromName(const std::string& name) {
    return names().value(name);
}

std::string minimiserName(MinimiserKind kind) {
    return names().name(kind);
}

std::unique_ptr<Minimiser> makeMinimiser(MinimiserKind kind, const crystal::Structure& start,
                                         Eigen::Index cellCoordinates) {
    if (kind == MinimiserKind::Fire) return std::make_unique<Fire>(start.positions.size() + cellCoordinates);
    return std::make_unique<Lbfgs>(start, cellCoordinates);
}

}  // namespace ionscape::dynamics
