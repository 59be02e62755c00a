// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli neb: the minimum-energy path of a hop.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/io/structure_file.h"
#include "core/workflow/hop_path.h"
#include "core/workflow/open_potential.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string start, end, out = "neb.extxyz", potential;
    std::vector<double> to;
    int atom = 0;
    int threads = 0;
    bool keepEnds = false, json = false;
    workflow::HopSettings hop;
};

crystal::Structure endState(const Options& o, const crystal::Structure& start) {
    if (!o.end.empty()) return io::readStructure(o.end);
    if (o.atom < 1) throw InputError("a hop needs a second structure, or --atom and --to");
    return dynamics::hopped(start, static_cast<std::size_t>(o.atom - 1),
                            start.lattice.toCartesian({Vec3(o.to[0], o.to[1], o.to[2])}));
}

void print(const Options& o, const dynamics::NebPath& path) {
    if (o.json) {
        std::vector<double> energies = path.energies;
        for (double& energy : energies)
            energy -= path.energies.front();
        printJson({{"converged", path.converged},
                   {"steps", path.steps},
                   {"climbed", path.climbed},
                   {"forward_barrier_eV", path.forwardBarrier()},
                   {"backward_barrier_eV", path.backwardBarrier()},
                   {"max_force_eV_per_A", path.maxForce},
                   {"distance_A", path.distances},
                   {"energy_above_start_eV", energies},
                   {"file", o.out}});
        return;
    }
    fmt::print("{:>6}  {:>12}  {:>12}\n", "image", "distance (Å)", "energy (eV)");
    for (std::size_t i = 0; i < path.images.size(); ++i)
        fmt::print("{:>6}  {:>12.4f}  {:>12.4f}\n", i, path.distances[i],
                   path.energies[i] - path.energies.front());
    fmt::print("barrier {:.4f} eV forward, {:.4f} eV backward ({} steps, max force {:.3f} eV/Å)\n",
               path.forwardBarrier(), path.backwardBarrier(), path.steps, path.maxForce);
}

int neb(Options& o) {
    o.hop.relaxEnds = !o.keepEnds;
    dynamics::checkSettings(o.hop.neb);
    const auto given = io::readStructure(o.start);
    const auto goal = endState(o, given);
    dynamics::requireSameCrystal(given, goal);
    const auto potential = workflow::openPotentialFor(given, o.potential, o.threads);
    dynamics::NebPath path;
    bool stopped = false;
    {
        const SignalStop signals;
        ProgressBar progress;
        try {
            path = workflow::findHopPath(given, goal, *potential, o.hop, signals.token(), progress,
                                         [&](const dynamics::NebPath& now) { path = now; });
        } catch (const Cancelled&) {
            stopped = true;
        }
    }
    if (path.images.empty()) throw Cancelled();
    writeOutput(o.out, [&] { workflow::writeHopPath(o.out, path); });
    print(o, path);
    if (stopped) {
        fmt::print(stderr, "ionscape-cli: interrupted; the path so far is in {}\n", o.out);
        return interrupted;
    }
    if (path.converged) return success;
    printError(fmt::format("not converged within {} steps; the path is in {}; give more --steps",
                           o.hop.neb.maxSteps, o.out));
    return failed;
}

}  // namespace

void addNeb(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "neb", "Minimum-energy path and barrier of a hop (nudged elastic band with a climbing image)");
    auto o = std::make_shared<Options>();
    command->add_option("start", o->start, "Structure before the hop (CIF, POSCAR, extxyz)")->required();
    auto* end = command->add_option("end", o->end, "Structure after it, atoms in the same order");
    auto* atom =
        command->add_option("--atom", o->atom, "Instead of an end: the atom that hops, counted from 1")
            ->check(positiveNumber)
            ->excludes(end);
    auto* to = command->add_option("--to", o->to, "Where it hops to: three fractional coordinates")
                   ->expected(3)
                   ->delimiter(',')
                   ->needs(atom);
    atom->needs(to);
    command->add_option("--out", o->out, "The images, extxyz")->capture_default_str();
    command->add_option("--images", o->hop.neb.images, "Images between the ends")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command->add_option("--fmax", o->hop.neb.forceTolerance, "Largest force left on an image, eV/Å")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_option("--steps", o->hop.neb.maxSteps, "Most steps")
        ->check(nonNegativeNumber)
        ->capture_default_str();
    command->add_option("--spring", o->hop.neb.springEvPerA2, "Springs between images, eV/Å²")
        ->check(positiveNumber)
        ->capture_default_str();
    command->add_flag_function(
        "--no-climb", [o](std::int64_t) { o->hop.neb.climb = false; }, "No image climbs to the saddle");
    command->add_flag("--keep-ends", o->keepEnds, "Take the ends as they are, without relaxing them");
    addPotentialOptions(*command, o->potential, o->threads);
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return neb(*o); }; });
}

}  // namespace ionscape::cli
