// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli build: a composition becomes one decorated cell or an ensemble of them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_decorations.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/builder/decorate.h"
#include "core/builder/fitting_cell.h"
#include "core/builder/site_symmetry.h"
#include "core/composition/defects.h"
#include "core/io/structure_file.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

using builder::EnsembleMember;
using builder::EnsembleMethod;
using nlohmann::json;

struct Options {
    DecorationOptions decorations;
    std::string out = "cell.cif", potential;
    int threads = 0;
    bool json = false;
};

/// "cell.cif" of member 7 of 200: "cell-007.cif".
std::filesystem::path memberFile(const std::filesystem::path& out, std::size_t index, std::size_t members) {
    const std::string number = std::to_string(index + 1);
    const std::size_t digits = std::to_string(members).size();
    return out.parent_path() /
           fmt::format("{}-{:0>{}}{}", out.stem().string(), number, digits, out.extension().string());
}

bool holdsManyFrames(const std::string& file) {
    return file.ends_with(".xyz") || file.ends_with(".extxyz");
}

/// Writes all members and returns the file of each.
std::vector<std::filesystem::path> writeMembers(const Options& o,
                                                const std::vector<EnsembleMember>& members) {
    std::vector<std::filesystem::path> files;
    if (members.size() > 1 && holdsManyFrames(o.out)) {
        std::vector<io::LabelledStructure> frames;
        for (const EnsembleMember& member : members) {
            io::LabelledStructure frame;
            frame.structure = member.structure;
            frame.info["seed"] = std::to_string(member.seed);
            if (member.score) frame.info["score"] = fmt::format("{}", *member.score);
            if (member.multiplicity > 0) frame.info["multiplicity"] = std::to_string(member.multiplicity);
            frames.push_back(std::move(frame));
        }
        writeOutput(o.out, [&] { io::writeStructures(o.out, frames); });
        return std::vector<std::filesystem::path>(members.size(), o.out);
    }
    for (std::size_t i = 0; i < members.size(); ++i) {
        files.push_back(members.size() == 1 ? std::filesystem::path(o.out)
                                            : memberFile(o.out, i, members.size()));
        writeOutput(files.back(), [&] { io::writeStructure(files.back(), members[i].structure); });
    }
    return files;
}

json membersJson(const std::vector<EnsembleMember>& members,
                 const std::vector<std::filesystem::path>& files) {
    auto list = json::array();
    for (std::size_t i = 0; i < members.size(); ++i) {
        const EnsembleMember& m = members[i];
        list.push_back({{"file", files[i]},
                        {"seed", m.seed},
                        {"score", m.score ? json(*m.score) : json()},
                        {"multiplicity", m.multiplicity > 0 ? json(m.multiplicity) : json()}});
    }
    return list;
}

/// Distance, and how far from random, of each shell; null for other methods.
json shellsJson(const builder::EnsembleBuilder& ensemble, const EnsembleMember& member) {
    if (ensemble.settings().method != EnsembleMethod::Quasirandom) return nullptr;
    const builder::PairCorrelations pairs = ensemble.pairCorrelations(member.occupation);
    auto list = json::array();
    for (std::size_t s = 0; s < pairs.shells().size(); ++s) {
        const auto& shell = pairs.shells()[s];
        list.push_back({{"sublattices",
                         {ensemble.cell().sublattices[shell.firstSublattice],
                          ensemble.cell().sublattices[shell.secondSublattice]}},
                        {"distance_A", shell.distance},
                        {"pairs", shell.pairs},
                        {"deviation", pairs.deviation(s)}});
    }
    return list;
}

std::vector<EnsembleMember> buildMembers(builder::EnsembleBuilder& ensemble) {
    const SignalStop signals;
    ProgressBar progress;
    return ensemble.build(signals.token(), progress);
}

