// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/potential/chgnet_model.h"
#include "core/potential/model_file.h"
#include "core/potential/threads.h"
#include "core/training/batch_loss.h"
#include "core/training/batch_order.h"
#include "core/training/frozen_weights.h"
#include "core/training/optimiser.h"
#include "core/training/training_log.h"
#include "core/training/weight_average.h"

namespace ionscape::training {

namespace {

using Clock = std::chrono::steady_clock;
using potential::ChgnetModelData;
using potential::NamedArray;

constexpr double secondsBetweenSaves = 60.0;
constexpr const char* referenceEnergies = "composition_model.fc.weight";

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<float>& referencesOf(ChgnetModelData& data) {
    for (auto& array : data.weights) {
        if (array.name == referenceEnergies) return array.values;
    }
    throw ModelError("the model has no reference energies");
}

bool hasMagmoms(const Samples& samples) {
    return std::any_of(samples.frames.begin(), samples.frames.end(),
                       [](const io::LabelledStructure* frame) { return frame->magmoms.has_value(); });
}

/// Data of an earlier training: what is mixed in, and what is held out to see what is forgotten.
struct Replay {
    Dataset dataset;
    Split split;
    Samples mixed, held;
};

class Session {
  public:
    Session(ChgnetModelData start, const Dataset& dataset, const TrainingSettings& settings,
            const TrainingFiles& files, const std::stop_token& stop, ProgressSink& progress,
            const TrainingObserver& observer, const Dataset* replay)
        : start_(std::move(start)),
          dataset_(dataset),
          settings_(settings),
          files_(files),
          stop_(stop),
          progress_(progress),
          observer_(observer),
          split_(splitByComposition(dataset, settings.splitSeed, settings.fold)) {
        log_.data = fingerprintOf(dataset);
        if (!replay) return;
        log_.replayData = fingerprintOf(*replay);
        replay_.emplace(Replay{*replay, splitByComposition(*replay, settings.splitSeed), {}, {}});
    }

    TrainingResult run();

  private:
    void prepare();
    void shiftReplay(const std::vector<float>& oldReferences);
    bool resume();
    void measureStart();
    void fitReferences(bool fresh);
    void restoreOptimiser();
    double lossAndStep(const std::vector<Member>& members, double rate);
    void runEpoch();
    void finishEpoch();
    void save();
    bool patienceIsOver() const;
    ErrorMetrics measure(const Samples& samples, const char* stage) const {
        return measureErrors(*model_, samples, stage, stop_, progress_);
    }
    std::optional<ErrorMetrics> measureReplay() const {
        return replay_ ? std::optional(measure(replay_->held, "measure replay")) : std::nullopt;
    }
    BatchOrder orderOf(int epoch) const {
        return {settings_, epoch, training_.size(), replay_ ? replay_->mixed.size() : 0};
    }
    ChgnetModelData currentModel(std::vector<NamedArray> weights) const;
    std::string metadata() const;

    ChgnetModelData start_;
    const Dataset& dataset_;
    const TrainingSettings& settings_;
    const TrainingFiles& files_;
    const std::stop_token& stop_;
    ProgressSink& progress_;
    const TrainingObserver& observer_;
    Split split_;
    std::optional<Replay> replay_;
    Samples training_, validation_, test_;
    std::unique_ptr<potential::ChgnetModel> model_;
    std::unique_ptr<Optimiser> optimiser_;
    std::unique_ptr<WeightAverage> average_;
    std::vector<std::pair<std::string, at::Tensor>> parameters_;  ///< those that are not frozen

