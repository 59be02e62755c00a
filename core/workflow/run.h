// SPDX-License-Identifier: GPL-3.0-or-later
// The program's main job: composition -> cell -> relaxation -> molecular dynamics -> analysis.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/progress.h"
#include "core/dynamics/molecular_dynamics.h"
#include "core/dynamics/relaxer.h"
#include "core/io/import_options.h"
#include "core/transport/motion_fit.h"

namespace ionscape::workflow {

/// A run's file could not be written (disk full): everything up to the last flush is kept in it.
class OutputError : public Error {
  public:
    using Error::Error;
};

/// Everything that defines a run; written into its manifest as JSON.
struct RunSpec {
    /// Either a formula of the host's composition space ...
    std::string formula;
    std::string host = "lzsp";
    /// ... or a structure file (CIF, POSCAR, extxyz), which then wins.
    std::filesystem::path structureFile;
    std::uint64_t seed = 1;
    bool relax = true;
    dynamics::RelaxSettings relaxSettings;
    dynamics::MdSettings md;
    /// What is done when the members of a committee disagree; replaces what relaxSettings and md say.
    dynamics::UncertaintySettings uncertainty;
    /// The ion whose transport is analysed.
    std::string mobileElement = "Li";
    /// Path; empty = the embedded potential.
    std::string potential;
    std::filesystem::path output = "run.h5";
    bool overwrite = false;
    /// Compute threads; 0 = all cores.
    int threads = 0;
};

/// JSON with every field, and back. A field that is missing keeps its default; runSpecFromJson throws
/// InputError naming the field that is unknown or of the wrong type.
std::string toJson(const RunSpec& spec);
RunSpec runSpecFromJson(const std::string& json);

/// How far the members of a committee disagreed in a run.
struct SpreadSummary {
    double thresholdEvPerA = 0.0;  ///< eV/Å; 0 for none
    int every = 0;                 ///< steps between evaluations
    /// A force spread was above the threshold, in the relaxation or the dynamics.
    bool flagged = false;
    dynamics::SpreadRecord dynamics;
    std::optional<dynamics::SpreadRecord> relaxation;
    /// Mean over stored frames of the mean over atoms, eV/Å.
    double mean = 0.0;
};

/// The numbers a finished (or interrupted) run amounts to.
struct RunSummary {
    std::string formula;
    std::size_t atoms = 0;
    std::int64_t steps = 0;
    double simulatedPs = 0.0;
    double meanTemperature = 0.0;            ///< K
    double volume = 0.0;                     ///< Å³
    double energyPerAtom = 0.0;              ///< eV, relaxed cell; first frame of a run without relaxation
    bool relaxed = false;                    ///< relaxation converged
    std::map<std::string, double> msdValue;  ///< element -> mean MSD value, Å²
    std::optional<transport::Diffusion> diffusion;  ///< of the mobile ion; absent when the run is too short
    double conductivity = 0.0;                      ///< Nernst–Einstein, mS/cm at `temperature`
    double conductivityError = 0.0;                 ///< one standard deviation, mS/cm
    /// From the displacement of the centre of charge: with all correlations between ions.
    std::optional<transport::Diffusion> collective;
    std::optional<transport::HavenRatio> haven;
    double collectiveConductivity = 0.0, collectiveConductivityError = 0.0;  ///< mS/cm
    double temperature = 0.0;             ///< of the thermostat, or the mean, K: that of the conductivities
    std::string finiteSize;               ///< a note on the size of the cell
    std::optional<SpreadSummary> spread;  ///< of runs with a committee
    int brokenPolyhedra = 0;              ///< T atoms with other than four O within 2.1 Å in the last frame
    /// What was noticed while reading, e.g. frames left out.
    std::vector<std::string> notes;
};
std::string toJson(const RunSummary& summary);

/// Told, on the working thread, what a run does. All references are valid during the call only: copy what you
/// keep.
class RunObserver {
  public:
    virtual ~RunObserver() = default;
    /// Called first: what gives the forces, and the watch over it with all defaults put in.
    virtual void potentialOpened(const potential::PotentialInfo&, const dynamics::UncertaintySettings&) {}
    /// The decorated cell, before relaxation.
    virtual void structureBuilt(const crystal::Structure&) {}
    virtual void relaxStep(const dynamics::RelaxStep&) {}
    virtual void relaxed(const dynamics::RelaxResult&) {}
    /// Each stored frame of the MD.
    virtual void frame(const trajectory::Frame&) {}
};

/// build -> relax -> MD -> analyse. The file is created as soon as cell and potential are known to be good,
/// before anything is computed, so that bad input touches no file and a path that cannot be written fails at
/// once. It holds the manifest, the built ("initial") and "relaxed" cells, all frames and the results. Throws
/// Cancelled (what was computed is kept and resumable), InputError and IoError for what the user gave,
/// OutputError, ModelError, ConvergenceError and SpreadStop for what went wrong on the way.
RunSummary runJob(const RunSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                  RunObserver& observer);

/// Continues the run in `file` to its end (or to `totalPs` when given), bit for bit as if it had never
/// stopped. The observer first gets what the file holds already. `uncertainty` replaces the run's settings
/// from here on, so that a run that was stopped by its committee can go on. Throws as runJob does, and
/// InputError when the potential is not the one the run began with.
RunSummary resumeJob(const std::filesystem::path& file, std::optional<double> totalPs,
                     const std::stop_token& stop, ProgressSink& progress, RunObserver& observer,
                     const std::optional<dynamics::UncertaintySettings>& uncertainty = {});

/// The specification in the manifest of a run file; throws IoError, and InputError for a file of another
/// program.
RunSpec storedSpec(const std::filesystem::path& file);

/// How a stored trajectory is read.
struct TrajectoryInput {
    /// Answers to what a file of another program leaves open.
    io::ImportOptions import;
    /// Only every stride-th frame.
    std::size_t stride = 1;
    std::stop_token stop;
    ProgressSink* progress = nullptr;
};

/// Analysis of a stored trajectory: of a run file of ours or a file of another program that openTrajectory
/// reads, of any length. `window` empty = default. MSD values and diffusion are absent where the run is too
/// short. The framework's drift is removed. Throws InputError when the run has no frame, no such ion, or a
/// given window is too short, and io::UnansweredQuestions.
RunSummary analyzeRun(const std::filesystem::path& file, const std::string& mobileElement,
                      std::optional<transport::FitWindow> window, const TrajectoryInput& input = {});

}  // namespace ionscape::workflow
