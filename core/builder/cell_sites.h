// SPDX-License-Identifier: GPL-3.0-or-later
// One cell of a host as a list of sites and what may occupy each: the space in which decorations differ.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/composition/host.h"

namespace ionscape::builder {

/// What may occupy a site of one sublattice: an ion with its formal charge, or a vacancy.
struct SiteSpecies {
    std::size_t sublattice = 0;
    std::optional<crystal::Element> element;  ///< nothing: vacancy
    double charge = 0.0;                      ///< e
};

/// Occupant of each site, as an index into CellSites::species.
using Occupation = std::vector<std::uint16_t>;

/// All sites of a supercell of a host, the mobile sublattice first, then the others in the host's order: the
/// order of atoms in a decorated cell.
struct CellSites {
    /// Every site filled with its sublattice's first species; siteLabels are the host's.
    crystal::Structure sites;
    std::vector<std::string> sublattices;
    std::vector<std::size_t> sublatticeOf;  ///< one a site, an index into `sublattices`
    std::vector<SiteSpecies> species;       ///< of all sublattices, each with a vacancy of its own at the end
    /// Of each site those that must not be filled while it is: nearer than the host's minimumDistance.
    std::vector<std::vector<std::uint32_t>> tooNear;

    std::size_t size() const { return sublatticeOf.size(); }
    bool filled(const Occupation& occupation, std::size_t site) const {
        return species[occupation[site]].element.has_value();
    }
    /// False when two filled sites are nearer than the host allows.
    bool allowed(const Occupation& occupation) const;
    /// False when exchanging two occupants of an allowed decoration would bring ions too near each other.
    bool allowsExchange(const Occupation& occupation, std::size_t a, std::size_t b) const;
    /// True when the host keeps mobile ions apart.
    bool hasExclusions() const;
    /// Formal charges of the occupants, e, one a site.
    Eigen::VectorXd charges(const Occupation& occupation) const;
    /// The atoms of a decoration; vacancies leave no trace.
    crystal::Structure structureOf(const Occupation& occupation) const;
    /// The decoration of which `structure` (unrelaxed, as from decoratedCell) shows the atoms. Throws
    /// InputError naming the atom that sits on no site or is no species of its sublattice.
    Occupation occupationOf(const crystal::Structure& structure) const;
    /// "Nb", "vacancy".
    std::string nameOf(std::uint16_t code) const;
};

/// The sites of `supercell` (integer rows on the primitive cell).
CellSites cellSites(const composition::Host& host, const IntMat3& supercell);

/// Sites between which occupants may be exchanged, one list a sublattice that holds different occupants.
/// `sublattices` names those that take part (InputError for an unknown one or for one that holds a single
/// species); empty means all.
std::vector<std::vector<std::size_t>> exchangeableSites(const CellSites& cell, const Occupation& occupation,
                                                        const std::vector<std::string>& sublattices = {});

}  // namespace ionscape::builder
