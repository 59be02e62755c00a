// SPDX-License-Identifier: GPL-3.0-or-later
// What the Transport stage asks for and what it gets: values that threads share and nobody changes.
#pragma once

#include <QStringList>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/transport/concerted_jumps.h"
#include "core/transport/jump_rates.h"
#include "core/transport/migration_path.h"
#include "core/transport/motion_fit.h"

namespace ionscape::gui {

struct TransportSettings {
    crystal::Element mobile = crystal::Element::fromSymbol("Li");
    double charge = 1.0;       ///< of the mobile ion, e
    double skipPs = 0.0;       ///< left out at the beginning
    bool removeDrift = true;   ///< of the framework
    double resolution = 0.35;  ///< largest spacing of the density's grid, Å
    double smoothing = 0.35;   ///< standard deviation, Å
    double prominence = 1.0;   ///< of sites, k_B T
    double coreRadius = 0.0;   ///< of sites, Å; 0 takes their amplitude
    friend bool operator==(const TransportSettings&, const TransportSettings&) = default;
};

/// Displacements and what follows from them for any fit window.
struct MotionResult {
    struct Curve {
        crystal::Element element;
        transport::MsdCurve msd;
    };
    std::vector<Curve> curves;  ///< the mobile ion first
    transport::MotionStatistics statistics;
};

/// Where the ions are and how they get from place to place.
struct PathwayResult {
    std::shared_ptr<const transport::DensityGrid> density;  ///< smoothed
    std::array<double, 3> levels{};  ///< enclosing 95, 75 and 40 % of the ions, Å⁻³
    transport::SiteMap sites;
    transport::JumpRecord record;
    std::vector<transport::SiteResidence> residences;  ///< one a site
    std::vector<transport::HopRate> hops;              ///< the most frequent first
    transport::JumpDiffusivity jumpDiffusivity;
    transport::ConcertedJumps concerted;
    /// Endless paths along a, b, c, where there are any.
    std::vector<transport::MigrationPath> paths;
    std::vector<int> pathAxes;
    transport::PercolationLevels percolation;
};

/// Distances between ions, and how they change with time.
struct StructureResult {
    struct Rdf {
        QString name;           ///< "Li–O"
        std::vector<double> r;  ///< Å
        std::vector<double> g;
        std::vector<double> coordination;  ///< running number of neighbours
    };
    std::vector<Rdf> rdfs;
    /// Self part of the Van Hove function, 4πr²G_s, 1/Å; entry i + r.size() · j.
    std::vector<double> vanHoveR, vanHoveLagPs, vanHove;
};

struct TransportResult {
    TransportSettings settings;
    std::size_t frames = 0;
    double frameIntervalFs = 0.0;
    double temperature = 0.0;  ///< mean, K
    double volume = 0.0;       ///< mean, Å³
    crystal::Lattice lattice;  ///< of the density, mean over the frames
    MotionResult motion;
    /// Each is absent until it has been computed, or where it cannot be; then a note says why.
    std::shared_ptr<const PathwayResult> pathways;
    std::shared_ptr<const StructureResult> structure;
    QStringList notes;
};
using TransportPtr = std::shared_ptr<const TransportResult>;

}  // namespace ionscape::gui
