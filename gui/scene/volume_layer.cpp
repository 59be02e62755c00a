// SPDX-License-Identifier: GPL-3.0-or-later
// One image over the whole block, its axes along the lattice vectors; the volume's matrix turns them into
// place.
#include "gui/scene/volume_layer.h"

#include <vtkColorTransferFunction.h>
#include <vtkMatrix4x4.h>
#include <vtkPiecewiseFunction.h>
#include <vtkRenderer.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <cmath>

#include "gui/scene/colour_scale.h"

namespace ionscape::scene {

namespace {

/// Opacity of 1 Å of the densest fog.
constexpr double densest = 0.92;
constexpr int colourSteps = 32;

/// Points of the block, the first layer repeated behind the last one.
int pointsAlong(int grid, int cells) {
    return grid * cells + 1;
}

}  // namespace

VolumeLayer::VolumeLayer(vtkRenderer* renderer) {
    auto* property = volume_->GetProperty();
    property->SetInterpolationTypeToLinear();
    property->ShadeOff();
    property->SetScalarOpacityUnitDistance(1.0);
    volume_->VisibilityOff();
    renderer->AddVolume(volume_);
}

void VolumeLayer::clear() {
    volume_->VisibilityOff();
}

void VolumeLayer::set(const transport::PeriodicGrid& field, const std::array<int, 3>& cells, double low,
                      double high, double clearBelow) {
    if (!(low < high)) {
        clear();
        return;
    }
    const auto& [nx, ny, nz] = field.shape;
    const std::array<int, 3> size{pointsAlong(nx, cells[0]), pointsAlong(ny, cells[1]),
                                  pointsAlong(nz, cells[2])};
    image_->SetDimensions(size.data());
    // In Å along each lattice vector: the opacity belongs to a length.
    const Vec3 lengths(field.lattice.vector(0).norm(), field.lattice.vector(1).norm(),
                       field.lattice.vector(2).norm());
    image_->SetSpacing(lengths[0] / nx, lengths[1] / ny, lengths[2] / nz);
    image_->AllocateScalars(VTK_FLOAT, 1);
    auto* out = static_cast<float*>(image_->GetScalarPointer());
    for (int k = 0; k < size[2]; ++k)
        for (int j = 0; j < size[1]; ++j)
            for (int i = 0; i < size[0]; ++i) {
                const double value = field.values[field.index(i % nx, j % ny, k % nz)];
                *out++ = static_cast<float>(value > 0.0 ? std::max(std::log10(value), low) : low);
            }
    image_->Modified();

    vtkNew<vtkColorTransferFunction> colours;
    for (int i = 0; i <= colourSteps; ++i) {
        const double part = double(i) / colourSteps;
        const auto rgb = viridisColour(part);
        colours->AddRGBPoint(low + part * (high - low), rgb[0], rgb[1], rgb[2]);
    }
    vtkNew<vtkPiecewiseFunction> opacity;
    const double begin = std::clamp(clearBelow, low, high - 1e-6 * (high - low));
    opacity->AddPoint(low, 0.0);
    opacity->AddPoint(begin, 0.0);
    opacity->AddPoint(begin + 0.5 * (high - begin), 0.22 * densest);
    opacity->AddPoint(high, densest);
    volume_->GetProperty()->SetColor(colours);
    volume_->GetProperty()->SetScalarOpacity(opacity);

    const Mat3& rows = field.lattice.rows();
    vtkNew<vtkMatrix4x4> skew;
    for (int axis = 0; axis < 3; ++axis)
        for (int component = 0; component < 3; ++component)
            skew->SetElement(component, axis, rows(axis, component) / lengths[axis]);
    volume_->SetUserMatrix(skew);
    if (!mapper_) {
        mapper_ = vtkSmartPointer<vtkGPUVolumeRayCastMapper>::New();
        mapper_->SetInputData(image_);
        mapper_->AutoAdjustSampleDistancesOn();
        volume_->SetMapper(mapper_);
    }
    volume_->VisibilityOn();
}

}  // namespace ionscape::scene
