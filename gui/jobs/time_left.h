// SPDX-License-Identifier: GPL-3.0-or-later
// Estimates the time that work still needs from how fast it went so far.
#pragma once

#include <QElapsedTimer>
#include <cstdint>
#include <optional>
#include <string>

namespace ionscape::gui {

/// Time left from the rate since the present stage began; unknown until the rate has settled.
class TimeLeft {
  public:
    /// Seconds, for `done` of `total` units of `stage`.
    std::optional<double> update(const std::string& stage, std::int64_t done, std::int64_t total) {
        if (stage != stage_ || !clock_.isValid()) {
            stage_ = stage;
            first_ = done;
            clock_.start();
        }
        const double seconds = static_cast<double>(clock_.elapsed()) / 1000.0;
        if (seconds < secondsBeforeEstimate || done <= first_ || total <= 0) return std::nullopt;
        return static_cast<double>(total - done) * seconds / static_cast<double>(done - first_);
    }

  private:
    /// A rate measured over less than this is noise.
    static constexpr double secondsBeforeEstimate = 2.0;
    std::string stage_;
    std::int64_t first_ = 0;
    QElapsedTimer clock_;
};

}  // namespace ionscape::gui
