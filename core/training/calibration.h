// SPDX-License-Identifier: GPL-3.0-or-later
// How well the force spread of a committee tells its true force error.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/potential/potential.h"

namespace ionscape::training {

/// Atoms of the labelled frames, ordered by force spread and cut into ten equal parts.
struct CalibrationBin {
    std::size_t atoms = 0;
    double meanSpread = 0.0;  ///< eV/Å
    double meanError = 0.0;   ///< mean of |F − F_label|, eV/Å
};

struct Calibration {
    std::size_t atoms = 0;
    /// Rank correlation of spread and error over all atoms, −1 to 1; ties share their mean rank.
    double spearman = 0.0;
    /// √(mean error² / mean spread²): what a spread has to be multiplied by to be an error.
    double scale = 0.0;
    /// Quantiles of the spread of an atom, and of the largest spread of a frame, eV/Å: where thresholds lie.
    double median = 0.0, quantile99 = 0.0, frameMedian = 0.0, frameMaximum = 0.0;
    std::vector<CalibrationBin> deciles;
};

class CalibrationAccumulator {
  public:
    /// Takes in one frame; does nothing when `evaluation` has no spread.
    void add(const potential::Evaluation& evaluation, const VectorField& labelForces);
    bool empty() const { return spreads_.empty(); }
    Calibration result() const;

  private:
    std::vector<double> spreads_, errors_, frameMaxima_;
};

nlohmann::json calibrationToJson(const Calibration& calibration);

/// Spearman's rank correlation of two series of the same length; 0 for fewer than two values or a constant
/// series.
double spearman(const std::vector<double>& first, const std::vector<double>& second);

}  // namespace ionscape::training
