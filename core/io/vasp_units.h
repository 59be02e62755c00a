// SPDX-License-Identifier: GPL-3.0-or-later
// Units of VASP's output that differ from the program's.
#pragma once

namespace ionscape::io {

/// VASP gives stress in kB and positive when compressed: 1 kB there is −0.1 GPa here.
inline constexpr double vaspStressInGPa = -0.1;

}  // namespace ionscape::io
