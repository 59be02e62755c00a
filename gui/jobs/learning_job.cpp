// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/learning_job.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/error.h"
#include "core/composition/descriptors.h"

namespace ionscape::gui {
namespace learning_job_detail {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

FeaturesPtr measuredCells(const workflow::LearningData& data, workflow::FeatureKind kind,
                          const std::stop_token& stop, ProgressSink& progress) {
    const workflow::Featuriser featuriser(composition::findHost(data.host), kind);
    return std::make_shared<workflow::FeatureMatrix>(
        workflow::featureMatrix(data, featuriser, stop, progress));
}

int failures(const workflow::FeatureMatrix& features) {
    return static_cast<int>(std::count_if(features.problems.begin(), features.problems.end(),
                                          [](const std::string& problem) { return !problem.empty(); }));
}

/// Models of compositions alone know every row.
void predictAll(const LearnedModel& learned, const workflow::Featuriser& featuriser,
                SpacePrediction& prediction, const std::stop_token& stop) {
    std::vector<surrogate::FeatureRow> rows;
    for (std::size_t i = 0; i < prediction.table->rows(); ++i) {
        if (i % 256 == 0) throwIfStopped(stop);
        rows.push_back(featuriser.row(prediction.table->composition(i), {}));
    }
    if (rows.empty()) return;
    const auto all = learned.model->predict(featuriser.features(), rows);
    prediction.mean.assign(all.mean.begin(), all.mean.end());
    prediction.error.assign(all.standardDeviation.begin(), all.standardDeviation.end());
    prediction.covered = rows.size();
}

/// Others know the compositions whose cells are in the data: the mean over their cells.
void predictFromCells(const LearnedModel& learned, const workflow::LearningData& data,
                      SpacePrediction& prediction, const std::stop_token& stop) {
    struct Sum {
        double mean = 0.0, variance = 0.0;
        int cells = 0;
    };
    std::map<std::string, Sum> sums;
    for (std::size_t i = 0; i < learned.view.rows.size(); ++i) {
        Sum& sum = sums[data.rows[learned.view.rows[i]].formula];
        const auto row = static_cast<Eigen::Index>(i);
        sum.mean += learned.view.predicted.mean[row];
        sum.variance += std::pow(learned.view.predicted.standardDeviation[row], 2);
        ++sum.cells;
    }
    const auto& table = *prediction.table;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        if (i % 256 == 0) throwIfStopped(stop);
        const auto found = sums.find(composition::canonicalFormula(table.host(), table.composition(i)));
        if (found == sums.end()) continue;
        const Sum& sum = found->second;
        prediction.mean[i] = sum.mean / sum.cells;
        prediction.error[i] = std::sqrt(sum.variance / sum.cells);
        ++prediction.covered;
    }
}

/// Lets cells that were measured before keep their features.
void keepMeasured(workflow::LearningData& data, const workflow::LearningData& before,
                  const workflow::FeatureMatrix& known) {
    std::map<std::pair<std::string, std::uint64_t>, std::size_t> places;
    for (std::size_t i = 0; i < before.rows.size(); ++i)
        places[{before.rows[i].formula, before.rows[i].seed}] = i;
    data.stored = {known.features, {}};
    for (const auto& row : data.rows) {
        auto& stored = data.stored.rows.emplace_back();
        const auto found = places.find({row.formula, row.seed});
        if (found != places.end() && before.rows[found->second].cell.positions == row.cell.positions)
            stored = known.rows[found->second];
    }
}

std::shared_ptr<LearnedModel> trained(const workflow::LearningData& data, const FeaturesPtr& features,
                                      workflow::FeatureKind kind, const workflow::SurrogateTrainingSpec& spec,
                                      const std::stop_token& stop, ProgressSink& progress) {
    auto result = std::make_shared<workflow::TrainedSurrogate>(
        workflow::trainSurrogate(data, *features, spec, stop, progress));
    auto learned = std::make_shared<LearnedModel>();
    learned->model = result->model;
    learned->view = result->view;
    learned->trained = result;
    learned->features = features;
    learned->kind = kind;
    return learned;
}

}  // namespace learning_job_detail

LearningJob::LearningJob(QObject* parent) : QObject(parent) {
    connect(&task_, &BackgroundTask::ended, this, &LearningJob::report);
    connect(&prediction_, &BackgroundTask::ended, this, &LearningJob::report);
    connect(&space_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        report(outcome, message);
        if (waiting_) predictSpace(std::exchange(waiting_, nullptr));
    });
}

void LearningJob::report(TaskOutcome outcome, const QString& message) {
    if (outcome == TaskOutcome::Failed) emit problem(message);
}

void LearningJob::open(const QString& file) {
    open(file, [path = std::filesystem::path(file.toStdString())] {
        return workflow::learningData(workflow::CampaignData(path));
    });
}

void LearningJob::open(const surrogate::CsvTable& table, const workflow::MeasuredColumns& columns,
                       const QString& host) {
    open(QString::fromStdString(table.file().string()),
         [table, columns, id = host.toStdString()] { return workflow::learningData(table, columns, id); });
}

