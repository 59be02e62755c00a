// SPDX-License-Identifier: GPL-3.0-or-later
// What an analysis of transport gives the scene to draw: density, sites, jumps and paths.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/transport/periodic_grid.h"
#include "gui/scene/colour_scale.h"

namespace ionscape::scene {

struct SiteMark {
    Vec3 centre;    ///< Å
    double radius;  ///< Å, of the sphere drawn
    Colour colour;
    std::string label;
};

/// From one site to another, or to a periodic image of it: `end` may lie outside the cell.
struct JumpMark {
    Vec3 begin, end;  ///< Å
    double radius;    ///< Å, of the arrow's shaft
};

/// A way through the crystal, not folded into the cell, with the free energy at each point.
struct PathMark {
    std::vector<Vec3> points;    ///< Å
    std::vector<double> energy;  ///< eV
};

struct Pathways {
    std::shared_ptr<const transport::PeriodicGrid> density;  ///< Å⁻³; null for none
    std::vector<SiteMark> sites;
    std::vector<JumpMark> jumps;
    std::vector<PathMark> paths;
};

struct DensityLevel {
    double value = 0.0;  ///< Å⁻³
    Colour colour{};
    double opacity = 0.3;
    friend bool operator==(const DensityLevel&, const DensityLevel&) = default;
};

/// A plane through the density, coloured by its logarithm.
struct DensitySlice {
    int axis = 2;           ///< across a, b or c
    double position = 0.5;  ///< fractional
    friend bool operator==(const DensitySlice&, const DensitySlice&) = default;
};

struct PathwayOptions {
    bool density = true, sites = true, jumps = true, paths = true;
    bool labels = false;  ///< names of the sites
    bool volume = false;  ///< the density as a fog, whether there are surfaces or not
    /// Arrows of the first so many jumps: more are a thicket. A selected one is drawn whatever this says.
    std::size_t mostJumps = 80;
    std::vector<DensityLevel> levels;
    std::optional<DensitySlice> slice;
    friend bool operator==(const PathwayOptions&, const PathwayOptions&) = default;
};

/// One thing that can be pointed at, as an index into Pathways.
struct PathwayItem {
    enum class Kind { Site, Jump, Path };
    Kind kind = Kind::Site;
    std::size_t index = 0;
    friend bool operator==(const PathwayItem&, const PathwayItem&) = default;
};

}  // namespace ionscape::scene
