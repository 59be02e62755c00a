// SPDX-License-Identifier: GPL-3.0-or-later
// The Space stage: a host's compositions as a map and a table, narrowed on the left, in detail on the right.
#pragma once

#include <QWidget>

#include "gui/jobs/space_browser.h"

class QSettings;
class QTabWidget;
class QUndoStack;

namespace ionscape::potential {
struct ModelEntry;
}

namespace ionscape::gui {

class CompareTray;
class CompositionCard;
class EnsemblePanel;
class SpaceMapPanel;
class SpaceQueryPanel;
class SpaceTablePanel;
class StabilityPanel;
class TaskStrip;

class SpaceView final : public QWidget {
    Q_OBJECT

  public:
    SpaceView(const composition::Host& host, QUndoStack& undo, QWidget* parent = nullptr);
    ~SpaceView() override;

    SpaceBrowser& browser() { return browser_; }
    SpaceQueryPanel* query() const { return query_; }
    SpaceMapPanel* map() const { return map_; }
    SpaceTablePanel* table() const { return table_; }
    CompositionCard* card() const { return card_; }
    CompareTray* tray() const { return tray_; }
    EnsemblePanel* ensemble() const { return ensemble_; }
    StabilityPanel* stability() const { return stability_; }
    /// Potentials for relaxations.
    void setModels(const std::vector<potential::ModelEntry>& models);
    /// Lists the space when that has not been done yet.
    void start();
    /// Selects a composition as soon as it is listed, unless another one has been selected by then.
    void jumpTo(const composition::Composition& composition);
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void openRequested(const ionscape::composition::Composition& composition);
    /// One run for each.
    void runRequested(const std::vector<ionscape::composition::Composition>& compositions);
    void exportRequested(const QString& path);
    void structureRequested(const ionscape::crystal::Structure& structure, const QString& title);
    /// One run for each of these structure files.
    void structureRunsRequested(const QStringList& files);

  private:
    SpaceBrowser browser_;
    SpaceQueryPanel* query_;
    SpaceMapPanel* map_;
    SpaceTablePanel* table_;
    CompositionCard* card_;
    CompareTray* tray_;
    EnsemblePanel* ensemble_;
    StabilityPanel* stability_;
    QTabWidget* tabs_;
    std::optional<composition::Composition> wanted_;  ///< to be selected when it is listed
    bool started_ = false;
    QWidget* buildLeft();
    QWidget* buildRight();
    static QWidget* scrolled(QWidget* page);
    void connectParts();
    void showCurrent();
    void selectWanted();
    void open(std::uint32_t row);
    void run(std::uint32_t row);
};

}  // namespace ionscape::gui
