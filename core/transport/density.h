// SPDX-License-Identifier: GPL-3.0-or-later
// Number density of mobile ions on a periodic grid, and the free energy that it stands for.
#pragma once

#include <cstdint>

#include "core/transport/periodic_grid.h"

namespace ionscape::transport {

/// Ions per Å³; its integral is the number of ions.
using DensityGrid = PeriodicGrid;
/// eV, zero at the densest point, infinite where no ion ever was.
using FreeEnergyGrid = PeriodicGrid;

/// Counts in which voxel each ion is, frame by frame, so that the density can be drawn while a run grows. A
/// voxel reaches half a spacing to both sides of its grid point.
class DensityAccumulator {
  public:
    /// Throws InputError as validateShape.
    explicit DensityAccumulator(const GridShape& shape);

    /// One frame. \param lattice  of this frame; the density is given in the mean of all \param fractional
    /// coordinates of the ions, 3 × N, wrapped or not (MobileIons makes them). Throws InputError when N
    /// changes between frames or is zero.
    void add(const crystal::Lattice& lattice, const VectorField& fractional);

    std::int64_t frames() const { return frames_; }
    /// Visits of each voxel, in the order of PeriodicGrid.
    const std::vector<std::uint64_t>& counts() const { return counts_; }
    /// Mean density so far; throws InputError before the first frame.
    DensityGrid density() const;

  private:
    GridShape shape_;
    std::vector<std::uint64_t> counts_;
    std::int64_t frames_ = 0;
    Eigen::Index ions_ = 0;
    Mat3 latticeSum_ = Mat3::Zero();
};

/// Periodic convolution with an isotropic Gaussian of standard deviation `sigma` (Å, in every direction
/// whatever the shape of the cell), cut at 5 sigma, by FFT. The integral is kept, no value becomes negative,
/// and no seam appears at the faces of the cell. A sigma of 0 changes nothing. Throws InputError for a sigma
/// that is negative or longer than the cell's shortest vector.
DensityGrid smoothed(const DensityGrid& density, double sigma);

/// −k_B T ln(ρ/ρ_max), eV: what an ion has to pay to be at a point, relative to the best one. Throws
/// InputError for a temperature (K) that is not positive or a density that is zero everywhere.
FreeEnergyGrid freeEnergy(const DensityGrid& density, double temperature);

}  // namespace ionscape::transport
