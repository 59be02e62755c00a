// SPDX-License-Identifier: GPL-3.0-or-later
// Sums of squared displacements of coordinate series over all time origins, by FFT. Internal to
// core/transport.
#pragma once

#include <memory>
#include <span>
#include <vector>

namespace ionscape::transport {

/// Collects series x(t) of one length; Σ_t (x(t+m) − x(t))² for all m comes from one transform of each series
/// and a single one back, because the power spectra may be added first.
class SquaredDisplacements {
  public:
    explicit SquaredDisplacements(std::size_t frames);
    ~SquaredDisplacements();
    SquaredDisplacements(const SquaredDisplacements&) = delete;
    SquaredDisplacements& operator=(const SquaredDisplacements&) = delete;

    /// \param series  one number a frame
    void add(std::span<const double> series);
    /// Entry m: the sum over all series and origins, divided by the number of origins.
    std::vector<double> meansOverOrigins(std::size_t lags) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::transport
