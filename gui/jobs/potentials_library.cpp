// SPDX-License-Identifier: GPL-3.0-or-later
// Reading of models and data off the GUI thread.
#include "gui/jobs/potentials_library.h"

#include <QDateTime>
#include <QFileInfo>

namespace ionscape::gui {

QString OpenedDataset::name() const {
    QStringList names;
    for (const auto& file : files)
        names << QString::fromStdString(file.filename().string());
    return names.join(QStringLiteral(" + "));
}

QString embeddedPotentialFile() {
    try {
        return QString::fromStdString(potential::embeddedPotentialPath());
    } catch (const InputError&) {
        return {};
    }
}

QString potentialStamp(const QString& path) {
    const QFileInfo file(path.isEmpty() ? embeddedPotentialFile() : path);
    const qint64 changed = file.exists() ? file.lastModified().toMSecsSinceEpoch() : 0;
    return QStringLiteral("%1|%2|%3").arg(file.absoluteFilePath()).arg(file.size()).arg(changed);
}

PotentialsLibrary::PotentialsLibrary(QObject* parent) : QObject(parent) {
    connect(&looking_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) emit problem(message);
        if (lookAgain_) refresh();
    });
    for (auto* task : {&adding_, &reading_}) {
        connect(task, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
            if (outcome == TaskOutcome::Failed) emit problem(message);
        });
    }
}

void PotentialsLibrary::refresh() {
    lookAgain_ = looking_.isBusy();
    if (lookAgain_) return;
    looking_.start([this, registry = registry_](const std::stop_token&, ProgressSink&) mutable {
        if (registry)
            registry->refresh();
        else
            registry = std::make_shared<potential::ModelRegistry>();
        return [this, registry, entries = registry->entries()] {
            registry_ = registry;
            models_ = entries;
            emit modelsChanged();
        };
    });
}

void PotentialsLibrary::add(const QString& path, const QString& name) {
    const bool begun = adding_.start([this, path, name](const std::stop_token&, ProgressSink&) {
        const auto target = potential::addToUserModels(path.toStdString(), name.toStdString());
        return [this, target] {
            emit added(QString::fromStdString(target.string()));
            refresh();
        };
    });
    if (!begun) emit problem(tr("Another potential is being copied; wait for it and add this one then."));
}

void PotentialsLibrary::open(const QStringList& files) {
    const bool begun = reading_.start([this, files](const std::stop_token& stop, ProgressSink& progress) {
        auto opened = std::make_shared<OpenedDataset>();
        for (const QString& file : files) {
            throwIfStopped(stop);
            progress.report("read", static_cast<std::int64_t>(opened->files.size()), files.size(),
                            file.toStdString());
            opened->files.emplace_back(file.toStdString());
            auto part = training::readDataset({opened->files.back()});
            auto& all = opened->data;
            all.frames.insert(all.frames.end(), std::make_move_iterator(part.frames.begin()),
                              std::make_move_iterator(part.frames.end()));
            all.compositions.insert(all.compositions.end(), part.compositions.begin(),
                                    part.compositions.end());
        }
        throwIfStopped(stop);
        opened->statistics = training::overviewOf(opened->data);
        if (opened->statistics.compositions.size() >= 3)
            opened->split = training::splitByComposition(opened->data, 1);
        return [this, opened] {
            dataset_ = opened;
            emit datasetChanged();
        };
    });
    if (!begun) emit problem(tr("Other data are being read; stop that first."));
}

}  // namespace ionscape::gui
