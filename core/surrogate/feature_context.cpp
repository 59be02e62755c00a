// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/feature_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "core/base/error.h"
#include "core/composition/oxidation_states.h"
#include "core/composition/species_lookup.h"

namespace ionscape::surrogate {
namespace {

using composition::Host;
using composition::Species;
using composition::Sublattice;
using crystal::Element;
using crystal::Structure;
using Kind = AtomRole::Kind;

bool holdsCations(const Sublattice& sublattice) {
    return sublattice.species.front().oxidationState > 0;
}

void addAnion(FeatureContext& context, const Species& species) {
    const bool known = std::any_of(context.anions.begin(), context.anions.end(),
                                   [&](const Species& s) { return s.element == species.element; });
    if (!known) context.anions.push_back(species);
}

Species commonSpecies(Element element) {
    const auto states = composition::commonOxidationStates(element);
    if (states.empty())
        throw InputError(
            fmt::format("{} has no usual oxidation state: give the host of this cell", element.symbol()));
    return {element, states.front()};
}

const Species* findIn(const std::vector<Species>& list, Element element) {
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const Species& species) { return species.element == element; });
    return found == list.end() ? nullptr : &*found;
}

std::optional<AtomRole> roleOn(const FeatureContext& context, const std::string& sublattice,
                               Element element) {
    for (std::size_t i = 0; i < context.centres.size(); ++i) {
        if (!sublattice.empty() && context.centres[i].sublattice != sublattice) continue;
        if (const Species* species = findIn(context.centres[i].species, element))
            return AtomRole{Kind::Centre, i, species->oxidationState};
    }
    return std::nullopt;
}

AtomRole roleByElement(const FeatureContext& context, Element element) {
    if (element == context.mobile.element) return {Kind::Mobile, 0, context.mobile.oxidationState};
    if (const auto role = roleOn(context, {}, element)) return *role;
    if (const Species* species = findIn(context.anions, element))
        return {Kind::Anion, 0, species->oxidationState};
    throw InputError(fmt::format("{} has no place in {}: choose another host or name the mobile element",
                                 element.symbol(),
                                 context.host ? "the host '" + context.host->id + "'" : "the context given"));
}

/// Sublattice of each atom by its label; empty where the labels are not the host's.
std::string sublatticeOfAtom(const FeatureContext& context, const Structure& structure, std::size_t atom) {
    if (!context.host || structure.siteLabels.empty()) return {};
    for (const composition::HostSite& site : context.host->asymmetricSites) {
        if (site.label == structure.siteLabels[atom]) return site.sublattice;
    }
    return {};
}

}  // namespace

FeatureContext featureContext(const Host& host) {
    FeatureContext context;
    context.host = host;
    context.mobile = host.mobile().species.front();
    for (const bool fixed : {true, false}) {
        for (const Sublattice& sublattice : host.sublattices) {
            if (sublattice.kind == Sublattice::Kind::Mobile) continue;
            if (!holdsCations(sublattice)) {
                for (const Species& species : sublattice.species)
                    addAnion(context, species);
            } else if (sublattice.kind == Sublattice::Kind::Mixed && !fixed) {
                context.centres.push_back(
                    {sublattice.name, sublattice.name, sublattice.species, sublattice.sitesPerFormulaUnit});
            } else if (sublattice.kind == Sublattice::Kind::Fixed && fixed) {
                for (std::size_t i = 0; i < sublattice.species.size(); ++i)
                    context.centres.push_back({std::string(sublattice.species[i].element.symbol()),
                                               sublattice.name,
                                               {sublattice.species[i]},
                                               sublattice.amounts[i]});
            }
        }
    }
    if (holdsCations(host.mixed())) context.mixed = host.mixed().name;
    return context;
}

FeatureContext featureContext(const Structure& structure, Element mobile,
                              const std::vector<CentreGroup>& groups) {
    const auto counts = structure.elementCounts();
    if (!counts.contains(mobile))
        throw InputError(
            fmt::format("the cell has no {}, which was given as its mobile element", mobile.symbol()));
    FeatureContext context;
    context.mobile = commonSpecies(mobile);
    std::set<Element> grouped = {mobile};
    for (const CentreGroup& group : groups) {
        CentreKind kind{group.name, {}, {}, 0.0};
        for (const Element element : group.elements) {
            if (!grouped.insert(element).second)
                throw InputError(fmt::format(
                    "{} is the mobile element or in two groups: it can be one thing only", element.symbol()));
            kind.species.push_back(commonSpecies(element));
        }
        context.centres.push_back(std::move(kind));
    }
    for (const auto& [element, count] : counts) {
        if (grouped.contains(element)) continue;
        const Species species = commonSpecies(element);
        if (species.oxidationState < 0) {
            addAnion(context, species);
        } else {
            context.centres.push_back({std::string(element.symbol()), {}, {species}, 0.0});
        }
    }
    if (context.anions.empty())
        throw InputError("the cell has no anion: there are no polyhedra whose shape could be told");
    if (!groups.empty()) context.mixed = groups.front().name;
    return context;
}

std::vector<AtomRole> atomRoles(const FeatureContext& context, const Structure& structure) {
    std::map<Element, AtomRole> byElement;
    std::vector<AtomRole> roles;
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        const Element element = structure.elements[atom];
        auto found = byElement.find(element);
        if (found == byElement.end())
            found = byElement.emplace(element, roleByElement(context, element)).first;
        AtomRole role = found->second;
        if (role.kind == Kind::Centre) {
            const std::string sublattice = sublatticeOfAtom(context, structure, atom);
            if (!sublattice.empty()) role = roleOn(context, sublattice, element).value_or(role);
        }
        roles.push_back(role);
    }
    return roles;
}

double formulaUnits(const FeatureContext& context, const Structure& structure,
                    const std::vector<AtomRole>& roles) {
    if (context.host) {
        double perUnit = 0.0;
        for (const Sublattice& sublattice : context.host->sublattices) {
            if (sublattice.kind != Sublattice::Kind::Mobile) perUnit += sublattice.sitesPerFormulaUnit;
        }
        const auto framework = std::count_if(roles.begin(), roles.end(),
                                             [](const AtomRole& role) { return role.kind != Kind::Mobile; });
        return static_cast<double>(framework) / perUnit;
    }
    std::map<std::string, int> counts;
    for (std::size_t atom = 0; atom < roles.size(); ++atom) {
        if (roles[atom].kind == Kind::Mobile) continue;
        ++counts[roles[atom].kind == Kind::Centre ? context.centres[roles[atom].centre].name
                                                  : std::string(structure.elements[atom].symbol())];
    }
    int divisor = 0;
    for (const auto& [name, count] : counts)
        divisor = std::gcd(divisor, count);
    return std::max(1, divisor);
}

}  // namespace ionscape::surrogate
