// SPDX-License-Identifier: GPL-3.0-or-later
// Marks of an analysis: arrows, tubes coloured by a number, a coloured plane, labels and the colour bar.
#pragma once

#include <vtkBillboardTextActor3D.h>
#include <vtkLookupTable.h>
#include <vtkRenderer.h>
#include <vtkScalarBarActor.h>
#include <vtkSmartPointer.h>
#include <vtkTubeFilter.h>

#include <string>

#include "gui/scene/layers.h"
#include "gui/scene/surface.h"

namespace ionscape::scene {

/// Solid arrows, round and lit.
class ArrowLayer final : public Layer {
  public:
    struct Arrow {
        Vec3 begin, end;
        double radius;  ///< of the shaft, Å; the head is 2.4 times as wide
        Colour colour;
    };
    ArrowLayer();
    void set(const std::vector<Arrow>& arrows);
    std::size_t count() const { return count_; }

  private:
    std::size_t count_ = 0;
    vtkNew<vtkPolyDataMapper> mapper_;
};

/// Tubes along polylines, coloured by a number at each point with viridis.
class TubeLayer final : public Layer {
  public:
    struct Tube {
        std::vector<Vec3> points;
        std::vector<double> values;
    };
    explicit TubeLayer(double radius);
    void set(const std::vector<Tube>& tubes, double low, double high);
    std::size_t count() const { return static_cast<std::size_t>(lines_->GetNumberOfLines()); }

  private:
    vtkNew<vtkPolyData> lines_;
    vtkNew<vtkTubeFilter> tube_;
    vtkNew<vtkLookupTable> colours_;
    vtkNew<vtkPolyDataMapper> mapper_;
};

/// A plane with a colour at each point, unlit so that the colours are those of the bar.
class PlaneLayer final : public Layer {
  public:
    PlaneLayer();
    void set(const SurfaceMesh& mesh, const std::vector<Colour>& colours, const std::vector<Vec3>& shifts);

  private:
    vtkNew<vtkPolyDataMapper> mapper_;
};

/// Texts that face the viewer, over everything they belong to.
class LabelSet {
  public:
    struct Label {
        Vec3 at;
        std::string text;
        double lift = 0.0;  ///< Å towards the viewer: out of the thing it names
    };
    explicit LabelSet(vtkRenderer* renderer) : renderer_(renderer) {}
    ~LabelSet() { set({}); }
    LabelSet(const LabelSet&) = delete;
    LabelSet& operator=(const LabelSet&) = delete;
    void set(const std::vector<Label>& labels);
    void setDarkBackground(bool dark);
    /// Lifts the labels towards the viewer.
    void face(const Vec3& eye);
    std::size_t count() const { return actors_.size(); }

  private:
    vtkRenderer* renderer_;
    std::vector<Label> labels_;
    std::vector<vtkSmartPointer<vtkBillboardTextActor3D>> actors_;
    bool dark_ = false;
    void style(vtkBillboardTextActor3D& actor) const;
};

/// Vertical bar in viridis with a title, at the right edge of the window.
class ColourBar {
  public:
    /// \param slot  0 for the upper half of the window, 1 for the lower
    ColourBar(vtkRenderer* renderer, int slot);
    /// Hidden while `low` is not below `high`.
    void set(const std::string& title, double low, double high, bool visible);
    void setDarkBackground(bool dark);
    void setPixelScale(double scale);
    bool isVisible() const { return bar_->GetVisibility() != 0; }

  private:
    vtkNew<vtkScalarBarActor> bar_;
    vtkNew<vtkLookupTable> colours_;
};

}  // namespace ionscape::scene
