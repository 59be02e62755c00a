// SPDX-License-Identifier: GPL-3.0-or-later
// The sites of mobile ions that a crystal structure knows, placed in the cell of a run.
#pragma once

#include <filesystem>

#include "core/crystal/structure.h"
#include "core/transport/sites.h"

namespace ionscape::workflow {

/// All positions of `mobile` in a CIF (partial occupancies are fine), with the file's labels, as fractional
/// coordinates of `cell`. The cell may be any supercell or primitive cell of the CIF's lattice, turned in
/// space and up to 5 % strained; among the ways to place it the one is taken in which all other atoms lie
/// nearest to other atoms of the file. Throws IoError, and InputError when the file has no such ion, its
/// lattice does not fit the cell, or the other atoms are more than 1 Å (root mean square) apart.
std::vector<transport::KnownSite> knownSitesFromCif(const std::filesystem::path& file,
                                                    crystal::Element mobile, const crystal::Structure& cell);

}  // namespace ionscape::workflow
