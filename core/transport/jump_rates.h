// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers drawn from recorded jumps: occupancies, residence times, rates, activation energies, diffusivity.
#pragma once

#include "core/transport/jumps.h"
#include "core/transport/msd.h"

namespace ionscape::transport {

/// What the ions in one site do.
struct SiteResidence {
    double occupancy = 0.0;  ///< mean number of ions that belong to the site
    std::int64_t departures = 0;
    /// Mean time to the next departure, ps: the time ions belonged to the site over the departures, which is
    /// the maximum-likelihood value also for stays that the run cuts off. Infinite without a departure.
    double meanTimePs = 0.0;
    double errorPs = 0.0;  ///< one standard deviation, meanTimePs/√departures
};

/// One a site, in their order.
std::vector<SiteResidence> siteResidences(const JumpRecord& record);

/// Lengths of the complete stays in a site, ps: those whose arrival and departure were both seen. Their mean
/// is below the true one in short runs, which see no long stays.
std::vector<double> completeStaysPs(const JumpRecord& record, int site);

/// Jumps along one directed connection.
struct HopRate {
    int from = 0;
    int to = 0;
    IntVec3 translation = IntVec3::Zero();
    Vec3 vector = Vec3::Zero();  ///< Å
    double distance = 0.0;       ///< Å
    std::int64_t count = 0;
    /// Jumps per ion in `from` and time, 1/ps.
    double rate = 0.0;
    double error = 0.0;  ///< of Poisson counts, rate/√count
};

/// Every connection that was used, the most frequent first.
std::vector<HopRate> hopRates(const JumpRecord& record);

/// Entry (i, j): jumps from site i to site j, whatever the cell.
Eigen::MatrixXi jumpMatrix(const JumpRecord& record);

struct ActivationEnergy {
    double energy = 0.0;  ///< eV
    double error = 0.0;   ///< one standard deviation from the rate's, eV
};

/// −k_B T ln(Γ/ν0): the barrier that a rate stands for, as in GEMDAT and in de Klerk, van der Maas &
/// Wagemaker, ACS Appl. Energy Mater. 1, 3230 (2018). \param rate, rateError  1/ps \param attemptTHz  attempt
/// frequency ν0 Throws InputError unless rate, frequency and temperature (K) are positive.
ActivationEnergy activationEnergy(double rate, double rateError, double attemptTHz, double temperature);

/// All jumps between two groups of sites over about the same distance.
struct JumpType {
    int fromGroup = 0;
    int toGroup = 0;
    double distance = 0.0;  ///< mean, Å
    std::int64_t count = 0;
    /// Jumps of this type per ion in a site of fromGroup and time, 1/ps.
    double rate = 0.0;
    double error = 0.0;
    /// Indices into the hop rates.
    std::vector<std::size_t> hops;
};

/// Joins connections whose groups agree and whose distances lie within `distanceTolerance` (Å) of their
/// neighbour in the sorted list. Sorted by group, then distance.
std::vector<JumpType> jumpTypes(const JumpRecord& record, const std::vector<HopRate>& hops,
                                double distanceTolerance = 0.3);

struct JumpDiffusivity {
    double coefficient = 0.0;  ///< D_J = Σ l²/(2 · 3 · N t), cm²/s
    double error = 0.0;        ///< of independent jumps, √(Σ l⁴)/(2 · 3 · N t), cm²/s
    /// Σ l lᵀ/(2 N t), Cartesian, cm²/s; D_J is a third of its trace, half of a planar part is that of a
    /// plane.
    Mat3 tensor = Mat3::Zero();
    std::int64_t jumps = 0;
};

/// Diffusivity that the jumps would bring about were their directions independent (Van der Ven et al., Acc.
/// Chem. Res. 46, 1216 (2013)). Zero without jumps.
JumpDiffusivity jumpDiffusivity(const JumpRecord& record);

/// Ions placed at the centres of their sites, without vibration, as a trajectory of at most `mostFrames`
/// equally spaced frames: its MSD is that of the jumps alone. Ions that never reached a core are left out; an
/// ion stands at its first site until it leaves it. Throws InputError when no ion is left or for fewer than
/// two frames.
TrajectoryView siteTrajectory(const JumpRecord& record, crystal::Element mobile,
                              std::size_t mostFrames = 5000);

struct CorrelationFactor {
    double factor = 0.0;  ///< f = D*/D_J: 1 for a random walk, less where ions jump back
    double error = 0.0;
};

/// \param tracer, tracerError  D*, cm²/s. Throws InputError when there were no jumps.
CorrelationFactor correlationFactor(double tracer, double tracerError, const JumpDiffusivity& jumps);

}  // namespace ionscape::transport
