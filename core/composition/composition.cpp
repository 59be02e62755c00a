// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/composition.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

/// Amounts per formula unit that agree within this are the same: formulas carry a few decimals only.
constexpr double amountTolerance = 2e-3;
/// How far a count may be from a whole number, in sites.
constexpr double countTolerance = 0.01;

const Species* findSpecies(const Sublattice& sublattice, crystal::Element element) {
    for (const Species& species : sublattice.species) {
        if (species.element == element) return &species;
    }
    return nullptr;
}

const Species& mixedSpecies(const Host& host, crystal::Element element) {
    const Sublattice& mixed = host.mixed();
    if (const Species* species = findSpecies(mixed, element)) return *species;
    std::string allowed;
    for (const Species& species : mixed.species)
        allowed += fmt::format(" {}", species.element.symbol());
    throw InputError(fmt::format("{} is not allowed on the {} sublattice of host {}; allowed:{}",
                                 element.symbol(), mixed.name, host.id, allowed));
}

/// Fixed species of all sublattices with their amounts per formula unit.
Formula fixedPart(const Host& host) {
    Formula fixed;
    for (const Sublattice& sublattice : host.sublattices) {
        for (std::size_t i = 0; i < sublattice.amounts.size(); ++i) {
            const crystal::Element element = sublattice.species[i].element;
            const double before = amountOf(fixed, element);
            if (before == 0.0) fixed.emplace_back(element, 0.0);
            for (auto& [present, amount] : fixed) {
                if (present == element) amount = before + sublattice.amounts[i];
            }
        }
    }
    return fixed;
}

double fixedCharge(const Host& host) {
    double charge = 0.0;
    for (const Sublattice& sublattice : host.sublattices) {
        for (std::size_t i = 0; i < sublattice.amounts.size(); ++i) {
            charge += sublattice.amounts[i] * sublattice.species[i].oxidationState;
        }
    }
    return charge;
}

/// "Li2.625": an element with an amount, for messages.
std::string term(crystal::Element element, double amount) {
    return fmt::format("{}{:.6g}", element.symbol(), amount);
}

void checkElementsBelong(const Host& host, const Formula& formula) {
    const Formula fixed = fixedPart(host);
    const Species& ion = host.mobile().species.front();
    for (const auto& [element, amount] : formula) {
        if (!std::isfinite(amount) || amount < 0.0) {
            throw InputError(fmt::format("formula: the amount of {} is not usable", element.symbol()));
        }
        if (element == ion.element || amountOf(fixed, element) > 0.0) continue;
        mixedSpecies(host, element);
    }
}

