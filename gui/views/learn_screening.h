// SPDX-License-Identifier: GPL-3.0-or-later
// Screening in the Learn stage: filter, score and Pareto front of all rows, and what to simulate next.
#pragma once

#include <QWidget>
#include <array>
#include <optional>

#include "core/surrogate/acquisition.h"
#include "core/workflow/candidates.h"
#include "gui/jobs/learning_job.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace ionscape::gui {

class PointPlot;

class LearnScreening final : public QWidget {
    Q_OBJECT

  public:
    explicit LearnScreening(QWidget* parent = nullptr);

    /// Rows with a prediction become candidates. Any may be null.
    void setContent(const LearningDataPtr& opened, const std::shared_ptr<const LearnedModel>& learned);
    void setFilter(const QString& condition);
    /// Shows it without a signal.
    void setSelected(std::optional<std::size_t> row);
    /// Ranks anew.
    void screen();
    /// Picks the next batch on a thread of its own.
    void propose();
    /// Formulas of the proposed batch, the first pick first.
    QStringList proposed() const;
    /// A group of a campaign's specification with the proposals.
    QString campaignGroup() const;
    PointPlot* front() const { return front_; }
    QTableWidget* table() const { return table_; }
    QString summary() const;
    BackgroundTask& task() { return task_; }

  signals:
    void picked(std::size_t row);
    void problem(const QString& message);
    /// Something for the clipboard was copied.
    void note(const QString& message);

  private:
    enum Column { Rank, Formula, Score, Front, Class, Predicted, Error, Batch, Columns };
    struct Weight {
        QComboBox* column = nullptr;
        QDoubleSpinBox* weight = nullptr;
    };
    QLineEdit* filter_;
    std::array<Weight, 3> weights_;
    std::array<QComboBox*, 2> objectives_{}, directions_{};
    QComboBox *acquisition_, *goal_;
    QSpinBox* batch_;
    QPushButton *propose_, *copy_;
    QLabel* summary_;
    PointPlot* front_;
    QTableWidget* table_;
    LearningDataPtr data_;
    std::shared_ptr<const LearnedModel> learned_;
    std::string target_;  ///< whose good end the directions stand at
    workflow::Candidates candidates_;
    surrogate::ScreenResult result_;
    std::vector<std::size_t> proposals_;  ///< candidates
    // Last, because its thread posts to the widgets above.
    BackgroundTask task_;
    QWidget* buildForm();
    void buildTable();
    void gatherCandidates();
    /// What is good of another target.
    void setDirections();
    void fillBoxes();
    surrogate::ScreenRequest request() const;
    void showTable();
    void showFront();
    static QString classText(surrogate::MobilityClass mobility);
    std::optional<double> value(const char* column, std::size_t candidate) const;
};

}  // namespace ionscape::gui
