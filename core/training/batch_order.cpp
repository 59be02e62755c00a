// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/batch_order.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/random.h"

namespace ionscape::training {

namespace {

std::vector<std::size_t> shuffled(std::size_t count, const TrainingSettings& settings, int epoch,
                                  const char* purpose) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    RandomStream random(settings.seed + static_cast<std::uint64_t>(epoch) * 1000003ULL, purpose);
    random.shuffle(order);
    return order;
}

}  // namespace

BatchOrder::BatchOrder(const TrainingSettings& settings, int epoch, std::size_t fresh, std::size_t replayed)
    : fresh_(shuffled(fresh, settings, epoch, "epoch")),
      replayed_(shuffled(replayed, settings, epoch, "replay")) {
    const auto size = static_cast<std::size_t>(settings.batchSize);
    replayedEach_ = 0;
    if (replayed > 0 && settings.replayFraction > 0) {
        const auto wanted =
            static_cast<std::size_t>(std::lround(settings.replayFraction * settings.batchSize));
        replayedEach_ = std::clamp<std::size_t>(wanted, 1, size - 1);
    }
    freshEach_ = size - replayedEach_;
}

std::int64_t BatchOrder::batches() const {
    return static_cast<std::int64_t>((fresh_.size() + freshEach_ - 1) / freshEach_);
}

std::vector<std::size_t> BatchOrder::freshOf(std::int64_t batch) const {
    const std::size_t begin = std::min(static_cast<std::size_t>(batch) * freshEach_, fresh_.size());
    const std::size_t end = std::min(begin + freshEach_, fresh_.size());
    return {fresh_.begin() + static_cast<std::ptrdiff_t>(begin),
            fresh_.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<std::size_t> BatchOrder::replayedOf(std::int64_t batch) const {
    std::vector<std::size_t> members;
    for (std::size_t i = 0; i < replayedEach_; ++i)
        members.push_back(
            replayed_[(static_cast<std::size_t>(batch) * replayedEach_ + i) % replayed_.size()]);
    return members;
}

}  // namespace ionscape::training
