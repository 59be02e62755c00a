// SPDX-License-Identifier: GPL-3.0-or-later
// Vogel–Tammann–Fulcher behaviour as an alternative to Arrhenius', and which of the two the points support.
#pragma once

#include "core/transport/arrhenius.h"

namespace ionscape::transport {

/// ln y = ln A − B/(k_B (T − T₀)), y = D or σT as in the Arrhenius fit; T₀ = 0 is Arrhenius' law.
struct VtfFit {
    double logPrefactor = 0.0;
    double energy = 0.0;                ///< B, eV
    double vanishingTemperature = 0.0;  ///< T₀, K
    double chiSquared = 0.0;
    /// Akaike's criterion of both laws, corrected for few points (AICc, Hurvich & Tsai, Biometrika 76, 297
    /// (1989)) where there are enough: `corrected`. The lower one is supported.
    double aicArrhenius = 0.0, aicVtf = 0.0;
    bool corrected = false;
    /// Which law the points support, in words.
    std::string verdict;

    /// y at `temperature`, K, which must lie above T₀.
    double at(double temperature, Activated quantity) const;
};

/// Throws InputError for fewer than four temperatures, three parameters leaving nothing to judge by.
VtfFit fitVtf(const ArrheniusFit& arrhenius);

}  // namespace ionscape::transport
