// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/training_settings.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::training {

namespace {

const char* nameOf(Schedule schedule) {
    switch (schedule) {
        case Schedule::Constant:
            return "constant";
        case Schedule::Step:
            return "step";
        default:
            return "cosine";
    }
}

}  // namespace

void TrainingSettings::validate() const {
    const auto require = [](bool good, const char* message) {
        if (!good) throw InputError(message);
    };
    require(epochs >= 1 && epochs <= 100000, "the number of epochs must be 1 to 100000");
    require(batchSize >= 1 && batchSize <= 4096, "the batch size must be 1 to 4096 frames");
    require(learningRate > 0 && learningRate <= 1, "the learning rate must be above 0 and at most 1");
    require(weightDecay >= 0 && weightDecay <= 1, "the weight decay must be 0 to 1");
    require(finalRateFraction >= 0 && finalRateFraction <= 1,
            "the final rate must be 0 to 1 of the learning rate");
    require(stepEpochs >= 1, "the step schedule needs at least one epoch a step");
    require(stepFactor > 0 && stepFactor <= 1,
            "the factor of the step schedule must be above 0 and at most 1");
    require(warmupEpochs >= 0 && warmupEpochs < epochs, "the warm-up must be shorter than the run");
    require(huberDelta > 0, "the Huber delta must be positive");
    require(energyWeight >= 0 && forceWeight >= 0 && stressWeight >= 0 && magmomWeight >= 0,
            "loss weights must not be negative");
    require(energyWeight + forceWeight + stressWeight + magmomWeight > 0,
            "at least one loss weight must be positive");
    require(gradientClip >= 0, "the gradient clip must not be negative");
    require(averageDecay >= 0 && averageDecay < 1, "the decay of the averaged weights must be 0 to below 1");
    require(patience >= 0, "the patience must not be negative");
    require(replayFraction >= 0 && replayFraction <= 0.9, "the replay fraction must be 0 to 0.9");
    require(replayFraction == 0 || batchSize >= 2, "replay needs a batch size of at least 2 frames");
}

std::string toJson(const TrainingSettings& s) {
    return nlohmann::json{{"epochs", s.epochs},
                          {"batch_size", s.batchSize},
                          {"optimiser", s.optimiser == OptimiserKind::AdamW ? "adamw" : "radam"},
                          {"weight_decay", s.weightDecay},
                          {"learning_rate", s.learningRate},
                          {"schedule", nameOf(s.schedule)},
                          {"final_rate_fraction", s.finalRateFraction},
                          {"step_epochs", s.stepEpochs},
                          {"step_factor", s.stepFactor},
                          {"warmup_epochs", s.warmupEpochs},
                          {"loss", s.loss == Loss::Huber ? "huber" : "mse"},
                          {"huber_delta", s.huberDelta},
                          {"energy_weight", s.energyWeight},
                          {"force_weight", s.forceWeight},
                          {"stress_weight", s.stressWeight},
                          {"magmom_weight", s.magmomWeight},
                          {"gradient_clip", s.gradientClip},
                          {"average_decay", s.averageDecay},
                          {"patience", s.patience},
                          {"frozen", s.frozen},
                          {"replay_fraction", s.replayFraction},
                          {"seed", s.seed},
                          {"split_seed", s.splitSeed},
                          {"fold", s.fold},
                          {"fit_references", s.fitReferences}}
        .dump();
}

double learningRateAt(const TrainingSettings& s, std::int64_t batchesPerEpoch, std::int64_t batch) {
    const auto perEpoch = static_cast<double>(batchesPerEpoch);
    const auto done = static_cast<double>(batch);
    const double warmup = s.warmupEpochs * perEpoch;
    if (done < warmup) return s.learningRate * (done + 1.0) / (warmup + 1.0);
    switch (s.schedule) {
        case Schedule::Constant:
            return s.learningRate;
        case Schedule::Step:
            return s.learningRate * std::pow(s.stepFactor, std::floor(done / perEpoch / s.stepEpochs));
        default:
            const double progress = std::min(1.0, (done - warmup) / (perEpoch * s.epochs - warmup));
            const double low = s.learningRate * s.finalRateFraction;
            return low + 0.5 * (s.learningRate - low) * (1.0 + std::cos(units::pi * progress));
    }
}

}  // namespace ionscape::training
