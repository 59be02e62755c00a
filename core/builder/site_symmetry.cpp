// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/site_symmetry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/crystal/symmetry.h"

namespace ionscape::builder {

namespace {

using Permutation = std::vector<std::uint32_t>;

/// Where one operation takes every site.
Permutation permutationOf(const CellSites& cell, const crystal::SymmetryOperation& operation,
                          double tolerance) {
    const crystal::Lattice& lattice = cell.sites.lattice;
    Permutation permutation(cell.size());
    std::vector<bool> taken(cell.size(), false);
    std::vector<Vec3> fractional(cell.size());
    for (std::size_t i = 0; i < cell.size(); ++i)
        fractional[i] = cell.sites.fractional(i).v;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const Vec3 image = operation.rotation.cast<double>() * fractional[i] + operation.translation;
        std::size_t nearest = cell.size();
        // Twice the tolerance: both the site and its image may be off by it.
        double shortest = 2.0 * tolerance;
        for (std::size_t j = 0; j < cell.size(); ++j) {
            if (taken[j] || cell.sublatticeOf[j] != cell.sublatticeOf[i]) continue;
            Vec3 difference = image - fractional[j];
            difference -= difference.array().round().matrix();
            const double distance = lattice.toCartesian({difference}).norm();
            if (distance >= shortest) continue;
            shortest = distance;
            nearest = j;
        }
        if (nearest == cell.size()) {
            throw InputError(
                fmt::format("a symmetry operation does not map site {} ({}) onto a site of its "
                            "sublattice; use another tolerance",
                            i + 1, cell.sites.siteLabels[i]));
        }
        taken[nearest] = true;
        permutation[i] = static_cast<std::uint32_t>(nearest);
    }
    return permutation;
}

/// −1, 0, 1 as the image of `occupation` is before, at or after it in lexicographic order.
int compareImage(const Occupation& occupation, const Permutation& inverse) {
    for (std::size_t i = 0; i < occupation.size(); ++i) {
        const std::uint16_t image = occupation[inverse[i]];
        if (image != occupation[i]) return image < occupation[i] ? -1 : 1;
    }
    return 0;
}

/// Number of ways to give each cycle one species so that every species fills `counts` sites.
long double waysToFill(const std::vector<std::size_t>& cycles, const std::vector<std::size_t>& counts) {
    std::size_t states = 1;
    std::vector<std::size_t> stride;
    for (const std::size_t count : counts) {
        stride.push_back(states);
        states *= count + 1;
    }
    // ways[s]: fillings of the cycles so far whose species counts are the digits of s.
    std::vector<long double> ways(states, 0.0L), next(states);
    ways[0] = 1.0L;
    for (const std::size_t length : cycles) {
        std::fill(next.begin(), next.end(), 0.0L);
        for (std::size_t s = 0; s < states; ++s) {
            if (ways[s] == 0.0L) continue;
            for (std::size_t k = 0; k < counts.size(); ++k) {
                const std::size_t used = s / stride[k] % (counts[k] + 1);
                if (used + length <= counts[k]) next[s + length * stride[k]] += ways[s];
            }
        }
        ways.swap(next);
    }
    return ways.back();
}

/// Sites and species counts of each sublattice that can be decorated in more than one way.
struct Part {
    std::vector<std::size_t> sites;
    std::vector<std::size_t> counts;
};

std::vector<Part> partsOf(const CellSites& cell, const Occupation& occupation) {
    std::vector<Part> parts;
    for (const auto& group : exchangeableSites(cell, occupation)) {
        std::map<std::uint16_t, std::size_t> counts;
        for (const std::size_t site : group)
            ++counts[occupation[site]];
        Part part{group, {}};
        for (const auto& [code, count] : counts)
            part.counts.push_back(count);
        parts.push_back(std::move(part));
    }
    return parts;
}

std::vector<std::size_t> cycleLengths(const Permutation& permutation, const std::vector<std::size_t>& sites) {
    std::vector<std::size_t> lengths;
    std::vector<bool> seen(permutation.size(), false);
    for (const std::size_t site : sites) {
        std::size_t length = 0;
        for (std::size_t i = site; !seen[i]; i = permutation[i], ++length)
            seen[i] = true;
        if (length > 0) lengths.push_back(length);
    }
    return lengths;
}

}  // namespace

