// SPDX-License-Identifier: GPL-3.0-or-later
// SISSO: a linear combination of a few constructed formulas (Ouyang et al. 2018).
#include <fmt/format.h>
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/surrogate/regressors.h"
#include "core/surrogate/row_encoder.h"
#include "core/surrogate/sisso_search.h"
#include "core/surrogate/standardiser.h"

namespace ionscape::surrogate {

namespace {

using nlohmann::json;

/// Fits that are compared by the metric that was asked for.
constexpr std::size_t shortlist = 100;

/// What the first fits leave over, a column each.
Eigen::MatrixXd residualsOf(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y,
                            const std::vector<SparseFit>& fits, std::size_t most) {
    const auto n = std::min(fits.size(), most);
    Eigen::MatrixXd residuals(y.size(), static_cast<Eigen::Index>(n));
    for (std::size_t k = 0; k < n; ++k) {
        const Eigen::VectorXd w = leastSquares(columns, fits[k].columns, y);
        residuals.col(static_cast<Eigen::Index>(k)) =
            (y.array() - w[0]).matrix() - columns(Eigen::all, fits[k].columns) * w.tail(w.size() - 1);
    }
    return residuals;
}

class Sisso final : public Regressor {
  public:
    Sisso()
        : Regressor({{"dimension", "Terms of the formula", 3, 1, 10, true, 1, 4},
                     {"complexity", "Operators in a term at most", 2, 0, 5, true, 1, 2},
                     {"subspace", "Formulas that each screening adds to choose from", 100, 1, 2000, true},
                     {"residuals", "Best fits whose residuals are screened for, from two terms on", 50, 1,
                      1000, true},
                     {"pool", "Formulas of each complexity below the highest that are built on", 5000, 10,
                      1e6, true},
                     {"selection",
                      "How terms are chosen: every set, or one after the other",
                      0,
                      0,
                      0,
                      true,
                      0,
                      0,
                      false,
                      {"l0", "omp"}},
                     {"sets", "Sets of terms that are counted one by one at most", 2e7, 1, 1e10},
                     {"metric",
                      "What the chosen one of the best fits has least",
                      0,
                      0,
                      0,
                      true,
                      0,
                      0,
                      false,
                      {"rmse", "max-ae"}},
                     {"units",
                      "Whether only like units are added and only plain numbers go into exp, ln, sin",
                      0,
                      0,
                      0,
                      true,
                      0,
                      0,
                      false,
                      {"respect", "ignore"}}}) {}
    std::string kind() const override { return "sisso"; }
    std::optional<Formula> formula() const override;

  protected:
    void doFit(const SurrogateTable& table, std::uint64_t, const std::stop_token& stop,
               ProgressSink& progress) override;
    Prediction doPredict(const Eigen::MatrixXd& x) const override;
    json state() const override;
    void restore(const json& state) override;

  private:
    SparseFit choose(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, int dimension,
                     std::vector<SparseFit>& previous, bool& exhaustive, const std::stop_token& stop) const;
    void adopt(const SurrogateTable& table, const std::vector<Candidate>& terms,
               const Eigen::MatrixXd& columns, const std::vector<int>& chosen);
    Eigen::MatrixXd termValues(const Eigen::MatrixXd& x, std::vector<char>& outside) const;

