// SPDX-License-Identifier: GPL-3.0-or-later
// CHGNet graphs of a structure that changes little by little: the neighbour search is not repeated each time.
#pragma once

#include <vector>

#include "core/crystal/neighbour_list.h"
#include "core/potential/chgnet_graph.h"

namespace ionscape::potential {

/// Keeps all pairs within cutoff + skin and searches again only when a pair outside could have come within
/// the cutoff: atoms moved, relative to the deformed cell, by half of what the skin leaves. The graph is the
/// same, to the order of its bonds, whenever the last search was.
class ChgnetGraphBuilder {
  public:
    /// Cutoffs and skin in Å.
    ChgnetGraphBuilder(double atomCutoff, double bondCutoff, double skin = 0.7);

    /// Valid until the next call. Throws InputError for atoms on top of each other.
    ChgnetGraph& build(const crystal::Structure& structure);

    /// Neighbour searches so far.
    long searches() const { return searches_; }

  private:
    bool stillHolds(const crystal::Structure& structure) const;
    void search(const crystal::Structure& structure);
    void addAngles();

    double atomCutoff_, bondCutoff_, skin_;
    long searches_ = 0;
    crystal::Structure reference_;
    struct Candidate {
        std::int32_t i, j;
        std::array<std::int32_t, 3> image;
    };
    /// One direction of each pair within cutoff + skin, sorted by i, j, image.
    std::vector<Candidate> candidates_;
    ChgnetGraph graph_;
    // Scratch that keeps its memory.
    std::vector<std::int64_t> longFirst_, longSecond_;
    std::vector<Vec3> longVectors_;
    /// Short bonds at each atom: offsets, bonds, and the sign of their vector seen from the atom.
    std::vector<std::size_t> endOffsets_, cursor_;
    std::vector<std::int64_t> endBonds_;
    std::vector<float> endSigns_;
};

}  // namespace ionscape::potential
