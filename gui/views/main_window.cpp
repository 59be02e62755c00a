// SPDX-License-Identifier: GPL-3.0-or-later
// Layout of the window, the selection shared by its panels, and the life of a run in it.
#include "gui/views/main_window.h"

#include <QCloseEvent>
#include <QDir>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QScreen>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTimer>
#include <QUndoStack>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/error.h"
#include "core/builder/decorate.h"
#include "gui/views/composition_panel.h"
#include "gui/views/import_form.h"
#include "gui/views/jobs_panel.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_stage.h"
#include "gui/views/plot_panel.h"
#include "gui/views/potentials_view.h"
#include "gui/views/results_card.h"
#include "gui/views/run_naming.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/space_view.h"
#include "gui/views/structure_view.h"
#include "gui/views/text.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_settings.h"
#include "gui/views/transport_stage.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/playback_bar.h"

namespace ionscape::gui {
namespace {

/// Bumped when docks are added, so that an old layout is not forced on a new window.
constexpr int layoutVersion = 4;
constexpr int previewDelayMs = 30;

QDockWidget* makeDock(const QString& title, const char* name, QWidget* content) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable |
                      QDockWidget::DockWidgetClosable);
    return dock;
}

}  // namespace

MainWindow::MainWindow(RunFunction run, const composition::Host& host, LadderFunction ladder)
    : controller_(std::move(run)),
      ladder_(std::move(ladder), controller_),
      follower_(controller_),
      composition_(new CompositionPanel(host)),
      simulation_(new SimulationPanel),
      view_(new StructureView),
      plots_(new PlotPanel),
      jobs_(new JobsPanel(controller_)),
      results_(new ResultsCard),
      messages_(new MessageBar),
      import_(new ImportForm),
      potentials_(new PotentialsView),
      undo_(new QUndoStack(this)),
      space_(new SpaceView(host, *undo_)),
      transport_(new TransportStage(*view_, controller_, this)),
      learn_(new LearnStage(this)),
      previewTimer_(new QTimer(this)) {
    setObjectName("mainWindow");
    setAcceptDrops(true);
    setDockNestingEnabled(true);
    previewTimer_->setSingleShot(true);
    previewTimer_->setInterval(previewDelayMs);
    buildRail();
    buildDocks();
    buildMenus();
    connectPanels();
    connectPotentials();
    connectSpace();
    connectTransport();
    connectLadder();
    connectLearn();
    // Every host's CIF is read for the list: not before the window is seen.
    QTimer::singleShot(0, this, &MainWindow::fillHosts);
    restoreSettings();
    updateReadiness();
    updateTitle();
    view_->setHint(
        tr("Click elements to compose, then press Run (Ctrl+Enter).\nOr open a run or a structure file: "
           "Ctrl+O, or drop it here."));
    previewTimer_->start();
}

MainWindow::~MainWindow() {
    // Panels refer to the controller, which is a member and would die before the child widgets; the stage
    // posts to some of them.
    delete transport_;
    delete learn_;
    delete takeCentralWidget();
    for (auto* dock : findChildren<QDockWidget*>())
        delete dock;
}

