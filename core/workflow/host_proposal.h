// SPDX-License-Identifier: GPL-3.0-or-later
// From a CIF with partial occupancies to a host: proposed, looked at, changed, and then checked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/composition/host.h"
#include "core/io/cif.h"

namespace ionscape::workflow {

/// What the user knows better than the file.
struct ProposalOptions {
    std::string id = "my-host";
    std::string reference;                   ///< where the data come from; empty: "from a CIF"
    std::optional<crystal::Element> mobile;  ///< nothing: the first of Li, Na, Ag, K, Cu, Mg that fits
    std::map<crystal::Element, int> oxidationStates;
    /// Species that the primary mixed sublattice may hold besides those of the file.
    std::vector<composition::Species> dopants;
};

/// One crystallographic site as the file gives it.
struct ProposedSite {
    std::string label;
    std::string species;  ///< "Zr 0.75 Hf 0.25"
    int multiplicity = 0;
    std::string sublattice;
    double valenceSum = 0.0;  ///< of its first species, signed
};

/// A host that may still be edited, with how it was found.
struct HostProposal {
    composition::Host host;
    std::vector<ProposedSite> sites;
    /// One sentence for each thing that was decided or does not fit, to be shown.
    std::vector<std::string> notes;
    double mobileInFile = 0.0;    ///< mobile ions per formula unit by the occupancies
    double mobileBalanced = 0.0;  ///< and by charge balance of the host's own composition
};

/// Sites with the same set of species become one sublattice; those of the mobile ion alone are mobile, those
/// with several species mixed with the file's proportions as default, the others fixed. Of the mixed cation
/// sublattices the one of highest charge is the primary; without any, the metal of highest charge becomes
/// one. Oxidation states are the given ones, else those of the type symbols, else of the common states the
/// combination that is closest to neutral and to the bond-valence sums (bondValenceLength). The supercell is
/// a compact one of 100 to 250 atoms that holds the file's composition. Throws InputError when there is no
/// mobile ion, it shares a site with others, or a site of the framework is partly empty.
HostProposal proposeHost(const io::CifCrystal& crystal, const ProposalOptions& options = {});

/// The host, once it passes all checks of a host file and its own composition balances; throws InputError.
composition::Host finishedHost(const HostProposal& proposal);

}  // namespace ionscape::workflow
