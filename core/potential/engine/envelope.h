// SPDX-License-Identifier: GPL-3.0-or-later
// The smooth cutoff of radial basis functions.
#pragma once

namespace ionscape::potential::engine {

struct Envelope {
    double value = 0.0;
    double slope = 0.0;  ///< by the distance, Å⁻¹
};

/// Polynomial envelope of DimeNet++ (Gasteiger et al. 2020) of exponent p. With `likeReference` in float32,
/// operation by operation as the Python package: near the cutoff the terms cancel, and another order of them
/// moves forces of some eV/Å by 2e-4 eV/Å.
Envelope envelope(double distance, double cutoff, int p, bool likeReference);

}  // namespace ionscape::potential::engine
