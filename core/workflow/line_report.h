// SPDX-License-Identifier: GPL-3.0-or-later
// What the plot and the table of a line between two end members show.
#pragma once

#include <array>

#include "core/workflow/phase_line.h"

namespace ionscape::workflow {

/// One composition of the line. Energies of formation are those from the two end members of the line, each
/// with its lowest decoration.
struct LineRow {
    double fraction = 0.0;  ///< of the second end member, formula units
    std::string formula;
    double formationEnergy = 0.0;      ///< eV/atom, lowest decoration: what enters the hull
    double meanFormationEnergy = 0.0;  ///< eV/atom, mean over the decorations
    /// eV/atom, standard deviation over the decorations; not a number for a single one.
    double spread = 0.0;
    std::size_t decorations = 0;  ///< that relaxed
    double aboveHull = 0.0;       ///< eV/atom
    /// Against the best mixture of everything else; absent for end members that nothing else makes.
    std::optional<double> decompositionEnergy;
    std::string products;  ///< as composition::decompositionText
};

struct LineReport {
    std::vector<LineRow> rows;
    /// The lower hull along the line: fraction of the second end member, eV/atom above the end members. Below
    /// zero where a competing phase draws it down, also at the ends.
    std::vector<std::array<double, 2>> hull;
};

/// \param points  of a line with two end members, the first and last of them the end members
/// \param competing  phases off the line or on it, from the same potential
/// \param samples  of the hull between two neighbouring points: the energy per atom of a mixture is no
/// straight
///     line where the end members differ in their number of atoms
/// Throws InputError for another number of end members and fewer than two points.
LineReport lineReport(const std::vector<LinePoint>& points,
                      const std::vector<composition::PhaseEntry>& competing, int samples = 16);

/// Probability ∝ exp(−E_hull/kT) of each composition, E_hull in eV/atom, as configurations are drawn from a
/// phase diagram in Deng et al., J. Mater. Chem. A (2025), 10.1039/d5ta05321h. They add up to one. Throws
/// InputError for T ≤ 0.
std::vector<double> hullWeights(const LineReport& report, double temperature);

}  // namespace ionscape::workflow
