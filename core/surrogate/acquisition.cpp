// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/acquisition.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

namespace {

double normalDensity(double z) {
    return std::exp(-0.5 * z * z) / std::sqrt(2.0 * units::pi);
}

double normalShare(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

double improvement(double mean, double deviation, double best) {
    const double gain = mean - best;
    if (!(deviation > 0.0)) return std::max(0.0, gain);
    const double z = gain / deviation;
    return deviation * (z * normalShare(z) + normalDensity(z));
}

/// Mean distance of a row to the nearest other one; of at most some hundred rows, spread evenly.
double typicalDistance(const Eigen::MatrixXd& rows) {
    constexpr Eigen::Index most = 300;
    const auto step = std::max<Eigen::Index>(1, rows.rows() / most);
    double sum = 0.0, count = 0.0;
    for (Eigen::Index i = 0; i < rows.rows(); i += step) {
        Eigen::VectorXd squares = (rows.rowwise() - rows.row(i)).rowwise().squaredNorm();
        squares[i] = std::numeric_limits<double>::infinity();
        const double nearest = std::sqrt(squares.minCoeff());
        if (std::isfinite(nearest)) {
            sum += nearest;
            count += 1.0;
        }
    }
    return count > 0.0 && sum > 0.0 ? sum / count : 1.0;
}

class Batch {
  public:
    Batch(const Eigen::MatrixXd& candidates, const BatchOptions& options)
        : options_(options),
          points_(Standardiser(candidates)(candidates)),
          length_(typicalDistance(points_)),
          penalty_(Eigen::ArrayXd::Ones(candidates.rows())),
          taken_(static_cast<std::size_t>(candidates.rows()), 0) {}

    Proposal pick(const Prediction& predicted, double best, std::uint64_t round) {
        auto acquisition = options_.acquisition;
        acquisition.seed += round;
        Eigen::ArrayXd score = acquisitionValues(predicted, best, acquisition).array();
        const Eigen::ArrayXd raw = score;
        if (options_.strategy == BatchStrategy::Penalise) score = (score - score.minCoeff()) * penalty_;
        Eigen::Index row = -1;
        for (Eigen::Index i = 0; i < score.size(); ++i) {
            if (!taken_[static_cast<std::size_t>(i)] && (row < 0 || score[i] > score[row])) row = i;
        }
        taken_[static_cast<std::size_t>(row)] = 1;
        const Eigen::ArrayXd squares = (points_.rowwise() - points_.row(row)).rowwise().squaredNorm().array();
        penalty_ *= 1.0 - (-squares / (2.0 * length_ * length_)).exp();
        return {row, raw[row], predicted.mean[row], predicted.standardDeviation[row]};
    }

  private:
    const BatchOptions& options_;
    Eigen::MatrixXd points_;
    double length_;
    Eigen::ArrayXd penalty_;
    std::vector<char> taken_;
};

void addRow(SurrogateTable& table, const Eigen::RowVectorXd& row, double target) {
    const auto n = table.rows();
    table.x.conservativeResize(n + 1, Eigen::NoChange);
    table.x.row(n) = row;
    table.y.conservativeResize(n + 1);
    table.y[n] = target;
    table.yError.resize(0);
    table.labels.clear();
    table.groupings.clear();
}

void checkSize(const BatchOptions& options, const Eigen::MatrixXd& candidates) {
    if (options.size < 1 || options.size > candidates.rows()) {
        throw InputError(
            fmt::format("{} of {} candidates cannot be picked", options.size, candidates.rows()));
    }
}

}  // namespace

Acquisition acquisitionFromName(std::string_view name) {
    if (name == "ei") return Acquisition::ExpectedImprovement;
    if (name == "ucb") return Acquisition::UpperConfidenceBound;
    if (name == "variance") return Acquisition::MaximumVariance;
    if (name == "thompson") return Acquisition::Thompson;
    throw InputError(
        fmt::format("there is no acquisition \"{}\"; there are ei, ucb, variance, thompson", name));
}

Eigen::VectorXd acquisitionValues(const Prediction& predicted, double best, const AcquisitionOptions& o) {
    const double sign = o.maximise ? 1.0 : -1.0;
    RandomStream random(o.seed, "acquisition");
    Eigen::VectorXd values(predicted.mean.size());
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        const double mean = sign * predicted.mean[i], deviation = predicted.standardDeviation[i];
        switch (o.kind) {
            case Acquisition::ExpectedImprovement:
                values[i] = improvement(mean, deviation, sign * best + o.margin);
                break;
            case Acquisition::UpperConfidenceBound:
                values[i] = mean + o.kappa * deviation;
                break;
            case Acquisition::MaximumVariance:
                values[i] = deviation;
                break;
            case Acquisition::Thompson:
                values[i] = mean + deviation * random.normal();
                break;
        }
    }
    return values;
}

std::vector<Proposal> proposeBatch(const Regressor& model, const SurrogateTable& known,
                                   const Eigen::MatrixXd& candidates, const BatchOptions& options,
                                   const std::stop_token& stop, ProgressSink* progress) {
    checkSize(options, candidates);
    const auto& o = options.acquisition;
    const double best = o.maximise ? known.y.maxCoeff() : known.y.minCoeff();
    SurrogateTable believed = known;
    auto fitted = model.fresh();
    fitted->fit(believed, o.seed, stop);
    auto predicted = fitted->predict(candidates);
    Batch batch(candidates, options);
    std::vector<Proposal> proposals;
    for (int k = 0; k < options.size; ++k) {
        throwIfStopped(stop);
        if (progress) progress->report("propose", k, options.size, {});
        proposals.push_back(batch.pick(predicted, best, static_cast<std::uint64_t>(k)));
        if (options.strategy == BatchStrategy::Believer && k + 1 < options.size) {
            addRow(believed, candidates.row(proposals.back().row), proposals.back().mean);
            fitted->fit(believed, o.seed, stop);
            predicted = fitted->predict(candidates);
        }
    }
    return proposals;
}

std::vector<Proposal> proposeBatch(const Prediction& predicted, double best,
                                   const Eigen::MatrixXd& candidates, const BatchOptions& options) {
    checkSize(options, candidates);
    if (options.strategy != BatchStrategy::Penalise)
        throw InputError("a batch that believes its predictions needs a model to fit");
    Batch batch(candidates, options);
    std::vector<Proposal> proposals;
    for (int k = 0; k < options.size; ++k)
        proposals.push_back(batch.pick(predicted, best, static_cast<std::uint64_t>(k)));
    return proposals;
}

}  // namespace ionscape::surrogate
