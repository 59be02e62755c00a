// SPDX-License-Identifier: GPL-3.0-or-later
// Which species of a formula sit where: from a formula back to the composition it belongs to.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/balance_advice.h"
#include "core/composition/composition.h"
#include "core/composition/species_lookup.h"

namespace ionscape::composition {
namespace {

/// Amounts per formula unit that agree within this are the same: formulas carry a few decimals only.
constexpr double amountTolerance = 2e-3;
/// How far a count may be from a whole number, in sites.
constexpr double countTolerance = 0.01;
/// Largest denominator of a further sublattice, in multiples of what the primary one asks for.
constexpr int maximumMultiple = 64;

/// "Li2.625": an element with an amount, for messages.
std::string term(crystal::Element element, double amount) {
    return fmt::format("{}{:.6g}", element.symbol(), amount);
}

/// The mixed sublattices where an element may sit.
std::vector<const Sublattice*> mixedHomes(const Host& host, crystal::Element element) {
    std::vector<const Sublattice*> homes;
    for (const Sublattice* sublattice : host.mixedSublattices()) {
        if (findSpecies(*sublattice, element)) homes.push_back(sublattice);
    }
    return homes;
}

void checkElementsBelong(const Host& host, const Formula& formula) {
    const Formula fixed = fixedPart(host);
    const Species& ion = host.mobile().species.front();
    for (const auto& [element, amount] : formula) {
        if (!std::isfinite(amount) || amount < 0.0) {
            throw InputError(fmt::format("formula: the amount of {} is not usable", element.symbol()));
        }
        if (element == ion.element || amountOf(fixed, element) > 0.0) continue;
        if (!mixedHomes(host, element).empty()) continue;
        const auto mixed = host.mixedSublattices();
        if (mixed.size() == 1) allowedSpecies(host, *mixed.front(), element);  // throws, naming what is
        std::string names;
        for (const Sublattice* sublattice : mixed)
            names += (names.empty() ? "" : ", ") + sublattice->name;
        throw InputError(fmt::format("{} is not allowed on any mixed sublattice ({}) of host {}",
                                     element.symbol(), names, host.id));
    }
}

/// Formula units if all framework atoms together are right.
double unitsByFramework(const Host& host, const Formula& formula) {
    const crystal::Element ion = host.mobile().species.front().element;
    double expected = 0.0, given = 0.0;
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != Sublattice::Kind::Mobile) expected += sublattice.sitesPerFormulaUnit;
    }
    for (const auto& [element, amount] : formula) {
        if (element != ion) given += amount;
    }
    return given / expected;
}

/// Formula units that the formula is written for: what most fixed species that can sit nowhere else agree on
/// (of equals, the most abundant), so that one wrong amount is the one complained about. When every fixed
/// species may also be mixed, from all framework atoms together.
double formulaUnits(const Host& host, const Formula& formula) {
    Formula unitsByElement;
    Formula certain;
    for (const auto& [element, amount] : fixedPart(host)) {
        if (!mixedHomes(host, element).empty()) continue;
        certain.emplace_back(element, amount);
        unitsByElement.emplace_back(element, amountOf(formula, element) / amount);
    }
    double units = 0.0, mostWeight = 0.0;
    for (std::size_t i = 0; i < certain.size(); ++i) {
        const double candidate = unitsByElement[i].second;
        double weight = certain[i].second * 1e-6;
        for (const auto& [element, other] : unitsByElement) {
            if (std::abs(other - candidate) <= amountTolerance * candidate) weight += 1.0;
        }
        if (candidate > 0.0 && weight > mostWeight) {
            mostWeight = weight;
            units = candidate;
        }
    }
    if (certain.empty()) units = unitsByFramework(host, formula);
    if (units <= 0.0) {
        throw InputError(fmt::format("formula: nothing of the fixed framework of host {} is in it", host.id));
    }
    return units;
}

