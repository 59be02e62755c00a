// SPDX-License-Identifier: GPL-3.0-or-later
// What the Potentials stage works with: the models at hand and the labelled data that were opened.
#pragma once

#include <QObject>
#include <QStringList>
#include <memory>
#include <vector>

#include "core/potential/model_registry.h"
#include "core/training/dataset_overview.h"
#include "gui/jobs/background_task.h"

namespace ionscape::gui {

/// Labelled frames as opened; never changed afterwards, so that threads share them.
struct OpenedDataset {
    std::vector<std::filesystem::path> files;
    training::Dataset data;
    training::DatasetOverview statistics;
    /// How the frames would be divided for a training with the default seed; empty with fewer than three
    /// compositions.
    training::Split split;
    QString name() const;
};
using DatasetPtr = std::shared_ptr<const OpenedDataset>;

/// File of the embedded potential; empty when the program was installed without it.
QString embeddedPotentialFile();

/// Path, size and time of a potential's file in one text, for digests of work that another potential would
/// make other work. An empty path stands for the embedded potential.
QString potentialStamp(const QString& path);

class PotentialsLibrary final : public QObject {
    Q_OBJECT

  public:
    explicit PotentialsLibrary(QObject* parent = nullptr);

    /// Looks again on a helper thread; modelsChanged() follows.
    void refresh();
    const std::vector<potential::ModelEntry>& models() const { return models_; }
    /// Copies a model into the user's folder on a helper thread; added() or problem() follows.
    void add(const QString& path, const QString& name = {});

    /// Reads labelled frames on a helper thread; datasetChanged() or problem() follows.
    void open(const QStringList& files);
    /// Null before the first.
    DatasetPtr dataset() const { return dataset_; }
    BackgroundTask& reading() { return reading_; }

  signals:
    void modelsChanged();
    void added(const QString& path);
    void datasetChanged();
    void problem(const QString& message);

  private:
    std::shared_ptr<potential::ModelRegistry> registry_;  ///< used by the work of looking_ only
    std::vector<potential::ModelEntry> models_;
    DatasetPtr dataset_;
    bool lookAgain_ = false;
    BackgroundTask looking_, adding_, reading_;
};

}  // namespace ionscape::gui
