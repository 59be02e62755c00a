// SPDX-License-Identifier: GPL-3.0-or-later
// Gradient boosting and random forest, with errors from models of resampled rows.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/surrogate/booster.h"
#include "core/surrogate/regressors.h"
#include "core/surrogate/tree_ensemble.h"

namespace ionscape::surrogate {

namespace {

using nlohmann::json;

/// How often each row comes up in a sample of the table's size with replacement (Efron's bootstrap).
Eigen::VectorXd bootstrapWeights(Eigen::Index rows, RandomStream& random) {
    Eigen::VectorXd weights = Eigen::VectorXd::Zero(rows);
    for (Eigen::Index i = 0; i < rows; ++i)
        weights[static_cast<Eigen::Index>(random.below(static_cast<std::uint64_t>(rows)))] += 1.0;
    return weights;
}

/// Mean and variance (n − 1) over members, row by row.
struct Spread {
    Eigen::VectorXd mean, variance;
};

Spread spreadOf(const Eigen::MatrixXd& members) {
    Spread spread;
    spread.mean = members.rowwise().mean();
    const double n = std::max(1.0, static_cast<double>(members.cols() - 1));
    spread.variance = (members.colwise() - spread.mean).rowwise().squaredNorm() / n;
    return spread;
}

/// The mean comes from trees grown on all rows; members, each grown on a bootstrap sample of the rows, tell
/// how much that depends on the rows, and the rows that a member has not seen how far off it is.
class TreeModel : public Regressor {
  public:
    using Regressor::Regressor;
    const TreeEnsemble* trees() const override { return &main_; }

  protected:
    /// \param isMember  of the ensemble for the errors, which may be smaller
    virtual BoosterSettings boosterSettings(bool isMember) const = 0;

    void doFit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
               ProgressSink& progress) override;
    Prediction doPredict(const Eigen::MatrixXd& x) const override;
    Eigen::VectorXd doPredictMean(const Eigen::MatrixXd& x) const override { return main_.predict(x); }
    json state() const override;
    void restore(const json& state) override;

  private:
    Eigen::MatrixXd memberPredictions(const Eigen::MatrixXd& x) const;
    double noiseVariance(const SurrogateTable& table, const Eigen::MatrixXd& weights) const;

    TreeEnsemble main_;
    std::vector<TreeEnsemble> members_;
    double noiseVariance_ = 0.0;
};

void TreeModel::doFit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
                      ProgressSink& progress) {
    RandomStream random(seed, "bootstrap");
    const int count = settings().integer("members");
    progress.report("train", 0, count + 1, {});
    auto s = boosterSettings(false);
    s.seed = random.next();
    auto main = TreeEnsemble::fromXgboost(Booster(table.x, table.y, {}, s, stop).json());
    std::vector<TreeEnsemble> members;
    Eigen::MatrixXd weights(table.rows(), count);
    for (int m = 0; m < count; ++m) {
        progress.report("train", m + 1, count + 1, {});
        weights.col(m) = bootstrapWeights(table.rows(), random);
        auto each = boosterSettings(true);
        each.seed = random.next();
        members.push_back(
            TreeEnsemble::fromXgboost(Booster(table.x, table.y, weights.col(m), each, stop).json()));
    }
    main_ = std::move(main);
    members_ = std::move(members);
    noiseVariance_ = noiseVariance(table, weights);
}

Eigen::MatrixXd TreeModel::memberPredictions(const Eigen::MatrixXd& x) const {
    Eigen::MatrixXd predictions(x.rows(), static_cast<Eigen::Index>(members_.size()));
    for (std::size_t m = 0; m < members_.size(); ++m)
        predictions.col(static_cast<Eigen::Index>(m)) = members_[m].predict(x);
    return predictions;
}

double TreeModel::noiseVariance(const SurrogateTable& table, const Eigen::MatrixXd& weights) const {
    // A left-out error holds the scatter of the data and the error of the mean of the few members that left
    // the row out; what the members' own spread explains of it is not noise.
    const auto predictions = memberPredictions(table.x);
    double squares = 0.0, explained = 0.0, rows = 0.0;
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        double sum = 0.0, sumOfSquares = 0.0, n = 0.0;
        for (Eigen::Index m = 0; m < predictions.cols(); ++m) {
            if (weights(i, m) > 0.0) continue;
            sum += predictions(i, m);
            sumOfSquares += predictions(i, m) * predictions(i, m);
            n += 1.0;
        }
        if (n < 2.0) continue;
        const double mean = sum / n;
        squares += (table.y[i] - mean) * (table.y[i] - mean);
        explained += std::max(0.0, (sumOfSquares - n * mean * mean) / (n - 1.0)) * (1.0 + 1.0 / n);
        rows += 1.0;
    }
    if (rows == 0.0) return (table.y.array() - table.y.mean()).square().mean();
    // Never less than a tenth of the error that was seen: spread alone would claim too much.
    return std::max(0.1 * squares, squares - explained) / rows;
}