/// What is left for the mixed sublattices per formula unit, in the formula's order.
Formula mixedPart(const Host& host, const Formula& formula, double units) {
    const crystal::Element ion = host.mobile().species.front().element;
    const Formula fixed = fixedPart(host);
    for (const auto& [element, expected] : fixed) {
        const double given = amountOf(formula, element) / units;
        if (given <= 0.0) {
            throw InputError(fmt::format("formula: {} is missing; host {} has {} per formula unit",
                                         element.symbol(), host.id, term(element, expected)));
        }
        const bool mayExceed = !mixedHomes(host, element).empty();
        if (given < expected - amountTolerance || (!mayExceed && given > expected + amountTolerance)) {
            throw InputError(fmt::format("formula: {} per formula unit, but host {} has {}",
                                         term(element, given), host.id, term(element, expected)));
        }
    }
    Formula mixed;
    for (const auto& [element, amount] : formula) {
        if (element == ion || mixedHomes(host, element).empty()) continue;
        const double left = amount / units - amountOf(fixed, element);
        if (left > amountTolerance) mixed.emplace_back(element, left);
    }
    return mixed;
}

/// Deals the mixed species out to their sublattices.
class Dealer {
  public:
    Dealer(const Host& host, const Formula& mixed) : left_(mixed) {
        for (const Sublattice* sublattice : host.mixedSublattices())
            homes_.push_back({sublattice, sublattice->sitesPerFormulaUnit, {}});
        for (auto& [element, amount] : left_) {
            if (mixedHomes(host, element).size() == 1) give(element, amount, true);
        }
        for (Home& home : homes_) {
            const crystal::Element own = home.sublattice->species.front().element;
            for (auto& [element, amount] : left_) {
                if (element == own) fill(home, element, amount);
            }
        }
        for (auto& [element, amount] : left_)
            give(element, amount, false);
        // What fits nowhere goes to the first home, whose sum is then complained about.
        for (auto& [element, amount] : left_) {
            if (amount > amountTolerance) give(element, amount, true);
        }
    }

    /// In the order of the formula.
    Formula on(const Sublattice& sublattice, const Formula& order) const {
        Formula sorted;
        for (const Home& home : homes_) {
            if (home.sublattice != &sublattice) continue;
            for (const auto& [element, ignored] : order) {
                const double amount = amountOf(home.species, element);
                if (amount > 0.0) sorted.emplace_back(element, amount);
            }
        }
        return sorted;
    }

  private:
    struct Home {
        const Sublattice* sublattice;
        double free;
        Formula species;
    };

    void put(Home& home, crystal::Element element, double& amount, double part) {
        addAmount(home.species, element, part);
        home.free -= part;
        amount -= part;
    }

    /// As much as is free.
    void fill(Home& home, crystal::Element element, double& amount) {
        const double part = std::min(amount, home.free);
        if (part > amountTolerance) put(home, element, amount, part);
    }

    void give(crystal::Element element, double& amount, bool evenTooMuch) {
        for (Home& home : homes_) {
            if (!findSpecies(*home.sublattice, element)) continue;
            if (evenTooMuch) return put(home, element, amount, amount);
            fill(home, element, amount);
        }
    }

    Formula left_;
    std::vector<Home> homes_;
};

/// Sites of a further sublattice that belong to `sites` of the primary one, or the smallest multiple of them
/// that is whole.
int matchingSites(const Host& host, const Sublattice& sublattice, int sites) {
    const double ratio = sublattice.sitesPerFormulaUnit / host.mixed().sitesPerFormulaUnit;
    for (int multiple = 1; multiple <= maximumMultiple; ++multiple) {
        const double wanted = multiple * sites * ratio;
        if (std::round(wanted) >= 1.0 && std::abs(wanted - std::round(wanted)) < 1e-6)
            return static_cast<int>(std::lround(wanted));
    }
    return std::max(1, static_cast<int>(std::lround(sites * ratio)));
}

