// SPDX-License-Identifier: GPL-3.0-or-later
// The rail on the left: which stage fills the window, and what the Potentials stage shares with the others.
#include <QActionGroup>
#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

#include "gui/views/composition_panel.h"
#include "gui/views/main_window.h"
#include "gui/views/potentials_models_page.h"
#include "gui/views/potentials_view.h"
#include "gui/views/simulation_panel.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

void MainWindow::buildRail() {
    rail_ = new QToolBar(tr("Stages"));
    rail_->setObjectName("stageRail");
    rail_->setMovable(false);
    rail_->setFloatable(false);
    rail_->setContextMenuPolicy(Qt::PreventContextMenu);
    rail_->setOrientation(Qt::Vertical);
    rail_->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    rail_->setIconSize({22, 22});
    addToolBar(Qt::LeftToolBarArea, rail_);
    auto* group = new QActionGroup(this);
    const auto add = [&](Stage stage, const QString& text, const QString& tip, const char* icon) {
        QAction* action = rail_->addAction(themedIcon(icon, palette()), text);
        action->setObjectName(icon);
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + static_cast<int>(stage))));
        action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, action->shortcut().toString()));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, stage] { showStage(stage); });
        if (QWidget* button = rail_->widgetForAction(action)) {
            button->setFocusPolicy(Qt::StrongFocus);
            button->setMinimumWidth(74);
        }
        stageActions_.push_back(action);
    };
    add(Stage::Compose, tr("Compose"), tr("Compose, simulate and watch"), "compose");
    add(Stage::Potentials, tr("Potentials"), tr("Models, labelled data, training and comparison"),
        "potentials");
    stageActions_.front()->setChecked(true);
}

void MainWindow::connectPotentials() {
    connect(potentials_, &PotentialsView::problem, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Error, text); });
    connect(potentials_, &PotentialsView::note, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Information, text); });
    connect(potentials_, &PotentialsView::potentialChosen, simulation_, &SimulationPanel::setPotential);
    connect(simulation_, &SimulationPanel::potentialChanged, potentials_->models(),
            &PotentialsModelsPage::setChosen);
    connect(potentials_, &PotentialsView::revealRequested, this, [this](const QString& file) {
        const QString folder = QFileInfo(file).absolutePath();
        if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
            messages_->showMessage(MessageBar::Kind::Information,
                                   tr("The file is in %1").arg(QDir::toNativeSeparators(folder)));
    });
    connect(composition_, &CompositionPanel::compositionChanged, this, &MainWindow::updateWantedElements);
    connect(potentials_, &PotentialsView::trainingEnded, this, [this] {
        if (closeWhenIdle_ && !controller_.isBusy()) close();
    });
}

void MainWindow::updateWantedElements() {
    if (!composition_->isValid()) return;
    std::vector<crystal::Element> elements;
    for (const auto& [element, amount] :
         composition::compositionFormula(composition_->host(), composition_->composition()))
        elements.push_back(element);
    potentials_->models()->setWanted(elements);
}

void MainWindow::showStage(Stage stage) {
    if (stage == stage_) return;
    const std::vector<const char*> docks{"composeDock", "plotsDock"};
    if (stage == Stage::Potentials) {
        composeLayout_ = saveState();
        for (const char* name : docks)
            findChild<QDockWidget*>(name)->hide();
        potentials_->models()->setChosen(simulation_->potential());
        updateWantedElements();
        potentials_->library().refresh();
    }
    stage_ = stage;
    // A hidden stage must not demand room.
    for (int i = 0; i < stages_->count(); ++i) {
        const auto policy = i == static_cast<int>(stage) ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        stages_->widget(i)->setSizePolicy(policy, policy);
    }
    stages_->setCurrentIndex(static_cast<int>(stage));
    if (stage == Stage::Compose) restoreState(composeLayout_);
    stageActions_.at(static_cast<int>(stage))->setChecked(true);
    updateTitle();
}

void MainWindow::updateRailIcons() {
    for (QAction* action : stageActions_)
        action->setIcon(themedIcon(action->objectName(), palette()));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updateRailIcons();
}

}  // namespace ionscape::gui
