// SPDX-License-Identifier: GPL-3.0-or-later
// Potentials whose answers are known on paper, and sinks that record what a run writes.
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "core/potential/potential.h"
#include "core/trajectory/frame_sink.h"

namespace ionscape::testing {

/// E = ½ k Σ |r − r0|²: independent three-dimensional oscillators.
class HarmonicWells final : public potential::Potential {
  public:
    HarmonicWells(double stiffness, VectorField centres)
        : stiffness_(stiffness), centres_(std::move(centres)) {}
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& structure, const potential::Request&) override;

  private:
    double stiffness_;
    VectorField centres_;
    potential::PotentialInfo info_;
};

/// 4ε[(σ/r)¹² − (σ/r)⁶], brought to zero at the cutoff in value and slope, with its analytic stress.
class LennardJones final : public potential::Potential {
  public:
    LennardJones(double epsilon, double sigma, double cutoff)
        : epsilon_(epsilon), sigma_(sigma), cutoff_(cutoff) {}
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& structure, const potential::Request&) override;
    /// Energy and slope of one pair.
    std::pair<double, double> pair(double distance) const;

  private:
    std::pair<double, double> bare(double distance) const;
    double epsilon_, sigma_, cutoff_;
    potential::PotentialInfo info_;
};

/// Counts evaluations of another potential and acts on the n-th (one-based).
class Hooked final : public potential::Potential {
  public:
    using Hook = std::function<void(int evaluation, potential::Evaluation&)>;
    Hooked(potential::Potential& inner, Hook hook) : inner_(inner), hook_(std::move(hook)) {}
    const potential::PotentialInfo& info() const override { return inner_.info(); }
    potential::Evaluation evaluate(const crystal::Structure& structure,
                                   const potential::Request& request) override {
        auto e = inner_.evaluate(structure, request);
        hook_(++evaluations, e);
        return e;
    }
    int evaluations = 0;

  private:
    potential::Potential& inner_;
    Hook hook_;
};

class RecordingSink final : public trajectory::FrameSink {
  public:
    void begin(const crystal::Structure&) override { ++begins; }
    void write(const trajectory::Frame& frame) override { frames.push_back(frame); }
    void flush() override { ++flushes; }
    std::vector<trajectory::Frame> frames;
    int begins = 0;
    int flushes = 0;
};

/// n × n × n conventional fcc cells.
crystal::Structure fccCrystal(const char* element, double latticeConstant, int repeats);

/// Every atom moved by normal deviates of the given width (Å).
crystal::Structure rattled(crystal::Structure structure, double width, std::uint64_t seed);

}  // namespace ionscape::testing
