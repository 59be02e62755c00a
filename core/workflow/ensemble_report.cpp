// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/ensemble_report.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/builder/boltzmann.h"
#include "core/workflow/ensemble_file.h"

namespace ionscape::workflow {

std::vector<MemberRecord> storedMembers(const std::filesystem::path& file) {
    std::vector<MemberRecord> members;
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) return members;
    std::ifstream in(file, std::ios::binary);
    std::string line;
    try {
        for (long number = 1; std::getline(in, line) && !in.eof(); ++number) {
            const auto object = nlohmann::json::parse(line);
            if (number > 1) {
                members.push_back(memberRecordFromJson(object));
            } else if (object.value("ionscape", "") != "ensemble") {
                throw IoError(file, "is not the file of an ensemble");
            }
        }
    } catch (const nlohmann::json::exception&) {
        throw IoError(file, "is not the file of an ensemble");
    }
    return members;
}

std::optional<ThermalMean> thermalMean(const std::vector<MemberRecord>& members, std::size_t atoms,
                                       builder::EnsembleMethod method, double temperature) {
    if (method == builder::EnsembleMethod::Quasirandom) return std::nullopt;
    std::vector<double> energies, multiplicities;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const MemberRecord& member = members[i];
        if (!member.failure.empty() || !member.converged) continue;
        energies.push_back(member.energyPerAtom * static_cast<double>(atoms));
        if (method == builder::EnsembleMethod::Enumeration)
            multiplicities.push_back(static_cast<double>(member.multiplicity));
        places.push_back(i);
    }
    if (energies.empty()) return std::nullopt;
    const auto average = builder::boltzmannAverage(energies, multiplicities, temperature);
    ThermalMean mean;
    mean.weights.assign(members.size(), 0.0);
    mean.energyPerAtom = average.energy / static_cast<double>(atoms);
    for (std::size_t k = 0; k < places.size(); ++k) {
        mean.weights[places[k]] = average.weights[k];
        mean.volume += average.weights[k] * members[places[k]].volume;
    }
    return mean;
}

}  // namespace ionscape::workflow
