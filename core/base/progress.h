// SPDX-License-Identifier: GPL-3.0-or-later
// How long synchronous work reports where it is and learns that it should stop.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string_view>

#include "core/base/error.h"

namespace ionscape {

/// Receives progress on the thread that does the work; implementations must be cheap and must not throw.
class ProgressSink {
  public:
    virtual ~ProgressSink() = default;
    /// \param stage  short name of what is going on ("relax", "md", "train")
    /// \param done, total  finished and expected units of work; total 0 means unknown
    /// \param detail  one short line for the user, e.g. "max force 0.12 eV/Å"; may be empty
    virtual void report(std::string_view stage, std::int64_t done, std::int64_t total,
                        std::string_view detail) = 0;
};

/// A sink that drops everything.
class NoProgress final : public ProgressSink {
  public:
    void report(std::string_view, std::int64_t, std::int64_t, std::string_view) override {}
};

/// Throws Cancelled when the token asks to stop.
inline void throwIfStopped(const std::stop_token& stop) {
    if (stop.stop_requested()) throw Cancelled();
}

}  // namespace ionscape
