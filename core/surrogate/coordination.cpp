// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/coordination.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/crystal/bond_valence.h"

namespace ionscape::surrogate {

using Kind = AtomRole::Kind;

VectorField Environment::vectors() const {
    VectorField result(3, static_cast<Eigen::Index>(ligands.size()));
    for (std::size_t i = 0; i < ligands.size(); ++i)
        result.col(static_cast<Eigen::Index>(i)) = ligands[i].vector;
    return result;
}

double bondLimit(const composition::Species& cation, crystal::Element anion) {
    constexpr double share = 0.038, softness = 0.37;
    const auto length = crystal::bondValenceLength(cation.element, anion);
    if (!length || cation.oxidationState <= 0)
        throw InputError(
            fmt::format("no bond valence is known between {} and {}: their coordination cannot be told",
                        cation.element.symbol(), anion.symbol()));
    return *length - softness * std::log(share * cation.oxidationState);
}

std::vector<Environment> environments(const crystal::Structure& structure, const std::vector<AtomRole>& roles,
                                      const std::vector<crystal::NeighbourPair>& pairs) {
    std::vector<Environment> result;
    std::vector<std::size_t> slot(structure.size());
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        if (roles[atom].kind == Kind::Anion) continue;
        slot[atom] = result.size();
        result.push_back({atom, {}});
    }
    std::map<std::tuple<crystal::Element, int, crystal::Element>, double> limits;
    for (const crystal::NeighbourPair& pair : pairs) {
        const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
        if (roles[i].kind == Kind::Anion || roles[j].kind != Kind::Anion) continue;
        const auto [found, isNew] =
            limits.try_emplace({structure.elements[i], roles[i].oxidationState, structure.elements[j]}, 0.0);
        if (isNew)
            found->second =
                bondLimit({structure.elements[i], roles[i].oxidationState}, structure.elements[j]);
        if (pair.distance > found->second) continue;
        result[slot[i]].ligands.push_back({pair.j, pair.image, pair.vector});
    }
    return result;
}

}  // namespace ionscape::surrogate
