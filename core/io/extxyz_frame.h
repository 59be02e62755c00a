// SPDX-License-Identifier: GPL-3.0-or-later
// One frame of an extended XYZ file. Internal to core/io.
#pragma once

#include "core/io/structure_file.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

/// The frame that begins with the reader's next line. \param validated  look for atoms that overlap. Throws
/// IoError with file and line.
LabelledStructure readExtxyzFrame(TextReader& reader, bool firstFrame, bool validated);

}  // namespace ionscape::io
