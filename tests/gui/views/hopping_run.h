// SPDX-License-Identifier: GPL-3.0-or-later
// A synthetic run with known answers: ions that hop at random on a simple cubic lattice of sites.
#pragma once

#include <memory>

#include "core/base/random.h"
#include "gui/jobs/job_controller.h"

namespace ionscape::gui {

struct HoppingRun {
    int frames = 2000;
    double intervalFs = 20.0;
    /// Chance that a resting ion starts a jump in a frame; a jump takes `jumpFrames`.
    double chance = 0.03;
    int jumpFrames = 5;
    double temperature = 800.0;
    std::uint64_t seed = 1;

    static constexpr double cell = 8.0, hop = 4.0;  ///< Å: 2 × 2 × 2 sites
    static constexpr int ions = 4;

    /// What random jumps of this length and frequency amount to, cm²/s.
    double diffusion() const {
        const double perFs = 1.0 / ((1.0 / chance + jumpFrames) * intervalFs);
        return 0.1 * hop * hop * perFs / 6.0;
    }

    static crystal::Structure structure() {
        crystal::Structure s;
        s.lattice = crystal::Lattice(cell * Mat3::Identity());
        const auto li = crystal::Element::fromSymbol("Li"), zr = crystal::Element::fromSymbol("Zr");
        for (const Vec3& at : {Vec3(0, 0, 0), Vec3(4, 4, 0), Vec3(4, 0, 4), Vec3(0, 4, 4)})
            s.append(li, at, "Li");
        for (int i = 0; i < 8; ++i)
            s.append(zr, Vec3(2.0 + 4.0 * (i & 1), 2.0 + 4.0 * (i >> 1 & 1), 2.0 + 4.0 * (i >> 2 & 1)), "Zr");
        return s;
    }

    std::shared_ptr<RunData> data() const {
        const auto start = structure();
        auto data = std::make_shared<RunData>();
        data->setStructure(start);
        RandomStream random(seed, "hopping");
        VectorField rest = start.positions, step = VectorField::Zero(3, ions);
        std::array<int, ions> moving{};
        for (int f = 0; f < frames; ++f) {
            trajectory::Frame frame;
            frame.lattice = start.lattice;
            frame.step = f;
            frame.timeFs = intervalFs * f;
            frame.temperature = temperature;
            frame.positions = start.positions;
            for (int ion = 0; ion < ions; ++ion) {
                if (moving[static_cast<std::size_t>(ion)] == 0 && random.uniform() < chance) {
                    const int way = std::min(5, static_cast<int>(6.0 * random.uniform()));
                    step.col(ion).setZero();
                    step(way / 2, ion) = way % 2 == 0 ? hop : -hop;
                    moving[static_cast<std::size_t>(ion)] = jumpFrames;
                }
                if (moving[static_cast<std::size_t>(ion)] > 0) {
                    rest.col(ion) += step.col(ion) / jumpFrames;
                    --moving[static_cast<std::size_t>(ion)];
                }
                for (int axis = 0; axis < 3; ++axis)
                    frame.positions(axis, ion) = rest(axis, ion) + 0.25 * random.normal();
            }
            data->append(frame);
        }
        return data;
    }

    workflow::RunSpec spec() const {
        workflow::RunSpec spec;
        spec.formula = "Li4Zr8";
        spec.md.temperature = temperature;
        spec.output = "hopping.h5";
        return spec;
    }

    workflow::RunSummary summary() const {
        workflow::RunSummary summary;
        summary.meanTemperature = temperature;
        summary.volume = cell * cell * cell;
        summary.diffusion = transport::Diffusion{};
        summary.diffusion->coefficient = diffusion();
        summary.diffusion->error = 0.1 * diffusion();
        summary.conductivity =
            transport::nernstEinsteinConductivity(diffusion(), ions, 1.0, summary.volume, temperature);
        return summary;
    }
};

}  // namespace ionscape::gui
