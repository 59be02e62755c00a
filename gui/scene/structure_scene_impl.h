// SPDX-License-Identifier: GPL-3.0-or-later
// What a StructureScene is made of; internal to gui/scene.
#pragma once

#include <vtkCallbackCommand.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include "gui/scene/coordination.h"
#include "gui/scene/layers.h"
#include "gui/scene/mark_layers.h"
#include "gui/scene/pathway_layers.h"
#include "gui/scene/structure_scene.h"
#include "gui/scene/trails.h"
#include "gui/scene/translucent_layer.h"
#include "gui/scene/triad.h"

namespace ionscape::scene {

inline constexpr double bondRadius = 0.085;  // Å
/// Fewer are drawn as sticks even while the view moves.
inline constexpr std::size_t manyBonds = 600;

struct StructureScene::Impl {
    struct Glyph {
        std::size_t atom;
        Vec3 centre;
        double radius;
    };

    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkCallbackCommand> beforeRender;
    vtkRenderWindow* window = nullptr;
    Triad triad;
    SphereLayer frameworkAtoms{false};
    SphereLayer mobileAtoms{true};
    StickLayer sticks{bondRadius};
    LineLayer cellLines{1.6};
    LineLayer edgeLines{1.2};
    LineLayer measureLines{2.0};
    /// In place of the sticks while the view moves. One pixel wide at half resolution: wider lines need a
    /// geometry shader, which is what a software renderer is slowest at.
    LineLayer bondLines{2.0};
    TranslucentLayer translucent;
    TrailLayer trailLines;
    LabelSet measureLabels{renderer};
    PathwayLayers pathways{renderer, translucent};

    SceneOptions options;
    crystal::Structure structure;  ///< positions as displayed
    Mat3 cameraLattice = Mat3::Zero();
    std::vector<bool> isMobile;
    Coordination coordination;
    std::vector<Glyph> glyphs;  ///< what can be picked
    std::size_t bondsDrawn = 0, polyhedraDrawn = 0;
    Trails trails;
    bool moving = false, bondLinesKnown = false;
    bool trailsChanged = false;  ///< since they were made into lines, which waits for the next frame
    /// Atoms measured, with how far the copies meant are from where the structure has them.
    std::vector<std::pair<std::size_t, Vec3>> measuredAtoms;
    /// The view is fitted to the window when it is first drawn, and again on a resize until the user zooms or
    /// pans.
    bool fitToWindow = true;
    bool fitPending = false;
    double fittedAspect = 0.0;

    Impl();
    std::vector<Layer*> layers();
    bool empty() const { return structure.size() == 0; }
    bool elementShown(crystal::Element element) const;
    bool atomsShown(std::size_t atom) const;
    bool bondsShown() const { return options.bonds && options.framework; }

    void applyOptions();
    void place(const VectorField& unwrapped, bool fresh);
    void refresh();
    void refreshAtoms();
    std::vector<StickLayer::Stick> drawnBonds() const;
    void refreshBonds();
    void refreshMoving();
    void refreshPolyhedra();
    void refreshCell();
    void refreshTrails();
    void refreshMeasurement();
    void prepareFrame();
    void setHaze(double nearest, double farthest);
    void fit();
    void lookFrom(const Vec3& direction, const Vec3& up);
    std::vector<Vec3> shifts() const { return cellShifts(structure.lattice, options.cells); }
    /// Of the whole block of cells.
    std::vector<Vec3> blockCorners() const;
    Vec3 centre() const;
    /// Nearest atom along a ray, with the distance from the eye.
    std::optional<std::pair<Glyph, double>> nearestGlyph(const Vec3& eye, const Vec3& ray) const;
};

}  // namespace ionscape::scene
