// SPDX-License-Identifier: GPL-3.0-or-later
// What a run file says of its run: specification, program, potential, cell, relaxation. Internal to
// core/workflow.
#pragma once

#include "core/potential/potential.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

struct Relaxation {
    bool converged = false;
    int steps = 0;
    double energy = 0.0;  ///< eV
    double maxForce = 0.0;
    double maxStressGPa = 0.0;
    dynamics::SpreadRecord spread{};  ///< empty with a single potential
};

/// Why a relaxed cell is not to be trusted; empty when the relaxation converged.
std::string problemOf(const Relaxation& relaxation);

struct Manifest {
    RunSpec spec;
    std::string programVersion;
    /// Start of the run, ISO 8601, UTC.
    std::string created;
    /// Of the cell as built.
    std::string formula;
    std::size_t atoms = 0;
    std::string potentialName, potentialArchitecture, potentialChecksum, potentialOrigin, potentialLicence;
    std::optional<Relaxation> relaxation;
    /// Why the committee does not vouch for this run (the first time), and why it was stopped; empty
    /// otherwise.
    std::string flag, stopped;
};

/// The manifest of a run that begins now. Relative paths in the specification become absolute, so that the
/// run can be continued from another folder.
Manifest newManifest(const RunSpec& spec, const crystal::Structure& built,
                     const potential::PotentialInfo& potential);

std::string toJson(const Manifest& manifest);
/// Throws IoError naming `file` when the text is not a manifest.
Manifest manifestFromJson(const std::string& json, const std::filesystem::path& file);

}  // namespace ionscape::workflow
