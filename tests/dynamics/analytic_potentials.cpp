// SPDX-License-Identifier: GPL-3.0-or-later
#include "analytic_potentials.h"

#include <cmath>

#include "core/base/random.h"
#include "core/base/units.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::testing {

potential::Evaluation HarmonicWells::evaluate(const crystal::Structure& structure,
                                              const potential::Request& request) {
    potential::Evaluation e;
    if (request.stress)
        e.stressGPa = Mat3::Zero();  // the wells are outside of the cell and pull nothing in it
    const VectorField displacement = structure.positions - centres_;
    e.forces = -stiffness_ * displacement;
    e.energy = 0.5 * stiffness_ * displacement.squaredNorm();
    return e;
}

std::pair<double, double> LennardJones::bare(double r) const {
    const double s6 = std::pow(sigma_ / r, 6);
    return {4.0 * epsilon_ * (s6 * s6 - s6), 4.0 * epsilon_ * (-12.0 * s6 * s6 + 6.0 * s6) / r};
}

std::pair<double, double> LennardJones::pair(double r) const {
    const auto [energy, slope] = bare(r);
    const auto [cutEnergy, cutSlope] = bare(cutoff_);
    return {energy - cutEnergy - cutSlope * (r - cutoff_), slope - cutSlope};
}

potential::Evaluation LennardJones::evaluate(const crystal::Structure& structure,
                                             const potential::Request& request) {
    potential::Evaluation e;
    e.forces = VectorField::Zero(3, structure.positions.cols());
    Mat3 virial = Mat3::Zero();
    for (const auto& p : crystal::neighbourPairs(structure, cutoff_)) {  // each pair comes twice: halves
        const auto [energy, slope] = pair(p.distance);
        e.energy += 0.5 * energy;
        e.forces.col(p.i) += slope / p.distance * p.vector;
        virial += 0.5 * slope / p.distance * p.vector * p.vector.transpose();
    }
    if (request.stress) e.stressGPa = virial / structure.lattice.volume() * units::eVPerAngstrom3InGPa;
    return e;
}

crystal::Structure fccCrystal(const char* element, double a, int repeats) {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(a * repeats * Mat3::Identity()));
    const auto type = crystal::Element::fromSymbol(element);
    const Vec3 basis[4] = {{0, 0, 0}, {0, 0.5, 0.5}, {0.5, 0, 0.5}, {0.5, 0.5, 0}};
    for (int i = 0; i < repeats; ++i)
        for (int j = 0; j < repeats; ++j)
            for (int k = 0; k < repeats; ++k)
                for (const auto& b : basis)
                    s.append(type, a * (Vec3(i, j, k) + b));
    return s;
}

crystal::Structure rattled(crystal::Structure structure, double width, std::uint64_t seed) {
    RandomStream random(seed, "rattle");
    for (auto& x : structure.positions.reshaped())
        x += width * random.normal();
    return structure;
}

}  // namespace ionscape::testing