Prediction TreeModel::doPredict(const Eigen::MatrixXd& x) const {
    const auto spread = spreadOf(memberPredictions(x));
    return {main_.predict(x), (spread.variance.array() + noiseVariance_).sqrt()};
}

json TreeModel::state() const {
    json members = json::array();
    for (const auto& member : members_)
        members.push_back(member.toJson());
    return {{"main", main_.toJson()}, {"members", members}, {"noise_variance", noiseVariance_}};
}

void TreeModel::restore(const json& state) {
    main_ = TreeEnsemble::fromJson(state.at("main"));
    for (const auto& member : state.at("members"))
        members_.push_back(TreeEnsemble::fromJson(member));
    noiseVariance_ = state.at("noise_variance").get<double>();
}

const SettingDefinition membersSetting = {
    "members", "Models of resampled rows that give the error", 8, 2, 200, true};

class GradientBoosting final : public TreeModel {
  public:
    GradientBoosting()
        : TreeModel(
              {{"trees", "Trees, one after the other", 120, 1, 20000, true, 50, 500},
               {"learning-rate", "Share of each tree's correction that is taken", 0.1, 1e-4, 1.0, false, 0.01,
                0.2, true},
               {"depth", "Questions from the root to a leaf at most", 3, 1, 16, true, 2, 6},
               {"min-child-weight", "Rows in a leaf at least", 2, 0, 1e6, false, 1, 8},
               {"subsample", "Share of the rows that each tree sees", 0.8, 0.05, 1.0, false, 0.5, 1.0},
               {"columns", "Share of the features that each tree sees", 0.8, 0.05, 1.0, false, 0.4, 1.0},
               {"lambda", "Penalty on squared leaf values", 1.0, 0.0, 1e6, false, 0.1, 10.0, true},
               {"gamma", "Least gain of a split, unit of the target squared", 0.0, 0.0, 1e12},
               membersSetting}) {}
    std::string kind() const override { return "gradient-boosting"; }

  protected:
    BoosterSettings boosterSettings(bool) const override {
        BoosterSettings s;
        s.rounds = settings().integer("trees");
        s.learningRate = settings().value("learning-rate");
        s.depth = settings().integer("depth");
        s.minChildWeight = settings().value("min-child-weight");
        s.subsample = settings().value("subsample");
        s.columnsByTree = settings().value("columns");
        s.lambda = settings().value("lambda");
        s.gamma = settings().value("gamma");
        return s;
    }
};

class RandomForest final : public TreeModel {
  public:
    RandomForest()
        : TreeModel(
              {{"trees", "Trees, averaged", 200, 1, 20000, true, 100, 600},
               {"depth", "Questions from the root to a leaf at most", 10, 1, 30, true, 4, 16},
               {"min-child-weight", "Rows in a leaf at least", 2, 0, 1e6, false, 1, 6},
               {"subsample", "Share of the rows that each tree sees", 0.632, 0.05, 1.0, false, 0.5, 0.9},
               {"columns", "Share of the features that each split may use", 0.4, 0.05, 1.0, false, 0.2, 1.0},
               membersSetting}) {}
    std::string kind() const override { return "random-forest"; }

  protected:
    BoosterSettings boosterSettings(bool isMember) const override {
        BoosterSettings s;
        s.rounds = 1;
        // Four times fewer trees tell the spread nearly as well: most of it is from the rows.
        const int trees = settings().integer("trees");
        s.parallelTrees = isMember ? std::max(1, trees / 4) : trees;
        s.learningRate = 1.0;
        s.depth = settings().integer("depth");
        s.minChildWeight = settings().value("min-child-weight");
        s.subsample = settings().value("subsample");
        s.columnsByNode = settings().value("columns");
        s.lambda = 0.0;
        return s;
    }
};

}  // namespace

std::unique_ptr<Regressor> makeGradientBoosting() {
    return std::make_unique<GradientBoosting>();
}

std::unique_ptr<Regressor> makeRandomForest() {
    return std::make_unique<RandomForest>();
}

}  // namespace ionscape::surrogate
