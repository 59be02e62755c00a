// SPDX-License-Identifier: GPL-3.0-or-later
// Density, sites, jumps and paths of a stored trajectory, and the files they are handed on in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/transport/pathways.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

struct PathwayRun {
    transport::Pathways pathways;
    /// Cell (the mean one) and atoms of the first frame, for pictures.
    crystal::Structure structure;
    transport::PathwaySettings settings;
    std::filesystem::path file;
};

/// Analyses a run of ours or a trajectory of another program, frame by frame, without holding it in memory.
/// Where the settings name no temperature, that of the run's thermostat is taken, else the mean of the
/// frames. A last frame off the even spacing of the others is left out. \param knownSites  CIF with the
/// mobile ion's sites; empty to find them in the density. Throws as trajectory::openTrajectory,
/// transport::analysePathways and knownSitesFromCif.
PathwayRun analysePathwayRun(const std::filesystem::path& file, transport::PathwaySettings settings,
                             const std::filesystem::path& knownSites, const TrajectoryInput& input = {});

/// All numbers but the grids, with the unit in each name. Sites are numbered from 1.
std::string toJson(const PathwayRun& run);

/// Tables with units in their heads.
std::string sitesCsv(const PathwayRun& run);
std::string hopsCsv(const PathwayRun& run);
std::string jumpTypesCsv(const PathwayRun& run);
/// One line a jump.
std::string jumpsCsv(const PathwayRun& run);
std::string pathCsv(const PathwayRun& run, const transport::MigrationPath& path);

/// Writes into `folder` (made if missing): pathways.json, sites.csv, hops.csv, jump_types.csv, jumps.csv,
/// path_a.csv … for the paths there are, hop_paths.csv, CHGCAR_<ion>, <ion>_density.cube and sites.cif (the
/// framework of the first frame with the sites; occupancies above 1 are cut there). Returns the files. Throws
/// IoError.
std::vector<std::filesystem::path> writePathways(const std::filesystem::path& folder, const PathwayRun& run);

}  // namespace ionscape::workflow
