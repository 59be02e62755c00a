// SPDX-License-Identifier: GPL-3.0-or-later
// Which frames make up each batch of an epoch, replayed ones included.
#pragma once

#include <cstdint>
#include <vector>

#include "core/training/training_settings.h"

namespace ionscape::training {

/// The order of one epoch; it follows from settings and epoch alone, so that a resumed run sees the same
/// batches. Every new frame appears once; replayed frames are drawn in a shuffled order that goes on from
/// batch to batch and starts again when all have been used.
class BatchOrder {
  public:
    /// \param fresh, replayed  numbers of frames to draw from
    BatchOrder(const TrainingSettings& settings, int epoch, std::size_t fresh, std::size_t replayed);

    std::int64_t batches() const;
    std::vector<std::size_t> freshOf(std::int64_t batch) const;
    std::vector<std::size_t> replayedOf(std::int64_t batch) const;

  private:
    std::vector<std::size_t> fresh_, replayed_;
    std::size_t freshEach_, replayedEach_;
};

}  // namespace ionscape::training
