// SPDX-License-Identifier: GPL-3.0-or-later
// All distances between two sets of atoms in a periodic cell, images included. Internal to core/transport.
#pragma once

#include <cmath>
#include <vector>

#include "core/crystal/lattice.h"

namespace ionscape::transport {

/// Exact for any cell and cutoff: images are searched as far as the cutoff reaches.
class PairDistances {
  public:
    PairDistances(const crystal::Lattice& lattice, double cutoff);

    /// Calls found(a, b, distance) for each atom b of `second` in `to`, and each of its images, closer than
    /// the cutoff to atom a of `first` in `from`; a and b are indices into the two lists. An atom and itself
    /// count only as image and atom: \param from, to  unwrapped positions, which may be of different times.
    template <class Found>
    void each(const VectorField& from, const std::vector<Eigen::Index>& first, const VectorField& to,
              const std::vector<Eigen::Index>& second, Found&& found) const {
        const VectorField fractional = fractionalOf(to, second);
        for (std::size_t a = 0; a < first.size(); ++a) {
            const Vec3 origin = lattice_.toFractional(from.col(first[a])).v;
            for (std::size_t b = 0; b < second.size(); ++b) {
                const Vec3 difference = fractional.col(static_cast<Eigen::Index>(b)) - origin;
                const Vec3 cells = difference.array().round();
                const Vec3 base = lattice_.toCartesian({difference - cells});
                for (std::size_t i = 0; i < images_.size(); ++i) {
                    const double square = (base + images_[i]).squaredNorm();
                    if (square >= cutoffSquared_) continue;
                    if (first[a] == second[b] && (shifts_[i] - cells).cwiseAbs().maxCoeff() < 0.5) continue;
                    found(a, b, std::sqrt(square));
                }
            }
        }
    }

  private:
    VectorField fractionalOf(const VectorField& positions, const std::vector<Eigen::Index>& atoms) const;

    crystal::Lattice lattice_;
    double cutoffSquared_;
    /// Translations that may bring a wrapped difference within the cutoff, in cells and in Å.
    std::vector<Vec3> shifts_, images_;
};

}  // namespace ionscape::transport
