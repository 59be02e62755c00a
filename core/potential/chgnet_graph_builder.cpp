// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/chgnet_graph_builder.h"

#include <Eigen/LU>
#include <algorithm>

namespace ionscape::potential {

namespace {

/// Of the two directions of a pair, the one that represents the bond: towards the higher index, or, for an
/// atom's own image, along the lexicographically positive translation.
bool isRepresentative(const crystal::NeighbourPair& pair) {
    if (pair.i != pair.j) return pair.i < pair.j;
    return pair.image > std::array<std::int32_t, 3>{0, 0, 0};
}

}  // namespace

ChgnetGraphBuilder::ChgnetGraphBuilder(double atomCutoff, double bondCutoff, double skin)
    : atomCutoff_(atomCutoff), bondCutoff_(bondCutoff), skin_(skin) {}

bool ChgnetGraphBuilder::stillHolds(const crystal::Structure& structure) const {
    if (searches_ == 0 || structure.elements != reference_.elements) return false;
    // x -> x F takes the lattice of the search to the present one.
    const Mat3 deformation = reference_.lattice.rows().inverse() * structure.lattice.rows();
    const double strain = (deformation - Mat3::Identity()).norm();
    double largest = 0.0;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        const Vec3 expected = deformation.transpose() * reference_.position(i);
        largest = std::max(largest, (structure.position(i) - expected).squaredNorm());
    }
    // A pair at cutoff + skin or beyond came closer by at most this.
    return 2.0 * std::sqrt(largest) + strain * (atomCutoff_ + skin_) < skin_;
}

void ChgnetGraphBuilder::search(const crystal::Structure& structure) {
    candidates_.clear();
    for (const auto& pair : crystal::neighbourPairs(structure, atomCutoff_ + skin_)) {
        if (isRepresentative(pair)) candidates_.push_back({pair.i, pair.j, pair.image});
    }
    reference_ = structure;
    ++searches_;
}

ChgnetGraph& ChgnetGraphBuilder::build(const crystal::Structure& structure) {
    if (!stillHolds(structure)) search(structure);
    ChgnetGraph& g = graph_;
    g.structures = 1;
    g.volumes.assign(1, structure.lattice.volume());
    g.owner.assign(structure.size(), 0);
    g.atomicNumbers.clear();
    for (const auto element : structure.elements)
        g.atomicNumbers.push_back(element.atomicNumber());
    for (auto* list : {&g.first, &g.second, &g.shortBonds, &longFirst_, &longSecond_})
        list->clear();
    g.vectors.clear();
    longVectors_.clear();
    g.roundedCosines.clear();
    const Mat3 rows = structure.lattice.rows();
    for (const Candidate& c : candidates_) {
        const Vec3 shift = rows.transpose() * Vec3(c.image[0], c.image[1], c.image[2]);
        const Vec3 vector = structure.position(static_cast<std::size_t>(c.j)) + shift -
                            structure.position(static_cast<std::size_t>(c.i));
        const double squared = vector.squaredNorm();
        if (squared >= atomCutoff_ * atomCutoff_) continue;
        if (squared == 0.0) {
            search(structure);  // names the two atoms
        }
        const bool isShort = squared < bondCutoff_ * bondCutoff_;
        if (isShort) g.shortBonds.push_back(g.bonds());
        (isShort ? g.first : longFirst_).push_back(c.i);
        (isShort ? g.second : longSecond_).push_back(c.j);
        (isShort ? g.vectors : longVectors_).push_back(vector);
    }
    g.first.insert(g.first.end(), longFirst_.begin(), longFirst_.end());
    g.second.insert(g.second.end(), longSecond_.begin(), longSecond_.end());
    g.vectors.insert(g.vectors.end(), longVectors_.begin(), longVectors_.end());
    addAngles();
    return g;
}

void ChgnetGraphBuilder::addAngles() {
    ChgnetGraph& g = graph_;
    const std::size_t atoms = g.atomicNumbers.size();
    endOffsets_.assign(atoms + 1, 0);
    for (const auto bond : g.shortBonds) {
        ++endOffsets_[static_cast<std::size_t>(g.first[static_cast<std::size_t>(bond)]) + 1];
        ++endOffsets_[static_cast<std::size_t>(g.second[static_cast<std::size_t>(bond)]) + 1];
    }
    for (std::size_t i = 0; i < atoms; ++i)
        endOffsets_[i + 1] += endOffsets_[i];
    cursor_.assign(endOffsets_.begin(), endOffsets_.end() - 1);
    endBonds_.resize(endOffsets_.back());
    endSigns_.resize(endOffsets_.back());
    for (const auto bond : g.shortBonds) {
        const auto at = static_cast<std::size_t>(bond);
        for (const auto& [atom, sign] : {std::pair{g.first[at], 1.0f}, {g.second[at], -1.0f}}) {
            const std::size_t slot = cursor_[static_cast<std::size_t>(atom)]++;
            endBonds_[slot] = bond;
            endSigns_[slot] = sign;
        }
    }
    for (auto* list : {&g.angleAtom, &g.angleBondA, &g.angleBondB})
        list->clear();
    g.angleSignA.clear();
    g.angleSignB.clear();
    for (std::size_t atom = 0; atom < atoms; ++atom) {
        for (std::size_t a = endOffsets_[atom]; a < endOffsets_[atom + 1]; ++a) {
            for (std::size_t b = endOffsets_[atom]; b < endOffsets_[atom + 1]; ++b) {
                if (a == b) continue;
                g.angleAtom.push_back(static_cast<std::int64_t>(atom));
                g.angleBondA.push_back(endBonds_[a]);
                g.angleBondB.push_back(endBonds_[b]);
                g.angleSignA.push_back(endSigns_[a]);
                g.angleSignB.push_back(endSigns_[b]);
            }
        }
    }
}

}  // namespace ionscape::potential
