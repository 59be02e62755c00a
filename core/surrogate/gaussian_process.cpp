// SPDX-License-Identifier: GPL-3.0-or-later
// Gaussian process regression with lengths, amplitude and noise of the greatest posterior density.
#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/random.h"
#include "core/surrogate/gp_kernel.h"
#include "core/surrogate/product_shapley.h"
#include "core/surrogate/regressors.h"
#include "core/surrogate/smooth_minimiser.h"
#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

namespace {

using nlohmann::json;

/// A normal density of the logarithm of a parameter.
struct LogPrior {
    double centre, width;
    double value(double p) const { return -0.5 * std::pow((p - centre) / width, 2); }
    double slope(double p) const { return (centre - p) / (width * width); }
};

/// Lengths grow with √features, as distances do (Hvarfner, Hellsten & Nardi, ICML 2024); amplitude and noise
/// are those of a target of variance one.
std::vector<LogPrior> priors(Eigen::Index features) {
    const double scale = 0.5 * std::log(static_cast<double>(features));
    std::vector<LogPrior> list(static_cast<std::size_t>(features),
                               {std::sqrt(2.0) + scale - 0.5, std::sqrt(3.0)});
    list.push_back({0.0, 1.0});
    list.push_back({std::log(0.2), 1.5});
    return list;
}

class GaussianProcess final : public Regressor {
  public:
    GaussianProcess()
        : Regressor(
              {{"kernel", "How smooth the function is", 0, 0, 0, true, 0, 1, false, {"rbf", "matern52"}},
               {"starts", "Starting points of the search for lengths and noise", 2, 1, 50, true},
               {"iterations", "Steps of each search", 80, 1, 1000, true},
               {"search-rows", "Rows that the search looks at; the others are used afterwards", 400, 10, 5000,
                true}}) {}
    std::string kind() const override { return "gaussian-process"; }

  protected:
    void doFit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
               ProgressSink& progress) override;
    Prediction doPredict(const Eigen::MatrixXd& x) const override;
    Eigen::VectorXd doPredictMean(const Eigen::MatrixXd& x) const override {
        return (kernel_.covariance(scale_(x), x_) * alpha_).array() * unit_ + mean_;
    }
    Eigen::VectorXd doPathMeans(const Eigen::RowVectorXd& from, const Eigen::RowVectorXd& to,
                                const std::vector<Eigen::Index>& order) const override {
        const auto covariance = kernel_.covarianceOnPath(scale_(from), scale_(to), order, x_);
        return (covariance * alpha_).array() * unit_ + mean_;
    }
    std::unique_ptr<ClosedShapley> doClosedShapley(const Eigen::MatrixXd& background) const override;
    json state() const override;
    void restore(const json& state) override;

  private:
    Kernel search(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& own,
                  RandomStream& random, const std::stop_token& stop, ProgressSink& progress) const;
    void factorise();

    Standardiser scale_;
    double mean_ = 0.0, unit_ = 1.0;  ///< of the target
    Eigen::MatrixXd x_;               ///< standardised
    Eigen::VectorXd y_, own_;         ///< standardised; known variances, empty where there are none
    Kernel kernel_;
    Eigen::LLT<Eigen::MatrixXd> factor_;
    Eigen::VectorXd alpha_;
};

Kernel GaussianProcess::search(const Eigen::MatrixXd& x, const Eigen::VectorXd& y, const Eigen::VectorXd& own,
                               RandomStream& random, const std::stop_token& stop,
                               ProgressSink& progress) const {
    Kernel kernel;
    kernel.shape =
        settings().choice("kernel") == "rbf" ? KernelShape::SquaredExponential : KernelShape::Matern52;
    const auto prior = priors(x.cols());
    const SmoothFunction cost = [&](const Eigen::VectorXd& p, Eigen::VectorXd& gradient) {
        throwIfStopped(stop);
        // Outside lie numbers that overflow.
        if (p.cwiseAbs().maxCoeff() > 12.0) return std::numeric_limits<double>::infinity();
        Kernel trial = kernel;
        trial.setParameters(p);
        double value = logMarginalLikelihood(trial, x, y, own, gradient);
        for (Eigen::Index k = 0; k < p.size(); ++k) {
            value += prior[static_cast<std::size_t>(k)].value(p[k]);
            gradient[k] += prior[static_cast<std::size_t>(k)].slope(p[k]);
        }
        gradient *= -1.0;
        return -value;
    };
    const int starts = settings().integer("starts");
    Minimum best;
    best.value = std::numeric_limits<double>::infinity();
    for (int s = 0; s < starts; ++s) {
        progress.report("train", s, starts, {});
        Eigen::VectorXd start(x.cols() + 2);
        for (Eigen::Index k = 0; k < start.size(); ++k) {
            const auto& p = prior[static_cast<std::size_t>(k)];
            start[k] =
                p.centre - (k < x.cols() ? 0.7 : 0.0) + (s == 0 ? 0.0 : 0.5 * p.width * random.normal());
        }
        const auto found = minimise(cost, start, settings().integer("iterations"), 1e-3);
        if (found.value < best.value) best = found;
    }
    kernel.setParameters(best.x);
    return kernel;
}

