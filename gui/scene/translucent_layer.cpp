// SPDX-License-Identifier: GPL-3.0-or-later
// Triangles in order of their distance, by counting in buckets: a million take a few hundredths of a second.
#include "gui/scene/translucent_layer.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkIdTypeArray.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkUnsignedCharArray.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace ionscape::scene {

namespace {

constexpr std::size_t buckets = 8192;
constexpr double polyhedronOpacity = 0.34;

template <typename Array, typename Value>
vtkNew<Array> joined(const std::vector<Value>& first, const std::vector<Value>& second, int components,
                     const char* name) {
    vtkNew<Array> array;
    array->SetName(name);
    array->SetNumberOfComponents(components);
    const auto size = static_cast<vtkIdType>(first.size() + second.size());
    array->SetNumberOfTuples(size / components);
    std::copy(first.begin(), first.end(), array->GetPointer(0));
    std::copy(second.begin(), second.end(), array->GetPointer(0) + first.size());
    return array;
}

}  // namespace

TranslucentLayer::TranslucentLayer() {
    useMapper(mapper_);
    auto* property = actor_->GetProperty();
    property->SetAmbient(0.35);
    property->SetDiffuse(0.65);
    property->SetSpecular(0.10);
    // VTK's own translucent pass costs two more full-screen buffers. The triangles are sorted here and drawn
    // after all opaque actors, so plain blending in the opaque pass is exact enough and free.
    actor_->ForceOpaqueOn();
    join();
}

void TranslucentLayer::Mesh::addPoint(const Vec3& point, const Vec3& normal, const Colour& colour,
                                      double opacity) {
    const auto byte = [](double value) { return static_cast<unsigned char>(std::lround(255.0 * value)); };
    for (int axis = 0; axis < 3; ++axis) {
        points.push_back(static_cast<float>(point[axis]));
        normals.push_back(static_cast<float>(normal[axis]));
    }
    colours.insert(colours.end(), {byte(colour[0]), byte(colour[1]), byte(colour[2]), byte(opacity)});
}

void TranslucentLayer::setPolyhedra(const std::vector<Polyhedron>& polyhedra,
                                    const std::vector<Colour>& colours) {
    Mesh& mesh = parts_[static_cast<std::size_t>(Part::Polyhedra)];
    if (polyhedra.empty() && mesh.triangles.empty()) return;
    mesh = {};
    for (std::size_t p = 0; p < polyhedra.size(); ++p) {
        const auto& corners = polyhedra[p].corners;
        for (const auto& polygon : polyhedra[p].faces) {
            const auto corner = [&](std::size_t i) { return corners[static_cast<std::size_t>(polygon[i])]; };
            const Vec3 normal = (corner(1) - corner(0)).cross(corner(2) - corner(0)).normalized();
            const vtkIdType first = mesh.pointCount();
            for (std::size_t i = 0; i < polygon.size(); ++i)
                mesh.addPoint(corner(i), normal, colours[p], polyhedronOpacity);
            for (vtkIdType i = 2; i < static_cast<vtkIdType>(polygon.size()); ++i)
                mesh.triangles.push_back({first, first + i - 1, first + i});
        }
    }
    join();
}

void TranslucentLayer::setSurfaces(const std::vector<Surface>& surfaces, const std::vector<Vec3>& shifts) {
    Mesh& mesh = parts_[static_cast<std::size_t>(Part::Density)];
    if (surfaces.empty() && mesh.triangles.empty()) return;
    mesh = {};
    for (const Vec3& shift : shifts)
        addSurfaces(mesh, surfaces, shift);
    join();
}

void TranslucentLayer::setCoarseSurfaces(const std::vector<Surface>& surfaces) {
    Mesh& mesh = parts_[static_cast<std::size_t>(Part::CoarseDensity)];
    mesh = {};
    addSurfaces(mesh, surfaces, Vec3::Zero());
    if (coarse_) join();
}

