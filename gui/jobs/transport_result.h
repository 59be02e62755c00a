// SPDX-License-Identifier: GPL-3.0-or-later
// What the Transport stage asks for and what it gets: values that threads share and nobody changes.
#pragma once

#include <QStringList>
#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/transport/motion_fit.h"
#include "core/transport/pathways.h"

namespace ionscape::gui {

struct TransportSettings {
    crystal::Element mobile = crystal::Element::fromSymbol("Li");
    double charge = 1.0;      ///< of the mobile ion, e
    double skipPs = 0.0;      ///< left out at the beginning
    bool removeDrift = true;  ///< of the framework
    /// K, of conductivities and free energies; 0 takes the mean of the frames.
    double temperature = 0.0;
    // The defaults of the command line (transport::PathwaySettings).
    double resolution =
        transport::PathwaySettings{}.resolution;                ///< largest spacing of the density's grid, Å
    double smoothing = transport::PathwaySettings{}.smoothing;  ///< standard deviation, Å
    double prominence = transport::PathwaySettings{}.prominence;  ///< of sites, k_B T
    double coreRadius = transport::PathwaySettings{}.coreRadius;  ///< of sites, Å; 0 takes their amplitude
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
    transport::Pathways found;
    std::array<double, 3> levels{};  ///< of the density, enclosing 95, 75 and 40 % of the ions, Å⁻³
    /// Axes (0, 1, 2) along which there is an endless path: those that are drawn, in this order.
    std::vector<int> axes;
    const transport::MigrationPath& path(std::size_t drawn) const {
        return *found.paths.at(static_cast<std::size_t>(axes.at(drawn)));
    }
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
    /// Non-Gaussian parameter α₂ against the lag time.
    std::vector<double> momentLagPs, nonGaussian;
    /// How far each mobile ion was from its start in the last frame, and in the farthest one, Å.
    std::vector<double> lastDisplacement, largestDisplacement;
};

struct TransportResult {
    TransportSettings settings;
    std::size_t frames = 0;
    double frameIntervalFs = 0.0;
    double beginFs = 0.0;          ///< time of the first frame
    double temperature = 0.0;      ///< that of the settings, or the mean, K
    double meanTemperature = 0.0;  ///< of the frames, K
    double volume = 0.0;           ///< mean, Å³
    crystal::Lattice lattice;      ///< of the density, mean over the frames
    MotionResult motion;
    /// Each is absent until it has been computed, or where it cannot be; then a note says why.
    std::shared_ptr<const PathwayResult> pathways;
    std::shared_ptr<const StructureResult> structure;
    QStringList notes;
};
using TransportPtr = std::shared_ptr<const TransportResult>;

}  // namespace ionscape::gui
