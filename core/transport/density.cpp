// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/density.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/grid_fft.h"

namespace ionscape::transport {

namespace {

/// The nearest of n grid points to the fractional coordinate f.
std::size_t nearestPoint(double f, int n) {
    const int i = static_cast<int>((f - std::floor(f)) * n + 0.5);
    return static_cast<std::size_t>(i == n ? 0 : i);
}

/// Radius of the Gaussian in units of its standard deviation.
constexpr double cut = 5.0;

/// The Gaussian around the origin, wrapped into the cell, with sum 1. Sampled in real space and not written
/// down in reciprocal space, where its cut at the grid's highest frequency would ring below zero.
PeriodicGrid gaussian(const crystal::Lattice& lattice, const GridShape& shape, double sigma) {
    PeriodicGrid kernel{lattice, shape, {}};
    kernel.values.assign(static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1]) *
                             static_cast<std::size_t>(shape[2]),
                         0.0);
    const Vec3 faces = lattice.faceDistances();
    IntVec3 reach;
    for (int axis = 0; axis < 3; ++axis) {
        reach[axis] =
            static_cast<int>(std::ceil(cut * sigma / faces[axis] * shape[static_cast<std::size_t>(axis)]));
    }
    const auto wrap = [&](int i, std::size_t axis) {
        return ((i % shape[axis]) + shape[axis]) % shape[axis];
    };
    double sum = 0.0;
    for (int k = -reach[2]; k <= reach[2]; ++k) {
        for (int j = -reach[1]; j <= reach[1]; ++j) {
            for (int i = -reach[0]; i <= reach[0]; ++i) {
                const Vec3 f(i / static_cast<double>(shape[0]), j / static_cast<double>(shape[1]),
                             k / static_cast<double>(shape[2]));
                const double squared = lattice.toCartesian({f}).squaredNorm() / (sigma * sigma);
                if (squared > cut * cut) continue;
                const double weight = std::exp(-0.5 * squared);
                kernel.values[kernel.index(wrap(i, 0), wrap(j, 1), wrap(k, 2))] += weight;
                sum += weight;
            }
        }
    }
    for (double& value : kernel.values)
        value /= sum;
    return kernel;
}

}  // namespace

DensityAccumulator::DensityAccumulator(const GridShape& shape) : shape_(shape) {
    validateShape(shape);
    counts_.assign(static_cast<std::size_t>(shape[0]) * static_cast<std::size_t>(shape[1]) *
                       static_cast<std::size_t>(shape[2]),
                   0);
}

void DensityAccumulator::add(const crystal::Lattice& lattice, const VectorField& fractional) {
    const Eigen::Index ions = fractional.cols();
    if (ions == 0) throw InputError("a frame without mobile ions has no density");
    if (frames_ > 0 && ions != ions_) {
        throw InputError(
            fmt::format("frame {} has {} mobile ions, the frames before it {}", frames_, ions, ions_));
    }
    ions_ = ions;
    const auto nx = static_cast<std::size_t>(shape_[0]), ny = static_cast<std::size_t>(shape_[1]);
    for (Eigen::Index ion = 0; ion < ions; ++ion) {
        const double* f = fractional.col(ion).data();
        ++counts_[nearestPoint(f[0], shape_[0]) +
                  nx * (nearestPoint(f[1], shape_[1]) + ny * nearestPoint(f[2], shape_[2]))];
    }
    latticeSum_ += lattice.rows();
    ++frames_;
}

DensityGrid DensityAccumulator::density() const {
    if (frames_ == 0) throw InputError("there is no frame yet whose density could be given");
    DensityGrid grid{crystal::Lattice(Mat3(latticeSum_ / static_cast<double>(frames_))), shape_, {}};
    grid.values.assign(counts_.begin(), counts_.end());
    const double perVisit = 1.0 / (static_cast<double>(frames_) * grid.voxelVolume());
    for (double& value : grid.values)
        value *= perVisit;
    return grid;
}

DensityGrid smoothed(const DensityGrid& density, double sigma) {
    density.validate();
    if (!(sigma >= 0.0 && sigma <= density.lattice.shortestVector())) {
        throw InputError(fmt::format("the smoothing is {} Å; take 0 to {:.3g} Å, the cell's shortest vector",
                                     sigma, density.lattice.shortestVector()));
    }
    DensityGrid result = density;
    if (sigma == 0.0) return result;
    convolve(result, gaussian(density.lattice, density.shape, sigma));
    // What the FFT leaves by rounding where neither a count nor its Gaussian reaches.
    const double rounding = 1e-14 * *std::max_element(result.values.begin(), result.values.end());
    for (double& value : result.values) {
        if (value < rounding) value = 0.0;
    }
    return result;
}

FreeEnergyGrid freeEnergy(const DensityGrid& density, double temperature) {
    density.validate();
    if (!(temperature > 0.0 && std::isfinite(temperature))) {
        throw InputError(
            fmt::format("the temperature is {} K; a free energy needs a positive one", temperature));
    }
    const double highest = *std::max_element(density.values.begin(), density.values.end());
    if (!(highest > 0.0)) throw InputError("the density is zero everywhere: it has no free energy");
    FreeEnergyGrid result = density;
    for (double& value : result.values) {
        value = value > 0.0 ? -units::boltzmann * temperature * std::log(value / highest)
                            : std::numeric_limits<double>::infinity();
        if (value == 0.0) value = 0.0;  // no −0 at the maximum
    }
    return result;
}

}  // namespace ionscape::transport
