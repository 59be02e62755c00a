// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dataset_overview.h"

#include <algorithm>
#include <map>
#include <set>

namespace ionscape::training {

DatasetOverview overviewOf(const Dataset& dataset) {
    DatasetOverview s;
    s.frames = dataset.frames.size();
    std::map<std::string, std::size_t> compositions;
    for (const auto& name : dataset.compositions)
        ++compositions[name];
    s.compositions.assign(compositions.begin(), compositions.end());
    std::stable_sort(s.compositions.begin(), s.compositions.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });

    const auto references = fitReferenceEnergies(dataset);
    std::map<int, std::size_t> framesWith;
    for (const auto& frame : dataset.frames) {
        const std::size_t atoms = frame.structure.size();
        s.atoms += atoms;
        s.smallestCell = s.smallestCell == 0 ? atoms : std::min(s.smallestCell, atoms);
        s.largestCell = std::max(s.largestCell, atoms);
        double energy = *frame.energy;
        for (const auto& [element, count] : frame.structure.elementCounts()) {
            ++framesWith[element.atomicNumber()];
            const auto z = static_cast<std::size_t>(element.atomicNumber());
            if (z <= references.size()) energy -= count * static_cast<double>(references[z - 1]);
        }
        s.energyResidual.push_back(energy / static_cast<double>(atoms));
        for (Eigen::Index i = 0; i < frame.forces->cols(); ++i)
            s.forceNorm.push_back(frame.forces->col(i).norm());
        if (frame.stressGPa) s.meanStress.push_back(frame.stressGPa->trace() / 3.0);
    }
    s.stressFrames = s.meanStress.size();
    for (const auto& [z, count] : framesWith)
        s.elements.emplace_back(crystal::Element::fromAtomicNumber(z), count);
    return s;
}

}  // namespace ionscape::training
