// SPDX-License-Identifier: GPL-3.0-or-later
// Options of all subcommands that decorate cells: composition, cell, method.
#pragma once

#include <string>

#include "core/builder/ensemble.h"

namespace CLI {
class App;
}

namespace ionscape::cli {

struct DecorationOptions {
    std::string formula, host = "lzsp", method = "random";
    std::size_t members = 1;
    builder::EnsembleSettings settings;
    bool primitive = false, smallest = false;
    int cells = 0;  ///< primitive cells of a compact supercell; 0: not given
};

/// Adds --formula (unless the subcommand has compositions of its own), --host, --seed, the choice of the
/// cell, and --method with what each method needs.
void addDecorationOptions(CLI::App& command, DecorationOptions& o, bool formula = true);

/// Throws InputError for a method that does not exist and a cell that does not hold the formula.
builder::EnsembleSettings settingsOf(const DecorationOptions& o, const composition::Host& host);

}  // namespace ionscape::cli
