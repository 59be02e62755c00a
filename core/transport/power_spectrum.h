// SPDX-License-Identifier: GPL-3.0-or-later
// Power spectrum of a series, averaged over overlapping segments (Welch). Internal to core/transport.
#pragma once

#include <memory>
#include <span>
#include <vector>

namespace ionscape::transport {

class PowerSpectrum {
  public:
    /// \param segment  length of the segments, at most that of the series
    explicit PowerSpectrum(std::size_t segment);
    ~PowerSpectrum();
    PowerSpectrum(const PowerSpectrum&) = delete;
    PowerSpectrum& operator=(const PowerSpectrum&) = delete;

    /// Entry k: power at k/segment cycles a sample, k = 0..segment/2; Hann window, half overlapping segments.
    std::vector<double> of(std::span<const double> series);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::transport
