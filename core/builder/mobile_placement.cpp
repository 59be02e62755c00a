// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/mobile_placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::builder {
namespace {

constexpr int attempts = 8;
constexpr int coolingSweeps = 600;
constexpr int shufflingSweeps = 60;
/// In units of one excluded pair.
constexpr double hottest = 0.7, coldest = 0.08;

class LatticeGas {
  public:
    LatticeGas(const crystal::Structure& sites, double minimumDistance)
        : excluded_(sites.size()), filled_(sites.size(), false), pairsAt_(sites.size(), 0) {
        for (const auto& pair : crystal::neighbourPairs(sites, minimumDistance)) {
            auto& list = excluded_[static_cast<std::size_t>(pair.i)];
            const auto j = static_cast<std::size_t>(pair.j);
            if (std::find(list.begin(), list.end(), j) == list.end() && pair.i != pair.j) list.push_back(j);
        }
    }

    void fillAtRandom(std::size_t ions, RandomStream& random) {
        std::fill(filled_.begin(), filled_.end(), false);
        std::fill(pairsAt_.begin(), pairsAt_.end(), 0);
        order_.resize(filled_.size());
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        random.shuffle(order_);
        place_.resize(order_.size());
        for (std::size_t i = 0; i < order_.size(); ++i)
            place_[order_[i]] = i;
        ions_ = ions;
        pairs_ = 0;
        for (std::size_t i = 0; i < ions; ++i) {
            pairs_ += pairsAt_[order_[i]];
            set(order_[i], true);
        }
    }

    /// One attempt to move each ion; pairs weigh exp(−pairs/temperature), at temperature 0 none may be made.
    void sweep(double temperature, RandomStream& random) {
        for (std::size_t attempt = 0; attempt < ions_; ++attempt) {
            const std::size_t which = random.below(ions_);
            const std::size_t from = order_[which];
            // Half of the moves go to an excluded neighbour: in a nearly full cell no others pass.
            const auto& near = excluded_[from];
            if (!near.empty() && random.uniform() < 0.5) {
                const std::size_t to = near[random.below(near.size())];
                if (!filled_[to]) move(which, place_[to], temperature, random);
            } else if (order_.size() > ions_) {
                move(which, ions_ + random.below(order_.size() - ions_), temperature, random);
            }
        }
    }

    int pairs() const { return pairs_; }
    const std::vector<bool>& filled() const { return filled_; }

  private:
    void set(std::size_t site, bool filled) {
        filled_[site] = filled;
        for (const std::size_t other : excluded_[site])
            pairsAt_[other] += filled ? 1 : -1;
    }

    void move(std::size_t which, std::size_t vacancy, double temperature, RandomStream& random) {
        const std::size_t from = order_[which], to = order_[vacancy];
        const int before = pairsAt_[from];
        set(from, false);
        const int change = pairsAt_[to] - before;
        const bool accepted =
            change <= 0 || (temperature > 0.0 && random.uniform() < std::exp(-change / temperature));
        set(accepted ? to : from, true);
        if (!accepted) return;
        std::swap(order_[which], order_[vacancy]);
        std::swap(place_[from], place_[to]);
        pairs_ += change;
    }

    std::vector<std::vector<std::size_t>> excluded_;
    std::vector<bool> filled_;
    std::vector<int> pairsAt_;  ///< filled sites that exclude this one
    /// All sites, the filled ones first.
    std::vector<std::size_t> order_;
    std::vector<std::size_t> place_;  ///< where in order_ a site stands
    std::size_t ions_ = 0;
    int pairs_ = 0;
};

}  // namespace

std::vector<bool> placeApart(const crystal::Structure& sites, std::size_t ions, double minimumDistance,
                             RandomStream& random) {
    if (ions == 0) return std::vector<bool>(sites.size(), false);
    LatticeGas gas(sites, minimumDistance);
    int fewest = 0;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        gas.fillAtRandom(ions, random);
        for (int sweep = 0; sweep < coolingSweeps && gas.pairs() > 0; ++sweep)
            gas.sweep(hottest * std::pow(coldest / hottest, double(sweep) / (coolingSweeps - 1)), random);
        if (gas.pairs() == 0) {
            for (int sweep = 0; sweep < shufflingSweeps; ++sweep)
                gas.sweep(0.0, random);
            return gas.filled();
        }
        fewest = attempt == 0 ? gas.pairs() : std::min(fewest, gas.pairs());
    }
    throw InputError(fmt::format(
        "{} mobile ions do not fit on the {} sites of this cell without two of them closer than {:g} Å (the "
        "best filling found has {} such pairs); choose a composition with fewer of them or a larger cell",
        ions, sites.size(), minimumDistance, fewest));
}

}  // namespace ionscape::builder
