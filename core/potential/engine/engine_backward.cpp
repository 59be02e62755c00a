// SPDX-License-Identifier: GPL-3.0-or-later
// The backward pass: gradients of the energy from the readout down to bond vectors, forces and stress.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/base/units.h"
#include "core/potential/engine/engine_state.h"

namespace ionscape::potential::engine {

namespace {

void clear(Scatter& scatter, int thread, long rows, int width) {
    std::memset(scatter.slice(thread), 0, static_cast<std::size_t>(rows * width) * sizeof(float));
}

}  // namespace

/// Takes the gradients of an angle perceptron's inputs on to the features of short bonds and atoms.
void EngineState::gradientsOfAngles(const Gated& gated, int thread) {
    const int width = gated.shape.firstWidth();
    const Range rows = shortRows(thread);
    reduce(aGradient, width, rows);
    reduce(bGradient, width, rows);
    applyBackward(gated.blocks[0], aGradient.slice(0), bondGradient.data(), rows, true);
    applyBackward(gated.blocks[1], bGradient.slice(0), bondGradient.data(), rows, true);
    const Range own = atomRows(thread);
    reduce(atomPartGradient, width, own);
    applyBackward(gated.blocks[3], atomPartGradient.slice(0), atomGradient.data(), own, true);
}

void EngineState::backwardOfBondLayer(int layer) {
    const EngineWeights& w = weights;
    const auto l = static_cast<std::size_t>(layer);
    const BondLayer& bondLayer = w.bondLayers[l];
    const auto run = [&](const Gated& gated, const AngleInputs& inputs, bool toBonds, int thread) {
        const int width = gated.shape.firstWidth();
        clear(aGradient, thread, shortBonds, width);
        clear(bGradient, thread, shortBonds, width);
        clear(atomPartGradient, thread, atoms, width);
        AnglePass pass = anglePass(gated, inputs, layer);
        if (toBonds) {
            pass.weights = bondWeights.data();
            pass.sums = sumGradient.data();
            pass.weightGradient = bondWeightGradient.slice(thread);
        }
        pass.angleGradient = angleGradient.data();
        pass.atomGradient = atomPartGradient.slice(thread);
        pass.aGradient = aGradient.slice(thread);
        pass.bGradient = bGradient.slice(thread);
        const Range rows = angleRows(thread);
        kernels.angleBackward(pass, rows.begin, rows.end, workspace(thread));
    };
    if (layer + 2 < w.config.convolutions) {
        const Gated& update = w.angleUpdates[l];
        team.run([&](int thread) { run(update, updateInputs[l], false, thread); });
        team.run([&](int thread) { gradientsOfAngles(update, thread); });
    }
    team.run([&](int thread) {
        applyBackward(bondLayer.out, bondGradient.data(), sumGradient.data(), shortRows(thread), false);
    });
    team.run([&](int thread) { run(bondLayer.gated, bondInputs[l], true, thread); });
    team.run([&](int thread) { gradientsOfAngles(bondLayer.gated, thread); });
}

void EngineState::backwardOfAtomLayer(int layer) {
    const EngineWeights& w = weights;
    const AtomLayer& atomLayer = w.atomLayers[static_cast<std::size_t>(layer)];
    const int width = atomLayer.gated.shape.firstWidth();
    const bool last = layer == 0;  // the embedding of an element does not depend on positions
    team.run([&](int thread) {
        applyBackward(atomLayer.out, atomGradient.data(), sumGradient.data(), atomRows(thread), false);
    });
    team.run([&](int thread) {
        if (!last) {
            clear(centreGradient, thread, atoms, width);
            clear(neighbourGradient, thread, atoms, width);
        }
        for (const bool isShort : {true, false}) {
            AtomPass pass = atomPass(layer, isShort);
            pass.sums = sumGradient.data();
            pass.bondGradient = isShort ? bondGradient.data() : basisGradient.data();
            pass.weightGradient = atomWeightGradient.data();
            pass.centreGradient = last ? nullptr : centreGradient.slice(thread);
            pass.neighbourGradient = last ? nullptr : neighbourGradient.slice(thread);
            const Range rows =
                isShort ? partOf(shortBonds, thread, team.size(), blockRows / 2) : longRows(thread);
            kernels.atomBackward(pass, rows.begin, rows.end, workspace(thread));
        }
    });
    if (last) return;
    team.run([&](int thread) {
        const Range rows = atomRows(thread);
        reduce(centreGradient, width, rows);
        reduce(neighbourGradient, width, rows);
        applyBackward(atomLayer.gated.blocks[0], centreGradient.slice(0), atomGradient.data(), rows, true);
        applyBackward(atomLayer.gated.blocks[2], neighbourGradient.slice(0), atomGradient.data(), rows, true);
    });
}

void EngineState::backward() {
    for (FloatBuffer* buffer : {&basisGradient, &atomWeightGradient, &angleGradient, &bondGradient})
        std::fill(buffer->begin(), buffer->end(), 0.0f);
    for (int thread = 0; thread < team.size(); ++thread)
        clear(bondWeightGradient, thread, shortBonds, weights.bond);
    for (int layer = weights.config.convolutions - 1; layer >= 0; --layer) {
        if (layer + 1 < weights.config.convolutions && angles > 0) backwardOfBondLayer(layer);
        backwardOfAtomLayer(layer);
    }
}

namespace {

double dot(int n, const float* a, const float* b) {
    float sum = 0.0f;
    for (int k = 0; k < n; ++k)
        sum += a[k] * b[k];
    return sum;
}

}  // namespace

void EngineState::forces(const ChgnetGraph& graph) {
    const EngineWeights& w = weights;
    const auto vector = [&](long k) -> const Vec3& {
        return graph.vectors[static_cast<std::size_t>(order[static_cast<std::size_t>(k)])];
    };
    const auto angleSlice = [&](int thread) { return angleForces.data() + 3 * shortBonds * thread; };
    team.run([&](int thread) {
        double* const slice = angleSlice(thread);
        std::fill_n(slice, 3 * shortBonds, 0.0);
        const Range rows = angleRows(thread);
        applyBackward(w.angleEmbedding, angleGradient.data(), angleBasisGradient.data(), rows, false);
        for (long k = rows.begin; k < rows.end; ++k) {
            const auto at = static_cast<std::size_t>(k);
            const double slope = dot(w.angular, angleBasisGradient.data() + k * w.angular,
                                     angleBasisSlope.data() + k * w.angular);
            const double cosine = angleCosine[at];
            // dθ/dcos, and the cosine's factors.
            const double scale = -slope / std::sqrt(1.0 - cosine * cosine) * straightAngleFactor *
                                 graph.angleSignA[at] * graph.angleSignB[at];
            const long a = angleA[at], b = angleB[at];
            const double da = length[static_cast<std::size_t>(a)], db = length[static_cast<std::size_t>(b)];
            const Vec3 u = vector(a) / da, v = vector(b) / db;
            const double c = u.dot(v);
            Eigen::Map<Vec3>(slice + 3 * a) += scale / da * (v - c * u);
            Eigen::Map<Vec3>(slice + 3 * b) += scale / db * (u - c * v);
        }
    });
    team.run([&](int thread) {
        const Range all = partOf(bonds, thread, team.size(), blockRows);
        const Range some{std::min(all.begin, shortBonds), std::min(all.end, shortBonds)};
        applyBackward(w.bondEmbedding, bondGradient.data(), basisGradient.data(), some, true);
        applyBackward(w.atomWeights, atomWeightGradient.data(), basisGradient.data(), all, true);
        reduce(bondWeightGradient, w.bond, some);
        applyBackward(w.bondWeights, bondWeightGradient.slice(0), shortBasisGradient.data(), some, false);
        for (long k = all.begin; k < all.end; ++k) {
            double slope =
                dot(w.radial, basisGradient.data() + k * w.radial, basisSlope.data() + k * w.radial);
            if (k < shortBonds) {
                slope += dot(w.radial, shortBasisGradient.data() + k * w.radial,
                             shortBasisSlope.data() + k * w.radial);
            }
            Eigen::Map<Vec3> force(bondForces.data() + 3 * k);
            force = slope / length[static_cast<std::size_t>(k)] * vector(k);
            if (k >= shortBonds) continue;
            for (int t = 0; t < team.size(); ++t)
                force += Eigen::Map<const Vec3>(angleSlice(t) + 3 * k);
        }
    });

    output.forces.resize(3, atoms);
    output.forces.setZero();
    output.energies.assign(static_cast<std::size_t>(structures), 0.0);
    output.stressGPa.assign(static_cast<std::size_t>(structures), Mat3::Zero());
    for (long k = 0; k < bonds; ++k) {
        const Eigen::Map<const Vec3> gradient(bondForces.data() + 3 * k);
        const auto at = static_cast<std::size_t>(k);
        // dE/dr of a bond pulls its first atom along, its second back.
        output.forces.col(first[at]) += gradient;
        output.forces.col(second[at]) -= gradient;
        output.stressGPa[static_cast<std::size_t>(graph.owner[static_cast<std::size_t>(first[at])])] +=
            vector(k) * gradient.transpose();
    }
    for (std::size_t i = 0; i < atomicEnergies.size(); ++i) {
        output.energies[static_cast<std::size_t>(graph.owner[i])] +=
            atomicEnergies[i] + w.references[static_cast<std::size_t>(element[i] - 1)];
    }
    for (std::size_t s = 0; s < output.stressGPa.size(); ++s) {
        Mat3& stress = output.stressGPa[s];
        stress = Mat3(0.5 * (stress + stress.transpose()) / graph.volumes[s] * units::eVPerAngstrom3InGPa);
    }
}

}  // namespace ionscape::potential::engine
