// SPDX-License-Identifier: GPL-3.0-or-later
// Buffers of the CHGNet engine and the steps of an evaluation; internal to the engine.
#pragma once

#include <vector>

#include "core/potential/chgnet_graph.h"
#include "core/potential/engine/chgnet_engine.h"
#include "core/potential/engine/engine_weights.h"
#include "core/potential/engine/thread_team.h"

namespace ionscape::potential::engine {

/// One slice for each thread that scatters into it; reduced in the order of the threads.
struct Scatter {
    FloatBuffer data;
    long size = 0;

    void resize(long rows, int width, int threads) {
        size = rows * width;
        data.resize(static_cast<std::size_t>(size * threads));
    }
    float* slice(int thread) { return data.data() + size * thread; }
};

/// Inputs of a gated perceptron's first layer that come from atoms and short bonds.
struct AngleInputs {
    FloatBuffer fromAtom, fromA, fromB;
};

struct EngineState {
    EngineState(const ChgnetModelData& data, int threads, const Kernels& table);

    /// Takes over a graph and sizes the buffers for it.
    void load(const ChgnetGraph& graph);
    std::size_t bytes() const;
    void geometry(const ChgnetGraph& graph, bool likeReference);
    void forward();
    void readout(bool magmoms);
    void backward();
    void forces(const ChgnetGraph& graph);

    /// y = x W + b for the rows of a thread's range.
    void apply(const Dense& dense, const float* x, float* y, Range rows, bool withBias = true,
               bool accumulate = false) const;
    /// x̄ += ȳ Wᵀ.
    void applyBackward(const Dense& dense, const float* dy, float* dx, Range rows, bool accumulate) const;
    /// Adds the other slices to the first, for the rows of a range.
    void reduce(Scatter& scatter, int width, Range rows) const;
    Range atomRows(int thread) const { return partOf(atoms, thread, team.size(), 6); }
    Range shortRows(int thread) const { return partOf(shortBonds, thread, team.size(), 6); }
    Range longRows(int thread) const;
    Range angleRows(int thread) const { return partOf(angles, thread, team.size(), blockRows); }
    float* workspace(int thread) { return scratch.data() + scratchSize * thread; }

    // Passes of one layer; `thread` owns the slices that are scattered into.
    void messagesToAtoms(int layer, int thread);
    AtomPass atomPass(int layer, bool isShort);
    AnglePass anglePass(const Gated& gated, const AngleInputs& inputs, int layer);
    void prepareAngles(const Gated& gated, AngleInputs& inputs, int layer, const FloatBuffer& bonds,
                       int thread);
    void gradientsOfAngles(const Gated& gated, int thread);
    void backwardOfBondLayer(int layer);
    void backwardOfAtomLayer(int layer);

    EngineWeights weights;
    const Kernels& kernels;
    ThreadTeam team;

    long atoms = 0, bonds = 0, shortBonds = 0, angles = 0, structures = 0;
    /// Bonds in the engine's order: those of the bond graph first. order[k] = index in the graph.
    std::vector<std::int32_t> order, position;
    std::vector<std::int32_t> first, second, angleAtom, angleA, angleB;
    std::vector<std::int32_t> element;
    std::vector<double> length, angleValue, angleCosine, cut, cutSlope, shortCut, shortCutSlope;

    FloatBuffer basis, basisSlope, basisGradient, shortBasis, shortBasisSlope, shortBasisGradient;
    FloatBuffer angleBasis, angleBasisSlope, angleBasisGradient;
    FloatBuffer atomWeights, atomWeightGradient, bondWeights;
    std::vector<FloatBuffer> atomFeatures, bondFeatures, angleFeatures;
    struct AtomInputs {
        FloatBuffer centre, neighbour;
    };
    std::vector<AtomInputs> atomInputs;
    std::vector<AngleInputs> bondInputs, updateInputs;
    FloatBuffer atomGradient, bondGradient, angleGradient, sumGradient;
    Scatter sums, centreGradient, neighbourGradient, aGradient, bGradient, atomPartGradient,
        bondWeightGradient;
    FloatBuffer scratch;
    long scratchSize = 0;
    FloatBuffer readoutValues;
    std::vector<double> atomicEnergies;
    /// dE/dr of each bond in the engine's order, eV/Å; and the angles' part, one slice a thread.
    std::vector<double> bondForces, angleForces;
    EngineOutput output;
};

}  // namespace ionscape::potential::engine
