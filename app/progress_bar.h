// SPDX-License-Identifier: GPL-3.0-or-later
// One line on a terminal that says what is going on, how far it is, and how long it will take.
#pragma once

#include <chrono>
#include <string>

#include "core/base/progress.h"

namespace ionscape::cli {

/// Draws on stderr, at most ten times a second; silent when stderr is not a terminal.
class ProgressBar final : public ProgressSink {
  public:
    ProgressBar();
    /// Clears the line.
    ~ProgressBar() override;
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void report(std::string_view stage, std::int64_t done, std::int64_t total,
                std::string_view detail) override;

  private:
    using Clock = std::chrono::steady_clock;
    std::string timeLeft(std::int64_t done, std::int64_t total) const;

    bool terminal_;
    bool drawn_ = false;
    std::string stage_;
    std::int64_t firstDone_ = 0;  ///< a resumed stage does not begin at zero
    Clock::time_point stageBegin_{};
    Clock::time_point lastDrawn_{};
};

/// "42 s", "3 min 12 s", "2 h 5 min".
std::string durationText(double seconds);

}  // namespace ionscape::cli
