// SPDX-License-Identifier: GPL-3.0-or-later
// An engine for tests: four atoms, lithium on a random walk, as many frames as asked for.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>

#include "core/base/random.h"
#include "gui/jobs/job_controller.h"

namespace ionscape::gui {

/// Four Li and a small framework in a 10 Å cube.
inline crystal::Structure fakeStructure() {
    crystal::Structure structure;
    structure.lattice = crystal::Lattice(Mat3::Identity() * 10.0);
    const auto add = [&](const char* symbol, double x, double y, double z) {
        structure.append(crystal::Element::fromSymbol(symbol), Vec3(x, y, z), symbol);
    };
    add("Li", 2, 2, 2);
    add("Li", 7, 2, 7);
    add("Li", 2, 7, 7);
    add("Li", 7, 7, 2);
    add("Zr", 5, 5, 5);
    add("O", 5, 5, 7.1);
    add("O", 5, 5, 2.9);
    add("P", 1, 5, 5);
    return structure;
}

struct FakeEngine {
    int frames = 50;
    int relaxSteps = 3;
    /// Throws this after the frames, when not empty.
    std::string failure;
    /// Acts as a committee when above zero: the force spread grows by 0.01 eV/Å a frame.
    double spreadThreshold = 0.0;
    /// Ends the run above the threshold.
    bool stopsAtSpread = false;
    /// Runs until it is stopped.
    bool endless = false;
    /// When set, every step takes one permit, so that a test decides how far the run is.
    std::shared_ptr<std::counting_semaphore<>> permits;
    std::shared_ptr<std::atomic<int>> stepsDone = std::make_shared<std::atomic<int>>(0);

    workflow::RunSummary operator()(const workflow::RunSpec& spec, const std::stop_token& stop,
                                    ProgressSink& progress, workflow::RunObserver& observer) const {
        crystal::Structure structure = fakeStructure();
        if (spreadThreshold > 0.0)
            observer.potentialOpened({}, {1, spreadThreshold, spec.uncertainty.action});
        observer.structureBuilt(structure);
        if (spec.relax) relax(structure, stop, progress, observer);
        RandomStream random(spec.seed, "fake");
        trajectory::Frame frame;
        frame.lattice = structure.lattice;
        frame.positions = structure.positions;
        for (int i = 0; endless || i < frames; ++i) {
            if (permits) permits->acquire();
            // An endless run without permits would fill the memory of a slow machine before it is stopped.
            if (endless && !permits) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            throwIfStopped(stop);
            frame.step = 10 * i;
            frame.timeFs = 10.0 * i;
            frame.temperature = spec.md.temperature + 20.0 * random.normal();
            frame.potentialEnergy = -50.0 + 0.1 * random.normal();
            if (spreadThreshold > 0.0) {
                frame.forceSpreadMax = 0.01 * i;
                frame.forceSpreadMean = 0.002 * i;
            }
            observer.frame(frame);
            if (stopsAtSpread && frame.forceSpreadMax > spreadThreshold)
                throw dynamics::SpreadStop("the members of the committee disagree");
            progress.report("md", i + 1, frames, "");
            for (int atom = 0; atom < 4; ++atom)
                for (int axis = 0; axis < 3; ++axis)
                    frame.positions(axis, atom) += 0.2 * random.normal();
            ++*stepsDone;
        }
        if (!failure.empty()) throw InputError(failure);
        workflow::RunSummary summary;
        summary.formula = "Li4ZrPO2";
        summary.atoms = structure.size();
        summary.simulatedPs = 0.01 * frames;
        summary.meanTemperature = spec.md.temperature;
        summary.volume = 1000.0;
        summary.msdValue["Li"] = 12.5;
        summary.diffusion = transport::Diffusion{};
        summary.diffusion->coefficient = 2e-5;
        summary.diffusion->error = 1e-6;
        summary.conductivity = 123.0;
        return summary;
    }

  private:
    void relax(const crystal::Structure& structure, const std::stop_token& stop, ProgressSink& progress,
               workflow::RunObserver& observer) const {
        for (int step = 0; step < relaxSteps; ++step) {
            throwIfStopped(stop);
            observer.relaxStep({step, -50.0 - step, 1.0 / (step + 1), 0.0, &structure});
            progress.report("relax", step, 500, "");
        }
        dynamics::RelaxResult result;
        result.structure = structure;
        result.converged = true;
        observer.relaxed(result);
    }
};

}  // namespace ionscape::gui
