// SPDX-License-Identifier: GPL-3.0-or-later
// Any energy of a structure as the objective of a walk through decorations.
#pragma once

#include <functional>

#include "core/builder/swap_search.h"

namespace ionscape::builder {

/// eV of a decorated cell: a potential's, with or without relaxation; the caller decides.
using EnergyFunction = std::function<double(const crystal::Structure&)>;

/// One evaluation an exchange: an accepted one is not evaluated again.
class EnergyObjective final : public SwapObjective {
  public:
    /// Keeps a reference to `cell`. Evaluates once; throws what `energy` throws.
    EnergyObjective(const CellSites& cell, Occupation occupation, EnergyFunction energy);

    const Occupation& occupation() const override { return occupation_; }
    double value() const override { return value_; }
    double change(std::size_t a, std::size_t b) override;
    void swap(std::size_t a, std::size_t b) override;

  private:
    const CellSites& cell_;
    Occupation occupation_;
    EnergyFunction energy_;
    double value_ = 0.0;
    std::optional<std::pair<std::size_t, std::size_t>> tried_;
    double triedValue_ = 0.0;
};

}  // namespace ionscape::builder
