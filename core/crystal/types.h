// SPDX-License-Identifier: GPL-3.0-or-later
// Small vector types shared by the numerical code.
#pragma once

#include <Eigen/Core>

namespace ionscape {

using Vec3 = Eigen::Vector3d;
using IntVec3 = Eigen::Vector3i;
using Mat3 = Eigen::Matrix3d;
using IntMat3 = Eigen::Matrix3i;
/// Per-atom vectors, one column an atom: positions (Å), velocities (Å/fs), forces (eV/Å).
using VectorField = Eigen::Matrix3Xd;

}  // namespace ionscape
