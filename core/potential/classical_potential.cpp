// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/classical_potential.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/units.h"
#include "core/crystal/ewald.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::potential {

namespace {

/// A net charge below this is the rounding of decimal fractions, e.
constexpr double neutral = 1e-6;

void require(bool ok, const char* what) {
    if (!ok) throw InputError(std::string("classical potential: ") + what);
}

void requireSensible(const PairTerms& t) {
    require(std::isfinite(t.epsilon) && std::isfinite(t.a) && std::isfinite(t.c),
            "energies of the pair terms must be finite numbers");
    require(t.epsilon == 0.0 || (t.sigma > 0.0 && std::isfinite(t.sigma)), "sigma must be positive");
    require(t.a == 0.0 || (t.rho > 0.0 && std::isfinite(t.rho)), "rho must be positive");
}

/// erfc(αr)/r and its derivative, times ke.
PairValue screened(double r, double damping) {
    const double ar = damping * r;
    const double energy = crystal::coulombConstant * std::erfc(ar) / r;
    const double gauss =
        2.0 * damping / std::sqrt(units::pi) * std::exp(-ar * ar) * crystal::coulombConstant / r;
    return {energy, -energy / r - gauss};
}

Eigen::VectorXd chargesOf(const ClassicalModel& model, const crystal::Structure& structure) {
    Eigen::VectorXd charges = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(structure.size()));
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const auto found = model.charges.find(structure.elements[i]);
        if (found != model.charges.end()) charges[static_cast<Eigen::Index>(i)] = found->second;
    }
    return charges;
}

}  // namespace

ClassicalPotential::ClassicalPotential(ClassicalModel model) : model_(std::move(model)) {
    require(model_.cutoff > 0.0 && std::isfinite(model_.cutoff), "the cutoff must be positive");
    require(model_.truncation != Truncation::Smooth ||
                (model_.fadeWidth > 0.0 && model_.fadeWidth <= model_.cutoff),
            "the smoothing width must be positive and not exceed the cutoff");
    for (const auto& [element, charge] : model_.charges)
        require(std::isfinite(charge), "charges must be finite numbers");
    for (const auto& [elements, terms] : model_.pairs) {
        requireSensible(terms);
        functions_.emplace(elements, PairFunction(terms, model_.truncation, model_.cutoff, model_.fadeWidth));
    }
    if (model_.coulomb == CoulombMethod::DampedShiftedForce) {
        require(model_.coulombCutoff > 0.0 && std::isfinite(model_.coulombCutoff),
                "the Coulomb cutoff must be positive");
        require(model_.dampingPerA >= 0.0 && std::isfinite(model_.dampingPerA),
                "the damping must be zero or more");
        coulombAtCutoff_ = screened(model_.coulombCutoff, model_.dampingPerA);
    }
    model_.info.cutoff = model_.coulomb == CoulombMethod::DampedShiftedForce
                             ? std::max(model_.cutoff, model_.coulombCutoff)
                             : model_.cutoff;
}

const PairFunction* ClassicalPotential::find(crystal::Element first, crystal::Element second) const {
    const auto found = functions_.find(std::minmax(first, second));
    return found == functions_.end() ? nullptr : &found->second;
}

PairValue ClassicalPotential::dampedCoulomb(double r) const {
    if (r >= model_.coulombCutoff) return {};
    const PairValue value = screened(r, model_.dampingPerA);
    return {value.energy - coulombAtCutoff_.energy - (r - model_.coulombCutoff) * coulombAtCutoff_.slope,
            value.slope - coulombAtCutoff_.slope};
}

Evaluation ClassicalPotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(model_.info, structure);
    const bool damped = model_.coulomb == CoulombMethod::DampedShiftedForce;
    const Eigen::VectorXd charges = chargesOf(model_, structure);
    Evaluation result;
    result.forces = VectorField::Zero(3, charges.size());
    Mat3 virial = Mat3::Zero();
    for (const auto& pair : crystal::neighbourPairs(structure, model_.info.cutoff)) {
        const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
        PairValue value;
        if (const PairFunction* function = find(structure.elements[i], structure.elements[j])) {
            if (pair.distance < function->innerMaximum()) {
                throw ModelError(fmt::format(
                    "atoms {} ({}) and {} ({}) are {:.3f} Å apart, where the dispersion of '{}' beats its "
                    "repulsion (below {:.3f} Å) and pulls them into each other; start from a structure with "
                    "longer distances",
                    i + 1, structure.elements[i].symbol(), j + 1, structure.elements[j].symbol(),
                    pair.distance, model_.info.name, function->innerMaximum()));
            }
            value = function->at(pair.distance);
        }
        if (damped) {
            const PairValue coulomb = dampedCoulomb(pair.distance);
            const double product = charges[pair.i] * charges[pair.j];
            value.energy += product * coulomb.energy;
            value.slope += product * coulomb.slope;
        }
        // Every pair is visited from both ends.
        result.energy += 0.5 * value.energy;
        const Vec3 force = value.slope / pair.distance * pair.vector;
        result.forces.col(pair.i) += force;
        virial += 0.5 * force * pair.vector.transpose();
    }
    Mat3 stress = virial / structure.lattice.volume() * units::eVPerAngstrom3InGPa;
    if (damped) {
        const double self = crystal::coulombConstant * model_.dampingPerA / std::sqrt(units::pi) +
                            0.5 * coulombAtCutoff_.energy;
        result.energy -= self * charges.squaredNorm();
    } else if (model_.coulomb == CoulombMethod::Ewald) {
        if (std::abs(charges.sum()) > neutral) {
            throw ModelError(
                fmt::format("{} has a net charge of {:+g} e with the charges of '{}'; its energy "
                            "per cell is not defined: choose a neutral composition",
                            structure.formula(), charges.sum(), model_.info.name));
        }
        const auto coulomb = crystal::ewaldSum(structure, charges, model_.ewaldAccuracy);
        result.energy += coulomb.energy;
        result.forces += coulomb.forces;
        stress += coulomb.stressGPa;
    }
    if (request.stress) result.stressGPa = Mat3(0.5 * (stress + stress.transpose()));
    requireFinite(result, structure);
    return result;
}

}  // namespace ionscape::potential