void MainWindow::buildDocks() {
    auto* centre = new QWidget;
    auto* centreLayout = new QVBoxLayout(centre);
    centreLayout->setContentsMargins(0, 0, 0, 0);
    centreLayout->setSpacing(0);
    centreLayout->addWidget(messages_);
    centreLayout->addWidget(import_);
    stages_ = new QStackedWidget;
    stages_->addWidget(view_);
    stages_->addWidget(space_);
    stages_->addWidget(potentials_);
    for (QWidget* hidden : {static_cast<QWidget*>(space_), static_cast<QWidget*>(potentials_)})
        hidden->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    centreLayout->addWidget(stages_, 1);
    setCentralWidget(centre);

    // The stages stand below each other: composing scrolls when the screen is low, Run stays in sight.
    auto* panels = new QWidget;
    auto* stageLayout = new QVBoxLayout(panels);
    stageLayout->setContentsMargins(0, 0, 0, 0);
    stageLayout->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* scrolled = new QWidget;
    auto* scrolledLayout = new QVBoxLayout(scrolled);
    scrolledLayout->setContentsMargins(0, 0, 0, 0);
    scrolledLayout->addWidget(composition_);
    scrolledLayout->addStretch();
    scroll->setWidget(scrolled);
    stageLayout->addWidget(scroll, 1);
    stageLayout->addWidget(simulation_);
    panels->setMinimumWidth(std::max(336, composition_->minimumSizeHint().width() + 20));
    addDockWidget(Qt::LeftDockWidgetArea, makeDock(tr("Compose and simulate"), "composeDock", panels));

    auto* right = new QWidget;
    auto* rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(jobs_, 1);
    auto* card = new QWidget;
    auto* cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(8, 0, 8, 8);
    cardLayout->addWidget(results_);
    rightLayout->addWidget(card);
    right->setMinimumWidth(264);
    addDockWidget(Qt::RightDockWidgetArea, makeDock(tr("Runs"), "jobsDock", right));

    addDockWidget(Qt::BottomDockWidgetArea, makeDock(tr("Plots"), "plotsDock", plots_));
    addDockWidget(Qt::LeftDockWidgetArea, makeDock(tr("Transport"), "transportDock", transport_->panel()));
    addDockWidget(Qt::BottomDockWidgetArea,
                  makeDock(tr("Transport plots"), "transportPlotsDock", transport_->plots()));
    addDockWidget(Qt::LeftDockWidgetArea, makeDock(tr("Learn"), "learnDock", learn_->panel()));
    addDockWidget(Qt::RightDockWidgetArea, makeDock(tr("Learn plots"), "learnPlotsDock", learn_->plots()));
    for (const char* name : {"transportDock", "transportPlotsDock", "learnDock", "learnPlotsDock"})
        findChild<QDockWidget*>(name)->hide();
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    resizeDocks({findChild<QDockWidget*>("composeDock"), findChild<QDockWidget*>("jobsDock")}, {352, 296},
                Qt::Horizontal);
    resizeDocks({findChild<QDockWidget*>("plotsDock")}, {280}, Qt::Vertical);
}

void MainWindow::connectPanels() {
    connect(composition_, &CompositionPanel::compositionChanged, this, &MainWindow::compositionEdited);
    connect(previewTimer_, &QTimer::timeout, this, &MainWindow::showPreview);
    connect(simulation_, &SimulationPanel::runRequested, this, &MainWindow::startRun);
    connect(simulation_, &SimulationPanel::stopRequested, this, &MainWindow::stopRun);
    connect(jobs_, &JobsPanel::selected, this, &MainWindow::selectRun);
    connect(jobs_, &JobsPanel::revealRequested, this, &MainWindow::revealRun);
    connect(plots_, &PlotPanel::exportRequested, this, &MainWindow::exportPlot);
    connectPlots();
    connect(view_, &StructureView::savePictureRequested, this, &MainWindow::savePicture);
    connectLoader();

    connect(&controller_, &JobController::changed, this, [this](int id) {
        if (id == selected_)
            results_->showRun(controller_.find(id), lastAnalysis_ ? &*lastAnalysis_ : nullptr);
        updateReadiness();
    });
    connect(&controller_, &JobController::dataChanged, this, [this](int id) {
        if (id != selected_) return;
        plots_->refresh();
        if (!previewing_) view_->refresh();
    });
    connect(&controller_, &JobController::finished, this, &MainWindow::runFinished);
    connect(&controller_, &JobController::spreadExceeded, this, &MainWindow::warnOfSpread);
    connect(&controller_, &JobController::idle, this, [this] {
        updateReadiness();
        if (closeWhenIdle_ && !potentials_->isTraining() && !ladder_.isBusy()) close();
    });
    connect(&analysis_, &LiveAnalysis::resultReady, this, [this](const AnalysisResult& result) {
        lastAnalysis_ = result;
        plots_->setAnalysis(result);
        results_->showRun(controller_.find(selected_), &*lastAnalysis_);
    });
}

