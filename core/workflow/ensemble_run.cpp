// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/ensemble_run.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/builder/decorate.h"
#include "core/builder/fitting_cell.h"
#include "core/io/extxyz.h"
#include "core/workflow/ensemble_file.h"
#include "core/workflow/open_potential.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

namespace {

using builder::EnsembleMember;
using builder::EnsembleMethod;
using nlohmann::json;

/// What must be the same for a file to be continued: everything that decides which members there are and what
/// their numbers mean. How many are wanted may change from one call to the next.
json header(const EnsembleSpec& spec, const builder::EnsembleBuilder& builder,
            const potential::PotentialInfo& potential) {
    const builder::EnsembleSettings& e = spec.ensemble;
    json object{{"ionscape", "ensemble"},
                {"formula", spec.formula},
                {"host", spec.host},
                {"method", builder::methodName(e.method)},
                {"seed", e.seed},
                {"sites", builder.cell().size()},
                {"distinct", e.distinct},
                {"relax", spec.relax},
                {"potential", potential.name},
                {"potential_checksum", potential.checksum}};
    const IntMat3 matrix = e.supercell.value_or(IntMat3::Zero());
    if (e.supercell) object["supercell"] = std::vector<int>(matrix.data(), matrix.data() + 9);
    if (spec.relax) {
        object["force_tolerance_eV_per_A"] = spec.relaxSettings.forceTolerance;
        object["stress_tolerance_GPa"] = spec.relaxSettings.stressToleranceGPa;
        object["max_steps"] = spec.relaxSettings.maxSteps;
        object["cell"] = dynamics::cellFilterName(spec.relaxSettings.cell);
        object["minimiser"] = dynamics::minimiserName(spec.relaxSettings.minimiser);
    }
    if (e.method == EnsembleMethod::Ewald) {
        // The best of another number of members are other members.
        object.update({{"draws", e.draws}, {"exchanges", e.exchanges}, {"members", e.members}});
    } else if (e.method == EnsembleMethod::Quasirandom) {
        object.update({{"shells", e.pairs.shells}, {"annealing_steps", e.annealingSteps}});
    } else if (e.method == EnsembleMethod::MonteCarlo) {
        object.update({{"temperature_K", e.temperature}, {"sampling_steps", e.samplingSteps}});
    }
    return object;
}

/// Names the member in what the work on it reports.
class MemberProgress final : public ProgressSink {
  public:
    MemberProgress(ProgressSink& sink, std::size_t members) : sink_(sink), members_(members) {}
    void begin(std::size_t index) { index_ = index; }
    void report(std::string_view stage, std::int64_t done, std::int64_t, std::string_view detail) override {
        sink_.report("ensemble", static_cast<std::int64_t>(index_), static_cast<std::int64_t>(members_),
                     fmt::format("member {}: {} {} {}", index_ + 1, stage, done, detail));
    }

  private:
    ProgressSink& sink_;
    std::size_t members_;
    std::size_t index_ = 0;
};

/// Numbers of one member, and its relaxed cell in `structure`.
MemberRecord computed(const EnsembleSpec& spec, const EnsembleMember& member, std::size_t index,
                      potential::Potential& potential, const std::stop_token& stop, ProgressSink& progress,
                      crystal::Structure& structure) {
    MemberRecord r;
    r.index = index;
    r.seed = member.seed;
    r.score = member.score;
    r.multiplicity = member.multiplicity;
    const auto atoms = static_cast<double>(member.structure.size());
    dynamics::RelaxSettings settings = spec.relaxSettings;
    if (!spec.relax) settings.maxSteps = 0;
    structure = member.structure;
    try {
        const auto result = dynamics::relax(member.structure, potential, settings, stop, progress,
                                            [&](const dynamics::RelaxStep& step) {
                                                if (step.step == 0)
                                                    r.builtEnergyPerAtom = step.energy / atoms;
                                            });
        r.energyPerAtom = result.energy / atoms;
        r.volume = result.structure.lattice.volume();
        r.lengths = result.structure.lattice.lengths();
        r.angles = result.structure.lattice.angles();
        r.maxForce = result.maxForce;
        r.maxStressGPa = result.maxStressGPa;
        r.steps = result.steps;
        r.converged = result.converged || !spec.relax;
        structure = result.structure;
    } catch (const ConvergenceError& error) {
        r.failure = error.what();
    } catch (const ModelError& error) {
        r.failure = error.what();
    }
    return r;
}

/// Keeps the structures of finished members only: one more than these was written just before an
/// interruption.
void trimStructures(const std::filesystem::path& file, std::size_t finished) {
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) {
        if (finished == 0) return;
        throw InputError(
            fmt::format("{} is missing, but {} members are finished; give the file that was "
                        "written with them, or none",
                        file.string(), finished));
    }
    auto frames = io::readExtxyz(file);
    if (frames.size() < finished) {
        throw InputError(fmt::format("{} holds {} structures, but {} members are finished", file.string(),
                                     frames.size(), finished));
    }
    if (frames.size() == finished) return;
    frames.resize(finished);
    if (finished == 0) {
        std::filesystem::remove(file);
    } else {
        io::writeStructures(file, frames);
    }
}

