// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/cell_analysis.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/composition/composition.h"
#include "core/crystal/electronegativity.h"
#include "core/crystal/ionic_radius.h"
#include "core/surrogate/polyhedron.h"
#include "core/surrogate/smeared_peak.h"
#include "core/surrogate/symmetry_measure.h"
#include "core/surrogate/void_fraction.h"

namespace ionscape::surrogate {
namespace {

using crystal::Element;
using crystal::Structure;
using Kind = AtomRole::Kind;

/// Coordination that radii are taken for where none is found in the cell: Shannon's reference.
constexpr int usualCoordination = 6;

/// Index into CellAnalysis::kinds.
std::size_t kindIndex(const AtomRole& role) {
    return role.kind == Kind::Mobile ? 0 : role.centre + 1;
}

void addPolyhedron(KindAnalysis& kind, const VectorField& ligands) {
    kind.coordination.push_back(static_cast<double>(ligands.cols()));
    if (const auto nearest = nearestShape(ligands)) kind.symmetryMeasure.push_back(nearest->measure);
    if (const double volume = hullVolume(ligands); volume > 0.0) kind.volume.push_back(volume);
    if (const auto variance = bondAngleVariance(ligands)) kind.angleVariance.push_back(*variance);
    if (const auto elongation = quadraticElongation(ligands)) kind.elongation.push_back(*elongation);
}

void analyseKinds(CellAnalysis& result, const FeatureContext& context, const std::vector<AtomRole>& roles,
                  const std::vector<crystal::NeighbourPair>& pairs,
                  const std::vector<Environment>& environments) {
    result.kinds.push_back({});
    result.kinds[0].name = context.mobile.element.symbol();
    for (const CentreKind& centre : context.centres) {
        result.kinds.push_back({});
        result.kinds.back().name = centre.name;
    }
    for (const Environment& environment : environments) {
        KindAnalysis& kind = result.kinds[kindIndex(roles[environment.atom])];
        ++kind.sites;
        addPolyhedron(kind, environment.vectors());
    }
    std::vector<std::vector<double>> distances(result.kinds.size());
    for (const auto& pair : pairs) {
        const AtomRole& centre = roles[static_cast<std::size_t>(pair.i)];
        if (centre.kind != Kind::Anion && roles[static_cast<std::size_t>(pair.j)].kind == Kind::Anion)
            distances[kindIndex(centre)].push_back(pair.distance);
    }
    for (std::size_t k = 0; k < result.kinds.size(); ++k)
        result.kinds[k].bondLength = firstSmearedPeak(distances[k], bondSmearing, longestBond);
}

/// The radius of the mixed species is that of the coordination which most of their sites have.
int commonCoordination(const SiteValues& coordinations) {
    std::map<int, int> counts;
    for (const double n : coordinations)
        ++counts[static_cast<int>(n)];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? usualCoordination : most->first;
}

void analyseMixed(CellAnalysis& result, const Structure& structure, const FeatureContext& context,
                  const std::vector<AtomRole>& roles) {
    const auto kind = std::find_if(context.centres.begin(), context.centres.end(),
                                   [&](const CentreKind& centre) { return centre.name == context.mixed; });
    if (context.mixed.empty() || kind == context.centres.end()) return;
    const auto index = static_cast<std::size_t>(kind - context.centres.begin());
    const int coordination = commonCoordination(result.kinds[index + 1].coordination);
    std::map<Element, double> counts;
    for (std::size_t atom = 0; atom < roles.size(); ++atom) {
        if (roles[atom].kind != Kind::Centre || roles[atom].centre != index) continue;
        const Element element = structure.elements[atom];
        const int valence = roles[atom].oxidationState;
        ++counts[element];
        result.mixed.valence.push_back(valence);
        if (const auto radius = crystal::nearestIonicRadius(element, valence, coordination))
            result.mixed.radius.push_back(radius->radius);
        if (const auto chi = crystal::paulingElectronegativity(element)) {
            result.mixed.electronegativity.push_back(*chi);
            result.mixed.electronegativityValence.push_back(*chi * valence);
        }
    }
    std::vector<double> amounts;
    for (const auto& [element, count] : counts)
        amounts.push_back(count);
    if (!amounts.empty()) result.mixed.entropy = composition::configurationalEntropy(amounts);
}

/// Of the framework with Shannon's radii: cations in the coordination found, anions in the usual one.
std::optional<double> frameworkVoidFraction(const Structure& structure, const std::vector<AtomRole>& roles,
                                            const std::vector<Environment>& environments) {
    std::vector<int> coordination(structure.size(), usualCoordination);
    for (const Environment& environment : environments)
        coordination[environment.atom] = static_cast<int>(environment.ligands.size());
    std::vector<Sphere> spheres;
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        if (roles[atom].kind == Kind::Mobile) continue;
        const auto radius = crystal::nearestIonicRadius(structure.elements[atom], roles[atom].oxidationState,
                                                        coordination[atom]);
        if (!radius) return std::nullopt;
        spheres.push_back({structure.position(atom), std::max(0.0, radius->radius)});
    }
    return voidFraction(structure.lattice, spheres);
}

}  // namespace

CellAnalysis analyseCell(const Structure& structure, const FeatureContext& context) {
    const auto roles = atomRoles(context, structure);
    const auto pairs = crystal::neighbourPairs(structure, pairCutoff);
    const auto all = environments(structure, roles, pairs);
    CellAnalysis result;
    result.formulaUnits = formulaUnits(context, structure, roles);
    result.volume = structure.lattice.volume();
    result.density = structure.density();
    if (context.host) {
        result.cell = standardCell(*context.host, structure);
    } else {
        result.cell = reducedCell(structure);
    }
    analyseKinds(result, context, roles, pairs, all);
    analyseMixed(result, structure, context, roles);
    result.mobileDistances = nearestMobileDistances(structure, roles, pairs);
    for (const Bottleneck& bottleneck : bottlenecks(structure, roles, pairs, all))
        result.bottleneckAreas.push_back(bottleneck.area);
    result.voidFraction = frameworkVoidFraction(structure, roles, all);
    return result;
}

}  // namespace ionscape::surrogate
