// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/swap_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace ionscape::builder {

namespace {

constexpr int trials = 200;
constexpr double coolingFactor = 1e-4;
constexpr std::int64_t reportEvery = 50;

struct Temperatures {
    double start = 0.0, end = 0.0;
    double at(std::int64_t step, std::int64_t steps) const {
        if (start == end || steps < 2) return start;
        return start * std::pow(end / start, static_cast<double>(step) / static_cast<double>(steps - 1));
    }
};

Temperatures temperatures(SwapObjective& objective, const SwapMoves& moves, const SwapSchedule& schedule) {
    const auto usable = [](const std::optional<double>& t) { return !t || (*t > 0.0 && std::isfinite(*t)); };
    if (schedule.steps < 0 || !usable(schedule.startTemperature) || !usable(schedule.endTemperature))
        throw InputError("a search by exchanges needs positive temperatures and no negative number of steps");
    Temperatures t;
    if (schedule.startTemperature) {
        t.start = *schedule.startTemperature;
    } else {
        RandomStream random(schedule.seed, "swap temperature");
        double sum = 0.0;
        for (int i = 0; i < trials; ++i) {
            const auto [a, b] = moves.propose(objective.occupation(), random);
            sum += std::abs(objective.change(a, b));
        }
        t.start = std::max(sum / trials, 1e-300);  // an objective that never changes accepts everything
    }
    t.end = schedule.endTemperature.value_or(schedule.startTemperature ? t.start : coolingFactor * t.start);
    return t;
}

}  // namespace

SwapMoves::SwapMoves(const CellSites& cell, std::vector<std::vector<std::size_t>> groups,
                     const Occupation& occupation)
    : cell_(cell), groups_(std::move(groups)) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto& group = groups_[g];
        const bool mixed = std::any_of(group.begin(), group.end(), [&](std::size_t site) {
            return occupation[site] != occupation[group.front()];
        });
        if (!mixed) continue;
        for (const std::size_t site : group)
            sites_.emplace_back(g, site);
    }
    if (sites_.empty())
        throw InputError(
            "every sublattice of this composition holds one species: there is nothing to arrange");
}

std::pair<std::size_t, std::size_t> SwapMoves::propose(const Occupation& occupation,
                                                       RandomStream& random) const {
    for (;;) {
        const auto [group, a] = sites_[random.below(sites_.size())];
        const std::size_t b = groups_[group][random.below(groups_[group].size())];
        if (occupation[a] != occupation[b]) return {a, b};
    }
}

SwapOutcome searchBySwaps(SwapObjective& objective, const SwapMoves& moves, const SwapSchedule& schedule,
                          const std::stop_token& stop, ProgressSink& progress, std::optional<double> goal) {
    const Temperatures temperature = temperatures(objective, moves, schedule);
    RandomStream random(schedule.seed, "swaps");
    SwapOutcome outcome;
    outcome.best = objective.occupation();
    outcome.bestValue = objective.value();
    for (; outcome.proposed < schedule.steps; ++outcome.proposed) {
        throwIfStopped(stop);
        if (goal && outcome.bestValue <= *goal) break;
        if (outcome.proposed % reportEvery == 0)
            progress.report("swaps", outcome.proposed, schedule.steps,
                            fmt::format("{:.6g}", objective.value()));
        const auto [a, b] = moves.propose(objective.occupation(), random);
        if (!moves.allowed(objective.occupation(), a, b)) continue;
        const double change = objective.change(a, b);
        const double kT = temperature.at(outcome.proposed, schedule.steps);
        if (change > 0.0 && random.uniform() >= std::exp(-change / kT)) continue;
        objective.swap(a, b);
        ++outcome.accepted;
        if (objective.value() < outcome.bestValue) {
            outcome.bestValue = objective.value();
            outcome.best = objective.occupation();
        }
    }
    outcome.lastValue = objective.value();
    return outcome;
}

}  // namespace ionscape::builder
