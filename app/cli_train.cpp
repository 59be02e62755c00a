// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli train: trains or fine-tunes a CHGNet on labelled structures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/potential/checkpoint.h"
#include "core/potential/model_file.h"
#include "core/training/trainer.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::vector<std::string> data;
    std::string start, config, loss = "huber", name = "trained CHGNet", licence;
    training::TrainingFiles files;
    training::TrainingSettings settings;
    potential::ChgnetConfig model;
    int width = 32;
    bool keepReferences = false;
    bool json = false;
};

/// A small model for one family of materials; --config gives full control.
potential::ChgnetConfig smallModel() {
    potential::ChgnetConfig c;
    c.radialFunctions = 15;
    c.angularFunctions = 15;
    c.convolutions = 3;
    c.atomCutoff = 5.0;
    c.bondCutoff = 3.0;
    return c;
}

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
        if (o.start.ends_with(".h5")) return potential::readModelFile(o.start);
        if (!o.start.empty()) return potential::readCheckpoint(o.start);
        potential::ChgnetModelData data;
        data.config = modelConfig(o);
        data.config.validate();
        return data;
    } catch (const ModelError& error) {
        throw InputError(error.what());
    }
}

void describe(potential::PotentialInfo& info, const Options& o, const potential::ChgnetConfig& config,
              const training::Dataset& dataset) {
    info.name = o.name;
    info.architecture = "CHGNet";
    info.cutoff = config.atomCutoff;
    if (!o.licence.empty()) info.licence = o.licence;
    std::string files;
    for (const auto& file : o.data) {
        files += (files.empty() ? "" : ", ") + std::filesystem::path(file).filename().string();
    }
    info.origin =
        (o.start.empty() ? "trained on "
                         : "fine-tuned from " + std::filesystem::path(o.start).filename().string() + " on ") +
        files;
    for (const auto& frame : dataset.frames) {
        info.elements.insert(info.elements.end(), frame.structure.elements.begin(),
                             frame.structure.elements.end());
    }
    std::sort(info.elements.begin(), info.elements.end());
    info.elements.erase(std::unique(info.elements.begin(), info.elements.end()), info.elements.end());
}

/// The history as lines on stderr, so that a log of a long run shows where it stands.
training::TrainingObserver observer() {
    training::TrainingObserver watch;
    const auto errors = [](const training::ErrorMetrics& m) {
        return fmt::format("{:.2f} meV/atom, {:.4f} eV/Å, {:.3f} GPa", m.energyMae, m.forceMae, m.stressMae);
    };
    watch.onStart = [errors](const training::StartReport& r) {
        fmt::print(stderr, "\rstart: validation {}; test {}\n", errors(r.validation), errors(r.test));
    };
    watch.onEpoch = [errors](const training::EpochReport& r) {
        fmt::print(stderr, "\repoch {}: loss {:.4f}, validation {}{}, {:.0f} s\n", r.epoch, r.trainingLoss,
                   errors(r.validation), r.best ? " (best)" : "", r.seconds);
    };
    return watch;
}

int train(Options& o) {
    o.settings.loss = o.loss == "mse" ? training::Loss::MeanSquare : training::Loss::Huber;
    o.settings.fitReferences = !o.keepReferences;
    if (o.keepReferences && o.start.empty())
        throw InputError("--keep-references needs a model to --start from");
    o.settings.validate();
    auto start = startModel(o);
    const auto dataset = training::readDataset({o.data.begin(), o.data.end()});
    describe(start.info, o, start.config, dataset);
    std::optional<training::TrainingResult> result;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            result = training::train(std::move(start), dataset, o.settings, o.files, signals.token(),
                                     progress, observer());
        } catch (const Cancelled&) {
        }
    }
    const auto best = (o.files.folder / "best.h5").string();
    if (!result) {
        if (o.json) printJson({{"interrupted", true}, {"folder", o.files.folder.string()}});
        fmt::print(stderr, "ionscape-cli: interrupted; continue with the same command and --resume\n");
        return interrupted;
    }
    if (o.json) {
        nlohmann::json report = {{"model", best},
                                 {"epochs", result->epochs.size()},
                                 {"best_epoch", result->bestEpoch},
                                 {"validation", training::metricsToJson(result->validation)},
                                 {"test", training::metricsToJson(result->test)}};
        if (result->start) {
            report["start_validation"] = training::metricsToJson(result->start->validation);
            report["start_test"] = training::metricsToJson(result->start->test);
        }
        printJson(report);
    } else {
        fmt::print(
            "{}: best epoch {} of {}; unseen compositions: {:.2f} meV/atom, {:.4f} eV/Å, {:.3f} GPa (MAE)\n",
            best, result->bestEpoch, result->epochs.size(), result->test.energyMae, result->test.forceMae,
            result->test.stressMae);
    }
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
    command.add_option("--rate", s.learningRate, "Learning rate of RAdam")->capture_default_str();
    command.add_option("--huber-delta", s.huberDelta, "Where the Huber loss becomes linear")
        ->capture_default_str();
    command.add_option("--energy-weight", s.energyWeight, "Weight of eV/atom")->capture_default_str();
    command.add_option("--force-weight", s.forceWeight, "Weight of eV/Å")->capture_default_str();
    command.add_option("--stress-weight", s.stressWeight, "Weight of GPa")->capture_default_str();
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
    o->model = smallModel();
    command->add_option("--data", o->data, "Extended XYZ files with energies, forces and stresses")
        ->required();
    command->add_option("--out", o->files.folder, "Folder for best.h5, state.h5 and log.csv")->required();
    command->add_flag("--resume", o->files.resume, "Continue the training in --out");
    command->add_option("--loss", o->loss, "huber or mse")
        ->check(CLI::IsMember({"huber", "mse"}))
        ->capture_default_str();
    command->add_option("--name", o->name, "Name of the model")->capture_default_str();
    command->add_option("--licence", o->licence, "Licence of the model");
    addModelOptions(*command, *o);
    addSettings(*command, o->settings);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return train(*o); }; });
}

}  // namespace ionscape::cli
