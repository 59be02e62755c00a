// SPDX-License-Identifier: GPL-3.0-or-later
// What descriptors need to know of a host, looked up once; internal to the descriptors.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/composition/column.h"
#include "core/composition/mobile_balance.h"
#include "core/composition/space.h"

namespace ionscape::composition {

/// Tabulated properties of one species of the mixed sublattice; NaN where there is none.
struct SpeciesData {
    double charge = 0.0;
    double radius = 0.0;             ///< Shannon, Å
    double electronegativity = 0.0;  ///< Pauling
    double mass = 0.0;               ///< amu
    double cost = 0.0;               ///< USD·amu/kg: price times mass
    double critical = 0.0;           ///< 1 if a critical raw material
    double hazard = 0.0;             ///< carcinogenRank
};

/// One composition on its way through the descriptors.
struct DescriptorInput {
    const class DescriptorData& data;
    SpaceRow row;
    double total = 0.0;   ///< Σ counts
    double mobile = 0.0;  ///< per formula unit

    double mean(double SpeciesData::*property) const;
    double variance(double SpeciesData::*property) const;
    double greatest(double SpeciesData::*property) const;
    /// amu per formula unit.
    double formulaMass() const;
};

class DescriptorData {
  public:
    DescriptorData(const Host& host, const std::vector<SublatticeCounts>& further);

    DescriptorInput input(const SpaceRow& row) const;

    Host host;
    std::vector<SublatticeCounts> further;
    std::vector<Column> columns;
    std::vector<std::function<double(const DescriptorInput&)>> functions;

    std::vector<Species> species;  ///< of the mixed sublattice
    std::vector<SpeciesData> properties;
    MobileBalance balance;
    SpeciesData ion;
    double capacity = 0.0;          ///< mobile sites per formula unit
    double mixedSites = 0.0;        ///< per formula unit
    double volume = 0.0;            ///< Å³ per formula unit in the host's cell
    double fixedMass = 0.0;         ///< amu per formula unit of the fixed species
    double fixedCost = 0.0;         ///< as SpeciesData::cost
    double fixedHazard = 0.0;       ///< greatest rank among the fixed species
    double furtherEntropy = 0.0;    ///< R per formula unit, of the further mixed sublattices
    int coordination = 6;           ///< of the mixed sites by fixed ions of the opposite charge
    double counterIonRadius = 0.0;  ///< Å, of the most common of these ions; NaN if there is none
    std::string missingRadii;       ///< species without a radius, ", " between them
    std::string approximateRadii;   ///< species whose radius is that of another coordination or state
    std::string missingElectronegativities;
    std::string missingPrices;
    /// Charges and amounts of the tetrahedral cations where the host is built as a NASICON, A_n M2 (TX4)3;
    /// else empty.
    std::vector<std::pair<int, double>> nasiconCentres;

  private:
    /// Appends the column of an element's amount unless it is there.
    void addElement(crystal::Element element, double fixedAmount);
};

/// Appends the columns of the table in docs/space.md.
void defineDescriptors(DescriptorData& data);

}  // namespace ionscape::composition