void report(const Options& o, const composition::Host& host, const composition::Composition& composition,
            builder::EnsembleBuilder& ensemble, const std::vector<EnsembleMember>& members,
            const std::vector<std::filesystem::path>& files) {
    const auto& cell = members.front().structure;
    const std::string method = builder::methodName(ensemble.settings().method);
    const double entropy = composition::configurationalEntropy(composition);
    const auto defects = composition::defectsOf(host, composition);
    // Sites that exclude each other are not in the count.
    const bool symmetric = members.front().multiplicity > 0 && !ensemble.cell().hasExclusions();
    builder::DecorationCount count;
    if (symmetric)
        count = builder::countDecorations(ensemble.cell(), ensemble.symmetry(), members.front().occupation);
    if (o.json) {
        json object{{"file", members.size() == 1 ? files.front() : std::filesystem::path(o.out)},
                    {"formula", cell.formula()},
                    {"atoms", cell.size()},
                    {"volume_A3", cell.lattice.volume()},
                    {"density_g_per_cm3", cell.density()},
                    {"mobile_content", composition::mobileContent(host, composition)},
                    {"entropy_R", entropy},
                    {"defects", composition::defectsText(defects)},
                    {"seed", o.decorations.settings.seed},
                    {"method", method},
                    {"members", membersJson(members, files)},
                    {"shells", shellsJson(ensemble, members.front())}};
        if (symmetric) {
            object["decorations"] = static_cast<double>(count.all);
            object["distinct_decorations"] = static_cast<double>(count.distinct);
        }
        printJson(object);
        return;
    }
    fmt::print("{}{}: {} atoms, {:.2f} Å³, S_config {:.3f} R\n", o.out,
               members.size() > 1 ? fmt::format(" ({} decorations)", members.size()) : std::string(),
               cell.size(), cell.lattice.volume(), entropy);
    if (!defects.empty()) fmt::print("per formula unit: {}\n", composition::defectsText(defects));
    if (symmetric) {
        fmt::print("{:.6g} decorations, {:.6g} of them distinct\n", static_cast<double>(count.all),
                   static_cast<double>(count.distinct));
    }
    if (members.size() == 1 && !members.front().score) return;
    const char* const meaning = method == "sqs" ? "distance from random" : "energy (eV)";
    for (std::size_t i = 0; i < members.size(); ++i) {
        const EnsembleMember& m = members[i];
        fmt::print("{}  seed {}", files[i].string(), m.seed);
        if (m.score) fmt::print("  {} {:.6f}", meaning, *m.score);
        if (m.multiplicity > 0) fmt::print("  multiplicity {}", m.multiplicity);
        fmt::print("\n");
    }
}

int build(const Options& o) {
    const auto host = composition::findHost(o.decorations.host);
    const auto settings = settingsOf(o.decorations, host);
    const IntMat3 supercell = settings.supercell.value_or(host.supercellMatrix);
    const auto composition =
        builder::compositionInCell(host, composition::parseFormula(o.decorations.formula), supercell);
    std::unique_ptr<potential::Potential> potential;
    builder::EnergyFunction energy;
    if (settings.method == EnsembleMethod::MonteCarlo) {
        const auto any = builder::decoratedCell(host, composition, supercell, settings.seed);
        potential = workflow::openPotentialFor(any, o.potential, o.threads);
        energy = [&](const crystal::Structure& s) { return potential->evaluate(s, {}).energy; };
    }
    builder::EnsembleBuilder ensemble(host, composition, settings, energy);
    const auto members = buildMembers(ensemble);
    const auto files = writeMembers(o, members);
    report(o, host, composition, ensemble, members, files);
    return success;
}

}  // namespace

void addBuild(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("build", "Build decorated cells of a composition");
    auto o = std::make_shared<Options>();
    addDecorationOptions(*command, o->decorations);
    command
        ->add_option("--out", o->out,
                     "Structure file to write (.cif, .vasp, .xyz); of an ensemble one .xyz holds all, others "
                     "become cell-01.cif, cell-02.cif, ...")
        ->capture_default_str();
    addPotentialOptions(*command, o->potential, o->threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return build(*o); }; });
}

}  // namespace ionscape::cli
