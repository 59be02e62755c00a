// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/thermostat.h"

#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/base/name_table.h"

namespace ionscape::dynamics {

namespace {

/// Gamma deviate of shape ≥ 1 and scale 1 (Marsaglia & Tsang, ACM Trans. Math. Softw. 26, 363 (2000)).
double gammaDeviate(double shape, RandomStream& random) {
    const double d = shape - 1.0 / 3.0, c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = random.normal();
        const double v = std::pow(1.0 + c * x, 3);
        if (!(v > 0.0)) continue;
        if (std::log(1.0 - random.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
}

/// Sum of the squares of `count` normal deviates.
double chiSquared(double count, RandomStream& random) {
    if (count >= 2.0) return 2.0 * gammaDeviate(0.5 * count, random);
    const double x = count >= 1.0 ? random.normal() : 0.0;
    return x * x;
}

const NameTable<Thermostat>& names() {
    static const NameTable<Thermostat> table("thermostat", {{Thermostat::Bussi, "bussi"},
                                                            {Thermostat::NoseHoover, "nose-hoover"},
                                                            {Thermostat::Langevin, "langevin"},
                                                            {Thermostat::Berendsen, "berendsen"},
                                                            {Thermostat::None, "none"}});
    return table;
}

}  // namespace

const std::vector<Thermostat>& thermostats() {
    return names().values();
}

Thermostat thermostatFromName(const std::string& name) {
    return names().value(name);
}

std::string thermostatName(Thermostat thermostat) {
    return names().name(thermostat);
}

double berendsenFactor(double temperature, double bathTemperature, double timestepFs, double tauFs) {
    if (temperature <= 0.0) return 1.0;
    return std::sqrt(1.0 + timestepFs / tauFs * (bathTemperature / temperature - 1.0));
}

double bussiFactor(double kinetic, double meanKinetic, double degreesOfFreedom, double timestepFs,
                   double tauFs, RandomStream& random) {
    if (kinetic <= 0.0) return 1.0;
    const double keep = std::exp(-timestepFs / tauFs);
    const double first = random.normal();
    const double others = chiSquared(degreesOfFreedom - 1.0, random);
    const double share = (1.0 - keep) * meanKinetic / (degreesOfFreedom * kinetic);
    const double squared = keep + share * (first * first + others) + 2.0 * first * std::sqrt(keep * share);
    const double factor = std::sqrt(std::max(squared, 0.0));
    // The velocities turn round where the exact propagator of the kinetic energy goes through zero.
    return first + std::sqrt(keep / share) < 0.0 ? -factor : factor;
}

NoseHooverChain::NoseHooverChain(double degreesOfFreedom, double kT, double tauFs)
    : degrees_(degreesOfFreedom), kT_(kT), tauFs_(tauFs) {}

/// eV fs²: the bath's own frequency is that of `tauFs_`.
double NoseHooverChain::mass(std::size_t link) const {
    const double time = tauFs_ / (2.0 * M_PI);
    return (link == 0 ? degrees_ : 1.0) * kT_ * time * time;
}

double NoseHooverChain::halfStep(std::vector<double>& bath, double kinetic, double timestepFs) const {
    if (bath.empty()) bath.assign(2 * length, 0.0);
    if (bath.size() != 2 * length) throw InputError("the state of the Nosé–Hoover chain has a wrong length");
    double* position = bath.data();
    double* velocity = bath.data() + length;
    const double cube = std::cbrt(2.0);
    const std::array<double, 3> weights{1.0 / (2.0 - cube), -cube / (2.0 - cube), 1.0 / (2.0 - cube)};
    double scale = 1.0;
    const auto push = [&](std::size_t i, double h) {
        const double driven = i == 0 ? 2.0 * kinetic * scale * scale - degrees_ * kT_
                                     : mass(i - 1) * velocity[i - 1] * velocity[i - 1] - kT_;
        // The link above rubs this one, half before and half after the push.
        const double rub = i + 1 < length ? std::exp(-0.25 * h * velocity[i + 1]) : 1.0;
        velocity[i] = (velocity[i] * rub + 0.5 * h * driven / mass(i)) * rub;
    };
    for (const double weight : weights) {
        const double h = 0.5 * weight * timestepFs;
        for (std::size_t i = length; i-- > 0;)
            push(i, h);
        scale *= std::exp(-h * velocity[0]);
        for (std::size_t i = 0; i < length; ++i)
            position[i] += h * velocity[i];
        for (std::size_t i = 0; i < length; ++i)
            push(i, h);
    }
    return scale;
}

double NoseHooverChain::energy(const std::vector<double>& bath) const {
    double sum = 0.0;
    if (bath.size() != 2 * length) return sum;
    for (std::size_t i = 0; i < length; ++i) {
        const double velocity = bath[length + i];
        sum += 0.5 * mass(i) * velocity * velocity + (i == 0 ? degrees_ : 1.0) * kT_ * bath[i];
    }
    return sum;
}

}  // namespace ionscape::dynamics