/// Formula units that the formula is written for: what most fixed species that can sit nowhere else agree on
/// (of equals, the most abundant), so that one wrong amount is the one complained about. When every fixed
/// species may also be mixed, from all framework atoms together.
double formulaUnits(const Host& host, const Formula& formula) {
    Formula unitsByElement;
    Formula certain;
    for (const auto& [element, amount] : fixedPart(host)) {
        if (findSpecies(host.mixed(), element)) continue;
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
    if (certain.empty()) {
        const crystal::Element ion = host.mobile().species.front().element;
        double expected = 0.0, given = 0.0;
        for (const Sublattice& sublattice : host.sublattices) {
            if (sublattice.kind != Sublattice::Kind::Mobile) expected += sublattice.sitesPerFormulaUnit;
        }
        for (const auto& [element, amount] : formula) {
            if (element != ion) given += amount;
        }
        units = given / expected;
    }
    if (units <= 0.0) {
        throw InputError(fmt::format("formula: nothing of the fixed framework of host {} is in it", host.id));
    }
    return units;
}

/// What is left for the mixed sublattice per formula unit, in the formula's order.
Formula mixedPart(const Host& host, const Formula& formula, double units) {
    const crystal::Element ion = host.mobile().species.front().element;
    const Formula fixed = fixedPart(host);
    for (const auto& [element, expected] : fixed) {
        const double given = amountOf(formula, element) / units;
        if (given <= 0.0) {
            throw InputError(fmt::format("formula: {} is missing; host {} has {} per formula unit",
                                         element.symbol(), host.id, term(element, expected)));
        }
        const bool mayExceed = findSpecies(host.mixed(), element) != nullptr;
        if (given < expected - amountTolerance || (!mayExceed && given > expected + amountTolerance)) {
            throw InputError(fmt::format("formula: {} per formula unit, but host {} has {}",
                                         term(element, given), host.id, term(element, expected)));
        }
    }
    Formula mixed;
    for (const auto& [element, amount] : formula) {
        if (element == ion || !findSpecies(host.mixed(), element)) continue;
        const double left = amount / units - amountOf(fixed, element);
        if (left > amountTolerance) mixed.emplace_back(element, left);
    }
    return mixed;
}

Composition wholeCounts(const Host& host, const Formula& mixed, int sites) {
    const Sublattice& sublattice = host.mixed();
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
    Composition composition;
    for (const auto& [element, amount] : mixed) {
        const double count = amount / perSite;
        const long nearest = std::max(1L, std::lround(count));
        if (std::abs(count - static_cast<double>(nearest)) > countTolerance) {
            throw InputError(
                fmt::format("formula: {} is not a whole number of {} sites in {}; the nearest is {}",
                            term(element, amount), sublattice.name, sites,
                            term(element, static_cast<double>(nearest) * perSite)));
        }
        composition.counts.emplace_back(element, static_cast<int>(nearest));
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
    if (needed < -amountTolerance) {
        throw InputError(
            fmt::format("{}; even without {} the charge is too positive: use species of lower charge",
                        message, ion.element.symbol()));
    }
    if (needed > capacity + amountTolerance) {
        throw InputError(
            fmt::format("{}; {} would balance, but there are only {:g} sites: use species of higher charge",
                        message, term(ion.element, needed), capacity));
    }
    throw InputError(fmt::format("{}; {} would balance", message, term(ion.element, needed)));
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

int Composition::totalCount() const {
    int total = 0;
    for (const auto& [element, count] : counts)
        total += count;
    return total;
}

double mobileContent(const Host& host, const Composition& composition) {
    const int total = composition.totalCount();
    if (total <= 0) throw InputError("composition: no species on the mixed sublattice");
    long charge = 0;
    for (const auto& [element, count] : composition.counts) {
        charge += static_cast<long>(count) * mixedSpecies(host, element).oxidationState;
    }
    const double mixedCharge = static_cast<double>(charge) * host.mixed().sitesPerFormulaUnit / total;
    const double content = -(mixedCharge + fixedCharge(host)) / host.mobile().species.front().oxidationState;
    return content == 0.0 ? 0.0 : content;  // no "-0"
}

double mobileCapacity(const Host& host) {
    return host.mobile().sitesPerFormulaUnit;
}

double configurationalEntropy(const Composition& composition) {
    std::vector<double> amounts;
    for (const auto& [element, count] : composition.counts)
        amounts.push_back(count);
    return configurationalEntropy(amounts);
}

Formula compositionFormula(const Host& host, const Composition& composition) {
    Formula formula;
    const auto add = [&](crystal::Element element, double amount) {
        for (auto& [present, sum] : formula) {
            if (present == element) {
                sum += amount;
                return;
            }
        }
        if (amount != 0.0) formula.emplace_back(element, amount);
    };
    add(host.mobile().species.front().element, mobileContent(host, composition));
    for (const auto& [element, count] : composition.counts) {
        add(element, count * host.mixed().sitesPerFormulaUnit / composition.totalCount());
    }
    for (const auto& [element, amount] : fixedPart(host))
        add(element, amount);
    return formula;
}

void checkComposition(const Host& host, const Composition& composition) {
    std::set<crystal::Element> seen;
    for (const auto& [element, count] : composition.counts) {
        if (count < 1) {
            throw InputError(fmt::format("composition: the count of {} is {}; it must be at least 1",
                                         element.symbol(), count));
        }
        if (!seen.insert(element).second) {
            throw InputError(fmt::format("composition: {} is listed twice", element.symbol()));
        }
    }
    const double content = mobileContent(host, composition);
    const double capacity = mobileCapacity(host);
    const auto ion = host.mobile().species.front().element.symbol();
    if (content < -1e-9) {
        throw InputError(
            fmt::format("composition: charge balance needs {:.6g} {} per formula unit; use species of lower "
                        "charge",
                        content, ion));
    }
    if (content > capacity + 1e-9) {
        throw InputError(fmt::format(
            "composition: charge balance needs {:.6g} {} per formula unit, but there are only {:g} "
            "sites; use species of higher charge",
            content, ion, capacity));
    }
}

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

int mixedSitesInSupercell(const Host& host) {
    const double cells = std::abs(host.supercellMatrix.cast<double>().determinant());
    return static_cast<int>(std::lround(cells * host.sitesInPrimitiveCell(host.mixed().name)));
}

}  // namespace ionscape::composition
