// SPDX-License-Identifier: GPL-3.0-or-later
// At which free energy the open part of a periodic cell connects into chains, sheets and networks without
// end.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/transport/density.h"

namespace ionscape::transport {

/// The lowest level at which something happens, and the last point that had to open for it.
struct PercolationLevel {
    double energy = std::numeric_limits<double>::infinity();  ///< eV; infinite when it never happens
    std::size_t bottleneck = 0;                               ///< index of the grid point
    bool exists() const { return energy < std::numeric_limits<double>::infinity(); }
};

struct PercolationLevels {
    /// An ion can travel any distance along a, b, c (and maybe other axes at the same time).
    std::array<PercolationLevel, 3> axis;
    /// Some connected part extends in at least 1, 2, 3 independent directions.
    std::array<PercolationLevel, 3> dimension;

    /// 0 to 3: in how many independent directions the widest connected part of the points at or below
    /// `energy` extends without end.
    int dimensionAt(double energy) const;
};

/// Opens the grid's points from the lowest up and joins neighbours (26) by union–find; each component carries
/// the lattice of the translations that lead from a point to its own images (rank 1: chains, 2: sheets, 3:
/// networks), which is what tells an endless channel from one that only touches two faces of the cell (as in
/// Hoshen–Kopelman clusters with winding, Newman & Ziff, Phys. Rev. E 64, 016706 (2001)). Throws InputError
/// for a grid whose values do not fit its shape or hold NaN.
PercolationLevels percolationLevels(const FreeEnergyGrid& energy);

/// Order in which points open: by energy, equal ones by index. Points of infinite energy are left out.
std::vector<std::uint32_t> openingOrder(const FreeEnergyGrid& energy);

}  // namespace ionscape::transport
