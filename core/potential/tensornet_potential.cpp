// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/tensornet_potential.h"

#include <c10/util/Exception.h>

#include "core/base/units.h"

namespace ionscape::potential {

TensorNetPotential::TensorNetPotential(const TensorNetData& data, Precision precision)
    : info_(data.info), model_(data, precision) {
    for (std::size_t i = 0; i < data.config.elements.size(); ++i) {
        speciesOf_[static_cast<std::size_t>(data.config.elements[i].atomicNumber())] =
            static_cast<std::int64_t>(i);
    }
}

Evaluation TensorNetPotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(info_, structure);
    std::vector<std::int64_t> species;
    for (const auto element : structure.elements)
        species.push_back(speciesOf_[static_cast<std::size_t>(element.atomicNumber())]);
    const BondGraph graph = buildBondGraph(structure, info_.cutoff);
    TensorNetOutput output;
    try {
        output = model_.evaluate(graph, species);
    } catch (const c10::Error& error) {
        throw ModelError(info_.name + ": the evaluation failed: " + error.what_without_backtrace());
    }
    Evaluation result;
    result.energy = output.energy;
    result.forces = VectorField::Zero(3, static_cast<Eigen::Index>(structure.size()));
    Mat3 virial = Mat3::Zero();
    for (std::int64_t b = 0; b < graph.bonds(); ++b) {
        const Vec3 gradient = output.bondGradients.col(b);
        // dE/dr of a bond pulls its first atom along, its second back.
        result.forces.col(graph.first[static_cast<std::size_t>(b)]) += gradient;
        result.forces.col(graph.second[static_cast<std::size_t>(b)]) -= gradient;
        virial += graph.vectors.col(b) * gradient.transpose();
    }
    if (request.stress) {
        // Rotational invariance makes it symmetric up to rounding.
        result.stressGPa =
            0.5 * (virial + virial.transpose()) * (units::eVPerAngstrom3InGPa / structure.lattice.volume());
    }
    requireFinite(result, structure);
    return result;
}

}  // namespace ionscape::potential
