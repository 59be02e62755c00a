// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a vasprun.xml, one at a time. Internal to core/io.
#pragma once

#include <optional>

#include "core/io/structure_file.h"

namespace ionscape::io {

struct VasprunHeader {
    std::vector<crystal::Element> elements;
    /// POTIM of a run of molecular dynamics, fs.
    std::optional<double> timestepFs;
};

/// \param text  of the file from its beginning up to the first ionic step. Throws IoError.
VasprunHeader parseVasprunHeader(const std::filesystem::path& file, const std::string& text);

/// \param text  one <calculation> of the file with its tags, \param line where it begins, \param number its
/// number from 1. Nothing when it has no structure or no energy (the run ended in it). info["kinetic"] is the
/// kinetic energy, eV, of molecular dynamics. Throws IoError.
std::optional<LabelledStructure> parseVasprunStep(const std::filesystem::path& file, const std::string& text,
                                                  long line, const VasprunHeader& header, long number);

}  // namespace ionscape::io
