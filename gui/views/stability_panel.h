// SPDX-License-Identifier: GPL-3.0-or-later
// Tab of the Space stage: which compositions between two end members are stable, and what others decompose
// into.
#pragma once

#include <QWidget>

#include "core/workflow/line_report.h"
#include "gui/jobs/space_browser.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QToolButton;

namespace ionscape::potential {
struct ModelEntry;
}

namespace ionscape::gui {

class HullPlot;
class MessageBar;

/// Where the relaxations of lines are kept: "Ionscape/stability" among the user's documents.
QString defaultStabilityFolder();

class StabilityPanel final : public QWidget {
    Q_OBJECT

  public:
    /// The browser must outlive the panel.
    explicit StabilityPanel(SpaceBrowser& browser, QWidget* parent = nullptr);

    HullPlot* plot() const { return plot_; }
    QTableWidget* table() const { return table_; }
    BackgroundTask& task() { return task_; }
    void setModels(const std::vector<potential::ModelEntry>& models);
    void setEndMembers(const QString& first, const QString& second);
    /// Reads competing phases and puts the hull anew; a file that cannot be read is an inline message.
    void importPhases(const QString& path);

  public slots:
    /// Builds and relaxes the line, or takes it from its files.
    void compute();

  private:
    enum Column { Fraction, Formula, Formation, AboveHull, Spread, Weight, Products, Columns };
    using Report = std::shared_ptr<const workflow::LineReport>;

    SpaceBrowser& browser_;
    QLineEdit *first_, *second_;
    QToolButton *take_, *import_, *forget_;
    QSpinBox *points_, *decorations_;
    QComboBox *cell_, *potential_, *tolerance_;
    QDoubleSpinBox* temperature_;
    QPushButton* compute_;
    QLabel* phases_;
    MessageBar* messages_;
    HullPlot* plot_;
    QTableWidget* table_;
    std::vector<workflow::LinePoint> line_;  ///< as computed last
    std::vector<composition::PhaseEntry> competing_;
    std::array<QString, 2> members_;  ///< of line_
    Report report_;
    bool stale_ = false;  ///< the hull is behind the competing phases
    // Last, because its thread posts to the widgets above.
    BackgroundTask task_;
    QWidget* buildForm();
    QWidget* buildPhases();
    void buildTable();
    void connectParts();
    void takeSelection();
    void followSelection();
    void updateButtons();
    workflow::PhaseLineSpec spec() const;
    QString folder(const workflow::PhaseLineSpec& spec) const;
    void updateHull();
    void showReport(const Report& report);
    void showWeights();
    void choosePhases();
};

}  // namespace ionscape::gui
