// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/proposed_charges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "core/base/error.h"
#include "core/composition/oxidation_states.h"
#include "core/crystal/bond_valence.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::workflow {
namespace {

using crystal::Element;

constexpr double longestBond = 4.0;  // Å; a bond of this length has a valence below 0.03
/// Bonds between two anion formers count when they are covalent, at most this much longer than R.
constexpr double covalentStretch = 1.15;
/// A charge left over counts as much as five times its size in deviations from valence sums.
constexpr double chargeWeight = 5.0;
constexpr double mostCombinations = 200'000;

bool formsAnions(Element element) {
    constexpr std::string_view symbols[] = {"N", "O", "F", "S", "Cl", "Se", "Br", "Te", "I"};
    return std::find(std::begin(symbols), std::end(symbols), element.symbol()) != std::end(symbols);
}

/// Valence that a bond to `other` gives to `element`: positive for the cation.
double signedValence(Element element, Element other, double distance) {
    if (element == other) return 0.0;
    const bool anion = formsAnions(element), otherAnion = formsAnions(other);
    const double valence = crystal::bondValence(element, other, distance);
    if (anion != otherAnion) return anion ? -valence : valence;
    const auto length = crystal::bondValenceLength(element, other);
    if (!anion || !length || distance > covalentStretch * *length) return 0.0;
    return *crystal::bondElectronegativity(element) < *crystal::bondElectronegativity(other) ? valence
                                                                                             : -valence;
}

struct Candidate {
    Element element;
    double atoms = 0.0;
    double valenceSum = 0.0;
    std::vector<int> states;
};

/// Tries all combinations.
class Search {
  public:
    explicit Search(const std::vector<Candidate>& candidates)
        : candidates_(candidates), current_(candidates.size()) {
        for (const Candidate& candidate : candidates)
            atoms_ += candidate.atoms;
        choose(0, 0.0, 0.0);
    }

    const std::vector<int>& best() const { return best_; }
    double charge() const { return bestCharge_; }

  private:
    void choose(std::size_t depth, double cost, double charge) {
        if (cost >= bestCost_) return;
        if (depth == candidates_.size()) {
            const double total = cost + chargeWeight * std::abs(charge) / atoms_;
            if (total >= bestCost_) return;
            bestCost_ = total;
            bestCharge_ = charge;
            best_ = current_;
            return;
        }
        const Candidate& candidate = candidates_[depth];
        for (const int state : candidate.states) {
            current_[depth] = state;
            choose(depth + 1, cost + candidate.atoms / atoms_ * std::abs(state - candidate.valenceSum),
                   charge + candidate.atoms * state);
        }
    }

    const std::vector<Candidate>& candidates_;
    std::vector<int> current_, best_;
    double atoms_ = 0.0;
    double bestCost_ = std::numeric_limits<double>::max();
    double bestCharge_ = 0.0;
};

std::vector<int> statesFor(Element element, const std::map<Element, int>& known) {
    if (const auto given = known.find(element); given != known.end()) return {given->second};
    const auto common = composition::commonOxidationStates(element);
    if (common.empty()) {
        throw InputError(
            fmt::format("{0} has no common oxidation state; give one, such as {0}=3", element.symbol()));
    }
    return {common.begin(), common.end()};
}

std::vector<Candidate> candidatesFor(const std::vector<OccupiedSite>& sites, const std::vector<double>& sums,
                                     const std::map<Element, int>& known) {
    std::vector<Candidate> candidates;
    for (std::size_t s = 0; s < sites.size(); ++s) {
        for (const auto& [element, occupancy] : sites[s].species) {
            auto at = std::find_if(candidates.begin(), candidates.end(),
                                   [&](const Candidate& c) { return c.element == element; });
            if (at == candidates.end())
                at = candidates.insert(at, {element, 0.0, 0.0, statesFor(element, known)});
            const double atoms = occupancy * static_cast<double>(sites[s].images.size());
            at->atoms += atoms;
            at->valenceSum += atoms * sums[s];
        }
    }
    double combinations = 1.0;
    for (Candidate& candidate : candidates) {
        candidate.valenceSum /= candidate.atoms;
        combinations *= static_cast<double>(candidate.states.size());
    }
    if (combinations > mostCombinations)
        throw InputError("too many combinations of oxidation states; give those of some elements");
    return candidates;
}

}  // namespace

std::vector<double> valenceSums(const crystal::Lattice& lattice, const std::vector<OccupiedSite>& sites) {
    crystal::Structure points;
    points.lattice = lattice;
    std::vector<std::size_t> siteOf;
    for (std::size_t s = 0; s < sites.size(); ++s) {
        for (const Vec3& image : sites[s].images) {
            points.append(sites[s].species.front().first, image);
            siteOf.push_back(s);
        }
    }
    std::vector<double> sums(sites.size(), 0.0);
    for (const auto& pair : crystal::neighbourPairs(points, longestBond)) {
        const std::size_t s = siteOf[static_cast<std::size_t>(pair.i)];
        const Element element = sites[s].species.front().first;
        for (const auto& [other, occupancy] : sites[siteOf[static_cast<std::size_t>(pair.j)]].species)
            sums[s] += occupancy * signedValence(element, other, pair.distance);
    }
    for (std::size_t s = 0; s < sites.size(); ++s)
        sums[s] /= static_cast<double>(sites[s].images.size());
    return sums;
}

ProposedCharges proposeCharges(const crystal::Lattice& lattice, const std::vector<OccupiedSite>& sites,
                               const std::map<Element, int>& known) {
    const auto candidates = candidatesFor(sites, valenceSums(lattice, sites), known);
    const Search search(candidates);
    ProposedCharges result;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        result.states[candidates[i].element] = search.best()[i];
        result.valenceSums[candidates[i].element] = candidates[i].valenceSum;
    }
    result.charge = search.charge();
    return result;
}

}  // namespace ionscape::workflow
