// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/pair_function.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/name_table.h"

namespace ionscape::potential {

namespace {

/// Steps of the search for the maximum of a Buckingham energy, Å.
constexpr double searchStep = 0.005;

}  // namespace

Truncation truncationFromName(const std::string& name) {
    static const NameTable<Truncation> names(
        "truncation",
        {{Truncation::None, "none"}, {Truncation::Shift, "shift"}, {Truncation::Smooth, "smooth"}});
    return names.value(name);
}

Mixing mixingFromName(const std::string& name) {
    static const NameTable<Mixing> names("mixing rule", {{Mixing::LorentzBerthelot, "lorentz-berthelot"},
                                                         {Mixing::Geometric, "geometric"},
                                                         {Mixing::WaldmanHagler, "waldman-hagler"}});
    return names.value(name);
}

PairTerms mixed(const PairTerms& first, const PairTerms& second, Mixing rule) {
    PairTerms terms;
    terms.epsilon = std::sqrt(first.epsilon * second.epsilon);
    switch (rule) {
        case Mixing::LorentzBerthelot:
            terms.sigma = 0.5 * (first.sigma + second.sigma);
            break;
        case Mixing::Geometric:
            terms.sigma = std::sqrt(first.sigma * second.sigma);
            break;
        case Mixing::WaldmanHagler: {
            const double sixth = 0.5 * (std::pow(first.sigma, 6) + std::pow(second.sigma, 6));
            terms.sigma = std::pow(sixth, 1.0 / 6.0);
            terms.epsilon *= std::pow(first.sigma * second.sigma, 3) / sixth;
            break;
        }
    }
    return terms;
}

PairFunction::PairFunction(const PairTerms& terms, Truncation truncation, double cutoff, double fadeWidth)
    : terms_(terms), truncation_(truncation), cutoff_(cutoff), fadeWidth_(fadeWidth) {
    if (truncation == Truncation::Shift) shift_ = bare(cutoff).energy;
    if (terms.a <= 0.0 || terms.c <= 0.0) return;
    for (double r = searchStep; r < cutoff; r += searchStep) {
        if (bare(r).slope >= 0.0) continue;
        innerMaximum_ = r;
        break;
    }
}

PairValue PairFunction::bare(double r) const {
    PairValue value;
    if (terms_.epsilon != 0.0) {
        const double sixth = std::pow(terms_.sigma / r, 6);
        value.energy += 4.0 * terms_.epsilon * sixth * (sixth - 1.0);
        value.slope -= 24.0 * terms_.epsilon * sixth * (2.0 * sixth - 1.0) / r;
    }
    if (terms_.a != 0.0) {
        const double wall = terms_.a * std::exp(-r / terms_.rho);
        value.energy += wall;
        value.slope -= wall / terms_.rho;
    }
    if (terms_.c != 0.0) {
        const double dispersion = terms_.c / std::pow(r, 6);
        value.energy -= dispersion;
        value.slope += 6.0 * dispersion / r;
    }
    return value;
}

PairValue PairFunction::at(double r) const {
    if (r >= cutoff_) return {};
    PairValue value = bare(r);
    value.energy -= shift_;
    const double x = truncation_ == Truncation::Smooth ? (r - cutoff_ + fadeWidth_) / fadeWidth_ : 0.0;
    if (x > 0.0) {
        const double fade = 1.0 - x * x * x * (10.0 + x * (-15.0 + 6.0 * x));
        const double fadeSlope = -30.0 * x * x * (1.0 - x) * (1.0 - x) / fadeWidth_;
        value.slope = value.slope * fade + value.energy * fadeSlope;
        value.energy *= fade;
    }
    return value;
}

}  // namespace ionscape::potential
