// SPDX-License-Identifier: GPL-3.0-or-later
// Structure files behind one registry: what can be read and written, chosen by extension or name.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// A structure with the labels that come with it (extxyz: energy, forces, stress, config, ...).
struct LabelledStructure {
    crystal::Structure structure;
    std::optional<double> energy;       ///< eV, total
    std::optional<VectorField> forces;  ///< eV/Å
    std::optional<Mat3> stressGPa;      ///< GPa, positive in tension (files hold eV/Å³)
    /// μ_B, one an atom; NaN where an atom has no label.
    std::optional<Eigen::VectorXd> magmoms;
    /// Other key=value pairs of the comment line.
    std::map<std::string, std::string> info;
};

/// Reads all frames. Formats: CIF (.cif), POSCAR/CONTCAR (.vasp, POSCAR*, CONTCAR*), extxyz (.xyz, .extxyz),
/// LAMMPS data (.data, .lmp), vasprun.xml (.xml), OUTCAR (OUTCAR*, .outcar), labelled JSON of CHGNet (.json).
/// Every structure is validated (no overlapping atoms, known elements). A CIF with partial occupancies is
/// refused with the advice to build it through a host. Throws IoError with file and line.
std::vector<LabelledStructure> readStructures(const std::filesystem::path& file);

/// The first (or only) structure.
crystal::Structure readStructure(const std::filesystem::path& file);

/// Writes one structure; the format follows the extension. Throws InputError for an unknown one, IoError on
/// failure.
void writeStructure(const std::filesystem::path& file, const crystal::Structure& structure);

/// Writes frames with their labels (energy, forces, stress, moments, info). Only extxyz holds labels or more
/// than one frame: the other formats throw InputError for several frames. Throws as writeStructure.
void writeStructures(const std::filesystem::path& file, const std::vector<LabelledStructure>& frames);

/// Extensions with descriptions, for file dialogs and help.
struct FormatInfo {
    std::string name;
    std::vector<std::string> patterns;  ///< "*.cif"
    bool canRead = false, canWrite = false;
};
const std::vector<FormatInfo>& formats();

}  // namespace ionscape::io
