// SPDX-License-Identifier: GPL-3.0-or-later
// The corner triad: arrows along the lattice directions a, b, c that turn with the camera.
#include "gui/scene/triad.h"

#include <vtkArrowSource.h>
#include <vtkMatrix4x4.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkTextProperty.h>

#include <Eigen/Geometry>
#include <algorithm>

namespace ionscape::scene {

namespace {
// Red, green, blue as everywhere for the three axes, but of Okabe and Ito's palette, which colour-blind
// people can tell apart.
constexpr std::array<std::array<double, 3>, 3> axisColours{
    {{0.835, 0.369, 0.0}, {0.0, 0.62, 0.451}, {0.0, 0.447, 0.698}}};
constexpr std::array<const char*, 3> axisNames{"a", "b", "c"};
}  // namespace

Triad::Triad() {
    renderer_->SetLayer(1);
    renderer_->InteractiveOff();
    renderer_->SetUseFXAA(true);
    renderer_->GetActiveCamera()->ParallelProjectionOn();
    renderer_->GetActiveCamera()->SetParallelScale(1.35);
    vtkNew<vtkArrowSource> arrow;
    arrow->SetTipResolution(20);
    arrow->SetShaftResolution(16);
    arrow->SetShaftRadius(0.045);
    arrow->SetTipRadius(0.13);
    arrow->SetTipLength(0.32);
    for (std::size_t i = 0; i < 3; ++i) {
        vtkNew<vtkPolyDataMapper> mapper;
        mapper->SetInputConnection(arrow->GetOutputPort());
        arrows_[i]->SetMapper(mapper);
        arrows_[i]->GetProperty()->SetColor(axisColours[i][0], axisColours[i][1], axisColours[i][2]);
        arrows_[i]->GetProperty()->SetAmbient(0.35);
        arrows_[i]->GetProperty()->SetDiffuse(0.7);
        renderer_->AddActor(arrows_[i]);

        labels_[i]->SetInput(axisNames[i]);
        auto* text = labels_[i]->GetTextProperty();
        text->SetFontSize(15);
        text->SetBold(true);
        text->SetItalic(true);
        text->SetJustificationToCentered();
        text->SetVerticalJustificationToCentered();
        renderer_->AddActor(labels_[i]);
    }
    setLattice(crystal::Lattice());
    setDarkBackground(false);
}

void Triad::setLattice(const crystal::Lattice& lattice) {
    for (int axis = 0; axis < 3; ++axis) {
        const Vec3 x = lattice.vector(axis).normalized();
        const Vec3 y = x.unitOrthogonal();
        const Vec3 z = x.cross(y);
        vtkNew<vtkMatrix4x4> matrix;
        for (int row = 0; row < 3; ++row) {
            matrix->SetElement(row, 0, x[row]);
            matrix->SetElement(row, 1, y[row]);
            matrix->SetElement(row, 2, z[row]);
        }
        const auto i = static_cast<std::size_t>(axis);
        arrows_[i]->SetUserMatrix(matrix);
        const Vec3 tip = 1.22 * x;
        labels_[i]->SetPosition(tip[0], tip[1], tip[2]);
    }
}

void Triad::setDarkBackground(bool dark) {
    const double grey = dark ? 0.92 : 0.12;
    for (auto& label : labels_)
        label->GetTextProperty()->SetColor(grey, grey, grey);
}

void Triad::follow(vtkCamera* camera, const int* windowSize, double pixelScale) {
    if (windowSize[0] < 1 || windowSize[1] < 1) return;
    const double pixels = std::min(110.0 * pixelScale, 0.4 * std::min(windowSize[0], windowSize[1]));
    renderer_->SetViewport(0.0, 0.0, pixels / windowSize[0], pixels / windowSize[1]);
    const Vec3 direction(camera->GetDirectionOfProjection());
    const Vec3 position = -5.0 * direction;
    auto* own = renderer_->GetActiveCamera();
    own->SetFocalPoint(0.0, 0.0, 0.0);
    own->SetPosition(position.data());
    own->SetViewUp(camera->GetViewUp());
    own->SetClippingRange(1.0, 9.0);
}

}  // namespace ionscape::scene
