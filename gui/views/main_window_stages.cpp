// SPDX-License-Identifier: GPL-3.0-or-later
// The rail on the left: which stage fills the window, and what the Potentials stage shares with the others.
#include <QActionGroup>
#include <QDesktopServices>
#include <QDir>
#include <QDockWidget>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>
#include <QUrl>

#include "core/base/error.h"
#include "gui/views/composition_panel.h"
#include "gui/views/host_dialog.h"
#include "gui/views/learn_stage.h"
#include "gui/views/main_window.h"
#include "gui/views/potentials_models_page.h"
#include "gui/views/potentials_view.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/space_table_panel.h"
#include "gui/views/space_view.h"
#include "gui/views/structure_view.h"
#include "gui/views/text.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_stage.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/plot_widget.h"
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
    add(Stage::Space, tr("Space"), tr("Browse all compositions: map, table, filters"), "space");
    add(Stage::Transport, tr("Transport"), tr("Diffusion, density, sites, jumps and paths of a run"),
        "transport");
    add(Stage::Learn, tr("Learn"), tr("From structure to mobility: train, explain, predict"), "learn");
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
    connect(simulation_, &SimulationPanel::potentialChanged, transport_, &TransportStage::setPotential);
    transport_->setPotential(simulation_->potential());
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
        if (closeWhenIdle_ && !controller_.isBusy() && !ladder_.isBusy()) close();
    });
}

void MainWindow::connectSpace() {
    connect(composition_, &CompositionPanel::hostChosen, this, &MainWindow::setHost, Qt::UniqueConnection);
    connect(space_, &SpaceView::openRequested, this, &MainWindow::openComposition);
    connect(space_, &SpaceView::runRequested, this, [this](const auto& compositions) {
        if (compositions.size() != 1) {
            startRuns(compositions);
            return;
        }
        openComposition(compositions.front());
        startRun();
    });
    const auto offerModels = [this] { space_->setModels(potentials_->library().models()); };
    connect(&potentials_->library(), &PotentialsLibrary::modelsChanged, space_, offerModels);
    offerModels();
    connect(space_, &SpaceView::structureRequested, this,
            [this](const auto& structure, const QString& title) {
                previewing_ = true;
                showStage(Stage::Compose);
                view_->setHint({});
                view_->showStructure(structure, title);
                updateTitle();
            });
    connect(space_, &SpaceView::structureRunsRequested, this, [this](const QStringList& files) {
        for (const QString& file : files) {
            workflow::RunSpec spec;
            simulation_->fill(spec);
            spec.structureFile = file.toStdString();
            spec.mobileElement = composition_->host().mobile().species.front().element.symbol();
            enqueue(std::move(spec), {});
        }
    });
    connect(space_, &SpaceView::exportRequested, this, [this](const QString& path) {
        try {
            space_->table()->exportTo(path);
        } catch (const Error& error) {
            messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
        }
    });
}

void MainWindow::connectPlots() {
    for (auto* plot : findChildren<PlotWidget*>()) {
        plot->disconnect(this);
        connect(plot, &PlotWidget::exportRequested, this,
                [this, plot](const QString& extension) { exportPlot(plot, extension); });
    }
}

void MainWindow::fillHosts() {
    std::vector<std::pair<QString, QString>> hosts;
    QStringList broken;
    for (const auto& id : composition::hostIds()) {
        try {
            hosts.emplace_back(QString::fromStdString(id),
                               QString::fromStdString(composition::findHost(id).title));
        } catch (const Error& error) {
            broken << QString::fromUtf8(error.what());
        }
    }
    composition_->setHosts(hosts);
    if (!broken.isEmpty()) messages_->showMessage(MessageBar::Kind::Warning, broken.join('\n'));
}

