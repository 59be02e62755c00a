// SPDX-License-Identifier: GPL-3.0-or-later
// Row kernels of the gated activation and their first and second derivatives: plain arithmetic, no tensors.
#pragma once

#include <cstdint>

namespace ionscape::potential::kernels {

/// Sizes and parameters of y = silu(LN(c) ∘ w₁ + b₁) ∘ sigmoid(LN(g) ∘ w₂ + b₂), where the rows of the input
/// hold c and g side by side. `scale` = (w₁, w₂) and `shift` = (b₁, b₂), 2 × width each; without
/// normalisation both are null.
template <class T>
struct GatedShape {
    std::int64_t rows = 0;
    std::int64_t width = 0;
    const T* scale = nullptr;
    const T* shift = nullptr;
};

/// x [rows, 2 width] -> normalised rows xHat, 1/σ of both halves [rows, 2], and affine (scale ∘ xHat +
/// shift).
template <class T>
void normalise(const GatedShape<T>& shape, const T* x, T* xHat, T* inverseDeviation, T* affine);

/// y = affine_c · sigmoid_c · sigmoid_g [rows, width]; `sigmoid` holds σ(affine).
template <class T>
void gate(const GatedShape<T>& shape, const T* affine, const T* sigmoid, T* y);

/// What forward leaves behind for the derivatives.
template <class T>
struct GatedSaved {
    const T* xHat = nullptr;
    const T* inverseDeviation = nullptr;
    const T* affine = nullptr;
    const T* sigmoid = nullptr;
};

/// Gradient of Σ dy · y: dx [rows, 2 width]; adds to dScale and dShift [2 width] unless they are null.
template <class T>
void gatedBackward(const GatedShape<T>& shape, const GatedSaved<T>& saved, const T* dy, T* dx, T* dScale,
                   T* dShift);

/// Gradient of Σ p · dx(dy, x, scale, shift), the derivative along p of Σ dy · y: ddy [rows, width], ddx
/// [rows, 2 width]; adds to dScale and dShift [2 width] unless they are null.
template <class T>
void gatedSecondBackward(const GatedShape<T>& shape, const GatedSaved<T>& saved, const T* dy, const T* p,
                         T* ddy, T* ddx, T* dScale, T* dShift);

/// dx = dy f'(x), f = silu.
template <class T>
void siluBackward(std::int64_t count, const T* x, const T* sigmoid, const T* dy, T* dx);

/// Gradient of Σ p dy f'(x): ddy = p f', ddx = p dy f''.
template <class T>
void siluSecondBackward(std::int64_t count, const T* x, const T* sigmoid, const T* dy, const T* p, T* ddy,
                        T* ddx);

}  // namespace ionscape::potential::kernels
