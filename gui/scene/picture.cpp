// SPDX-License-Identifier: GPL-3.0-or-later
// Off-screen pictures of a scene.
#include "gui/scene/picture.h"

#include <fmt/format.h>
#include <vtkErrorCode.h>
#include <vtkImageShrink3D.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkRenderWindow.h>
#include <vtkWindowToImageFilter.h>

#include <algorithm>
#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "gui/scene/structure_scene.h"

namespace ionscape::scene {

void writePicture(StructureScene& scene, const std::string& file, int width, int height) {
    constexpr int smallest = 16;
    constexpr int largest = 8000;  // twice that is what OpenGL drivers can render to
    if (std::min(width, height) < smallest || std::max(width, height) > largest)
        throw InputError(
            fmt::format("a picture of {} x {} pixels cannot be made: choose sides from {} to {} pixels",
                        width, height, smallest, largest));
    constexpr int samples = 2;
    vtkNew<vtkRenderWindow> window;
    window->SetOffScreenRendering(1);
    window->SetMultiSamples(0);
    window->SetSize(samples * width, samples * height);
    window->SetDPI(std::max(1, static_cast<int>(std::lround(72.0 * samples * height / 800.0))));
    scene.attachTo(window);
    window->Render();
    vtkNew<vtkWindowToImageFilter> grab;
    grab->SetInput(window);
    grab->ReadFrontBufferOff();
    grab->ShouldRerenderOff();
    vtkNew<vtkImageShrink3D> shrink;
    shrink->SetInputConnection(grab->GetOutputPort());
    shrink->SetShrinkFactors(samples, samples, 1);
    shrink->MeanOn();
    shrink->Update();
    scene.detach();
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        vtkNew<vtkPNGWriter> writer;
        writer->SetInputData(shrink->GetOutput());
        writer->SetFileName(temporary.c_str());
        writer->Write();
        if (const auto code = writer->GetErrorCode(); code != vtkErrorCode::NoError)
            throw IoError(file, fmt::format("the picture cannot be written: {}",
                                            vtkErrorCode::GetStringFromErrorCode(code)));
    });
}

}  // namespace ionscape::scene
