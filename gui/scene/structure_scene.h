// SPDX-License-Identifier: GPL-3.0-or-later
// The 3D scene of one structure: atoms, bonds, cell, coordination polyhedra and trails of the mobile ion.
// VTK, no Qt.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/crystal/structure.h"
#include "gui/scene/pathways.h"

class vtkRenderer;
class vtkRenderWindow;

namespace ionscape::scene {

struct SceneOptions {
    bool atoms = true;
    bool bonds = true;
    bool cell = true;
    bool polyhedra = false;
    bool trails = true;
    bool framework = true;     ///< atoms other than the mobile ion
    bool trailsByIon = false;  ///< a colour for each ion instead of the time
    /// Elements whose atoms, bonds and polyhedra are not drawn.
    std::vector<crystal::Element> hidden;
    /// Copies of the cell along a, b, c.
    std::array<int, 3> cells{1, 1, 1};
    bool darkBackground = false;
    crystal::Element mobile = crystal::Element::fromSymbol("Li");
};

/// Red, green, blue in 0..1; Jmol-like, with overrides so that no two elements of a host look alike.
std::array<double, 3> elementColour(crystal::Element element);
/// Display radius, Å.
double elementRadius(crystal::Element element);

/// Where the camera stands; Å.
struct Viewpoint {
    Vec3 eye, centre, up;
};

class PathwayLayers;

class StructureScene {
  public:
    StructureScene();
    ~StructureScene();

    /// The main renderer, owned by the scene.
    vtkRenderer* renderer() const;
    /// Puts the scene (main renderer and corner triad) into a window; lines and text scale with the window's
    /// DPI (72 = 1).
    void attachTo(vtkRenderWindow* window);
    /// Takes it out of the window again, which must still exist.
    void detach();

    /// Shows a structure (atoms wrapped into the cell), rebuilding everything; trails are cleared. The camera
    /// is reset the first time and whenever the cell changes by much.
    void setStructure(const crystal::Structure& structure);
    /// Moves the atoms of the structure shown (same count and order; unwrapped positions are wrapped for
    /// display); bonds and polyhedra follow. Cheap enough for 30 calls a second at 160 atoms. Throws
    /// InputError when the count differs.
    void setPositions(const VectorField& unwrapped);
    /// Adds one point to the trail of every mobile ion (broken, not drawn across the cell, where it crosses a
    /// face).
    void appendTrail(const VectorField& unwrapped);
    void clearTrails();
    void setOptions(const SceneOptions& options);
    /// Smooth edges (FXAA) in the window: free on a GPU, but most of a frame's time in a software renderer.
    /// On at first.
    void setAntialiasing(bool on);
    const SceneOptions& options() const;
    /// Simpler things in place of many triangles (bonds as lines, coarser surfaces), for as long as the view
    /// is turned and the renderer is too slow for all of them.
    void setMoving(bool on);
    bool isMoving() const;
    void clear();

    void resetCamera();
    /// Looks along lattice vector 0, 1 or 2 (a, b, c).
    void lookAlong(int axis);
    /// Turns the camera around its centre as a drag by so many pixels of the render window does (y upwards).
    void orbit(double dx, double dy);
    /// Shifts the picture by so many pixels of the render window.
    void pan(double dx, double dy);
    /// Moves the camera nearer by a factor above 1, away by one below 1.
    void zoom(double factor);
    /// Makes the atom under the pixel the centre of rotation; the middle of the cell where there is none.
    void centreOn(int x, int y);
    /// Elements of the structure shown, in order, for a legend.
    std::vector<crystal::Element> elements() const;
    struct Pick {
        std::optional<std::size_t> atom;
        std::optional<PathwayItem> item;  ///< instead of an atom
        Vec3 position;                    ///< Å; of an atom its centre, in the copy of the cell that was hit
    };
    /// What is in front under a pixel of the render window (origin bottom left), if anything.
    std::optional<Pick> pick(int x, int y) const;
    /// The same when it is an atom.
    std::optional<std::size_t> pickAtom(int x, int y) const;
    /// Draws the distance, angle or dihedral of two to four picked atoms, which are followed as they move;
    /// none takes it away.
    void setMeasurement(const std::vector<Pick>& atoms);
    /// Density, sites, jumps and paths, drawn with the structure.
    PathwayLayers& pathways();
    Viewpoint viewpoint() const;
    void setViewpoint(const Viewpoint& view);

    /// Writes a PNG of width × height pixels rendered off-screen, antialiased, with the present view; throws
    /// IoError. The window on the screen is not touched: a copy of the scene is drawn.
    void savePicture(const std::string& file, int width, int height, bool transparent = false) const;

    /// What is drawn (0 for what the options hide); for tests and the status line. Images that complete
    /// polyhedra count as glyphs.
    std::size_t atomGlyphCount() const;
    std::size_t bondCount() const;
    std::size_t polyhedronCount() const;
    std::size_t trailPointCount() const;
    /// Connected pieces of the trails; one more for every time an ion went through a face.
    std::size_t trailPieceCount() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::scene
