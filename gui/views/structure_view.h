// SPDX-License-Identifier: GPL-3.0-or-later
// The 3D view with its toolbar, element legend, time slider and status line.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include "gui/jobs/run_data.h"

class QAction;
class QLabel;
class QSettings;
class QToolBar;

namespace ionscape::gui {

class ElementLegend;
class PlaybackBar;
class SceneWidget;
class ViewTools;

class StructureView final : public QWidget {
    Q_OBJECT

  public:
    explicit StructureView(QWidget* parent = nullptr);
    ~StructureView() override;

    /// One structure without a run.
    void showStructure(const crystal::Structure& structure, const QString& caption);
    /// A run, growing or stored: its structure until there are frames, then the frame of the time slider.
    void showRun(std::shared_ptr<RunData> runData, const QString& caption);
    /// A series of structures that is no run, e.g. the images of a path, to be played like one; a text each.
    void showImages(const std::vector<crystal::Structure>& images, const QStringList& texts,
                    const QString& caption);
    /// Takes over what the run has produced since the last call.
    void refresh();
    /// Text over the view that says what to do first; empty hides it.
    void setHint(const QString& text);

    /// What is on the screen, for export; empty before anything was shown.
    crystal::Structure currentStructure() const;
    PlaybackBar* playback() const { return playback_; }
    SceneWidget* sceneWidget() const { return scene_; }
    QString statusText() const;
    ViewTools* tools() const { return tools_; }
    ElementLegend* legend() const { return legend_; }
    /// Switches and view directions, for the menu; the toolbar shows the same ones.
    const QList<QAction*>& viewActions() const { return actions_; }

    /// Throws IoError. \param transparent  nothing in place of the background \param width  pixels
    void savePicture(const QString& path, bool transparent = false, int width = 2400);
    /// The view in light colours without its background, for paper.
    QImage paperPicture(int width);
    /// Moves to a frame of the run shown, as the time slider does; counted from 0.
    void goToFrame(int index);
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void savePictureRequested();

  protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    struct Run;
    SceneWidget* scene_;
    QToolBar* toolbar_;
    ViewTools* tools_;
    ElementLegend* legend_;
    QLabel *hint_, *status_;
    PlaybackBar* playback_;
    QString caption_;
    QList<QAction*> actions_;
    std::unique_ptr<Run> run_;
    crystal::Structure shown_;

    void buildToolbar();
    QAction* addSwitch(const QString& icon, const QString& text, const QString& tip, bool on);
    void applySwitches();
    void setSceneStructure(const crystal::Structure& structure);
    void showFrame(int index);
    void extendTrail(int index);
    void updateStatus();
    void updateIcons();
    void placeOverlays();
};

}  // namespace ionscape::gui
