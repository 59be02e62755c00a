// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/evaluate.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace ionscape::training {

void ErrorAccumulator::add(const io::LabelledStructure& label, double energy, const VectorField& forces,
                           const Mat3& stressGPa, const std::optional<Eigen::VectorXd>& magmoms) {
    const double atoms = static_cast<double>(label.structure.size());
    const double energyError = (energy - *label.energy) / atoms * 1000.0;
    ++sums_.frames;
    sums_.energyMae += std::abs(energyError);
    sums_.energyRmse += energyError * energyError;
    const VectorField forceError = forces - *label.forces;
    sums_.forceMae += forceError.cwiseAbs().sum();
    sums_.forceRmse += forceError.squaredNorm();
    forceComponents_ += 3.0 * atoms;
    sums_.meanForce += label.forces->colwise().norm().sum();
    atoms_ += atoms;
    if (label.stressGPa) {
        const Mat3 stressError = stressGPa - *label.stressGPa;
        ++sums_.stressFrames;
        sums_.stressMae += stressError.cwiseAbs().mean();
        sums_.stressRmse += stressError.squaredNorm() / 9.0;
    }
    if (!label.magmoms || !magmoms) return;
    for (Eigen::Index i = 0; i < label.magmoms->size(); ++i) {
        if (!std::isfinite((*label.magmoms)[i])) continue;
        const double error = std::abs((*magmoms)[i]) - std::abs((*label.magmoms)[i]);
        ++sums_.magmomAtoms;
        sums_.magmomMae += std::abs(error);
        sums_.magmomRmse += error * error;
    }
}

ErrorMetrics ErrorAccumulator::metrics() const {
    ErrorMetrics m = sums_;
    const double frames = std::max<double>(1.0, static_cast<double>(m.frames));
    const double stressFrames = std::max<double>(1.0, static_cast<double>(m.stressFrames));
    const double components = std::max(1.0, forceComponents_);
    m.energyMae /= frames;
    m.energyRmse = std::sqrt(m.energyRmse / frames);
    m.forceMae /= components;
    m.forceRmse = std::sqrt(m.forceRmse / components);
    m.stressMae /= stressFrames;
    m.stressRmse = std::sqrt(m.stressRmse / stressFrames);
    m.meanForce /= std::max(1.0, atoms_);
    const double magmomAtoms = std::max<double>(1.0, static_cast<double>(m.magmomAtoms));
    m.magmomMae /= magmomAtoms;
    m.magmomRmse = std::sqrt(m.magmomRmse / magmomAtoms);
    return m;
}

nlohmann::json metricsToJson(const ErrorMetrics& m) {
    const auto given = [](std::size_t count, double value) {
        return count > 0 ? nlohmann::json(value) : nlohmann::json();
    };
    return {{"frames", m.frames},
            {"stress_frames", m.stressFrames},
            {"magmom_atoms", m.magmomAtoms},
            {"energy_mae_meV_per_atom", m.energyMae},
            {"energy_rmse_meV_per_atom", m.energyRmse},
            {"force_mae_eV_per_A", m.forceMae},
            {"force_rmse_eV_per_A", m.forceRmse},
            {"stress_mae_GPa", given(m.stressFrames, m.stressMae)},
            {"stress_rmse_GPa", given(m.stressFrames, m.stressRmse)},
            {"magmom_mae_muB", given(m.magmomAtoms, m.magmomMae)},
            {"magmom_rmse_muB", given(m.magmomAtoms, m.magmomRmse)},
            {"mean_force_eV_per_A", m.meanForce}};
}

ErrorMetrics metricsFromJson(const nlohmann::json& json) {
    const auto number = [&json](const char* name) {
        const auto& value = json.at(name);
        return value.is_null() ? 0.0 : value.get<double>();
    };
    ErrorMetrics m;
    json.at("frames").get_to(m.frames);
    json.at("stress_frames").get_to(m.stressFrames);
    json.at("magmom_atoms").get_to(m.magmomAtoms);
    m.energyMae = number("energy_mae_meV_per_atom");
    m.energyRmse = number("energy_rmse_meV_per_atom");
    m.forceMae = number("force_mae_eV_per_A");
    m.forceRmse = number("force_rmse_eV_per_A");
    m.stressMae = number("stress_mae_GPa");
    m.stressRmse = number("stress_rmse_GPa");
    m.magmomMae = number("magmom_mae_muB");
    m.magmomRmse = number("magmom_rmse_muB");
    m.meanForce = number("mean_force_eV_per_A");
    return m;
}

ErrorMetrics evaluate(potential::Potential& potential, const Dataset& dataset, const std::stop_token& stop,
                      ProgressSink& progress, CalibrationAccumulator* calibration) {
    ErrorAccumulator errors;
    const auto total = static_cast<std::int64_t>(dataset.frames.size());
    for (std::int64_t i = 0; i < total; ++i) {
        throwIfStopped(stop);
        const auto& frame = dataset.frames[static_cast<std::size_t>(i)];
        const auto result = potential.evaluate(
            frame.structure,
            {.stress = true, .magmoms = frame.magmoms.has_value(), .spread = calibration != nullptr});
        if (calibration != nullptr) calibration->add(result, *frame.forces);
        errors.add(frame, result.energy, result.forces, *result.stressGPa, result.magmoms);
        progress.report("evaluate", i + 1, total, "");
    }
    return errors.metrics();
}

}  // namespace ionscape::training
