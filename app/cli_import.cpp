// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_import.h"

#include <CLI/CLI.hpp>

#include "app/cli_common.h"

namespace ionscape::cli {

void addImportOptions(CLI::App& command, ImportFlags& flags) {
    const char* group = "Files of other programs";
    command
        .add_option("--timestep-fs", flags.timestepFs,
                    "Time from one step number of the file to the next, fs, where it does not tell")
        ->check(positiveNumber)
        ->group(group);
    command
        .add_option("--types", flags.types, "Elements of numeric atom types in their order, as in Li,Zr,O")
        ->group(group);
    command
        .add_option("--structure", flags.structure,
                    "Structure with the same atoms in the same order, for files without cell or elements")
        ->group(group);
    command.add_option("--temperature", flags.temperature, "Temperature, K, where the file does not tell")
        ->check(positiveNumber)
        ->group(group);
    command.add_option("--positions", flags.positions, "Whether positions are wrapped into the cell")
        ->check(CLI::IsMember({"auto", "wrapped", "unwrapped"}))
        ->capture_default_str()
        ->group(group);
    command.add_option("--group", flags.group, "Particles group of an H5MD file")->group(group);
    command.add_flag("--keep-good", flags.keepGood, "Use the frames before the damage of a damaged file")
        ->group(group);
    command.add_option("--stride", flags.stride, "Use every n-th frame")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
}

io::ImportOptions importOptions(const ImportFlags& flags) {
    io::ImportOptions options;
    if (flags.timestepFs > 0.0) options.timestepFs = flags.timestepFs;
    if (flags.temperature > 0.0) options.temperature = flags.temperature;
    options.types = io::parseTypes(flags.types);
    options.structure = flags.structure;
    options.group = flags.group;
    options.keepGood = flags.keepGood;
    if (flags.positions == "wrapped") options.wrapping = io::Wrapping::Wrapped;
    if (flags.positions == "unwrapped") options.wrapping = io::Wrapping::Unwrapped;
    return options;
}

}  // namespace ionscape::cli
