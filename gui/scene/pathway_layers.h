// SPDX-License-Identifier: GPL-3.0-or-later
// Draws pathways into a renderer: surfaces, plane, spheres, arrows, tubes, labels and colour bars.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "gui/scene/pathways.h"

class vtkRenderer;

namespace ionscape::scene {

class Layer;
class TranslucentLayer;

class PathwayLayers {
  public:
    /// \param surfaces  takes the isosurfaces, together with everything else that is translucent; both must
    /// outlive this
    PathwayLayers(vtkRenderer* renderer, TranslucentLayer& surfaces);
    ~PathwayLayers();

    void setLattice(const crystal::Lattice& lattice, const std::array<int, 3>& cells);
    void set(const Pathways& pathways);
    const Pathways& pathways() const { return pathways_; }
    void setOptions(const PathwayOptions& options);
    const PathwayOptions& options() const { return options_; }
    /// Hides or shows everything at once.
    void setVisible(bool visible);
    bool isVisible() const { return visible_; }
    void setDarkBackground(bool dark);
    /// Drawn in the accent colour, larger and with its label.
    void setSelected(const std::optional<PathwayItem>& item);
    const std::optional<PathwayItem>& selected() const { return selected_; }
    void setPixelScale(double scale);
    /// Draws surfaces of many triangles with fewer of them, for as long as the view moves.
    void setCoarse(bool on);
    /// Turns the labels to the viewer.
    void face(const Vec3& eye);
    std::array<Layer*, 4> layers();

    struct Hit {
        PathwayItem item;
        double depth = 0.0;  ///< from the eye, Å
    };
    /// The nearest thing along a ray (unit vector) that is shown.
    std::optional<Hit> pick(const Vec3& eye, const Vec3& ray) const;

    /// What is drawn; 0 for what is hidden.
    std::size_t surfaceTriangles() const;
    /// Fewer than those while the view moves.
    std::size_t drawnTriangles() const;
    std::size_t siteCount() const { return sitesDrawn_; }
    std::size_t jumpCount() const;
    std::size_t pathPieces() const;
    std::size_t labelCount() const;
    bool hasColourBar() const;
    bool hasVolume() const;

  private:
    struct Parts;
    struct Arrow;
    std::unique_ptr<Parts> parts_;
    crystal::Lattice lattice_;
    std::array<int, 3> cells_{1, 1, 1};
    Pathways pathways_;
    PathwayOptions options_;
    std::optional<PathwayItem> selected_;
    bool visible_ = true;
    std::size_t sitesDrawn_ = 0;
    bool coarse_ = false, coarseKnown_ = false;

    bool isSelected(PathwayItem::Kind kind, std::size_t index) const;
    std::vector<Vec3> shifts() const;
    Arrow arrow(std::size_t jump) const;
    bool jumpShown(std::size_t jump) const;
    void refreshDensity();
    void refreshCoarse();
    void refreshSlice();
    void refreshVolume();
    /// Highest value of the density; 0 without one.
    double densest() const;
    void refreshMarks();
    void refreshPaths();
};

/// Cartesian shifts of all cells of a block, the first one first.
std::vector<Vec3> cellShifts(const crystal::Lattice& lattice, const std::array<int, 3>& cells);

}  // namespace ionscape::scene
