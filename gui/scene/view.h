// SPDX-License-Identifier: GPL-3.0-or-later
// Camera geometry of the scene: fitting the view, panning by pixels, the ray through a pixel.
#pragma once

#include <vtkCamera.h>
#include <vtkRenderer.h>

#include <vector>

#include "core/crystal/types.h"

namespace ionscape::scene {

/// Vertical opening of the perspective, degrees: enough to see depth, little enough to see rows of atoms.
inline constexpr double viewAngle = 18.0;

/// The scene's lights, tied to the camera: a key light from the upper left and a fill from the eye.
void addLights(vtkRenderer* renderer);

/// Moves the camera back along its direction so that all points (plus 1 Å) fill a window of this width :
/// height.
void fitCamera(vtkCamera* camera, const Vec3& middle, const std::vector<Vec3>& points, double aspect);

/// Shifts what lies at the camera's focal distance by so many pixels of a window `windowHeight` pixels high.
void panCamera(vtkCamera* camera, double dx, double dy, int windowHeight);

/// Moves camera and focal point, keeping the direction, so that `target` is the centre.
void centreCamera(vtkCamera* camera, const Vec3& target);

/// Unit vector from the camera through the middle of a pixel (origin bottom left).
Vec3 rayThroughPixel(vtkCamera* camera, const int* windowSize, int x, int y);

}  // namespace ionscape::scene
