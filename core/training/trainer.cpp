// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/trainer.h"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/random.h"
#include "core/potential/chgnet_model.h"
#include "core/potential/chgnet_output.h"
#include "core/potential/model_file.h"
#include "core/potential/threads.h"
#include "core/training/radam.h"
#include "core/training/training_log.h"

namespace ionscape::training {

namespace {

using Clock = std::chrono::steady_clock;
using potential::ChgnetGraph;
using potential::ChgnetModelData;

constexpr double secondsBetweenSaves = 60.0;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Graphs are built once: they depend on the structures only.
struct Samples {
    const Dataset* dataset = nullptr;
    std::vector<std::size_t> indices;
    std::vector<ChgnetGraph> graphs;
};

Samples makeSamples(const Dataset& dataset, const std::vector<std::size_t>& indices,
                    const potential::ChgnetConfig& config, const std::stop_token& stop) {
    Samples samples{&dataset, indices, {}};
    for (const std::size_t i : indices) {
        throwIfStopped(stop);
        samples.graphs.push_back(
            potential::buildChgnetGraph(dataset.frames[i].structure, config.atomCutoff, config.bondCutoff));
    }
    return samples;
}

struct Labels {
    at::Tensor energyPerAtom, atoms, forces, stress, stressMask;
};

Labels stackLabels(const Samples& samples, const std::vector<std::size_t>& members) {
    const auto count = static_cast<std::int64_t>(members.size());
    Labels labels{at::empty({count}, at::kDouble),
                  at::empty({count}, at::kDouble),
                  {},
                  at::zeros({count, 9}, at::kDouble),
                  at::zeros({count, 1}, at::kDouble)};
    std::vector<at::Tensor> forces;
    for (std::int64_t k = 0; k < count; ++k) {
        const auto& frame = samples.dataset->frames[samples.indices[members[static_cast<std::size_t>(k)]]];
        const double atoms = static_cast<double>(frame.structure.size());
        labels.energyPerAtom[k] = *frame.energy / atoms;
        labels.atoms[k] = atoms;
        forces.push_back(
            at::from_blob(const_cast<double*>(frame.forces->data()), {frame.forces->cols(), 3}, at::kDouble));
        if (!frame.stressGPa) continue;
        labels.stressMask[k] = 1.0;
        labels.stress[k] =
            at::from_blob(const_cast<double*>(frame.stressGPa->data()), {9}, at::kDouble).clone();
    }
    labels.forces = at::cat(forces);
    return labels;
}

class Session {
  public:
    Session(ChgnetModelData start, const Dataset& dataset, const TrainingSettings& settings,
            const TrainingFiles& files, const std::stop_token& stop, ProgressSink& progress,
            const TrainingObserver& observer)
        : start_(std::move(start)),
          dataset_(dataset),
          settings_(settings),
          files_(files),
          stop_(stop),
          progress_(progress),
          observer_(observer),
          split_(splitByComposition(dataset, settings.splitSeed, settings.fold)) {}

    TrainingResult run();

  private:
    void prepare();
    void resume();
    void measureStart();
    void fitReferences(bool fresh);
    double lossAndStep(const std::vector<std::size_t>& members, double rate);
    double learningRate() const;
    void runEpoch();
    void save();
    ErrorMetrics measure(const char* stage, const Samples& samples) const;
    ChgnetModelData currentModel(bool withState) const;
    std::string metadata() const;
    std::int64_t batchesPerEpoch() const {
        return (static_cast<std::int64_t>(training_.indices.size()) + settings_.batchSize - 1) /
               settings_.batchSize;
    }

    ChgnetModelData start_;
    const Dataset& dataset_;
    const TrainingSettings& settings_;
    const TrainingFiles& files_;
    const std::stop_token& stop_;
    ProgressSink& progress_;
    const TrainingObserver& observer_;
    Split split_;
    Samples training_, validation_, test_;
    std::unique_ptr<potential::ChgnetModel> model_;
    std::unique_ptr<RAdam> optimiser_;
    std::vector<std::pair<std::string, at::Tensor>> parameters_;

