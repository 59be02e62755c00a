// SPDX-License-Identifier: GPL-3.0-or-later
// A periodic structure: a lattice, and for each atom its element, Cartesian position and (optionally) site
// label.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/crystal/element.h"
#include "core/crystal/lattice.h"

namespace ionscape::crystal {

struct Structure {
    Lattice lattice;
    std::vector<Element> elements;
    /// Cartesian, Å, 3 × N; not necessarily inside the cell.
    VectorField positions = VectorField(3, 0);
    /// The sublattice or site each atom was put on ("M", "T", "Li", "O"); empty, or one entry an atom.
    std::vector<std::string> siteLabels;

    std::size_t size() const { return elements.size(); }
    Vec3 position(std::size_t atom) const { return positions.col(static_cast<Eigen::Index>(atom)); }
    Fractional fractional(std::size_t atom) const { return lattice.toFractional(position(atom)); }
    void append(Element element, const Vec3& cartesian, const std::string& siteLabel = {});

    /// Number of atoms of each element.
    std::map<Element, int> elementCounts() const;
    /// Atoms of one element, in order.
    std::vector<std::size_t> atomsOf(Element element) const;
    /// Reduced formula in order of appearance, e.g. "Li3Zr2Si2PO12".
    std::string formula() const;
    /// Masses, amu, one an atom.
    Eigen::VectorXd masses() const;
    /// g/cm³.
    double density() const;
    /// Atoms reordered: entry i of the result is atom order[i] of this one.
    Structure reordered(const std::vector<std::size_t>& order) const;
    /// The same crystal with every atom moved into the cell.
    Structure wrapped() const;

    /// Throws InputError when sizes disagree, a coordinate is not finite, there is no atom, or two atoms are
    /// closer than `minimumDistance` (Å, periodic); the message names the atoms (one-based) and their
    /// distance.
    void validate(double minimumDistance = 0.5) const;
};

/// Scales the cell and the atoms with it: positions and lattice rows are multiplied by `deformation` from the
/// right.
Structure deformed(const Structure& structure, const Mat3& deformation);

}  // namespace ionscape::crystal
