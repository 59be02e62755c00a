// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/evaluate.h"

#include <algorithm>
#include <cmath>

namespace ionscape::training {

void ErrorAccumulator::add(const io::LabelledStructure& label, double energy, const VectorField& forces,
                           const Mat3& stressGPa) {
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
    return m;
}

ErrorMetrics evaluate(potential::Potential& potential, const Dataset& dataset, const std::stop_token& stop,
                      ProgressSink& progress) {
    ErrorAccumulator errors;
    const auto total = static_cast<std::int64_t>(dataset.frames.size());
    for (std::int64_t i = 0; i < total; ++i) {
        throwIfStopped(stop);
        const auto& frame = dataset.frames[static_cast<std::size_t>(i)];
        const auto result = potential.evaluate(frame.structure, {.stress = true, .magmoms = false});
        errors.add(frame, result.energy, result.forces, *result.stressGPa);
        progress.report("evaluate", i + 1, total, "");
    }
    return errors.metrics();
}

}  // namespace ionscape::training
