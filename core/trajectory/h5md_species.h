// SPDX-License-Identifier: GPL-3.0-or-later
// Elements of the particles of an H5MD file, however it names them. Internal to core/trajectory.
#pragma once

#include "core/io/import_options.h"
#include "core/trajectory/hdf5_handle.h"

namespace ionscape::trajectory {

/// One element a particle of `group` (of the first frame where species change their order), from the dataset
/// "species": symbols as text, an enumeration whose names are symbols, or integers. Integers of another
/// program that count 0, 1, 2 … or 1, 2, 3 … are its own types, for which `options.types` has the elements;
/// all others are atomic numbers. Types without an element are counted in `questions`. \param ours  integers
/// are atomic numbers in any case \param particles  their number where there is no dataset: all are of type 1
/// then. Throws IoError.
std::vector<crystal::Element> readSpecies(const Hdf5Access& hdf5, hid_t file, const std::string& group,
                                          bool ours, std::size_t particles, const io::ImportOptions& options,
                                          io::ImportQuestions& questions);

}  // namespace ionscape::trajectory
