// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/pair_correlations.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::builder {

namespace {

constexpr double firstCutoff = 6.0;     // Å; grows until the shells asked for are complete
constexpr double largestCutoff = 40.0;  // Å
constexpr int mostShells = 50;

using crystal::NeighbourPair;
using SublatticePair = std::pair<std::size_t, std::size_t>;

/// Upper bounds of the shells among sorted distances; the last shell counts only once a gap behind it was
/// seen.
std::vector<double> shellBounds(const std::vector<double>& distances, double tolerance) {
    std::vector<double> bounds;
    for (std::size_t i = 1; i < distances.size(); ++i) {
        if (distances[i] - distances[i - 1] > tolerance)
            bounds.push_back(0.5 * (distances[i] + distances[i - 1]));
    }
    return bounds;
}

/// Sublattice pairs with the bounds of their shells: all of them have as many as are wanted.
std::map<SublatticePair, std::vector<double>> allBounds(const std::vector<NeighbourPair>& pairs,
                                                        const std::vector<std::size_t>& sublatticeOf,
                                                        double tolerance) {
    std::map<SublatticePair, std::vector<double>> distances, bounds;
    for (const auto& pair : pairs) {
        const SublatticePair key{sublatticeOf[static_cast<std::size_t>(pair.i)],
                                 sublatticeOf[static_cast<std::size_t>(pair.j)]};
        if (key.first <= key.second) distances[key].push_back(pair.distance);
    }
    for (auto& [key, list] : distances) {
        std::sort(list.begin(), list.end());
        bounds[key] = shellBounds(list, tolerance);
    }
    return bounds;
}

}  // namespace

PairCorrelations::PairCorrelations(const CellSites& cell, Occupation occupation, const PairSettings& settings)
    : occupation_(std::move(occupation)), species_(cell.species.size()) {
    if (settings.shells < 1 || settings.shells > mostShells)
        throw InputError(fmt::format("the number of shells must lie between 1 and {}", mostShells));
    if (!(settings.shellTolerance > 0.0 && settings.shellTolerance < 2.0))
        throw InputError("the tolerance of shells must lie between 0 and 2 Å");
    groups_ = exchangeableSites(cell, occupation_, settings.sublattices);
    if (groups_.empty())
        throw InputError(
            "every sublattice of this composition holds one species: there is nothing to arrange");
    fractions_.resize(cell.sublattices.size());
    for (const auto& group : groups_) {
        std::map<std::uint16_t, double> shares;
        for (const std::size_t site : group)
            shares[occupation_[site]] += 1.0 / static_cast<double>(group.size());
        fractions_[cell.sublatticeOf[group.front()]].assign(shares.begin(), shares.end());
    }
    collectPairs(cell, settings);
    counts_.assign(shells_.size() * species_ * species_, 0);
    for (std::size_t site = 0; site < cell.size(); ++site) {
        for (const Neighbour& n : neighbours_[site]) {
            const PairShell& shell = shells_[n.shell];
            pairCount(n.shell, occupation_[site], occupation_[n.site]) += n.images;
            if (cell.sublatticeOf[site] == shell.firstSublattice &&
                cell.sublatticeOf[n.site] == shell.secondSublattice)
                shells_[n.shell].pairs += n.images;
        }
    }
    value_ = total();
}

