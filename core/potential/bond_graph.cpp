// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/bond_graph.h"

#include "core/crystal/neighbour_list.h"

namespace ionscape::potential {

namespace {

/// Of the two directions of a pair, the one that represents the bond.
bool isRepresentative(const crystal::NeighbourPair& pair) {
    if (pair.i != pair.j) return pair.i < pair.j;
    return pair.image > std::array<std::int32_t, 3>{0, 0, 0};
}

}  // namespace

BondGraph buildBondGraph(const crystal::Structure& structure, double cutoff) {
    const auto pairs = crystal::neighbourPairs(structure, cutoff);
    BondGraph graph;
    graph.vectors.resize(3, static_cast<Eigen::Index>(pairs.size() / 2));
    graph.start.assign(structure.size() + 1, 0);
    for (const auto& pair : pairs) {
        if (!isRepresentative(pair)) continue;
        graph.vectors.col(static_cast<Eigen::Index>(graph.first.size())) = pair.vector;
        graph.first.push_back(pair.i);
        graph.second.push_back(pair.j);
        ++graph.start[static_cast<std::size_t>(pair.i) + 1];
        ++graph.start[static_cast<std::size_t>(pair.j) + 1];
    }
    for (std::size_t n = 0; n < structure.size(); ++n)
        graph.start[n + 1] += graph.start[n];
    const std::size_t ends = 2 * graph.first.size();
    graph.endBond.resize(ends);
    graph.endOther.resize(ends);
    graph.endSign.resize(ends);
    std::vector<std::int64_t> next(graph.start.begin(), graph.start.end() - 1);
    const auto add = [&](std::int64_t atom, std::int64_t other, std::size_t bond, std::int64_t sign) {
        const auto at = static_cast<std::size_t>(next[static_cast<std::size_t>(atom)]++);
        graph.endBond[at] = static_cast<std::int64_t>(bond);
        graph.endOther[at] = other;
        graph.endSign[at] = sign;
    };
    for (std::size_t b = 0; b < graph.first.size(); ++b) {
        add(graph.first[b], graph.second[b], b, -1);
        add(graph.second[b], graph.first[b], b, 1);
    }
    return graph;
}

}  // namespace ionscape::potential
