// SPDX-License-Identifier: GPL-3.0-or-later
// Frames that a continued run wrote twice. Internal to core/trajectory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace ionscape::trajectory {

/// Watches that a trajectory goes forward: a run that was continued from an earlier moment writes some frames
/// again, of which the first are kept.
class FrameOrder {
  public:
    /// False for a frame that is not later than the one accepted last, by its step where it has one, else by
    /// its time.
    bool accept(std::optional<std::int64_t> step, double timeFs);
    /// What was left out; empty when nothing was.
    std::string note() const;

  private:
    bool started_ = false;
    std::optional<std::int64_t> lastStep_;
    double lastTime_ = 0.0;
    long dropped_ = 0;
    std::int64_t firstDroppedStep_ = 0;
};

}  // namespace ionscape::trajectory
