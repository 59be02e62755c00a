// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/energy_objective.h"

#include <utility>

namespace ionscape::builder {

EnergyObjective::EnergyObjective(const CellSites& cell, Occupation occupation, EnergyFunction energy)
    : cell_(cell), occupation_(std::move(occupation)), energy_(std::move(energy)) {
    value_ = energy_(cell_.structureOf(occupation_));
}

double EnergyObjective::change(std::size_t a, std::size_t b) {
    Occupation other = occupation_;
    std::swap(other[a], other[b]);
    triedValue_ = energy_(cell_.structureOf(other));
    tried_ = std::pair(a, b);
    return triedValue_ - value_;
}

void EnergyObjective::swap(std::size_t a, std::size_t b) {
    if (tried_ != std::pair(a, b)) change(a, b);
    std::swap(occupation_[a], occupation_[b]);
    value_ = triedValue_;
    tried_.reset();
}

}  // namespace ionscape::builder
