// SPDX-License-Identifier: GPL-3.0-or-later
// The Learn stage in the window: the structure it shows and the composition it predicts.
#include "core/workflow/predict_mobility.h"
#include "gui/views/composition_panel.h"
#include "gui/views/composition_summary.h"
#include "gui/views/ensemble_panel.h"
#include "gui/views/learn_decorations.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_stage.h"
#include "gui/views/main_window.h"
#include "gui/views/potentials_view.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/space_view.h"
#include "gui/views/structure_view.h"

namespace ionscape::gui {

namespace {

workflow::MobilityRequest mobilityRequest(const workflow::RunSpec& spec) {
    workflow::MobilityRequest request;
    request.formula = spec.formula;
    request.host = spec.host;
    request.seed = spec.seed;
    request.relaxSettings = spec.relaxSettings;
    request.potential = spec.potential;
    request.threads = spec.threads;
    return request;
}

/// Below the formula of the composition being edited.
void showQuickPrediction(CompositionPanel& panel, const QuickPrediction& quick) {
    const auto answer = panel.isValid() ? quick.of(panel.host(), panel.composition()) : std::nullopt;
    if (!answer) {
        panel.summary()->setPrediction({}, {});
        return;
    }
    const QString unit = QString::fromStdString(answer->target.unit);
    QString text = MainWindow::tr("%1 about <b>%2</b>")
                       .arg(QString::fromStdString(answer->target.name),
                            valueText(answer->mean, answer->standardDeviation, unit));
    if (workflow::hasMobilityClasses(answer->target))
        text += QStringLiteral(", ") + mobilityText(answer->mean);
    if (answer->distance > 1.0) text += QStringLiteral(", ") + MainWindow::tr("extrapolated");
    const QString tip = MainWindow::tr(
        "Predicted from the composition alone by a surrogate that learnt %n compositions. "
        "The Learn stage predicts from a relaxed cell and says why.",
        nullptr, static_cast<int>(answer->trainingRows));
    panel.summary()->setPrediction(text, QStringLiteral("%1\n%2\n%3")
                                             .arg(tip, QString::fromStdString(answer->target.meaning),
                                                  QString::fromStdString(answer->remark)));
}

}  // namespace

void MainWindow::connectLearn() {
    const auto quick = [this] { showQuickPrediction(*composition_, learn_->quickPrediction()); };
    connect(learn_, &LearnStage::quickPredictionChanged, this, quick);
    connect(composition_, &CompositionPanel::compositionChanged, this, quick);
    learn_->plots()->decorations()->setFolder(defaultEnsembleFolder());
    learn_->plots()->decorations()->setRequest([this] {
        const auto request = mobilityRequest(runSpec(composition_->formula()));
        workflow::EnsembleSpec spec;
        spec.formula = request.formula;
        spec.host = request.host;
        spec.ensemble.seed = request.seed;
        spec.relaxSettings = request.relaxSettings;
        spec.potential = request.potential;
        spec.threads = request.threads;
        return spec;
    });
    learn_->setHost(composition_->host());
    learn_->setSpace(&space_->browser());
    const auto compose = [this] {
        learn_->setComposition(composition_->isValid() ? QString::fromStdString(composition_->formula())
                                                       : QString());
    };
    connect(composition_, &CompositionPanel::compositionChanged, this, compose);
    compose();
    connect(learn_, &LearnStage::simulationEnded, this, [this] {
        const bool busy = controller_.isBusy() || ladder_.isBusy() || potentials_->isTraining();
        if (closeWhenIdle_ && !busy) close();
    });
    connect(learn_, &LearnStage::structureChanged, this, &MainWindow::showLearnt);
}

void MainWindow::showLearnt() {
    const auto shown = learn_->structure();
    if (stage_ != Stage::Learn || !shown) return;
    previewing_ = true;
    view_->setHint({});
    view_->showStructure(shown->first, shown->second);
    updateTitle();
}

}  // namespace ionscape::gui
