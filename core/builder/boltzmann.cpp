// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/boltzmann.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"

namespace ionscape::builder {

BoltzmannAverage boltzmannAverage(const std::vector<double>& energies,
                                  const std::vector<double>& multiplicities, double temperature) {
    const auto finite = [](double x) { return std::isfinite(x); };
    const auto positive = [](double g) { return g > 0.0 && std::isfinite(g); };
    if (energies.empty() || !std::all_of(energies.begin(), energies.end(), finite))
        throw InputError("Boltzmann weights need at least one energy, and finite ones");
    if (!(temperature > 0.0 && std::isfinite(temperature)))
        throw InputError("Boltzmann weights need a temperature above 0 K");
    if (!multiplicities.empty() && (multiplicities.size() != energies.size() ||
                                    !std::all_of(multiplicities.begin(), multiplicities.end(), positive)))
        throw InputError("Boltzmann weights need one positive multiplicity for every energy");

    const double kT = units::boltzmann * temperature;
    const double lowest = *std::min_element(energies.begin(), energies.end());
    BoltzmannAverage average;
    double sum = 0.0;
    for (std::size_t i = 0; i < energies.size(); ++i) {
        const double g = multiplicities.empty() ? 1.0 : multiplicities[i];
        average.weights.push_back(g * std::exp(-(energies[i] - lowest) / kT));
        sum += average.weights.back();
    }
    double first = 0.0, second = 0.0;  // moments of E − lowest
    for (std::size_t i = 0; i < energies.size(); ++i) {
        average.weights[i] /= sum;
        const double above = energies[i] - lowest;
        first += average.weights[i] * above;
        second += average.weights[i] * above * above;
    }
    average.freeEnergy = lowest - kT * std::log(sum);
    average.energy = lowest + first;
    average.entropy = (average.energy - average.freeEnergy) / temperature;
    average.heatCapacity = std::max(second - first * first, 0.0) / (kT * temperature);
    return average;
}

}  // namespace ionscape::builder
