// SPDX-License-Identifier: GPL-3.0-or-later
// Tools of the 3D view beyond its switches: measuring between atoms and views kept under a name.
#pragma once

#include <QObject>
#include <QPointer>
#include <vector>

#include "gui/scene/structure_scene.h"

class QAction;
class QMenu;

namespace ionscape::gui {

class SceneWidget;

class ViewTools final : public QObject {
    Q_OBJECT

  public:
    explicit ViewTools(SceneWidget& scene, QObject* parent = nullptr);

    /// Checkable: while it is on, clicks on two to four atoms measure distance, angle or dihedral.
    QAction* measureAction() const { return measure_; }
    /// Opens the menu of kept views.
    QAction* viewsAction() const { return views_; }
    /// Of another structure: nothing that was picked is there any more.
    void forgetMeasurement();
    /// "2.051 Å", or what to click next; empty while nothing is measured.
    QString measurementText() const;

    /// Keeps the present view; the next start knows it, too.
    void keepView();
    void showView(int index);
    int viewCount() const;
    void forgetViews();

  signals:
    void measurementChanged();

  private:
    SceneWidget& scene_;
    QAction *measure_, *views_;
    QMenu* menu_;
    std::vector<scene::StructureScene::Pick> picked_;
    void take(const std::optional<scene::StructureScene::Pick>& what);
    void fillMenu();
};

}  // namespace ionscape::gui
