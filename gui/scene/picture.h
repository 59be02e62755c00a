// SPDX-License-Identifier: GPL-3.0-or-later
// Off-screen pictures of a scene.
#pragma once

#include <string>

namespace ionscape::scene {

class StructureScene;

struct PictureFormat {
    int width = 0, height = 0;
    bool transparent = false;  ///< nothing where the background was, instead of its colours
};

/// Renders a scene that is in no window yet (2 × 2 supersampled; lines and text as in a window 800 pixels
/// high) and writes it as PNG. A transparent picture takes the scene's background and smooth edges away.
/// Throws InputError for a side outside 16 to 8000 pixels, IoError when it cannot be written.
void writePicture(StructureScene& scene, const std::string& file, const PictureFormat& format);

}  // namespace ionscape::scene
