// SPDX-License-Identifier: GPL-3.0-or-later
// Predictions for many decorations of the composition being edited: what the arrangement of the atoms does.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <optional>

#include "core/workflow/robustness.h"
#include "gui/jobs/background_task.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace ionscape::gui {

class HistogramPlot;

class LearnDecorations final : public QWidget {
    Q_OBJECT

  public:
    explicit LearnDecorations(QWidget* parent = nullptr);

    /// What is decorated and how it is relaxed; its files are named here.
    void setRequest(std::function<workflow::EnsembleSpec()> request) { request_ = std::move(request); }
    /// Where relaxed decorations are kept, to be continued.
    void setFolder(const QString& folder) { folder_ = folder; }
    /// Null: there is none.
    void setModel(std::shared_ptr<const surrogate::SurrogateModel> model);
    /// The composition being edited; empty when there is none.
    void setComposition(const QString& formula);
    /// Relaxes and predicts as many as the field says.
    void predict();

    const std::optional<workflow::Robustness>& result() const { return result_; }
    QSpinBox* members() const { return members_; }
    QPushButton* button() const { return predict_; }
    HistogramPlot* histogram() const { return histogram_; }
    QString summary() const;
    BackgroundTask& task() { return task_; }

  signals:
    void problem(const QString& message);

  private:
    QSpinBox* members_;
    QPushButton* predict_;
    QLabel *composition_, *summary_;
    HistogramPlot* histogram_;
    QString folder_, formula_;
    std::function<workflow::EnsembleSpec()> request_;
    std::shared_ptr<const surrogate::SurrogateModel> model_;
    std::optional<workflow::Robustness> result_;
    // Last, because its thread posts to the widgets above.
    BackgroundTask task_;
    void buildForm();
    void update();
    void show(const workflow::Robustness& result);
};

}  // namespace ionscape::gui
