// SPDX-License-Identifier: GPL-3.0-or-later
// A host framework as data: cell, sites, sublattices with allowed species, and the mobile ion that balances
// charge.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::composition {

struct Species {
    crystal::Element element;
    int oxidationState = 0;
};

/// What may sit on the sites of one sublattice.
struct Sublattice {
    std::string name;  ///< "M", "T", "Li", "O"
    enum class Kind { Mixed, Mobile, Fixed } kind = Kind::Fixed;
    /// Mixed: allowed species, first the host's own. Fixed: the species present. Mobile: the ion alone.
    std::vector<Species> species;
    /// Fixed sublattices (T: Si 2, P 1): amounts per formula unit, one a species; several are drawn at
    /// random. Empty for the other kinds.
    std::vector<double> amounts;
    /// Sites of this sublattice per formula unit.
    double sitesPerFormulaUnit = 0.0;
    /// Mixed: proportions of the species where a composition says nothing of this sublattice, one a species;
    /// empty: the first species alone.
    std::vector<int> defaultCounts = {};
    /// Mobile: ions are put on sites at least this far apart, Å; 0: on any.
    double minimumDistance = 0.0;
    /// Mobile: most ions per formula unit, where not all sites can be filled at once; 0: all sites.
    double capacity = 0.0;
};

/// What a run of this host starts from unless told otherwise.
struct Protocol {
    double temperature = 1000.0;  ///< K
};

struct HostSite {
    std::string label;
    std::string sublattice;
    crystal::Fractional position;
    /// Multiplicity and letter in the conventional cell, "8f"; may be empty.
    std::string wyckoff;
};

/// A framework read from JSON (resources/hosts); see docs/hosts.md for the format.
struct Host {
    std::string id;     ///< "lzsp"
    std::string title;  ///< "NASICON LZSP, C2/c"
    std::string reference;
    std::string spaceGroup;
    crystal::Lattice conventionalLattice;
    std::vector<HostSite> asymmetricSites;
    /// Symmetry operations of the conventional cell, centring included; fractional x' = rotation · x +
    /// translation.
    struct Operation {
        Mat3 rotation;
        Vec3 translation;
    };
    std::vector<Operation> operations;
    /// Rows of the primitive cell in units of the conventional lattice vectors.
    Mat3 primitiveMatrix = Mat3::Identity();
    /// MD supercell on the primitive cell.
    IntMat3 supercellMatrix = IntMat3::Identity();
    std::vector<Sublattice> sublattices;
    Protocol protocol = {};

    const Sublattice& sublattice(const std::string& name) const;  ///< throws InputError
    /// The primary mixed sublattice, the one that is made high-entropy: the first of its kind.
    const Sublattice& mixed() const;
    /// All mixed sublattices in the host's order, the primary one first. Valid as long as the host is.
    std::vector<const Sublattice*> mixedSublattices() const;
    const Sublattice& mobile() const;
    /// All sites (mobile ones included, fully filled) of the primitive cell; siteLabels hold the site's label
    /// ("Li1", "M"), elements the first species of each sublattice.
    crystal::Structure primitiveCell() const;
    /// The sublattice a site label belongs to; throws InputError for an unknown label.
    const std::string& sublatticeOf(const std::string& siteLabel) const;
    /// All symmetry images of a site in the conventional cell, each once, coordinates in [0, 1).
    std::vector<crystal::Fractional> orbit(const HostSite& site) const;
    /// Sites of a sublattice in the primitive cell.
    int sitesInPrimitiveCell(const std::string& sublatticeName) const;
    /// 2 for LZSP; the same from every sublattice, which loadHost checks.
    double formulaUnitsInPrimitiveCell() const;
};

/// Throws IoError naming the file and the field that is missing or wrong.
Host loadHost(const std::filesystem::path& file);

/// The host named by id ("lzsp") or by a path to a JSON file (anything with a "/" or ending in ".json");
/// throws InputError listing the known ids.
Host findHost(const std::string& idOrPath);

/// Ids of all hosts in the resource folders: the names of their files without ".json".
std::vector<std::string> hostIds();

}  // namespace ionscape::composition
