// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/composition_draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

namespace ionscape::workflow {

namespace {

constexpr std::uint64_t largestSpace = 10'000'000;
/// Compositions of a slice that compete.
constexpr std::uint64_t contestants = 64;

/// 0 … count−1 in the order of the van der Corput sequence: every beginning is spread over the range.
std::vector<std::uint64_t> jumpingOrder(std::uint64_t count) {
    std::vector<double> key(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        double part = 0.5;
        for (std::uint64_t n = i; n > 0; n /= 2, part /= 2.0)
            if (n % 2 == 1) key[i] += part;
    }
    // The i-th of the sequence is visited as the i-th; its place in the range is its rank.
    std::vector<std::uint64_t> bySize(count), order(count);
    std::iota(bySize.begin(), bySize.end(), 0);
    std::sort(bySize.begin(), bySize.end(), [&](auto a, auto b) { return key[a] < key[b]; });
    for (std::uint64_t rank = 0; rank < count; ++rank)
        order[bySize[rank]] = rank;
    return order;
}

class Usage {
  public:
    int of(const composition::Composition& c) const {
        int sum = 0;
        for (const auto& [element, count] : c.counts) {
            const auto it = taken_.find(element);
            if (it != taken_.end()) sum += it->second;
        }
        return sum;
    }
    void take(const composition::Composition& c) {
        for (const auto& [element, count] : c.counts)
            ++taken_[element];
    }

  private:
    std::map<crystal::Element, int> taken_;
};

}  // namespace

std::vector<std::uint64_t> drawSpread(
    const std::vector<double>& mobile,
    const std::function<composition::Composition(std::uint64_t index)>& composition, std::uint64_t count,
    std::uint64_t seed) {
    const std::uint64_t size = mobile.size();
    std::vector<std::uint64_t> sorted(size);
    std::iota(sorted.begin(), sorted.end(), 0);
    if (count == 0 || count >= size) return sorted;
    std::stable_sort(sorted.begin(), sorted.end(), [&](auto a, auto b) { return mobile[a] < mobile[b]; });

    RandomStream random(seed, "composition draw");
    Usage usage;
    std::vector<std::uint64_t> drawn;
    for (const auto slice : jumpingOrder(count)) {
        const std::uint64_t begin = slice * size / count, end = (slice + 1) * size / count;
        std::uint64_t best = 0;
        int least = -1;
        for (std::uint64_t k = 0; k < std::min(contestants, end - begin); ++k) {
            const auto candidate = sorted[begin + random.below(end - begin)];
            const int used = usage.of(composition(candidate));
            if (least >= 0 && used >= least) continue;
            least = used;
            best = candidate;
        }
        usage.take(composition(best));
        drawn.push_back(best);
    }
    return drawn;
}

std::vector<std::uint64_t> drawCompositions(const composition::Space& space, std::uint64_t count,
                                            std::uint64_t seed) {
    const std::uint64_t size = space.size();
    if (size > largestSpace) {
        throw InputError(fmt::format("the space of the group has {} compositions; narrow it to {} or less",
                                     size, largestSpace));
    }
    std::vector<double> mobile;
    mobile.reserve(size);
    for (composition::Space::Cursor at(space); !at.atEnd(); at.next())
        mobile.push_back(composition::mobileContent(space.host(), space.composition(at.row())));
    return drawSpread(
        mobile, [&](std::uint64_t index) { return space.composition(index); }, count, seed);
}

}  // namespace ionscape::workflow
