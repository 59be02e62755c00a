// SPDX-License-Identifier: GPL-3.0-or-later
// A QOpenGLWidget that shows a StructureScene: VTK renders into Qt's framebuffer, Qt's mouse steers the
// camera.
#pragma once

#include <QOpenGLWidget>
#include <memory>

#include "gui/scene/structure_scene.h"

namespace ionscape::gui {

/// Left drag orbits, right/middle/shift drag pans, wheel zooms, double-click sets the centre.
class SceneWidget final : public QOpenGLWidget {
    Q_OBJECT

  public:
    explicit SceneWidget(QWidget* parent = nullptr);
    ~SceneWidget() override;

    scene::StructureScene& scene();
    /// Asks for a repaint after the scene changed; any number of calls costs one frame.
    void requestRender();
    /// Call before QApplication is constructed: the surface format VTK needs.
    static void setDefaultSurfaceFormat();

  signals:
    /// One-based atom under the cursor after a click without a drag; 0 for none.
    void atomPicked(int atom);
    /// The same with everything that can be pointed at; nothing for a click beside it all.
    void picked(const std::optional<ionscape::scene::StructureScene::Pick>& what);

  protected:
    void initializeGL() override;
    void resizeGL(int width, int height) override;
    void paintGL() override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::gui