void MainWindow::selectRun(int id) {
    const JobRecord* record = controller_.find(id);
    if (record == nullptr) return;
    if (stage_ != Stage::Transport) showStage(Stage::Compose);
    previewTimer_->stop();
    previewing_ = false;
    view_->setHint({});
    jobs_->select(id);
    const QString formula = record->spec.formula.empty()
                                ? record->title
                                : prettyFormula(QString::fromStdString(record->spec.formula));
    view_->showRun(record->data, formula);
    if (id != selected_) {
        selected_ = id;
        lastAnalysis_.reset();
        const bool thermostatted = record->spec.md.thermostat != dynamics::Thermostat::None;
        plots_->setRun(
            record->data, record->title,
            thermostatted && record->state != JobState::Opened ? record->spec.md.temperature : 0.0);
        analysis_.follow(record->data, crystal::Element::fromSymbol(record->spec.mobileElement));
    }
    results_->showRun(record, lastAnalysis_ ? &*lastAnalysis_ : nullptr);
    transport_->setRun(id);
    updateTitle();
}

void MainWindow::compositionEdited() {
    updateReadiness();
    // A run in progress keeps the view; otherwise what is edited is shown at once.
    if (!controller_.isBusy() && composition_->isValid()) previewTimer_->start();
}

void MainWindow::showPreview() {
    if (!composition_->isValid()) return;
    workflow::RunSpec spec;
    simulation_->fill(spec);
    try {
        const crystal::Structure cell =
            builder::decoratedSupercell(composition_->host(), composition_->composition(), spec.seed);
        previewing_ = true;
        const QString formula = prettyFormula(QString::fromStdString(composition_->formula()));
        view_->showStructure(cell, tr("%1 (not relaxed yet)").arg(formula));
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Warning, QString::fromUtf8(error.what()));
    }
    updateTitle();
}

void MainWindow::updateTitle() {
    const JobRecord* record = controller_.find(selected_);
    QString subject;
    if (stage_ == Stage::Potentials)
        subject = tr("Potentials");
    else if (stage_ == Stage::Space)
        subject = tr("Composition space");
    else if (stage_ == Stage::Learn)
        subject = tr("Learning");
    else if (previewing_ || record == nullptr)
        subject = composition_->presetName().isEmpty()
                      ? prettyFormula(QString::fromStdString(composition_->formula()))
                      : composition_->presetName();
    else
        subject = record->title;
    setWindowTitle(tr("%1 — Ionscape").arg(subject));
}

void MainWindow::updateReadiness() {
    simulation_->setReady(composition_->problem());
    simulation_->setBusy(controller_.isBusy());
    if (stopAction_ != nullptr) stopAction_->setEnabled(controller_.isBusy() || ladder_.isBusy());
}

workflow::RunSpec MainWindow::runSpec(const std::string& formula) const {
    workflow::RunSpec spec;
    simulation_->fill(spec);
    spec.host = composition_->host().id;
    spec.formula = formula;
    return spec;
}

int MainWindow::startRun() {
    if (!composition_->isValid()) {
        messages_->showMessage(MessageBar::Kind::Warning, composition_->problem());
        return 0;
    }
    return enqueue(runSpec(composition_->formula()), composition_->presetName());
}

void MainWindow::startRuns(const std::vector<composition::Composition>& compositions) {
    int started = 0;
    for (const auto& composition : compositions) {
        const auto formula = composition::compositionFormula(composition_->host(), composition);
        if (enqueue(runSpec(composition::formulaText(formula, 6)), {}) == 0) return;
        ++started;
    }
    messages_->showMessage(MessageBar::Kind::Information,
                           tr("%n run(s) were added to the queue.", nullptr, started));
}

int MainWindow::enqueue(workflow::RunSpec spec, const QString& presetName) {
    const QString folder = simulation_->outputFolder();
    if (!QDir().mkpath(folder)) {
        messages_->showMessage(
            MessageBar::Kind::Error,
            tr("The run folder %1 cannot be created. Choose another one under More settings.")
                .arg(QDir::toNativeSeparators(folder)));
        return 0;
    }
    spec.output = newRunFile(folder, spec, QDateTime::currentDateTime()).toStdString();
    messages_->dismiss();
    const bool first = !controller_.isBusy();
    const int id = controller_.enqueue(spec, runTitle(spec, presetName));
    if (first) selectRun(id);
    updateReadiness();
    return id;
}

void MainWindow::stopRun() {
    if (controller_.runningId() == 0) ladder_.cancel();
    if (controller_.runningId() != 0) controller_.cancel(controller_.runningId());
}

