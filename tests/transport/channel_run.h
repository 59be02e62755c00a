// SPDX-License-Identifier: GPL-3.0-or-later
// A run with a known answer: ions that hop along a chain of sites through a drifting, breathing framework.
#pragma once

#include "core/trajectory/frame.h"
#include "tests/transport/hopping_model.h"

namespace ionscape::testing {

/// Sites 2.5 Å apart along a, in a cell of 5 × 8 × 8 Å; all hops have the rate 0.5/ps, ions tremble by 0.4 Å.
inline transport::HoppingModel chain() {
    transport::HoppingModel model;
    model.lattice = crystal::Lattice(Mat3(Vec3(5.0, 8.0, 8.0).asDiagonal()));
    model.sites = {Vec3(0.05, 0.5, 0.02), Vec3(0.55, 0.5, 0.02)};
    model.exits = {{{1, IntVec3::Zero(), 0.5}, {1, IntVec3(-1, 0, 0), 0.5}},
                   {{0, IntVec3::Zero(), 0.5}, {0, IntVec3(1, 0, 0), 0.5}}};
    model.tremble = 0.4;
    model.frameIntervalFs = 20.0;
    return model;
}

struct ChannelRun {
    crystal::Structure initial;
    std::vector<trajectory::Frame> frames;
};

/// `ions` Li in the chain and two O beside it, at 800 K; everything drifts, and the cell breathes by a per
/// cent.
inline ChannelRun channelRun(std::uint64_t seed, int ions, int frames) {
    RandomStream random(seed);
    const auto model = chain();
    ChannelRun run;
    run.initial.lattice = model.lattice;
    const auto li = crystal::Element::fromSymbol("Li"), oxygen = crystal::Element::fromSymbol("O");
    const auto list = model.positions(random, ions, frames);
    for (std::size_t t = 0; t < list.size(); ++t) {
        trajectory::Frame frame;
        frame.step = static_cast<std::int64_t>(20 * t);
        frame.timeFs = model.frameIntervalFs * static_cast<double>(t);
        frame.temperature = 800.0;
        const double breath = 1.0 + 0.01 * std::sin(0.3 * static_cast<double>(t));
        frame.lattice = crystal::Lattice(Mat3(breath * model.lattice.rows()));
        const Vec3 drift = 0.002 * static_cast<double>(t) * Vec3(1.0, -0.5, 0.2);
        frame.positions.resize(3, ions + 2);
        for (int i = 0; i < ions; ++i)
            frame.positions.col(i) = frame.lattice.toCartesian({Vec3(list[t].col(i)) + drift});
        frame.positions.col(ions) = frame.lattice.toCartesian({Vec3(0.3, 0.1, 0.5) + drift});
        frame.positions.col(ions + 1) = frame.lattice.toCartesian({Vec3(0.8, 0.9, 0.5) + drift});
        run.frames.push_back(frame);
    }
    for (int i = 0; i < ions + 2; ++i)
        run.initial.append(i < ions ? li : oxygen, run.frames.front().positions.col(i));
    return run;
}

}  // namespace ionscape::testing