    std::vector<Feature> features_;
    TargetDefinition target_;
    std::vector<ExpressionPtr> terms_;
    Eigen::VectorXd coefficients_;         ///< the constant first
    Eigen::RowVectorXd lowest_, highest_;  ///< of each term over the training rows
    Eigen::RowVectorXd centre_;
    Eigen::MatrixXd covariance_;  ///< of the coefficients over the noise variance, constant first
    double noiseVariance_ = 0.0, targetVariance_ = 0.0;
    std::string remark_;
};

SparseFit Sisso::choose(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, int dimension,
                        std::vector<SparseFit>& previous, bool& exhaustive,
                        const std::stop_token& stop) const {
    if (settings().choice("selection") == "omp") {
        exhaustive = false;
        const auto fit = matchingPursuit(columns, y, previous.empty() ? SparseFit{} : previous.front());
        previous = {fit};
        return fit;
    }
    previous =
        bestSubsets(columns, y, dimension, shortlist, settings().value("sets"), previous, exhaustive, stop);
    if (previous.empty() || settings().choice("metric") == "rmse")
        return previous.empty() ? SparseFit{} : previous.front();
    const auto largestError = [&](const SparseFit& fit) {
        const Eigen::VectorXd w = leastSquares(columns, fit.columns, y);
        const Eigen::VectorXd fitted = columns(Eigen::all, fit.columns) * w.tail(w.size() - 1);
        return (fitted.array() + w[0] - y.array()).abs().maxCoeff();
    };
    return *std::min_element(previous.begin(), previous.end(), [&](const SparseFit& a, const SparseFit& b) {
        return largestError(a) < largestError(b);
    });
}

void Sisso::doFit(const SurrogateTable& table, std::uint64_t, const std::stop_token& stop,
                  ProgressSink& progress) {
    const int dimensions = settings().integer("dimension");
    if (table.rows() < dimensions + 2) {
        throw InputError(
            fmt::format("{} rows are too few for {} terms and a constant", table.rows(), dimensions));
    }
    const SissoSpace space{settings().integer("complexity"),
                           static_cast<std::size_t>(settings().value("pool")),
                           settings().choice("units") == "respect"};
    FormulaSpace formulas(table.features, table.x, table.y, space, stop);
    std::vector<Candidate> terms;
    std::vector<SparseFit> previous;
    SparseFit fit;
    Eigen::MatrixXd residuals = table.y.array() - table.y.mean();
    Eigen::MatrixXd columns(table.rows(), 0);
    bool allSets = true;
    for (int d = 1; d <= dimensions; ++d) {
        progress.report("train", d - 1, dimensions, fmt::format("{} terms", d));
        auto added =
            formulas.screen(residuals, static_cast<std::size_t>(settings().integer("subspace")), terms, stop);
        for (auto& candidate : added) {
            columns.conservativeResize(Eigen::NoChange, columns.cols() + 1);
            columns.rightCols(1) = candidate.values.matrix();
            terms.push_back(std::move(candidate));
        }
        if (columns.cols() < d) break;
        bool exhaustive = true;
        const auto found = choose(columns, table.y, d, previous, exhaustive, stop);
        if (static_cast<int>(found.columns.size()) < d) break;  // what is left adds nothing new
        fit = found;
        allSets = allSets && exhaustive;
        residuals = residualsOf(columns, table.y, previous,
                                static_cast<std::size_t>(settings().integer("residuals")));
    }
    remark_ = fmt::format(
        "{} formulas{}; {}", formulas.size(),
        formulas.isComplete() ? "" : " (of each complexity only those that correlate best were built on)",
        settings().choice("selection") == "omp" ? "terms one after the other"
        : allSets                               ? "every set of terms counted"
                                                : "large sets of terms by extending and exchanging");
    adopt(table, terms, columns, fit.columns);
}

void Sisso::adopt(const SurrogateTable& table, const std::vector<Candidate>& terms,
                  const Eigen::MatrixXd& columns, const std::vector<int>& chosen) {
    features_ = table.features;
    target_ = table.target;
    terms_.clear();
    for (const int c : chosen)
        terms_.push_back(terms[static_cast<std::size_t>(c)].expression);
    coefficients_ = leastSquares(columns, chosen, table.y);
    const Eigen::MatrixXd t = columns(Eigen::all, chosen);
    lowest_ = t.colwise().minCoeff();
    highest_ = t.colwise().maxCoeff();
    centre_ = t.colwise().mean();
    const auto n = static_cast<double>(table.rows());
    const Eigen::VectorXd residual =
        (table.y.array() - coefficients_[0]).matrix() - t * coefficients_.tail(coefficients_.size() - 1);
    noiseVariance_ = residual.squaredNorm() / std::max(1.0, n - static_cast<double>(coefficients_.size()));
    targetVariance_ = (table.y.array() - table.y.mean()).square().mean();
    // A perfect fit would claim errors of zero; rounding is the least that is left.
    noiseVariance_ = std::max(noiseVariance_, 1e-12 * targetVariance_ + 1e-300);
    const Eigen::MatrixXd z = t.rowwise() - centre_;
    covariance_ = (z.transpose() * z).completeOrthogonalDecomposition().pseudoInverse();
}

/// A term may have no value at a row (the logarithm of a negative number) or one far from all training rows;
/// it is held within one training range around the training values, and the row is marked.
Eigen::MatrixXd Sisso::termValues(const Eigen::MatrixXd& x, std::vector<char>& outside) const {
    Eigen::MatrixXd values(x.rows(), static_cast<Eigen::Index>(terms_.size()));
    outside.assign(static_cast<std::size_t>(x.rows()), 0);
    for (Eigen::Index k = 0; k < values.cols(); ++k) {
        const Eigen::ArrayXd raw = terms_[static_cast<std::size_t>(k)]->evaluate(x);
        const double range = highest_[k] - lowest_[k];
        for (Eigen::Index i = 0; i < x.rows(); ++i) {
            const double v =
                std::isnan(raw[i]) ? centre_[k] : std::clamp(raw[i], lowest_[k] - range, highest_[k] + range);
            if (!(v == raw[i])) outside[static_cast<std::size_t>(i)] = 1;
            values(i, k) = v;
        }
    }
    return values;
}

Prediction Sisso::doPredict(const Eigen::MatrixXd& x) const {
    std::vector<char> outside;
    const Eigen::MatrixXd t = termValues(x, outside);
    const Eigen::MatrixXd z = t.rowwise() - centre_;
    Prediction result;
    result.mean = (t * coefficients_.tail(t.cols())).array() + coefficients_[0];
    const Eigen::ArrayXd leverage = (z * covariance_).cwiseProduct(z).rowwise().sum().array().max(0.0);
    result.standardDeviation = (noiseVariance_ * (1.0 + leverage)).sqrt();
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        // What the formula does there nobody has seen.
        if (outside[static_cast<std::size_t>(i)])
            result.standardDeviation[i] = std::max(result.standardDeviation[i], std::sqrt(targetVariance_));
    }
    return result;
}

std::optional<Formula> Sisso::formula() const {
    if (!isFitted()) return std::nullopt;
    const bool positive = coefficients_[0] >= 0.0;
    Formula f;
    f.text = fmt::format("{} = {}{:.5g}", target_.name, positive ? "" : "−", std::abs(coefficients_[0]));
    f.html =
        fmt::format("<i>{}</i> = {}{:.5g}", target_.name, positive ? "" : "−", std::abs(coefficients_[0]));
    for (std::size_t k = 0; k < terms_.size(); ++k) {
        const double c = coefficients_[static_cast<Eigen::Index>(k) + 1];
        const auto sign = c >= 0.0 ? " + " : " − ";
        f.text += fmt::format("{}{:.5g}·[{}]", sign, std::abs(c), terms_[k]->text(features_));
        f.html += fmt::format("{}{:.5g} · [{}]", sign, std::abs(c), terms_[k]->html(features_));
        f.terms.push_back(terms_[k]->text(features_));
        f.coefficients.push_back(c);
    }
    f.constant = coefficients_[0];
    f.remark = remark_;
    return f;
}

json Sisso::state() const {
    json terms = json::array(), features = json::array();
    for (const auto& term : terms_)
        terms.push_back(term->toJson());
    for (const auto& feature : features_)
        features.push_back(featureToJson(feature));
    return {{"features", features},
            {"target", {target_.name, target_.unit, target_.meaning}},
            {"terms", terms},
            {"coefficients", matrixToJson(coefficients_)},
            {"lowest", matrixToJson(lowest_)},
            {"highest", matrixToJson(highest_)},
            {"centre", matrixToJson(centre_)},
            {"covariance", matrixToJson(covariance_)},
            {"noise_variance", noiseVariance_},
            {"target_variance", targetVariance_},
            {"remark", remark_},
            {"formula", formula() ? formula()->text : std::string()}};
}

void Sisso::restore(const json& state) {
    for (const auto& feature : state.at("features"))
        features_.push_back(featureFromJson(feature));
    const auto& target = state.at("target");
    target_ = {target.at(0).get<std::string>(), target.at(1).get<std::string>(),
               target.at(2).get<std::string>()};
    for (const auto& term : state.at("terms"))
        terms_.push_back(Expression::fromJson(term, features_.size()));
    coefficients_ = matrixFromJson(state.at("coefficients"));
    lowest_ = matrixFromJson(state.at("lowest"));
    highest_ = matrixFromJson(state.at("highest"));
    centre_ = matrixFromJson(state.at("centre"));
    covariance_ = matrixFromJson(state.at("covariance"));
    noiseVariance_ = state.at("noise_variance").get<double>();
    targetVariance_ = state.at("target_variance").get<double>();
    remark_ = state.at("remark").get<std::string>();
    const auto k = static_cast<Eigen::Index>(terms_.size());
    if (coefficients_.size() != k + 1 || lowest_.size() != k || highest_.size() != k || centre_.size() != k ||
        covariance_.rows() != k || covariance_.cols() != k)
        throw InputError("the terms of a formula and their coefficients do not fit together");
}

}  // namespace

std::unique_ptr<Regressor> makeSisso() {
    return std::make_unique<Sisso>();
}

}  // namespace ionscape::surrogate
