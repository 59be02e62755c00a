// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/convex_hull.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/composition/linear_program.h"

namespace ionscape::composition {

namespace {

using crystal::Element;
using Eigen::Index;

/// Amounts of atoms below this share are rounding, not phases.
constexpr double leastFraction = 1e-9;
/// How closely end members must reproduce a formula, in fractions of atoms (formulas carry a few decimals).
constexpr double compositionTolerance = 1e-4;

std::string nameOf(const PhaseEntry& entry) {
    return entry.label.empty() ? formulaText(entry.formula) : entry.label;
}

std::vector<Element> elementsOf(const std::vector<PhaseEntry>& entries) {
    std::vector<Element> elements;
    for (const PhaseEntry& entry : entries) {
        for (const auto& [element, amount] : entry.formula) {
            if (std::find(elements.begin(), elements.end(), element) == elements.end())
                elements.push_back(element);
        }
    }
    return elements;
}

Eigen::VectorXd fractionsOf(const Formula& formula, const std::vector<Element>& elements) {
    Eigen::VectorXd fractions(static_cast<Index>(elements.size()));
    const double atoms = atomsIn(formula);
    for (std::size_t i = 0; i < elements.size(); ++i)
        fractions[static_cast<Index>(i)] = amountOf(formula, elements[i]) / atoms;
    return fractions;
}

}  // namespace

double atomsIn(const Formula& formula) {
    double atoms = 0.0;
    for (const auto& [element, amount] : formula)
        atoms += amount;
    if (!(atoms > 0.0)) throw InputError("a phase needs a formula with at least one atom");
    return atoms;
}

ConvexHull::ConvexHull(std::vector<PhaseEntry> entries) : entries_(std::move(entries)) {
    if (entries_.empty()) throw InputError("a convex hull needs at least one phase");
    for (const PhaseEntry& entry : entries_) {
        if (!std::isfinite(entry.energyPerAtom))
            throw InputError(fmt::format("the energy of {} is not a finite number", nameOf(entry)));
    }
    elements_ = elementsOf(entries_);
    fractions_.resize(static_cast<Index>(elements_.size()), static_cast<Index>(entries_.size()));
    for (std::size_t i = 0; i < entries_.size(); ++i)
        fractions_.col(static_cast<Index>(i)) = fractionsOf(entries_[i].formula, elements_);
}

std::optional<HullPoint> ConvexHull::lowest(const Formula& formula,
                                            std::optional<std::size_t> without) const {
    for (const auto& [element, amount] : formula) {
        if (amount > 0.0 && std::find(elements_.begin(), elements_.end(), element) == elements_.end())
            return std::nullopt;
    }
    const Eigen::VectorXd wanted = fractionsOf(formula, elements_);
    // A phase with an element that the composition lacks cannot be in the mixture. In a space of many
    // elements that leaves a handful of thousands.
    const Eigen::VectorXd absent = (wanted.array() == 0.0).cast<double>();
    const Eigen::RowVectorXd foreign = absent.transpose() * fractions_;
    std::vector<std::size_t> phases;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        if (i != without && foreign[static_cast<Index>(i)] == 0.0) phases.push_back(i);
    }
    std::vector<Index> present;
    for (Index e = 0; e < wanted.size(); ++e) {
        if (wanted[e] != 0.0) present.push_back(e);
    }
    if (phases.empty()) return std::nullopt;
    const auto n = static_cast<Index>(phases.size());
    const Eigen::MatrixXd constraints = fractions_(present, phases);
    Eigen::VectorXd costs(n);
    // Costs relative to their mean: what decides is their differences.
    double mean = 0.0;
    for (const std::size_t i : phases)
        mean += entries_[i].energyPerAtom / static_cast<double>(phases.size());
    for (Index k = 0; k < n; ++k)
        costs[k] = entries_[phases[static_cast<std::size_t>(k)]].energyPerAtom - mean;
    const auto result = minimise(constraints, wanted(present), costs);
    if (!result.feasible) return std::nullopt;
    HullPoint point;
    point.energyPerAtom = mean + result.value;
    for (Index k = 0; k < n; ++k) {
        if (result.solution[k] < leastFraction) continue;
        const std::size_t i = phases[static_cast<std::size_t>(k)];
        point.products.push_back(
            {i, result.solution[k], result.solution[k] * atomsIn(formula) / atomsIn(entries_[i].formula)});
    }
    return point;
}

