// SPDX-License-Identifier: GPL-3.0-or-later
// Physical constants (CODATA 2018) in the program's units: eV, Å, fs, K, amu, e.
#pragma once

namespace ionscape::units {

inline constexpr double pi = 3.14159265358979323846;
/// Boltzmann constant, eV/K.
inline constexpr double boltzmann = 8.617333262e-5;
/// Molar gas constant, J/(mol K).
inline constexpr double gasConstant = 8.314462618;
/// amu Å²/fs² expressed in eV: kinetic energy = 0.5 m v² * amuAngstrom2PerFs2InEV.
inline constexpr double amuAngstrom2PerFs2InEV = 103.642696562;
/// eV/Å³ expressed in GPa.
inline constexpr double eVPerAngstrom3InGPa = 160.2176634;
/// Å²/fs expressed in cm²/s.
inline constexpr double angstrom2PerFsInCm2PerS = 0.1;
/// Elementary charge, C.
inline constexpr double elementaryCharge = 1.602176634e-19;

}  // namespace ionscape::units
