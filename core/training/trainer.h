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
#include "core/training/training_settings.h"

namespace ionscape::training {

/// One line of the log.
struct EpochReport {
    int epoch = 0;
    double trainingLoss = 0.0;
    double learningRate = 0.0;
    ErrorMetrics validation;
    double seconds = 0.0;
    /// No epoch before had a better score on the validation set.
    bool best = false;
    /// On the held-out part of the replayed data: how much is forgotten.
    std::optional<ErrorMetrics> replay;
};

/// Errors of the model that a fine-tuning run starts from, before anything is changed.
struct StartReport {
    ErrorMetrics validation, test;
    std::optional<ErrorMetrics> replay;
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
    std::optional<ErrorMetrics> replay;  ///< of the best model, on the held-out part of the replayed data
    /// Ended before its last epoch because `patience` ran out.
    bool stoppedEarly = false;
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
/// meV/atom) is kept; with `averageDecay` it holds the averaged weights. The state is written at the
/// beginning, about once a minute, after each epoch and when cancelled; from it `files.resume` continues
/// exactly as if never stopped (same start, data, settings and number of threads), whatever ended the
/// process. Throws Cancelled (nothing is lost), InputError, IoError, ModelError (the loss is no longer
/// finite). \param replay  data of an earlier training (or null), split in the same way: `replayFraction` of
/// each batch
///   is drawn from its training and validation parts, its test part tells what is forgotten. Where the
///   reference energies are fitted, replayed energies are taken relative to those of `start`, as two sets of
///   labels rarely share their zero.
TrainingResult train(potential::ChgnetModelData start, const Dataset& dataset,
                     const TrainingSettings& settings, const TrainingFiles& files,
                     const std::stop_token& stop, ProgressSink& progress,
                     const TrainingObserver& observer = {}, const Dataset* replay = nullptr);

}  // namespace ionscape::training
