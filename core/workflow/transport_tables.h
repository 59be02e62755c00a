// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that is known of the motion in a trajectory as tables for other programs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/workflow/run.h"

namespace ionscape::workflow {

struct TransportTable {
    std::string name;  ///< of the file: msd.csv
    std::string csv;   ///< first line the columns with their units
};

/// msd.csv (elements, axes and lattice vectors, collective), diffusion.csv (each of them fitted over
/// `window`), moments.csv (non-Gaussian parameter), vanhove_self.csv and vanhove_distinct.csv,
/// displacements.csv (each ion), rdf.csv, bonds.csv and coordination.csv (the mobile ion about and by each
/// element; the cell must be known), spectrum.csv (vibrations). What the trajectory is too short for is left
/// out. \param view  its drift removed. Throws InputError when there is no such ion.
std::vector<TransportTable> transportTables(const transport::TrajectoryView& view, crystal::Element mobile,
                                            const transport::FitWindow& window);

/// Of a stored trajectory, into `folder`, which is made if there is none; returns the files' paths. Throws as
/// analyzeRun() does, and IoError.
std::vector<std::filesystem::path> writeTransportTables(const std::filesystem::path& file,
                                                        const std::string& mobileElement,
                                                        const transport::FitWindow& window,
                                                        const std::filesystem::path& folder,
                                                        const TrajectoryInput& input = {});

}  // namespace ionscape::workflow
