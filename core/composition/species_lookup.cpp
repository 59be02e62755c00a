// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/species_lookup.h"

#include <fmt/format.h>

#include "core/base/error.h"

namespace ionscape::composition {

const Species* findSpecies(const Sublattice& sublattice, crystal::Element element) {
    for (const Species& species : sublattice.species) {
        if (species.element == element) return &species;
    }
    return nullptr;
}

const Species& allowedSpecies(const Host& host, const Sublattice& sublattice, crystal::Element element) {
    if (const Species* species = findSpecies(sublattice, element)) return *species;
    std::string allowed;
    for (const Species& species : sublattice.species)
        allowed += fmt::format(" {}", species.element.symbol());
    throw InputError(fmt::format("{} is not allowed on the {} sublattice of host {}; allowed:{}",
                                 element.symbol(), sublattice.name, host.id, allowed));
}

Formula fixedPart(const Host& host) {
    Formula fixed;
    for (const Sublattice& sublattice : host.sublattices) {
        for (std::size_t i = 0; i < sublattice.amounts.size(); ++i)
            addAmount(fixed, sublattice.species[i].element, sublattice.amounts[i]);
    }
    return fixed;
}

void addAmount(Formula& formula, crystal::Element element, double amount) {
    for (auto& [present, sum] : formula) {
        if (present == element) {
            sum += amount;
            return;
        }
    }
    formula.emplace_back(element, amount);
}

}  // namespace ionscape::composition
