// SPDX-License-Identifier: GPL-3.0-or-later
// Camera geometry of the scene: fitting the view, panning by pixels, the ray through a pixel.
#include "gui/scene/view.h"

#include <vtkLight.h>
#include <vtkMath.h>
#include <vtkNew.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace ionscape::scene {

namespace {

struct Axes {
    explicit Axes(vtkCamera* camera) : along(camera->GetDirectionOfProjection()) {
        right = along.cross(Vec3(camera->GetViewUp())).normalized();
        up = right.cross(along);
    }
    Vec3 along, right, up;
};

double halfTangent() {
    return std::tan(0.5 * viewAngle * vtkMath::Pi() / 180.0);
}

void move(vtkCamera* camera, const Vec3& shift) {
    const Vec3 focal = Vec3(camera->GetFocalPoint()) + shift;
    const Vec3 eye = Vec3(camera->GetPosition()) + shift;
    camera->SetFocalPoint(focal.data());
    camera->SetPosition(eye.data());
}

}  // namespace

void addLights(vtkRenderer* renderer) {
    renderer->AutomaticLightCreationOff();
    vtkNew<vtkLight> key;
    key->SetLightTypeToCameraLight();
    key->SetPosition(-0.6, 0.8, 1.0);
    key->SetFocalPoint(0.0, 0.0, 0.0);
    key->SetIntensity(0.75);
    renderer->AddLight(key);
    vtkNew<vtkLight> fill;
    fill->SetLightTypeToHeadlight();
    fill->SetIntensity(0.40);
    renderer->AddLight(fill);
}

void fitCamera(vtkCamera* camera, const Vec3& middle, const std::vector<Vec3>& points, double aspect) {
    constexpr double margin = 1.0;  // Å, for the radii of atoms on the faces of the cell
    constexpr double fill = 0.95;
    const Axes axes(camera);
    double distance = 1.0;
    for (const auto& point : points) {
        const Vec3 arm = point - middle;
        const double across = (std::abs(axes.right.dot(arm)) + margin) / (fill * halfTangent() * aspect);
        const double upwards = (std::abs(axes.up.dot(arm)) + margin) / (fill * halfTangent());
        distance = std::max(distance, std::max(across, upwards) - axes.along.dot(arm));
    }
    const Vec3 eye = middle - distance * axes.along;
    camera->SetFocalPoint(middle.data());
    camera->SetPosition(eye.data());
    camera->SetViewUp(axes.up.data());
}

void panCamera(vtkCamera* camera, double dx, double dy, int windowHeight) {
    const Axes axes(camera);
    const double pixel = 2.0 * camera->GetDistance() * halfTangent() / std::max(1, windowHeight);
    move(camera, -pixel * (dx * axes.right + dy * axes.up));
}

void centreCamera(vtkCamera* camera, const Vec3& target) {
    move(camera, target - Vec3(camera->GetFocalPoint()));
}

Vec3 rayThroughPixel(vtkCamera* camera, const int* windowSize, int x, int y) {
    const Axes axes(camera);
    const double scale = halfTangent() / windowSize[1];
    const double across = scale * (2.0 * x + 1.0 - windowSize[0]);
    const double upwards = scale * (2.0 * y + 1.0 - windowSize[1]);
    return (axes.along + across * axes.right + upwards * axes.up).normalized();
}

}  // namespace ionscape::scene
