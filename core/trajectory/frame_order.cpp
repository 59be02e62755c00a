// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/frame_order.h"

#include <fmt/format.h>

namespace ionscape::trajectory {

bool FrameOrder::accept(std::optional<std::int64_t> step, double timeFs) {
    const bool later = !started_ || (step && lastStep_ ? *step > *lastStep_ : timeFs > lastTime_);
    if (!later) {
        if (dropped_++ == 0) firstDroppedStep_ = step.value_or(0);
        return false;
    }
    started_ = true;
    lastStep_ = step;
    lastTime_ = timeFs;
    return true;
}

std::string FrameOrder::note() const {
    if (dropped_ == 0) return {};
    return fmt::format(
        "{} frame{} left out (the first at step {}): not later than the frame before, as a continued "
        "run writes some twice",
        dropped_, dropped_ == 1 ? " was" : "s were", firstDroppedStep_);
}

}  // namespace ionscape::trajectory
