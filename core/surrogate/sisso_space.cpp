// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/sisso_search.h"

namespace ionscape::surrogate {

namespace {

constexpr std::array unary = {Operation::Exp,    Operation::ExpMinus, Operation::Inverse,
                              Operation::Square, Operation::Log,      Operation::Sin};

/// Scores that differ by less belong to the same values, written in another way.
constexpr double sameScore = 1e-10;
/// Larger numbers are not worth computing with.
constexpr double largest = 1e30;

}  // namespace

/// The formulas that correlate best with a target, each set of values once, as the simplest formula.
class FormulaSpace::Best {
  public:
    /// \param targets  one a column; the best correlation with any of them counts
    Best(const Eigen::MatrixXd& targets, std::size_t count, bool respectUnits)
        : targets_(targets.rowwise() - targets.colwise().mean()), count_(count), respectUnits_(respectUnits) {
        for (Eigen::Index j = 0; j < targets_.cols(); ++j) {
            const double norm = targets_.col(j).norm();
            // What is explained to the last digit is no target.
            if (norm > 1e-9 * targets.col(j).norm() && norm > 0.0)
                targets_.col(j) /= norm;
            else
                targets_.col(j).setZero();
        }
    }

    std::size_t seen() const { return seen_; }

    void consider(Operation operation, const Candidate& a, const Candidate* b) {
        if (operation != Operation::Feature &&
            !Expression::isAllowed(operation, *a.expression, b ? b->expression.get() : nullptr,
                                   respectUnits_))
            return;
        applyOperation(operation, a.values, b ? b->values : a.values, buffer_);
        const auto n = static_cast<double>(buffer_.size());
        const double squares = buffer_.square().sum();
        if (!(squares > 0.0 && squares < largest)) return;  // also catches what is not a number
        const double mean = buffer_.sum() / n;
        const double variance = squares - n * mean * mean;
        if (!(variance > 1e-10 * squares)) return;
        ++seen_;
        products_.noalias() = targets_.transpose() * buffer_.matrix();
        const double score = products_.cwiseAbs().maxCoeff() / std::sqrt(variance);
        if (kept_.size() >= count_ && score <= kept_.begin()->first) return;
        const int complexity = a.expression->complexity() + (b ? b->expression->complexity() : 0) +
                               (operation == Operation::Feature ? 0 : 1);
        const auto twin = kept_.lower_bound(score - sameScore);
        if (twin != kept_.end() && twin->first <= score + sameScore) {
            if (complexity < twin->second.complexity) twin->second = {operation, &a, b, complexity};
            return;
        }
        kept_.emplace(score, Made{operation, &a, b, complexity});
        if (kept_.size() > count_) kept_.erase(kept_.begin());
    }

    /// Best first.
    std::vector<Candidate> take() const {
        std::vector<Candidate> list;
        for (auto at = kept_.rbegin(); at != kept_.rend(); ++at) {
            const Made& made = at->second;
            Candidate candidate{made.a->expression, {}, at->first};
            applyOperation(made.operation, made.a->values, made.b ? made.b->values : made.a->values,
                           candidate.values);
            if (made.operation != Operation::Feature) {
                candidate.expression = Expression::apply(
                    made.operation, made.a->expression, made.b ? made.b->expression : nullptr, respectUnits_);
            }
            list.push_back(std::move(candidate));
        }
        return list;
    }

  private:
    struct Made {
        Operation operation;
        const Candidate* a;
        const Candidate* b;
        int complexity;
    };
    Eigen::MatrixXd targets_;
    Eigen::ArrayXd buffer_;
    Eigen::VectorXd products_;
    std::size_t count_;
    bool respectUnits_;
    std::size_t seen_ = 0;
    std::map<double, Made> kept_;
};

FormulaSpace::FormulaSpace(const std::vector<Feature>& features, const Eigen::MatrixXd& x,
                           const Eigen::VectorXd& y, const SissoSpace& settings, const std::stop_token& stop)
    : settings_(settings) {
    auto& ground = levels_.emplace_back();
    for (std::size_t j = 0; j < features.size(); ++j) {
        const Eigen::ArrayXd values = x.col(static_cast<Eigen::Index>(j));
        const double spread = (values - values.mean()).square().sum();
        if (!(spread > 1e-10 * values.square().sum())) continue;  // says nothing about any row
        const auto dimension = settings.respectUnits ? dimensionOf(features[j].unit) : PhysicalDimension{};
        ground.push_back({Expression::feature(static_cast<int>(j), dimension), values, 0.0});
    }
    if (ground.empty()) throw InputError("no feature varies, so there is nothing to make formulas of");
    for (int complexity = 1; complexity < settings.complexity; ++complexity) {
        Best best(y, settings.pool, settings.respectUnits);
        look(complexity, best, stop);
        complete_ = complete_ && best.seen() <= settings.pool;
        levels_.push_back(best.take());
    }
}

void FormulaSpace::look(int complexity, Best& best, const std::stop_token& stop) const {
    const auto level = [&](int c) -> const std::vector<Candidate>& {
        return levels_[static_cast<std::size_t>(c)];
    };
    if (complexity < static_cast<int>(levels_.size())) {
        for (const auto& known : level(complexity))
            best.consider(Operation::Feature, known, nullptr);
        return;
    }
    for (const auto& a : level(complexity - 1)) {
        throwIfStopped(stop);
        for (const auto operation : unary)
            best.consider(operation, a, nullptr);
    }
    // Two parts and the operator between them.
    for (int p = complexity - 1; 2 * p >= complexity - 1; --p) {
        const int q = complexity - 1 - p;
        for (std::size_t i = 0; i < level(p).size(); ++i) {
            throwIfStopped(stop);
            const auto& a = level(p)[i];
            const std::size_t end = p == q ? i : level(q).size();
            for (std::size_t j = 0; j < end; ++j) {
                const auto& b = level(q)[j];
                best.consider(Operation::Add, a, &b);
                best.consider(Operation::Subtract, a, &b);
                best.consider(Operation::Multiply, a, &b);
                best.consider(Operation::Divide, a, &b);
                best.consider(Operation::Divide, b, &a);
            }
        }
    }
}

std::vector<Candidate> FormulaSpace::screen(const Eigen::MatrixXd& residuals, std::size_t count,
                                            const std::vector<Candidate>& taken,
                                            const std::stop_token& stop) {
    // Those that are taken already may come up again and are then left out.
    Best best(residuals, count + taken.size(), settings_.respectUnits);
    for (int complexity = 0; complexity <= settings_.complexity; ++complexity)
        look(complexity, best, stop);
    size_ = best.seen();
    std::vector<Candidate> chosen;
    for (auto& candidate : best.take()) {
        const auto isKnown = [&](const Candidate& other) {
            return std::abs(pearson(other.values, candidate.values)) > 1.0 - 1e-9;
        };
        if (std::any_of(taken.begin(), taken.end(), isKnown)) continue;
        chosen.push_back(std::move(candidate));
        if (chosen.size() == count) break;
    }
    return chosen;
}

}  // namespace ionscape::surrogate
