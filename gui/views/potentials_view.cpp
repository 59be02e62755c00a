// SPDX-License-Identifier: GPL-3.0-or-later
// Tabs that share one library.
#include "gui/views/potentials_view.h"

#include <QDir>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/views/potentials_compare_page.h"
#include "gui/views/potentials_dataset_page.h"
#include "gui/views/potentials_models_page.h"
#include "gui/views/potentials_training_page.h"

namespace ionscape::gui {

PotentialsView::PotentialsView(QWidget* parent)
    : QWidget(parent),
      tabs_(new QTabWidget),
      models_(new PotentialsModelsPage(library_)),
      dataset_(new PotentialsDatasetPage(library_)),
      training_(new PotentialsTrainingPage(library_)),
      comparison_(new PotentialsComparePage(library_)) {
    setAccessibleName(tr("Potentials"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setDrawBase(false);  // a white line in the dark palette
    tabs_->addTab(models_, tr("&Models"));
    tabs_->addTab(dataset_, tr("&Data set"));
    tabs_->addTab(training_, tr("&Training"));
    tabs_->addTab(comparison_, tr("Com&pare"));
    layout->addWidget(tabs_);
    connect(&library_, &PotentialsLibrary::problem, this, &PotentialsView::problem);
    connect(&library_, &PotentialsLibrary::added, this, [this](const QString& file) {
        emit note(tr("Added to your potentials: %1").arg(QDir::toNativeSeparators(file)));
    });
    connect(models_, &PotentialsModelsPage::chosen, this, &PotentialsView::potentialChosen);
    connect(models_, &PotentialsModelsPage::revealRequested, this, &PotentialsView::revealRequested);
    connect(training_, &PotentialsTrainingPage::problem, this, &PotentialsView::problem);
    connect(training_, &PotentialsTrainingPage::note, this, &PotentialsView::note);
    connect(comparison_, &PotentialsComparePage::problem, this, &PotentialsView::problem);
    connect(&training_->job().task(), &BackgroundTask::ended, this, &PotentialsView::trainingEnded);
    connect(training_, &PotentialsTrainingPage::datasetWanted, dataset_, &PotentialsDatasetPage::chooseFiles);
    connect(comparison_, &PotentialsComparePage::datasetWanted, dataset_,
            &PotentialsDatasetPage::chooseFiles);
}

PotentialsView::~PotentialsView() {
    // The pages refer to the library, which is a member and would die before child widgets.
    delete tabs_;
}

void PotentialsView::showPage(int index) {
    tabs_->setCurrentIndex(index);
}

bool PotentialsView::isTraining() const {
    return training_->job().isBusy();
}

void PotentialsView::stopTraining() {
    training_->stop();
}

}  // namespace ionscape::gui
