// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dataset_selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"

namespace ionscape::training {

namespace {

using Indices = std::vector<std::size_t>;

/// Frames of each composition, in order.
std::map<std::string, Indices> byComposition(const Dataset& dataset) {
    std::map<std::string, Indices> groups;
    for (std::size_t i = 0; i < dataset.frames.size(); ++i)
        groups[dataset.compositions[i]].push_back(i);
    return groups;
}

/// Applies `choose` to each composition, with a random stream of its own, so that the choice in one does not
/// depend on the others.
template <class Choose>
Indices chooseInEach(const Dataset& dataset, std::uint64_t seed, const Choose& choose) {
    Indices chosen;
    for (const auto& [composition, members] : byComposition(dataset)) {
        RandomStream random(seed, "select " + composition);
        const Indices part = choose(composition, members, random);
        chosen.insert(chosen.end(), part.begin(), part.end());
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

void requireNotNegative(int count) {
    if (count < 0) throw InputError("a number of frames to select must not be negative");
}

}  // namespace

Indices selectRelaxationImages(const Dataset& dataset, int highEnergy, int random, std::uint64_t seed) {
    requireNotNegative(highEnergy);
    requireNotNegative(random);
    return chooseInEach(dataset, seed, [&](const std::string&, const Indices& members, RandomStream& stream) {
        const auto first =
            static_cast<std::ptrdiff_t>(std::min(static_cast<std::size_t>(highEnergy), members.size()));
        Indices chosen(members.begin(), members.begin() + first);
        Indices rest(members.begin() + first, members.end());
        stream.shuffle(rest);
        rest.resize(std::min(rest.size(), static_cast<std::size_t>(random)));
        chosen.insert(chosen.end(), rest.begin(), rest.end());
        return chosen;
    });
}

int atomsInTransition(const crystal::Structure& structure, const crystal::Structure& initial,
                      crystal::Element mobile, double distance) {
    std::vector<Vec3> sites;
    for (const std::size_t site : initial.atomsOf(mobile))
        sites.push_back(structure.lattice.toCartesian(initial.fractional(site)));
    int count = 0;
    for (const std::size_t atom : structure.atomsOf(mobile)) {
        const Vec3 position = structure.position(atom);
        const bool away = std::none_of(sites.begin(), sites.end(), [&](const Vec3& site) {
            return structure.lattice.minimumImage(position - site).norm() <= distance;
        });
        if (away) ++count;
    }
    return count;
}

Indices selectTransitionImages(const Dataset& dataset, crystal::Element mobile, double distance, int count) {
    requireNotNegative(count);
    if (!(distance > 0)) throw InputError("the distance that makes a transition must be above zero");
    return chooseInEach(
        dataset, 0, [&](const std::string& composition, const Indices& members, RandomStream&) {
            const auto& initial = dataset.frames[members.front()].structure;
            if (initial.atomsOf(mobile).empty())
                throw InputError(fmt::format("{} holds no {}", composition, mobile.symbol()));
            std::vector<std::pair<int, std::size_t>> ranked;
            for (const std::size_t i : members) {
                const auto& structure = dataset.frames[i].structure;
                if (structure.elements != initial.elements) {
                    throw InputError(
                        fmt::format("{}: frame {} has other atoms than the first one; transitions are "
                                    "counted along one run of molecular dynamics",
                                    composition, i + 1));
                }
                ranked.emplace_back(atomsInTransition(structure, initial, mobile, distance), i);
            }
            std::stable_sort(ranked.begin(), ranked.end(),
                             [](const auto& a, const auto& b) { return a.first > b.first; });
            ranked.resize(std::min(ranked.size(), static_cast<std::size_t>(count)));
            Indices chosen;
            for (const auto& [moving, index] : ranked)
                chosen.push_back(index);
            return chosen;
        });
}

Indices selectBoltzmann(const Dataset& dataset, double temperatureK, int count, std::uint64_t seed) {
    requireNotNegative(count);
    if (!(temperatureK > 0)) throw InputError("the temperature must be above zero");
    return chooseInEach(
        dataset, seed, [&](const std::string& composition, const Indices& members, RandomStream& random) {
            const auto energy = [&](std::size_t i) { return *dataset.frames[i].energy; };
            const std::size_t atoms = dataset.frames[members.front()].structure.size();
            for (const std::size_t i : members) {
                if (dataset.frames[i].structure.size() != atoms) {
                    throw InputError(
                        fmt::format("{}: the cells have {} and {} atoms; energies of cells can be "
                                    "weighed only where all have one size",
                                    composition, atoms, dataset.frames[i].structure.size()));
                }
            }
            Indices rest = members;
            Indices chosen;
            const auto take = [&](Indices::iterator at) {
                chosen.push_back(*at);
                rest.erase(at);
            };
            const auto ground = std::min_element(rest.begin(), rest.end(), [&](std::size_t a, std::size_t b) {
                return energy(a) < energy(b);
            });

            if (count > 0) take(ground);
            while (!rest.empty() && chosen.size() < static_cast<std::size_t>(count)) {
                // Relative to the lowest of those left: far above kT all weights would vanish.
                double floor = energy(rest.front());
                for (const std::size_t i : rest)
                    floor = std::min(floor, energy(i));
                std::vector<double> sums;
                double sum = 0.0;
                for (const std::size_t i : rest) {
                    sum += std::exp(-(energy(i) - floor) / (units::boltzmann * temperatureK));
                    sums.push_back(sum);
                }
                const auto at = std::upper_bound(sums.begin(), sums.end(), random.uniform() * sum);
                const auto index = std::min<std::ptrdiff_t>(at - sums.begin(), std::ssize(rest) - 1);
                take(rest.begin() + index);
            }
            return chosen;
        });
}

crystal::Structure randomlyStrained(const crystal::Structure& structure, double largest, std::uint64_t seed,
                                    std::uint64_t number) {
    if (!(largest >= 0 && largest < 0.5)) throw InputError("the largest strain must be 0 to below 0.5");
    RandomStream random(seed + number * 1000003ULL, "strain");
    Mat3 strain = Mat3::Identity();
    for (int i = 0; i < 3; ++i) {
        for (int j = i; j < 3; ++j) {
            const double component = largest * (2.0 * random.uniform() - 1.0);
            strain(i, j) += component;
            if (j > i) strain(j, i) += component;
        }
    }
    return crystal::deformed(structure, strain);
}

}  // namespace ionscape::training
