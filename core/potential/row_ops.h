// SPDX-License-Identifier: GPL-3.0-or-later
// Gathering and adding rows by index, differentiable to any order. LibTorch 1.13's own index_add walks rows
// through its generic iterator, which costs more than the arithmetic of a narrow CHGNet; these are plain
// loops.
#pragma once

namespace at {
class Tensor;
}

namespace ionscape::potential {

/// Rows of `source` [n, c] picked by `index` [e] (int64).
struct IndexedRows {
    const at::Tensor& source;
    const at::Tensor& index;
};

/// out[e, :] = source[index[e], :]. Float32 or float64, two-dimensional.
at::Tensor gather(const at::Tensor& source, const at::Tensor& index);

/// out[e, :] = a[e, :] + b[e, :] + c[e, :] in one pass over memory; same dtype and width.
at::Tensor gatherSum(const IndexedRows& a, const IndexedRows& b, const IndexedRows& c);

/// out[index[e], :] += rows[e, :], with `count` output rows; the adjoint of a gather.
at::Tensor scatterSum(const at::Tensor& rows, const at::Tensor& index, long count);

}  // namespace ionscape::potential
