// SPDX-License-Identifier: GPL-3.0-or-later
// The names shared by the H5MD writer and reader. Internal to core/trajectory.
#pragma once

namespace ionscape::trajectory::layout {

inline constexpr auto particles = "particles/all";
inline constexpr auto position = "particles/all/position";
inline constexpr auto velocity = "particles/all/velocity";
inline constexpr auto edges = "particles/all/box/edges";
inline constexpr auto ours = "parameters/ionscape";
inline constexpr auto structures = "parameters/ionscape/structures";
inline constexpr auto restart = "parameters/ionscape/restart";
/// The structure given to begin(), under `structures`.
inline constexpr auto startStructure = "start";

}  // namespace ionscape::trajectory::layout
