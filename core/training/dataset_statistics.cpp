// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/dataset_statistics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/training/dataset_checks.h"

namespace ionscape::training {

namespace {

nlohmann::json distributionJson(const Distribution& d) {
    if (d.count == 0) return {};
    return {{"count", d.count}, {"min", d.smallest},        {"max", d.largest},
            {"mean", d.mean},   {"deviation", d.deviation}, {"histogram", d.histogram}};
}

}  // namespace

Distribution distributionOf(const std::vector<double>& values, int bins) {
    Distribution d;
    d.count = values.size();
    d.histogram.assign(static_cast<std::size_t>(std::max(bins, 1)), 0);
    if (values.empty()) return d;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    d.smallest = *low;
    d.largest = *high;
    const auto count = static_cast<double>(values.size());
    for (const double value : values)
        d.mean += value / count;
    for (const double value : values) {
        d.deviation += (value - d.mean) * (value - d.mean) / count;
        const double share = d.largest > d.smallest ? (value - d.smallest) / (d.largest - d.smallest) : 0.0;
        const auto bin = static_cast<std::size_t>(share * static_cast<double>(d.histogram.size()));
        ++d.histogram[std::min(bin, d.histogram.size() - 1)];
    }
    d.deviation = std::sqrt(d.deviation);
    return d;
}

DatasetStatistics statisticsOf(const Dataset& dataset, int bins) {
    DatasetStatistics s;
    std::vector<double> sizes, energies, residuals, forces, pressures, moments;
    for (std::size_t i = 0; i < dataset.frames.size(); ++i) {
        const auto& frame = dataset.frames[i];
        const double atoms = static_cast<double>(frame.structure.size());
        ++s.frames;
        s.atoms += frame.structure.size();
        ++s.compositions[dataset.compositions[i]];
        for (const auto& [element, count] : frame.structure.elementCounts())
            ++s.elements[std::string(element.symbol())];
        sizes.push_back(atoms);
        energies.push_back(*frame.energy / atoms);
        for (Eigen::Index k = 0; k < frame.forces->cols(); ++k)
            forces.push_back(frame.forces->col(k).norm());
        if (frame.stressGPa) {
            ++s.stressFrames;
            pressures.push_back(-frame.stressGPa->trace() / 3.0);
        }
        if (!frame.magmoms) continue;
        ++s.magmomFrames;
        for (const double moment : *frame.magmoms) {
            if (std::isfinite(moment)) moments.push_back(std::abs(moment));
        }
    }
    for (const auto& deviation : energyDeviations(dataset))
        residuals.push_back(deviation.residual);
    s.cellSize = distributionOf(sizes, bins);
    s.energyPerAtom = distributionOf(energies, bins);
    s.energyAboveReference = distributionOf(residuals, bins);
    s.force = distributionOf(forces, bins);
    s.pressure = distributionOf(pressures, bins);
    s.magmom = distributionOf(moments, bins);
    return s;
}

nlohmann::json toJson(const DatasetStatistics& s) {
    return {{"frames", s.frames},
            {"atoms", s.atoms},
            {"stress_frames", s.stressFrames},
            {"magmom_frames", s.magmomFrames},
            {"compositions", s.compositions},
            {"elements", s.elements},
            {"atoms_per_frame", distributionJson(s.cellSize)},
            {"energy_eV_per_atom", distributionJson(s.energyPerAtom)},
            {"energy_above_reference_eV_per_atom", distributionJson(s.energyAboveReference)},
            {"force_eV_per_A", distributionJson(s.force)},
            {"pressure_GPa", distributionJson(s.pressure)},
            {"magmom_muB", distributionJson(s.magmom)}};
}

}  // namespace ionscape::training
