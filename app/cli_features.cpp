// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli features: structural features of relaxed cells, their ensemble mean and their definitions.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/io/structure_file.h"
#include "core/surrogate/ensemble_features.h"
#include "core/surrogate/feature_table.h"
#include "core/surrogate/structural_features.h"

namespace ionscape::cli {

namespace {

using nlohmann::json;
using surrogate::FeatureContext;
using surrogate::FeatureRow;
using surrogate::FeatureTable;

struct Options {
    std::vector<std::string> files, sites;
    std::string host = "lzsp", mobile, set = "all", out;
    bool ensemble = false, definitions = false, json = false;
};

struct Cell {
    std::string name;
    crystal::Structure structure;
};

/// "M=Zr,Hf,Sn".
surrogate::CentreGroup parseSite(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos)
        throw InputError(fmt::format("--site {}: expected a name and elements, as in M=Zr,Hf,Sn", text));
    surrogate::CentreGroup group{text.substr(0, equals), {}};
    for (const std::string& symbol : CLI::detail::split(text.substr(equals + 1), ','))
        group.elements.push_back(crystal::Element::fromSymbol(symbol));
    return group;
}

std::vector<Cell> readCells(const Options& o) {
    std::vector<Cell> cells;
    for (const std::string& file : o.files) {
        const auto frames = io::readStructures(file);
        for (std::size_t i = 0; i < frames.size(); ++i)
            cells.push_back(
                {frames.size() == 1 ? file : fmt::format("{}#{}", file, i + 1), frames[i].structure});
    }
    return cells;
}

FeatureContext contextOf(const Options& o, const std::vector<Cell>& cells) {
    if (o.mobile.empty()) {
        if (!o.sites.empty()) throw InputError("--site goes with --mobile: a host knows its own sites");
        return surrogate::featureContext(composition::findHost(o.host));
    }
    if (cells.empty()) throw InputError("--mobile needs a structure file that shows the other elements");
    std::vector<surrogate::CentreGroup> groups;
    for (const std::string& site : o.sites)
        groups.push_back(parseSite(site));
    return surrogate::featureContext(cells.front().structure, crystal::Element::fromSymbol(o.mobile), groups);
}

surrogate::FeatureSet setOf(const std::string& name) {
    if (name == "quaternary") return surrogate::FeatureSet::Quaternary;
    return name == "multinary" ? surrogate::FeatureSet::Multinary : surrogate::FeatureSet::All;
}

/// The columns of the set that was asked for, still without rows.
FeatureTable emptyTable(const FeatureContext& context, const std::vector<std::size_t>& columns) {
    const auto all = surrogate::structuralFeatureDefinitions(context);
    FeatureTable table;
    for (const std::size_t column : columns)
        table.features.push_back(all[column]);
    return table;
}

std::vector<std::size_t> columnsOf(const FeatureContext& context, const std::string& set) {
    const auto all = surrogate::structuralFeatureDefinitions(context);
    std::vector<std::size_t> columns;
    for (const std::string& name : surrogate::featureNames(context, setOf(set)))
        columns.push_back(surrogate::featureIndex(all, name));
    return columns;
}

FeatureTable tableOf(const Options& o, const FeatureContext& context, const std::vector<Cell>& cells) {
    const auto columns = columnsOf(context, o.set);
    FeatureTable table = emptyTable(context, columns);
    for (const Cell& cell : cells) {
        FeatureRow row;
        try {
            const FeatureRow all = surrogate::structuralFeatures(cell.structure, context);
            for (const std::size_t column : columns)
                row.push_back(all[column]);
        } catch (const InputError& error) {
            throw InputError(fmt::format("{}: {}", cell.name, error.what()));
        }
        table.names.push_back(cell.name);
        table.rows.push_back(std::move(row));
    }
    if (o.ensemble) {
        const auto ensemble = surrogate::ensembleFeatures(table.rows);
        table.names.insert(table.names.end(), {"mean", "spread"});
        table.rows.insert(table.rows.end(), {ensemble.mean, ensemble.spread});
    }
    return table;
}

json tableJson(const FeatureTable& table) {
    json features = json::array(), cells = json::array();
    for (const auto& feature : table.features)
        features.push_back({{"name", feature.name},
                            {"unit", feature.unit},
                            {"meaning", feature.meaning},
                            {"reference", feature.reference}});
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        json values = json::object();
        for (std::size_t f = 0; f < table.features.size(); ++f) {
            const auto& value = table.rows[i][f];
            values[table.features[f].name] = value ? json(*value) : json();
        }
        cells.push_back({{"cell", table.names[i]}, {"values", values}});
    }
    return {{"features", features}, {"cells", cells}};
}

