// SPDX-License-Identifier: GPL-3.0-or-later
// Flying edges on the grid with its first layers repeated behind the last ones.
#include "gui/scene/surface.h"

#include <vtkCellArray.h>
#include <vtkCellArrayIterator.h>
#include <vtkDoubleArray.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>

namespace ionscape::scene {

namespace {

using transport::PeriodicGrid;

vtkNew<vtkImageData> wrappedImage(const PeriodicGrid& field) {
    vtkNew<vtkImageData> image;
    image->SetDimensions(field.shape[0] + 1, field.shape[1] + 1, field.shape[2] + 1);
    vtkNew<vtkDoubleArray> values;
    values->SetNumberOfTuples(image->GetNumberOfPoints());
    vtkIdType next = 0;
    for (int k = 0; k <= field.shape[2]; ++k)
        for (int j = 0; j <= field.shape[1]; ++j)
            for (int i = 0; i <= field.shape[0]; ++i)
                values->SetValue(
                    next++,
                    field.values[field.index(i % field.shape[0], j % field.shape[1], k % field.shape[2])]);
    image->GetPointData()->SetScalars(values);
    return image;
}

/// Gradient in units of value per grid step, by central differences.
Vec3 gridGradient(const PeriodicGrid& field, const IntVec3& p) {
    return 0.5 * Vec3(field.at(p[0] + 1, p[1], p[2]) - field.at(p[0] - 1, p[1], p[2]),
                      field.at(p[0], p[1] + 1, p[2]) - field.at(p[0], p[1] - 1, p[2]),
                      field.at(p[0], p[1], p[2] + 1) - field.at(p[0], p[1], p[2] - 1));
}

/// At a point of a grid edge: between the gradients of its two ends.
Vec3 edgeGradient(const PeriodicGrid& field, const Vec3& at) {
    const IntVec3 low = at.array().floor().cast<int>();
    IntVec3 high = low;
    double part = 0.0;
    for (int axis = 0; axis < 3; ++axis) {
        if (at[axis] - low[axis] <= part) continue;
        part = at[axis] - low[axis];
        high = low;
        ++high[axis];
    }
    return (1.0 - part) * gridGradient(field, low) + part * gridGradient(field, high);
}

/// Turns every triangle so that its corners run counter-clockwise around its normals.
void orient(SurfaceMesh& mesh) {
    const auto at = [](int i) { return static_cast<std::size_t>(i); };
    for (auto& t : mesh.triangles) {
        const Vec3 cross = (mesh.points[at(t[1])] - mesh.points[at(t[0])])
                               .cross(mesh.points[at(t[2])] - mesh.points[at(t[0])]);
        const Vec3 wanted = mesh.normals[at(t[0])] + mesh.normals[at(t[1])] + mesh.normals[at(t[2])];
        if (cross.dot(wanted) < 0.0) std::swap(t[1], t[2]);
    }
}

/// A corner of a polygon on a grid square: where it is in the square, and the value there.
struct Corner {
    double u, v, value;
};

/// The part of a polygon on the side of `level` that is wanted; values are linear along its edges.
std::vector<Corner> clipped(const std::vector<Corner>& polygon, double level, bool keepHigh) {
    const auto inside = [&](const Corner& c) { return keepHigh ? c.value >= level : c.value < level; };
    std::vector<Corner> result;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Corner& a = polygon[i];
        const Corner& b = polygon[(i + 1) % polygon.size()];
        if (inside(a)) result.push_back(a);
        if (inside(a) == inside(b)) continue;
        const double part = (level - a.value) / (b.value - a.value);
        result.push_back({a.u + part * (b.u - a.u), a.v + part * (b.v - a.v), level});
    }
    return result;
}

/// The two axes that span a plane across `axis`, in cyclic order.
std::array<int, 2> spanning(int axis) {
    return {(axis + 1) % 3, (axis + 2) % 3};
}

Vec3 outwards(const crystal::Lattice& lattice, int axis, bool far) {
    const auto [u, v] = spanning(axis);
    const Vec3 normal = lattice.vector(u).cross(lattice.vector(v)).normalized();
    const bool along = normal.dot(lattice.vector(axis)) > 0.0;
    return along == far ? normal : Vec3(-normal);
}

}  // namespace

void SurfaceMesh::append(const SurfaceMesh& other, const Vec3& shift) {
    const int first = static_cast<int>(points.size());
    for (const Vec3& point : other.points)
        points.push_back(point + shift);
    normals.insert(normals.end(), other.normals.begin(), other.normals.end());
    for (const auto& t : other.triangles)
        triangles.push_back({t[0] + first, t[1] + first, t[2] + first});
}

