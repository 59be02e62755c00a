// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli dataset: looks at labelled frames, converts, selects and checks them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli_common.h"
#include "core/base/error.h"
#include "core/training/dataset_checks.h"
#include "core/training/dataset_selection.h"
#include "core/training/dataset_statistics.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::vector<std::string> files;
    std::string out, recipe = "relaxation", mobile = "Li";
    int bins = 20, first = 10, random = 40, count = 0;
    double distance = 2.5, temperature = 800.0, strain = 0.0, threshold = 3.5;
    std::uint64_t seed = 1;
    bool json = false;
};

training::Dataset readAll(const Options& o) {
    return training::readDataset({o.files.begin(), o.files.end()});
}

void writeFrames(const Options& o, const std::vector<io::LabelledStructure>& frames) {
    writeOutput(o.out, [&] { io::writeStructures(o.out, frames); });
}

void printDistribution(const char* name, const training::Distribution& d, const char* unit) {
    if (d.count == 0) return;
    const std::size_t highest = *std::max_element(d.histogram.begin(), d.histogram.end());
    static const char* const levels[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string bars;
    for (const std::size_t n : d.histogram)
        bars += levels[n == 0 ? 0 : 1 + n * 7 / highest];
    fmt::print("{:<26}{:>11.4f} … {:>11.4f}  mean {:>10.4f} ± {:<9.4f} {:<8} |{}|\n", name, d.smallest,
               d.largest, d.mean, d.deviation, unit, bars);
}

int showStatistics(const Options& o) {
    const auto s = training::statisticsOf(readAll(o), o.bins);
    if (o.json) {
        printJson(training::toJson(s));
        return success;
    }
    fmt::print("{} frames, {} compositions, {} atoms; {} with stress, {} with magnetic moments\n", s.frames,
               s.compositions.size(), s.atoms, s.stressFrames, s.magmomFrames);
    std::string elements;
    for (const auto& [symbol, frames] : s.elements)
        elements += fmt::format(" {} {}", symbol, frames);
    fmt::print("frames with each element:{}\n", elements);
    printDistribution("atoms a frame", s.cellSize, "");
    printDistribution("energy", s.energyPerAtom, "eV/atom");
    printDistribution("energy above references", s.energyAboveReference, "eV/atom");
    printDistribution("force", s.force, "eV/Å");
    printDistribution("pressure", s.pressure, "GPa");
    printDistribution("magnetic moment", s.magmom, "μ_B");
    return success;
}

int convert(const Options& o) {
    std::vector<io::LabelledStructure> frames;
    for (const auto& file : o.files) {
        for (auto& frame : io::readStructures(file))
            frames.push_back(std::move(frame));
    }
    writeFrames(o, frames);
    if (o.json) {
        printJson({{"out", o.out}, {"frames", frames.size()}});
    } else {
        fmt::print("{}: {} frames\n", o.out, frames.size());
    }
    return success;
}

std::vector<std::size_t> chosenFrames(const training::Dataset& dataset, const Options& o) {
    const auto count = [&o](int usual) { return o.count > 0 ? o.count : usual; };
    if (o.recipe == "relaxation") return training::selectRelaxationImages(dataset, o.first, o.random, o.seed);
    if (o.recipe == "transition") {
        return training::selectTransitionImages(dataset, crystal::Element::fromSymbol(o.mobile), o.distance,
                                                count(10));
    }
    return training::selectBoltzmann(dataset, o.temperature, count(30), o.seed);
}

int select(const Options& o) {
    const auto dataset = readAll(o);
    const auto chosen = chosenFrames(dataset, o);
    auto selected = training::subset(dataset, chosen);
    std::uint64_t number = 0;
    for (auto& frame : selected.frames) {
        if (o.strain <= 0) break;
        // The labels belong to the unstrained cell.
        const auto strained = training::randomlyStrained(frame.structure, o.strain, o.seed, number++);
        frame = {strained, {}, {}, {}, {}, frame.info};
    }
    writeFrames(o, selected.frames);
    const std::set<std::string> compositions(selected.compositions.begin(), selected.compositions.end());
    if (o.json) {
        printJson({{"out", o.out},
                   {"frames", chosen.size()},
                   {"of", dataset.frames.size()},
                   {"compositions", compositions.size()},
                   {"labelled", o.strain <= 0},
                   {"indices", chosen}});
        return success;
    }
    fmt::print("{}: {} of {} frames, {} compositions{}\n", o.out, chosen.size(), dataset.frames.size(),
               compositions.size(), o.strain > 0 ? "; strained, label them anew" : "");
    return success;
}

int check(const Options& o) {
    const auto dataset = readAll(o);
    const auto duplicates = training::findDuplicates(dataset);
    auto outliers = training::energyDeviations(dataset, o.threshold);
    std::erase_if(outliers, [&o](const auto& d) { return std::abs(d.robustZ) <= o.threshold; });
    std::sort(outliers.begin(), outliers.end(),
              [](const auto& a, const auto& b) { return std::abs(a.robustZ) > std::abs(b.robustZ); });
    std::set<std::size_t> bad;
    for (const auto& [kept, duplicate] : duplicates)
        bad.insert(duplicate);
    for (const auto& d : outliers)
        bad.insert(d.frame);
    if (!o.out.empty()) {
        std::vector<std::size_t> good;
        for (std::size_t i = 0; i < dataset.frames.size(); ++i) {
            if (!bad.contains(i)) good.push_back(i);
        }
        if (good.empty()) throw InputError("no frame is left; nothing was written");
        writeFrames(o, training::subset(dataset, good).frames);
    }
    if (o.json) {
        nlohmann::json report = {{"frames", dataset.frames.size()},
                                 {"duplicates", nlohmann::json::array()},
                                 {"outliers", nlohmann::json::array()}};
        for (const auto& [kept, duplicate] : duplicates)
            report["duplicates"].push_back({{"frame", duplicate + 1}, {"same_as", kept + 1}});
        for (const auto& d : outliers) {
            report["outliers"].push_back({{"frame", d.frame + 1},
                                          {"composition", dataset.compositions[d.frame]},
                                          {"residual_eV_per_atom", d.residual},
                                          {"robust_z", d.robustZ}});
        }
        printJson(report);
        return success;
    }
    for (const auto& [kept, duplicate] : duplicates)
        fmt::print("frame {} is the same as frame {}\n", duplicate + 1, kept + 1);
    for (const auto& d : outliers) {
        fmt::print("frame {} ({}) lies {:+.4f} eV/atom off the composition line (robust z {:+.1f})\n",
                   d.frame + 1, dataset.compositions[d.frame], d.residual, d.robustZ);
    }
    fmt::print("{} frames: {} duplicates, {} outliers{}\n", dataset.frames.size(), duplicates.size(),
               outliers.size(), o.out.empty() ? "" : "; the others are in " + o.out);
    return success;
}

}  // namespace

