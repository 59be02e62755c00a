// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/regressor.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/surrogate/regressors.h"
#include "core/surrogate/shapley.h"

namespace ionscape::surrogate {

void Regressor::fit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
                    ProgressSink* progress) {
    table.validate(true);
    if (table.rows() < 3)
        throw InputError(fmt::format("{} rows are too few to learn from; at least 3", table.rows()));
    throwIfStopped(stop);
    NoProgress silent;
    doFit(table, seed, stop, progress ? *progress : silent);
    features_ = table.x.cols();
}

namespace {

void checkColumns(const Eigen::MatrixXd& x, Eigen::Index features) {
    if (features == 0) throw InputError("the model has not learnt anything yet");
    if (x.cols() != features)
        throw InputError(fmt::format("the model takes {} features, not {}", features, x.cols()));
}

}  // namespace

Prediction Regressor::predict(const Eigen::MatrixXd& x) const {
    checkColumns(x, features_);
    return doPredict(x);
}

Eigen::VectorXd Regressor::predictMean(const Eigen::MatrixXd& x) const {
    checkColumns(x, features_);
    return doPredictMean(x);
}

Eigen::VectorXd Regressor::pathMeans(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                     const std::vector<Eigen::Index>& order) const {
    checkColumns(from, features_);
    checkColumns(to, features_);
    return doPathMeans(from, to, order);
}

Eigen::VectorXd Regressor::doPathMeans(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                       const std::vector<Eigen::Index>& order) const {
    return doPredictMean(featurePath(from, to, order));
}

std::unique_ptr<ClosedShapley> Regressor::closedShapley(const Eigen::MatrixXd& background) const {
    checkColumns(background, features_);
    return doClosedShapley(background);
}

std::unique_ptr<ClosedShapley> Regressor::doClosedShapley(const Eigen::MatrixXd&) const {
    return nullptr;
}

std::unique_ptr<Regressor> Regressor::fresh() const {
    auto other = makeRegressor(kind());
    other->settings_ = settings_;
    return other;
}

nlohmann::json Regressor::toJson() const {
    nlohmann::json object = {{"kind", kind()}, {"settings", surrogate::toJson(settings_)}};
    if (isFitted()) {
        object["inputs"] = features_;
        object["state"] = state();
    }
    return object;
}

std::unique_ptr<Regressor> Regressor::fromJson(const nlohmann::json& object) {
    auto model = makeRegressor(object.at("kind").get<std::string>());
    setFromJson(model->settings_, object.at("settings"));
    if (object.contains("state")) {
        model->restore(object.at("state"));
        model->features_ = object.at("inputs").get<Eigen::Index>();
    }
    return model;
}

const std::vector<RegressorKind>& regressorKinds() {
    static const std::vector<RegressorKind> kinds = {
        {"gradient-boosting", "Gradient boosting", "Trees that each correct those before (XGBoost)"},
        {"random-forest", "Random forest", "The mean of trees on random parts of the data (XGBoost)"},
        {"gaussian-process", "Gaussian process",
         "A smooth function with the errors that Bayes' rule gives it"},
        {"sisso", "SISSO", "A short formula out of very many"},
        {"nearest-neighbours", "Nearest neighbours", "The mean of the most similar compositions"},
        {"ridge", "Ridge regression", "A plane with small coefficients"},
        {"mean", "Mean", "Always the mean of the data: what every model has to beat"},
    };
    return kinds;
}

std::unique_ptr<Regressor> makeRegressor(std::string_view kind) {
    if (kind == "gradient-boosting" || kind == "gb") return makeGradientBoosting();
    if (kind == "random-forest" || kind == "rf") return makeRandomForest();
    if (kind == "gaussian-process" || kind == "gp") return makeGaussianProcess();
    if (kind == "sisso") return makeSisso();
    if (kind == "nearest-neighbours" || kind == "knn") return makeNearestNeighbours();
    if (kind == "ridge") return makeRidge();
    if (kind == "mean") return makeMean();
    std::vector<std::string> names;
    for (const auto& known : regressorKinds())
        names.push_back(known.id);
    throw InputError(fmt::format("there is no model \"{}\"; there are {}", kind, fmt::join(names, ", ")));
}

}  // namespace ionscape::surrogate
