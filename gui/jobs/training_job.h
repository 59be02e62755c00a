// SPDX-License-Identifier: GPL-3.0-or-later
// A training run on a thread of its own: epochs as they end, then the test errors and parity of the best
// model.
#pragma once

#include <QJsonObject>

#include "core/training/parity.h"
#include "core/training/trainer.h"
#include "gui/jobs/potentials_library.h"

namespace ionscape::gui {

struct TrainingRequest {
    QString name;                 ///< of the trained model
    std::filesystem::path start;  ///< model to fine-tune; empty for a new small one
    DatasetPtr dataset;
    training::TrainingSettings settings;
    /// Data of an earlier training that is replayed; empty for none.
    std::vector<std::filesystem::path> replay;
    std::filesystem::path folder;  ///< takes best.h5, state.h5 and log.csv
    bool resume = false;
    /// What the form showed, written beside the state: readTrainingForm() gives it back for a resume.
    QJsonObject form;
};

struct TrainedModel {
    std::filesystem::path file;
    training::TrainingResult result;
    /// On the test set.
    std::shared_ptr<const training::Parity> parity;
};

class TrainingJob final : public QObject {
    Q_OBJECT

  public:
    explicit TrainingJob(QObject* parent = nullptr);
    /// Returns false while another training goes on.
    bool start(const TrainingRequest& request);
    BackgroundTask& task() { return task_; }
    bool isBusy() const { return task_.isBusy(); }

  signals:
    /// Errors of the model that is fine-tuned, before the first epoch.
    void startMeasured(const ionscape::training::StartReport& report);
    void epochDone(const ionscape::training::EpochReport& report);
    /// The task's ended() follows.
    void trained(const ionscape::gui::TrainedModel& model);

  private:
    BackgroundTask task_;
};

/// The form of the training whose state lies in `folder`. Throws IoError when there is none.
QJsonObject readTrainingForm(const std::filesystem::path& folder);

}  // namespace ionscape::gui
