// SPDX-License-Identifier: GPL-3.0-or-later
// What the atoms of a cell are to its features: mobile ion, centre of a polyhedron, or ligand.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/composition/host.h"

namespace ionscape::surrogate {

/// The centres that are counted as one kind X in features such as csm_Xavg.
struct CentreKind {
    std::string name;                           ///< "M" of a mixed sublattice, "Si" of a fixed species
    std::string sublattice;                     ///< of the host; empty without one
    std::vector<composition::Species> species;  ///< what may stand there
    double sitesPerFormulaUnit = 0.0;           ///< 0 where it is not known
};

struct FeatureContext {
    composition::Species mobile{};
    std::vector<CentreKind> centres;  ///< framework cations
    std::vector<composition::Species> anions;
    /// Name of the kind whose entropy and statistics are features; empty: none.
    std::string mixed;
    /// The standard cell is the host's; without one the reduced primitive cell.
    std::optional<composition::Host> host;
};

/// Mixed sublattices of cations count as one kind each under the sublattice's name, fixed ones as one for
/// each species under its symbol, anions of any sublattice as ligands. `mixed` is the host's primary mixed
/// sublattice where it holds cations.
FeatureContext featureContext(const composition::Host& host);

/// Elements that count as one kind of centre.
struct CentreGroup {
    std::string name;
    std::vector<crystal::Element> elements;
};

/// For a cell without a host: elements whose most common oxidation state is negative are ligands; all others
/// but the mobile one are centres, those of a group under its name and each other under its symbol. `mixed`
/// is the first group. Throws InputError when the mobile element is missing from `structure` or in a group,
/// when an element is in two groups, and when there is no anion.
FeatureContext featureContext(const crystal::Structure& structure, crystal::Element mobile,
                              const std::vector<CentreGroup>& groups = {});

/// What an atom is.
struct AtomRole {
    enum class Kind { Mobile, Centre, Anion } kind = Kind::Anion;
    std::size_t centre = 0;  ///< into FeatureContext::centres
    int oxidationState = 0;
};

/// Roles of all atoms by their site labels where these are the host's, else by element (an element that may
/// stand on several sublattices counts to the first of them, fixed ones before mixed ones). Throws InputError
/// naming the element that has no place.
std::vector<AtomRole> atomRoles(const FeatureContext& context, const crystal::Structure& structure);

/// Formula units in the cell. With a host: framework atoms over those in a formula unit. Without: the
/// greatest common divisor of the numbers of atoms of each kind of centre and each anion.
double formulaUnits(const FeatureContext& context, const crystal::Structure& structure,
                    const std::vector<AtomRole>& roles);

}  // namespace ionscape::surrogate
