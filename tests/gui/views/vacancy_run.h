// SPDX-License-Identifier: GPL-3.0-or-later
// A synthetic run whose only jump is that of an ion into the vacancy beside it.
#pragma once

#include <array>
#include <memory>

#include "core/base/random.h"
#include "gui/jobs/run_data.h"

namespace ionscape::gui {

/// Spheres on the sites of a face-centred cubic crystal, a lithium ion among them that goes to the vacancy
/// beside it and back again.
inline std::shared_ptr<RunData> vacancyRun() {
    constexpr double a = 5.3;
    constexpr int stay = 80, way = 6, frames = 700;
    crystal::Structure start;
    start.lattice = crystal::Lattice(2.0 * a * Mat3::Identity());
    const Vec3 vacancy(0.5 * a, 0.5 * a, 0.0);
    const std::array<Vec3, 4> corners{Vec3(0, 0, 0), vacancy, Vec3(0.5 * a, 0, 0.5 * a),
                                      Vec3(0, 0.5 * a, 0.5 * a)};
    start.append(crystal::Element::fromSymbol("Li"), Vec3::Zero());
    for (int cell = 0; cell < 8; ++cell)
        for (const Vec3& corner : corners) {
            const Vec3 at = corner + a * Vec3(cell & 1, cell >> 1 & 1, cell >> 2 & 1);
            if (at.norm() > 0.1 && (at - vacancy).norm() > 0.1)
                start.append(crystal::Element::fromSymbol("Zr"), at);
        }
    auto data = std::make_shared<RunData>();
    data->setStructure(start);
    RandomStream random(1, "vacancy");
    for (int f = 0; f < frames; ++f) {
        trajectory::Frame frame;
        frame.lattice = start.lattice;
        frame.step = f;
        frame.timeFs = 20.0 * f;
        frame.temperature = 600.0;
        frame.positions = start.positions;
        const int phase = f % (2 * (stay + way));
        const double part = phase < stay             ? 0.0
                            : phase < stay + way     ? double(phase - stay) / way
                            : phase < 2 * stay + way ? 1.0
                                                     : 1.0 - double(phase - 2 * stay - way) / way;
        frame.positions.col(0) = part * vacancy;
        for (int axis = 0; axis < 3; ++axis)
            frame.positions(axis, 0) += 0.15 * random.normal();
        data->append(frame);
    }
    return data;
}

}  // namespace ionscape::gui
