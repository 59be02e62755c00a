// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dynamics/uncertainty.h"
#include "core/base/name_table.h"

#include <fmt/format.h>

#include <cmath>

namespace ionscape::dynamics {

namespace {

/// Numbers of a record besides those of each atom.
constexpr std::size_t scalars = 11;

const NameTable<SpreadAction>& actionNames() {
    static const NameTable<SpreadAction> table(
        "action on a large force spread",
        {{SpreadAction::None, "none"}, {SpreadAction::Flag, "flag"}, {SpreadAction::Stop, "stop"}});
    return table;
}

}  // namespace

SpreadAction spreadActionFromName(const std::string& name) {
    return actionNames().value(name);
}

std::string spreadActionName(SpreadAction action) {
    return actionNames().name(action);
}

void checkSettings(const UncertaintySettings& s) {
    if (s.every < 0) throw InputError("uncertainty: the steps between evaluations must be zero or more");
    if (!(s.thresholdEvPerA >= 0.0) || !std::isfinite(s.thresholdEvPerA))
        throw InputError("uncertainty: the threshold of the force spread must be zero or more, eV/Å");
}

UncertaintySettings resolvedSettings(const UncertaintySettings& settings,
                                     const potential::PotentialInfo& potential) {
    checkSettings(settings);
    UncertaintySettings resolved = settings;
    const bool stops = settings.action == SpreadAction::Stop;
    if (potential.members < 2) {
        if (stops) {
            throw InputError("a run can stop at a force spread only with a committee of potentials; '" +
                             potential.name + "' is a single one");
        }
        resolved.every = 0;
        return resolved;
    }
    if (resolved.thresholdEvPerA == 0.0) resolved.thresholdEvPerA = potential.spreadThreshold;
    if (stops && (resolved.thresholdEvPerA == 0.0 || resolved.every == 0)) {
        throw InputError(
            "a run that shall stop at a force spread needs a threshold and a number of steps between "
            "evaluations");
    }
    return resolved;
}

bool SpreadRecord::add(std::int64_t step, const potential::Evaluation& evaluation, double threshold) {
    if (!evaluation.forceSpread) return false;
    const Eigen::VectorXd& spread = *evaluation.forceSpread;
    Eigen::Index atom = 0;
    const double largest = spread.maxCoeff(&atom);
    const SpreadEvent event{step, atom, largest};
    maximum = maximum.size() == spread.size() ? Eigen::VectorXd(maximum.cwiseMax(spread)) : spread;
    ++evaluations;
    if (worst.step < 0 || largest > worst.spread) worst = event;
    pendingMax = std::max(pendingMax, largest);
    pendingMeanSum += spread.mean();
    ++pending;
    if (threshold <= 0.0 || largest <= threshold) return false;
    if (exceeded++ == 0) first = event;
    return true;
}

std::pair<double, double> SpreadRecord::takePending() {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    if (pending == 0) return {none, none};
    const std::pair<double, double> taken{pendingMax, pendingMeanSum / static_cast<double>(pending)};
    pending = 0;
    pendingMax = pendingMeanSum = 0.0;
    return taken;
}

std::vector<double> SpreadRecord::toNumbers() const {
    if (evaluations == 0) return {};
    std::vector<double> numbers{static_cast<double>(evaluations), static_cast<double>(exceeded)};
    for (const SpreadEvent& event : {first, worst}) {
        numbers.push_back(static_cast<double>(event.step));
        numbers.push_back(static_cast<double>(event.atom));
        numbers.push_back(event.spread);
    }
    numbers.push_back(static_cast<double>(pending));
    numbers.push_back(pendingMax);
    numbers.push_back(pendingMeanSum);
    numbers.insert(numbers.end(), maximum.begin(), maximum.end());
    return numbers;
}

SpreadRecord SpreadRecord::fromNumbers(const std::vector<double>& numbers) {
    SpreadRecord record;
    if (numbers.size() <= scalars) return record;
    std::size_t at = 0;
    const auto whole = [&] { return std::llround(numbers[at++]); };
    record.evaluations = whole();
    record.exceeded = whole();
    for (SpreadEvent* event : {&record.first, &record.worst}) {
        event->step = whole();
        event->atom = whole();
        event->spread = numbers[at++];
    }
    record.pending = whole();
    record.pendingMax = numbers[at++];
    record.pendingMeanSum = numbers[at++];
    record.maximum = Eigen::Map<const Eigen::VectorXd>(numbers.data() + scalars,
                                                       static_cast<Eigen::Index>(numbers.size() - scalars));
    return record;
}

std::string spreadMessage(const SpreadEvent& event, const crystal::Structure& structure, double threshold,
                          const std::string& where) {
    return fmt::format(
        "the members of the committee disagree by {:.3f} eV/Å on the force on atom {} ({}) in {}, more than "
        "the threshold of {:g} eV/Å: the structure is outside what they were trained on. Train on frames "
        "like this one, or continue with a larger threshold or with the action \"flag\"",
        event.spread, event.atom + 1, structure.elements[static_cast<std::size_t>(event.atom)].symbol(),
        where, threshold);
}

}  // namespace ionscape::dynamics
