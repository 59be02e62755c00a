// SPDX-License-Identifier: GPL-3.0-or-later
// Which host and composition a cell from elsewhere belongs to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/composition/composition.h"

namespace ionscape::composition {

/// How far a cell may be from its host.
struct RecogniseTolerance {
    double length = 0.06;   ///< of each lattice vector, relative
    double angle = 6.0;     ///< between them, degrees
    double distance = 1.2;  ///< of an atom from its site, Å
};

struct RecognisedHost {
    std::string hostId;
    Composition composition;
    int primitiveCells = 1;
    double volumeRatio = 1.0;    ///< cell over host
    double largestStrain = 0.0;  ///< largest principal strain of the lattice, as a fraction
    double rmsShift = 0.0;       ///< of framework atoms from their sites after strain and origin, Å
    double largestShift = 0.0;
    std::string farthestAtom;  ///< "O 17 (O3)", one-based: the one with largestShift
    /// The host's primitive vectors as they lie in the cell, strained and turned, as rows, Å.
    Mat3 primitiveRows = Mat3::Identity();
};

/// Compares stoichiometry (charges must balance), lattice (any supercell of the host's primitive cell in any
/// orientation) and the sites of the framework (any origin); mobile ions may be anywhere. Of several ways to
/// lay the host on the cell the one with the smallest rmsShift is taken. Nothing when it does not fit within
/// the tolerance, or the cell is larger than 64 primitive cells.
std::optional<RecognisedHost> recogniseHost(const Host& host, const crystal::Structure& structure,
                                            const RecogniseTolerance& tolerance = {});

/// The best of several hosts.
std::optional<RecognisedHost> recogniseHost(const std::vector<Host>& hosts,
                                            const crystal::Structure& structure,
                                            const RecogniseTolerance& tolerance = {});

}  // namespace ionscape::composition
