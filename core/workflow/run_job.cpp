// SPDX-License-Identifier: GPL-3.0-or-later
// Running and continuing the main job.
#include <fmt/format.h>

#include <cmath>

#include "core/base/error.h"
#include "core/builder/decorate.h"
#include "core/composition/composition.h"
#include "core/io/structure_file.h"
#include "core/trajectory/h5md.h"
#include "core/workflow/manifest.h"
#include "core/workflow/open_potential.h"
#include "core/workflow/run_cell.h"
#include "core/workflow/spread_json.h"

namespace ionscape::workflow {

namespace {

using crystal::Structure;
using trajectory::Frame;
using trajectory::H5mdWriter;

/// Runs a writing operation: once the file exists, failing to write it is no longer the user's input.
template <class Operation>
auto written(Operation&& operation) {
    try {
        return operation();
    } catch (const IoError& error) {
        throw OutputError(error.what());
    }
}

/// The run's file; what it stores, the observer sees.
class RunSink final : public trajectory::FrameSink {
  public:
    /// \param storedThrough  last step that the file holds already; −1 for none
    RunSink(H5mdWriter& writer, RunObserver& observer, std::int64_t storedThrough)
        : writer_(writer), observer_(observer), storedThrough_(storedThrough) {}
    void begin(const Structure& initial) override {
        written([&] { writer_.begin(initial); });
    }
    void write(const Frame& frame) override {
        if (frame.step <= storedThrough_) return;
        written([&] { writer_.write(frame); });
        observer_.frame(frame);
    }
    void flush() override {
        written([&] { writer_.flush(); });
    }

  private:
    H5mdWriter& writer_;
    RunObserver& observer_;
    std::int64_t storedThrough_;
};

void requireMobileIon(const RunSpec& spec, const Structure& structure) {
    if (!structure.atomsOf(crystal::Element::fromSymbol(spec.mobileElement)).empty()) return;
    throw InputError(
        fmt::format("there is no {} in {} whose motion could be analysed; name another mobile element",
                    spec.mobileElement, structure.formula()));
}

void requireWritable(const RunSpec& spec) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    if (spec.output.empty()) throw InputError("a run needs an output file");
    const auto folder = spec.output.has_parent_path() ? spec.output.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, ignored)) {
        throw InputError(fmt::format("{}: the folder {} does not exist; create it first",
                                     spec.output.string(), folder.string()));
    }
    if (fs::exists(spec.output, ignored) && !spec.overwrite) {
        throw InputError(spec.output.string() + ": exists already; choose another name or allow overwriting");
    }
}

/// Runs a stage; when the committee stops it, the manifest says so.
template <class Stage>
auto endedByCommittee(Manifest& manifest, H5mdWriter& writer, Stage&& stage) {
    try {
        return stage();
    } catch (const dynamics::SpreadStop& stop) {
        manifest.stopped = stop.what();
        written([&] {
            writer.writeManifest(toJson(manifest));
            writer.flush();
        });
        throw;
    }
}

/// Relaxation: result into manifest and file.
Structure relaxCell(const Structure& built, Manifest& manifest, H5mdWriter& writer,
                    potential::Potential& potential, const std::stop_token& stop, ProgressSink& progress,
                    RunObserver& observer) {
    auto settings = manifest.spec.relaxSettings;
    settings.uncertainty = manifest.spec.uncertainty;
    const auto result = endedByCommittee(manifest, writer, [&] {
        return dynamics::relax(built, potential, settings, stop, progress,
                               [&](const dynamics::RelaxStep& step) { observer.relaxStep(step); });
    });
    manifest.relaxation = Relaxation{result.converged, result.steps,        result.energy,
                                     result.maxForce,  result.maxStressGPa, result.spread};
    manifest.flag = flagText(result.spread, settings.uncertainty.thresholdEvPerA, built, "relaxation");
    written([&] {
        writer.writeManifest(toJson(manifest));
        writer.writeStructure("relaxed", result.structure);
        writer.flush();
    });
    observer.relaxed(result);
    return result.structure;
}