void MainWindow::setHost(const QString& id) {
    if (id.isEmpty()) {
        chooseNewHost();
        return;
    }
    try {
        const auto host = composition::findHost(id.toStdString());
        // Edits of the old host's compositions and space mean nothing in the new one.
        undo_->clear();
        delete space_;
        space_ = new SpaceView(host, *undo_);
        stages_->insertWidget(stages_->indexOf(view_) + 1, space_);
        space_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
        connectSpace();
        connectPlots();
        learn_->setHost(host);
        learn_->setSpace(&space_->browser());
        composition_->setHost(host);
        simulation_->setTemperature(host.protocol.temperature);
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

void MainWindow::chooseNewHost() {
    auto* dialog = new QFileDialog(this, tr("CIF of the new host"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Crystal structures (*.cif)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::newHost);
    dialog->open();
}

void MainWindow::newHost(const QString& file) {
    try {
        auto* dialog = new HostDialog(file, this);
        connect(dialog, &HostDialog::created, this, [this](const QString& id) {
            fillHosts();
            setHost(id);
        });
        dialog->show();
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

void MainWindow::openComposition(const composition::Composition& composition) {
    const auto formula = composition::compositionFormula(composition_->host(), composition);
    const QString text = QString::fromStdString(composition::formulaText(formula, 6));
    // The counts of a space may be of fewer sites than the cell has: the formula is the same.
    if (!composition_->setFormula(text)) {
        messages_->showMessage(
            MessageBar::Kind::Warning,
            tr("%1 does not fit the cell; the reason stands below the formula.").arg(prettyFormula(text)));
    }
    showStage(Stage::Compose);
}

void MainWindow::updateWantedElements() {
    if (!composition_->isValid()) return;
    std::vector<crystal::Element> elements;
    for (const auto& [element, amount] :
         composition::compositionFormula(composition_->host(), composition_->composition()))
        elements.push_back(element);
    potentials_->models()->setWanted(elements);
}

void MainWindow::leaveDocks() {
    if (stage_ == Stage::Space || stage_ == Stage::Potentials) return;
    layouts_[stage_] = saveState();
    for (const char* name :
         {"composeDock", "plotsDock", "transportDock", "transportPlotsDock", "learnDock", "learnPlotsDock"})
        findChild<QDockWidget*>(name)->hide();
}

void MainWindow::enterDocks(Stage stage) {
    if (stage == Stage::Space || stage == Stage::Potentials) return;
    const auto known = layouts_.find(stage);
    if (known != layouts_.end()) {
        restoreState(known->second);
        return;
    }
    if (stage == Stage::Learn) {
        auto* settings = findChild<QDockWidget*>("learnDock");
        auto* learnt = findChild<QDockWidget*>("learnPlotsDock");
        settings->show();
        learnt->show();
        resizeDocks({settings, learnt}, {330, 11 * width() / 25}, Qt::Horizontal);
        return;
    }
    const bool compose = stage == Stage::Compose;
    auto* panel = findChild<QDockWidget*>(compose ? "composeDock" : "transportDock");
    auto* plots = findChild<QDockWidget*>(compose ? "plotsDock" : "transportPlotsDock");
    panel->show();
    plots->show();
    resizeDocks({panel}, {352}, Qt::Horizontal);
    resizeDocks({plots}, {280}, Qt::Vertical);
}

void MainWindow::showStage(Stage stage) {
    if (stage == stage_) return;
    leaveDocks();
    // Map and table want the width; the queue is in sight on the other stages.
    auto* runs = findChild<QDockWidget*>("jobsDock");
    const auto isWide = [](Stage one) { return one == Stage::Space || one == Stage::Learn; };
    if (isWide(stage) && !isWide(stage_)) runsShown_ = runs->isVisible();
    if (isWide(stage)) runs->hide();
    if (stage == Stage::Space) {
        space_->start();
        space_->jumpTo(composition_->composition());
        potentials_->library().refresh();
    }
    if (stage == Stage::Potentials) {
        potentials_->models()->setChosen(simulation_->potential());
        updateWantedElements();
        potentials_->library().refresh();
    }
    const bool leavesTransport = stage_ == Stage::Transport;
    const bool leavesLearn = stage_ == Stage::Learn, leavesWide = isWide(stage_);
    stage_ = stage;
    QWidget* page = stage == Stage::Space        ? static_cast<QWidget*>(space_)
                    : stage == Stage::Potentials ? static_cast<QWidget*>(potentials_)
                                                 : static_cast<QWidget*>(view_);
    // A hidden stage must not demand room.
    for (int i = 0; i < stages_->count(); ++i) {
        const auto policy = stages_->widget(i) == page ? QSizePolicy::Preferred : QSizePolicy::Ignored;
        stages_->widget(i)->setSizePolicy(policy, policy);
    }
    stages_->setCurrentWidget(page);
    enterDocks(stage);
    if (isWide(stage))
        runs->hide();
    else if (leavesWide)
        runs->setVisible(runsShown_);
    stageActions_.at(static_cast<int>(stage))->setChecked(true);
    if (leavesTransport) transport_->setActive(false);
    if (stage == Stage::Transport) {
        // What is analysed is what is seen, not a composition being edited.
        if (selected_ != 0) selectRun(selected_);
        transport_->setActive(true);
    }
    if (stage == Stage::Learn) showLearnt();
    // What was looked at there is not the composition being edited.
    if (leavesLearn && stage == Stage::Compose && previewing_) previewTimer_->start();
    updateTitle();
}

void MainWindow::updateRailIcons() {
    for (QAction* action : stageActions_)
        action->setIcon(themedIcon(action->objectName(), palette()));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    updateRailIcons();
    transport_->applyLooks();
}

}  // namespace ionscape::gui