void TranslucentLayer::setCoarse(bool on) {
    if (on == coarse_) return;
    coarse_ = on;
    join();
}

void TranslucentLayer::addSurfaces(Mesh& mesh, const std::vector<Surface>& surfaces, const Vec3& shift) {
    for (const Surface& surface : surfaces) {
        const vtkIdType first = mesh.pointCount();
        for (std::size_t i = 0; i < surface.mesh.points.size(); ++i)
            mesh.addPoint(surface.mesh.points[i] + shift, surface.mesh.normals[i], surface.colour,
                          surface.opacity);
        for (const auto& t : surface.mesh.triangles)
            mesh.triangles.push_back({first + t[0], first + t[1], first + t[2]});
    }
}

void TranslucentLayer::join() {
    const Mesh& a = parts_[0];
    const Mesh& b = parts_[static_cast<std::size_t>(coarse_ ? Part::CoarseDensity : Part::Density)];
    vtkNew<vtkPoints> points;
    points->SetData(joined<vtkFloatArray>(a.points, b.points, 3, "points"));
    data_->SetPoints(points);
    data_->GetPointData()->SetNormals(joined<vtkFloatArray>(a.normals, b.normals, 3, "normal"));
    data_->GetPointData()->SetScalars(joined<vtkUnsignedCharArray>(a.colours, b.colours, 4, "colour"));
    triangles_ = a.triangles;
    for (const auto& t : b.triangles)
        triangles_.push_back({t[0] + a.pointCount(), t[1] + a.pointCount(), t[2] + a.pointCount()});
    centres_.clear();
    const float* at = vtkFloatArray::SafeDownCast(points->GetData())->GetPointer(0);
    for (const auto& t : triangles_) {
        std::array<float, 3> centre{};
        for (std::size_t axis = 0; axis < 3; ++axis)
            centre[axis] =
                (at[3 * t[0] + static_cast<vtkIdType>(axis)] + at[3 * t[1] + static_cast<vtkIdType>(axis)] +
                 at[3 * t[2] + static_cast<vtkIdType>(axis)]) /
                3.0F;
        centres_.push_back(centre);
    }
    data_->SetPolys(vtkNew<vtkCellArray>());
    sortedAlong_.setZero();
}

void TranslucentLayer::sortFor(vtkCamera* camera) {
    const Vec3 along(camera->GetDirectionOfProjection());
    if (triangles_.empty() || (along - sortedAlong_).norm() < 1e-3) return;
    sortedAlong_ = along;
    std::vector<float> depth(centres_.size());
    for (std::size_t i = 0; i < centres_.size(); ++i)
        depth[i] = static_cast<float>(along[0]) * centres_[i][0] +
                   static_cast<float>(along[1]) * centres_[i][1] +
                   static_cast<float>(along[2]) * centres_[i][2];
    const auto [nearest, farthest] = std::minmax_element(depth.begin(), depth.end());
    const float far = *farthest;
    const float scale = static_cast<float>(buckets - 1) / std::max(far - *nearest, 1e-6F);
    const auto bucket = [&](std::size_t i) { return static_cast<std::size_t>((far - depth[i]) * scale); };
    std::vector<vtkIdType> begin(buckets + 1, 0);
    for (std::size_t i = 0; i < depth.size(); ++i)
        ++begin[bucket(i) + 1];
    for (std::size_t b = 0; b < buckets; ++b)
        begin[b + 1] += begin[b];
    vtkNew<vtkIdTypeArray> corners;
    corners->SetNumberOfValues(static_cast<vtkIdType>(3 * triangles_.size()));
    vtkIdType* out = corners->GetPointer(0);
    for (std::size_t i = 0; i < triangles_.size(); ++i)
        std::copy(triangles_[i].begin(), triangles_[i].end(), out + 3 * begin[bucket(i)]++);
    vtkNew<vtkCellArray> polygons;
    polygons->SetData(3, corners);
    data_->SetPolys(polygons);
}

}  // namespace ionscape::scene
