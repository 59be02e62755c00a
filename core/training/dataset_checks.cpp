// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dataset_checks.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/crystal/neighbour_list.h"

namespace ionscape::training {

namespace {

using ElementPair = std::pair<crystal::Element, crystal::Element>;
/// Sorted distances of each kind of pair.
using Fingerprint = std::map<ElementPair, std::vector<double>>;

Fingerprint fingerprint(const crystal::Structure& structure, double cutoff) {
    Fingerprint result;
    for (const auto& pair : crystal::neighbourPairs(structure, cutoff)) {
        const auto a = structure.elements[static_cast<std::size_t>(pair.i)];
        const auto b = structure.elements[static_cast<std::size_t>(pair.j)];
        if (a <= b) result[{a, b}].push_back(pair.distance);
    }
    for (auto& [kind, distances] : result)
        std::sort(distances.begin(), distances.end());
    return result;
}

/// Lists may differ in length by pairs that lie at the cutoff within the tolerance.
bool sameDistances(const std::vector<double>& a, const std::vector<double>& b,
                   const DuplicateTolerance& tolerance) {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (std::abs(a[i] - b[i]) > tolerance.distance) return false;
    }
    const auto& longer = a.size() > b.size() ? a : b;
    return longer.size() == common || longer[common] > tolerance.cutoff - tolerance.distance;
}

bool same(const Fingerprint& a, const Fingerprint& b, const DuplicateTolerance& tolerance) {
    static const std::vector<double> none;
    const auto covers = [&](const Fingerprint& x, const Fingerprint& y) {
        return std::all_of(x.begin(), x.end(), [&](const auto& entry) {
            const auto other = y.find(entry.first);
            return sameDistances(entry.second, other == y.end() ? none : other->second, tolerance);
        });
    };
    return covers(a, b) && covers(b, a);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2) return *middle;
    return 0.5 * (*middle + *std::max_element(values.begin(), middle));
}

/// eV/atom above the line of the references.
std::vector<double> residuals(const Dataset& dataset, const std::vector<float>& references) {
    std::vector<double> result;
    for (const auto& frame : dataset.frames) {
        double energy = *frame.energy;
        for (const auto& [element, count] : frame.structure.elementCounts()) {
            const auto z = static_cast<std::size_t>(element.atomicNumber() - 1);
            if (z < references.size()) energy -= count * double(references[z]);
        }
        result.push_back(energy / static_cast<double>(frame.structure.size()));
    }
    return result;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> findDuplicates(const Dataset& dataset,
                                                                const DuplicateTolerance& tolerance) {
    std::map<std::map<crystal::Element, int>, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < dataset.frames.size(); ++i)
        groups[dataset.frames[i].structure.elementCounts()].push_back(i);
    std::vector<std::pair<std::size_t, std::size_t>> duplicates;
    for (const auto& [counts, members] : groups) {
        std::vector<std::size_t> kept;
        std::map<std::size_t, Fingerprint> known;
        const auto fingerprintOfFrame = [&](std::size_t i) -> const Fingerprint& {
            const auto found = known.find(i);
            if (found != known.end()) return found->second;
            return known.emplace(i, fingerprint(dataset.frames[i].structure, tolerance.cutoff)).first->second;
        };
        for (const std::size_t i : members) {
            const auto& frame = dataset.frames[i];
            const double allowed = tolerance.energyPerAtom * static_cast<double>(frame.structure.size());
            const auto twin = std::find_if(kept.begin(), kept.end(), [&](std::size_t k) {
                return std::abs(*dataset.frames[k].energy - *frame.energy) <= allowed &&
                       same(fingerprintOfFrame(k), fingerprintOfFrame(i), tolerance);
            });
            if (twin == kept.end()) {
                kept.push_back(i);
            } else {
                duplicates.emplace_back(*twin, i);
            }
        }
    }
    std::sort(duplicates.begin(), duplicates.end(),
              [](const auto& a, const auto& b) { return a.second < b.second; });
    return duplicates;
}

std::vector<EnergyDeviation> energyDeviations(const Dataset& dataset, double threshold) {
    std::vector<std::size_t> inliers(dataset.frames.size());
    std::iota(inliers.begin(), inliers.end(), std::size_t{0});
    std::vector<EnergyDeviation> deviations(dataset.frames.size());
    for (int round = 0; round < 3 && !inliers.empty(); ++round) {
        const auto values = residuals(dataset, fitReferenceEnergies(subset(dataset, inliers)));
        std::vector<double> inside, spread;
        for (const std::size_t i : inliers)
            inside.push_back(values[i]);
        const double centre = median(inside);
        for (const double value : inside)
            spread.push_back(std::abs(value - centre));
        // Frames that all lie on the line would make the smallest rounding an outlier.
        const double scale = std::max(median(spread), 1e-6);
        inliers.clear();
        for (std::size_t i = 0; i < values.size(); ++i) {
            deviations[i] = {i, values[i], 0.6745 * (values[i] - centre) / scale};
            if (std::abs(deviations[i].robustZ) <= threshold) inliers.push_back(i);
        }
    }
    return deviations;
}

}  // namespace ionscape::training
