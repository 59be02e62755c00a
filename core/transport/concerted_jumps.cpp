// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/concerted_jumps.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/transport/jump_rates.h"

namespace ionscape::transport {

namespace {

/// Middle of a jump's way, fractional in the cell of its start.
Vec3 middle(const JumpRecord& record, int from, int to, const IntVec3& translation) {
    return 0.5 * (record.sites[static_cast<std::size_t>(from)].centre.v +
                  record.sites[static_cast<std::size_t>(to)].centre.v + translation.cast<double>());
}

bool near(const JumpRecord& record, const Vec3& a, const Vec3& b, double distance) {
    return record.lattice.minimumImage(record.lattice.toCartesian({a - b})).squaredNorm() <=
           distance * distance;
}

/// Jumps joined to groups.
class Groups {
  public:
    explicit Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
    std::size_t find(std::size_t i) {
        while (parent_[i] != i)
            i = parent_[i] = parent_[parent_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) { parent_[find(a)] = find(b); }
    /// Entry n − 1: the number of groups of n.
    std::vector<std::int64_t> sizes() {
        std::map<std::size_t, std::size_t> members;
        for (std::size_t i = 0; i < parent_.size(); ++i)
            ++members[find(i)];
        std::vector<std::int64_t> counts;
        for (const auto& [root, n] : members) {
            if (counts.size() < n) counts.resize(n, 0);
            ++counts[n - 1];
        }
        return counts;
    }

  private:
    std::vector<std::size_t> parent_;
};

/// Share of pairs of frames that are at most `window` frames apart.
double shareWithin(std::int64_t window, std::int64_t frames) {
    const double f = static_cast<double>(frames), w = static_cast<double>(std::min(window, frames - 1));
    return (f * (2.0 * w + 1.0) - w * (w + 1.0)) / (f * f);
}

double chanceOfPartners(const JumpRecord& record, double distance, std::int64_t windowFrames) {
    const auto hops = hopRates(record);
    const double ions = static_cast<double>(record.ions());
    const double share = shareWithin(windowFrames, record.frames) * (ions - 1.0) / ions;
    double sum = 0.0, jumps = 0.0;
    for (const HopRate& hop : hops) {
        const Vec3 here = middle(record, hop.from, hop.to, hop.translation);
        double partners = 0.0;
        for (const HopRate& other : hops) {
            if (near(record, here, middle(record, other.from, other.to, other.translation), distance))
                partners += static_cast<double>(other.count) * share;
        }
        sum += static_cast<double>(hop.count) * (1.0 - std::exp(-partners));
        jumps += static_cast<double>(hop.count);
    }
    return jumps > 0.0 ? sum / jumps : 0.0;
}

}  // namespace

ConcertedJumps concertedJumps(const JumpRecord& record, const ConcertSettings& settings) {
    if (!(settings.windowPs >= 0.0 && settings.distance >= 0.0)) {
        throw InputError(
            fmt::format("jumps in concert need a window and a distance that are not negative; "
                        "given are {} ps, {} Å",
                        settings.windowPs, settings.distance));
    }
    ConcertedJumps result;
    const auto& jumps = record.jumps;
    result.concerted.assign(jumps.size(), false);
    if (jumps.empty()) return result;
    // Half a frame of slack against rounding in the division.
    const auto window =
        static_cast<std::int64_t>(std::min(1000.0 * settings.windowPs / record.frameIntervalFs + 1e-6, 1e15));
    Groups groups(jumps.size());
    std::size_t oldest = 0;
    for (std::size_t i = 0; i < jumps.size(); ++i) {
        while (jumps[i].arrival - jumps[oldest].arrival > window)
            ++oldest;
        const Vec3 here = middle(record, jumps[i].from, jumps[i].to, jumps[i].translation);
        for (std::size_t j = oldest; j < i; ++j) {
            if (jumps[j].ion == jumps[i].ion) continue;
            if (!near(record, here, middle(record, jumps[j].from, jumps[j].to, jumps[j].translation),
                      settings.distance)) {
                continue;
            }
            result.concerted[i] = result.concerted[j] = true;
            groups.join(i, j);
        }
    }
    const auto together = std::count(result.concerted.begin(), result.concerted.end(), true);
    result.fraction = static_cast<double>(together) / static_cast<double>(jumps.size());
    result.chance = chanceOfPartners(record, settings.distance, window);
    result.groupSizes = groups.sizes();
    return result;
}

}  // namespace ionscape::transport
