// SPDX-License-Identifier: GPL-3.0-or-later
// The inner loops of the CHGNet engine as a table of functions, one table for each instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ionscape::potential::engine {

/// Row lengths are padded to this many floats; padding holds zeros.
constexpr int padding = 16;
constexpr int padded(int n) {
    return (n + padding - 1) / padding * padding;
}

constexpr int maxLayers = 4;
/// Rows that are worked on together; a block's buffers stay in the second-level cache.
constexpr int blockRows = 48;

/// A gated perceptron after its first layer: y = silu(LN(c)) ∘ sigmoid(LN(g)). Core c and gate g lie side by
/// side in rows of 2 × width. The mean that a layer norm subtracts is already taken out of the weights.
struct GatedShape {
    int layers = 0;                            ///< dense layers after the first
    int width[maxLayers + 1] = {};             ///< padded width of one half after each layer
    const float* forward[maxLayers][2] = {};   ///< [width[l], width[l + 1]] of core and gate
    const float* backward[maxLayers][2] = {};  ///< their transposes
    const float* bias[maxLayers] = {};         ///< [2 width[l + 1]]
    bool norm = false;
    int outputs = 0;  ///< without padding
    const float* scale = nullptr;
    const float* shift = nullptr;

    int firstWidth() const { return 2 * width[0]; }
    int lastWidth() const { return width[layers]; }
};

/// Messages along bonds [begin, end) of one atom convolution, both directions of each.
struct AtomPass {
    const GatedShape* gated = nullptr;
    const std::int32_t* first = nullptr;
    const std::int32_t* second = nullptr;
    /// Input rows of the bonds, and their block of the first layer with its bias.
    const float* bonds = nullptr;
    int bondWidth = 0;
    const float* bondForward = nullptr;   ///< [bondWidth, first width]
    const float* bondBackward = nullptr;  ///< [first width, bondWidth]
    const float* bias = nullptr;
    /// The centre's and the neighbour's blocks of the first layer [atoms, first width].
    const float* centre = nullptr;
    const float* neighbour = nullptr;
    /// Weights of the messages [bonds, last width].
    const float* weights = nullptr;
    /// Forward: sums over each centre's messages. Backward: gradient with respect to them.
    float* sums = nullptr;
    /// Backward only: gradients, all added to; centre and neighbour may be null.
    float* bondGradient = nullptr;
    float* weightGradient = nullptr;
    float* centreGradient = nullptr;
    float* neighbourGradient = nullptr;
};

/// Messages of angles [begin, end): to the bond `a` (a bond convolution), or to the angle itself.
struct AnglePass {
    const GatedShape* gated = nullptr;
    const std::int32_t* atom = nullptr;
    const std::int32_t* a = nullptr;
    const std::int32_t* b = nullptr;
    const float* angles = nullptr;
    int angleWidth = 0;
    const float* angleForward = nullptr;
    const float* angleBackward = nullptr;
    const float* bias = nullptr;
    const float* fromAtom = nullptr;
    const float* fromA = nullptr;
    const float* fromB = nullptr;
    /// Weights of bonds [short bonds, last width]; null: the message goes to the angle.
    const float* weights = nullptr;
    /// Bond convolution: sums over each bond's messages (backward: gradient with respect to them).
    float* sums = nullptr;
    /// Angle update: angles + messages.
    float* updated = nullptr;
    /// Backward: gradients, added to. `angleGradient` holds that of the updated angles on entry of an update.
    float* angleGradient = nullptr;
    float* weightGradient = nullptr;
    float* atomGradient = nullptr;
    float* aGradient = nullptr;
    float* bGradient = nullptr;
};

/// Radial basis functions of distances d (Å) and their derivatives with respect to d.
struct RadialPass {
    const double* distance = nullptr;
    double cutoff = 0.0;
    /// Envelope and its derivative with respect to d.
    const double* envelope = nullptr;
    const double* envelopeSlope = nullptr;
    int functions = 0;
    const float* frequencies = nullptr;  ///< padded with zeros
    /// Round arguments to float32 as the Python package does.
    bool likeReference = false;
    float* basis = nullptr;       ///< [rows, padded(functions)]
    float* derivative = nullptr;  ///< likewise
};

/// Fourier basis of angles (radian) and its derivative with respect to the angle.
struct AngularPass {
    const double* angle = nullptr;
    int frequencyCount = 0;
    const float* frequencies = nullptr;
    /// [rows, padded(2 × frequencyCount + 1)]: constant, sines, cosines.
    float* basis = nullptr;
    float* derivative = nullptr;
};

struct Kernels {
    const char* name;
    /// c [m, n] = a [m, k] b [k, n] + bias, or c + that; n a multiple of 16, bias may be null.
    void (*gemm)(int m, int n, int k, const float* a, long lda, const float* b, float* c, long ldc,
                 const float* bias, bool accumulate);
    /// y = silu(x), slope = its derivative (may be null); count a multiple of 16.
    void (*silu)(long count, const float* x, float* y, float* slope);
    /// sum += row for `rows` × `width` floats.
    void (*add)(long count, const float* from, float* to);
    void (*atomForward)(const AtomPass& pass, long begin, long end, float* workspace);
    void (*atomBackward)(const AtomPass& pass, long begin, long end, float* workspace);
    void (*angleForward)(const AnglePass& pass, long begin, long end, float* workspace);
    void (*angleBackward)(const AnglePass& pass, long begin, long end, float* workspace);
    void (*radialBasis)(const RadialPass& pass, long begin, long end);
    void (*angularBasis)(const AngularPass& pass, long begin, long end);
};

/// Floats of scratch that the passes need for a gated perceptron.
std::size_t workspaceSize(const GatedShape& shape);

/// Tables that this processor can run, best first; never empty.
const Kernels* const* availableKernels(int& count);

extern const Kernels kernelsGeneric;
#if defined(__x86_64__)
extern const Kernels kernelsAvx2;
extern const Kernels kernelsAvx512;
#endif

}  // namespace ionscape::potential::engine
