// SPDX-License-Identifier: GPL-3.0-or-later
// Radial and angular basis functions with their derivatives; compiled once for each instruction set.
#pragma once

#include <cmath>

#include "core/potential/engine/kernels.h"
#include "core/potential/engine/vector_math.h"

namespace {

using ionscape::potential::engine::AngularPass;
using ionscape::potential::engine::padded;
using ionscape::potential::engine::RadialPass;

void radialBasis(const RadialPass& pass, long begin, long end) {
    const int width = padded(pass.functions);
    for (long i = begin; i < end; ++i) {
        const double d = pass.distance[i];
        const double cut = pass.envelope[i], cutSlope = pass.envelopeSlope[i];
        const double amplitude = std::sqrt(2.0 / pass.cutoff) / d;
        const auto value = static_cast<float>(cut * amplitude);
        const auto bySine = static_cast<float>((cutSlope - cut / d) * amplitude);
        const auto byCosine = static_cast<float>(cut * amplitude / pass.cutoff);
        const double scaled = d / pass.cutoff;
        for (int k = 0; k < width; k += lanes) {
            const F frequency = load(pass.frequencies + k);
            D argument = __builtin_convertvector(frequency, D) * scaled;
            if (pass.likeReference) {
                const F rounded = frequency * (static_cast<float>(d) * static_cast<float>(1.0 / pass.cutoff));
                argument = __builtin_convertvector(rounded, D);
            }
            F s, c;
            sineCosine(argument, s, c);
            F basis = s * value;
            F derivative = s * bySine + c * frequency * byCosine;
            const F zero{};
            // Padding has frequency zero.
            basis = frequency == 0.0f ? zero : basis;
            derivative = frequency == 0.0f ? zero : derivative;
            store(pass.basis + i * width + k, basis);
            store(pass.derivative + i * width + k, derivative);
        }
    }
}

void angularBasis(const AngularPass& pass, long begin, long end) {
    const int n = pass.frequencyCount;
    const int width = padded(2 * n + 1);
    const int inner = padded(n);
    const auto scale = static_cast<float>(1.0 / std::sqrt(M_PI));
    float s[1024], c[1024];
    for (long i = begin; i < end; ++i) {
        float* basis = pass.basis + i * width;
        float* derivative = pass.derivative + i * width;
        for (int k = 0; k < inner; k += lanes) {
            F sine, cosine;
            // In float32 first, as the Python package multiplies; the difference is far below its rounding.
            sineCosine(__builtin_convertvector(load(pass.frequencies + k), D) * pass.angle[i], sine, cosine);
            store(s + k, sine);
            store(c + k, cosine);
        }
        basis[0] = static_cast<float>(1.0 / std::sqrt(2.0)) * scale;
        derivative[0] = 0.0f;
        for (int k = 0; k < n; ++k) {
            basis[1 + k] = s[k] * scale;
            basis[1 + n + k] = c[k] * scale;
            derivative[1 + k] = c[k] * pass.frequencies[k] * scale;
            derivative[1 + n + k] = -s[k] * pass.frequencies[k] * scale;
        }
        for (int k = 2 * n + 1; k < width; ++k)
            basis[k] = derivative[k] = 0.0f;
    }
}

}  // namespace
