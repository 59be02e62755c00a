// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/composition.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/composition/balance_advice.h"
#include "core/composition/species_lookup.h"

namespace ionscape::composition {
namespace {

double fixedCharge(const Host& host) {
    double charge = 0.0;
    for (const Sublattice& sublattice : host.sublattices) {
        for (std::size_t i = 0; i < sublattice.amounts.size(); ++i) {
            charge += sublattice.amounts[i] * sublattice.species[i].oxidationState;
        }
    }
    return charge;
}

std::vector<double> amountsOf(const SpeciesCounts& counts) {
    std::vector<double> amounts;
    for (const auto& [element, count] : counts)
        amounts.push_back(count);
    return amounts;
}

void checkCounts(const SpeciesCounts& counts) {
    std::set<crystal::Element> seen;
    for (const auto& [element, count] : counts) {
        if (count < 1) {
            throw InputError(fmt::format("composition: the count of {} is {}; it must be at least 1",
                                         element.symbol(), count));
        }
        if (!seen.insert(element).second) {
            throw InputError(fmt::format("composition: {} is listed twice", element.symbol()));
        }
    }
}

/// The counts given for one mixed sublattice; null when there are none.
const SpeciesCounts* givenCounts(const Host& host, const Composition& composition,
                                 const Sublattice& sublattice) {
    if (&sublattice == &host.mixed()) return &composition.counts;
    for (const SublatticeCounts& further : composition.further) {
        if (further.sublattice == sublattice.name) return &further.counts;
    }
    return nullptr;
}

void checkFurtherNames(const Host& host, const Composition& composition) {
    std::set<std::string> seen;
    for (const SublatticeCounts& further : composition.further) {
        const Sublattice& sublattice = host.sublattice(further.sublattice);
        if (sublattice.kind != Sublattice::Kind::Mixed || &sublattice == &host.mixed()) {
            throw InputError(fmt::format("composition: {} is not a further mixed sublattice of host {}",
                                         further.sublattice, host.id));
        }
        if (!seen.insert(further.sublattice).second) {
            throw InputError(fmt::format("composition: sublattice {} is listed twice", further.sublattice));
        }
    }
}

}  // namespace

EntropyClass entropyClass(double configurationalEntropyInR) {
    if (configurationalEntropyInR >= 1.5) return EntropyClass::High;
    return configurationalEntropyInR >= 1.0 ? EntropyClass::Medium : EntropyClass::Low;
}

double configurationalEntropy(const std::vector<double>& amounts) {
    double total = 0.0;
    for (const double amount : amounts) {
        if (!std::isfinite(amount) || amount < 0.0) {
            throw InputError("configurational entropy: an amount is negative or not a number");
        }
        total += amount;
    }
    if (total <= 0.0) throw InputError("configurational entropy: the amounts add up to zero");
    double entropy = 0.0;
    for (const double amount : amounts) {
        const double x = amount / total;
        if (x > 0.0) entropy -= x * std::log(x);
    }
    return entropy;
}

int totalCount(const SpeciesCounts& counts) {
    int total = 0;
    for (const auto& [element, count] : counts)
        total += count;
    return total;
}

SpeciesCounts defaultCounts(const Sublattice& mixed) {
    if (mixed.defaultCounts.empty()) return {{mixed.species.front().element, 1}};
    SpeciesCounts counts;
    for (std::size_t i = 0; i < mixed.species.size(); ++i) {
        if (mixed.defaultCounts[i] > 0) counts.emplace_back(mixed.species[i].element, mixed.defaultCounts[i]);
    }
    return counts;
}

Composition defaultComposition(const Host& host) {
    return {defaultCounts(host.mixed()), {}};
}

std::vector<MixedOccupation> mixedOccupation(const Host& host, const Composition& composition) {
    checkFurtherNames(host, composition);
    std::vector<MixedOccupation> occupation;
    for (const Sublattice* sublattice : host.mixedSublattices()) {
        const SpeciesCounts* given = givenCounts(host, composition, *sublattice);
        occupation.push_back({sublattice, given ? *given : defaultCounts(*sublattice)});
    }
    return occupation;
}

double mobileContent(const Host& host, const Composition& composition) {
    if (!composition.further.empty()) checkFurtherNames(host, composition);
    double mixedCharge = 0.0;
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != Sublattice::Kind::Mixed) continue;
        const SpeciesCounts* given = givenCounts(host, composition, sublattice);
        const SpeciesCounts counts = given ? SpeciesCounts() : defaultCounts(sublattice);
        if (!given) given = &counts;
        const int total = totalCount(*given);
        if (total <= 0)
            throw InputError(
                fmt::format("composition: no species on the mixed sublattice {}", sublattice.name));
        long charge = 0;
        for (const auto& [element, count] : *given) {
            charge += static_cast<long>(count) * allowedSpecies(host, sublattice, element).oxidationState;
        }
        mixedCharge += static_cast<double>(charge) * sublattice.sitesPerFormulaUnit / total;
    }
    const double content = -(mixedCharge + fixedCharge(host)) / host.mobile().species.front().oxidationState;
    return content == 0.0 ? 0.0 : content;  // no "-0"
}

double mobileCapacity(const Host& host) {
    const Sublattice& mobile = host.mobile();
    return mobile.capacity > 0.0 ? mobile.capacity : mobile.sitesPerFormulaUnit;
}

double configurationalEntropy(const Composition& composition) {
    return configurationalEntropy(amountsOf(composition.counts));
}

double totalConfigurationalEntropy(const Host& host, const Composition& composition) {
    double entropy = 0.0;
    for (const auto& [sublattice, counts] : mixedOccupation(host, composition))
        entropy += sublattice->sitesPerFormulaUnit * configurationalEntropy(amountsOf(counts));
    return entropy;
}

Formula compositionFormula(const Host& host, const Composition& composition) {
    Formula formula;
    const double content = mobileContent(host, composition);
    if (content != 0.0) addAmount(formula, host.mobile().species.front().element, content);
    for (const auto& [sublattice, counts] : mixedOccupation(host, composition)) {
        const int total = totalCount(counts);
        for (const auto& [element, count] : counts)
            addAmount(formula, element, count * sublattice->sitesPerFormulaUnit / total);
    }
    for (const auto& [element, amount] : fixedPart(host))
        addAmount(formula, element, amount);
    return formula;
}

void checkComposition(const Host& host, const Composition& composition) {
    checkCounts(composition.counts);
    for (const SublatticeCounts& further : composition.further)
        checkCounts(further.counts);
    const double content = mobileContent(host, composition);
    const double capacity = mobileCapacity(host);
    const auto ion = host.mobile().species.front().element.symbol();
    if (content < -1e-9) {
        throw InputError(fmt::format("composition: charge balance needs {:.6g} {} per formula unit; {}",
                                     content, ion, balanceAdvice(host, composition)));
    }
    if (content > capacity + 1e-9) {
        throw InputError(
            fmt::format("composition: charge balance needs {:.6g} {} per formula unit, but there are only "
                        "{:g} sites{}; {}",
                        content, ion, capacity,
                        capacity < host.mobile().sitesPerFormulaUnit ? " that can be filled at once" : "",
                        balanceAdvice(host, composition)));
    }
}

int mixedSitesInSupercell(const Host& host) {
    const double cells = std::abs(host.supercellMatrix.cast<double>().determinant());
    return static_cast<int>(std::lround(cells * host.sitesInPrimitiveCell(host.mixed().name)));
}

}  // namespace ionscape::composition
