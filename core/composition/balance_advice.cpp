// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/balance_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/composition/species_lookup.h"

namespace ionscape::composition {
namespace {

/// An exchange of one species for another on some sites of a mixed sublattice.
struct Exchange {
    const Sublattice* sublattice = nullptr;
    const Species* from = nullptr;
    const Species* to = nullptr;
    int sites = 0, of = 0;
    double content = 0.0;  ///< mobile content afterwards
};

/// The exchange on the fewest sites that changes the mobile content by at least `change` and at most to the
/// other bound; its `sublattice` is null when no single one does.
Exchange smallestExchange(const Host& host, const Composition& composition, double content, double change) {
    Exchange best;
    double fewest = 1e9;
    const int ionCharge = host.mobile().species.front().oxidationState;
    for (const auto& [sublattice, counts] : mixedOccupation(host, composition)) {
        const int total = totalCount(counts);
        for (const auto& [element, count] : counts) {
            const Species& from = allowedSpecies(host, *sublattice, element);
            for (const Species& to : sublattice->species) {
                const double perSite = sublattice->sitesPerFormulaUnit / total *
                                       (from.oxidationState - to.oxidationState) / ionCharge;
                if (perSite * change <= 0.0) continue;
                const double sites = std::ceil(change / perSite - 1e-9);
                const double after = content + sites * perSite;
                const bool possible =
                    sites <= count && after >= -1e-9 && after <= mobileCapacity(host) + 1e-9;
                const double weight = sites * sublattice->sitesPerFormulaUnit / total;
                if (!possible || weight >= fewest) continue;
                fewest = weight;
                best = {sublattice, &from, &to, static_cast<int>(sites), total, after};
            }
        }
    }
    return best;
}

/// What the mobile content must change by to be possible.
double neededChange(const Host& host, double content) {
    if (content < 0.0) return -content;
    return std::min(mobileCapacity(host) - content, 0.0);
}

}  // namespace

std::string balanceAdvice(const Host& host, const Composition& composition) {
    const double content = mobileContent(host, composition);
    const double change = neededChange(host, content);
    const Species& ion = host.mobile().species.front();
    const std::string general =
        fmt::format("use species of {} charge", change * ion.oxidationState > 0.0 ? "lower" : "higher");
    const Exchange exchange = smallestExchange(host, composition, content, change);
    if (!exchange.sublattice) return general;
    return fmt::format("{}: {} instead of {} on {} of the {} {} sites would balance with {}{:.6g}", general,
                       exchange.to->element.symbol(), exchange.from->element.symbol(), exchange.sites,
                       exchange.of, exchange.sublattice->name, ion.element.symbol(),
                       std::max(exchange.content, 0.0));
}

}  // namespace ionscape::composition
