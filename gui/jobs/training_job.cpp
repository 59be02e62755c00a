// SPDX-License-Identifier: GPL-3.0-or-later
// Training, then parity of the best model.
#include "gui/jobs/training_job.h"

#include <QFile>
#include <QJsonDocument>

#include "core/base/atomic_file.h"
#include "core/training/start_model.h"

namespace ionscape::gui {

namespace training_job_detail {

constexpr const char* formName = "desktop.json";

std::shared_ptr<const training::Parity> testParity(const TrainingRequest& request,
                                                   const std::filesystem::path& file,
                                                   const std::stop_token& stop, ProgressSink& progress) {
    const auto& data = request.dataset->data;
    const auto split = training::splitByComposition(data, request.settings.splitSeed, request.settings.fold);
    const auto potential = potential::openPotential(file.string(), request.settings.threads);
    return std::make_shared<const training::Parity>(
        training::measureParity(*potential, training::subset(data, split.test), stop, progress));
}

}  // namespace training_job_detail

TrainingJob::TrainingJob(QObject* parent) : QObject(parent) {}

bool TrainingJob::start(const TrainingRequest& request) {
    return task_.start([this, request](const std::stop_token& stop, ProgressSink& progress) {
        potential::ChgnetModelData start;
        if (request.start.empty())
            start.config = training::smallChgnet();
        else
            start = training::readStartModel(request.start);
        std::optional<training::Dataset> replay;
        if (!request.replay.empty()) replay = training::readDataset(request.replay);
        training::describeTrained(start, request.name.toStdString(), request.start, request.dataset->files,
                                  request.dataset->data, replay ? &*replay : nullptr);
        std::error_code ignored;
        std::filesystem::create_directories(request.folder, ignored);
        if (!request.resume && !std::filesystem::exists(request.folder / "state.h5"))
            writeTextAtomically(request.folder / training_job_detail::formName,
                                QJsonDocument(request.form).toJson().toStdString());
        training::TrainingObserver observer;
        observer.onStart = [this](const training::StartReport& report) {
            task_.post([this, report] { emit startMeasured(report); });
        };
        observer.onEpoch = [this](const training::EpochReport& report) {
            task_.post([this, report] { emit epochDone(report); });
        };
        auto trained = std::make_shared<TrainedModel>();
        trained->file = request.folder / "best.h5";
        trained->result = training::train(std::move(start), request.dataset->data, request.settings,
                                          {request.folder, request.resume}, stop, progress, observer,
                                          replay ? &*replay : nullptr);
        trained->parity = training_job_detail::testParity(request, trained->file, stop, progress);
        return [this, trained] { emit this->trained(*trained); };
    });
}

QJsonObject readTrainingForm(const std::filesystem::path& folder) {
    const auto path = folder / training_job_detail::formName;
    QFile file(QString::fromStdString(path.string()));
    const bool opened = file.open(QIODevice::ReadOnly);
    const auto document = opened ? QJsonDocument::fromJson(file.readAll()) : QJsonDocument();
    if (!document.isObject() || !std::filesystem::exists(folder / "state.h5"))
        throw IoError(folder, "holds no training of this program that can be resumed; choose its folder");
    return document.object();
}

}  // namespace ionscape::gui
