// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/ewald.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::crystal {

namespace {

using units::pi;

const double sqrtPi = std::sqrt(pi);

void requireCharges(const Structure& structure, const Eigen::VectorXd& charges) {
    if (structure.size() == 0) throw InputError("an Ewald sum needs at least one atom");
    if (charges.size() != static_cast<Eigen::Index>(structure.size()) || !charges.allFinite())
        throw InputError("an Ewald sum needs one finite charge for every atom");
}

/// The vectors of half of reciprocal space inside the cutoff, one of each ± pair, and for all atoms
/// exp(i k·r), from powers of three phases an atom.
class ReciprocalSpace {
  public:
    ReciprocalSpace(const Structure& structure, double cutoff)
        : reciprocal_(2.0 * pi * structure.lattice.rows().inverse()), cutoff_(cutoff) {
        for (int axis = 0; axis < 3; ++axis) {
            const double length = structure.lattice.vector(axis).norm();
            limit_[axis] = static_cast<int>(std::floor(cutoff * length / (2.0 * pi)));
        }
        const auto atoms = static_cast<Eigen::Index>(structure.size());
        for (int axis = 0; axis < 3; ++axis) {
            auto& powers = powers_[static_cast<std::size_t>(axis)];
            powers.assign(static_cast<std::size_t>(limit_[axis]) + 1, Eigen::ArrayXcd::Ones(atoms));
            Eigen::ArrayXcd phase(atoms);
            for (Eigen::Index i = 0; i < atoms; ++i) {
                const double f = structure.fractional(static_cast<std::size_t>(i)).v[axis];
                phase[i] = std::polar(1.0, 2.0 * pi * f);
            }
            for (std::size_t n = 1; n < powers.size(); ++n)
                powers[n] = powers[n - 1] * phase;
        }
    }

    /// visit(k, exp(i k·r) of all atoms); k in 1/Å.
    template <class Visit>
    void forEach(Visit&& visit) const {
        for (int h = 0; h <= limit_[0]; ++h) {
            for (int k = h == 0 ? 0 : -limit_[1]; k <= limit_[1]; ++k) {
                for (int l = h == 0 && k == 0 ? 1 : -limit_[2]; l <= limit_[2]; ++l) {
                    const Vec3 wave = reciprocal_ * Vec3(h, k, l);
                    if (wave.squaredNorm() > cutoff_ * cutoff_) continue;
                    visit(wave, Eigen::ArrayXcd(power(0, h) * power(1, k) * power(2, l)));
                }
            }
        }
    }

  private:
    Eigen::ArrayXcd power(std::size_t axis, int n) const {
        const auto& known = powers_[axis][static_cast<std::size_t>(std::abs(n))];
        return n < 0 ? Eigen::ArrayXcd(known.conjugate()) : known;
    }

    Mat3 reciprocal_;  ///< columns are the reciprocal vectors with their 2π
    double cutoff_;
    IntVec3 limit_;
    std::array<std::vector<Eigen::ArrayXcd>, 3> powers_;
};

/// 4π ke/V exp(−k²/4α²)/k², doubled for the half of reciprocal space that is not visited.
double weightOf(const Vec3& wave, double splitting, double volume) {
    const double square = wave.squaredNorm();
    return 2.0 * 4.0 * pi * coulombConstant / volume * std::exp(-square / (4.0 * splitting * splitting)) /
           square;
}

void addRealSpace(const Structure& structure, const Eigen::VectorXd& charges, const EwaldParameters& p,
                  EwaldResult& result, Mat3& virial) {
    for (const NeighbourPair& pair : neighbourPairs(structure, p.realCutoff)) {
        const double r = pair.distance;
        const double ar = p.splitting * r;
        const double screened = coulombConstant * std::erfc(ar) / r;
        result.potentials[pair.i] += charges[pair.j] * screened;
        // −dφ/dr of a unit charge; every pair is visited from both ends.
        const double field =
            screened / r + coulombConstant * 2.0 * p.splitting / sqrtPi * std::exp(-ar * ar) / r;
        const Vec3 force = -charges[pair.i] * charges[pair.j] * field / r * pair.vector;
        result.forces.col(pair.i) += force;
        virial += 0.5 * force * pair.vector.transpose();
    }
}

void addReciprocalSpace(const Structure& structure, const Eigen::VectorXd& charges, const EwaldParameters& p,
                        EwaldResult& result, Mat3& virial) {
    const double volume = structure.lattice.volume();
    ReciprocalSpace(structure, p.reciprocalCutoff).forEach([&](const Vec3& k, const Eigen::ArrayXcd& phase) {
        const double weight = weightOf(k, p.splitting, volume);
        const std::complex<double> factor = (charges.array() * phase).sum();
        const Eigen::ArrayXcd product = phase.conjugate() * factor;
        result.potentials.array() += weight * product.real();
        result.forces -= weight * k * (charges.array() * product.imag()).matrix().transpose();
        const double energy = 0.5 * weight * std::norm(factor);
        const double stretch = 2.0 * (1.0 / k.squaredNorm() + 1.0 / (4.0 * p.splitting * p.splitting));
        virial += energy * (stretch * k * k.transpose() - Mat3::Identity());
    });
}

}  // namespace

