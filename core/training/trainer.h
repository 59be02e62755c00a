// SPDX-License-Identifier: GPL-3.0-or-later
// Training and fine-tuning of CHGNet models on labelled structures.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "core/base/progress.h"
#include "core/potential/chgnet_config.h"
#include "core/training/dataset.h"
#include "core/training/evaluate.h"

namespace ionscape::training {

enum class Loss { Huber, MeanSquare };

struct TrainingSettings {
    int epochs = 30;
    int batchSize = 8;
    double learningRate = 3e-3;
    /// Cosine decay ends at this fraction of the learning rate.
    double finalRateFraction = 0.01;
    Loss loss = Loss::Huber;
    double huberDelta = 0.1;
    /// Weights of eV/atom, eV/Å and GPa.
    double energyWeight = 2.0;
    double forceWeight = 1.0;
    double stressWeight = 0.05;
    double gradientClip = 1.0;    ///< largest norm of the gradient; 0 switches clipping off
    std::uint64_t seed = 1;       ///< of the initial weights and the order of the frames
    std::uint64_t splitSeed = 1;  ///< of the split by composition; the test set depends on it alone
    int fold = 0;                 ///< which part of the split validates (splitByComposition)
    /// Compute threads; 0 = all cores.
    int threads = 0;
    /// Fit the reference energies to the training set (a fine-tuning run may keep those it starts from).
    bool fitReferences = true;

    void validate() const;  ///< throws InputError
};

std::string toJson(const TrainingSettings& settings);

/// One line of the log.
struct EpochReport {
    int epoch = 0;
    double trainingLoss = 0.0;
    double learningRate = 0.0;
    ErrorMetrics validation;
    double seconds = 0.0;
    /// No epoch before had a better score on the validation set.
    bool best = false;
};

/// Errors of the model that a fine-tuning run starts from, before anything is changed.
struct StartReport {
    ErrorMetrics validation, test;
};

/// Hears of a run while it goes on, on the thread that trains; the functions must not throw.
struct TrainingObserver {
    /// Fine-tuning runs only: once, before the first epoch (and once more when a run is resumed).
    std::function<void(const StartReport&)> onStart = {};
    /// After each epoch, when its results are on disk; a resumed run repeats the epochs it finds first.
    std::function<void(const EpochReport&)> onEpoch = {};
};

struct TrainingResult {
    std::optional<StartReport> start;  ///< fine-tuning runs only
    std::vector<EpochReport> epochs;
    int bestEpoch = 0;
    ErrorMetrics validation, test;
    /// The best model, with dataset, settings and errors in its metadata.
    potential::ChgnetModelData model;
};

/// Where results go: best.h5 (model file), state.h5 (exact resume) and log.csv (a line an epoch).
struct TrainingFiles {
    std::filesystem::path folder;
    bool resume = false;
};

/// Trains from `start` (weights given: fine-tuning; empty: from scratch) on `dataset`, splitting it by
/// composition 8 : 1 : 1. The best checkpoint by validation (force MAE in eV/Å + 0.01 × energy MAE in
/// meV/atom) is kept. The state is written about once a minute, after each epoch and when cancelled; from it
/// `files.resume` continues exactly as if never stopped (same data, settings and number of threads). Throws
/// Cancelled (nothing is lost), InputError, IoError, ModelError (the loss is no longer finite).
TrainingResult train(potential::ChgnetModelData start, const Dataset& dataset,
                     const TrainingSettings& settings, const TrainingFiles& files,
                     const std::stop_token& stop, ProgressSink& progress,
                     const TrainingObserver& observer = {});

}  // namespace ionscape::training
