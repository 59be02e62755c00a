// SPDX-License-Identifier: GPL-3.0-or-later
// Off-screen pictures of a scene.
#include "gui/scene/picture.h"

#include <fmt/format.h>
#include <vtkErrorCode.h>
#include <vtkImageData.h>
#include <vtkImageShrink3D.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkWindowToImageFilter.h>

#include <algorithm>
#include <cmath>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "gui/scene/structure_scene.h"

namespace ionscape::scene {

namespace {

constexpr int smallest = 16;
constexpr int largest = 8000;  // twice that is what OpenGL drivers can render to
constexpr int samples = 2;

vtkSmartPointer<vtkImageData> grabbed(vtkRenderWindow* window) {
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
    return shrink->GetOutput();
}

vtkSmartPointer<vtkImageData> grabbedOn(StructureScene& scene, vtkRenderWindow* window, double grey) {
    scene.renderer()->GradientBackgroundOff();
    scene.renderer()->SetBackground(grey, grey, grey);
    return grabbed(window);
}

/// What was drawn, from pictures of it on black and on white: the difference of a pixel is what shines
/// through. Exact for any blending, whatever a driver does with the alpha of its buffers.
vtkSmartPointer<vtkImageData> cutOut(vtkImageData* black, vtkImageData* white) {
    auto result = vtkSmartPointer<vtkImageData>::New();
    result->SetDimensions(black->GetDimensions());
    result->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
    const auto* b = static_cast<const unsigned char*>(black->GetScalarPointer());
    const auto* w = static_cast<const unsigned char*>(white->GetScalarPointer());
    auto* out = static_cast<unsigned char*>(result->GetScalarPointer());
    const auto byte = [](double v) {
        return static_cast<unsigned char>(std::lround(std::clamp(v, 0.0, 255.0)));
    };
    for (vtkIdType i = 0; i < black->GetNumberOfPoints(); ++i, b += 3, w += 3, out += 4) {
        const double through = ((w[0] - b[0]) + (w[1] - b[1]) + (w[2] - b[2])) / (3.0 * 255.0);
        const double alpha = std::clamp(1.0 - through, 0.0, 1.0);
        for (int c = 0; c < 3; ++c)
            out[c] = alpha > 0.0 ? byte(b[c] / alpha) : 0;
        out[3] = byte(255.0 * alpha);
    }
    return result;
}

}  // namespace

void writePicture(StructureScene& scene, const std::string& file, const PictureFormat& format) {
    const auto [width, height, transparent] = format;
    if (std::min(width, height) < smallest || std::max(width, height) > largest)
        throw InputError(
            fmt::format("a picture of {} x {} pixels cannot be made: choose sides from {} to {} pixels",
                        width, height, smallest, largest));
    vtkNew<vtkRenderWindow> window;
    window->SetOffScreenRendering(1);
    window->SetMultiSamples(0);
    window->SetSize(samples * width, samples * height);
    window->SetDPI(std::max(1, static_cast<int>(std::lround(72.0 * samples * height / 800.0))));
    scene.attachTo(window);
    vtkSmartPointer<vtkImageData> picture;
    if (transparent) {
        scene.setAntialiasing(false);  // it would see edges where the two grounds differ
        const auto onBlack = grabbedOn(scene, window, 0.0);
        picture = cutOut(onBlack, grabbedOn(scene, window, 1.0));
    } else {
        picture = grabbed(window);
    }
    scene.detach();
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        vtkNew<vtkPNGWriter> writer;
        writer->SetInputData(picture);
        writer->SetFileName(temporary.c_str());
        writer->Write();
        if (const auto code = writer->GetErrorCode(); code != vtkErrorCode::NoError)
            throw IoError(file, fmt::format("the picture cannot be written: {}",
                                            vtkErrorCode::GetStringFromErrorCode(code)));
    });
}

}  // namespace ionscape::scene
