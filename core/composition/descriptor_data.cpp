// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/descriptor_data.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/composition/species_lookup.h"
#include "core/crystal/electronegativity.h"
#include "core/crystal/element_supply.h"
#include "core/crystal/ionic_radius.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::composition {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
/// Neighbours up to this multiple of the shortest distance are bonded: above the spread within a polyhedron
/// (1.1 in LZSP), below the second shell (1.4 and more).
constexpr double bondedRatio = 1.25;
constexpr double neighbourCutoff = 4.0;

void addName(std::string& names, crystal::Element element) {
    names += (names.empty() ? "" : ", ") + std::string(element.symbol());
}

/// Fixed ions of the opposite charge around the mixed sites of the host's cell.
class Surroundings {
  public:
    explicit Surroundings(const Host& host) : host_(host) {
        const crystal::Structure cell = host.primitiveCell();
        std::vector<std::vector<double>> distances(cell.size());
        const std::string& mixed = host.mixed().name;
        for (const auto& pair : crystal::neighbourPairs(cell, neighbourCutoff)) {
            const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
            if (host.sublatticeOf(cell.siteLabels[i]) != mixed) continue;
            const Sublattice& other = host.sublattice(host.sublatticeOf(cell.siteLabels[j]));
            if (!isCounterIon(other)) continue;
            distances[i].push_back(pair.distance);
            counterIon = other.species.front();
        }
        int sites = 0, bonds = 0;
        for (const auto& around : distances) {
            if (around.empty()) continue;
            const double reach = bondedRatio * *std::min_element(around.begin(), around.end());
            ++sites;
            bonds += static_cast<int>(
                std::count_if(around.begin(), around.end(), [&](double d) { return d <= reach; }));
        }
        if (sites > 0) coordination = static_cast<int>(std::lround(static_cast<double>(bonds) / sites));
    }

    int coordination = 6;
    std::optional<Species> counterIon;

  private:
    bool isCounterIon(const Sublattice& other) const {
        return other.kind != Sublattice::Kind::Mobile && other.name != host_.mixed().name &&
               other.species.front().oxidationState * host_.mixed().species.front().oxidationState < 0;
    }

    const Host& host_;
};

/// Amounts per formula unit of everything but the mobile ions and the (first) mixed sublattice.
Formula restOf(const Host& host, const std::vector<SublatticeCounts>& further) {
    const Composition own{{{host.mixed().species.front().element, 1}}, further};
    Formula rest = compositionFormula(host, own);
    for (auto& [element, amount] : rest) {
        if (element == own.counts.front().first) amount -= host.mixed().sitesPerFormulaUnit;
        if (element == host.mobile().species.front().element) amount -= mobileContent(host, own);
    }
    return rest;
}

/// The cations of three tetrahedra beside two mixed sites and twelve anions; else nothing.
std::vector<std::pair<int, double>> nasiconCentresOf(const Host& host,
                                                     const std::vector<SublatticeCounts>& further) {
    const Sublattice& metals = host.mixed();
    if (metals.sitesPerFormulaUnit != 2.0 || metals.species.front().oxidationState <= 0) return {};
    std::vector<std::pair<int, double>> centres;
    double anions = 0.0, cations = 0.0;
    const auto add = [&](int charge, double amount) {
        (charge < 0 ? anions : cations) += amount;
        if (charge > 0 && amount > 0.0) centres.emplace_back(charge, amount);
    };
    for (const Sublattice& sublattice : host.sublattices) {
        for (std::size_t i = 0; i < sublattice.amounts.size(); ++i)
            add(sublattice.species[i].oxidationState, sublattice.amounts[i]);
    }
    const Composition own{{{metals.species.front().element, 1}}, further};
    for (const auto& [sublattice, counts] : mixedOccupation(host, own)) {
        if (sublattice->name == metals.name) continue;
        for (const auto& [element, count] : counts) {
            const double share = sublattice->sitesPerFormulaUnit * count / totalCount(counts);
            add(allowedSpecies(host, *sublattice, element).oxidationState, share);
        }
    }
    if (std::abs(anions - 12.0) > 1e-6 || std::abs(cations - 3.0) > 1e-6) return {};
    return centres;
}

}  // namespace

double DescriptorInput::mean(double SpeciesData::*property) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < row.counts.size(); ++i)
        sum += row.counts[i] * (data.properties[row.species[i]].*property);
    return sum / total;
}

double DescriptorInput::variance(double SpeciesData::*property) const {
    const double middle = mean(property);
    double sum = 0.0;
    for (std::size_t i = 0; i < row.counts.size(); ++i) {
        const double off = data.properties[row.species[i]].*property - middle;
        sum += row.counts[i] * off * off;
    }
    return sum / total;
}

