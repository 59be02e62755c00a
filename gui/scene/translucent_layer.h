// SPDX-License-Identifier: GPL-3.0-or-later
// Everything translucent in one actor, so that polyhedra and nested surfaces blend in the right order.
#pragma once

#include <array>
#include <vector>

#include "gui/scene/layers.h"
#include "gui/scene/surface.h"

namespace ionscape::scene {

class TranslucentLayer final : public Layer {
  public:
    enum class Part { Polyhedra, Density, CoarseDensity };

    TranslucentLayer();
    /// Replaces all polyhedra. \param colours  one a polyhedron
    void setPolyhedra(const std::vector<Polyhedron>& polyhedra, const std::vector<Colour>& colours);
    struct Surface {
        SurfaceMesh mesh;
        Colour colour;
        double opacity;
    };
    /// Replaces all surfaces; each is drawn once for every shift.
    void setSurfaces(const std::vector<Surface>& surfaces, const std::vector<Vec3>& shifts);
    /// The same with fewer triangles, drawn instead while setCoarse is on.
    void setCoarseSurfaces(const std::vector<Surface>& surfaces);
    void setCoarse(bool on);
    /// Orders the triangles from back to front for this camera; does nothing when neither has changed.
    void sortFor(vtkCamera* camera);
    /// Of the surfaces alone.
    std::size_t densityTriangles() const { return parts_[1].triangles.size(); }
    std::size_t drawnTriangles() const { return parts_[coarse_ ? 2 : 1].triangles.size(); }

  private:
    /// What one kind of content is made of, ready to be joined.
    struct Mesh {
        std::vector<float> points, normals;  ///< three a point
        std::vector<unsigned char> colours;  ///< four a point
        std::vector<std::array<vtkIdType, 3>> triangles;
        void addPoint(const Vec3& point, const Vec3& normal, const Colour& colour, double opacity);
        vtkIdType pointCount() const { return static_cast<vtkIdType>(points.size() / 3); }
    };
    std::array<Mesh, 3> parts_;  ///< polyhedra, surfaces, coarse surfaces
    bool coarse_ = false;
    std::vector<std::array<vtkIdType, 3>> triangles_;
    std::vector<std::array<float, 3>> centres_;
    Vec3 sortedAlong_ = Vec3::Zero();
    vtkNew<vtkPolyDataMapper> mapper_;
    void join();
    void addSurfaces(Mesh& mesh, const std::vector<Surface>& surfaces, const Vec3& shift);
};

}  // namespace ionscape::scene
