// SPDX-License-Identifier: GPL-3.0-or-later
// Labelling structures with a potential, into a file that grows frame by frame and can be continued.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "core/io/structure_file.h"
#include "core/potential/potential.h"

namespace ionscape::training {

/// What a labelling did.
struct LabellingResult {
    std::size_t frames = 0;   ///< in the file now
    std::size_t skipped = 0;  ///< of these, found there already
};

/// Evaluates `frames` in order and appends each to the extended XYZ file `out` with energy (eV), forces
/// (eV/Å) and stress (eV/Å³ in the file, positive in tension); other labels are dropped, `info` is kept and
/// gets "labelled_by" (name and checksum of the potential). Frames that `out` holds already, in the same
/// order and by the same potential, are skipped; a frame that was torn off in writing is done again. Throws
/// InputError when `out` holds something else or an element is unknown (before anything is evaluated),
/// ModelError naming the frame, IoError, and Cancelled after the frame at hand has been written.
LabellingResult labelStructures(const std::vector<io::LabelledStructure>& frames,
                                potential::Potential& potential, const std::filesystem::path& out,
                                const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::training
