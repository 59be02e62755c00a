// SPDX-License-Identifier: GPL-3.0-or-later
// What a ChgnetModel returns: tensors, for the .cpp files of potential and training alone.
#pragma once

#include <ATen/core/Tensor.h>

namespace ionscape::potential {

struct ChgnetOutput {
    /// Total energy, eV, one a structure; double precision sum of atomic energies.
    at::Tensor energy;
    /// eV/Å, [atoms, 3].
    at::Tensor forces;
    /// GPa, [structures, 9], row-major, positive in tension; undefined unless requested.
    at::Tensor stressGPa;
    /// μ_B, [atoms]; undefined unless requested.
    at::Tensor magmoms;
};

}  // namespace ionscape::potential
