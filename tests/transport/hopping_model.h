// SPDX-License-Identifier: GPL-3.0-or-later
// Ions that hop between sites with given rates and tremble in them: trajectories with known jumps.
#pragma once

#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "core/transport/jumps.h"

namespace ionscape::transport {

/// One way out of a site.
struct Exit {
    int to = 0;
    IntVec3 translation = IntVec3::Zero();
    double ratePerPs = 0.0;
};

struct HoppingModel {
    crystal::Lattice lattice;
    std::vector<Vec3> sites;               ///< fractional
    std::vector<std::vector<Exit>> exits;  ///< of each site
    double tremble = 0.2;                  ///< standard deviation along each axis, Å
    double frameIntervalFs = 10.0;
    double coreRadius = 0.5;

    std::vector<Site> asSites() const {
        std::vector<Site> list(sites.size());
        for (std::size_t s = 0; s < sites.size(); ++s) {
            list[s].label = std::to_string(s + 1);
            list[s].centre = {sites[s]};
            list[s].coreRadius = coreRadius;
            list[s].group = static_cast<int>(s);
        }
        return list;
    }

    /// Unwrapped fractional positions of `ions` ions in each frame; the waiting times are exponential
    /// (Gillespie).
    std::vector<VectorField> positions(RandomStream& random, int ions, int frames) const {
        std::vector<State> states(static_cast<std::size_t>(ions));
        for (State& state : states) {
            state.site = static_cast<int>(random.below(sites.size()));
            state.untilPs = wait(random, state.site);
        }
        std::vector<VectorField> list(static_cast<std::size_t>(frames), VectorField(3, ions));
        for (std::size_t t = 0; t < list.size(); ++t) {
            for (std::size_t i = 0; i < states.size(); ++i) {
                advance(random, states[i], 1e-3 * frameIntervalFs * static_cast<double>(t));
                const Vec3 shake(tremble * random.normal(), tremble * random.normal(),
                                 tremble * random.normal());
                list[t].col(static_cast<Eigen::Index>(i)) = sites[static_cast<std::size_t>(states[i].site)] +
                                                            states[i].cell.cast<double>() +
                                                            lattice.toFractional(shake).v;
            }
        }
        return list;
    }

    JumpRecord run(RandomStream& random, int ions, int frames) const {
        SiteTracker tracker(lattice, asSites(), frameIntervalFs);
        for (const VectorField& frame : positions(random, ions, frames))
            tracker.add(frame);
        return tracker.record();
    }

  private:
    struct State {
        int site = 0;
        IntVec3 cell = IntVec3::Zero();
        double untilPs = 0.0;
    };
    double total(int site) const {
        double sum = 0.0;
        for (const Exit& exit : exits[static_cast<std::size_t>(site)])
            sum += exit.ratePerPs;
        return sum;
    }
    double wait(RandomStream& random, int site) const {
        return -std::log(1.0 - random.uniform()) / total(site);
    }
    void advance(RandomStream& random, State& state, double nowPs) const {
        while (state.untilPs <= nowPs) {
            double choice = random.uniform() * total(state.site);
            const auto& ways = exits[static_cast<std::size_t>(state.site)];
            std::size_t way = 0;
            while (way + 1 < ways.size() && choice >= ways[way].ratePerPs)
                choice -= ways[way++].ratePerPs;
            state.cell += ways[way].translation;
            state.site = ways[way].to;
            state.untilPs += wait(random, state.site);
        }
    }
};

}  // namespace ionscape::transport
