// SPDX-License-Identifier: GPL-3.0-or-later
// What a run has produced so far, filled by the thread that works and read by the GUI.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/crystal/structure.h"
#include "core/trajectory/frame.h"

namespace ionscape::gui {

/// Thermodynamic state of the stored frames; equal lengths.
struct ThermoSeries {
    std::vector<double> timePs;
    std::vector<double> temperature;      ///< K
    std::vector<double> potentialEnergy;  ///< eV/atom
    /// Force spread of a committee, largest and mean over atoms, eV/Å; not a number where there is none.
    std::vector<double> spreadMax, spreadMean;
};

/// Progress of a relaxation, one entry a step.
struct RelaxSeries {
    std::vector<double> step;
    std::vector<double> energy;    ///< eV/atom
    std::vector<double> maxForce;  ///< eV/Å
    /// Largest force spread of a committee, eV/Å; not a number where there is none.
    std::vector<double> spreadMax;
};

/// Thread-safe: every member may be called from any thread. Frames never change once appended, so they are
/// handed out as shared pointers and a reader keeps the lock only for the copy of pointers.
class RunData {
  public:
    using FramePtr = std::shared_ptr<const trajectory::Frame>;

    /// The structure as it is now (built, or during relaxation).
    void setStructure(const crystal::Structure& structure);
    void appendRelaxStep(double step, double energyPerAtom, double maxForce,
                         double spreadMax = std::numeric_limits<double>::quiet_NaN());
    /// Force spread above which the committee is not trusted, eV/Å; 0 for none.
    void setSpreadThreshold(double threshold);
    /// Velocities are dropped: no view shows them.
    void append(const trajectory::Frame& frame);

    crystal::Structure structure() const;
    double spreadThreshold() const;
    /// Largest force spread of the latest frame or relaxation step that has one, eV/Å.
    std::optional<double> latestSpread() const;
    std::size_t frameCount() const;
    FramePtr frame(std::size_t index) const;
    /// Null before the first frame.
    FramePtr latest() const;
    /// Every `stride`-th frame from the first.
    std::vector<FramePtr> frames(std::size_t stride = 1) const;
    /// Entries from `begin` on, so that a plot appends what is new.
    ThermoSeries thermo(std::size_t begin = 0) const;
    RelaxSeries relaxation(std::size_t begin = 0) const;
    /// Changes whenever anything was added.
    std::uint64_t version() const;
    /// Changes when setStructure was called.
    std::uint64_t structureVersion() const;

  private:
    mutable std::mutex mutex_;
    crystal::Structure structure_;
    std::vector<FramePtr> frames_;
    RelaxSeries relaxation_;
    double spreadThreshold_ = 0.0;
    std::optional<double> latestSpread_;
    std::uint64_t version_ = 0;
    std::uint64_t structureVersion_ = 0;
};

}  // namespace ionscape::gui
