// SPDX-License-Identifier: GPL-3.0-or-later
// Whether predicted errors are as large as the errors made, and what makes them so.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "core/surrogate/validation.h"

namespace ionscape::surrogate {

/// One point of a calibration curve.
struct CoveragePoint {
    double nominal = 0.0;   ///< share of targets that an interval ought to hold
    double observed = 0.0;  ///< share that it holds
};

/// Learnt from errors of predictions of rows that the model had not seen.
struct Calibration {
    /// Predicted standard deviations are multiplied by it; the root of the mean of (error/deviation)²
    /// (Kuleshov et al., ICML 2018, reduced to one number; Laves et al., MIDL 2020).
    double factor = 1.0;
    /// |error|/deviation of these rows before the factor, ascending: quantiles for conformal intervals.
    std::vector<double> scores;

    /// Half the width of a conformal interval in units of the (uncalibrated) standard deviation: holds the
    /// target with probability `level` or more whatever the errors' distribution, if rows are exchangeable
    /// (Lei et al., J. Am. Stat. Assoc. 113, 1094 (2018)). Infinite where there are too few rows for that
    /// level. Throws InputError for a level outside (0, 1).
    double conformalFactor(double level) const;
};

/// \param predicted  of rows that the model had not seen. Throws InputError for lengths that differ, fewer
///   than 3 rows or a standard deviation that is not positive.
Calibration calibrate(const Eigen::VectorXd& y, const Prediction& predicted);

/// From a cross-validation. A row that was tested several times counts once, with the root mean square of its
/// errors: otherwise intervals would claim more rows than there are.
Calibration calibrate(const CrossValidation& validation);

/// What calibration is worth on rows that took no part in it: each fold calibrated on the rows of the others.
struct CalibrationCheck {
    Prediction calibrated;     ///< in the order of the validation
    double conformal90 = 0.0;  ///< share of targets in the conformal 90 % intervals
};

/// A fold outside of which there are fewer than 3 rows stays as the model predicts it, with infinite
/// intervals.
CalibrationCheck checkCalibration(const CrossValidation& validation);

/// How many targets lie within ± z(nominal) · standard deviation, for nominal = 1/points … 1 − 1/points.
std::vector<CoveragePoint> calibrationCurve(const Eigen::VectorXd& y, const Prediction& predicted,
                                            int points = 20);

/// The share of targets within ± z(level) · standard deviation.
double coverage(const Eigen::VectorXd& y, const Prediction& predicted, double level);

/// Mean |observed − nominal| of the curve.
double miscalibration(const std::vector<CoveragePoint>& curve);

/// z such that a standard normal deviate lies within ±z with this probability.
double normalHalfWidth(double level);

nlohmann::json toJson(const Calibration& calibration);
Calibration calibrationFromJson(const nlohmann::json& object);

}  // namespace ionscape::surrogate
