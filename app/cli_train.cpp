// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli train: trains or fine-tunes a CHGNet on labelled structures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/training/dataset_statistics.h"
#include "core/training/start_model.h"
#include "core/training/trainer.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::vector<std::string> data, replay;
    std::string start, config, name = "trained CHGNet", licence;
    std::string loss = "huber", optimiser = "radam", schedule = "cosine";
    training::TrainingFiles files;
    training::TrainingSettings settings;
    potential::ChgnetConfig model;
    int width = 32;
    bool keepReferences = false;
    bool json = false;
};

std::string readText(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) throw IoError(file, "cannot be read");
    return text.str();
}

potential::ChgnetConfig modelConfig(const Options& o) {
    if (!o.config.empty()) return potential::chgnetConfigFromJson(readText(o.config));
    auto c = o.model;
    c.atomDim = c.bondDim = c.angleDim = o.width;
    c.atomHidden = c.bondHidden = {o.width};
    c.readoutHidden = {o.width, o.width};
    return c;
}

/// Weights to start from, or the shape of a new model; a faulty file or setting is the user's input here.
potential::ChgnetModelData startModel(const Options& o) {
    try {
        if (!o.start.empty()) return training::readStartModel(o.start);
        potential::ChgnetModelData data;
        data.config = modelConfig(o);
        data.config.validate();
        return data;
    } catch (const ModelError& error) {
        throw InputError(error.what());
    }
}

std::string errorsText(const training::ErrorMetrics& m) {
    std::string text =
        fmt::format("{:.2f} meV/atom, {:.4f} eV/Å, {:.3f} GPa", m.energyMae, m.forceMae, m.stressMae);
    if (m.magmomAtoms > 0) text += fmt::format(", {:.4f} μ_B", m.magmomMae);
    return text;
}

std::string replayText(const std::optional<training::ErrorMetrics>& m) {
    return m ? "; earlier data " + errorsText(*m) : std::string();
}

/// The history as lines on stderr, so that a log of a long run shows where it stands.
training::TrainingObserver observer() {
    training::TrainingObserver watch;
    watch.onStart = [](const training::StartReport& r) {
        fmt::print(stderr, "\rstart: validation {}; test {}{}\n", errorsText(r.validation),
                   errorsText(r.test), replayText(r.replay));
    };
    watch.onEpoch = [](const training::EpochReport& r) {
        fmt::print(stderr, "\repoch {}: loss {:.4f}, validation {}{}{}, {:.0f} s\n", r.epoch, r.trainingLoss,
                   errorsText(r.validation), r.best ? " (best)" : "", replayText(r.replay), r.seconds);
    };
    return watch;
}

void applyChoices(Options& o) {
    auto& s = o.settings;
    s.loss = o.loss == "mse" ? training::Loss::MeanSquare : training::Loss::Huber;
    s.optimiser = o.optimiser == "adamw" ? training::OptimiserKind::AdamW : training::OptimiserKind::RAdam;
    s.schedule = o.schedule == "constant" ? training::Schedule::Constant
                 : o.schedule == "step"   ? training::Schedule::Step
                                          : training::Schedule::Cosine;
    s.fitReferences = !o.keepReferences;
    if (o.keepReferences && o.start.empty())
        throw InputError("--keep-references needs a model to --start from");
    s.validate();
}

void printResult(const Options& o, const training::TrainingResult& result) {
    const auto best = (o.files.folder / "best.h5").string();
    if (!o.json) {
        fmt::print("{}: best epoch {} of {}{}; unseen compositions: {} (MAE){}\n", best, result.bestEpoch,
                   result.epochs.size(), result.stoppedEarly ? " (stopped early)" : "",
                   errorsText(result.test), replayText(result.replay));
        if (!result.start) return;
        fmt::print("the starting model: {} (MAE){}\n", errorsText(result.start->test),
                   replayText(result.start->replay));
        return;
    }
    nlohmann::json report = {{"model", best},
                             {"epochs", result.epochs.size()},
                             {"best_epoch", result.bestEpoch},
                             {"stopped_early", result.stoppedEarly},
                             {"validation", training::metricsToJson(result.validation)},
                             {"test", training::metricsToJson(result.test)}};
    if (result.replay) report["replay"] = training::metricsToJson(*result.replay);
    if (result.start) {
        report["start_validation"] = training::metricsToJson(result.start->validation);
        report["start_test"] = training::metricsToJson(result.start->test);
        if (result.start->replay) report["start_replay"] = training::metricsToJson(*result.start->replay);
    }
    printJson(report);
}

int train(Options& o) {
    applyChoices(o);
    auto start = startModel(o);
    const auto dataset = training::readDataset({o.data.begin(), o.data.end()});
    std::optional<training::Dataset> replay;
    if (!o.replay.empty()) replay = training::readDataset({o.replay.begin(), o.replay.end()});
    training::describeTrained(start, o.name, o.start, {o.data.begin(), o.data.end()}, dataset,
                              replay ? &*replay : nullptr);
    if (!o.licence.empty()) start.info.licence = o.licence;
    const auto statistics = training::statisticsOf(dataset);
    fmt::print(stderr,
               "{} frames, {} compositions, {} elements; mean |F| {:.3f} eV/Å, spread of energies {:.1f} "
               "meV/atom around their composition line\n",
               statistics.frames, statistics.compositions.size(), statistics.elements.size(),
               statistics.force.mean, 1000.0 * statistics.energyAboveReference.deviation);
    std::optional<training::TrainingResult> result;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            result = training::train(std::move(start), dataset, o.settings, o.files, signals.token(),
                                     progress, observer(), replay ? &*replay : nullptr);
        } catch (const Cancelled&) {
        }
    }
    if (!result) {
        if (o.json) printJson({{"interrupted", true}, {"folder", o.files.folder.string()}});
        fmt::print(stderr, "ionscape-cli: interrupted; continue with the same command and --resume\n");
        return interrupted;
    }
    printResult(o, *result);
    return success;
}

