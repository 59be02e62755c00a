// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of the selected run: live while it goes on, final when it has ended.
#pragma once

#include <QFrame>

#include "gui/jobs/job_controller.h"
#include "gui/jobs/live_analysis.h"

class QGridLayout;
class QLabel;

namespace ionscape::gui {

class ResultsCard final : public QFrame {
    Q_OBJECT

  public:
    explicit ResultsCard(QWidget* parent = nullptr);
    /// Null shows a hint. `analysis` fills in what the run has not summarised yet; may be null.
    void showRun(const JobRecord* record, const AnalysisResult* analysis);
    /// Shown value of a row ("diffusion", "conductivity", "msd", ...); empty when not known.
    QString value(const QString& row) const;

  private:
    QLabel* title_;
    QLabel* note_;
    QGridLayout* grid_;
    QWidget* table_;
    void addRow(const QString& key, const QString& label, const QString& tip);
    void setValue(const QString& key, const QString& text);
    void showDiffusion(const std::optional<transport::Diffusion>& diffusion, double conductivity);
};

}  // namespace ionscape::gui
