// SPDX-License-Identifier: GPL-3.0-or-later
// The elementwise parts of a gated perceptron as single operations, differentiable twice.
#pragma once

namespace at {
class Tensor;
}

namespace ionscape::potential {

/// x · sigmoid(x), elementwise; float32 or float64.
at::Tensor siluActivation(const at::Tensor& x);

/// silu(LN(c) ∘ w₁ + b₁) ∘ sigmoid(LN(g) ∘ w₂ + b₂) for rows (c | g) of `stacked` [e, 2h]; scale = (w₁ | w₂)
/// and shift = (b₁ | b₂) [2h]. Undefined scale and shift leave the normalisation out. At most 1024 columns a
/// half. Gradients of the parameters are there for a plain backward pass and for one through a force, not for
/// higher orders.
at::Tensor gatedActivation(const at::Tensor& stacked, const at::Tensor& scale, const at::Tensor& shift);

}  // namespace ionscape::potential
