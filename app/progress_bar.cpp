// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_bar.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace ionscape::cli {

namespace {

constexpr auto redrawInterval = std::chrono::milliseconds(100);
/// A rate measured over less than this is noise.
constexpr double secondsBeforeEstimate = 1.0;
constexpr int barWidth = 24;

std::size_t terminalColumns() {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

/// Cuts UTF-8 text to a number of characters.
std::string shortened(const std::string& text, std::size_t characters) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && count++ == characters) return text.substr(0, i);
    }
    return text;
}

}  // namespace

std::string durationText(double seconds) {
    const auto s = static_cast<long>(seconds + 0.5);
    if (s < 60) return fmt::format("{} s", s);
    if (s < 3600) return fmt::format("{} min {} s", s / 60, s % 60);
    return fmt::format("{} h {} min", s / 3600, s % 3600 / 60);
}

ProgressBar::ProgressBar() : terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
}

std::string ProgressBar::timeLeft(std::int64_t done, std::int64_t total) const {
    const double seconds = std::chrono::duration<double>(Clock::now() - stageBegin_).count();
    if (seconds < secondsBeforeEstimate || done <= firstDone_) return {};
    const double left = seconds * static_cast<double>(total - done) / static_cast<double>(done - firstDone_);
    return durationText(left) + " left";
}

void ProgressBar::report(std::string_view stage, std::int64_t done, std::int64_t total,
                         std::string_view detail) {
    if (!terminal_) return;
    const auto now = Clock::now();
    if (stage != stage_) {
        stage_ = stage;
        stageBegin_ = now;
        firstDone_ = done;
    } else if (now - lastDrawn_ < redrawInterval && done < total) {
        return;
    }
    lastDrawn_ = now;
    std::string line = fmt::format("{:<8}", stage);
    if (total > 0) {
        const double part = std::clamp(static_cast<double>(done) / static_cast<double>(total), 0.0, 1.0);
        const int full = static_cast<int>(part * barWidth);
        line += fmt::format(" [{}{}] {:3.0f} %", std::string(static_cast<std::size_t>(full), '#'),
                            std::string(static_cast<std::size_t>(barWidth - full), '.'), 100.0 * part);
        if (const auto left = timeLeft(done, total); !left.empty()) line += "  " + left;
    }
    if (!detail.empty()) line += fmt::format("  {}", detail);
    std::fputs(("\r" + shortened(line, terminalColumns() - 1) + "\x1b[K").c_str(), stderr);
    drawn_ = true;
}

}  // namespace ionscape::cli