SiteSymmetry::SiteSymmetry(const CellSites& cell, double tolerance) {
    std::vector<int> kinds;
    for (const std::size_t sublattice : cell.sublatticeOf)
        kinds.push_back(static_cast<int>(sublattice) + 1);
    // Kept as inverses: image[i] = occupation[inverse[i]]. The set of inverses of a group is the group
    // itself.
    std::set<Permutation> distinct;
    for (const auto& operation : crystal::symmetryOperations(cell.sites, kinds, tolerance))
        distinct.insert(permutationOf(cell, operation, tolerance));
    permutations_.assign(distinct.begin(), distinct.end());
}

Occupation SiteSymmetry::canonical(const Occupation& occupation) const {
    Occupation best = occupation, image(occupation.size());
    for (const Permutation& inverse : permutations_) {
        for (std::size_t i = 0; i < occupation.size(); ++i)
            image[i] = occupation[inverse[i]];
        if (image < best) best = image;
    }
    return best;
}

bool SiteSymmetry::isCanonical(const Occupation& occupation) const {
    return std::none_of(permutations_.begin(), permutations_.end(),
                        [&](const Permutation& inverse) { return compareImage(occupation, inverse) < 0; });
}

std::size_t SiteSymmetry::multiplicity(const Occupation& occupation) const {
    const auto fixed =
        std::count_if(permutations_.begin(), permutations_.end(),
                      [&](const Permutation& inverse) { return compareImage(occupation, inverse) == 0; });
    return permutations_.size() / static_cast<std::size_t>(fixed);
}

DecorationCount countDecorations(const CellSites& cell, const SiteSymmetry& symmetry,
                                 const Occupation& occupation) {
    const std::vector<Part> parts = partsOf(cell, occupation);
    DecorationCount count;
    count.all = 1.0L;
    for (const Part& part : parts)
        count.all *= waysToFill(std::vector<std::size_t>(part.sites.size(), 1), part.counts);
    // Operations with the same cycles on every sublattice leave equally many decorations as they are.
    std::map<std::vector<std::vector<std::size_t>>, long double> kinds;
    for (const auto& permutation : symmetry.permutations()) {
        std::vector<std::vector<std::size_t>> cycles;
        for (const Part& part : parts) {
            cycles.push_back(cycleLengths(permutation, part.sites));
            std::sort(cycles.back().begin(), cycles.back().end());
        }
        kinds[cycles] += 1.0L;
    }
    for (const auto& [cycles, operations] : kinds) {
        long double fixed = operations;
        for (std::size_t p = 0; p < parts.size() && fixed > 0.0L; ++p)
            fixed *= waysToFill(cycles[p], parts[p].counts);
        count.distinct += fixed;
    }
    count.distinct /= static_cast<long double>(symmetry.order());
    return count;
}

std::vector<DistinctDecoration> enumerateDecorations(const CellSites& cell, const SiteSymmetry& symmetry,
                                                     const Occupation& occupation, double limit) {
    const auto groups = exchangeableSites(cell, occupation);
    const DecorationCount count = countDecorations(cell, symmetry, occupation);
    if (count.all > static_cast<long double>(limit)) {
        throw InputError(
            fmt::format("this cell has {:.6g} decorations, too many to list (at most {:g}); take "
                        "a smaller cell or draw at random",
                        static_cast<double>(count.all), limit));
    }
    std::vector<std::vector<std::uint16_t>> occupants;
    for (const auto& group : groups) {
        occupants.emplace_back();
        for (const std::size_t site : group)
            occupants.back().push_back(occupation[site]);
        std::sort(occupants.back().begin(), occupants.back().end());
    }
    std::vector<DistinctDecoration> result;
    Occupation current = occupation;
    for (bool more = true; more;) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            for (std::size_t i = 0; i < groups[g].size(); ++i)
                current[groups[g][i]] = occupants[g][i];
        }
        if (cell.allowed(current) && symmetry.isCanonical(current))
            result.push_back({current, symmetry.multiplicity(current)});
        // An odometer: the last sublattice turns fastest; a wheel that comes round moves the one before it.
        more = false;
        for (std::size_t g = groups.size(); g > 0 && !more; --g)
            more = std::next_permutation(occupants[g - 1].begin(), occupants[g - 1].end());
    }
    return result;
}

}  // namespace ionscape::builder