void runDynamics(dynamics::MdState& state, Manifest& manifest, H5mdWriter& writer,
                 potential::Potential& potential, const std::stop_token& stop, ProgressSink& progress,
                 RunObserver& observer, std::int64_t storedThrough) {
    RunSink sink(writer, observer, storedThrough);
    auto settings = manifest.spec.md;
    settings.uncertainty = manifest.spec.uncertainty;
    const auto save = [&](const dynamics::MdState& at, const Frame& frame) {
        written([&] {
            // The manifest's flag and the state that counts from it become safe with the same flush.
            if (manifest.flag.empty() && at.spread.exceeded > 0) {
                manifest.flag = flagText(at.spread, settings.uncertainty.thresholdEvPerA, at.structure, "MD");
                writer.writeManifest(toJson(manifest));
            }
            writer.writeRestart({frame, at.random.state(), at.spread.toNumbers(), at.bath});
        });
    };
    endedByCommittee(manifest, writer, [&] {
        dynamics::runMolecularDynamics(state, potential, settings, sink, stop, progress, save);
    });
}

RunSummary finish(const std::filesystem::path& file, const RunSpec& spec, ProgressSink& progress) {
    progress.report("analyse", 0, 0, "");
    const auto summary = analyzeRun(file, spec.mobileElement, std::nullopt);
    written([&] {
        H5mdWriter writer(file, H5mdWriter::Mode::Append);
        writer.writeResults(toJson(summary));
        writer.flush();
    });
    return summary;
}

/// What a file that is to be continued holds.
struct Stored {
    Manifest manifest;
    Structure built;
    std::optional<Structure> relaxed;
    /// Cell the dynamics began with.
    std::optional<Structure> start;
    std::optional<trajectory::RestartState> restart;
};

Manifest readManifest(const trajectory::H5mdReader& reader, const std::filesystem::path& file) {
    const auto text = reader.manifest();
    if (text.empty()) {
        throw InputError(file.string() +
                         ": was not written by a run of this program and cannot be continued");
    }
    return manifestFromJson(text, file);
}

Stored readStored(const std::filesystem::path& file) {
    const trajectory::H5mdReader reader(file);
    Stored stored;
    stored.manifest = readManifest(reader, file);
    const auto built = reader.structure("initial");
    if (!built)
        throw IoError(file, "holds no initial structure and cannot be continued; start the run again");
    stored.built = *built;
    stored.relaxed = reader.structure("relaxed");
    stored.restart = reader.restart();
    // A run that equilibrates has states before it has frames.
    if (reader.frameCount() > 0 || stored.restart) {
        if (!stored.restart || !stored.restart->random) {
            throw IoError(file, "holds no state to continue from; start the run again");
        }
        stored.start = reader.initialStructure();
    }
    return stored;
}

/// Shows the observer what the file holds up to the state from which the run continues.
void replay(const std::filesystem::path& file, const Stored& stored, RunObserver& observer) {
    observer.structureBuilt(stored.built);
    if (stored.manifest.relaxation && stored.relaxed) {
        const auto& r = *stored.manifest.relaxation;
        observer.relaxed({*stored.relaxed, r.energy, r.maxForce, r.maxStressGPa, r.steps, r.converged});
    }
    if (!stored.restart) return;
    const trajectory::H5mdReader reader(file);
    for (std::size_t i = 0; i < reader.frameCount(); ++i) {
        const auto frame = reader.readFrame(i);
        if (frame.step <= stored.restart->frame.step) observer.frame(frame);
    }
}

void setTotal(RunSpec& spec, double totalPs, const Stored& stored, const std::filesystem::path& file) {
    if (!std::isfinite(totalPs) || totalPs <= 0.0)
        throw InputError("the length of the run must be positive, ps");
    const auto steps = std::llround(totalPs * 1000.0 / spec.md.timestepFs);
    if (stored.restart && steps < stored.restart->frame.step) {
        throw InputError(fmt::format("{}: the run is {:g} ps long already; give a larger total than {:g} ps",
                                     file.string(), stored.restart->frame.timeFs / 1000.0, totalPs));
    }
    spec.md.steps = steps;
}

