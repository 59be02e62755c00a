// SPDX-License-Identifier: GPL-3.0-or-later
// Metropolis walks through the decorations of a cell by exchanging the occupants of two sites.
#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/builder/cell_sites.h"

namespace ionscape::builder {

/// What a walk makes small, for one decoration that it changes: an energy, or a distance from randomness.
class SwapObjective {
  public:
    virtual ~SwapObjective() = default;
    virtual const Occupation& occupation() const = 0;
    virtual double value() const = 0;
    /// By how much value() would change if the occupants of two sites changed places. Not const: an
    /// implementation may try the exchange and take it back.
    virtual double change(std::size_t a, std::size_t b) = 0;
    virtual void swap(std::size_t a, std::size_t b) = 0;
};

/// Proposes exchanges of unlike occupants within the lists of exchangeableSites. Every such pair of a
/// decoration is as likely as any other of its list, and exchanges do not change how many there are, so
/// proposals are symmetric, as Metropolis sampling demands. For the same reason one that brings ions too near
/// each other is proposed like any other and then refused.
class SwapMoves {
  public:
    /// Keeps a reference to `cell`. Throws InputError when no list holds different occupants.
    SwapMoves(const CellSites& cell, std::vector<std::vector<std::size_t>> groups,
              const Occupation& occupation);
    std::pair<std::size_t, std::size_t> propose(const Occupation& occupation, RandomStream& random) const;
    bool allowed(const Occupation& occupation, std::size_t a, std::size_t b) const {
        return cell_.allowsExchange(occupation, a, b);
    }

  private:
    const CellSites& cell_;
    std::vector<std::vector<std::size_t>> groups_;
    std::vector<std::pair<std::size_t, std::size_t>> sites_;  ///< group and site
};

struct SwapSchedule {
    std::int64_t steps = 20000;  ///< exchanges proposed
    /// In units of the objective (kT for an energy). Geometric from start to end; equal for sampling at one
    /// temperature. Without a start: the mean size of a change, tried on 200 proposals, and a 10⁴ times
    /// colder end.
    std::optional<double> startTemperature, endTemperature;
    std::uint64_t seed = 1;
};

struct SwapOutcome {
    Occupation best;
    double bestValue = 0.0;
    double lastValue = 0.0;
    std::int64_t accepted = 0;
    std::int64_t proposed = 0;
};

/// Metropolis et al., J. Chem. Phys. 21, 1087 (1953); with a falling temperature simulated annealing
/// (Kirkpatrick, Gelatt & Vecchi, Science 220, 671 (1983)). Afterwards the objective holds the last
/// decoration. The walk ends early at a value of `goal`. Throws Cancelled, InputError for a schedule that is
/// impossible, and what the objective throws.
SwapOutcome searchBySwaps(SwapObjective& objective, const SwapMoves& moves, const SwapSchedule& schedule,
                          const std::stop_token& stop, ProgressSink& progress,
                          std::optional<double> goal = std::nullopt);

}  // namespace ionscape::builder
