// SPDX-License-Identifier: GPL-3.0-or-later
// Energies of competing phases from a table.
#pragma once

#include <filesystem>

#include "core/composition/convex_hull.h"

namespace ionscape::composition {

/// Reads a comma-separated file (RFC 4180: fields with commas in double quotes; lines that begin with # and
/// empty ones are skipped) whose first line names the columns: `formula`, one of `energy_per_atom` and
/// `energy_per_formula_unit` (eV; a suffix `_eV` is allowed), and optionally `label`; other columns are
/// ignored. Throws IoError with file and line for a column that is missing or there twice, a formula or a
/// number that cannot be read, a row of another length, and a file without phases.
std::vector<PhaseEntry> readPhaseEntries(const std::filesystem::path& file);

/// Quotes a field where RFC 4180 asks for it.
std::string csvField(const std::string& text);

}  // namespace ionscape::composition
