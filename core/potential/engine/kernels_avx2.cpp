// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/angle_pass_impl.h"
#include "core/potential/engine/atom_pass_impl.h"
#include "core/potential/engine/basis_impl.h"

namespace ionscape::potential::engine {

const Kernels kernelsAvx2 = {"avx2",       gemm,         silu,          add,         atomForward,
                             atomBackward, angleForward, angleBackward, radialBasis, angularBasis};

}  // namespace ionscape::potential::engine