    // Where the run is; all of it is in the state file.
    int epoch_ = 0;
    std::int64_t batch_ = 0;
    double epochLoss_ = 0.0;
    double epochSeconds_ = 0.0;
    TrainingLog log_;
};

void Session::prepare() {
    const bool fresh = start_.weights.empty();
    if (fresh) {
        start_.weights = potential::initialWeights(start_.config, settings_.seed);
        start_.config.magmoms = false;
    }
    if (files_.resume) resume();
    model_ = std::make_unique<potential::ChgnetModel>(start_);
    training_ = makeSamples(dataset_, split_.training, start_.config, stop_);
    validation_ = makeSamples(dataset_, split_.validation, start_.config, stop_);
    test_ = makeSamples(dataset_, split_.test, start_.config, stop_);
    if (!files_.resume) {
        if (!fresh) measureStart();
        if (settings_.fitReferences) fitReferences(fresh);
    }
    parameters_ = model_->parameters();
    for (auto& [name, tensor] : parameters_)
        tensor.requires_grad_(true);
    optimiser_ = std::make_unique<RAdam>(parameters_);
    if (!start_.momentum.empty()) {
        RAdam::State state{log_.optimiserSteps, {}, {}};
        // The file holds moments for the reference energies too, which are not trained.
        for (const auto& [name, tensor] : parameters_) {
            for (const auto& array : start_.momentum) {
                if (array.name == name) state.momentum.push_back(array);
            }
            for (const auto& array : start_.secondMoment) {
                if (array.name == name) state.secondMoment.push_back(array);
            }
        }
        optimiser_->restore(state);
    }
}

void Session::measureStart() {
    log_.start = StartReport{measure("measure start", validation_), measure("measure start", test_)};
}

/// What the network leaves of the labelled energies goes into the reference energies. A fresh one leaves all.
void Session::fitReferences(bool fresh) {
    std::vector<double> residuals;
    for (std::size_t i = 0; !fresh && i < training_.indices.size(); ++i) {
        throwIfStopped(stop_);
        const auto output = model_->evaluate(training_.graphs[i], {.stress = false, .magmoms = false}, false);
        residuals.push_back(*dataset_.frames[training_.indices[i]].energy - output.energy[0].item<double>());
        progress_.report("fit references", static_cast<std::int64_t>(i) + 1,
                         static_cast<std::int64_t>(training_.indices.size()), "");
    }
    const auto shift = fitReferenceEnergies(subset(dataset_, split_.training), residuals);
    for (auto& array : start_.weights) {
        if (array.name != "composition_model.fc.weight") continue;
        for (std::size_t z = 0; z < array.values.size(); ++z)
            array.values[z] += shift[z];
    }
    model_->setWeights(start_.weights);
}

void Session::resume() {
    const auto file = files_.folder / "state.h5";
    ChgnetModelData state = potential::readModelFile(file);
    log_ = TrainingLog::fromJson(state.metadata, file);
    if (log_.settings != toJson(settings_)) {
        throw InputError(
            file.string() +
            ": was made with other settings; resume with the same ones or start in a new folder");
    }
    epoch_ = static_cast<int>(log_.epochs.size());
    batch_ = log_.batch;
    epochLoss_ = log_.epochLoss;
    start_ = std::move(state);
}

/// Cosine decay over the whole run, batch by batch.
double Session::learningRate() const {
    const double total = static_cast<double>(batchesPerEpoch()) * settings_.epochs;
    const double done = static_cast<double>(epoch_ * batchesPerEpoch() + batch_) / total;
    const double low = settings_.learningRate * settings_.finalRateFraction;
    return low + 0.5 * (settings_.learningRate - low) * (1.0 + std::cos(M_PI * std::min(1.0, done)));
}

double Session::lossAndStep(const std::vector<std::size_t>& members, double rate) {
    ChgnetGraph batch;
    for (const std::size_t m : members)
        potential::appendGraph(batch, training_.graphs[m]);
    const Labels labels = stackLabels(training_, members);
    const auto output = model_->evaluate(batch, {.stress = true, .magmoms = false}, true);

    const auto distance = [this](const at::Tensor& a, const at::Tensor& b) {
        return settings_.loss == Loss::Huber ? at::huber_loss(a, b, at::Reduction::Mean, settings_.huberDelta)
                                             : at::mse_loss(a, b, at::Reduction::Mean);
    };
    const at::Tensor loss =
        settings_.energyWeight * distance(output.energy / labels.atoms, labels.energyPerAtom) +
        settings_.forceWeight * distance(output.forces, labels.forces) +
        settings_.stressWeight *
            distance(output.stressGPa * labels.stressMask, labels.stress * labels.stressMask);
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
    if (settings_.gradientClip > 0) {
        double squares = 0.0;
        for (const auto& g : gradients) {
            if (g.defined()) squares += at::sum(g * g).item<double>();
        }
        const double norm = std::sqrt(squares);
        if (norm > settings_.gradientClip) {
            for (auto& g : gradients) {
                if (g.defined()) g = g * (settings_.gradientClip / norm);
            }
        }
    }
    optimiser_->step(gradients, rate);
    return value;
}

void Session::runEpoch() {
    // The order of an epoch follows from seed and epoch alone, so that a resumed run sees the same batches.
    RandomStream random(settings_.seed + static_cast<std::uint64_t>(epoch_) * 1000003ULL, "epoch");
    std::vector<std::size_t> order(training_.indices.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    random.shuffle(order);

    const auto began = Clock::now();
    auto saved = began;
    const std::int64_t batches = batchesPerEpoch();
    for (; batch_ < batches; ++batch_) {
        if (stop_.stop_requested()) {
            save();
            throw Cancelled();
        }
        if (secondsSince(saved) > secondsBetweenSaves) {
            save();
            saved = Clock::now();
        }
        const auto begin = order.begin() + batch_ * settings_.batchSize;
        const auto end = order.begin() + std::min<std::int64_t>((batch_ + 1) * settings_.batchSize,
                                                                static_cast<std::int64_t>(order.size()));
        epochLoss_ += lossAndStep({begin, end}, learningRate());
        progress_.report("train", epoch_ * batches + batch_ + 1, batches * settings_.epochs,
                         fmt::format("epoch {}/{}, loss {:.4f}", epoch_ + 1, settings_.epochs,
                                     epochLoss_ / static_cast<double>(batch_ + 1)));
    }
    epochSeconds_ = secondsSince(began);
}

ErrorMetrics Session::measure(const char* stage, const Samples& samples) const {
    ErrorAccumulator errors;
    for (std::size_t i = 0; i < samples.indices.size(); ++i) {
        throwIfStopped(stop_);
        const auto output = model_->evaluate(samples.graphs[i], {.stress = true, .magmoms = false}, false);
        const auto& frame = dataset_.frames[samples.indices[i]];
        const at::Tensor forces = output.forces.contiguous();
        const at::Tensor stress = output.stressGPa.contiguous();
        errors.add(frame, output.energy[0].item<double>(),
                   Eigen::Map<const VectorField>(forces.data_ptr<double>(), 3, frame.forces->cols()),
                   Eigen::Map<const Mat3>(stress.data_ptr<double>()));
        progress_.report(stage, static_cast<std::int64_t>(i) + 1,
                         static_cast<std::int64_t>(samples.indices.size()), "");
    }
    return errors.metrics();
}

std::string Session::metadata() const {
    const std::set<std::string> compositions(dataset_.compositions.begin(), dataset_.compositions.end());
    nlohmann::json json{{"settings", nlohmann::json::parse(toJson(settings_))},
                        {"frames", dataset_.frames.size()},
                        {"compositions", compositions.size()},
                        {"training_frames", split_.training.size()},
                        {"validation_frames", split_.validation.size()},
                        {"test_frames", split_.test.size()}};
    if (log_.best) json["best_epoch"] = log_.best->epoch;
    if (log_.best) json["validation"] = metricsToJson(log_.best->validation);
    return json.dump();
}

ChgnetModelData Session::currentModel(bool withState) const {
    ChgnetModelData data;
    data.config = start_.config;
    data.info = start_.info;
    data.weights = model_->weights();
    data.metadata = metadata();
    if (!withState) return data;
    const auto moments = optimiser_->state();
    data.momentum = moments.momentum;
    data.secondMoment = moments.secondMoment;
    // The reference energies have no moments, but the file holds an array for each weight.
    for (const auto& array : data.weights) {
        if (array.name != "composition_model.fc.weight") continue;
        data.momentum.push_back({array.name, array.shape, std::vector<float>(array.values.size(), 0.0f)});
        data.secondMoment.push_back(data.momentum.back());
    }
    return data;
}

void Session::save() {
    log_.settings = toJson(settings_);
    log_.batch = batch_;
    log_.epochLoss = epochLoss_;
    log_.optimiserSteps = optimiser_->state().steps;
    ChgnetModelData data = currentModel(true);
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
    for (; epoch_ < settings_.epochs; ++epoch_) {
        runEpoch();
        const double rate = learningRate();
        EpochReport report{epoch_ + 1, epochLoss_ / static_cast<double>(batchesPerEpoch()), rate,
                           measure("validate", validation_), epochSeconds_};
        report.best = !log_.best || score(report.validation) < score(log_.best->validation);
        log_.epochs.push_back(report);
        if (report.best) {
            log_.best = report;
            potential::writeModelFile(files_.folder / "best.h5", currentModel(false));
        }
        batch_ = 0;
        epochLoss_ = 0.0;
        save();
        log_.writeCsv(files_.folder / "log.csv");
        if (observer_.onEpoch) observer_.onEpoch(report);
    }
    TrainingResult result;
    result.model = potential::readModelFile(files_.folder / "best.h5");
    model_->setWeights(result.model.weights);
    result.start = log_.start;
    result.epochs = log_.epochs;
    result.bestEpoch = log_.best->epoch;
    result.validation = log_.best->validation;
    result.test = measure("test", test_);
    auto json = nlohmann::json::parse(result.model.metadata);
    json["test"] = metricsToJson(result.test);
    result.model.metadata = json.dump();
    potential::writeModelFile(files_.folder / "best.h5", result.model);
    return result;
}

}  // namespace

void TrainingSettings::validate() const {
    const auto require = [](bool good, const char* message) {
        if (!good) throw InputError(message);
    };
    require(epochs >= 1 && epochs <= 100000, "the number of epochs must be 1 to 100000");
    require(batchSize >= 1 && batchSize <= 4096, "the batch size must be 1 to 4096 frames");
    require(learningRate > 0 && learningRate <= 1, "the learning rate must be above 0 and at most 1");
    require(finalRateFraction >= 0 && finalRateFraction <= 1,
            "the final rate must be 0 to 1 of the learning rate");
    require(huberDelta > 0, "the Huber delta must be positive");
    require(energyWeight >= 0 && forceWeight >= 0 && stressWeight >= 0, "loss weights must not be negative");
    require(energyWeight + forceWeight + stressWeight > 0, "at least one loss weight must be positive");
    require(gradientClip >= 0, "the gradient clip must not be negative");
}

std::string toJson(const TrainingSettings& s) {
    return nlohmann::json{{"epochs", s.epochs},
                          {"batch_size", s.batchSize},
                          {"learning_rate", s.learningRate},
                          {"final_rate_fraction", s.finalRateFraction},
                          {"loss", s.loss == Loss::Huber ? "huber" : "mse"},
                          {"huber_delta", s.huberDelta},
                          {"energy_weight", s.energyWeight},
                          {"force_weight", s.forceWeight},
                          {"stress_weight", s.stressWeight},
                          {"gradient_clip", s.gradientClip},
                          {"seed", s.seed},
                          {"split_seed", s.splitSeed},
                          {"fold", s.fold},
                          {"fit_references", s.fitReferences}}
        .dump();
}

TrainingResult train(ChgnetModelData start, const Dataset& dataset, const TrainingSettings& settings,
                     const TrainingFiles& files, const std::stop_token& stop, ProgressSink& progress,
                     const TrainingObserver& observer) {
    settings.validate();
    potential::configureThreads(settings.threads);
    std::error_code error;
    std::filesystem::create_directories(files.folder, error);
    if (error) throw IoError(files.folder, "cannot be created: " + error.message());
    if (!files.resume && std::filesystem::exists(files.folder / "state.h5")) {
        throw InputError(files.folder.string() +
                         ": already holds a training run; resume it or choose another folder");
    }
    try {
        return Session(std::move(start), dataset, settings, files, stop, progress, observer).run();
    } catch (const c10::Error& failure) {
        throw ModelError(std::string("the training step failed: ") + failure.what_without_backtrace());
    }
}

}  // namespace ionscape::training