void LearningJob::open(const QString& file, Read read) {
    task_.start([this, file, read = std::move(read)](const std::stop_token&, ProgressSink& progress) {
        progress.report("read", 0, 0, {});
        auto data = std::make_shared<const workflow::LearningData>(read());
        return [this, file, data] {
            file_ = file;
            data_ = data;
            features_.clear();
            learned_.reset();
            emit opened();
            emit modelChanged();
        };
    });
}

void LearningJob::measure(workflow::FeatureKind kind) {
    if (!data_ || features_.count(kind) > 0) return;
    task_.start([this, kind, data = data_](const std::stop_token& stop, ProgressSink& progress) {
        auto features = learning_job_detail::measuredCells(*data, kind, stop, progress);
        return [this, kind, features] {
            features_[kind] = features;
            emit measured(static_cast<int>(kind), learning_job_detail::failures(*features));
        };
    });
}

void LearningJob::train(workflow::FeatureKind kind, const workflow::SurrogateTrainingSpec& spec) {
    if (!data_) return;
    const auto known = features_.find(kind);
    task_.start(
        [this, kind, spec, data = data_, features = known == features_.end() ? nullptr : known->second](
            const std::stop_token& stop, ProgressSink& progress) mutable {
            if (!features) features = learning_job_detail::measuredCells(*data, kind, stop, progress);
            auto learned = learning_job_detail::trained(*data, features, kind, spec, stop, progress);
            return [this, kind, features, learned] {
                features_[kind] = features;
                learned_ = learned;
                emit modelChanged();
            };
        });
}

void LearningJob::retrain(workflow::FeatureKind kind, const workflow::SurrogateTrainingSpec& spec) {
    const auto known = features_.find(kind);
    if (!data_ || known == features_.end()) return;
    task_.start([this, kind, spec, before = data_, features = known->second,
                 path = std::filesystem::path(file_.toStdString())](const std::stop_token& stop,
                                                                    ProgressSink& progress) {
        progress.report("read", 0, 0, {});
        auto data =
            std::make_shared<workflow::LearningData>(workflow::learningData(workflow::CampaignData(path)));
        const auto published = data->stored;
        learning_job_detail::keepMeasured(*data, *before, *features);
        auto grown = learning_job_detail::measuredCells(*data, kind, stop, progress);
        data->stored = published;
        auto learned = learning_job_detail::trained(*data, grown, kind, spec, stop, progress);
        return [this, kind, data, grown, learned] {
            data_ = data;
            features_.clear();
            features_[kind] = grown;
            learned_ = learned;
            emit opened();
            emit modelChanged();
        };
    });
}

void LearningJob::load(const QString& modelFile) {
    task_.start([this, data = data_, path = std::filesystem::path(modelFile.toStdString())](
                    const std::stop_token& stop, ProgressSink& progress) {
        progress.report("read", 0, 0, {});
        auto learned = std::make_shared<LearnedModel>();
        auto model = surrogate::SurrogateModel::load(path);
        if (data) {
            const workflow::Featuriser featuriser(composition::findHost(data->host), model.inputs());
            learned->features = std::make_shared<workflow::FeatureMatrix>(
                workflow::featureMatrix(*data, featuriser, stop, progress));
            learned->view = workflow::applySurrogate(model, *data, *learned->features, stop, progress);
        }
        learned->model = std::make_shared<const surrogate::SurrogateModel>(std::move(model));
        return [this, learned] {
            learned_ = learned;
            emit modelChanged();
        };
    });
}

void LearningJob::save(const QString& modelFile) const {
    if (!learned_) throw InputError(tr("train a model before it can be saved").toStdString());
    learned_->model->save(modelFile.toStdString());
}

void LearningJob::predict(const workflow::MobilityRequest& request) {
    if (!learned_) return;
    prediction_.start(
        [this, request, model = learned_->model](const std::stop_token& stop, ProgressSink& progress) {
            auto prediction = std::make_shared<const workflow::MobilityPrediction>(
                workflow::predictMobility(*model, request, stop, progress));
            return [this, prediction] { emit predicted(*prediction); };
        });
}

void LearningJob::predictSpace(const std::shared_ptr<const composition::SpaceTable>& table) {
    if (!learned_ || !data_ || table->rows() == 0) return;
    if (space_.isBusy()) {
        waiting_ = table;
        space_.cancel();
        return;
    }
    space_.start([this, table, learned = learned_, data = data_](const std::stop_token& stop, ProgressSink&) {
        auto prediction = std::make_shared<SpacePrediction>();
        prediction->table = table;
        prediction->mean.assign(table->rows(), learning_job_detail::missing);
        prediction->error = prediction->mean;
        const auto& model = *learned->model;
        const workflow::Featuriser featuriser(table->host(), model.inputs());
        if (featuriser.needsCell())
            learning_job_detail::predictFromCells(*learned, *data, *prediction, stop);
        else
            learning_job_detail::predictAll(*learned, featuriser, *prediction, stop);
        return [this, prediction] { emit spacePredicted(*prediction); };
    });
}

}  // namespace ionscape::gui
