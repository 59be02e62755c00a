// SPDX-License-Identifier: GPL-3.0-or-later
// What a step of a path costs once its highest point is decided. Internal to core/transport.
#pragma once

#include <cmath>

#include "core/base/units.h"

namespace ionscape::transport {

/// Length, or at a temperature the resistance ∫ exp((F − F_max)/k_B T) dl by the trapezoidal rule.
class PathCost {
  public:
    PathCost(double temperature, double highest)
        : perEnergy_(temperature > 0.0 ? 1.0 / (units::boltzmann * temperature) : 0.0), highest_(highest) {}
    /// \param a, b  energies of both ends (eV) \param length  Å
    double step(double a, double b, double length) const { return 0.5 * length * (factor(a) + factor(b)); }

  private:
    double factor(double energy) const { return std::exp((energy - highest_) * perEnergy_); }
    double perEnergy_, highest_;
};

}  // namespace ionscape::transport
