// SPDX-License-Identifier: GPL-3.0-or-later
// Periodic convolution of two grids by fast Fourier transforms. Internal to core/transport.
#pragma once

#include "core/transport/periodic_grid.h"

namespace ionscape::transport {

/// Replaces the values g of `grid` by Σ_q g(p − q) h(q) over all points q, with h the values of `kernel`,
/// which has the same shape.
void convolve(PeriodicGrid& grid, const PeriodicGrid& kernel);

}  // namespace ionscape::transport