SurfaceMesh isosurface(const PeriodicGrid& field, double level) {
    field.validate();
    vtkNew<vtkFlyingEdges3D> edges;
    const auto image = wrappedImage(field);
    edges->SetInputData(image);
    edges->SetNumberOfContours(1);
    edges->SetValue(0, level);
    edges->ComputeNormalsOff();
    edges->ComputeGradientsOff();
    edges->ComputeScalarsOff();
    edges->Update();
    vtkPolyData* surface = edges->GetOutput();

    SurfaceMesh mesh;
    const Vec3 shape(field.shape[0], field.shape[1], field.shape[2]);
    const Mat3 toCartesian = field.lattice.rows().inverse();
    for (vtkIdType i = 0; i < surface->GetNumberOfPoints(); ++i) {
        const Vec3 at(surface->GetPoint(i));
        mesh.points.push_back(field.lattice.toCartesian({at.cwiseQuotient(shape)}));
        const Vec3 uphill = toCartesian * edgeGradient(field, at).cwiseProduct(shape);
        mesh.normals.push_back(uphill.norm() > 0.0 ? Vec3(-uphill.normalized()) : Vec3(Vec3::UnitZ()));
    }
    vtkNew<vtkIdList> ids;
    auto* polygons = surface->GetPolys();
    for (vtkIdType cell = 0; cell < polygons->GetNumberOfCells(); ++cell) {
        polygons->GetCellAtId(cell, ids);
        mesh.triangles.push_back({static_cast<int>(ids->GetId(0)), static_cast<int>(ids->GetId(1)),
                                  static_cast<int>(ids->GetId(2))});
    }
    orient(mesh);
    return mesh;
}

SurfaceMesh faceSection(const PeriodicGrid& field, int axis, bool far, double low, double high) {
    field.validate();
    const auto [u, v] = spanning(axis);
    const int nu = field.shape[static_cast<std::size_t>(u)], nv = field.shape[static_cast<std::size_t>(v)];
    const Vec3 normal = outwards(field.lattice, axis, far);
    const auto value = [&](int i, int j) {
        IntVec3 p = IntVec3::Zero();
        p[u] = i;
        p[v] = j;
        return field.at(p[0], p[1], p[2]);
    };
    SurfaceMesh mesh;
    for (int j = 0; j < nv; ++j) {
        for (int i = 0; i < nu; ++i) {
            const std::vector<Corner> square{{0, 0, value(i, j)},
                                             {1, 0, value(i + 1, j)},
                                             {1, 1, value(i + 1, j + 1)},
                                             {0, 1, value(i, j + 1)}};
            const auto polygon = clipped(clipped(square, low, true), high, false);
            const int first = static_cast<int>(mesh.points.size());
            for (const Corner& corner : polygon) {
                Vec3 f = Vec3::Constant(far ? 1.0 : 0.0);
                f[u] = (i + corner.u) / nu;
                f[v] = (j + corner.v) / nv;
                mesh.points.push_back(field.lattice.toCartesian({f}));
                mesh.normals.push_back(normal);
            }
            for (int c = 2; c < static_cast<int>(polygon.size()); ++c)
                mesh.triangles.push_back({first, first + c - 1, first + c});
        }
    }
    orient(mesh);
    return mesh;
}

PlaneMesh planeSection(const PeriodicGrid& field, int axis, double position) {
    field.validate();
    const auto [u, v] = spanning(axis);
    const int nu = field.shape[static_cast<std::size_t>(u)], nv = field.shape[static_cast<std::size_t>(v)];
    const Vec3 normal = outwards(field.lattice, axis, true);
    PlaneMesh plane;
    for (int j = 0; j <= nv; ++j) {
        for (int i = 0; i <= nu; ++i) {
            Vec3 f = Vec3::Constant(position);
            f[u] = static_cast<double>(i) / nu;
            f[v] = static_cast<double>(j) / nv;
            plane.mesh.points.push_back(field.lattice.toCartesian({f}));
            plane.mesh.normals.push_back(normal);
            plane.values.push_back(field.interpolate({f}));
        }
    }
    const int row = nu + 1;
    for (int j = 0; j < nv; ++j) {
        for (int i = 0; i < nu; ++i) {
            const int corner = i + row * j;
            plane.mesh.triangles.push_back({corner, corner + 1, corner + row + 1});
            plane.mesh.triangles.push_back({corner, corner + row + 1, corner + row});
        }
    }
    orient(plane.mesh);
    return plane;
}

double surfaceArea(const SurfaceMesh& mesh) {
    const auto at = [&](int i) { return mesh.points[static_cast<std::size_t>(i)]; };
    double area = 0.0;
    for (const auto& t : mesh.triangles)
        area += 0.5 * (at(t[1]) - at(t[0])).cross(at(t[2]) - at(t[0])).norm();
    return area;
}

}  // namespace ionscape::scene
