// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/parity.h"

#include <array>
#include <utility>

namespace ionscape::training {

namespace {

constexpr std::array<std::pair<int, int>, 6> voigt{{{0, 0}, {1, 1}, {2, 2}, {1, 2}, {0, 2}, {0, 1}}};

void append(Pairs& pairs, double reference, double predicted) {
    pairs.reference.push_back(reference);
    pairs.predicted.push_back(predicted);
}

}  // namespace

Parity measureParity(potential::Potential& potential, const Dataset& dataset, const std::stop_token& stop,
                     ProgressSink& progress) {
    Parity parity;
    ErrorAccumulator errors;
    const auto total = static_cast<std::int64_t>(dataset.frames.size());
    for (std::int64_t i = 0; i < total; ++i) {
        throwIfStopped(stop);
        const auto& frame = dataset.frames[static_cast<std::size_t>(i)];
        const auto result = potential.evaluate(frame.structure, {.stress = true, .magmoms = false});
        errors.add(frame, result.energy, result.forces, *result.stressGPa);
        const double atoms = static_cast<double>(frame.structure.size());
        append(parity.energy, *frame.energy / atoms, result.energy / atoms);
        for (Eigen::Index k = 0; k < result.forces.size(); ++k)
            append(parity.force, frame.forces->data()[k], result.forces.data()[k]);
        if (frame.stressGPa) {
            for (const auto& [row, column] : voigt)
                append(parity.stress, (*frame.stressGPa)(row, column), (*result.stressGPa)(row, column));
        }
        progress.report("evaluate", i + 1, total, "");
    }
    parity.metrics = errors.metrics();
    return parity;
}

}  // namespace ionscape::training
