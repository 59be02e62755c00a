// SPDX-License-Identifier: GPL-3.0-or-later
// The next round in the Learn stage: propose compositions, simulate them, see how the rounds went.
#pragma once

#include <QWidget>
#include <optional>

#include "gui/jobs/rounds_job.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QTableWidgetItem;

namespace ionscape::gui {

class RoundsPlot;

class LearnRounds final : public QWidget {
    Q_OBJECT

  public:
    /// What the compositions of the map are, for picks from there; none without a map.
    using SpaceOf = std::function<std::optional<workflow::CampaignGroup>()>;

    explicit LearnRounds(QWidget* parent = nullptr);

    /// The dataset that is open and its model; any may be null. Rounds need a dataset in a campaign's folder.
    void setContent(const LearningDataPtr& opened, const QString& file,
                    const std::shared_ptr<const LearnedModel>& learned);
    void setSpace(SpaceOf space) { space_ = std::move(space); }
    void setAcquisition(workflow::PickRule rule);
    void setBatch(int picks);
    void pickFromMap(bool map);
    /// Which end of the target is good; the rounds of a folder keep theirs.
    void setGoal(bool high);
    /// Picks on a thread of its own, in place of a proposal that is still open.
    void propose();
    /// Simulates the open round; simulated() follows.
    void simulate();

    RoundsJob& job() { return job_; }
    RoundsPlot* plot() const { return plot_; }
    QTableWidget* table() const { return table_; }
    QString summary() const;
    QPushButton* proposeButton() const { return propose_; }
    QPushButton* simulateButton() const { return simulate_; }

  signals:
    /// The dataset has grown; the model is to be trained again.
    void simulated();
    /// The dataset is to be copied into this folder, which becomes a campaign's, and opened there.
    void folderChosen(const QString& folder);
    void problem(const QString& message);
    void note(const QString& message);
    /// A pick was selected that the data hold: its row there.
    void picked(std::size_t row);

  private:
    enum Column { Round, Formula, Predicted, Simulated, Columns };
    QComboBox *acquisition_, *candidates_, *goal_;
    QSpinBox *batch_, *workers_;
    QPushButton *propose_, *simulate_, *folder_;
    QLabel* summary_;
    RoundsPlot* plot_;
    QTableWidget* table_;
    LearningDataPtr data_;
    std::shared_ptr<const LearnedModel> learned_;
    std::string target_;  ///< whose good end is set
    QString file_;
    SpaceOf space_;
    // Last, because its thread posts to the widgets above.
    RoundsJob job_;
    QWidget* buildForm();
    void buildTable();
    void connectParts();
    bool hasFolder() const;
    QString campaignFolder() const;
    std::optional<workflow::LearningTask> task() const;
    void chooseFolder();
    void refresh();
    void updateButtons();
    void showPlot();
    void showTable();
    QString stateText() const;
    QString roundText(const workflow::LearningRound& round) const;
    QString whyNot() const;
    QTableWidgetItem* outcomeItem(const workflow::LearningRound& round,
                                  const workflow::LearningPick& pick) const;
    void pickSelected();
};

}  // namespace ionscape::gui
