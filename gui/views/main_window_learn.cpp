// SPDX-License-Identifier: GPL-3.0-or-later
// The Learn stage in the window: the structure it shows and the composition it predicts.
#include "core/workflow/predict_mobility.h"
#include "gui/views/composition_panel.h"
#include "gui/views/ensemble_panel.h"
#include "gui/views/learn_decorations.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_stage.h"
#include "gui/views/main_window.h"
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

}  // namespace

void MainWindow::connectLearn() {
    learn_->setRequest([this] { return mobilityRequest(runSpec(composition_->formula())); });
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
    learn_->setHost(QString::fromStdString(composition_->host().id));
    learn_->setSpace(&space_->browser());
    const auto compose = [this] {
        learn_->setComposition(composition_->isValid() ? QString::fromStdString(composition_->formula())
                                                       : QString());
    };
    connect(composition_, &CompositionPanel::compositionChanged, this, compose);
    compose();
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
