// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/engine_potential.h"

#include "core/potential/threads.h"

namespace ionscape::potential {

EnginePotential::EnginePotential(const ChgnetModelData& data, int threads, const engine::Kernels* kernels)
    : info_(data.info),
      fromPython_(data.fromPython),
      engine_(data, threads > 0 ? threads : computeThreads(), kernels),
      builder_(data.config.atomCutoff, data.config.bondCutoff) {
    info_.parameters = 0;
    for (const NamedArray& array : data.weights)
        info_.parameters += static_cast<long>(array.values.size());
}

long EnginePotential::neighbourSearches() const {
    long searches = builder_.searches();
    for (const auto& builder : batchBuilders_)
        searches += builder.searches();
    return searches;
}

namespace {

/// Results of the structure whose atoms begin at `offset`.
Evaluation resultsOf(const engine::EngineOutput& output, const crystal::Structure& structure,
                     std::size_t index, std::size_t offset, const Request& request) {
    Evaluation result;
    const auto begin = static_cast<Eigen::Index>(offset);
    const auto count = static_cast<Eigen::Index>(structure.size());
    result.energy = output.energies[index];
    result.forces = output.forces.middleCols(begin, count);
    if (request.stress) result.stressGPa = output.stressGPa[index];
    if (!output.magmoms.empty())
        result.magmoms = Eigen::Map<const Eigen::VectorXd>(output.magmoms.data() + begin, count);
    requireFinite(result, structure);
    return result;
}

}  // namespace

Evaluation EnginePotential::evaluate(const crystal::Structure& structure, const Request& request) {
    requireElements(info_, structure);
    ChgnetGraph& graph = builder_.build(structure);
    if (fromPython_) roundLikeReference(graph, structure);
    return resultsOf(engine_.evaluate(graph, request.magmoms), structure, 0, 0, request);
}

std::vector<Evaluation> EnginePotential::evaluateBatch(
    const std::vector<const crystal::Structure*>& structures, const Request& request) {
    for (const auto* structure : structures)
        requireElements(info_, *structure);
    while (batchBuilders_.size() < structures.size())
        batchBuilders_.emplace_back(engine_.config().atomCutoff, engine_.config().bondCutoff);
    clearGraph(batch_);
    std::vector<Evaluation> results(structures.size());
    // The bonds of a structure without any angle do not even get an output layer's bias: such structures go
    // through the engine alone.
    std::vector<std::size_t> together;
    for (std::size_t k = 0; k < structures.size(); ++k) {
        ChgnetGraph& graph = batchBuilders_[k].build(*structures[k]);
        if (fromPython_) roundLikeReference(graph, *structures[k]);
        if (graph.angles() == 0) {
            results[k] = resultsOf(engine_.evaluate(graph, request.magmoms), *structures[k], 0, 0, request);
            continue;
        }
        appendGraph(batch_, graph);
        together.push_back(k);
    }
    if (together.empty()) return results;
    const engine::EngineOutput& output = engine_.evaluate(batch_, request.magmoms);
    std::size_t offset = 0;
    for (std::size_t index = 0; index < together.size(); ++index) {
        const std::size_t k = together[index];
        results[k] = resultsOf(output, *structures[k], index, offset, request);
        offset += structures[k]->size();
    }
    return results;
}

}  // namespace ionscape::potential
