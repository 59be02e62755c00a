// SPDX-License-Identifier: GPL-3.0-or-later
// Seeded random streams that give the same numbers on every platform and can be saved and restored.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace ionscape {

/// xoshiro256++ (Blackman & Vigna 2019), seeded through splitmix64.
/// Streams with the same seed and different purposes are independent.
class RandomStream {
  public:
    /// Everything needed to continue a stream exactly.
    struct State {
        std::array<std::uint64_t, 4> words{};
        bool hasSpareNormal = false;
        double spareNormal = 0.0;
    };

    /// \param purpose  names the use ("decoration", "velocities") so that uses do not share numbers
    explicit RandomStream(std::uint64_t seed, std::string_view purpose = {});
    explicit RandomStream(const State& state) : state_(state) {}

    std::uint64_t next();
    /// Uniform in [0, 1).
    double uniform();
    /// Uniform integer in [0, bound); throws InputError for bound 0.
    std::uint64_t below(std::uint64_t bound);
    /// Standard normal deviate (polar Box–Muller).
    double normal();

    /// Fisher–Yates shuffle in place.
    template <class T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    const State& state() const { return state_; }

  private:
    State state_;
};

}  // namespace ionscape