void MainWindow::runFinished(int id) {
    const JobRecord* record = controller_.find(id);
    if (id == selected_) {
        plots_->refresh();
        if (!previewing_) view_->refresh();
        results_->showRun(record, lastAnalysis_ ? &*lastAnalysis_ : nullptr);
    }
    const QString path = QString::fromStdString(record->spec.output.string());
    if (record->state == JobState::Stopped) {
        if (record->data->frameCount() > 0) rememberRecent(path);
        messages_->showMessage(MessageBar::Kind::Warning,
                               tr("%1 was stopped: %2").arg(record->title, record->message),
                               {{tr("Show the run"), [this, id] { selectRun(id); }}});
        return;
    }
    if (record->state != JobState::Failed) {
        if (record->data->frameCount() > 0) rememberRecent(path);
        return;
    }
    messages_->showMessage(MessageBar::Kind::Error, tr("%1 failed: %2").arg(record->title, record->message),
                           {{tr("Show the run"), [this, id] { selectRun(id); }}});
}

void MainWindow::warnOfSpread(int id) {
    const JobRecord* record = controller_.find(id);
    const QLocale locale;
    messages_->showMessage(MessageBar::Kind::Warning,
                           tr("%1: the members of the committee disagree by %2 eV/Å on the force on an atom, "
                              "more than the threshold "
                              "of %3 eV/Å. The structure may be outside what they were trained on.")
                               .arg(record->title, locale.toString(*record->spreadExceeded, 'f', 2),
                                    locale.toString(record->data->spreadThreshold(), 'g', 3)),
                           {{tr("Show the run"), [this, id] { selectRun(id); }},
                            {tr("Stop the run"), [this, id] { controller_.cancel(id); }}});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveSettings();
    const bool busy =
        controller_.isBusy() || ladder_.isBusy() || potentials_->isTraining() || learn_->isSimulating();
    if (!busy || closeWhenIdle_) {
        event->accept();
        return;
    }
    event->ignore();
    messages_->showMessage(
        MessageBar::Kind::Warning,
        potentials_->isTraining()
            ? tr("A training is in progress. Stopping keeps its state; it can be resumed exactly.")
            : tr("A run is in progress. Stopping keeps what was computed; its file can be opened later."),
        {{tr("Stop and quit"),
          [this] {
              closeWhenIdle_ = true;
              controller_.cancelAll();
              ladder_.cancel();
              if (potentials_->isTraining()) potentials_->stopTraining();
              if (learn_->isSimulating()) learn_->stopSimulating();
          }},
         {tr("Keep running"), [] {}}});
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    // Reached only by keys that the widget with the focus has no use for, so that typing is never disturbed.
    const bool command = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (stage_ == Stage::Space || stage_ == Stage::Potentials || command) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    PlaybackBar* playback = view_->playback();
    switch (event->key()) {
        case Qt::Key_Space:
            playback->togglePlay();
            return;
        case Qt::Key_Home:
            playback->toStart();
            return;
        case Qt::Key_End:
            playback->toEnd();
            return;
        case Qt::Key_1:
        case Qt::Key_2:
        case Qt::Key_3: {
            const QStringList names{"look-a", "look-b", "look-c"};
            for (QAction* action : view_->viewActions())
                if (action->objectName() == names.at(event->key() - Qt::Key_1)) action->trigger();
            return;
        }
        default:
            QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::saveSettings() {
    QSettings settings;
    settings.setValue("window/geometry", saveGeometry());
    showStage(Stage::Compose);  // its docks are what the next start shows
    settings.setValue("window/layout", saveState(layoutVersion));
    composition_->save(settings);
    space_->save(settings);
    transport_->settings()->save(settings);
    learn_->form()->save(settings);
    simulation_->save(settings);
    view_->save(settings);
}

void MainWindow::restoreSettings() {
    const QSettings settings;
    if (!restoreGeometry(settings.value("window/geometry").toByteArray())) {
        resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    }
    restoreState(settings.value("window/layout").toByteArray(), layoutVersion);
    composition_->restore(settings);
    space_->restore(settings);
    transport_->settings()->restore(settings);
    learn_->form()->restore(settings);
    composition_->setUndoStack(undo_);
    simulation_->restore(settings);
    view_->restore(settings);
}

}  // namespace ionscape::gui
