// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the nearest of many spheres that holds a point of a periodic cell. Internal to core/transport.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/transport/periodic_grid.h"

namespace ionscape::transport {

class SiteLookup {
  public:
    struct Hit {
        std::int32_t site = 0;
        /// Cell of the image of the site that the point is near to.
        IntVec3 cell = IntVec3::Zero();
        double squaredDistance = 0.0;  ///< Å²
    };

    /// \param radii  one a centre, Å
    SiteLookup(const crystal::Lattice& lattice, std::vector<Vec3> fractionalCentres,
               std::vector<double> radii);

    /// The nearest centre (any image) whose sphere holds the point; the point need not be inside the cell.
    std::optional<Hit> find(const Vec3& fractional) const;

  private:
    void enter(std::int32_t site, double reach);

    crystal::Lattice lattice_;
    std::vector<Vec3> centres_;
    std::vector<double> squaredRadii_;
    /// Sites whose sphere may reach into a bin; the bins in the order of PeriodicGrid.
    GridShape shape_{1, 1, 1};
    std::vector<std::vector<std::int32_t>> bins_;
};

}  // namespace ionscape::transport