void addModelOptions(CLI::App& command, Options& o) {
    auto* start =
        command.add_option("--start", o.start, "Model to fine-tune (.h5 or .pth.tar); default: a new model");
    auto* config = command.add_option("--config", o.config, "JSON file with all settings of a new model");
    auto* width = command.add_option("--width", o.width, "Width of a new model")->capture_default_str();
    auto* layers = command.add_option("--convolutions", o.model.convolutions, "Convolutions of a new model")
                       ->capture_default_str();
    auto* radial =
        command.add_option("--radial", o.model.radialFunctions, "Radial functions")->capture_default_str();
    auto* angular =
        command.add_option("--angular", o.model.angularFunctions, "Angular functions")->capture_default_str();
    auto* atom = command.add_option("--atom-cutoff", o.model.atomCutoff, "Cutoff of the atom graph, Å")
                     ->capture_default_str();
    auto* bond = command.add_option("--bond-cutoff", o.model.bondCutoff, "Cutoff of the bond graph, Å")
                     ->capture_default_str();
    for (auto* option : {config, width, layers, radial, angular, atom, bond}) {
        start->excludes(option);
        if (option != config) config->excludes(option);
    }
    command.add_flag("--keep-references", o.keepReferences,
                     "Keep the reference energies of the model to fine-tune");
}

void addSettings(CLI::App& command, training::TrainingSettings& s) {
    command.add_option("--epochs", s.epochs, "Passes over the training set")->capture_default_str();
    command.add_option("--batch", s.batchSize, "Frames per step")->capture_default_str();
    command.add_option("--rate", s.learningRate, "Learning rate")->capture_default_str();
    command.add_option("--weight-decay", s.weightDecay, "Weight decay of AdamW")->capture_default_str();
    command.add_option("--final-rate", s.finalRateFraction, "Share of the rate where the cosine ends")
        ->capture_default_str();
    command.add_option("--step-epochs", s.stepEpochs, "Epochs between steps of the step schedule")
        ->capture_default_str();
    command.add_option("--step-factor", s.stepFactor, "Factor of each step")->capture_default_str();
    command.add_option("--warmup", s.warmupEpochs, "Epochs over which the rate rises from zero")
        ->capture_default_str();
    command.add_option("--huber-delta", s.huberDelta, "Where the Huber loss becomes linear")
        ->capture_default_str();
    command.add_option("--energy-weight", s.energyWeight, "Weight of eV/atom")->capture_default_str();
    command.add_option("--force-weight", s.forceWeight, "Weight of eV/Å")->capture_default_str();
    command.add_option("--stress-weight", s.stressWeight, "Weight of GPa")->capture_default_str();
    command.add_option("--magmom-weight", s.magmomWeight, "Weight of μ_B; needs data with magnetic moments")
        ->capture_default_str();
    command
        .add_option("--ema", s.averageDecay,
                    "Decay of the averaged weights that are validated and saved (0.999, say); 0 = none")
        ->capture_default_str();
    command.add_option("--patience", s.patience, "Stop after so many epochs without a better one; 0 = never")
        ->capture_default_str();
    command.add_option("--freeze", s.frozen,
                       "Weights to leave alone: embeddings, basis, convolutions:<n>, all-but-readout or the "
                       "beginning of a name");
    command.add_option("--replay-fraction", s.replayFraction, "Share of each batch drawn from --replay")
        ->capture_default_str();
    command.add_option("--clip", s.gradientClip, "Largest norm of the gradient; 0 = no limit")
        ->capture_default_str();
    command.add_option("--seed", s.seed, "Seed of the initial weights and the order")->capture_default_str();
    command.add_option("--split-seed", s.splitSeed, "Seed of the split by composition")
        ->capture_default_str();
    command
        .add_option("--fold", s.fold,
                    "Which tenth of the compositions that are not in the test set validates")
        ->capture_default_str();
    command.add_option("--threads", s.threads, "Compute threads; 0 = all cores")
        ->check(nonNegativeNumber)
        ->capture_default_str();
}

}  // namespace

void addTrain(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("train", "Train or fine-tune a CHGNet on labelled structures");
    auto o = std::make_shared<Options>();
    o->model = training::smallChgnet();
    command
        ->add_option("--data", o->data,
                     "Files with energies, forces and stresses: extended XYZ, vasprun.xml, OUTCAR, CHGNet "
                     "JSON")
        ->required();
    command->add_option("--replay", o->replay,
                        "Data of an earlier training: mixed in, and watched for what is forgotten");
    command->add_option("--out", o->files.folder, "Folder for best.h5, state.h5 and log.csv")->required();
    command->add_flag("--resume", o->files.resume, "Continue the training in --out");
    command->add_option("--loss", o->loss, "huber or mse")
        ->check(CLI::IsMember({"huber", "mse"}))
        ->capture_default_str();
    command->add_option("--optimiser", o->optimiser, "radam or adamw")
        ->check(CLI::IsMember({"radam", "adamw"}))
        ->capture_default_str();
    command->add_option("--schedule", o->schedule, "cosine, constant or step")
        ->check(CLI::IsMember({"cosine", "constant", "step"}))
        ->capture_default_str();
    command->add_option("--name", o->name, "Name of the model")->capture_default_str();
    command->add_option("--licence", o->licence, "Licence of the model");
    addModelOptions(*command, *o);
    addSettings(*command, o->settings);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return train(*o); }; });
}

}  // namespace ionscape::cli