/// Features downwards, cells to the right.
void printTable(const FeatureTable& table) {
    fmt::print("{:<24} {:<12}", "feature", "unit");
    for (const std::string& name : table.names)
        fmt::print(" {:>14}", std::filesystem::path(name).filename().string());
    fmt::print("\n");
    for (std::size_t f = 0; f < table.features.size(); ++f) {
        fmt::print("{:<24} {:<12}", table.features[f].name, table.features[f].unit);
        for (const FeatureRow& row : table.rows)
            fmt::print(" {:>14}", row[f] ? fmt::format("{:.5f}", *row[f]) : "–");
        fmt::print("\n");
    }
}

void printDefinitions(const FeatureTable& table) {
    for (const auto& feature : table.features) {
        fmt::print("{}\n    {}{}\n", surrogate::featureTitle(feature), feature.meaning,
                   feature.reference.empty() ? "" : "; " + feature.reference);
    }
}

void writeTable(const FeatureTable& table, const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    if (extension != ".csv" && extension != ".json")
        throw InputError(fmt::format("{}: features are written as .csv or .json", file.string()));
    const std::string text =
        extension == ".csv" ? surrogate::featureCsv(table) : tableJson(table).dump(1) + "\n";
    writeOutput(file, [&] { writeTextAtomically(file, text); });
}

int features(const Options& o) {
    if (o.files.empty() && !o.definitions)
        throw InputError("give the structure files whose features are wanted, or --definitions");
    const auto cells = readCells(o);
    const FeatureContext context = contextOf(o, cells);
    const FeatureTable table =
        o.definitions ? emptyTable(context, columnsOf(context, o.set)) : tableOf(o, context, cells);
    if (!o.out.empty()) writeTable(table, o.out);
    if (o.json) {
        printJson(tableJson(table));
    } else if (o.definitions) {
        printDefinitions(table);
    } else {
        printTable(table);
    }
    return success;
}

}  // namespace

void addFeatures(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand(
        "features", "Structural features of relaxed cells: what the surrogate learns from");
    auto o = std::make_shared<Options>();
    command->add_option("files", o->files, "Structure files (CIF, POSCAR, extxyz with one or more frames)");
    auto* host =
        command->add_option("--host", o->host, "Host framework: name or JSON file")->capture_default_str();
    auto* mobile = command->add_option("--mobile", o->mobile, "Cells without a host: the mobile element")
                       ->excludes(host);
    command
        ->add_option(
            "--site", o->sites,
            "With --mobile: elements that count as one kind of site, as M=Zr,Hf,Sn; the first is the "
            "mixed one")
        ->needs(mobile);
    command->add_option("--set", o->set, "all, or the features of a published model: multinary, quaternary")
        ->check(CLI::IsMember({"all", "multinary", "quaternary"}))
        ->capture_default_str();
    command->add_flag("--ensemble", o->ensemble, "Add the mean over all cells and their spread");
    command->add_flag("--definitions", o->definitions, "Explain the features instead")
        ->excludes("--ensemble");
    command->add_option("--out", o->out, "File to write (.csv or .json)");
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return features(*o); }; });
}

}  // namespace ionscape::cli
