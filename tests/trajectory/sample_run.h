// SPDX-License-Identifier: GPL-3.0-or-later
// A small run whose every number follows from the frame's index, so that any frame read back can be checked.
#pragma once

#include <cmath>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/trajectory/h5md.h"

namespace sample {

using namespace ionscape;
using namespace ionscape::trajectory;

inline crystal::Structure structure(int formulaUnits = 4) {
    crystal::Structure cell;
    cell.lattice = crystal::Lattice::fromParameters(9.0, 9.5, 10.0, 90.0, 105.0, 90.0);
    for (int i = 0; i < formulaUnits; ++i) {
        cell.append(crystal::Element::fromSymbol("Li"), Vec3(1.0 + i, 1.0, 1.0), "Li");
        cell.append(crystal::Element::fromSymbol("P"), Vec3(1.0 + i, 4.0, 1.0), "T");
        cell.append(crystal::Element::fromSymbol("O"), Vec3(1.0 + i, 4.0, 5.0), "O");
    }
    return cell;
}

inline Frame frame(std::int64_t index, bool velocities = true, int formulaUnits = 4) {
    Frame result;
    const crystal::Structure cell = structure(formulaUnits);
    const auto x = static_cast<double>(index);
    result.step = index * 10;
    result.timeFs = x * 20.0;
    result.lattice = crystal::Lattice(Mat3(cell.lattice.rows() * (1.0 + 1e-4 * x)));
    result.positions = cell.positions.array() + std::sin(x) + 0.125 * x;
    if (velocities) result.velocities = cell.positions.array() * 1e-3 + std::cos(x);
    result.potentialEnergy = -100.0 - x;
    result.kineticEnergy = 5.0 + x;
    result.temperature = 1000.0 + std::sin(3.0 * x);
    return result;
}

inline bool equal(const Frame& a, const Frame& b) {
    return a.step == b.step && a.timeFs == b.timeFs && a.lattice.rows() == b.lattice.rows() &&
           a.positions.cols() == b.positions.cols() && a.positions == b.positions &&
           a.velocities.cols() == b.velocities.cols() && a.velocities == b.velocities &&
           a.potentialEnergy == b.potentialEnergy && a.kineticEnergy == b.kineticEnergy &&
           a.temperature == b.temperature;
}

inline RestartState restart(std::int64_t index, int formulaUnits = 4) {
    RestartState state{frame(index, true, formulaUnits), RandomStream::State{}, {}};
    for (std::size_t i = 0; i < 4; ++i)
        state.random->words[i] = 0x9e3779b97f4a7c15ULL * (i + 1 + 7ULL * index);
    state.random->hasSpareNormal = index % 2 == 1;
    state.random->spareNormal = 0.1 * static_cast<double>(index);
    return state;
}

inline bool equal(const RestartState& a, const RestartState& b) {
    return equal(a.frame, b.frame) && a.random.has_value() == b.random.has_value() &&
           (!a.random ||
            (a.random->words == b.random->words && a.random->hasSpareNormal == b.random->hasSpareNormal &&
             a.random->spareNormal == b.random->spareNormal));
}

}  // namespace sample
