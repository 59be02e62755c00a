// SPDX-License-Identifier: GPL-3.0-or-later
// The work of the Learn stage on threads of its own: opening data, measuring cells, training, predicting.
#pragma once

#include <QObject>
#include <map>
#include <memory>

#include "core/composition/space_table.h"
#include "core/workflow/predict_mobility.h"
#include "core/workflow/surrogate_training.h"
#include "gui/jobs/background_task.h"

namespace ionscape::gui {

using LearningDataPtr = std::shared_ptr<const workflow::LearningData>;
using FeaturesPtr = std::shared_ptr<const workflow::FeatureMatrix>;

/// A model with what it says of the data that are open.
struct LearnedModel {
    std::shared_ptr<const surrogate::SurrogateModel> model;
    workflow::SurrogateView view;
    /// Null for a model that was loaded from a file.
    std::shared_ptr<const workflow::TrainedSurrogate> trained;
    FeaturesPtr features;                                             ///< that the model takes
    workflow::FeatureKind kind = workflow::FeatureKind::Composition;  ///< of those; of a trained model
};

/// What a model says of all compositions of a table.
struct SpacePrediction {
    std::shared_ptr<const composition::SpaceTable> table;
    std::vector<double> mean, error;  ///< one a row; NaN where the model cannot tell
    std::size_t covered = 0;
};

class LearningJob final : public QObject {
    Q_OBJECT

  public:
    explicit LearningJob(QObject* parent = nullptr);

    /// Of opening, measuring and training.
    BackgroundTask& task() { return task_; }
    /// Of the prediction for a new composition, which goes on beside the others.
    BackgroundTask& prediction() { return prediction_; }

    LearningDataPtr data() const { return data_; }
    QString file() const { return file_; }
    const std::shared_ptr<const LearnedModel>& learned() const { return learned_; }

    /// A campaign's dataset. These do nothing while other work is going on; the model goes with its data.
    void open(const QString& file);
    void open(const surrogate::CsvTable& table, const workflow::MeasuredColumns& columns,
              const QString& host);
    /// Measures the cells unless that has been done for these features.
    void measure(workflow::FeatureKind kind);
    void train(workflow::FeatureKind kind, const workflow::SurrogateTrainingSpec& spec);
    /// Reads the dataset again, which has grown, measures what is new and trains on all of it.
    void retrain(workflow::FeatureKind kind, const workflow::SurrogateTrainingSpec& spec);
    void load(const QString& modelFile);
    /// Throws IoError; InputError without a model.
    void save(const QString& modelFile) const;
    void predict(const workflow::MobilityRequest& request);
    /// For the map of the space; the newest table wins.
    void predictSpace(const std::shared_ptr<const composition::SpaceTable>& table);

  signals:
    void opened();
    /// Cells were measured; how many of them could not be.
    void measured(int kind, int failed);
    /// Another model, or none.
    void modelChanged();
    void predicted(const ionscape::workflow::MobilityPrediction& prediction);
    void spacePredicted(const ionscape::gui::SpacePrediction& prediction);
    void problem(const QString& message);

  private:
    QString file_;
    LearningDataPtr data_;
    std::map<workflow::FeatureKind, FeaturesPtr> features_;
    std::shared_ptr<const LearnedModel> learned_;
    std::shared_ptr<const composition::SpaceTable> waiting_;  ///< for its prediction
    // Last, because their threads post to what is above.
    BackgroundTask task_, prediction_, space_;
    using Read = std::function<workflow::LearningData()>;
    void open(const QString& file, Read read);
    void report(TaskOutcome outcome, const QString& message);
};

}  // namespace ionscape::gui
