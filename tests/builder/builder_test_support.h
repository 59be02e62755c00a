// SPDX-License-Identifier: GPL-3.0-or-later
// The LZSP host and compositions that the builder's tests share.
#pragma once

#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/builder/cell_sites.h"
#include "core/builder/decorate.h"

namespace ionscape::testing {

inline const composition::Host& lzsp() {
    static const composition::Host host = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

inline composition::Composition make(std::initializer_list<std::pair<const char*, int>> counts) {
    composition::Composition composition;
    for (const auto& [symbol, count] : counts)
        composition.counts.emplace_back(crystal::Element::fromSymbol(symbol), count);
    return composition;
}

/// LZHSTNSP of Fu et al.
inline composition::Composition winner() {
    return make({{"Zr", 4}, {"Hf", 3}, {"Sn", 3}, {"Ti", 3}, {"Nb", 3}});
}

/// A decoration drawn at random on the sites of `cell`.
inline builder::Occupation randomOccupation(const builder::CellSites& cell,
                                            const composition::Composition& composition,
                                            const IntMat3& supercell, std::uint64_t seed) {
    return cell.occupationOf(builder::decoratedCell(lzsp(), composition, supercell, seed));
}

/// The message of the InputError that `action` throws; empty when it throws none.
inline std::string inputErrorOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

}  // namespace ionscape::testing
