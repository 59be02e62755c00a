// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli pathways: density, sites, jumps and migration paths of a trajectory.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_import.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/workflow/pathway_run.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string file, sites, out;
    std::string mobile = "Li";
    transport::PathwaySettings settings;
    ImportFlags import;
    bool json = false;
};

void printSites(const transport::Pathways& p) {
    fmt::print("sites: {}, {:.3f} of {} ions in none of them\n", p.siteMap.sites.size(), p.siteMap.unassigned,
               p.record.ions());
    fmt::print("{:>5} {:>5}  {:<22} {:>9} {:>9} {:>10}\n", "site", "group", "position", "occupancy",
               "ampl. Å", "stay ps");
    for (std::size_t s = 0; s < p.siteMap.sites.size(); ++s) {
        const auto& site = p.siteMap.sites[s];
        const Vec3& f = site.centre.v;
        const auto& residence = p.residences[s];
        fmt::print("{:>5} {:>5}  {:6.3f}  {:6.3f}  {:6.3f} {:>9.3f} {:>9.2f} {:>10}\n", s + 1, site.group + 1,
                   f[0], f[1], f[2], site.occupancy, site.amplitude,
                   residence.departures > 0 ? fmt::format("{:.2f}", residence.meanTimePs) : "never left");
    }
}

void printJumps(const transport::Pathways& p, const transport::PathwaySettings& settings) {
    fmt::print("jumps: {}", p.jumpDiffusivity.jumps);
    if (p.jumpDiffusivity.jumps == 0) {
        fmt::print("; the run is too short to see any\n");
        return;
    }
    fmt::print(", jump diffusivity ({:.3g} ± {:.1g}) cm²/s\n", p.jumpDiffusivity.coefficient,
               p.jumpDiffusivity.error);
    if (p.correlation)
        fmt::print("correlation factor f = D*/D_J: {:.2f} ± {:.2f}\n", p.correlation->factor,
                   p.correlation->error);
    fmt::print("in concert (within {} ps and {} Å): {:.0f} % of the jumps, {:.0f} % expected by chance\n",
               settings.concert.windowPs, settings.concert.distance, 100.0 * p.concerted.fraction,
               100.0 * p.concerted.chance);
    fmt::print("jump types by group of sites (barrier for an attempt frequency of {:.3g} THz{}{}):\n",
               p.attemptTHz, p.attemptWarning.empty() ? "" : "; ", p.attemptWarning);
    for (std::size_t t = 0; t < p.types.size(); ++t) {
        const auto& type = p.types[t];
        fmt::print("  {} → {}  {:.2f} Å  {} jumps  {:.3g} ± {:.1g} /ps  {:.3f} ± {:.3f} eV\n",
                   type.fromGroup + 1, type.toGroup + 1, type.distance, type.count, type.rate, type.error,
                   p.typeBarriers[t].energy, p.typeBarriers[t].error);
    }
}

void printPaths(const transport::Pathways& p) {
    fmt::print("paths of least barrier, −kT ln ρ at {:.0f} K:\n", p.temperature);
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const auto& path = p.paths[axis];
        if (!path) {
            fmt::print("  along {}: none; the places that ions visited do not connect\n", "abc"[axis]);
            continue;
        }
        const Vec3& f = path->points[path->bottleneck].position.v;
        fmt::print("  along {}: {:.3f} eV, {:.1f} Å long, bottleneck at {:.3f} {:.3f} {:.3f}\n", "abc"[axis],
                   path -> barrier(), path -> length, f[0] - std::floor(f[0]), f[1] - std::floor(f[1]),
                   f[2] - std::floor(f[2]));
    }
    for (std::size_t d = 0; d < 3; ++d) {
        const auto& level = p.levels.dimension[d];
        if (level.exists())
            fmt::print("  connected in {} dimension{} from {:.3f} eV above the densest point\n", d + 1,
                       d == 0 ? "" : "s", level.energy);
    }
}

int pathways(Options& o) {
    o.settings.mobile = crystal::Element::fromSymbol(o.mobile);
    // Here it outranks what the file says.
    o.settings.temperature = o.import.temperature;
    workflow::PathwayRun run;
    {
        const SignalStop signals;
        ProgressBar progress;
        run = workflow::analysePathwayRun(
            o.file, o.settings, o.sites,
            {importOptions(o.import), o.import.stride, signals.token(), &progress});
    }
    if (!o.out.empty()) {
        try {
            workflow::writePathways(o.out, run);
        } catch (const IoError& error) {
            throw workflow::OutputError(error.what());
        }
    }
    if (o.json) {
        printJson(nlohmann::json::parse(workflow::toJson(run)));
        return success;
    }
    const auto& p = run.pathways;
    fmt::print("{}: {} {}, {} frames of {:.4g} fs, {:.0f} K\n", o.file, p.record.ions(), o.mobile,
               p.record.frames, p.record.frameIntervalFs, p.temperature);
    fmt::print("density on {} × {} × {} points, smoothed by {} Å\n", p.density.shape[0], p.density.shape[1],
               p.density.shape[2], o.settings.smoothing);
    printSites(p);
    printJumps(p, o.settings);
    printPaths(p);
    return success;
}

void addSiteOptions(CLI::App& command, Options& o) {
    auto* sites = command.add_option("--sites", o.sites, "CIF with the known sites of the mobile ion");
    command.add_option("--reach", o.settings.siteReach, "Ions this near belong to a known site, Å")
        ->check(positiveNumber)
        ->needs(sites)
        ->capture_default_str();
    command
        .add_option("--prominence", o.settings.prominence,
                    "Depth of the valley between two sites, kT; less makes one of them")
        ->check(nonNegativeNumber)
        ->excludes(sites)
        ->capture_default_str();
    command.add_option("--min-occupancy", o.settings.minimumOccupancy, "Ions that a found site must hold")
        ->check(nonNegativeNumber)
        ->excludes(sites)
        ->capture_default_str();
    command
        .add_option("--core-radius", o.settings.coreRadius,
                    "An ion arrives when it is this near to a site, Å (default: the site's amplitude)")
        ->check(positiveNumber);
}

}  // namespace

void addPathways(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "pathways", "Density, sites, jumps and migration paths of the mobile ions in a trajectory");
    auto o = std::make_shared<Options>();
    command
        ->add_option(
            "file", o->file,
            "Run file, or H5MD, XDATCAR, vasprun.xml, extended XYZ or LAMMPS dump of another program")
        ->required();
    command->add_option("--mobile", o->mobile, "Element whose ions are followed")->capture_default_str();
    command->add_option("--resolution", o->settings.resolution, "Widest spacing of the grid, Å")
        ->check(positiveNumber)
        ->capture_default_str();
    command
        ->add_option("--smoothing", o->settings.smoothing,
                     "Standard deviation of the Gaussian, Å; 0 for none")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command
        ->add_option("--attempt-frequency", o->settings.attemptTHz,
                     "For barriers from rates, THz (default: that of the run's vibrations)")
        ->check(positiveNumber);
    command
        ->add_option("--concert-window", o->settings.concert.windowPs,
                     "Jumps in concert: most time apart, ps")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command
        ->add_option("--concert-distance", o->settings.concert.distance,
                     "Jumps in concert: most space apart, Å")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    addSiteOptions(*command, *o);
    addImportOptions(*command, o->import);
    command->add_option("--out", o->out, "Folder for tables, JSON, CHGCAR, cube and CIF; made if missing");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return pathways(*o); }; });
}

}  // namespace ionscape::cli
