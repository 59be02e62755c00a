// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/pair_distances.h"

namespace ionscape::transport {

PairDistances::PairDistances(const crystal::Lattice& lattice, double cutoff)
    : lattice_(lattice), cutoffSquared_(cutoff * cutoff) {
    // A wrapped difference is at most half a cell from the origin along each axis.
    const Vec3 faces = lattice.faceDistances();
    const Eigen::Vector3i most = (cutoff / faces.array() + 0.5).floor().cast<int>();
    for (int i = -most[0]; i <= most[0]; ++i) {
        for (int j = -most[1]; j <= most[1]; ++j) {
            for (int k = -most[2]; k <= most[2]; ++k) {
                shifts_.emplace_back(i, j, k);
                images_.push_back(lattice.toCartesian({shifts_.back()}));
            }
        }
    }
}

VectorField PairDistances::fractionalOf(const VectorField& positions,
                                        const std::vector<Eigen::Index>& atoms) const {
    VectorField fractional(3, static_cast<Eigen::Index>(atoms.size()));
    for (std::size_t i = 0; i < atoms.size(); ++i)
        fractional.col(static_cast<Eigen::Index>(i)) = lattice_.toFractional(positions.col(atoms[i])).v;
    return fractional;
}

}  // namespace ionscape::transport
