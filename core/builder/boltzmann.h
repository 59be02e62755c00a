// SPDX-License-Identifier: GPL-3.0-or-later
// Thermal averages over decorations: weights, free energy, entropy.
#pragma once

#include <vector>

namespace ionscape::builder {

struct BoltzmannAverage {
    /// Probability of each member, g_i exp(−E_i/kT) / Z; they add up to one.
    std::vector<double> weights;
    double freeEnergy = 0.0;    ///< −kT ln Z, in the unit of the energies (eV)
    double energy = 0.0;        ///< ⟨E⟩, eV
    double entropy = 0.0;       ///< (⟨E⟩ − F)/T, eV/K
    double heatCapacity = 0.0;  ///< (⟨E²⟩ − ⟨E⟩²)/(kT²), eV/K
};

/// \param energies  of whole cells, eV: a weight depends on the size of the cell
/// \param multiplicities  decorations that each member stands for (of an enumeration); empty: one each. For
///     random draws leave them out: a draw meets a decoration as often as it has equivalents already.
/// \param temperature  K
/// F then includes the configurational entropy of the decorations listed, up to k ln(Σ g) for an enumeration;
/// of a sample it means F relative to the sample's own size. Sums are taken relative to the lowest energy, so
/// that nothing overflows. Throws InputError for no energy, numbers that are not finite, a multiplicity that
/// is not positive, unequal lengths, and T ≤ 0.
BoltzmannAverage boltzmannAverage(const std::vector<double>& energies,
                                  const std::vector<double>& multiplicities, double temperature);

}  // namespace ionscape::builder
