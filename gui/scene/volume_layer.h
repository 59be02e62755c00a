// SPDX-License-Identifier: GPL-3.0-or-later
// A periodic density as a luminous fog: every point glows in the colour of the logarithm of its value.
#pragma once

#include <vtkGPUVolumeRayCastMapper.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkSmartPointer.h>
#include <vtkVolume.h>

#include <array>

#include "core/transport/periodic_grid.h"

class vtkRenderer;

namespace ionscape::scene {

class VolumeLayer {
  public:
    explicit VolumeLayer(vtkRenderer* renderer);
    /// Fills a block of cells. \param low, high  log10 of the values between which the colours run, from
    /// clear to dense \param clearBelow  log10 of the value below which nothing is drawn
    void set(const transport::PeriodicGrid& field, const std::array<int, 3>& cells, double low, double high,
             double clearBelow);
    void clear();
    bool isVisible() const { return volume_->GetVisibility() != 0; }

  private:
    vtkNew<vtkVolume> volume_;
    /// Made with the first field: it asks the driver for textures.
    vtkSmartPointer<vtkGPUVolumeRayCastMapper> mapper_;
    vtkNew<vtkImageData> image_;
};

}  // namespace ionscape::scene
