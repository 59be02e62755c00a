// SPDX-License-Identifier: GPL-3.0-or-later
// The Transport stage: keeps analysis, plots, tables, numbers and the 3D view on one fit window and one
// selection.
#pragma once

#include <QObject>
#include <map>
#include <optional>

#include "gui/jobs/hop_job.h"
#include "gui/jobs/job_controller.h"
#include "gui/jobs/transport_job.h"
#include "gui/scene/pathways.h"
#include "gui/scene/structure_scene.h"

namespace ionscape::gui {

class HopCard;
class MessageBar;
class StructureView;
class TransportNumbers;
class TransportPlots;
class TransportSettingsPanel;

class TransportStage final : public QObject {
    Q_OBJECT

  public:
    /// \param view  whose scene takes the pathways; both must outlive the stage
    TransportStage(StructureView& view, JobController& controller, QObject* parent = nullptr);

    /// For the docks, which take them.
    QWidget* panel() const { return panel_; }
    TransportPlots* plots() const { return plots_; }
    TransportNumbers* numbers() const { return numbers_; }
    TransportSettingsPanel* settings() const { return settings_; }
    TransportJob& job() { return job_; }
    HopJob& hopJob() { return hop_; }
    HopCard* hopCard() const { return hopCard_; }
    /// The potential of hops in runs that do not name theirs; empty for the embedded one.
    void setPotential(const QString& potential);

    /// Shows or hides the pathways; analyses only while shown.
    void setActive(bool active);
    /// The run that is analysed; 0 for none.
    void setRun(int id);
    int run() const { return run_; }
    /// A run's state changed: one that began without a structure may have one now.
    void runChanged(int id);
    /// A run was added or ended: the Arrhenius plot may have another point.
    void runsChanged();
    /// Fits again with this window; lag times in fs.
    void setWindow(const transport::FitWindow& window);
    /// Null where the window holds too few lags.
    const std::optional<transport::MotionFit>& fit() const { return fit_; }
    void select(const std::optional<scene::PathwayItem>& item);
    const std::optional<scene::PathwayItem>& selected() const { return selected_; }
    /// Finds the barrier of the jump that is selected, or between the ion and the site that were clicked.
    void findBarrier();
    /// Looks again at the settings of the panel and the palette.
    void applyLooks();

  signals:
    void selectionChanged();
    /// A point of the Arrhenius plot that is another run's was clicked.
    void runChosen(int id);
    /// The path of a hop is to be written to a file.
    void saveHopRequested();

  private:
    StructureView& view_;
    JobController& controller_;
    QWidget* panel_;
    TransportSettingsPanel* settings_;
    TransportNumbers* numbers_;
    MessageBar* messages_;
    TransportPlots* plots_;
    HopCard* hopCard_;
    QString potential_;
    /// Where a hop that is clicked together begins: an atom, or a site that holds one.
    std::optional<std::size_t> hopAtom_, hopFrom_, hopTo_;
    int run_ = 0;
    bool active_ = false;
    bool elementsKnown_ = false;
    bool trailsBefore_ = true;                     ///< shown on the other stages
    std::map<int, transport::FitWindow> windows_;  ///< chosen by the user, of each run
    std::optional<transport::FitWindow> wanted_;   ///< the last one of a drag, not fitted yet
    std::optional<transport::MotionFit> fit_;
    std::optional<scene::PathwayItem> selected_;
    std::vector<int> arrheniusRuns_;  ///< whose points the Arrhenius plot shows
    // Last, because their threads post to the widgets above.
    TransportJob job_;
    HopJob hop_;

    void buildPanel();
    void offerElements();
    void connectParts();
    void showResult(const TransportPtr& result);
    void showPathways(const TransportResult& result);
    transport::FitWindow window(const TransportResult& result) const;
    TransportSettings wantedSettings() const;
    void refit();
    void refreshArrhenius();

    // transport_stage_hop.cpp
    void connectHop();
    void pickedInView(const std::optional<scene::StructureScene::Pick>& what);
    void offerHop();
    std::optional<HopRequest> hopRequest();
    std::string hopPotential() const;
    void showHop();
    void showHopPath(bool on);
};

/// What the scene draws of an analysis, in the cell that it shows: positions keep their place in the cell
/// when the mean cell of the run is another one.
scene::Pathways pathwayMarks(const std::shared_ptr<const PathwayResult>& result,
                             const crystal::Lattice& shown);

}  // namespace ionscape::gui
