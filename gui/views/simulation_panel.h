// SPDX-License-Identifier: GPL-3.0-or-later
// The Simulate stage: settings of a run, Run and Stop.
#pragma once

#include <QWidget>

#include "core/workflow/run.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;
class QSettings;
class QSpinBox;
class QToolButton;

namespace ionscape::gui {

class LadderForm;

class SimulationPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit SimulationPanel(QWidget* parent = nullptr);

    /// Writes the settings into `spec` (not the composition, not the output file).
    void fill(workflow::RunSpec& spec) const;
    QString outputFolder() const;
    void setTemperature(double kelvin);
    void setLengthPs(double ps);
    /// Name or path of the potential of the next run; empty for the embedded one.
    QString potential() const;
    void setPotential(const QString& potential);
    /// Says what the Run button would do now; an empty `problem` enables it.
    void setReady(const QString& problem);
    LadderForm* ladder() const { return ladder_; }
    void setBusy(bool busy);

    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void potentialChanged(const QString& potential);
    void runRequested();
    void stopRequested();

  private:
    QDoubleSpinBox *temperature_, *length_;
    QSpinBox *seed_, *threads_;
    QComboBox *thermostat_, *barostat_;
    QDoubleSpinBox *pressure_, *equilibration_;
    QComboBox* spreadAction_;
    QDoubleSpinBox* spreadThreshold_;
    QCheckBox *relax_, *relaxCell_;
    QLineEdit *potential_, *folder_;
    QToolButton *more_, *ladderShown_;
    LadderForm* ladder_;
    QWidget* details_;
    QPushButton *run_, *stop_;
    QWidget* buildBasics();
    QWidget* buildDetails();
    QWidget* watchRow();
    void updateBaths();
};

}  // namespace ionscape::gui
