// SPDX-License-Identifier: GPL-3.0-or-later
// The corner triad: arrows along the lattice directions a, b, c that turn with the camera.
#pragma once

#include <vtkActor.h>
#include <vtkBillboardTextActor3D.h>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderer.h>

#include <array>

#include "core/crystal/lattice.h"

namespace ionscape::scene {

class Triad {
  public:
    Triad();
    /// A renderer for layer 1 of the window, in its lower left corner.
    vtkRenderer* renderer() const { return renderer_; }
    void setLattice(const crystal::Lattice& lattice);
    void setVisible(bool visible) { renderer_->SetDraw(visible); }
    void setDarkBackground(bool dark);
    /// Turns it as `camera` looks, and keeps it about 110 pixels (times `pixelScale`) large and square.
    void follow(vtkCamera* camera, const int* windowSize, double pixelScale);

  private:
    vtkNew<vtkRenderer> renderer_;
    std::array<vtkNew<vtkActor>, 3> arrows_;
    std::array<vtkNew<vtkBillboardTextActor3D>, 3> labels_;
};

}  // namespace ionscape::scene
