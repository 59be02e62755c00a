// SPDX-License-Identifier: GPL-3.0-or-later
// The operations of TensorNet that would need giant temporaries as generic tensor operations, with their
// gradients (first order only: this is for inference).
#pragma once

#include <cstdint>

#include "core/potential/bond_graph.h"

namespace at {
class Tensor;
}

namespace ionscape::potential::tensornet {

/// A 3 × 3 matrix per atom and channel is held as 9 coefficients of an orthonormal basis: 1 multiple of the
/// unit matrix (scalar), 3 antisymmetric ones (vector), 5 symmetric traceless ones (tensor). Rotations mix
/// within these three kinds only, and the squared Frobenius norm is the sum of squares. Features are [9,
/// atoms, channels], so that each kind is one contiguous block.
inline constexpr int components = 9;
inline constexpr int kinds = 3;
/// Kind of a component.
inline constexpr int kindOf[components] = {0, 1, 1, 1, 2, 2, 2, 2, 2};

/// [9, 9], orthogonal: row-major entries of a matrix = basis · coefficients.
at::Tensor basisMatrix();

/// Coefficients of 1, of the cross-product matrix of u, and of u uᵀ − 1/3: [bonds, 9] from unit vectors
/// [bonds, 3].
at::Tensor bondTensors(const at::Tensor& unit);

/// First features of the atoms, [9, N, C]. At atom n: sum over its bonds b to atoms m of
/// filters[b, kind] ∘ (fromOther[m] + fromSelf[n]) × tensors[b], where the bond points towards n.
/// \param filters  [bonds, 3 C]   \param tensors  [bonds, 9]   \param fromOther, fromSelf  [N, C], constants
at::Tensor embedBonds(const at::Tensor& filters, const at::Tensor& tensors, const at::Tensor& fromOther,
                      const at::Tensor& fromSelf, const BondGraph& graph);

/// Messages, [9, N, C]: at atom n the sum over its bonds b to atoms m of filters[b, kind] ∘ features[m].
at::Tensor sumMessages(const at::Tensor& filters, const at::Tensor& features, const BondGraph& graph);

/// Products of 3 × 3 matrices given by entries, not coefficients: both and the result are [9, anything].
at::Tensor multiplyMatrices(const at::Tensor& a, const at::Tensor& b);

}  // namespace ionscape::potential::tensornet
