// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli export-model: a CHGNet as our file or as a checkpoint of the Python package.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli_common.h"
#include "core/potential/checkpoint.h"
#include "core/potential/checkpoint_writer.h"
#include "core/potential/model_file.h"

namespace ionscape::cli {

namespace {

struct Options {
    std::string in, out;
    bool json = false;
};

int exportModel(const Options& o) {
    auto data = o.in.ends_with(".h5") ? potential::readModelFile(o.in) : potential::readCheckpoint(o.in);
    data.momentum.clear();
    data.secondMoment.clear();
    data.averaged.clear();
    if (o.out.ends_with(".h5")) {
        writeOutput(o.out, [&] { potential::writeModelFile(o.out, data); });
    } else if (o.out.ends_with(".pth.tar") || o.out.ends_with(".pth") || o.out.ends_with(".pt")) {
        writeOutput(o.out, [&] { potential::writeCheckpoint(o.out, data); });
    } else {
        throw InputError(o.out + ": the name tells no format of models; end it in .pth.tar or .h5");
    }
    std::size_t parameters = 0;
    for (const auto& array : data.weights)
        parameters += array.values.size();
    if (o.json) {
        printJson({{"model", o.out}, {"name", data.info.name}, {"parameters", parameters}});
    } else {
        fmt::print("{}: {}, {} parameters\n", o.out, data.info.name, parameters);
    }
    return success;
}

}  // namespace

void addExportModel(CLI::App& program, Action& action) {
    auto* command = program.add_subcommand("export-model",
                                           "Write a CHGNet as a checkpoint that its Python package loads");
    auto o = std::make_shared<Options>();
    command->add_option("in", o->in, "Model: .h5 or a CHGNet checkpoint (.pth.tar)")->required();
    command->add_option("out", o->out, "File to write: .pth.tar or .h5")->required();
    addJsonFlag(*command, o->json);
    command->callback([o, &action] { action = [o] { return exportModel(*o); }; });
}

}  // namespace ionscape::cli
