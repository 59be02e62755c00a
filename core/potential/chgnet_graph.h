// SPDX-License-Identifier: GPL-3.0-or-later
// The atom graph and bond graph of a CHGNet model.
#pragma once

#include <cstdint>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::potential {

/// Cosines are taken slightly inside [-1, 1], where arccos has a finite slope (as the Python package does).
inline constexpr double straightAngleFactor = 1.0 - 1e-6;

/// Graph of one structure, or of several side by side. Bonds are undirected pairs within the atom cutoff;
/// bond u gives two directed edges: edge u from `first` to `second`, and edge u + bonds() back. Bonds shorter
/// than the bond cutoff come first within a single structure and are the nodes of the bond graph.
struct ChgnetGraph {
    std::vector<std::int64_t> atomicNumbers;
    /// Structure each atom belongs to.
    std::vector<std::int64_t> owner;
    std::vector<std::int64_t> first, second;
    /// r_second − r_first (periodic image included), Å.
    std::vector<Vec3> vectors;
    /// Bonds in the bond graph, indices into the above.
    std::vector<std::int64_t> shortBonds;
    /// Angles: centre atom, and two different short bonds (positions in shortBonds) that meet there. Each
    /// unordered pair appears in both orders.
    std::vector<std::int64_t> angleAtom, angleBondA, angleBondB;
    /// +1 where the bond's vector starts at the centre atom, −1 where it ends there.
    std::vector<float> angleSignA, angleSignB;
    /// Cosines of the angles × straightAngleFactor, rounded as the Python package does (see
    /// roundLikeReference); empty = take the exact ones.
    std::vector<float> roundedCosines;
    std::int64_t structures = 0;
    /// Å³, one a structure.
    std::vector<double> volumes;

    std::int64_t atoms() const { return static_cast<std::int64_t>(atomicNumbers.size()); }
    std::int64_t bonds() const { return static_cast<std::int64_t>(first.size()); }
    std::int64_t angles() const { return static_cast<std::int64_t>(angleAtom.size()); }
};

/// Builds the graph of a structure. Cutoffs in Å. Throws InputError for atoms on top of each other.
/// ChgnetGraphBuilder does the same for structures that change little by little.
ChgnetGraph buildChgnetGraph(const crystal::Structure& structure, double atomCutoff, double bondCutoff);

/// Gives the bond vectors and cosines the rounding errors they have in the Python package, where positions
/// are products of float32 fractional coordinates and lattice. Next to straight angles (O–Zr–O) the slope of
/// arccos amplifies that rounding to 3e-4 eV/Å, so that an exact evaluation differs from the package by as
/// much.
void roundLikeReference(ChgnetGraph& graph, const crystal::Structure& structure);

/// Empties a graph; its memory stays for the next one.
void clearGraph(ChgnetGraph& graph);

/// Appends `part` to `batch`, shifting indices.
void appendGraph(ChgnetGraph& batch, const ChgnetGraph& part);

}  // namespace ionscape::potential