void addDataset(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("dataset", "Look at labelled frames, convert, select, check them");
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* description, int (*run)(const Options&)) {
        auto o = std::make_shared<Options>();
        auto* sub = command->add_subcommand(name, description);
        sub->add_option("files", o->files, "Extended XYZ, vasprun.xml, OUTCAR or CHGNet JSON")->required();
        addJsonFlag(*sub, o->json);
        sub->callback([o, &action, run] { action = [o, run] { return run(*o); }; });
        return std::pair{sub, o};
    };
    const auto addOut = [](CLI::App* sub, Options& o, const char* what) {
        return sub->add_option("--out", o.out, what);
    };
    const auto [stats, s] = add("stats", "What the frames hold: ranges and histograms", showStatistics);
    stats->add_option("--bins", s->bins, "Bins of the histograms")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();

    const auto [conversion, v] = add("convert", "Write the frames as extended XYZ", convert);
    addOut(conversion, *v, "File to write (.xyz)")->required();

    const auto [selection, c] = add("select", "Choose frames by a published recipe", select);
    addOut(selection, *c, "File to write (.xyz)")->required();
    selection->add_option("--recipe", c->recipe, "relaxation, transition or boltzmann")
        ->check(CLI::IsMember({"relaxation", "transition", "boltzmann"}))
        ->capture_default_str();
    selection->add_option("--first", c->first, "relaxation: first frames of each composition")
        ->capture_default_str();
    selection->add_option("--random", c->random, "relaxation: frames at random of the rest")
        ->capture_default_str();
    selection->add_option("--count", c->count, "transition (10), boltzmann (30): frames of each composition");
    selection->add_option("--mobile", c->mobile, "transition: the element that moves")->capture_default_str();
    selection->add_option("--distance", c->distance, "transition: Å from every initial site")
        ->capture_default_str();
    selection->add_option("--temperature", c->temperature, "boltzmann: K")->capture_default_str();
    selection->add_option("--strain", c->strain,
                          "Strain the chosen cells at random up to this (0.03, say); drops their labels");
    selection->add_option("--seed", c->seed, "Seed of the random choice")->capture_default_str();

    const auto [checking, k] = add("check", "Find duplicates and frames of unusual energy", check);
    checking->add_option("--threshold", k->threshold, "Robust z-score that makes an outlier")
        ->check(positiveNumber)
        ->capture_default_str();
    addOut(checking, *k, "Write the remaining frames here (.xyz)");
}

}  // namespace ionscape::cli