void PairCorrelations::collectPairs(const CellSites& cell, const PairSettings& settings) {
    crystal::Structure chosen;
    chosen.lattice = cell.sites.lattice;
    std::vector<std::size_t> site, sublattice;
    for (const auto& group : groups_) {
        for (const std::size_t i : group) {
            chosen.append(cell.sites.elements[i], cell.sites.position(i));
            site.push_back(i);
            sublattice.push_back(cell.sublatticeOf[i]);
        }
    }
    std::vector<NeighbourPair> pairs;
    std::map<SublatticePair, std::vector<double>> bounds;
    const std::size_t kinds = groups_.size() * (groups_.size() + 1) / 2;
    for (double cutoff = firstCutoff;; cutoff *= 1.3) {
        if (cutoff > largestCutoff) {
            throw InputError(
                fmt::format("there are no {} separate shells of pairs within {} Å; ask for fewer",
                            settings.shells, largestCutoff));
        }
        pairs = crystal::neighbourPairs(chosen, cutoff);
        bounds = allBounds(pairs, sublattice, settings.shellTolerance);
        const bool complete = std::all_of(bounds.begin(), bounds.end(), [&](const auto& entry) {
            return entry.second.size() >= static_cast<std::size_t>(settings.shells);
        });
        if (bounds.size() == kinds && complete) break;
    }
    std::map<SublatticePair, std::size_t> firstShell;
    for (const auto& [key, list] : bounds) {
        firstShell[key] = shells_.size();
        for (int n = 1; n <= settings.shells; ++n)
            shells_.push_back({key.first, key.second, n, 0.0, 1.0 / n, 0});
    }
    neighbours_.resize(cell.size());
    std::vector<double> distanceSums(shells_.size()), distanceCounts(shells_.size());
    for (const auto& pair : pairs) {
        const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
        const SublatticePair key = std::minmax(sublattice[i], sublattice[j]);
        const auto& list = bounds.at(key);
        const auto number = static_cast<std::size_t>(
            std::lower_bound(list.begin(), list.end(), pair.distance) - list.begin());
        if (number >= static_cast<std::size_t>(settings.shells)) continue;
        const auto shell = static_cast<std::uint32_t>(firstShell.at(key) + number);
        distanceSums[shell] += pair.distance;
        distanceCounts[shell] += 1.0;
        auto& own = neighbours_[site[i]];
        const auto known = std::find_if(own.begin(), own.end(), [&](const Neighbour& n) {
            return n.site == site[j] && n.shell == shell;
        });
        if (known == own.end()) {
            own.push_back({static_cast<std::uint32_t>(site[j]), shell, 1});
        } else {
            ++known->images;
        }
    }
    for (std::size_t s = 0; s < shells_.size(); ++s)
        shells_[s].distance = distanceSums[s] / distanceCounts[s];
}

/// Adds (or takes away) all directed pairs that begin or end at a site.
void PairCorrelations::count(std::size_t site, int sign) {
    const std::uint16_t own = occupation_[site];
    for (const Neighbour& n : neighbours_[site]) {
        pairCount(n.shell, own, occupation_[n.site]) += sign * n.images;
        // A site's own images are in its list in both directions already.
        if (n.site != site) pairCount(n.shell, occupation_[n.site], own) += sign * n.images;
    }
}

void PairCorrelations::place(std::size_t site, std::uint16_t species) {
    count(site, -1);
    occupation_[site] = species;
    count(site, 1);
}

void PairCorrelations::swap(std::size_t a, std::size_t b) {
    const std::uint16_t first = occupation_[a], second = occupation_[b];
    place(a, second);
    place(b, first);
    // From whole numbers each time, so that nothing drifts over a long search.
    value_ = total();
}

double PairCorrelations::change(std::size_t a, std::size_t b) {
    const double before = value_;
    swap(a, b);
    const double after = value_;
    const std::uint16_t first = occupation_[a], second = occupation_[b];
    place(a, second);
    place(b, first);
    value_ = before;
    return after - before;
}

double PairCorrelations::deviation(std::size_t s) const {
    const PairShell& shell = shells_[s];
    double sum = 0.0;
    for (const auto& [a, xa] : fractions_[shell.firstSublattice]) {
        for (const auto& [b, xb] : fractions_[shell.secondSublattice]) {
            const double p = counts_[(s * species_ + a) * species_ + b] / static_cast<double>(shell.pairs);
            sum += (p - xa * xb) * (p - xa * xb) / (xa * xb);
        }
    }
    return sum;
}

double PairCorrelations::total() const {
    double sum = 0.0;
    for (std::size_t s = 0; s < shells_.size(); ++s)
        sum += shells_[s].weight * deviation(s);
    return sum;
}

std::vector<PairCorrelation> PairCorrelations::correlations(std::size_t s) const {
    const PairShell& shell = shells_[s];
    const bool one = shell.firstSublattice == shell.secondSublattice;
    std::vector<PairCorrelation> result;
    for (const auto& [a, xa] : fractions_[shell.firstSublattice]) {
        for (const auto& [b, xb] : fractions_[shell.secondSublattice]) {
            if (one && b < a) continue;
            const double p = counts_[(s * species_ + a) * species_ + b] / static_cast<double>(shell.pairs);
            result.push_back({a, b, p, xa * xb, 1.0 - p / (xa * xb)});
        }
    }
    return result;
}

}  // namespace ionscape::builder