void appendStructure(const EnsembleSpec& spec, const crystal::Structure& structure, const MemberRecord& r) {
    io::LabelledStructure frame;
    frame.structure = structure;
    if (r.failure.empty()) frame.energy = r.energyPerAtom * static_cast<double>(structure.size());
    frame.info["member"] = std::to_string(r.index);
    frame.info["seed"] = std::to_string(r.seed);
    appendText(spec.structures, io::extxyzText(frame));
}

}  // namespace

void summarise(EnsembleSummary& summary) {
    std::vector<double> energies, volumes;
    summary.failed = summary.unfinished = 0;
    for (const MemberRecord& r : summary.members) {
        if (!r.failure.empty()) {
            ++summary.failed;
        } else if (!r.converged) {
            ++summary.unfinished;
        } else {
            energies.push_back(r.energyPerAtom);
            volumes.push_back(r.volume);
        }
    }
    if (energies.empty()) return;
    summary.energyPerAtom = meanSpread(energies);
    summary.volume = meanSpread(volumes);
}

EnsembleSummary runEnsemble(const EnsembleSpec& spec, const std::stop_token& stop, ProgressSink& progress,
                            const EnsembleObserver& observer) {
    dynamics::checkSettings(spec.relaxSettings);
    const auto host = composition::findHost(spec.host);
    const IntMat3 supercell = spec.ensemble.supercell.value_or(host.supercellMatrix);
    const auto composition =
        builder::compositionInCell(host, composition::parseFormula(spec.formula), supercell);
    std::unique_ptr<potential::Potential> potential;
    const auto energy = [&](const crystal::Structure& s) { return potential->evaluate(s, {}).energy; };
    builder::EnsembleBuilder ensemble(host, composition, spec.ensemble, energy);
    const crystal::Structure any = builder::decoratedCell(host, composition, supercell, spec.ensemble.seed);
    potential = openPotentialFor(any, spec.potential, spec.threads);

    const auto lock = FileLock::tryLock(spec.output);
    if (!lock) {
        throw InputError(fmt::format("{}: another process is working on this ensemble; wait for its end",
                                     spec.output.string()));
    }
    EnsembleFile file(spec.output, header(spec, ensemble, potential->info()));
    if (!spec.structures.empty()) trimStructures(spec.structures, file.members().size());
    EnsembleSummary summary;
    summary.formula = any.formula();
    summary.atoms = any.size();
    summary.potential = potential->info().name;
    summary.skipped = std::min(file.members().size(), spec.ensemble.members);

    std::vector<EnsembleMember> together;
    std::size_t members = spec.ensemble.members;
    if (!ensemble.membersAreIndependent()) {
        together = ensemble.build(stop, progress);
        members = together.size();
    }
    MemberProgress memberProgress(progress, members);
    for (std::size_t i = file.members().size(); i < members; ++i) {
        memberProgress.begin(i);
        const EnsembleMember member =
            together.empty() ? ensemble.member(spec.ensemble.seed + i, stop, memberProgress) : together[i];
        crystal::Structure structure;
        const auto record = computed(spec, member, i, *potential, stop, memberProgress, structure);
        if (!spec.structures.empty()) appendStructure(spec, structure, record);
        file.append(record);
        if (observer) observer(record);
    }
    summary.members.assign(
        file.members().begin(),
        file.members().begin() + static_cast<std::ptrdiff_t>(std::min(members, file.members().size())));
    summarise(summary);
    return summary;
}

}  // namespace ionscape::workflow
