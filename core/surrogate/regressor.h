// SPDX-License-Identifier: GPL-3.0-or-later
// The one interface of all models that learn a number from features, each prediction with its error.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/surrogate/settings.h"
#include "core/surrogate/surrogate_table.h"

namespace ionscape::surrogate {

class ClosedShapley;
class TreeEnsemble;

/// In the unit of the target. The standard deviation is that of a new measurement: what the model does not
/// know and the scatter of the data.
struct Prediction {
    Eigen::VectorXd mean, standardDeviation;
};

/// A model that can be written down: target = constant + Σ coefficient · term.
struct Formula {
    std::string text;  ///< one line of Unicode text
    std::string html;  ///< the same for rich text, with <sub> and <sup>
    std::vector<std::string> terms;
    std::vector<double> coefficients;
    double constant = 0.0;
    std::string remark;  ///< how it was found
};

class Regressor {
  public:
    virtual ~Regressor() = default;
    Regressor& operator=(const Regressor&) = delete;

    /// "gradient-boosting": what makeRegressor() takes.
    virtual std::string kind() const = 0;
    const Settings& settings() const { return settings_; }
    Settings& settings() { return settings_; }

    /// Learns from all rows; the same table, settings and seed give the same model. Throws InputError for a
    /// table that is not complete or too small, Cancelled when stopped (the model then stays as it was).
    void fit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop = {},
             ProgressSink* progress = nullptr);
    bool isFitted() const { return features_ > 0; }

    /// \param x  rows × features in the order of the table it was fitted to. Throws InputError before fit()
    ///   and for another number of columns.
    Prediction predict(const Eigen::MatrixXd& x) const;
    /// The mean alone, where errors would cost more.
    Eigen::VectorXd predictMean(const Eigen::MatrixXd& x) const;
    /// The means on the way from one row to another whose features are taken over one by one in `order`:
    /// features + 1 of them. What sampled Shapley values need very many of.
    Eigen::VectorXd pathMeans(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                              const std::vector<Eigen::Index>& order) const;

    /// The trees whose sum is the mean, for models made of them; else null.
    virtual const TreeEnsemble* trees() const { return nullptr; }
    /// Shapley values over `background` for models that have them in closed form; else null. Throws as
    /// predict() does.
    std::unique_ptr<ClosedShapley> closedShapley(const Eigen::MatrixXd& background) const;
    /// For models that are a formula.
    virtual std::optional<Formula> formula() const { return std::nullopt; }
    /// A new one of the same kind and settings, not fitted.
    std::unique_ptr<Regressor> fresh() const;

    /// Settings and all that was learnt, as JSON.
    nlohmann::json toJson() const;
    /// Throws InputError for an unknown kind; nlohmann's exceptions for a missing part.
    static std::unique_ptr<Regressor> fromJson(const nlohmann::json& object);

  protected:
    explicit Regressor(std::vector<SettingDefinition> definitions) : settings_(std::move(definitions)) {}
    Regressor(const Regressor&) = default;

    virtual void doFit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
                       ProgressSink& progress) = 0;
    virtual Prediction doPredict(const Eigen::MatrixXd& x) const = 0;
    virtual Eigen::VectorXd doPredictMean(const Eigen::MatrixXd& x) const { return doPredict(x).mean; }
    /// Override it where neighbouring points of a path share work.
    virtual Eigen::VectorXd doPathMeans(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                        const std::vector<Eigen::Index>& order) const;
    virtual std::unique_ptr<ClosedShapley> doClosedShapley(const Eigen::MatrixXd& background) const;
    virtual nlohmann::json state() const = 0;
    virtual void restore(const nlohmann::json& state) = 0;

  private:
    Settings settings_;
    Eigen::Index features_ = 0;
};

/// A model that can be made.
struct RegressorKind {
    std::string id;       ///< "gaussian-process"
    std::string title;    ///< "Gaussian process"
    std::string meaning;  ///< one sentence
};

/// All models, the usual first.
const std::vector<RegressorKind>& regressorKinds();

/// With default settings; also takes the short names gb, rf, gp, knn. Throws InputError naming the kinds.
std::unique_ptr<Regressor> makeRegressor(std::string_view kind);

}  // namespace ionscape::surrogate
