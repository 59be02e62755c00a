// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/barostat.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/name_table.h"
#include "core/base/units.h"

namespace ionscape::dynamics {

namespace {

const NameTable<Barostat>& names() {
    static const NameTable<Barostat> table("barostat", {{Barostat::None, "none"},
                                                        {Barostat::StochasticCellRescaling, "c-rescale"},
                                                        {Barostat::Berendsen, "berendsen"}});
    return table;
}

}  // namespace

const std::vector<Barostat>& barostats() {
    return names().values();
}

Barostat barostatFromName(const std::string& name) {
    return names().value(name);
}

std::string barostatName(Barostat barostat) {
    return names().name(barostat);
}

void checkSettings(const BarostatSettings& s) {
    if (s.kind == Barostat::None) return;
    const auto require = [](bool ok, const char* what) {
        if (!ok) throw InputError(std::string("molecular dynamics: ") + what);
    };
    require(std::isfinite(s.pressureGPa), "the pressure must be a finite number, GPa");
    require(std::isfinite(s.couplingFs) && s.couplingFs > 0.0,
            "the coupling time of the barostat must be positive, fs");
    require(std::isfinite(s.compressibilityPerGPa) && s.compressibilityPerGPa > 0.0,
            "the compressibility must be positive, 1/GPa");
    require(
        s.isotropic || s.kind == Barostat::Berendsen,
        "stochastic cell rescaling changes all lengths alike; for a cell that also changes its shape take "
        "the Berendsen barostat");
}

Mat3 pressureTensorGPa(const Mat3& stressGPa, const Eigen::VectorXd& masses, const VectorField& velocities,
                       double volume) {
    const Mat3 kinetic =
        units::amuAngstrom2PerFs2InEV * (velocities * masses.asDiagonal() * velocities.transpose());
    return -stressGPa + units::eVPerAngstrom3InGPa / volume * kinetic;
}

Mat3 barostatStrain(const BarostatSettings& settings, const Mat3& pressureGPa, double volume, double kT,
                    double timestepFs, RandomStream& random) {
    const double rate = settings.compressibilityPerGPa / settings.couplingFs * timestepFs;  // per GPa
    const Mat3 excess = pressureGPa - settings.pressureGPa * Mat3::Identity();
    if (!settings.isotropic) return rate / 3.0 * 0.5 * (excess + excess.transpose());
    double growth = rate * excess.trace() / 3.0;
    if (settings.kind == Barostat::StochasticCellRescaling)
        growth += std::sqrt(2.0 * kT * units::eVPerAngstrom3InGPa / volume * rate) * random.normal();
    return std::expm1(growth / 3.0) * Mat3::Identity();
}

}  // namespace ionscape::dynamics
