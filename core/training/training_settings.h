// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that decides the outcome of a training run besides the data and the model it starts from.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ionscape::training {

enum class Loss { Huber, MeanSquare };

/// Rectified Adam (Liu et al., ICLR 2020), or Adam with decoupled weight decay (Loshchilov & Hutter, ICLR
/// 2019).
enum class OptimiserKind { RAdam, AdamW };

/// How the learning rate goes on after the warm-up: down a cosine to a fraction of itself at the end of the
/// run, down by a factor every few epochs, or not at all.
enum class Schedule { Cosine, Constant, Step };

struct TrainingSettings {
    int epochs = 30;
    /// Frames of one step, replayed ones included.
    int batchSize = 8;
    OptimiserKind optimiser = OptimiserKind::RAdam;
    double weightDecay = 0.01;  ///< of AdamW; RAdam has none
    double learningRate = 3e-3;
    Schedule schedule = Schedule::Cosine;
    /// Cosine decay ends at this fraction of the learning rate.
    double finalRateFraction = 0.01;
    /// The step schedule multiplies the rate by `stepFactor` every `stepEpochs` epochs.
    int stepEpochs = 10;
    double stepFactor = 0.5;
    double warmupEpochs = 0.0;  ///< the rate rises linearly from zero over these; may be a fraction
    Loss loss = Loss::Huber;
    double huberDelta = 0.1;
    /// Weights of eV/atom, eV/Å, GPa and μ_B. Labels that a frame lacks do not count.
    double energyWeight = 2.0;
    double forceWeight = 1.0;
    double stressWeight = 0.05;
    double magmomWeight = 0.0;
    double gradientClip = 1.0;  ///< largest norm of the gradient; 0 switches clipping off
    /// Decay a step of the running average of the weights that is validated and saved (0.999, say; early
    /// steps decay faster); 0 = the weights themselves.
    double averageDecay = 0.0;
    /// Ends the run after so many epochs without a better one; 0 = never.
    int patience = 0;
    /// Weights that stay as they are (frozenWeights).
    std::vector<std::string> frozen;
    /// Share of each batch that is drawn from the replayed data, 0 to 0.9.
    double replayFraction = 0.0;
    std::uint64_t seed = 1;       ///< of the initial weights and the order of the frames
    std::uint64_t splitSeed = 1;  ///< of the split by composition; the test set depends on it alone
    int fold = 0;                 ///< which part of the split validates (splitByComposition)
    /// Compute threads; 0 = all cores.
    int threads = 0;
    /// Fit the reference energies to the training set: to the labels for a new model, to what the model
    /// leaves of them when fine-tuning.
    bool fitReferences = true;

    void validate() const;  ///< throws InputError
};

/// All but the number of threads, as a JSON object.
std::string toJson(const TrainingSettings& settings);

/// The learning rate of a batch.
/// \param batch  batches done since the beginning of the run
double learningRateAt(const TrainingSettings& settings, std::int64_t batchesPerEpoch, std::int64_t batch);

}  // namespace ionscape::training
