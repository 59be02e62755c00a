// SPDX-License-Identifier: GPL-3.0-or-later
// Functions of one distance, many at once, as a table of cubics with exact values and slopes at its knots.
#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

namespace ionscape::potential {

/// The weights of a message depend on the length of a bond alone, however deep the network that gives them:
/// it is run once for each knot instead of once for each bond and step. Between knots the error of a cubic
/// with exact slopes is h⁴/384 of the fourth derivative, far below the rounding of float32.
class FilterTable {
  public:
    /// Values and slopes, both [knots, channels], at distances [knots] (Å), all double precision.
    struct Samples {
        at::Tensor values, slopes;
    };
    static constexpr std::int64_t intervals = 2048;

    FilterTable() = default;
    /// \param dtype  of the table and its results
    FilterTable(double cutoff, const std::function<Samples(const at::Tensor&)>& function,
                at::ScalarType dtype);

    /// [n, channels] at distances [n] (double, below the cutoff), differentiable once.
    at::Tensor operator()(const at::Tensor& distances) const;

  private:
    double step_ = 0.0;
    at::Tensor coefficients_;  ///< [intervals, 4, channels], of powers of the position within an interval
};

}  // namespace ionscape::potential
