// SPDX-License-Identifier: GPL-3.0-or-later
// Whole trajectories written in the formats of other programs and in our own.
#pragma once

#include <filesystem>
#include <stop_token>

#include "core/base/progress.h"
#include "core/trajectory/frame_source.h"

namespace ionscape::trajectory {

struct WriteOptions {
    /// Every stride-th frame, from the first.
    std::size_t stride = 1;
    bool overwrite = false;
};

/// True for a name that writeTrajectory knows: .h5, .h5md, .hdf5 (H5MD), .xyz, .extxyz, XDATCAR* and
/// .xdatcar.
bool canWriteTrajectory(const std::filesystem::path& file);

/// Copies the frames of `source` into `file`, whose name tells the format, one at a time; returns how many
/// were written. Extended XYZ gets unwrapped positions, step, time_fs, and energy and temperature where they
/// are known; XDATCAR the atoms grouped by element, wrapped into the cell, its header repeated when the cell
/// changes (it has no times). Text files appear when they are complete, an H5MD file holds what was written
/// when this is stopped. Throws InputError for another name or an existing file, IoError, Cancelled, and what
/// the source throws. Progress: stage "write", in thousandths of the source.
std::size_t writeTrajectory(FrameSource& source, const std::filesystem::path& file,
                            const WriteOptions& options, const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::trajectory
