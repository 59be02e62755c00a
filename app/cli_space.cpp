// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli space: counts, lists and exports the compositions of a space and explains the descriptors.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "app/cli_space_options.h"
#include "app/cli_space_rows.h"
#include "app/progress_bar.h"
#include "app/signal_stop.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/composition/space_scan.h"

namespace ionscape::cli {

namespace {

using composition::DescriptorSet;
using composition::Space;

const std::vector<std::string> listColumns = {"mobile", "S_config"};

int count(const SpaceOptions& o) {
    const Space space = spaceOf(o);
    std::uint64_t n = 0;
    {
        const SignalStop signals;
        ProgressBar progress;
        n = composition::countMatching(space, o.filter, signals.token(), &progress);
    }
    if (space.size() == 0) explainEmpty(space);
    if (o.json) {
        printJson({{"host", space.host().id}, {"type", o.type}, {"count", n}});
    } else {
        fmt::print("{}\n", n);
    }
    return success;
}

/// Passes the matching compositions between offset and limit to the writer. Without a filter the offset is
/// jumped to.
std::uint64_t writeRows(const Space& space, const DescriptorSet& descriptors,
                        const std::vector<std::size_t>& columns, const SpaceOptions& o,
                        const composition::FilterExpression& filter, RowWriter& writer,
                        ProgressSink* progress, const std::stop_token& stop) {
    std::uint64_t written = 0;
    std::vector<double> values(columns.size());
    const auto write = [&](const composition::SpaceRow& row) {
        if (written == o.limit) return false;
        for (std::size_t i = 0; i < columns.size(); ++i)
            values[i] = descriptors.value(columns[i], row);
        const auto ordered = composition::inHostOrder(space.host(), space.composition(row));
        writer.row(composition::formulaText(composition::compositionFormula(space.host(), ordered)), values);
        ++written;
        return true;
    };
    if (filter.isTrivial()) {
        for (Space::Cursor cursor(space, std::min(o.offset, space.size())); !cursor.atEnd(); cursor.next()) {
            if (cursor.index() % 4096 == 0) throwIfStopped(stop);
            if (!write(cursor.row())) break;
        }
    } else {
        std::uint64_t skipped = 0;
        composition::forEachMatching(
            space, descriptors, filter,
            [&](std::uint64_t, const composition::SpaceRow& row) {
                if (skipped == o.offset) return write(row);
                ++skipped;
                return true;
            },
            stop, progress);
    }
    writer.end();
    return written;
}

std::unique_ptr<RowWriter> makeWriter(std::ostream& out, const Space& space, const DescriptorSet& descriptors,
                                      const std::vector<std::size_t>& chosen, const SpaceOptions& o) {
    std::vector<composition::Column> columns;
    for (const std::size_t column : chosen)
        columns.push_back(descriptors.columns()[column]);
    if (o.csv) return csvRows(out, columns);
    if (!o.json) return textRows(out, columns);
    const nlohmann::json host = space.host().id, type = o.type;
    return jsonRows(out, columns, fmt::format("\"host\":{},\"type\":{}", host.dump(), type.dump()));
}

int list(const SpaceOptions& o) {
    const Space space = spaceOf(o);
    const DescriptorSet descriptors(space.host(), space.query().further);
    const auto columns = chosenColumns(descriptors, o.columns, listColumns);
    const composition::FilterExpression filter(o.filter,
                                               descriptors.columns());  // before anything is printed
    const auto writer = makeWriter(std::cout, space, descriptors, columns, o);
    const SignalStop signals;
    writeRows(space, descriptors, columns, o, filter, *writer, nullptr, signals.token());
    std::cout.flush();
    if (space.size() == 0) explainEmpty(space);
    return success;
}

int exportRows(SpaceOptions o) {
    const std::filesystem::path file(o.out);
    o.json = file.extension() == ".json";
    o.csv = file.extension() == ".csv";
    if (!o.json && !o.csv) throw InputError(fmt::format("{}: the name must end in .csv or .json", o.out));
    const Space space = spaceOf(o);
    const DescriptorSet descriptors(space.host(), space.query().further);
    const auto columns = chosenColumns(descriptors, o.columns.empty() ? "all" : o.columns, {});
    const composition::FilterExpression filter(o.filter, descriptors.columns());
    std::uint64_t written = 0;
    {
        const SignalStop signals;
        ProgressBar progress;
        writeOutput(file, [&] {
            writeAtomically(file, [&](const std::filesystem::path& temporary) {
                std::ofstream out(temporary, std::ios::binary);
                const auto writer = makeWriter(out, space, descriptors, columns, o);
                written =
                    writeRows(space, descriptors, columns, o, filter, *writer, &progress, signals.token());
                out.close();
                if (!out)
                    throw IoError(file, "could not be written; free some space or choose another folder");
            });
        });
    }
    fmt::print("{} compositions with {} columns in {}\n", written, columns.size(), o.out);
    return success;
}

nlohmann::json definition(const composition::Column& column) {
    nlohmann::json object = {{"id", column.id},           {"title", column.title},
                             {"unit", column.unit},       {"formula", column.formula},
                             {"source", column.source},   {"aliases", column.aliases},
                             {"classes", column.classes}, {"defined", column.undefined.empty()}};
    if (!column.undefined.empty()) object["why_undefined"] = column.undefined;
    return object;
}

int descriptorList(const SpaceOptions& o) {
    const DescriptorSet descriptors(composition::findHost(o.host));
    auto list = nlohmann::json::array();
    for (const auto& column : descriptors.columns()) {
        if (o.json) {
            list.push_back(definition(column));
            continue;
        }
        if (column.isFlag) continue;
        fmt::print("{:<14} {}{}{}\n               {}\n", column.id, column.title,
                   column.unit.empty() ? "" : ", ", column.unit, column.formula);
        if (!column.source.empty()) fmt::print("               {}\n", column.source);
        if (!column.undefined.empty()) fmt::print("               not for this host: {}\n", column.undefined);
    }
    if (o.json) {
        printJson({{"host", o.host}, {"descriptors", list}});
    } else {
        fmt::print("and the amount of each element per formula unit under its symbol\n");
    }
    return success;
}

int show(const SpaceOptions& o, const std::string& formula) {
    const auto host = composition::findHost(o.host);
    const auto composition =
        composition::compositionFromFormula(host, composition::parseFormula(formula), o.sites);
    const DescriptorSet descriptors(host, composition.further);
    const std::vector<double> values = descriptors.values(composition);
    nlohmann::json object = {{"host", host.id},
                             {"formula", composition::canonicalFormula(host, composition)}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto& column = descriptors.columns()[i];
        if (o.json) {
            object["values"][column.id] =
                column.undefined.empty() ? nlohmann::json(values[i]) : nlohmann::json();
        } else if (!column.isFlag && column.undefined.empty()) {
            fmt::print("{:<14} {:>12} {:<10} {}\n", column.id, columnText(column, values[i]), column.unit,
                       column.title);
        }
    }
    if (o.json) printJson(object);
    return success;
}

void addRange(CLI::App& command, SpaceOptions& o) {
    command.add_option("--columns", o.columns, "Columns to write, separated by commas, or all");
    command.add_option("--offset", o.offset, "Skip so many");
    command.add_option("--limit", o.limit, "Stop after so many");
}

}  // namespace

void addSpace(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("space", "The composition space of a host");
    command->require_subcommand(1);
    auto o = std::make_shared<SpaceOptions>();
    auto* counting = command->add_subcommand("count", "Number of distinct compositions");
    addSpaceOptions(*counting, *o);
    addJsonFlag(*counting, o->json);
    counting->callback([o, &action] { action = [o] { return count(*o); }; });

    auto* listing = command->add_subcommand(
        "list", "Formula of each, with its mobile content and configurational entropy or other columns");
    addSpaceOptions(*listing, *o);
    addRange(*listing, *o);
    addJsonFlag(*listing, o->json);
    listing->add_flag("--csv", o->csv, "Print comma-separated values");
    listing->callback([o, &action] { action = [o] { return list(*o); }; });

    auto* exporting = command->add_subcommand("export", "Writes all columns to a .csv or .json file");
    exporting->add_option("file", o->out, "File to write; its ending chooses the format")->required();
    addSpaceOptions(*exporting, *o);
    addRange(*exporting, *o);
    exporting->callback([o, &action] { action = [o] { return exportRows(*o); }; });

    auto* describing = command->add_subcommand("descriptors", "Definition, unit and source of every column");
    describing->add_option("--host", o->host, "Host framework: name or JSON file")->capture_default_str();
    addJsonFlag(*describing, o->json);
    describing->callback([o, &action] { action = [o] { return descriptorList(*o); }; });

    auto* showing = command->add_subcommand("show", "All descriptors of one composition");
    auto formula = std::make_shared<std::string>();
    showing->add_option("formula", *formula, "Formula with its mobile ions")->required();
    showing->add_option("--host", o->host, "Host framework: name or JSON file")->capture_default_str();
    showing->add_option("--sites", o->sites, "Mixed sites that the amounts are whole numbers of")
        ->capture_default_str();
    addJsonFlag(*showing, o->json);
    showing->callback([o, formula, &action] { action = [o, formula] { return show(*o, *formula); }; });
}

}  // namespace ionscape::cli