double DescriptorInput::greatest(double SpeciesData::*property) const {
    double most = data.properties[row.species.front()].*property;
    for (const std::uint8_t species : row.species)
        most = std::max(most, data.properties[species].*property);
    return most;
}

double DescriptorInput::formulaMass() const {
    return data.fixedMass + data.mixedSites * mean(&SpeciesData::mass) + mobile * data.ion.mass;
}

DescriptorData::DescriptorData(const Host& hostOf, const std::vector<SublatticeCounts>& furtherOf)
    : host(hostOf),
      further(furtherOf),
      species(host.mixed().species),
      balance(host, further),
      capacity(mobileCapacity(host)),
      mixedSites(host.mixed().sitesPerFormulaUnit),
      nasiconCentres(nasiconCentresOf(host, further)) {
    const Surroundings around(host);
    coordination = around.coordination;
    counterIonRadius = nothing;
    if (around.counterIon) {
        const Species& anion = *around.counterIon;
        if (const auto radius = crystal::nearestIonicRadius(anion.element, anion.oxidationState, 6))
            counterIonRadius = radius->radius;
    }
    const auto dataOf = [&](const Species& s) {
        SpeciesData d;
        d.charge = s.oxidationState;
        d.mass = s.element.mass();
        const auto radius = crystal::nearestIonicRadius(s.element, s.oxidationState, coordination);
        d.radius = radius ? radius->radius : nothing;
        if (!radius) addName(missingRadii, s.element);
        if (radius && !radius->exact) addName(approximateRadii, s.element);
        const auto electronegativity = crystal::paulingElectronegativity(s.element);
        d.electronegativity = electronegativity.value_or(nothing);
        if (!electronegativity) addName(missingElectronegativities, s.element);
        const auto price = crystal::elementPrice(s.element);
        d.cost = price ? price->usdPerKilogram * d.mass : nothing;
        if (!price) addName(missingPrices, s.element);
        d.critical = crystal::isCriticalRawMaterial(s.element) ? 1.0 : 0.0;
        d.hazard = crystal::carcinogenRank(s.element, s.oxidationState);
        return d;
    };
    for (const Species& s : species)
        properties.push_back(dataOf(s));
    const std::string missing = missingRadii, approximate = approximateRadii;
    ion = dataOf(host.mobile().species.front());
    missingRadii = missing;  // the mobile ion's radius is not used
    approximateRadii = approximate;
    for (const auto& [element, amount] : restOf(host, further)) {
        fixedMass += amount * element.mass();
        const auto price = crystal::elementPrice(element);
        fixedCost += amount == 0.0 ? 0.0 : price ? amount * element.mass() * price->usdPerKilogram : nothing;
    }
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != Sublattice::Kind::Fixed) continue;
        for (const Species& s : sublattice.species)
            fixedHazard = std::max<double>(fixedHazard, crystal::carcinogenRank(s.element, s.oxidationState));
    }
    furtherEntropy = totalConfigurationalEntropy(host, Composition{{{species.front().element, 1}}, further});
    volume = host.primitiveCell().lattice.volume() / host.formulaUnitsInPrimitiveCell();
    defineDescriptors(*this);
    const Formula rest = restOf(host, further);
    for (const auto& [element, amount] : rest)
        addElement(element, amount);
    for (const Species& s : species)
        addElement(s.element, 0.0);
}

void DescriptorData::addElement(crystal::Element element, double fixedAmount) {
    const std::string symbol(element.symbol());
    for (const Column& column : columns) {
        if (column.id == symbol) return;
    }
    const bool isIon = element == host.mobile().species.front().element;
    std::vector<std::uint8_t> indices;
    for (std::size_t i = 0; i < species.size(); ++i) {
        if (species[i].element == element) indices.push_back(static_cast<std::uint8_t>(i));
    }
    Column column;
    column.id = symbol;
    column.title = symbol + " per formula unit";
    column.formula = "n(" + symbol + ")";
    column.isFlag = true;
    columns.push_back(column);
    functions.emplace_back([=](const DescriptorInput& in) {
        double count = 0.0;
        for (std::size_t i = 0; i < in.row.counts.size(); ++i) {
            if (std::find(indices.begin(), indices.end(), in.row.species[i]) != indices.end())
                count += in.row.counts[i];
        }
        return fixedAmount + count * in.data.mixedSites / in.total + (isIon ? in.mobile : 0.0);
    });
}

DescriptorInput DescriptorData::input(const SpaceRow& row) const {
    DescriptorInput in{*this, row, 0.0, 0.0};
    double charge = 0.0;
    for (std::size_t i = 0; i < row.counts.size(); ++i) {
        in.total += row.counts[i];
        charge += row.counts[i] * properties[row.species[i]].charge;
    }
    in.mobile = balance.content(charge / in.total);
    return in;
}

}  // namespace ionscape::composition
