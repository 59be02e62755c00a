// SPDX-License-Identifier: GPL-3.0-or-later
// Models to compare with: the mean, and the mean of the nearest neighbours.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/surrogate/regressors.h"
#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

namespace {

using nlohmann::json;

class MeanModel final : public Regressor {
  public:
    MeanModel() : Regressor({}) {}
    std::string kind() const override { return "mean"; }

  protected:
    void doFit(const SurrogateTable& table, std::uint64_t, const std::stop_token&, ProgressSink&) override {
        const auto n = static_cast<double>(table.rows());
        mean_ = table.y.mean();
        const double variance = (table.y.array() - mean_).square().sum() / (n - 1.0);
        deviation_ = std::sqrt(variance * (1.0 + 1.0 / n));
    }
    Prediction doPredict(const Eigen::MatrixXd& x) const override {
        return {Eigen::VectorXd::Constant(x.rows(), mean_), Eigen::VectorXd::Constant(x.rows(), deviation_)};
    }
    json state() const override { return {{"mean", mean_}, {"standard_deviation", deviation_}}; }
    void restore(const json& state) override {
        mean_ = state.at("mean").get<double>();
        deviation_ = state.at("standard_deviation").get<double>();
    }

  private:
    double mean_ = 0.0, deviation_ = 0.0;
};

/// The nearest rows with their weights, which sum to one.
struct Neighbourhood {
    std::vector<Eigen::Index> rows;
    Eigen::VectorXd weights;
};

class NearestNeighbours final : public Regressor {
  public:
    NearestNeighbours()
        : Regressor({{"neighbours", "Rows that are averaged", 5, 1, 1000, true, 2, 15},
                     {"weights",
                      "All alike, or by the inverse distance",
                      1,
                      0,
                      0,
                      true,
                      0,
                      1,
                      false,
                      {"uniform", "distance"}}}) {}
    std::string kind() const override { return "nearest-neighbours"; }

  protected:
    void doFit(const SurrogateTable& table, std::uint64_t, const std::stop_token&, ProgressSink&) override {
        scale_ = Standardiser(table.x);
        x_ = scale_(table.x);
        y_ = table.y;
        double squares = 0.0;
        for (Eigen::Index i = 0; i < x_.rows(); ++i)
            squares += std::pow(y_[i] - meanOf(around(x_.row(i), i)), 2);
        leftOutVariance_ = squares / static_cast<double>(x_.rows());
    }
    Prediction doPredict(const Eigen::MatrixXd& x) const override;
    json state() const override {
        return {{"scale", standardiserToJson(scale_)},
                {"x", matrixToJson(x_)},
                {"y", matrixToJson(Eigen::MatrixXd(y_))},
                {"left_out_variance", leftOutVariance_}};
    }
    void restore(const json& state) override {
        scale_ = standardiserFromJson(state.at("scale"));
        x_ = matrixFromJson(state.at("x"));
        y_ = matrixFromJson(state.at("y"));
        leftOutVariance_ = state.at("left_out_variance").get<double>();
    }

  private:
    Neighbourhood around(const Eigen::RowVectorXd& point, Eigen::Index without = -1) const;
    double meanOf(const Neighbourhood& near) const {
        double sum = 0.0;
        for (std::size_t i = 0; i < near.rows.size(); ++i)
            sum += near.weights[static_cast<Eigen::Index>(i)] * y_[near.rows[i]];
        return sum;
    }

    Standardiser scale_;
    Eigen::MatrixXd x_;
    Eigen::VectorXd y_;
    double leftOutVariance_ = 0.0;
};

Neighbourhood NearestNeighbours::around(const Eigen::RowVectorXd& point, Eigen::Index without) const {
    const Eigen::VectorXd squares = (x_.rowwise() - point).rowwise().squaredNorm();
    std::vector<Eigen::Index> order(static_cast<std::size_t>(x_.rows()));
    std::iota(order.begin(), order.end(), Eigen::Index(0));
    if (without >= 0) order.erase(order.begin() + without);
    const auto k = std::min(order.size(), static_cast<std::size_t>(settings().integer("neighbours")));
    // Ties go to the earlier row, so that a result does not depend on the sort.
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(),
                      [&](Eigen::Index a, Eigen::Index b) {
                          return squares[a] != squares[b] ? squares[a] < squares[b] : a < b;
                      });
    order.resize(k);
    Neighbourhood near{order, Eigen::VectorXd::Ones(static_cast<Eigen::Index>(k))};
    if (settings().choice("weights") == "distance") {
        for (std::size_t i = 0; i < k; ++i)
            near.weights[static_cast<Eigen::Index>(i)] = 1.0 / (std::sqrt(squares[order[i]]) + 1e-9);
    }
    near.weights /= near.weights.sum();
    return near;
}

Prediction NearestNeighbours::doPredict(const Eigen::MatrixXd& x) const {
    // The scatter among few neighbours is a poor estimate: it counts beside so many of the mean scatter.
    constexpr double prior = 3.0;
    const Eigen::MatrixXd points = scale_(x);
    Prediction result{Eigen::VectorXd(x.rows()), Eigen::VectorXd(x.rows())};
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
        const auto near = around(points.row(i));
        const auto k = static_cast<double>(near.rows.size());
        const double mean = meanOf(near);
        const Eigen::VectorXd targets = y_(near.rows);
        const double scatter = near.weights.dot((targets.array() - mean).square().matrix());
        result.mean[i] = mean;
        result.standardDeviation[i] = std::sqrt((k * scatter + prior * leftOutVariance_) / (k + prior));
    }
    return result;
}

}  // namespace

std::unique_ptr<Regressor> makeMean() {
    return std::make_unique<MeanModel>();
}

std::unique_ptr<Regressor> makeNearestNeighbours() {
    return std::make_unique<NearestNeighbours>();
}

}  // namespace ionscape::surrogate
