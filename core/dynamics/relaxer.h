// SPDX-License-Identifier: GPL-3.0-or-later
// Relaxation of atoms and cell.
#pragma once

#include <functional>

#include "core/base/progress.h"
#include "core/dynamics/minimiser.h"
#include "core/dynamics/uncertainty.h"
#include "core/potential/potential.h"

namespace ionscape::dynamics {

/// What of the cell may change. Isotropic keeps its shape: all lengths change alike.
enum class CellFilter { Fixed, Isotropic, Full };
/// "fixed", "isotropic", "full"; throws InputError listing the names.
CellFilter cellFilterFromName(const std::string& name);
std::string cellFilterName(CellFilter filter);

struct RelaxSettings {
    CellFilter cell = CellFilter::Full;
    int maxSteps = 500;
    double forceTolerance = 0.05;  ///< eV/Å, largest force on an atom
    /// Largest stress component that may be left where the cell relaxes; of its mean where that is isotropic.
    double stressToleranceGPa = 0.1;
    double maxStep = 0.2;  ///< Å, largest move of an atom in one step
    MinimiserKind minimiser = MinimiserKind::Lbfgs;
    /// How far the members of a committee may disagree; see resolvedSettings().
    UncertaintySettings uncertainty{};
};

/// Throws InputError naming the first setting that is impossible.
void checkSettings(const RelaxSettings& settings);

struct RelaxStep {
    int step = 0;
    double energy = 0.0;        ///< eV
    double maxForce = 0.0;      ///< eV/Å
    double maxStressGPa = 0.0;  ///< 0 when the cell is fixed
    const crystal::Structure* structure = nullptr;
    /// Force spread of a committee, eV/Å; not a number in steps where it was not evaluated.
    double forceSpreadMax = std::numeric_limits<double>::quiet_NaN();
    double forceSpreadMean = std::numeric_limits<double>::quiet_NaN();
};

struct RelaxResult {
    crystal::Structure structure;
    double energy = 0.0;
    double maxForce = 0.0;
    double maxStressGPa = 0.0;
    int steps = 0;
    bool converged = false;
    SpreadRecord spread{};  ///< of a committee
};

using RelaxObserver = std::function<void(const RelaxStep&)>;

/// FIRE 2.0 (Guénolé et al., Comput. Mater. Sci. 175, 109584 (2020)) or preconditioned L-BFGS; the cell moves
/// through the filter of Tadmor et al. (PRB 59, 235 (1999)): deformation gradient and atoms in the undeformed
/// frame as one vector. Not reaching the tolerance within maxSteps is not an error: `converged` says so.
/// Throws InputError for no atoms and two at one point, Cancelled, ModelError, and SpreadStop when a
/// committee disagrees more than settings.uncertainty allows.
RelaxResult relax(const crystal::Structure& start, potential::Potential& potential,
                  const RelaxSettings& settings, const std::stop_token& stop, ProgressSink& progress,
                  const RelaxObserver& observer = {});

}  // namespace ionscape::dynamics