HullPoint ConvexHull::at(const Formula& formula) const {
    if (auto point = lowest(formula, std::nullopt)) return *point;
    throw InputError(
        fmt::format("no mixture of the {} phases given has the composition {}; add the phases "
                    "that are missing",
                    entries_.size(), formulaText(formula)));
}

double ConvexHull::energyAboveHull(std::size_t entry) const {
    const PhaseEntry& phase = entries_.at(entry);
    return std::max(phase.energyPerAtom - at(phase.formula).energyPerAtom, 0.0);
}

std::optional<HullPoint> ConvexHull::competition(std::size_t entry) const {
    return lowest(entries_.at(entry).formula, entry);
}

std::optional<double> ConvexHull::decompositionEnergy(std::size_t entry) const {
    const auto others = competition(entry);
    if (!others) return std::nullopt;
    return entries_[entry].energyPerAtom - others->energyPerAtom;
}

std::vector<double> endMemberAmounts(const Formula& formula, const std::vector<PhaseEntry>& endMembers) {
    if (endMembers.empty()) throw InputError("a formation energy needs end members");
    std::vector<PhaseEntry> all = endMembers;
    all.push_back({"", formula, 0.0});
    const auto elements = elementsOf(all);
    Eigen::MatrixXd columns(static_cast<Index>(elements.size()), static_cast<Index>(endMembers.size()));
    std::vector<std::string> names;
    for (std::size_t i = 0; i < endMembers.size(); ++i) {
        columns.col(static_cast<Index>(i)) = fractionsOf(endMembers[i].formula, elements);
        names.push_back(nameOf(endMembers[i]));
    }
    auto decomposition = columns.colPivHouseholderQr();
    decomposition.setThreshold(1e-8);
    if (decomposition.rank() < columns.cols()) {
        throw InputError(
            fmt::format("the end members {} depend on each other: one is a mixture of the others",
                        fmt::join(names, ", ")));
    }
    const Eigen::VectorXd wanted = fractionsOf(formula, elements);
    const Eigen::VectorXd shares = decomposition.solve(wanted);
    if ((columns * shares - wanted).cwiseAbs().maxCoeff() > compositionTolerance) {
        throw InputError(
            fmt::format("{} is no combination of {}", formulaText(formula), fmt::join(names, ", ")));
    }
    std::vector<double> amounts;
    for (std::size_t i = 0; i < endMembers.size(); ++i)
        amounts.push_back(shares[static_cast<Index>(i)] * atomsIn(formula) / atomsIn(endMembers[i].formula));
    return amounts;
}

double formationEnergy(const PhaseEntry& entry, const std::vector<PhaseEntry>& endMembers) {
    const auto amounts = endMemberAmounts(entry.formula, endMembers);
    double energy = entry.energyPerAtom * atomsIn(entry.formula);
    for (std::size_t i = 0; i < endMembers.size(); ++i)
        energy -= amounts[i] * endMembers[i].energyPerAtom * atomsIn(endMembers[i].formula);
    return energy / atomsIn(entry.formula);
}

std::string decompositionText(const Formula& formula, const HullPoint& point,
                              const std::vector<PhaseEntry>& entries) {
    std::string text = formulaText(formula);
    std::string separator = " → ";
    for (const PhaseAmount& product : point.products) {
        const std::string name = formulaText(entries[product.entry].formula);
        if (point.products.size() == 1 && name == text) return text;
        const bool one = std::abs(product.formulaUnits - 1.0) < 5e-5;
        text += separator + (one ? "" : fmt::format("{:.4g} ", product.formulaUnits)) + name;
        separator = " + ";
    }
    return text;
}

}  // namespace ionscape::composition