dynamics::MdState restored(const Stored& stored) {
    dynamics::MdState state;
    state.step = stored.restart->frame.step;
    state.structure = *stored.start;
    state.structure.lattice = stored.restart->frame.lattice;
    state.structure.positions = stored.restart->frame.positions;
    state.velocities = stored.restart->frame.velocities;
    state.random = RandomStream(*stored.restart->random);
    state.spread = dynamics::SpreadRecord::fromNumbers(stored.restart->monitor);
    state.bath = stored.restart->bath;
    return state;
}

}  // namespace

crystal::Structure builtCell(const RunSpec& spec) {
    if (!spec.structureFile.empty()) return io::readStructure(spec.structureFile);
    if (spec.formula.empty()) throw InputError("a run needs a formula or a structure file");
    const auto host = composition::findHost(spec.host);
    const auto composition = composition::compositionFromFormula(
        host, composition::parseFormula(spec.formula), composition::mixedSitesInSupercell(host));
    return builder::decoratedSupercell(host, composition, spec.seed);
}

RunSummary runJob(const RunSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                  RunObserver& observer) {
    progress.report("build", 0, 0, "");
    dynamics::checkSettings(spec.relaxSettings);
    dynamics::checkSettings(spec.md);
    requireWritable(spec);
    const Structure built = builtCell(spec);
    requireMobileIon(spec, built);
    const auto potential = openPotentialFor(built, spec.potential, spec.threads);
    auto manifest = newManifest(spec, built, potential->info());
    manifest.spec.uncertainty = dynamics::resolvedSettings(spec.uncertainty, potential->info());
    observer.potentialOpened(potential->info(), manifest.spec.uncertainty);
    {
        const auto file = written([&] {
            return std::make_unique<H5mdWriter>(spec.output, H5mdWriter::Mode::Create, spec.overwrite);
        });
        H5mdWriter& writer = *file;
        written([&] {
            writer.writeManifest(toJson(manifest));
            writer.writeStructure("initial", built);
            writer.flush();
        });
        observer.structureBuilt(built);
        const Structure start =
            spec.relax ? relaxCell(built, manifest, writer, *potential, stop, progress, observer) : built;
        auto state = dynamics::startState(start, spec.md, spec.seed);
        runDynamics(state, manifest, writer, *potential, stop, progress, observer, -1);
    }
    return finish(spec.output, spec, progress);
}

RunSpec storedSpec(const std::filesystem::path& file) {
    return readManifest(trajectory::H5mdReader(file), file).spec;
}

RunSummary resumeJob(const std::filesystem::path& file, std::optional<double> totalPs,
                     const std::stop_token& stop, ProgressSink& progress, RunObserver& observer,
                     const std::optional<dynamics::UncertaintySettings>& uncertainty) {
    auto stored = readStored(file);
    auto& manifest = stored.manifest;
    RunSpec& spec = manifest.spec;
    if (totalPs) setTotal(spec, *totalPs, stored, file);
    const auto potential = openPotentialFor(stored.built, spec.potential, spec.threads);
    if (potential->info().checksum != manifest.potentialChecksum) {
        throw InputError(
            fmt::format("{}: the run began with the potential {} (SHA-256 {}), but {} is another one now",
                        file.string(), manifest.potentialName, manifest.potentialChecksum,
                        spec.potential.empty() ? "the embedded potential" : spec.potential));
    }
    spec.uncertainty = dynamics::resolvedSettings(uncertainty.value_or(spec.uncertainty), potential->info());
    manifest.stopped.clear();
    observer.potentialOpened(potential->info(), spec.uncertainty);
    replay(file, stored, observer);
    {
        H5mdWriter writer(file, H5mdWriter::Mode::Append);
        written([&] {
            writer.writeManifest(toJson(manifest));
            writer.flush();
        });
        dynamics::MdState state;
        if (stored.start) {
            state = restored(stored);
        } else {
            Structure start = stored.relaxed.value_or(stored.built);
            if (spec.relax && !stored.relaxed) {
                start = relaxCell(stored.built, manifest, writer, *potential, stop, progress, observer);
            }
            state = dynamics::startState(start, spec.md, spec.seed);
        }
        if (state.step < spec.md.steps || !stored.start) {
            const std::int64_t storedThrough = stored.start ? state.step : -1;
            runDynamics(state, manifest, writer, *potential, stop, progress, observer, storedThrough);
        }
    }
    return finish(file, spec, progress);
}

}  // namespace ionscape::workflow
