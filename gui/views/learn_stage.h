// SPDX-License-Identifier: GPL-3.0-or-later
// The Learn stage: keeps data, model, plots, the 3D view and the map of the space on one selection.
#pragma once

#include <QObject>
#include <QPointer>
#include <optional>

#include "gui/jobs/learning_job.h"
#include "gui/jobs/quick_prediction.h"

class QSettings;

namespace ionscape::gui {

class LearnForm;
class LearnPlots;
class MessageBar;
class SpaceBrowser;

class LearnStage final : public QObject {
    Q_OBJECT

  public:
    explicit LearnStage(QObject* parent = nullptr);
    /// The thread of work ends before the widgets go, which the docks own.
    ~LearnStage() override;

    /// For the docks, which take them.
    QWidget* panel() const { return panel_; }
    LearnPlots* plots() const { return plots_; }
    LearnForm* form() const { return form_; }
    MessageBar* messages() const { return messages_; }
    LearningJob& job() { return *job_; }

    /// What Compose and Simulate say, for predictions.
    void setRequest(std::function<workflow::MobilityRequest()> request) { request_ = std::move(request); }
    /// The composition being edited; empty when there is none.
    void setComposition(const QString& formula);
    /// Whose map is coloured by predictions.
    void setSpace(SpaceBrowser* space);
    /// Of a table of the user's and of quick predictions.
    void setHost(const composition::Host& host);
    const QuickPrediction& quickPrediction() const { return quick_; }

    /// A dataset, or a table with a question about its columns.
    void openFile(const QString& path);
    void select(std::optional<std::size_t> row);
    /// Compositions are being relaxed and simulated.
    bool isSimulating() const;
    /// What is finished stays.
    void stopSimulating();
    std::optional<std::size_t> selected() const;
    /// The cell of the selected row, or what was predicted last; none where there is no cell.
    std::optional<std::pair<crystal::Structure, QString>> structure() const;

  signals:
    /// A row with a relaxed cell was selected, or a cell was relaxed for a prediction.
    void structureChanged();
    /// Another model or host answers.
    void quickPredictionChanged();
    /// A round's simulations have ended or were stopped.
    void simulationEnded();

  private:
    QWidget* panel_;
    LearnForm* form_;
    MessageBar* messages_;
    LearnPlots* plots_;
    QPointer<SpaceBrowser> space_;
    LearningDataPtr grown_;  ///< to which a round has added
    std::weak_ptr<const composition::SpaceTable> colouredTable_;
    std::function<workflow::MobilityRequest()> request_;
    QString host_ = QStringLiteral("lzsp");
    QuickPrediction quick_;
    crystal::Structure relaxed_;  ///< of the last prediction
    QString relaxedTitle_;
    bool showsPrediction_ = false;
    // Last, because its threads post to the widgets above.
    std::unique_ptr<LearningJob> job_;
    void buildPanel();
    void connectForm();
    void connectJob();
    void chooseData();
    void chooseTable();
    void train();
    void saveModel();
    void loadModel();
    void predict();
    void showPrediction(const workflow::MobilityPrediction& prediction);
    void connectRounds();
    /// Trains again after a round, as soon as nothing else is going on.
    void learnGrown();
    /// Puts a copy of the dataset into a folder of its own and opens it.
    void copyDataset(const QString& folder);
    void refresh();
    void colourSpace();
    void takeSpace(const SpacePrediction& prediction);
};

}  // namespace ionscape::gui
