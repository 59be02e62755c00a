// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories of any format behind one registry, told by content first and name second.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/io/import_options.h"
#include "core/trajectory/frame_source.h"

namespace ionscape::trajectory {

enum class TrajectoryFormat { H5md, Xdatcar, Extxyz, LammpsDump, Vasprun };

/// The format of a file (plain or compressed with gzip), or nothing when it is none of these. Throws IoError
/// when it cannot be opened.
std::optional<TrajectoryFormat> trajectoryFormat(const std::filesystem::path& file);

/// True when the file holds a motion rather than single structures: always for H5MD, XDATCAR and LAMMPS
/// dumps; extended XYZ with two frames of the same atoms; vasprun.xml of molecular dynamics. False for what
/// cannot be read. Throws IoError when it cannot be opened.
bool looksLikeTrajectory(const std::filesystem::path& file);

/// Opens a trajectory and reads its first frame. Throws IoError, and io::UnansweredQuestions when the file
/// lacks something that `options` does not give.
std::unique_ptr<FrameSource> openTrajectory(const std::filesystem::path& file,
                                            const io::ImportOptions& options = {});

struct TrajectoryFormatInfo {
    TrajectoryFormat format;
    std::string name;
    std::vector<std::string> patterns;  ///< "*.h5"
};
/// For file dialogs and help.
const std::vector<TrajectoryFormatInfo>& trajectoryFormats();

}  // namespace ionscape::trajectory
