// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/booster.h"

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/surrogate/tree_ensemble.h"

namespace ionscape::surrogate {

namespace {

void require(int code) {
    if (code == 0) return;
    std::string message = XGBGetLastError();
    // The first line says it; the rest is a stack trace.
    message = message.substr(0, message.find('\n'));
    throw ModelError("XGBoost: " + message);
}

/// A table as XGBoost holds it.
class Matrix {
  public:
    explicit Matrix(const Eigen::MatrixXd& x) {
        const FloatRows rows = x.cast<float>();
        require(XGDMatrixCreateFromMat(rows.data(), static_cast<bst_ulong>(x.rows()),
                                       static_cast<bst_ulong>(x.cols()),
                                       std::numeric_limits<float>::quiet_NaN(), &handle));
    }
    ~Matrix() { XGDMatrixFree(handle); }
    Matrix(const Matrix&) = delete;
    Matrix& operator=(const Matrix&) = delete;

    void set(const char* field, const Eigen::VectorXd& values) {
        const Eigen::VectorXf narrow = values.cast<float>();
        require(XGDMatrixSetFloatInfo(handle, field, narrow.data(), static_cast<bst_ulong>(narrow.size())));
    }

    DMatrixHandle handle = nullptr;
};

}  // namespace

struct Booster::Impl {
    BoosterHandle handle = nullptr;
    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        if (handle) XGBoosterFree(handle);
    }
    void set(const char* name, const std::string& value) {
        require(XGBoosterSetParam(handle, name, value.c_str()));
    }
    void set(const char* name, double value) { set(name, fmt::format("{:.9g}", value)); }
};

Booster::Booster(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& weights,
                 const BoosterSettings& s, const std::stop_token& stop)
    : impl_(std::make_unique<Impl>()) {
    Matrix table(x);
    table.set("label", y);
    if (weights.size() > 0) table.set("weight", weights);
    require(XGBoosterCreate(&table.handle, 1, &impl_->handle));
    const double weight = weights.size() > 0 ? weights.sum() : static_cast<double>(y.size());
    impl_->set("verbosity", 0);
    impl_->set("nthread", s.threads);
    impl_->set("booster", "gbtree");
    impl_->set("objective", "reg:squarederror");
    impl_->set("base_score", (weights.size() > 0 ? weights.dot(y) : y.sum()) / weight);
    impl_->set("tree_method", y.size() > 20000 ? "hist" : "exact");
    impl_->set("num_parallel_tree", s.parallelTrees);
    impl_->set("eta", s.learningRate);
    impl_->set("max_depth", s.depth);
    impl_->set("min_child_weight", s.minChildWeight);
    impl_->set("subsample", s.subsample);
    impl_->set("colsample_bytree", s.columnsByTree);
    impl_->set("colsample_bynode", s.columnsByNode);
    impl_->set("reg_lambda", s.lambda);
    impl_->set("gamma", s.gamma);
    impl_->set("seed", static_cast<double>(s.seed % 1000000007ULL));
    for (int round = 0; round < s.rounds; ++round) {
        throwIfStopped(stop);
        require(XGBoosterUpdateOneIter(impl_->handle, round, table.handle));
    }
}

Booster::~Booster() = default;
Booster::Booster(Booster&&) noexcept = default;

std::string Booster::json() const {
    bst_ulong length = 0;
    const char* text = nullptr;
    require(XGBoosterSaveModelToBuffer(impl_->handle, R"({"format": "json"})", &length, &text));
    return {text, static_cast<std::size_t>(length)};
}

Eigen::MatrixXd Booster::ask(const Eigen::MatrixXd& x, int type) const {
    const Matrix table(x);
    const auto config = fmt::format(
        R"({{"type": {}, "training": false, "iteration_begin": 0, "iteration_end": 0, "strict_shape": false}})",
        type);
    const bst_ulong* shape = nullptr;
    bst_ulong dimensions = 0;
    const float* values = nullptr;
    require(XGBoosterPredictFromDMatrix(impl_->handle, table.handle, config.c_str(), &shape, &dimensions,
                                        &values));
    Eigen::Index columns = 1;
    for (bst_ulong d = 1; d < dimensions; ++d)
        columns *= static_cast<Eigen::Index>(shape[d]);
    return Eigen::Map<const FloatRows>(values, x.rows(), columns).cast<double>();
}

Eigen::VectorXd Booster::predict(const Eigen::MatrixXd& x) const {
    return ask(x, 0).col(0);
}

Eigen::MatrixXd Booster::contributions(const Eigen::MatrixXd& x) const {
    return ask(x, 2);
}

Eigen::MatrixXd Booster::interactions(const Eigen::MatrixXd& x) const {
    return ask(x, 4);
}

}  // namespace ionscape::surrogate
