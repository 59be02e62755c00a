// SPDX-License-Identifier: GPL-3.0-or-later
// Ridge regression in standardised features, its strength from the exact leave-one-out error.
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/surrogate/regressors.h"
#include "core/surrogate/shapley.h"
#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

namespace {

using nlohmann::json;

/// Singular values of the standardised table, and the target turned into their basis.
struct Spectrum {
    Eigen::JacobiSVD<Eigen::MatrixXd> svd;
    Eigen::VectorXd centred, turned;

    Eigen::ArrayXd shrinkage(double lambda) const {
        const Eigen::ArrayXd squares = svd.singularValues().array().square();
        return squares / (squares + lambda);
    }
    /// Residuals of the fit to all rows and the leverage of each row, the intercept's 1/n included.
    std::pair<Eigen::VectorXd, Eigen::VectorXd> residuals(double lambda) const {
        const auto shrink = shrinkage(lambda);
        const Eigen::VectorXd fitted = svd.matrixU() * (shrink * turned.array()).matrix();
        const Eigen::VectorXd leverage = (svd.matrixU().array().square().matrix() * shrink.matrix()).array() +
                                         1.0 / static_cast<double>(centred.size());
        return {centred - fitted, leverage};
    }
    /// Sum over rows of the squared error of a fit without that row (Allen's PRESS; the scaling of the
    /// features is kept).
    double leaveOneOut(double lambda) const {
        const auto [residual, leverage] = residuals(lambda);
        return (residual.array() / (1.0 - leverage.array()).max(1e-9)).square().sum();
    }
};

class Ridge final : public Regressor {
  public:
    Ridge()
        : Regressor({{"lambda",
                      "Penalty on squared coefficients of standardised features; 0 = the one with the least "
                      "leave-one-out error",
                      0.0, 0.0, 1e9}}) {}
    std::string kind() const override { return "ridge"; }

  protected:
    void doFit(const SurrogateTable& table, std::uint64_t, const std::stop_token&, ProgressSink&) override {
        scale_ = Standardiser(table.x);
        mean_ = table.y.mean();
        Spectrum spectrum{
            Eigen::JacobiSVD<Eigen::MatrixXd>(scale_(table.x), Eigen::ComputeThinU | Eigen::ComputeThinV),
            table.y.array() - mean_,
            {}};
        spectrum.turned = spectrum.svd.matrixU().transpose() * spectrum.centred;
        lambda_ = settings().value("lambda") > 0.0 ? settings().value("lambda") : bestPenalty(spectrum);
        const Eigen::ArrayXd s = spectrum.svd.singularValues().array();
        const Eigen::ArrayXd inverse = 1.0 / (s.square() + lambda_);
        coefficients_ = spectrum.svd.matrixV() * (s * inverse * spectrum.turned.array()).matrix();
        const auto [residual, leverage] = spectrum.residuals(lambda_);
        const double n = static_cast<double>(table.rows());
        noiseVariance_ = residual.squaredNorm() / std::max(1.0, n - leverage.sum());
        // (XᵀX + λ)⁻¹ also has to cover directions in which the training rows do not vary at all.
        const auto features = table.x.cols();
        covariance_ = (scale_(table.x).transpose() * scale_(table.x) +
                       lambda_ * Eigen::MatrixXd::Identity(features, features))
                          .completeOrthogonalDecomposition()
                          .pseudoInverse();
        rows_ = n;
    }
    Prediction doPredict(const Eigen::MatrixXd& x) const override {
        const Eigen::MatrixXd z = scale_(x);
        const Eigen::ArrayXd leverage = (z * covariance_).cwiseProduct(z).rowwise().sum().array();
        return {(z * coefficients_).array() + mean_,
                (noiseVariance_ * (1.0 + 1.0 / rows_ + leverage.max(0.0))).sqrt()};
    }
    Eigen::VectorXd doPredictMean(const Eigen::MatrixXd& x) const override {
        return (scale_(x) * coefficients_).array() + mean_;
    }
    std::unique_ptr<ClosedShapley> doClosedShapley(const Eigen::MatrixXd& background) const override {
        struct Linear final : ClosedShapley {
            Eigen::RowVectorXd slope, mean;
            Eigen::RowVectorXd operator()(const Eigen::RowVectorXd& row) const override {
                return slope.cwiseProduct(row - mean);
            }
        };
        auto closed = std::make_unique<Linear>();
        closed->slope = coefficients_.transpose().cwiseQuotient(scale_.scale);
        closed->mean = background.colwise().mean();
        return closed;
    }
    json state() const override {
        return {{"scale", standardiserToJson(scale_)},
                {"mean", mean_},
                {"lambda", lambda_},
                {"coefficients", matrixToJson(Eigen::MatrixXd(coefficients_))},
                {"covariance", matrixToJson(covariance_)},
                {"noise_variance", noiseVariance_},
                {"rows", rows_}};
    }
    void restore(const json& state) override {
        scale_ = standardiserFromJson(state.at("scale"));
        mean_ = state.at("mean").get<double>();
        lambda_ = state.at("lambda").get<double>();
        coefficients_ = matrixFromJson(state.at("coefficients"));
        covariance_ = matrixFromJson(state.at("covariance"));
        noiseVariance_ = state.at("noise_variance").get<double>();
        rows_ = state.at("rows").get<double>();
    }

  private:
    static double bestPenalty(const Spectrum& spectrum) {
        double best = 1.0, least = std::numeric_limits<double>::infinity();
        for (double exponent = -6.0; exponent <= 4.0; exponent += 0.25) {
            const double lambda = std::pow(10.0, exponent);
            const double error = spectrum.leaveOneOut(lambda);
            if (error < least) {
                least = error;
                best = lambda;
            }
        }
        return best;
    }

    Standardiser scale_;
    double mean_ = 0.0, lambda_ = 0.0, noiseVariance_ = 0.0, rows_ = 1.0;
    Eigen::VectorXd coefficients_;
    Eigen::MatrixXd covariance_;
};

}  // namespace

std::unique_ptr<Regressor> makeRidge() {
    return std::make_unique<Ridge>();
}

}  // namespace ionscape::surrogate
