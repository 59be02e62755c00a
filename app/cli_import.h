// SPDX-License-Identifier: GPL-3.0-or-later
// Options that answer what a trajectory of another program leaves open.
#pragma once

#include <string>

#include "core/io/import_options.h"

namespace CLI {
class App;
}

namespace ionscape::cli {

struct ImportFlags {
    double timestepFs = 0.0, temperature = 0.0;
    std::string types, structure, group;
    std::string positions = "auto";
    bool keepGood = false;
    std::size_t stride = 1;
};

/// Adds --timestep-fs, --types, --structure, --temperature, --positions, --group, --keep-good and --stride.
void addImportOptions(CLI::App& command, ImportFlags& flags);

/// Throws InputError for a type that is no element.
io::ImportOptions importOptions(const ImportFlags& flags);

}  // namespace ionscape::cli
