// SPDX-License-Identifier: GPL-3.0-or-later
// Tab of the Space stage: many decorations of the current composition, their energies and volumes.
#pragma once

#include <QWidget>

#include "gui/jobs/ensemble_job.h"
#include "gui/jobs/space_browser.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QTableWidget;
class QToolButton;

namespace ionscape::potential {
struct ModelEntry;
}

namespace ionscape::gui {

class MessageBar;

/// Where ensembles are kept: "Ionscape/ensembles" among the user's documents.
QString defaultEnsembleFolder();

class EnsemblePanel final : public QWidget {
    Q_OBJECT

  public:
    /// The browser must outlive the panel.
    explicit EnsemblePanel(SpaceBrowser& browser, QWidget* parent = nullptr);

    EnsembleJob& job() { return job_; }
    QTableWidget* table() const { return table_; }
    /// Offered for relaxations.
    void setModels(const std::vector<potential::ModelEntry>& models);

  public slots:
    void build();
    void relax();

  signals:
    void showRequested(const ionscape::crystal::Structure& structure, const QString& title);
    /// One run for each of these structure files.
    void runRequested(const QStringList& files);

  private:
    enum Column { Member, Seed, Score, Multiplicity, Energy, Above, Volume, Weight, State, Columns };
    using EnsembleMethod = builder::EnsembleMethod;
    SpaceBrowser& browser_;
    QLabel *subject_, *summary_, *hint_;
    QComboBox *method_, *cell_, *potential_, *tolerance_;
    QSpinBox *members_, *seed_;
    QDoubleSpinBox* temperature_;
    QCheckBox* distinct_;
    QPushButton *build_, *relax_, *show_, *run_;
    QToolButton* export_;
    MessageBar* messages_;
    QTableWidget* table_;
    // Last, because its thread posts to the widgets above.
    EnsembleJob job_;
    QWidget* buildForm();
    QWidget* buildButtons();
    void buildTable();
    void connectParts();
    std::string formula() const;  ///< of the current composition; empty for none
    void updateButtons();
    void fillMembers();
    void showRecords();
    void showSummary(const workflow::EnsembleSummary& summary,
                     const std::optional<workflow::ThermalMean>& thermal);
    std::optional<std::size_t> currentMember() const;
    void showMember();
    void runAll();
    void exportAs(bool oneFile);
    /// What `work` throws is shown inline.
    void guarded(const std::function<void()>& work);
};

}  // namespace ionscape::gui
