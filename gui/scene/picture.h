// SPDX-License-Identifier: GPL-3.0-or-later
// Off-screen pictures of a scene.
#pragma once

#include <string>

namespace ionscape::scene {

class StructureScene;

/// Renders a scene that is in no window yet at width × height pixels (2 × 2 supersampled; lines and text as
/// in a window 800 pixels high) and writes it as PNG. Throws InputError for a size outside 16 to 8000,
/// IoError when it cannot be written.
void writePicture(StructureScene& scene, const std::string& file, int width, int height);

}  // namespace ionscape::scene