SpeciesCounts wholeCounts(const Host& host, const Sublattice& sublattice, const Formula& mixed, int sites) {
    const double perSite = sublattice.sitesPerFormulaUnit / sites;
    double total = 0.0;
    for (const auto& [element, amount] : mixed)
        total += amount;
    if (std::abs(total - sublattice.sitesPerFormulaUnit) > amountTolerance) {
        throw InputError(fmt::format(
            "formula: the species of the {} sublattice add up to {:.6g} per formula unit, but host "
            "{} has {:g} such sites",
            sublattice.name, total, host.id, sublattice.sitesPerFormulaUnit));
    }
    SpeciesCounts counts;
    for (const auto& [element, amount] : mixed) {
        const double count = amount / perSite;
        const long nearest = std::max(1L, std::lround(count));
        if (std::abs(count - static_cast<double>(nearest)) > countTolerance) {
            throw InputError(
                fmt::format("formula: {} is not a whole number of {} sites in {}; the nearest is {}",
                            term(element, amount), sublattice.name, sites,
                            term(element, static_cast<double>(nearest) * perSite)));
        }
        counts.emplace_back(element, static_cast<int>(nearest));
    }
    return counts;
}

/// The same proportions, whatever the order and the denominators.
bool sameProportions(const SpeciesCounts& a, const SpeciesCounts& b) {
    if (a.size() != b.size()) return false;
    const long totalA = totalCount(a), totalB = totalCount(b);
    return std::all_of(a.begin(), a.end(), [&](const auto& one) {
        return std::any_of(b.begin(), b.end(), [&](const auto& other) {
            return one.first == other.first && one.second * totalB == other.second * totalA;
        });
    });
}

Composition wholeCounts(const Host& host, const Formula& mixed, int sites) {
    const Dealer dealer(host, mixed);
    Composition composition;
    for (const Sublattice* sublattice : host.mixedSublattices()) {
        const Formula species = dealer.on(*sublattice, mixed);
        if (sublattice == &host.mixed()) {
            composition.counts = wholeCounts(host, *sublattice, species, sites);
            continue;
        }
        SpeciesCounts counts =
            wholeCounts(host, *sublattice, species, matchingSites(host, *sublattice, sites));
        if (!sameProportions(counts, defaultCounts(*sublattice)))
            composition.further.push_back({sublattice->name, std::move(counts)});
    }
    return composition;
}

void checkBalance(const Host& host, const Composition& composition, double mobileGiven) {
    const Species& ion = host.mobile().species.front();
    const double needed = mobileContent(host, composition);
    if (std::abs(mobileGiven - needed) <= amountTolerance) return;
    const double excess = (mobileGiven - needed) * ion.oxidationState;
    const double capacity = mobileCapacity(host);
    const std::string message =
        fmt::format("formula does not balance: charges sum to {:+.6g} per formula unit", excess);
    if (needed >= -amountTolerance && needed <= capacity + amountTolerance)
        throw InputError(fmt::format("{}; {} would balance", message, term(ion.element, needed)));
    const std::string advice = balanceAdvice(host, composition);
    if (needed < 0.0) {
        throw InputError(fmt::format("{}; even without {} the charge is too positive: {}", message,
                                     ion.element.symbol(), advice));
    }
    throw InputError(fmt::format("{}; {} would balance, but there are only {:g} sites: {}", message,
                                 term(ion.element, needed), capacity, advice));
}

}  // namespace

Composition compositionFromFormula(const Host& host, const Formula& formula, int sites) {
    if (sites < 1)
        throw InputError(fmt::format("the number of mixed sites is {}; it must be at least 1", sites));
    checkElementsBelong(host, formula);
    const double units = formulaUnits(host, formula);
    Composition composition = wholeCounts(host, mixedPart(host, formula, units), sites);
    checkBalance(host, composition, amountOf(formula, host.mobile().species.front().element) / units);
    checkComposition(host, composition);
    return composition;
}

}  // namespace ionscape::composition
