// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_graph.h"

#include <algorithm>

#include "core/crystal/neighbour_list.h"

namespace ionscape::potential {

namespace {

/// Of the two directions of a pair, the one that represents the bond: towards the higher index, or, for an
/// atom's own image, along the lexicographically positive translation.
bool isRepresentative(const crystal::NeighbourPair& pair) {
    if (pair.i != pair.j) return pair.i < pair.j;
    return pair.image > std::array<std::int32_t, 3>{0, 0, 0};
}

/// One end of a short bond as seen from the atom it is attached to.
struct BondEnd {
    std::int64_t shortBond;
    float sign;
};

void addAngles(ChgnetGraph& graph) {
    std::vector<std::vector<BondEnd>> ends(graph.atomicNumbers.size());
    for (std::size_t s = 0; s < graph.shortBonds.size(); ++s) {
        const auto bond = static_cast<std::size_t>(graph.shortBonds[s]);
        ends[static_cast<std::size_t>(graph.first[bond])].push_back({static_cast<std::int64_t>(s), 1.0f});
        ends[static_cast<std::size_t>(graph.second[bond])].push_back({static_cast<std::int64_t>(s), -1.0f});
    }
    for (std::size_t atom = 0; atom < ends.size(); ++atom) {
        for (std::size_t a = 0; a < ends[atom].size(); ++a) {
            for (std::size_t b = 0; b < ends[atom].size(); ++b) {
                if (a == b) continue;
                graph.angleAtom.push_back(static_cast<std::int64_t>(atom));
                graph.angleBondA.push_back(ends[atom][a].shortBond);
                graph.angleBondB.push_back(ends[atom][b].shortBond);
                graph.angleSignA.push_back(ends[atom][a].sign);
                graph.angleSignB.push_back(ends[atom][b].sign);
            }
        }
    }
}

}  // namespace

ChgnetGraph buildChgnetGraph(const crystal::Structure& structure, double atomCutoff, double bondCutoff) {
    const auto pairs = crystal::neighbourPairs(structure, atomCutoff);
    std::vector<const crystal::NeighbourPair*> bonds;
    bonds.reserve(pairs.size() / 2);
    for (const auto& pair : pairs) {
        if (isRepresentative(pair)) bonds.push_back(&pair);
    }
    const auto shortEnd = std::stable_partition(
        bonds.begin(), bonds.end(), [=](const auto* pair) { return pair->distance < bondCutoff; });

    ChgnetGraph graph;
    graph.structures = 1;
    graph.volumes = {structure.lattice.volume()};
    graph.owner.assign(structure.size(), 0);
    graph.atomicNumbers.reserve(structure.size());
    for (const auto element : structure.elements)
        graph.atomicNumbers.push_back(element.atomicNumber());
    graph.vectors.resize(3, static_cast<Eigen::Index>(bonds.size()));
    for (std::size_t u = 0; u < bonds.size(); ++u) {
        graph.first.push_back(bonds[u]->i);
        graph.second.push_back(bonds[u]->j);
        graph.vectors.col(static_cast<Eigen::Index>(u)) = bonds[u]->vector;
    }
    for (std::int64_t u = 0; u < shortEnd - bonds.begin(); ++u)
        graph.shortBonds.push_back(u);
    addAngles(graph);
    return graph;
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
        const auto column = static_cast<Eigen::Index>(u);
        const Vec3 shift = graph.vectors.col(column) - (structure.position(j) - structure.position(i));
        const Vec3f image = structure.lattice.toFractional(shift).v.array().round().matrix().cast<float>();
        const Vec3f there = positions[i] - (positions[j] + product(image, rows));
        const Vec3f back = positions[j] - (positions[i] + product(-image, rows));
        forward.push_back(there / there.norm());
        backward.push_back(back / back.norm());
        graph.vectors.col(column) = -there.cast<double>();
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
    batch.vectors.conservativeResize(3, bonds + part.bonds());
    batch.vectors.rightCols(part.bonds()) = part.vectors;
    batch.structures += part.structures;
}

}  // namespace ionscape::potential
