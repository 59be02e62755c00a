// SPDX-License-Identifier: GPL-3.0-or-later
// Labelled structures as JSON in the two layouts that CHGNet's Python package trains from.
#pragma once

#include "core/io/structure_file.h"

namespace ionscape::io {

/// Either {material: {frame: {structure, uncorrected_total_energy | energy_per_atom, force, stress, magmom}}}
/// (as MPtrj), or one object whose keys hold lists over frames. Structures are pymatgen dictionaries without
/// partial occupancies. Stresses are VASP's (kB, positive when compressed; here GPa, positive in tension);
/// null labels are absent ones. info holds "material" and "frame". Throws IoError naming the frame.
std::vector<LabelledStructure> readChgnetJson(const std::filesystem::path& file);

}  // namespace ionscape::io
