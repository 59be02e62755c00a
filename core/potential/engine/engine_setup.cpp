// SPDX-License-Identifier: GPL-3.0-or-later
// Loading a graph into the engine: order of bonds, sizes of buffers, lengths and angles, basis functions.
#include <algorithm>
#include <cmath>

#include "core/potential/engine/engine_state.h"
#include "core/potential/engine/envelope.h"

namespace ionscape::potential::engine {

EngineState::EngineState(const ChgnetModelData& data, int threads, const Kernels& table)
    : weights(packWeights(data)), kernels(table), team(threads) {
    std::size_t largest = 0;
    for (const auto& layer : weights.atomLayers)
        largest = std::max(largest, workspaceSize(layer.gated.shape));
    for (const auto& layer : weights.bondLayers)
        largest = std::max(largest, workspaceSize(layer.gated.shape));
    for (const auto& update : weights.angleUpdates)
        largest = std::max(largest, workspaceSize(update.shape));
    scratchSize = static_cast<long>(largest);
    scratch.resize(largest * static_cast<std::size_t>(team.size()));
}

std::size_t EngineState::bytes() const {
    std::size_t floats = 0;
    for (const FloatBuffer* buffer : {&basis,
                                      &basisSlope,
                                      &basisGradient,
                                      &shortBasis,
                                      &shortBasisSlope,
                                      &shortBasisGradient,
                                      &angleBasis,
                                      &angleBasisSlope,
                                      &angleBasisGradient,
                                      &atomWeights,
                                      &atomWeightGradient,
                                      &bondWeights,
                                      &atomGradient,
                                      &bondGradient,
                                      &angleGradient,
                                      &sumGradient,
                                      &scratch,
                                      &readoutValues,
                                      &sums.data,
                                      &centreGradient.data,
                                      &neighbourGradient.data,
                                      &aGradient.data,
                                      &bGradient.data,
                                      &atomPartGradient.data,
                                      &bondWeightGradient.data})
        floats += buffer->capacity();
    for (const auto* features : {&atomFeatures, &bondFeatures, &angleFeatures}) {
        for (const FloatBuffer& buffer : *features)
            floats += buffer.capacity();
    }
    for (const auto& inputs : atomInputs)
        floats += inputs.centre.capacity() + inputs.neighbour.capacity();
    for (const auto* inputs : {&bondInputs, &updateInputs}) {
        for (const AngleInputs& input : *inputs)
            floats += input.fromAtom.capacity() + input.fromA.capacity() + input.fromB.capacity();
    }
    std::size_t numbers = 0;
    for (const auto* values : {&length, &cut, &cutSlope, &shortCut, &shortCutSlope, &angleValue, &angleCosine,
                               &atomicEnergies, &bondForces, &angleForces})
        numbers += values->capacity();
    std::size_t indices = 0;
    for (const auto* values : {&order, &position, &first, &second, &angleAtom, &angleA, &angleB, &element})
        indices += values->capacity();
    return floats * sizeof(float) + numbers * sizeof(double) + indices * sizeof(std::int32_t);
}

Range EngineState::longRows(int thread) const {
    const Range range = partOf(bonds - shortBonds, thread, team.size(), blockRows / 2);
    return {range.begin + shortBonds, range.end + shortBonds};
}

void EngineState::apply(const Dense& dense, const float* x, float* y, Range rows, bool withBias,
                        bool accumulate) const {
    kernels.gemm(static_cast<int>(rows.end - rows.begin), dense.outputs, dense.inputs,
                 x + rows.begin * dense.inputs, dense.inputs, dense.forward.data(),
                 y + rows.begin * dense.outputs, dense.outputs, withBias ? dense.bias.data() : nullptr,
                 accumulate);
}

void EngineState::applyBackward(const Dense& dense, const float* dy, float* dx, Range rows,
                                bool accumulate) const {
    kernels.gemm(static_cast<int>(rows.end - rows.begin), dense.inputs, dense.outputs,
                 dy + rows.begin * dense.outputs, dense.outputs, dense.backward.data(),
                 dx + rows.begin * dense.inputs, dense.inputs, nullptr, accumulate);
}

void EngineState::reduce(Scatter& scatter, int width, Range rows) const {
    for (int other = 1; other < team.size(); ++other) {
        kernels.add((rows.end - rows.begin) * width, scatter.slice(other) + rows.begin * width,
                    scatter.slice(0) + rows.begin * width);
    }
}

namespace {

/// Largest width of the first layers of angle perceptrons.
int widestAngleInput(const EngineWeights& weights) {
    int width = 0;
    for (const auto& layer : weights.bondLayers)
        width = std::max(width, layer.gated.shape.firstWidth());
    for (const auto& update : weights.angleUpdates)
        width = std::max(width, update.shape.firstWidth());
    return width;
}

void resize(FloatBuffer& buffer, long rows, int width) {
    buffer.resize(static_cast<std::size_t>(rows * width));
}

void copyIndices(const std::vector<std::int64_t>& from, std::vector<std::int32_t>& to) {
    to.resize(from.size());
    std::transform(from.begin(), from.end(), to.begin(),
                   [](std::int64_t index) { return static_cast<std::int32_t>(index); });
}

}  // namespace

void EngineState::load(const ChgnetGraph& graph) {
    atoms = graph.atoms();
    bonds = graph.bonds();
    angles = graph.angles();
    structures = graph.structures;
    // Without angles nothing distinguishes short bonds.
    shortBonds = angles > 0 ? static_cast<long>(graph.shortBonds.size()) : 0;

    order.clear();
    position.assign(static_cast<std::size_t>(bonds), -1);
    if (shortBonds > 0) {
        for (const auto bond : graph.shortBonds) {
            position[static_cast<std::size_t>(bond)] = static_cast<std::int32_t>(order.size());
            order.push_back(static_cast<std::int32_t>(bond));
        }
    }
    for (long bond = 0; bond < bonds; ++bond) {
        if (position[static_cast<std::size_t>(bond)] < 0) order.push_back(static_cast<std::int32_t>(bond));
    }
    first.resize(order.size());
    second.resize(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
        first[k] = static_cast<std::int32_t>(graph.first[static_cast<std::size_t>(order[k])]);
        second[k] = static_cast<std::int32_t>(graph.second[static_cast<std::size_t>(order[k])]);
    }
    copyIndices(graph.angleAtom, angleAtom);
    copyIndices(graph.angleBondA, angleA);
    copyIndices(graph.angleBondB, angleB);
    copyIndices(graph.atomicNumbers, element);

    const EngineWeights& w = weights;
    const auto layers = static_cast<std::size_t>(w.config.convolutions);
    const int threads = team.size();
    for (FloatBuffer* buffer : {&basis, &basisSlope, &basisGradient})
        resize(*buffer, bonds, w.radial);
    for (FloatBuffer* buffer : {&shortBasis, &shortBasisSlope, &shortBasisGradient})
        resize(*buffer, shortBonds, w.radial);
    for (FloatBuffer* buffer : {&angleBasis, &angleBasisSlope, &angleBasisGradient})
        resize(*buffer, angles, w.angular);
    resize(atomWeights, bonds, w.atom);
    resize(atomWeightGradient, bonds, w.atom);
    resize(bondWeights, shortBonds, w.bond);
    resize(angleGradient, angles, w.angle);
    resize(bondGradient, shortBonds, w.bond);
    resize(atomGradient, atoms, w.atom);
    resize(sumGradient, std::max(atoms, shortBonds), std::max(w.atom, w.bond));
    atomFeatures.resize(layers + 1);
    for (auto& features : atomFeatures)
        resize(features, atoms, w.atom);
    bondFeatures.resize(layers);
    for (auto& features : bondFeatures)
        resize(features, shortBonds, w.bond);
    angleFeatures.resize(layers);
    for (auto& features : angleFeatures)
        resize(features, angles, w.angle);
    atomInputs.resize(layers);
    int widest = 0;
    for (std::size_t l = 0; l < layers; ++l) {
        const int width = w.atomLayers[l].gated.shape.firstWidth();
        widest = std::max(widest, width);
        resize(atomInputs[l].centre, atoms, width);
        resize(atomInputs[l].neighbour, atoms, width);
    }
    bondInputs.resize(layers);
    updateInputs.resize(layers);
    for (std::size_t l = 0; l + 1 < layers; ++l) {
        for (auto [inputs, width] : {std::pair{&bondInputs[l], w.bondLayers[l].gated.shape.firstWidth()},
                                     {&updateInputs[l], w.angleUpdates[l].shape.firstWidth()}}) {
            resize(inputs->fromAtom, atoms, width);
            resize(inputs->fromA, shortBonds, width);
            resize(inputs->fromB, shortBonds, width);
        }
    }
    const int angleWidth = widestAngleInput(w);
    sums.resize(std::max(atoms, shortBonds), std::max(w.atom, w.bond), threads);
    centreGradient.resize(atoms, widest, threads);
    neighbourGradient.resize(atoms, widest, threads);
    aGradient.resize(shortBonds, angleWidth, threads);
    bGradient.resize(shortBonds, angleWidth, threads);
    atomPartGradient.resize(atoms, angleWidth, threads);
    bondWeightGradient.resize(shortBonds, w.bond, threads);
    for (auto* values : {&length, &cut, &cutSlope})
        values->resize(order.size());
    for (auto* values : {&shortCut, &shortCutSlope})
        values->resize(static_cast<std::size_t>(shortBonds));
    angleValue.resize(angleA.size());
    angleCosine.resize(angleA.size());
    bondForces.resize(3 * order.size());
    angleForces.resize(static_cast<std::size_t>(3 * shortBonds * threads));
    atomicEnergies.resize(static_cast<std::size_t>(atoms));
}

void EngineState::geometry(const ChgnetGraph& graph, bool likeReference) {
    const EngineWeights& w = weights;
    team.run([&](int thread) {
        const Range all = partOf(bonds, thread, team.size(), blockRows);
        const Range some{std::min(all.begin, shortBonds), std::min(all.end, shortBonds)};
        for (long k = all.begin; k < all.end; ++k) {
            const auto at = static_cast<std::size_t>(k);
            length[at] = graph.vectors[static_cast<std::size_t>(order[at])].norm();
            const Envelope e =
                envelope(length[at], w.config.atomCutoff, w.config.cutoffExponent, likeReference);
            cut[at] = e.value;
            cutSlope[at] = e.slope;
            if (k >= shortBonds) continue;
            const Envelope s =
                envelope(length[at], w.config.bondCutoff, w.config.cutoffExponent, likeReference);
            shortCut[at] = s.value;
            shortCutSlope[at] = s.slope;
        }
        RadialPass radial;
        radial.distance = length.data();
        radial.cutoff = w.config.atomCutoff;
        radial.envelope = cut.data();
        radial.envelopeSlope = cutSlope.data();
        radial.functions = w.config.radialFunctions;
        radial.frequencies = w.atomFrequencies.data();
        radial.likeReference = likeReference;
        radial.basis = basis.data();
        radial.derivative = basisSlope.data();
        kernels.radialBasis(radial, all.begin, all.end);
        apply(w.atomWeights, basis.data(), atomWeights.data(), all);

        radial.cutoff = w.config.bondCutoff;
        radial.envelope = shortCut.data();
        radial.envelopeSlope = shortCutSlope.data();
        radial.frequencies = w.bondFrequencies.data();
        radial.basis = shortBasis.data();
        radial.derivative = shortBasisSlope.data();
        kernels.radialBasis(radial, some.begin, some.end);
        apply(w.bondWeights, shortBasis.data(), bondWeights.data(), some);
        apply(w.bondEmbedding, basis.data(), bondFeatures[0].data(), some);

        const Range own = atomRows(thread);
        for (long i = own.begin; i < own.end; ++i) {
            std::copy_n(w.atomEmbedding.data() + (element[static_cast<std::size_t>(i)] - 1) * w.atom, w.atom,
                        atomFeatures[0].data() + i * w.atom);
        }
    });
    team.run([&](int thread) {
        const Range own = angleRows(thread);
        for (long k = own.begin; k < own.end; ++k) {
            const auto at = static_cast<std::size_t>(k);
            const auto a = angleA[at], b = angleB[at];
            const Vec3 u = graph.vectors[static_cast<std::size_t>(order[static_cast<std::size_t>(a)])];
            const Vec3 v = graph.vectors[static_cast<std::size_t>(order[static_cast<std::size_t>(b)])];
            const double sign = graph.angleSignA[at] * graph.angleSignB[at];
            angleCosine[at] = sign * u.dot(v) /
                              (length[static_cast<std::size_t>(a)] * length[static_cast<std::size_t>(b)]) *
                              straightAngleFactor;
            if (!graph.roundedCosines.empty()) angleCosine[at] = graph.roundedCosines[at];
            angleValue[at] = std::acos(angleCosine[at]);
        }
        AngularPass angular;
        angular.angle = angleValue.data();
        angular.frequencyCount = (w.config.angularFunctions - 1) / 2;
        angular.frequencies = w.angleFrequencies.data();
        angular.basis = angleBasis.data();
        angular.derivative = angleBasisSlope.data();
        kernels.angularBasis(angular, own.begin, own.end);
        apply(w.angleEmbedding, angleBasis.data(), angleFeatures[0].data(), own);
    });
}

}  // namespace ionscape::potential::engine