    // Where the run is; all of it is in the state file.
    int epoch_ = 0;
    std::int64_t batch_ = 0;
    double epochLoss_ = 0.0;
    double epochSeconds_ = 0.0;
    std::int64_t steps_ = 0;
    TrainingLog log_;
};

void Session::prepare() {
    const bool fresh = start_.weights.empty();
    if (fresh) {
        start_.weights = potential::initialWeights(start_.config, settings_.seed);
        start_.config.magmoms = false;
    }
    const std::vector<float> oldReferences = referencesOf(start_);
    const bool resumed = files_.resume && resume();
    training_ = makeSamples(dataset_, split_.training, start_.config, stop_, progress_);
    validation_ = makeSamples(dataset_, split_.validation, start_.config, stop_, progress_);
    test_ = makeSamples(dataset_, split_.test, start_.config, stop_, progress_);
    if (replay_) {
        const Split& split = replay_->split;
        std::vector<std::size_t> mixed = split.training;
        mixed.insert(mixed.end(), split.validation.begin(), split.validation.end());
        replay_->mixed = makeSamples(replay_->dataset, mixed, start_.config, stop_, progress_);
        replay_->held = makeSamples(replay_->dataset, split.test, start_.config, stop_, progress_);
    }
    model_ = std::make_unique<potential::ChgnetModel>(start_);
    if (!resumed) {
        if (!fresh) measureStart();
        if (settings_.fitReferences) fitReferences(fresh);
        // A head of magnetic moments that is not trained along no longer fits the features below it.
        start_.config.magmoms =
            settings_.magmomWeight > 0 && (hasMagmoms(training_) || (replay_ && hasMagmoms(replay_->mixed)));
        model_ = std::make_unique<potential::ChgnetModel>(start_);
    }
    if (replay_ && !fresh) shiftReplay(oldReferences);

    const auto frozen = frozenWeights(start_.config, settings_.frozen);
    for (auto& [name, tensor] : model_->parameters()) {
        if (frozen.contains(name)) continue;
        tensor.requires_grad_(true);
        parameters_.emplace_back(name, tensor);
    }
    optimiser_ = std::make_unique<Optimiser>(settings_.optimiser, settings_.weightDecay, parameters_);
    if (!start_.momentum.empty()) restoreOptimiser();
    if (settings_.averageDecay > 0) {
        average_ = std::make_unique<WeightAverage>(
            settings_.averageDecay, start_.averaged.empty() ? start_.weights : start_.averaged);
    }
    if (!resumed) save();
}

bool Session::resume() {
    const auto file = files_.folder / "state.h5";
    // A run that ended before its first state has done nothing that could be lost.
    if (!std::filesystem::exists(file)) return false;
    ChgnetModelData state = potential::readModelFile(file);
    TrainingLog log = TrainingLog::fromJson(state.metadata, file);
    const auto require = [&file](bool same, const char* what) {
        if (same) return;
        throw InputError(
            fmt::format("{}: was made with other {}; resume with the same or start in a new folder",
                        file.string(), what));
    };
    require(log.settings == toJson(settings_), "settings");
    require(log.data == log_.data, "training data");
    require(log.replayData == log_.replayData, "replayed data");
    log_ = std::move(log);
    epoch_ = static_cast<int>(log_.epochs.size());
    batch_ = log_.batch;
    epochLoss_ = log_.epochLoss;
    steps_ = log_.optimiserSteps;
    start_ = std::move(state);
    return true;
}

void Session::measureStart() {
    log_.start =
        StartReport{measure(validation_, "measure start"), measure(test_, "measure start"), measureReplay()};
}

/// What the network leaves of the labelled energies goes into the reference energies. A fresh one leaves all.
void Session::fitReferences(bool fresh) {
    std::vector<double> residuals;
    if (!fresh) residuals = energyResiduals(*model_, training_, stop_, progress_);
    const auto shift = fitReferenceEnergies(subset(dataset_, split_.training), residuals);
    auto& references = referencesOf(start_);
    for (std::size_t z = 0; z < references.size(); ++z)
        references[z] += shift[z];
}

/// Replayed energies keep the zero they had with the references of the start.
void Session::shiftReplay(const std::vector<float>& oldReferences) {
    const auto& references = referencesOf(start_);
    for (auto& frame : replay_->dataset.frames) {
        for (const auto element : frame.structure.elements) {
            const auto z = static_cast<std::size_t>(element.atomicNumber() - 1);
            *frame.energy += double(references.at(z)) - double(oldReferences.at(z));
        }
    }
}

void Session::restoreOptimiser() {
    // The file holds moments for all weights, those that are not trained included.
    Optimiser::State state{log_.optimiserSteps, {}, {}};
    const auto pick = [](const std::vector<NamedArray>& arrays, const std::string& name) {
        return *std::find_if(arrays.begin(), arrays.end(), [&](const auto& a) { return a.name == name; });
    };
    for (const auto& [name, tensor] : parameters_) {
        state.momentum.push_back(pick(start_.momentum, name));
        state.secondMoment.push_back(pick(start_.secondMoment, name));
    }
    optimiser_->restore(state);
}

double Session::lossAndStep(const std::vector<Member>& members, double rate) {
    const potential::ChgnetGraph batch = joinedGraph(members);
    const at::Tensor loss = batchLoss(*model_, batch, members, settings_);
    const double value = loss.item<double>();
    if (!std::isfinite(value)) {
        throw ModelError(
            fmt::format("the loss is no longer finite in epoch {}; lower the learning rate (now {:.2g})",
                        epoch_ + 1, rate));
    }
    std::vector<at::Tensor> inputs;
    for (const auto& [name, tensor] : parameters_)
        inputs.push_back(tensor);
    auto gradients = torch::autograd::grad({loss}, inputs, {}, false, false, true);
    clipGradients(gradients, settings_.gradientClip);
    optimiser_->step(gradients, rate);
    ++steps_;
    if (average_) average_->update(model_->weights(), steps_);
    return value;
}

void Session::runEpoch() {
    const BatchOrder order = orderOf(epoch_);
    const std::int64_t batches = order.batches();
    const auto began = Clock::now();
    auto saved = began;
    for (; batch_ < batches; ++batch_) {
        if (stop_.stop_requested()) {
            save();
            throw Cancelled();
        }
        if (secondsSince(saved) > secondsBetweenSaves) {
            save();
            saved = Clock::now();
        }
        std::vector<Member> members;
        for (const std::size_t i : order.freshOf(batch_))
            members.push_back({&training_, i});
        for (const std::size_t i : order.replayedOf(batch_))
            members.push_back({&replay_->mixed, i});
        const std::int64_t done = epoch_ * batches + batch_;
        epochLoss_ += lossAndStep(members, learningRateAt(settings_, batches, done));
        progress_.report("train", done + 1, batches * settings_.epochs,
                         fmt::format("epoch {}/{}, loss {:.4f}", epoch_ + 1, settings_.epochs,
                                     epochLoss_ / static_cast<double>(batch_ + 1)));
    }
    epochSeconds_ = secondsSince(began);
    save();
}

/// Validates (the averaged weights where there are any), keeps the best and writes everything down.
void Session::finishEpoch() {
    const std::int64_t batches = orderOf(epoch_).batches();
    const std::vector<NamedArray> trained = model_->weights();
    if (average_) model_->setWeights(average_->weights());
    EpochReport report{epoch_ + 1,
                       epochLoss_ / static_cast<double>(batches),
                       learningRateAt(settings_, batches, (epoch_ + 1) * batches),
                       measure(validation_, "validate"),
                       epochSeconds_,
                       false,
                       measureReplay()};
    report.best = !log_.best || score(report.validation) < score(log_.best->validation);
    log_.epochs.push_back(report);
    if (report.best) {
        log_.best = report;
        potential::writeModelFile(files_.folder / "best.h5", currentModel(model_->weights()));
    }
    if (average_) model_->setWeights(trained);
    ++epoch_;
    batch_ = 0;
    epochLoss_ = 0.0;
    save();
    log_.writeCsv(files_.folder / "log.csv");
    if (observer_.onEpoch) observer_.onEpoch(report);
}

bool Session::patienceIsOver() const {
    return settings_.patience > 0 && log_.best && epoch_ - log_.best->epoch >= settings_.patience;
}

std::string Session::metadata() const {
    const std::set<std::string> compositions(dataset_.compositions.begin(), dataset_.compositions.end());
    nlohmann::json json{{"settings", nlohmann::json::parse(toJson(settings_))},
                        {"frames", dataset_.frames.size()},
                        {"compositions", compositions.size()},
                        {"training_frames", split_.training.size()},
                        {"validation_frames", split_.validation.size()},
                        {"test_frames", split_.test.size()}};
    if (replay_) {
        json["replay_frames"] = replay_->mixed.size();
        json["replay_held_out_frames"] = replay_->held.size();
    }
    if (log_.start) json["start_test"] = metricsToJson(log_.start->test);
    if (log_.best) {
        json["best_epoch"] = log_.best->epoch;
        json["validation"] = metricsToJson(log_.best->validation);
        if (log_.best->replay) json["replay"] = metricsToJson(*log_.best->replay);
    }
    return json.dump();
}

ChgnetModelData Session::currentModel(std::vector<NamedArray> weights) const {
    ChgnetModelData data;
    data.config = start_.config;
    data.info = start_.info;
    data.weights = std::move(weights);
    data.metadata = metadata();
    return data;
}

void Session::save() {
    log_.settings = toJson(settings_);
    log_.batch = batch_;
    log_.epochLoss = epochLoss_;
    log_.optimiserSteps = steps_;
    ChgnetModelData data = currentModel(model_->weights());
    auto moments = optimiser_->state();
    // The file holds an array for each weight; those that are not trained have no moments.
    const auto complete = [&data](std::vector<NamedArray>& arrays) {
        for (const auto& array : data.weights) {
            if (std::none_of(arrays.begin(), arrays.end(),
                             [&](const auto& a) { return a.name == array.name; }))
                arrays.push_back({array.name, array.shape, std::vector<float>(array.values.size(), 0.0f)});
        }
    };
    complete(moments.momentum);
    complete(moments.secondMoment);
    data.momentum = std::move(moments.momentum);
    data.secondMoment = std::move(moments.secondMoment);
    if (average_) data.averaged = average_->weights();
    data.metadata = log_.toJson();
    potential::writeModelFile(files_.folder / "state.h5", data);
}

TrainingResult Session::run() {
    prepare();
    if (log_.start && observer_.onStart) observer_.onStart(*log_.start);
    if (observer_.onEpoch) {
        for (const EpochReport& report : log_.epochs)
            observer_.onEpoch(report);
    }
    while (epoch_ < settings_.epochs && !patienceIsOver()) {
        runEpoch();
        finishEpoch();
    }
    log_.writeCsv(files_.folder / "log.csv");
    TrainingResult result;
    result.model = potential::readModelFile(files_.folder / "best.h5");
    model_->setWeights(result.model.weights);
    result.start = log_.start;
    result.epochs = log_.epochs;
    result.bestEpoch = log_.best->epoch;
    result.validation = log_.best->validation;
    result.replay = log_.best->replay;
    result.stoppedEarly = epoch_ < settings_.epochs;
    result.test = measure(test_, "test");
    auto json = nlohmann::json::parse(result.model.metadata);
    json["test"] = metricsToJson(result.test);
    result.model.metadata = json.dump();
    potential::writeModelFile(files_.folder / "best.h5", result.model);
    return result;
}

}  // namespace

TrainingResult train(ChgnetModelData start, const Dataset& dataset, const TrainingSettings& settings,
                     const TrainingFiles& files, const std::stop_token& stop, ProgressSink& progress,
                     const TrainingObserver& observer, const Dataset* replay) {
    settings.validate();
    if (settings.replayFraction > 0 && !replay)
        throw InputError("a replay fraction needs data to replay; give them or set the fraction to 0");
    frozenWeights(start.config, settings.frozen);
    potential::configureThreads(settings.threads);
    if (files.resume && !std::filesystem::is_directory(files.folder))
        throw InputError(files.folder.string() + ": there is no such folder with a training run to resume");
    std::error_code error;
    std::filesystem::create_directories(files.folder, error);
    if (error) throw IoError(files.folder, "cannot be created: " + error.message());
    if (!files.resume && std::filesystem::exists(files.folder / "state.h5")) {
        throw InputError(files.folder.string() +
                         ": already holds a training run; resume it or choose another folder");
    }
    try {
        return Session(std::move(start), dataset, settings, files, stop, progress, observer, replay).run();
    } catch (const c10::Error& failure) {
        throw ModelError(std::string("the training step failed: ") + failure.what_without_backtrace());
    }
}

}  // namespace ionscape::training
