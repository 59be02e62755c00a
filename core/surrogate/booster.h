// SPDX-License-Identifier: GPL-3.0-or-later
// Growing trees with XGBoost: the only door to that library.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

namespace ionscape::surrogate {

struct BoosterSettings {
    int rounds = 300;
    /// Trees of one round; more than 1 with one round and rate 1 is a random forest.
    int parallelTrees = 1;
    double learningRate = 0.05;
    int depth = 3;
    double minChildWeight = 2.0;
    double subsample = 0.8;
    double columnsByTree = 1.0;
    double columnsByNode = 1.0;
    double lambda = 1.0;
    double gamma = 0.0;
    /// Its idle threads spin and slow each other down; one is the fastest for tables of this size.
    int threads = 1;
    std::uint64_t seed = 1;
};

/// Trees for least squares.
class Booster {
  public:
    /// \param weights  one a row, zero or more; empty: all one
    /// Throws ModelError with XGBoost's message, Cancelled between rounds.
    Booster(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& weights,
            const BoosterSettings& settings, const std::stop_token& stop = {});
    ~Booster();
    Booster(Booster&&) noexcept;

    /// The model as XGBoost writes it (JSON).
    std::string json() const;
    /// XGBoost's own numbers, to check ours against: predictions, SHAP values (rows × features + 1, the last
    /// column the base) and their interactions (rows × (features + 1)²).
    Eigen::VectorXd predict(const Eigen::MatrixXd& x) const;
    Eigen::MatrixXd contributions(const Eigen::MatrixXd& x) const;
    Eigen::MatrixXd interactions(const Eigen::MatrixXd& x) const;

  private:
    Eigen::MatrixXd ask(const Eigen::MatrixXd& x, int type) const;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::surrogate
