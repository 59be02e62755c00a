// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/relaxer.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/base/name_table.h"
#include "core/base/units.h"

namespace ionscape::dynamics {

namespace {

using crystal::Lattice;
using crystal::Structure;

/// Largest change of a component of the deformation gradient in one step.
constexpr double largestStrainStep = 0.01;
/// Volume ratios beyond which a cell is no longer the crystal that was given.
constexpr double smallestVolumeRatio = 0.5;
constexpr double largestVolumeRatio = 2.0;

/// The generalised coordinates: atoms u in the undeformed frame and, with a free cell, the deformation
/// gradient F with r = F u and lattice rows L = L0 F. F is kept symmetric: every shape of the cell can be
/// reached that way, and a rotation, which costs no energy and would drift, cannot.
class Coordinates {
  public:
    Coordinates(const Structure& start, CellFilter filter)
        : start_(start),
          undeformed_(start.positions),
          cell_(filter != CellFilter::Fixed),
          isotropic_(filter == CellFilter::Isotropic),
          atoms_(start.positions.cols()) {
        // With √N Å per unit of F the stiffness of the cell per coordinate is V/N times an elastic constant,
        // close to that of a bond for any size of the cell, so that one time step suits both.
        scale_ = std::sqrt(static_cast<double>(atoms_));
    }

    Eigen::Index cellSize() const { return cell_ ? 9 : 0; }
    Eigen::Index size() const { return 3 * atoms_ + cellSize(); }

    Structure structure() const {
        Structure s = start_;
        if (cell_) s.lattice = Lattice(start_.lattice.rows() * gradient_);
        s.positions = gradient_ * undeformed_;
        return s;
    }

    /// −∂E/∂(coordinates): F f for the atoms, −V σ F⁻¹ (symmetric part) for the cell.
    Eigen::VectorXd force(const potential::Evaluation& e, double volume) const {
        Eigen::VectorXd g(size());
        const VectorField onAtoms = gradient_ * e.forces;
        g.head(3 * atoms_) = onAtoms.reshaped();
        if (cell_) {
            const Mat3 stress = *e.stressGPa / units::eVPerAngstrom3InGPa;
            const Mat3 pull = -volume * stress * gradient_.inverse() / scale_;
            const Mat3 allowed = isotropic_ ? Mat3(pull.trace() / 3.0 * Mat3::Identity())
                                            : Mat3(0.5 * (pull + pull.transpose()));
            g.tail(9) = allowed.reshaped();
        }
        return g;
    }

    /// Factor by which a move must be shortened to stay within `maxStep` (Å) and the strain limit.
    double limit(const Eigen::VectorXd& move, double maxStep) const {
        const auto atoms = move.head(3 * atoms_).reshaped(3, atoms_);
        double factor = std::min(1.0, maxStep / std::max(atoms.colwise().norm().maxCoeff(), 1e-300));
        if (cell_) {
            const double strain = move.tail(9).cwiseAbs().maxCoeff() / scale_;
            factor = std::min(factor, largestStrainStep / std::max(strain, 1e-300));
        }
        return factor;
    }

    void advance(const Eigen::VectorXd& move) {
        undeformed_ += move.head(3 * atoms_).reshaped(3, atoms_);
        if (cell_) gradient_ += move.tail(9).reshaped(3, 3) / scale_;
        const double ratio = gradient_.determinant();
        if (ratio < smallestVolumeRatio || ratio > largestVolumeRatio) {
            throw ConvergenceError(fmt::format(
                "relaxation changed the volume of the cell by a factor of {:.2f}: the structure is not "
                "bound, or the "
                "potential does not know it; relax it with a fixed cell or start from a better structure",
                ratio));
        }
    }

  private:
    Structure start_;
    VectorField undeformed_;
    Mat3 gradient_ = Mat3::Identity();
    bool cell_, isotropic_;
    Eigen::Index atoms_;
    double scale_ = 1.0;
};

/// GPa, of what the filter lets relax.
double largestStress(const potential::Evaluation& evaluation, CellFilter filter) {
    if (filter == CellFilter::Fixed) return 0.0;
    const Mat3& stress = evaluation.stressGPa.value();
    return filter == CellFilter::Isotropic ? std::abs(stress.trace()) / 3.0 : stress.cwiseAbs().maxCoeff();
}

const NameTable<CellFilter>& filterNames() {
    static const NameTable<CellFilter> table(
        "cell filter",
        {{CellFilter::Fixed, "fixed"}, {CellFilter::Isotropic, "isotropic"}, {CellFilter::Full, "full"}});
    return table;
}

}  // namespace

CellFilter cellFilterFromName(const std::string& name) {
    return filterNames().value(name);
}

std::string cellFilterName(CellFilter filter) {
    return filterNames().name(filter);
}

void checkSettings(const RelaxSettings& s) {
    if (s.maxSteps < 0) throw InputError("relaxation: the number of steps must not be negative");
    checkSettings(s.uncertainty);
    if (!(s.forceTolerance > 0.0) || !(s.stressToleranceGPa > 0.0) || !(s.maxStep > 0.0)) {
        throw InputError("relaxation: force tolerance, stress tolerance and largest step must be positive");
    }
}

RelaxResult relax(const Structure& start, potential::Potential& potential, const RelaxSettings& settings,
                  const std::stop_token& stop, ProgressSink& progress, const RelaxObserver& observer) {
    checkSettings(settings);
    if (start.size() == 0) throw InputError("relaxation: the structure has no atoms");
    Coordinates coordinates(start, settings.cell);
    const auto minimiser = makeMinimiser(settings.minimiser, start, coordinates.cellSize());
    potential::Request request;
    request.stress = settings.cell != CellFilter::Fixed;

    RelaxResult result;
    for (;; ++result.steps) {
        throwIfStopped(stop);
        const auto& limits = settings.uncertainty;
        request.spread = limits.every > 0 && result.steps % limits.every == 0;
        result.structure = coordinates.structure();
        const auto evaluation = potential.evaluate(result.structure, request);
        potential::requireFinite(evaluation, result.structure);
        result.energy = evaluation.energy;
        result.maxForce = evaluation.forces.colwise().norm().maxCoeff();
        result.maxStressGPa = largestStress(evaluation, settings.cell);
        result.converged =
            result.maxForce <= settings.forceTolerance && result.maxStressGPa <= settings.stressToleranceGPa;

        const bool tooFar = result.spread.add(result.steps, evaluation, limits.thresholdEvPerA);
        const auto [spreadMax, spreadMean] = result.spread.takePending();
        if (observer) {
            observer({result.steps, result.energy, result.maxForce, result.maxStressGPa, &result.structure,
                      spreadMax, spreadMean});
        }
        progress.report("relax", result.steps, settings.maxSteps,
                        fmt::format("max force {:.3f} eV/Å", result.maxForce));
        if (tooFar && limits.action == SpreadAction::Stop) {
            Eigen::Index atom = 0;
            evaluation.forceSpread->maxCoeff(&atom);
            throw SpreadStop(spreadMessage({result.steps, atom, spreadMax}, result.structure,
                                           limits.thresholdEvPerA,
                                           fmt::format("relaxation step {}", result.steps)));
        }
        if (result.converged || result.steps >= settings.maxSteps) return result;

        const auto force = coordinates.force(evaluation, result.structure.lattice.volume());
        coordinates.advance(minimiser->move(result.energy, force, [&](const Eigen::VectorXd& move) {
            return coordinates.limit(move, settings.maxStep);
        }));
    }
}

}  // namespace ionscape::dynamics