void GaussianProcess::doFit(const SurrogateTable& table, std::uint64_t seed, const std::stop_token& stop,
                            ProgressSink& progress) {
    RandomStream random(seed, "gaussian process");
    const Standardiser scale(table.x);
    const Eigen::MatrixXd x = scale(table.x);
    const double mean = table.y.mean();
    const double spread = std::sqrt((table.y.array() - mean).square().mean());
    const double unit = spread > 1e-12 * std::max(1.0, std::abs(mean)) ? spread : 1.0;
    const Eigen::VectorXd y = (table.y.array() - mean) / unit;
    Eigen::VectorXd own;
    if (table.yError.size() > 0) own = (table.yError / unit).cwiseAbs2();
    std::vector<Eigen::Index> rows(static_cast<std::size_t>(table.rows()));
    std::iota(rows.begin(), rows.end(), Eigen::Index(0));
    const auto most = static_cast<std::size_t>(settings().integer("search-rows"));
    if (rows.size() > most) {
        random.shuffle(rows);
        rows.resize(most);
        std::sort(rows.begin(), rows.end());
    }
    const Eigen::VectorXd ownOfRows = own.size() > 0 ? Eigen::VectorXd(own(rows)) : own;
    const auto kernel = search(x(rows, Eigen::all), y(rows), ownOfRows, random, stop, progress);
    scale_ = scale;
    mean_ = mean;
    unit_ = unit;
    x_ = x;
    y_ = y;
    own_ = own;
    kernel_ = kernel;
    factorise();
}

void GaussianProcess::factorise() {
    Eigen::MatrixXd k = kernel_.covariance(x_, x_);
    k.diagonal().array() += kernel_.noise * kernel_.noise + 1e-10 * kernel_.amplitude * kernel_.amplitude;
    if (own_.size() > 0) k.diagonal() += own_;
    factor_.compute(k);
    alpha_ = factor_.solve(y_);
}

std::unique_ptr<ClosedShapley> GaussianProcess::doClosedShapley(const Eigen::MatrixXd& background) const {
    // Matérn's kernel is no product over features; and of very many numbers sampling is quicker.
    constexpr Eigen::Index mostFactors = 8192;
    if (kernel_.shape != KernelShape::SquaredExponential || x_.size() > mostFactors) return nullptr;
    struct Scaled final : ClosedShapley {
        Standardiser scale;
        ProductShapley values;
        Scaled(Standardiser toLengths, const Eigen::MatrixXd& centres, const Eigen::VectorXd& weights,
               const Eigen::MatrixXd& rows)
            : scale(std::move(toLengths)), values(centres, weights, scale(rows)) {}
        Eigen::RowVectorXd operator()(const Eigen::RowVectorXd& row) const override {
            return values(scale(row));
        }
    };
    Standardiser toLengths = scale_;
    toLengths.scale = toLengths.scale.cwiseProduct(kernel_.lengths);
    const double power = kernel_.amplitude * kernel_.amplitude;
    return std::make_unique<Scaled>(toLengths, x_.array().rowwise() / kernel_.lengths.array(),
                                    unit_ * power * alpha_, background);
}

Prediction GaussianProcess::doPredict(const Eigen::MatrixXd& x) const {
    const Eigen::MatrixXd cross = kernel_.covariance(scale_(x), x_);
    const Eigen::MatrixXd half = factor_.matrixL().solve(cross.transpose());
    // A new target has the noise of those learnt from; where they had known errors, the mean of these too.
    const double noise = kernel_.noise * kernel_.noise + (own_.size() > 0 ? own_.mean() : 0.0);
    const Eigen::ArrayXd known = half.colwise().squaredNorm().transpose().array();
    const Eigen::ArrayXd variance = (kernel_.amplitude * kernel_.amplitude - known).max(0.0) + noise;
    return {(cross * alpha_).array() * unit_ + mean_, unit_ * variance.sqrt()};
}

json GaussianProcess::state() const {
    return {{"scale", standardiserToJson(scale_)},
            {"mean", mean_},
            {"unit", unit_},
            {"x", matrixToJson(x_)},
            {"y", matrixToJson(y_)},
            {"own_variance", matrixToJson(own_)},
            {"kernel", kernel_.shape == KernelShape::Matern52 ? "matern52" : "rbf"},
            {"log_parameters", matrixToJson(kernel_.parameters())}};
}

void GaussianProcess::restore(const json& state) {
    scale_ = standardiserFromJson(state.at("scale"));
    mean_ = state.at("mean").get<double>();
    unit_ = state.at("unit").get<double>();
    x_ = matrixFromJson(state.at("x"));
    y_ = matrixFromJson(state.at("y"));
    own_ = matrixFromJson(state.at("own_variance"));
    kernel_.shape = state.at("kernel") == "rbf" ? KernelShape::SquaredExponential : KernelShape::Matern52;
    kernel_.setParameters(matrixFromJson(state.at("log_parameters")));
    factorise();
}

}  // namespace

std::unique_ptr<Regressor> makeGaussianProcess() {
    return std::make_unique<GaussianProcess>();
}

}  // namespace ionscape::surrogate
