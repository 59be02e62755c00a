// SPDX-License-Identifier: GPL-3.0-or-later
// The forward pass: convolutions over bonds and angles, and the readout with its gradient.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/potential/engine/engine_state.h"

namespace ionscape::potential::engine {

AtomPass EngineState::atomPass(int layer, bool isShort) {
    const auto l = static_cast<std::size_t>(layer);
    const AtomLayer& atomLayer = weights.atomLayers[l];
    const Dense& block = isShort ? atomLayer.gated.blocks[1] : atomLayer.fromBasis;
    AtomPass pass;
    pass.gated = &atomLayer.gated.shape;
    pass.first = first.data();
    pass.second = second.data();
    pass.bonds = isShort ? bondFeatures[l].data() : basis.data();
    pass.bondWidth = block.inputs;
    pass.bondForward = block.forward.data();
    pass.bondBackward = block.backward.data();
    // Without angles the bonds have not drifted by the output layers' biases.
    pass.bias = isShort || angles == 0 ? atomLayer.gated.bias.data() : atomLayer.fromBasis.bias.data();
    pass.centre = atomInputs[l].centre.data();
    pass.neighbour = atomInputs[l].neighbour.data();
    pass.weights = atomWeights.data();
    return pass;
}

AnglePass EngineState::anglePass(const Gated& gated, const AngleInputs& inputs, int layer) {
    AnglePass pass;
    pass.gated = &gated.shape;
    pass.atom = angleAtom.data();
    pass.a = angleA.data();
    pass.b = angleB.data();
    pass.angles = angleFeatures[static_cast<std::size_t>(layer)].data();
    pass.angleWidth = weights.angle;
    pass.angleForward = gated.blocks[2].forward.data();
    pass.angleBackward = gated.blocks[2].backward.data();
    pass.bias = gated.bias.data();
    pass.fromAtom = inputs.fromAtom.data();
    pass.fromA = inputs.fromA.data();
    pass.fromB = inputs.fromB.data();
    return pass;
}

void EngineState::prepareAngles(const Gated& gated, AngleInputs& inputs, int layer, const FloatBuffer& from,
                                int thread) {
    const Range rows = shortRows(thread);
    apply(gated.blocks[0], from.data(), inputs.fromA.data(), rows, false);
    apply(gated.blocks[1], from.data(), inputs.fromB.data(), rows, false);
    apply(gated.blocks[3], atomFeatures[static_cast<std::size_t>(layer) + 1].data(), inputs.fromAtom.data(),
          atomRows(thread), false);
}

void EngineState::messagesToAtoms(int layer, int thread) {
    float* const slice = sums.slice(thread);
    std::memset(slice, 0, static_cast<std::size_t>(atoms * weights.atom) * sizeof(float));
    for (const bool isShort : {true, false}) {
        AtomPass pass = atomPass(layer, isShort);
        pass.sums = slice;
        const Range rows =
            isShort ? partOf(shortBonds, thread, team.size(), blockRows / 2) : longRows(thread);
        kernels.atomForward(pass, rows.begin, rows.end, workspace(thread));
    }
}

void EngineState::forward() {
    const EngineWeights& w = weights;
    const int layers = w.config.convolutions;
    for (int layer = 0; layer < layers; ++layer) {
        const auto l = static_cast<std::size_t>(layer);
        const AtomLayer& atomLayer = w.atomLayers[l];
        team.run([&](int thread) {
            const Range rows = atomRows(thread);
            const float* features = atomFeatures[l].data();
            apply(atomLayer.gated.blocks[0], features, atomInputs[l].centre.data(), rows, false);
            apply(atomLayer.gated.blocks[2], features, atomInputs[l].neighbour.data(), rows, false);
        });
        team.run([&](int thread) { messagesToAtoms(layer, thread); });
        team.run([&](int thread) {
            const Range rows = atomRows(thread);
            reduce(sums, w.atom, rows);
            std::copy(atomFeatures[l].data() + rows.begin * w.atom,
                      atomFeatures[l].data() + rows.end * w.atom,
                      atomFeatures[l + 1].data() + rows.begin * w.atom);
            apply(atomLayer.out, sums.slice(0), atomFeatures[l + 1].data(), rows, true, true);
        });
        if (layer + 1 == layers || angles == 0) continue;

        const BondLayer& bondLayer = w.bondLayers[l];
        team.run([&](int thread) {
            prepareAngles(bondLayer.gated, bondInputs[l], layer, bondFeatures[l], thread);
        });
        team.run([&](int thread) {
            AnglePass pass = anglePass(bondLayer.gated, bondInputs[l], layer);
            pass.weights = bondWeights.data();
            pass.sums = sums.slice(thread);
            std::memset(pass.sums, 0, static_cast<std::size_t>(shortBonds * w.bond) * sizeof(float));
            const Range rows = angleRows(thread);
            kernels.angleForward(pass, rows.begin, rows.end, workspace(thread));
        });
        team.run([&](int thread) {
            const Range rows = shortRows(thread);
            reduce(sums, w.bond, rows);
            std::copy(bondFeatures[l].data() + rows.begin * w.bond,
                      bondFeatures[l].data() + rows.end * w.bond,
                      bondFeatures[l + 1].data() + rows.begin * w.bond);
            apply(bondLayer.out, sums.slice(0), bondFeatures[l + 1].data(), rows, true, true);
        });
        if (layer + 2 == layers) continue;  // nothing reads the last angle update
        const Gated& update = w.angleUpdates[l];
        team.run(
            [&](int thread) { prepareAngles(update, updateInputs[l], layer, bondFeatures[l + 1], thread); });
        team.run([&](int thread) {
            AnglePass pass = anglePass(update, updateInputs[l], layer);
            pass.updated = angleFeatures[l + 1].data();
            const Range rows = angleRows(thread);
            kernels.angleForward(pass, rows.begin, rows.end, workspace(thread));
        });
    }
}

namespace {

constexpr float normEpsilon = 1e-5f;

/// y = scale ∘ (x − mean) / σ + shift of a row of n; returns 1/σ and leaves the normalised row in xHat.
float layerNorm(int n, const float* x, const float* scale, const float* shift, float* xHat, float* y) {
    float mean = 0.0f, squares = 0.0f;
    for (int k = 0; k < n; ++k)
        mean += x[k];
    mean /= static_cast<float>(n);
    for (int k = 0; k < n; ++k)
        squares += (x[k] - mean) * (x[k] - mean);
    const float inverse = 1.0f / std::sqrt(squares / static_cast<float>(n) + normEpsilon);
    for (int k = 0; k < n; ++k) {
        xHat[k] = (x[k] - mean) * inverse;
        y[k] = scale[k] * xHat[k] + shift[k];
    }
    return inverse;
}

/// Gradient by x from that by y, in place.
void layerNormBackward(int n, const float* xHat, float inverse, const float* scale, float* dy) {
    float mean = 0.0f, along = 0.0f;
    for (int k = 0; k < n; ++k) {
        dy[k] *= scale[k];
        mean += dy[k];
        along += dy[k] * xHat[k];
    }
    mean /= static_cast<float>(n);
    along /= static_cast<float>(n);
    for (int k = 0; k < n; ++k)
        dy[k] = inverse * (dy[k] - mean - xHat[k] * along);
}

}  // namespace

/// Atomic energies of the last features, and their gradient in atomGradient; a few percent of the work.
void EngineState::readout(bool magmoms) {
    const EngineWeights& w = weights;
    const int n = w.config.atomDim;
    const auto last = static_cast<std::size_t>(w.config.convolutions);
    if (magmoms && w.config.magmoms) {
        const float* features = atomFeatures[last - 1].data();
        output.magmoms.resize(static_cast<std::size_t>(atoms));
        for (long i = 0; i < atoms; ++i) {
            float moment = w.siteWiseBias;
            for (int k = 0; k < n; ++k)
                moment += features[i * w.atom + k] * w.siteWise[static_cast<std::size_t>(k)];
            output.magmoms[static_cast<std::size_t>(i)] = std::abs(moment);
        }
    } else {
        output.magmoms.clear();
    }

    // Per atom: normalised row, and the value and slope of each hidden layer.
    long rowSize = 2 * w.atom;
    for (const Dense& layer : w.readout)
        rowSize += 2 * layer.outputs;
    readoutValues.resize(static_cast<std::size_t>(rowSize * team.size()));
    team.run([&](int thread) {
        float* const hat = readoutValues.data() + rowSize * thread;
        float* const input = hat + w.atom;
        const Range rows = atomRows(thread);
        for (long i = rows.begin; i < rows.end; ++i) {
            const float* features = atomFeatures[last].data() + i * w.atom;
            float* gradient = atomGradient.data() + i * w.atom;
            float inverse = 1.0f;
            std::copy_n(features, w.atom, input);
            if (!w.readoutScale.empty())
                inverse = layerNorm(n, features, w.readoutScale.data(), w.readoutShift.data(), hat, input);
            const float* from = input;
            float* value = input + w.atom;
            for (std::size_t l = 0; l < w.readout.size(); ++l) {
                const Dense& layer = w.readout[l];
                apply(layer, from, value, {0, 1});
                if (l + 1 < w.readout.size())
                    kernels.silu(layer.outputs, value, value, value + layer.outputs);
                from = value;
                value += 2 * layer.outputs;
            }
            atomicEnergies[static_cast<std::size_t>(i)] = from[0];

            // Back again: the values are not needed any more and make room for gradients.
            value -= 2 * w.readout.back().outputs;
            std::fill_n(value, w.readout.back().outputs, 0.0f);
            value[0] = 1.0f;
            for (std::size_t l = w.readout.size(); l-- > 0;) {
                float* to = l == 0 ? gradient : value - 2 * w.readout[l - 1].outputs;
                applyBackward(w.readout[l], value, to, {0, 1}, false);
                if (l == 0) break;
                const int width = w.readout[l - 1].outputs;
                for (int k = 0; k < width; ++k)
                    to[k] *= to[width + k];
                value = to;
            }
            if (!w.readoutScale.empty()) layerNormBackward(n, hat, inverse, w.readoutScale.data(), gradient);
        }
    });
}

}  // namespace ionscape::potential::engine
