// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_decorations.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "gui/jobs/ensemble_job.h"
#include "gui/views/form_fields.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/histogram_plot.h"

namespace ionscape::gui {

LearnDecorations::LearnDecorations(QWidget* parent)
    : QWidget(parent),
      members_(countField(2, 5000, 20)),
      predict_(new QPushButton(tr("Predict decorations"))),
      composition_(new QLabel),
      summary_(new QLabel),
      histogram_(new HistogramPlot({}, "decorations")) {
    buildForm();
    histogram_->setEmptyHint(tr(
        "One composition can be built in many ways. Here its decorations are relaxed and predicted, to see "
        "what the arrangement of the atoms alone does."));
    connect(predict_, &QPushButton::clicked, this, &LearnDecorations::predict);
    connect(&task_, &BackgroundTask::started, this, &LearnDecorations::update);
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        update();
        if (outcome == TaskOutcome::Failed) emit problem(message);
    });
    update();
}

void LearnDecorations::buildForm() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    composition_->setObjectName("decoratedComposition");
    row->addWidget(composition_, 1);
    members_->setObjectName("decorationCount");
    members_->setAccessibleName(tr("Number of random decorations"));
    members_->setToolTip(tr(
        "Random decorations. Each takes some seconds; the published test takes 1000. Those that were relaxed "
        "before are not computed again."));
    row->addWidget(members_);
    predict_->setObjectName("predictDecorations");
    row->addWidget(predict_);
    column->addLayout(row);
    column->addWidget(new TaskStrip(task_));
    summary_->setObjectName("decorationSummary");
    summary_->setProperty("role", "muted");
    summary_->setWordWrap(true);
    column->addWidget(summary_);
    column->addWidget(histogram_, 1);
}

void LearnDecorations::update() {
    composition_->setText(formula_.isEmpty() ? tr("No composition") : prettyFormula(formula_));
    composition_->setToolTip(formula_);
    predict_->setEnabled(model_ && request_ && !formula_.isEmpty() && !task_.isBusy());
}

void LearnDecorations::setModel(std::shared_ptr<const surrogate::SurrogateModel> model) {
    if (model == model_) return;
    model_ = std::move(model);
    result_.reset();
    histogram_->clear();
    histogram_->setMarker(std::nullopt);
    summary_->clear();
    update();
}

void LearnDecorations::setComposition(const QString& formula) {
    formula_ = formula;
    update();
}

void LearnDecorations::predict() {
    if (!model_ || !request_ || formula_.isEmpty()) return;
    auto spec = request_();
    spec.ensemble.members = static_cast<std::size_t>(members_->value());
    task_.start([this, spec, folder = folder_, model = model_](const std::stop_token& stop,
                                                               ProgressSink& progress) mutable {
        keepIn(folder, spec);
        const auto result =
            std::make_shared<workflow::Robustness>(workflow::robustness(*model, spec, stop, progress));
        return [this, result, model] {
            if (model == model_) show(*result);
        };
    });
}

void LearnDecorations::show(const workflow::Robustness& result) {
    result_ = result;
    const QString unit = QString::fromStdString(result.target.unit);
    std::vector<double> values;
    for (const auto& one : result.decorations)
        values.push_back(one.mean);
    histogram_->setLabel(unit.isEmpty()
                             ? tr("Predicted %1").arg(QString::fromStdString(result.target.name))
                             : tr("Predicted %1 (%2)").arg(QString::fromStdString(result.target.name), unit));
    histogram_->setSeries({{{}, values}});
    histogram_->setMarker(result.spread.mean, tr("mean"));
    QString text = tr("%1: %2 ± %3 %4 over %n decorations; 5 to 95 %: %5 to %6 %4.", nullptr,
                      static_cast<int>(values.size()))
                       .arg(prettyFormula(QString::fromStdString(result.formula)),
                            numberText(result.spread.mean, 3), numberText(result.spread.standardDeviation, 2),
                            unit, numberText(result.p5, 3), numberText(result.p95, 3));
    text += ' ' + (result.spread.standardDeviation < result.modelError
                       ? tr("That is less than the error of one prediction, %1 %2: single decorations cannot "
                            "be ranked.")
                       : tr("The error of one prediction is %1 %2."))
                      .arg(numberText(result.modelError, 2), unit);
    text += ' ' + tr("Correlation with the energy: %1.").arg(numberText(result.withEnergy, 2));
    if (result.leftOut > 0)
        text += ' ' + tr("%n could not be predicted.", nullptr, static_cast<int>(result.leftOut));
    if (result.extrapolated > 0)
        text += ' ' + tr("%n lie outside the training data.", nullptr, static_cast<int>(result.extrapolated));
    summary_->setText(text);
}

QString LearnDecorations::summary() const {
    return summary_->text();
}

}  // namespace ionscape::gui
