// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/training_log.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace ionscape::training {

namespace {

nlohmann::json optionalToJson(const std::optional<ErrorMetrics>& metrics) {
    return metrics ? metricsToJson(*metrics) : nlohmann::json();
}

std::optional<ErrorMetrics> optionalFromJson(const nlohmann::json& json) {
    return json.is_null() ? std::nullopt : std::optional(metricsFromJson(json));
}

nlohmann::json reportToJson(const EpochReport& r) {
    return {{"epoch", r.epoch},
            {"loss", r.trainingLoss},
            {"rate", r.learningRate},
            {"seconds", r.seconds},
            {"best", r.best},
            {"validation", metricsToJson(r.validation)},
            {"replay", optionalToJson(r.replay)}};
}

EpochReport reportFromJson(const nlohmann::json& json) {
    return {json.at("epoch"),
            json.at("loss"),
            json.at("rate"),
            metricsFromJson(json.at("validation")),
            json.at("seconds"),
            json.at("best"),
            optionalFromJson(json.at("replay"))};
}

/// The errors of one line of the log file; nothing between the commas where nothing was measured.
std::string csvErrors(const ErrorMetrics& m) {
    return fmt::format("{:.4f},{:.5f},{:.4f},{:.4f},{:.5f},{:.4f},{}", m.energyMae, m.forceMae, m.stressMae,
                       m.energyRmse, m.forceRmse, m.stressRmse,
                       m.magmomAtoms > 0 ? fmt::format("{:.5f}", m.magmomMae) : "");
}

std::string csvReplay(const std::optional<ErrorMetrics>& m) {
    return m ? fmt::format("{:.4f},{:.5f},{:.4f}", m->energyMae, m->forceMae, m->stressMae) : ",,";
}

}  // namespace

double score(const ErrorMetrics& metrics) {
    return metrics.forceMae + 0.01 * metrics.energyMae;
}

std::string TrainingLog::toJson() const {
    nlohmann::json json{{"settings", settings},      {"data", data},
                        {"replay_data", replayData}, {"batch", batch},
                        {"epoch_loss", epochLoss},   {"optimiser_steps", optimiserSteps}};
    json["epochs"] = nlohmann::json::array();
    for (const auto& report : epochs)
        json["epochs"].push_back(reportToJson(report));
    if (best) json["best"] = reportToJson(*best);
    if (start) {
        json["start"] = {{"validation", metricsToJson(start->validation)},
                         {"test", metricsToJson(start->test)},
                         {"replay", optionalToJson(start->replay)}};
    }
    return json.dump();
}

TrainingLog TrainingLog::fromJson(const std::string& text, const std::filesystem::path& file) {
    try {
        const auto json = nlohmann::json::parse(text);
        TrainingLog log;
        json.at("settings").get_to(log.settings);
        json.at("data").get_to(log.data);
        json.at("replay_data").get_to(log.replayData);
        json.at("batch").get_to(log.batch);
        json.at("epoch_loss").get_to(log.epochLoss);
        json.at("optimiser_steps").get_to(log.optimiserSteps);
        for (const auto& report : json.at("epochs"))
            log.epochs.push_back(reportFromJson(report));
        if (json.contains("start")) {
            const auto& started = json.at("start");
            log.start =
                StartReport{metricsFromJson(started.at("validation")), metricsFromJson(started.at("test")),
                            optionalFromJson(started.at("replay"))};
        }
        if (json.contains("best")) log.best = reportFromJson(json.at("best"));
        return log;
    } catch (const nlohmann::json::exception& error) {
        throw IoError(file, fmt::format("holds no training state that can be resumed: {}", error.what()));
    }
}

void TrainingLog::writeCsv(const std::filesystem::path& file) const {
    std::string text =
        "epoch,loss,learning_rate,energy_mae_meV_per_atom,force_mae_eV_per_A,stress_mae_GPa,energy_rmse_meV_"
        "per_atom,force_rmse_eV_per_A,stress_rmse_GPa,magmom_mae_muB,replay_energy_mae_meV_per_atom,"
        "replay_force_mae_eV_per_A,replay_stress_mae_GPa,seconds\n";
    if (start) text += fmt::format("0,,,{},{},\n", csvErrors(start->validation), csvReplay(start->replay));
    for (const auto& r : epochs) {
        text += fmt::format("{},{:.6g},{:.4g},{},{},{:.1f}\n", r.epoch, r.trainingLoss, r.learningRate,
                            csvErrors(r.validation), csvReplay(r.replay), r.seconds);
    }
    writeTextAtomically(file, text);
}

}  // namespace ionscape::training
