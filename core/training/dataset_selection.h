// SPDX-License-Identifier: GPL-3.0-or-later
// Recipes that choose a few frames of many for labelling and training.
#pragma once

#include <cstdint>
#include <vector>

#include "core/training/dataset.h"

namespace ionscape::training {

/// Relaxation images after Fu et al. (npj Comput. Mater. 12, 178 (2026)): of each composition the first
/// `highEnergy` frames, which lie high in energy as long as frames stand in order of the relaxation, and
/// `random` of the rest. Indices in ascending order.
std::vector<std::size_t> selectRelaxationImages(const Dataset& dataset, int highEnergy, int random,
                                                std::uint64_t seed);

/// How many atoms of an element are "in transition": farther than `distance` (Å, periodic) from every site
/// that such an atom held in the initial structure. Sites move with the cell: they keep their fractional
/// coordinates.
int atomsInTransition(const crystal::Structure& structure, const crystal::Structure& initial,
                      crystal::Element mobile, double distance);

/// Transition-state images of molecular dynamics after Fu et al.: of each composition the `count` frames with
/// the most atoms of the mobile element in transition, counted from the first frame of the composition; of
/// equal ones the earlier. Indices in ascending order. Throws InputError where a composition's cells differ
/// in their atoms or hold no mobile element.
std::vector<std::size_t> selectTransitionImages(const Dataset& dataset, crystal::Element mobile,
                                                double distance, int count);

/// Orderings after Deng et al. (J. Mater. Chem. A (2025)): of each composition `count` frames without
/// replacement, drawn with probability ∝ exp(−E/kT), E the energy above the lowest one of the composition, eV
/// a cell; the lowest one is always among them. Cells of one composition must have one size. Indices in
/// ascending order. Throws InputError for a temperature that is not positive and for cells of several sizes.
std::vector<std::size_t> selectBoltzmann(const Dataset& dataset, double temperatureK, int count,
                                         std::uint64_t seed);

/// The structure under a random symmetric strain whose six components are uniform in ±`largest` (0.03 in
/// Deng et al.); fractional coordinates stay. Deterministic by seed and `number`.
crystal::Structure randomlyStrained(const crystal::Structure& structure, double largest, std::uint64_t seed,
                                    std::uint64_t number);

}  // namespace ionscape::training
