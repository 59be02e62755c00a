// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_potential.h"

#include <ATen/ATen.h>

#include "core/potential/chgnet_output.h"

namespace ionscape::potential {

ChgnetPotential::ChgnetPotential(const ChgnetModelData& data, Precision precision)
    : info_(data.info),
      roundLikeReference_(data.fromPython && precision == Precision::Single),
      model_(data, precision) {
    info_.parameters = 0;
    for (const NamedArray& array : data.weights)
        info_.parameters += static_cast<long>(array.values.size());
}

Evaluation ChgnetPotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(info_, structure);
    const ChgnetConfig& config = model_.config();
    ChgnetGraph graph = buildChgnetGraph(structure, config.atomCutoff, config.bondCutoff);
    if (roundLikeReference_) roundLikeReference(graph, structure);
    ChgnetOutput output;
    try {
        output = model_.evaluate(graph, request, false);
    } catch (const c10::Error& error) {
        throw ModelError(info_.name + ": the evaluation failed: " + error.what_without_backtrace());
    }
    Evaluation result;
    result.energy = output.energy[0].item<double>();
    const auto atoms = static_cast<Eigen::Index>(structure.size());
    result.forces = Eigen::Map<const VectorField>(output.forces.contiguous().data_ptr<double>(), 3, atoms);
    if (request.stress) {
        const at::Tensor stress = output.stressGPa.contiguous();
        result.stressGPa = Eigen::Map<const Mat3>(stress.data_ptr<double>());
        // Rotational invariance makes it symmetric up to rounding.
        result.stressGPa = Mat3(0.5 * (*result.stressGPa + result.stressGPa->transpose()));
    }
    if (output.magmoms.defined()) {
        const at::Tensor magmoms = output.magmoms.to(at::kDouble).contiguous();
        result.magmoms = Eigen::Map<const Eigen::VectorXd>(magmoms.data_ptr<double>(), atoms);
    }
    requireFinite(result, structure);
    return result;
}

}  // namespace ionscape::potential
