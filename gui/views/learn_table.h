// SPDX-License-Identifier: GPL-3.0-or-later
// Explorer of the data of the Learn stage: search, table, and where a row lies among all.
#pragma once

#include <QWidget>
#include <optional>

#include "gui/jobs/learning_job.h"

class QLabel;
class QLineEdit;
class QTableWidget;

namespace ionscape::gui {

class HistogramPlot;

class LearnTable final : public QWidget {
    Q_OBJECT

  public:
    explicit LearnTable(QWidget* parent = nullptr);

    /// \param learned  may be null; \param target  whose values are shown
    void setContent(const LearningDataPtr& opened, const std::shared_ptr<const LearnedModel>& learned,
                    const std::string& target);
    /// A formula, elements ("Hf Sn"), or a condition on columns of the space ("Hf > 0.3 and S_config > 1.5").
    void search(const QString& text);
    /// Shows it without a signal.
    void setSelected(std::optional<std::size_t> row);
    int shownCount() const;
    QTableWidget* table() const { return table_; }
    HistogramPlot* histogram() const { return histogram_; }
    QString detailText() const;

  signals:
    void picked(std::size_t row);

  private:
    enum Column { Formula, Type, Mobile, Entropy, Simulated, Predicted, Error, Distance, Problem, Columns };
    QLineEdit* search_;
    QLabel *count_, *detail_;
    QTableWidget* table_;
    HistogramPlot* histogram_;
    LearningDataPtr data_;
    std::shared_ptr<const LearnedModel> learned_;
    std::string target_;
    /// Of rows with a composition of the host, for search.
    std::optional<composition::SpaceTable> space_;
    std::vector<std::size_t> spaceRows_;  ///< into the data, one for each row of space_
    std::vector<std::optional<std::size_t>> viewRow_, spaceRow_;  ///< of each row of the data
    std::optional<std::size_t> selected_;
    void buildTable();
    void readCompositions();
    void fill();
    void fillRow(int at, std::size_t row);
    void fillHistogram();
    void showDetail();
    void filter();
    std::vector<bool> matching(const QString& text) const;
    double spaceValue(std::size_t row, const char* column) const;
    QString unit() const;
};

}  // namespace ionscape::gui
