// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/ranking.h"

#include <cmath>

#include "core/base/error.h"

namespace ionscape::surrogate {

Eigen::VectorXd compositeScore(const std::vector<ScoreTerm>& terms) {
    if (terms.empty()) throw InputError("a composite score needs a column or more");
    Eigen::VectorXd score = Eigen::VectorXd::Zero(terms.front().values.size());
    double total = 0.0;
    for (const auto& term : terms) {
        if (term.values.size() != score.size()) throw InputError("the columns of a score differ in length");
        if (!term.values.allFinite() || !std::isfinite(term.weight))
            throw InputError("a column or weight of a score is not a finite number");
        total += std::abs(term.weight);
        if (score.size() == 0) continue;
        const double low = term.values.minCoeff(), range = term.values.maxCoeff() - low;
        if (range > 0.0) score += (term.weight / range) * (term.values.array() - low).matrix();
    }
    if (!(total > 0.0)) throw InputError("all weights of the score are zero");
    return score / total;
}

MobilityClass mobilityClass(double msd, const MobilityLimits& limits) {
    if (msd > limits.high) return MobilityClass::High;
    return msd < limits.medium ? MobilityClass::Low : MobilityClass::Medium;
}

std::string className(MobilityClass mobility) {
    switch (mobility) {
        case MobilityClass::Low:
            return "low";
        case MobilityClass::Medium:
            return "medium";
        case MobilityClass::High:
            return "high";
    }
    return {};
}

std::array<double, 3> classProbabilities(double mean, double deviation, const MobilityLimits& limits) {
    if (!(deviation > 0.0)) {
        std::array<double, 3> certain{};
        certain[static_cast<std::size_t>(mobilityClass(mean, limits))] = 1.0;
        return certain;
    }
    const auto below = [&](double limit) {
        return 0.5 * std::erfc((mean - limit) / (deviation * std::sqrt(2.0)));
    };
    const double low = below(limits.medium), upToHigh = below(limits.high);
    return {low, upToHigh - low, 1.0 - upToHigh};
}

}  // namespace ionscape::surrogate
