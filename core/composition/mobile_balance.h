// SPDX-License-Identifier: GPL-3.0-or-later
// The mobile content as a straight line in the mean charge of the mixed sublattice.
#pragma once

#include "core/composition/composition.h"

namespace ionscape::composition {

/// mobileContent(host, composition) = content(Σ count · oxidation state / Σ count), for loops over many
/// compositions that agree on their further sublattices.
class MobileBalance {
  public:
    explicit MobileBalance(const Host& host, const std::vector<SublatticeCounts>& further = {})
        : slope_(-host.mixed().sitesPerFormulaUnit / host.mobile().species.front().oxidationState) {
        const Species& own = host.mixed().species.front();
        atZero_ = mobileContent(host, Composition{{{own.element, 1}}, further}) - slope_ * own.oxidationState;
    }

    /// Mobile ions per formula unit.
    double content(double meanCharge) const {
        const double value = atZero_ + slope_ * meanCharge;
        return value == 0.0 ? 0.0 : value;  // no "-0"
    }
    double meanCharge(double content) const { return (content - atZero_) / slope_; }

  private:
    double slope_, atZero_ = 0.0;
};

}  // namespace ionscape::composition