EwaldParameters ewaldParameters(const Structure& structure, const Eigen::VectorXd& charges, double accuracy,
                                std::optional<double> splitting) {
    requireCharges(structure, charges);
    if (!(accuracy >= 1e-14 && accuracy <= 1.0))
        throw InputError("the accuracy of an Ewald sum must lie between 1e-14 and 1 eV an atom");
    if (splitting && !(*splitting > 0.0 && std::isfinite(*splitting)))
        throw InputError("the splitting parameter of an Ewald sum must be positive, 1/Å");
    const double atoms = static_cast<double>(structure.size());
    const double volume = structure.lattice.volume();
    EwaldParameters p;
    p.splitting = splitting.value_or(sqrtPi * std::pow(atoms / (volume * volume), 1.0 / 6.0));
    const double square = coulombConstant * charges.squaredNorm() / atoms;
    const double real = sqrtPi * atoms / volume * square / (p.splitting * p.splitting);
    const double reciprocal = square * p.splitting / pi;
    double s = 1.0;
    while (std::max(real, reciprocal) * std::exp(-s * s) / s > accuracy)
        s += 0.01;
    p.realCutoff = s / p.splitting;
    p.reciprocalCutoff = 2.0 * p.splitting * s;
    return p;
}

EwaldResult ewaldSum(const Structure& structure, const Eigen::VectorXd& charges, const EwaldParameters& p) {
    requireCharges(structure, charges);
    const double volume = structure.lattice.volume();
    EwaldResult result;
    result.forces = VectorField::Zero(3, charges.size());
    result.potentials = Eigen::VectorXd::Zero(charges.size());
    Mat3 virial = Mat3::Zero();
    addRealSpace(structure, charges, p, result, virial);
    addReciprocalSpace(structure, charges, p, result, virial);
    const double background = -pi * coulombConstant * charges.sum() / (volume * p.splitting * p.splitting);
    result.potentials.array() += background;
    virial -= 0.5 * charges.sum() * background * Mat3::Identity();
    // The Gaussian of each charge itself, which the reciprocal half holds too.
    result.potentials -= 2.0 * coulombConstant * p.splitting / sqrtPi * charges;
    result.energy = 0.5 * charges.dot(result.potentials);
    result.stressGPa = virial / volume * units::eVPerAngstrom3InGPa;
    return result;
}

EwaldResult ewaldSum(const Structure& structure, const Eigen::VectorXd& charges, double accuracy) {
    return ewaldSum(structure, charges, ewaldParameters(structure, charges, accuracy));
}

Eigen::MatrixXd ewaldMatrix(const Structure& structure, const EwaldParameters& p) {
    requireCharges(structure, Eigen::VectorXd::Zero(static_cast<Eigen::Index>(structure.size())));
    const auto atoms = static_cast<Eigen::Index>(structure.size());
    const double volume = structure.lattice.volume();
    Eigen::MatrixXd matrix =
        Eigen::MatrixXd::Constant(atoms, atoms, -pi * coulombConstant / (volume * p.splitting * p.splitting));
    matrix.diagonal().array() -= 2.0 * coulombConstant * p.splitting / sqrtPi;
    for (const NeighbourPair& pair : neighbourPairs(structure, p.realCutoff))
        matrix(pair.i, pair.j) += coulombConstant * std::erfc(p.splitting * pair.distance) / pair.distance;
    ReciprocalSpace(structure, p.reciprocalCutoff).forEach([&](const Vec3& k, const Eigen::ArrayXcd& phase) {
        const double weight = weightOf(k, p.splitting, volume);
        const Eigen::VectorXd cosine = phase.real(), sine = phase.imag();
        matrix.selfadjointView<Eigen::Lower>().rankUpdate(cosine, weight);
        matrix.selfadjointView<Eigen::Lower>().rankUpdate(sine, weight);
    });
    matrix.triangularView<Eigen::StrictlyUpper>() = matrix.transpose();
    return matrix;
}

}  // namespace ionscape::crystal
