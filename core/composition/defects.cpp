// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/defects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ionscape::composition {

namespace {

constexpr double leastAmount = 1e-9;

std::string repeated(const std::string& mark, int times) {
    std::string text;
    for (int i = 0; i < times; ++i)
        text += mark;
    return text;
}

std::string name(const Defect& defect) {
    return defect.element ? std::string(defect.element->symbol()) : "V";
}

/// Primes stand raised by themselves; dots and crosses are marked as superscripts.
std::string inOneLine(const Defect& defect, const char* dot, const char* prime, const char* cross) {
    const std::string base = name(defect) + "_" + defect.site;
    if (defect.charge < 0) return base + repeated(prime, -defect.charge);
    return base + "^" + (defect.charge == 0 ? cross : repeated(dot, defect.charge));
}

/// The substituents of one sublattice.
void addSubstituents(std::vector<Defect>& defects, const Sublattice& sublattice,
                     const SpeciesCounts& counts) {
    const Species& own = sublattice.species.front();
    const double total = totalCount(counts);
    for (const auto& [element, count] : counts) {
        if (element == own.element) continue;
        const auto found = std::find_if(sublattice.species.begin(), sublattice.species.end(),
                                        [&, e = element](const Species& s) { return s.element == e; });
        if (found == sublattice.species.end()) continue;  // mobileContent has refused it
        defects.push_back({element, std::string(own.element.symbol()),
                           found->oxidationState - own.oxidationState,
                           count * sublattice.sitesPerFormulaUnit / total});
    }
}

}  // namespace

std::vector<Defect> defectsOf(const Host& host, const Composition& composition) {
    const double content = mobileContent(host, composition);
    std::vector<Defect> defects;
    Composition reference;
    for (const auto& [sublattice, counts] : mixedOccupation(host, composition)) {
        const SpeciesCounts own{{sublattice->species.front().element, 1}};
        if (reference.counts.empty()) {
            reference.counts = own;
        } else {
            reference.further.push_back({sublattice->name, own});
        }
        addSubstituents(defects, *sublattice, counts);
    }
    const double excess = content - mobileContent(host, reference);
    const Species& ion = host.mobile().species.front();
    const std::string symbol(ion.element.symbol());
    if (excess > leastAmount) defects.push_back({ion.element, "i", ion.oxidationState, excess});
    if (excess < -leastAmount) defects.push_back({std::nullopt, symbol, -ion.oxidationState, -excess});
    return defects;
}

std::string krogerVink(const Defect& defect) {
    if (defect.charge == -2) return name(defect) + "_" + defect.site + "″";
    return inOneLine(defect, "•", "′", "×");
}

std::string krogerVinkAscii(const Defect& defect) {
    return inOneLine(defect, "*", "'", "x");
}

std::string krogerVinkHtml(const Defect& defect) {
    const std::string charge = defect.charge == 0  ? "×"
                               : defect.charge > 0 ? repeated("•", defect.charge)
                                                   : repeated("′", -defect.charge);
    return fmt::format("{}<sub>{}</sub><sup>{}</sup>", name(defect), defect.site, charge);
}

std::string defectsText(const std::vector<Defect>& defects) {
    std::string text;
    for (const Defect& defect : defects) {
        if (!text.empty()) text += " + ";
        text += fmt::format("{:.4g} {}", defect.amount, krogerVink(defect));
    }
    return text;
}

}  // namespace ionscape::composition
