// SPDX-License-Identifier: GPL-3.0-or-later
// The drawable parts of the scene, each one actor with a fixed pipeline that takes new geometry at
// interactive rates.
#pragma once

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkOpenGLSphereMapper.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include <array>
#include <vector>

#include "gui/scene/colour_scale.h"
#include "gui/scene/coordination.h"
#include "gui/scene/trails.h"

namespace ionscape::scene {

/// Haze with distance, the same in every layer: from `nearest` to `farthest` (distances from the camera, Å)
/// colours go up to `strength` of the way to the background.
struct DepthCue {
    Colour background;
    double nearest = 0.0;
    double farthest = 1.0;
    double strength = 0.0;
    double nearClip = 0.1;  ///< the camera's clipping range
    double farClip = 1.0;
};

class Layer {
  public:
    Layer();
    vtkActor* actor() const { return actor_; }
    void setVisible(bool visible) { actor_->SetVisibility(visible); }
    void setDepthCue(const DepthCue& cue);

  protected:
    void useMapper(vtkPolyDataMapper* mapper);
    vtkNew<vtkPolyData> data_;
    vtkNew<vtkActor> actor_;
};

/// Spheres drawn as ray-cast impostors: exact outlines at any zoom for three vertices each.
class SphereLayer final : public Layer {
  public:
    struct Sphere {
        Vec3 centre;
        double radius;
        Colour colour;
    };
    /// `glow` raises the ambient part and the highlight, for the ion that should catch the eye.
    explicit SphereLayer(bool glow);
    void set(const std::vector<Sphere>& spheres);

  private:
    vtkNew<vtkOpenGLSphereMapper> mapper_;
};

/// Cylinders whose halves have the colours of the atoms they join.
class StickLayer final : public Layer {
  public:
    struct Stick {
        Vec3 begin, end;
        Colour beginColour, endColour;
    };
    explicit StickLayer(double radius);
    void set(const std::vector<Stick>& sticks);

  private:
    double radius_;
    vtkNew<vtkPolyDataMapper> mapper_;
};

/// Thin lines of constant width on the screen.
class LineLayer final : public Layer {
  public:
    struct Line {
        Vec3 begin, end;
        Colour colour;
    };
    explicit LineLayer(double width);
    void set(const std::vector<Line>& lines);
    void setPixelScale(double scale) {
        actor_->GetProperty()->SetLineWidth(static_cast<float>(width_ * scale));
    }

  private:
    double width_;
    vtkNew<vtkPolyDataMapper> mapper_;
};

/// Paths of the mobile ions, coloured with viridis by time or by ion.
class TrailLayer final : public Layer {
  public:
    TrailLayer();
    void set(const std::vector<TrailPiece>& pieces, double lastFrame, bool byIon = false);
    void setPixelScale(double scale);
    std::size_t pieceCount() const { return static_cast<std::size_t>(data_->GetNumberOfLines()); }

  private:
    vtkNew<vtkPolyDataMapper> mapper_;
};

}  // namespace ionscape::scene
