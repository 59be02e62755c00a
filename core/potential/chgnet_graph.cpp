// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_graph.h"

#include "core/potential/chgnet_graph_builder.h"

namespace ionscape::potential {

ChgnetGraph buildChgnetGraph(const crystal::Structure& structure, double atomCutoff, double bondCutoff) {
    return ChgnetGraphBuilder(atomCutoff, bondCutoff, 0.0).build(structure);
}

namespace {

using Vec3f = Eigen::Vector3f;

/// coefficients · rows in float32, summed in order of the rows.
Vec3f product(const Vec3f& coefficients, const Eigen::Matrix3f& rows) {
    Vec3f result;
    for (int c = 0; c < 3; ++c) {
        result[c] =
            coefficients[0] * rows(0, c) + coefficients[1] * rows(1, c) + coefficients[2] * rows(2, c);
    }
    return result;
}

}  // namespace

void roundLikeReference(ChgnetGraph& graph, const crystal::Structure& structure) {
    const Eigen::Matrix3f rows = structure.lattice.rows().cast<float>();
    std::vector<Vec3f> positions;
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        positions.push_back(product(structure.fractional(atom).v.cast<float>(), rows));
    }
    // Unit vectors of both directed edges of each bond: they are rounded differently.
    std::vector<Vec3f> forward, backward;
    for (std::size_t u = 0; u < graph.first.size(); ++u) {
        const auto i = static_cast<std::size_t>(graph.first[u]);
        const auto j = static_cast<std::size_t>(graph.second[u]);
        const Vec3 shift = graph.vectors[u] - (structure.position(j) - structure.position(i));
        const Vec3f image = structure.lattice.toFractional(shift).v.array().round().matrix().cast<float>();
        const Vec3f there = positions[i] - (positions[j] + product(image, rows));
        const Vec3f back = positions[j] - (positions[i] + product(-image, rows));
        forward.push_back(there / there.norm());
        backward.push_back(back / back.norm());
        graph.vectors[u] = -there.cast<double>();
    }
    graph.roundedCosines.clear();
    const auto unit = [&](std::int64_t shortBond, float sign) {
        const auto bond = static_cast<std::size_t>(graph.shortBonds[static_cast<std::size_t>(shortBond)]);
        return sign > 0 ? forward[bond] : backward[bond];
    };
    for (std::size_t a = 0; a < graph.angleAtom.size(); ++a) {
        const Vec3f first = unit(graph.angleBondA[a], graph.angleSignA[a]);
        const Vec3f second = unit(graph.angleBondB[a], graph.angleSignB[a]);
        const float cosine = first[0] * second[0] + first[1] * second[1] + first[2] * second[2];
        graph.roundedCosines.push_back(cosine * static_cast<float>(straightAngleFactor));
    }
}

void clearGraph(ChgnetGraph& graph) {
    for (auto* list : {&graph.atomicNumbers, &graph.owner, &graph.first, &graph.second, &graph.shortBonds,
                       &graph.angleAtom, &graph.angleBondA, &graph.angleBondB})
        list->clear();
    for (auto* list : {&graph.angleSignA, &graph.angleSignB, &graph.roundedCosines})
        list->clear();
    graph.vectors.clear();
    graph.volumes.clear();
    graph.structures = 0;
}

void appendGraph(ChgnetGraph& batch, const ChgnetGraph& part) {
    const std::int64_t atoms = batch.atoms();
    const std::int64_t bonds = batch.bonds();
    const auto shortBonds = static_cast<std::int64_t>(batch.shortBonds.size());
    const auto extend = [](std::vector<std::int64_t>& to, const std::vector<std::int64_t>& from,
                           std::int64_t shift) {
        to.reserve(to.size() + from.size());
        for (const std::int64_t index : from)
            to.push_back(index + shift);
    };
    extend(batch.atomicNumbers, part.atomicNumbers, 0);
    extend(batch.owner, part.owner, batch.structures);
    extend(batch.first, part.first, atoms);
    extend(batch.second, part.second, atoms);
    extend(batch.shortBonds, part.shortBonds, bonds);
    extend(batch.angleAtom, part.angleAtom, atoms);
    extend(batch.angleBondA, part.angleBondA, shortBonds);
    extend(batch.angleBondB, part.angleBondB, shortBonds);
    for (const auto& [to, from] : {std::pair{&batch.angleSignA, &part.angleSignA},
                                   {&batch.angleSignB, &part.angleSignB},
                                   {&batch.roundedCosines, &part.roundedCosines}}) {
        to->insert(to->end(), from->begin(), from->end());
    }
    batch.volumes.insert(batch.volumes.end(), part.volumes.begin(), part.volumes.end());
    batch.vectors.insert(batch.vectors.end(), part.vectors.begin(), part.vectors.end());
    batch.structures += part.structures;
}

}  // namespace ionscape::potential
