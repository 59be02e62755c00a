// SPDX-License-Identifier: GPL-3.0-or-later
// What a training run has reached: history for the log file, and the counters an exact resume needs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/training/trainer.h"

namespace ionscape::training {

struct TrainingLog {
    std::optional<StartReport> start;
    std::vector<EpochReport> epochs;
    std::optional<EpochReport> best;
    /// Settings the run was started with, JSON, and fingerprints of its data.
    std::string settings;
    std::uint64_t data = 0, replayData = 0;
    /// Next batch of the epoch under way, and the loss summed over those done.
    std::int64_t batch = 0;
    double epochLoss = 0.0;
    std::int64_t optimiserSteps = 0;

    std::string toJson() const;
    /// Throws IoError naming `file`.
    static TrainingLog fromJson(const std::string& json, const std::filesystem::path& file);
    /// One line an epoch, units in the header; epoch 0 is the model that a fine-tuning run starts from.
    void writeCsv(const std::filesystem::path& file) const;
};

/// Lower is better: force MAE in eV/Å + 0.01 × energy MAE in meV/atom.
double score(const ErrorMetrics& metrics);

}  // namespace ionscape::training
