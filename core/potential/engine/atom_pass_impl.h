// SPDX-License-Identifier: GPL-3.0-or-later
// Message passing along bonds, block by block, forward and backward. The backward pass computes the forward
// values of a block again: that is cheaper than writing them to memory and reading them back.
#pragma once

#include "core/potential/engine/gate_impl.h"
#include "core/potential/engine/row_impl.h"

namespace {

using ionscape::potential::engine::AtomPass;

constexpr int blockBonds = blockRows / 2;

/// Rows 0..n-1 of a block run along the bonds, rows n..2n-1 against them.
IONSCAPE_INLINE void atomFirstLayer(const AtomPass& pass, long begin, int n, Block& block) {
    const int width = pass.gated->firstWidth();
    gemm(n, width, pass.bondWidth, row(pass.bonds, begin, pass.bondWidth), pass.bondWidth, pass.bondForward,
         block.part, width, pass.bias, false);
    for (int r = 0; r < n; ++r) {
        const long i = pass.first[begin + r], j = pass.second[begin + r];
        const float* part = row(block.part, r, width);
        sumRows(width, part, row(pass.centre, i, width), row(pass.neighbour, j, width),
                row(block.value[0], r, width));
        sumRows(width, part, row(pass.centre, j, width), row(pass.neighbour, i, width),
                row(block.value[0], n + r, width));
    }
}

void atomForward(const AtomPass& pass, long begin, long end, float* workspace) {
    const GatedShape& gated = *pass.gated;
    Block block(gated, workspace);
    const int out = gated.lastWidth();
    for (; begin < end; begin += blockBonds) {
        const int n = blockSize(blockBonds, begin, end);
        atomFirstLayer(pass, begin, n, block);
        denseForward(gated, 2 * n, block, false);
        gate(gated, 2 * n, block.value[gated.layers], block.y);
        for (int r = 0; r < n; ++r) {
            const float* w = row(pass.weights, begin + r, out);
            addProduct(out, row(block.y, r, out), w, row(pass.sums, pass.first[begin + r], out));
            addProduct(out, row(block.y, n + r, out), w, row(pass.sums, pass.second[begin + r], out));
        }
    }
}

void atomBackward(const AtomPass& pass, long begin, long end, float* workspace) {
    const GatedShape& gated = *pass.gated;
    Block block(gated, workspace);
    const int out = gated.lastWidth(), width = gated.firstWidth();
    for (; begin < end; begin += blockBonds) {
        const int n = blockSize(blockBonds, begin, end);
        atomFirstLayer(pass, begin, n, block);
        denseForward(gated, 2 * n, block, true);
        for (int r = 0; r < n; ++r) {
            const float* w = row(pass.weights, begin + r, out);
            product(out, row(pass.sums, pass.first[begin + r], out), w, row(block.dy, r, out));
            product(out, row(pass.sums, pass.second[begin + r], out), w, row(block.dy, n + r, out));
        }
        gateBackward(gated, 2 * n, block.value[gated.layers], block.dy, block.y, block.slope[gated.layers]);
        for (int r = 0; r < n; ++r) {
            float* dw = row(pass.weightGradient, begin + r, out);
            addProduct(out, row(block.y, r, out), row(pass.sums, pass.first[begin + r], out), dw);
            addProduct(out, row(block.y, n + r, out), row(pass.sums, pass.second[begin + r], out), dw);
        }
        denseBackward(gated, 2 * n, block);
        for (int r = 0; r < n; ++r) {
            const float* along = row(block.value[0], r, width);
            const float* against = row(block.value[0], n + r, width);
            const long i = pass.first[begin + r], j = pass.second[begin + r];
            if (pass.centreGradient) {
                addRow(width, along, row(pass.centreGradient, i, width));
                addRow(width, against, row(pass.centreGradient, j, width));
                addRow(width, along, row(pass.neighbourGradient, j, width));
                addRow(width, against, row(pass.neighbourGradient, i, width));
            }
            float* part = row(block.part, r, width);
            for (int k = 0; k < width; k += lanes)
                store(part + k, load(along + k) + load(against + k));
        }
        gemm(n, pass.bondWidth, width, block.part, width, pass.bondBackward,
             row(pass.bondGradient, begin, pass.bondWidth), pass.bondWidth, nullptr, true);
    }
}

}  // namespace
