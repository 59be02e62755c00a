// SPDX-License-Identifier: GPL-3.0-or-later
// Fields on periodic grids for other programs: CHGCAR of VASP and cube of Gaussian.
#pragma once

#include <array>
#include <filesystem>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::io {

/// A density on the points (i/nx, j/ny, k/nz) of the structure's cell.
struct VolumetricData {
    /// The cell, and the atoms to be shown with the density.
    crystal::Structure structure;
    std::array<int, 3> shape{1, 1, 1};
    /// 1/Å³, first axis fastest.
    std::vector<double> density;
};

/// A POSCAR head with the atoms, an empty line, the shape, and density times cell volume, five values a line,
/// first axis fastest: as VASP writes its charge density, so that programs that read CHGCAR divide by the
/// volume and get 1/Å³. Throws InputError when values and shape do not agree, IoError.
void writeChgcar(const std::filesystem::path& file, const VolumetricData& data);

/// Gaussian's cube format: lengths in bohr, density in 1/bohr³, last axis fastest, six values a line. The
/// cell starts at the origin, and the last point along each axis is one step before the next cell. Throws as
/// writeChgcar.
void writeCube(const std::filesystem::path& file, const VolumetricData& data);

}  // namespace ionscape::io
