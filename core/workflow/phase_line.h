// SPDX-License-Identifier: GPL-3.0-or-later
// Energies of the compositions between end members of one host, ready for a convex hull.
#pragma once

#include "core/composition/convex_hull.h"
#include "core/workflow/ensemble_run.h"

namespace ionscape::workflow {

struct PhaseLineSpec {
    /// Two (a line), three (a triangle) or more formulas of the host.
    std::vector<std::string> endMembers;
    /// Compositions on each edge, end members included: shares are multiples of 1/(points − 1).
    int points = 5;
    /// Host, how cells are decorated and relaxed, and the potential; formula, output and structures are set
    /// for each composition.
    EnsembleSpec each;
    /// Each composition gets a file of runEnsemble here, and is continued or taken from it the next time.
    std::filesystem::path folder = "hull";
};

struct LinePoint {
    std::vector<double> shares;  ///< of the end members, formula units, adding up to one
    std::string formula;         ///< per formula unit of the host
    EnsembleSummary ensemble;
    /// Lowest of the relaxed decorations.
    double lowestEnergyPerAtom = 0.0;
};

/// All shares of `members` end members in steps of 1/(points − 1), the first member's falling.
std::vector<std::vector<double>> simplexGrid(std::size_t members, int points);

/// Builds, relaxes and ranks the decorations of every composition of the grid. Compositions that no cell of
/// the spec holds are an InputError before anything is computed, naming the composition. Throws
/// ConvergenceError when no decoration of a composition relaxes, and as runEnsemble does.
std::vector<LinePoint> runPhaseLine(const PhaseLineSpec& spec, const std::stop_token& stop,
                                    ProgressSink& progress);

/// As entries of a hull; labelled with the name of the potential.
std::vector<composition::PhaseEntry> phaseEntries(const std::vector<LinePoint>& points);

}  // namespace ionscape::workflow
