// SPDX-License-Identifier: GPL-3.0-or-later
// The one window: stages on the left, the 3D view in the middle, plots below, runs and results on the right.
#pragma once

#include <QMainWindow>
#include <map>
#include <optional>

#include "gui/jobs/file_loader.h"
#include "gui/jobs/job_controller.h"
#include "gui/jobs/ladder_job.h"
#include "gui/jobs/live_analysis.h"
#include "gui/jobs/run_follower.h"

class QMenu;
class QStackedWidget;
class QTimer;
class QToolBar;
class QUndoStack;

namespace ionscape::gui {

class CompositionPanel;
class ImportForm;
class JobsPanel;
class LearnStage;
class MessageBar;
class MovieWriter;
class PlotPanel;
class PlotWidget;
class PotentialsView;
class ResultsCard;
class SimulationPanel;
class SpaceView;
class StructureView;
class TransportStage;
class TransportTable;

/// What fills the window; chosen on the rail on the left.
enum class Stage { Compose, Space, Transport, Learn, Potentials };

class MainWindow final : public QMainWindow {
    Q_OBJECT

  public:
    /// \param run  the engine; \param host  the host whose compositions are edited \param ladder  the same
    /// for temperature ladders
    MainWindow(RunFunction run, const composition::Host& host, LadderFunction ladder = workflow::runLadder);
    ~MainWindow() override;

    CompositionPanel* compositionPanel() const { return composition_; }
    SimulationPanel* simulationPanel() const { return simulation_; }
    StructureView* structureView() const { return view_; }
    PlotPanel* plotPanel() const { return plots_; }
    JobsPanel* jobsPanel() const { return jobs_; }
    ResultsCard* resultsCard() const { return results_; }
    MessageBar* messageBar() const { return messages_; }
    ImportForm* importForm() const { return import_; }
    PotentialsView* potentialsView() const { return potentials_; }
    SpaceView* spaceView() const { return space_; }
    TransportStage* transport() const { return transport_; }
    LearnStage* learn() const { return learn_; }
    QUndoStack* undoStack() const { return undo_; }
    Stage stage() const { return stage_; }
    JobController& controller() { return controller_; }
    LadderJob& ladder() { return ladder_; }

  public slots:
    /// Enqueues a run of the composition and settings shown. Returns its id; 0 with a message when it cannot
    /// be.
    int startRun();
    /// Begins the ladder of the composition and settings shown, or continues it.
    void startLadder();
    /// The same for compositions of the space; the messages say what could not be.
    void startRuns(const std::vector<composition::Composition>& compositions);
    void stopRun();
    /// Opens a run or a structure file; the answer appears in the window.
    void openFile(const QString& path);
    /// A page about the run that the Transport stage shows; nothing without one. Throws IoError.
    void writeTransportReport(const QString& path);
    /// The 3D view, the selected run and the composition stay as they are.
    void showStage(Stage stage);

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    JobController controller_;
    LadderJob ladder_;
    RunFollower follower_;
    LiveAnalysis analysis_;
    FileLoader loader_;
    CompositionPanel* composition_;
    SimulationPanel* simulation_;
    StructureView* view_;
    PlotPanel* plots_;
    JobsPanel* jobs_;
    ResultsCard* results_;
    MessageBar* messages_;
    ImportForm* import_;
    PotentialsView* potentials_;
    QUndoStack* undo_;
    SpaceView* space_;
    TransportStage* transport_;
    LearnStage* learn_;
    MovieWriter* movie_ = nullptr;
    QStackedWidget* stages_ = nullptr;
    QToolBar* rail_ = nullptr;
    QList<QAction*> stageActions_;
    Stage stage_ = Stage::Compose;
    bool runsShown_ = true;  ///< the dock of runs, before the Space stage took its place
    /// Docks of the stages that have some, while another stage is shown.
    std::map<Stage, QByteArray> layouts_;
    QTimer* previewTimer_;
    QMenu* recentMenu_ = nullptr;
    QAction* stopAction_ = nullptr;
    int selected_ = 0;         ///< run shown in plots and results; 0 for none
    bool previewing_ = false;  ///< the 3D view shows the composition being edited
    bool closeWhenIdle_ = false;
    std::optional<AnalysisResult> lastAnalysis_;

    // main_window.cpp
    void buildDocks();
    void connectPanels();
    void selectRun(int id);
    void compositionEdited();
    void showPreview();
    void updateTitle();
    void updateReadiness();
    void runFinished(int id);
    void warnOfSpread(int id);
    int enqueue(workflow::RunSpec spec, const QString& presetName);
    void saveSettings();
    void restoreSettings();

    // main_window_stages.cpp
    void buildRail();
    void connectPotentials();
    void connectSpace();
    void leaveDocks();
    void enterDocks(Stage stage);
    void connectPlots();
    void fillHosts();
    /// What the panels say, for a formula of the chosen host.
    workflow::RunSpec runSpec(const std::string& formula) const;
    void setHost(const QString& id);
    void chooseNewHost();
    void newHost(const QString& file);
    void openComposition(const composition::Composition& composition);
    void updateWantedElements();
    void updateRailIcons();

    // main_window_transport.cpp
    void connectTransport();
    void exportTable(TransportTable* table);
    void chooseReport();
    void saveCutOut();
    void chooseMovie();
    void saveHop();
    void connectLadder();

    // main_window_learn.cpp
    void connectLearn();
    void showLearnt();

    // main_window_actions.cpp
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildRunMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void showShortcuts();
    void showAbout();

    // main_window_files.cpp
    void chooseFileToOpen();
    void fileLoaded(const LoadedFile& file);
    void fileFailed(const QString& path, const QString& message);
    void connectLoader();
    void load(const OpenRequest& request);
    void rememberRecent(const QString& path);
    void fillRecentMenu();
    void chooseExport();
    void exportPlot(PlotWidget* plot, const QString& extension);
    /// Beside the file of the selected run, with a stem of its own.
    QString besideRun(const QString& stem) const;
    void savePicture();
    void chooseStructureFile();
    void revealRun(int id);
    /// Asks for a path without blocking and hands it to `write`; what that throws goes to the message bar.
    void askPath(const QString& title, const QString& suggestion, const QStringList& filters,
                 std::function<void(const QString&)> write);
};

}  // namespace ionscape::gui
