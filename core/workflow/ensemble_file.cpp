// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/ensemble_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json vectorJson(const Vec3& v) {
    return {v[0], v[1], v[2]};
}

Vec3 vectorFromJson(const json& list) {
    return {list.at(0).get<double>(), list.at(1).get<double>(), list.at(2).get<double>()};
}

/// Lines that end with a line end; what follows the last one was torn off.
std::vector<std::string> wholeLines(const fs::path& file, std::uintmax_t& length) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, fmt::format("cannot be read: {}", std::strerror(errno)));
    std::vector<std::string> lines;
    length = 0;
    for (std::string line; std::getline(in, line) && !in.eof();) {
        length += line.size() + 1;
        lines.push_back(line);
    }
    return lines;
}

json parsed(const fs::path& file, long number, const std::string& line) {
    try {
        return json::parse(line);
    } catch (const json::exception&) {
        throw IoError(file, number, "is not a JSON object as an ensemble run writes them");
    }
}

void requireSame(const fs::path& file, const json& found, const json& wanted) {
    for (const auto& [key, value] : wanted.items()) {
        const json other = found.is_object() && found.contains(key) ? found.at(key) : json();
        if (other == value) continue;
        throw InputError(
            fmt::format("{} was begun with {} {}, not {}; choose another file or remove it first",
                        file.string(), key, other.dump(), value.dump()));
    }
}

}  // namespace

json toJson(const MemberRecord& r) {
    json object{{"member", r.index},
                {"seed", r.seed},
                {"score", r.score ? json(*r.score) : json()},
                {"multiplicity", r.multiplicity}};
    if (!r.failure.empty()) {
        object["failure"] = r.failure;
        return object;
    }
    object.update({{"built_energy_eV_per_atom", r.builtEnergyPerAtom},
                   {"energy_eV_per_atom", r.energyPerAtom},
                   {"volume_A3", r.volume},
                   {"lengths_A", vectorJson(r.lengths)},
                   {"angles_deg", vectorJson(r.angles)},
                   {"max_force_eV_per_A", r.maxForce},
                   {"max_stress_GPa", r.maxStressGPa},
                   {"steps", r.steps},
                   {"converged", r.converged}});
    return object;
}

MemberRecord memberRecordFromJson(const json& object) {
    MemberRecord r;
    r.index = object.at("member").get<std::size_t>();
    r.seed = object.at("seed").get<std::uint64_t>();
    if (!object.at("score").is_null()) r.score = object.at("score").get<double>();
    r.multiplicity = object.at("multiplicity").get<std::size_t>();
    r.failure = object.value("failure", std::string());
    if (!r.failure.empty()) return r;
    r.builtEnergyPerAtom = object.at("built_energy_eV_per_atom").get<double>();
    r.energyPerAtom = object.at("energy_eV_per_atom").get<double>();
    r.volume = object.at("volume_A3").get<double>();
    r.lengths = vectorFromJson(object.at("lengths_A"));
    r.angles = vectorFromJson(object.at("angles_deg"));
    r.maxForce = object.at("max_force_eV_per_A").get<double>();
    r.maxStressGPa = object.at("max_stress_GPa").get<double>();
    r.steps = object.at("steps").get<int>();
    r.converged = object.at("converged").get<bool>();
    return r;
}

void appendText(const fs::path& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary | std::ios::app);
    out << text << std::flush;
    if (!out)
        throw OutputError(fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
}

EnsembleFile::EnsembleFile(const fs::path& file, const json& header) : file_(file) {
    std::error_code problem;
    std::uintmax_t whole = 0;
    std::vector<std::string> lines;
    if (fs::exists(file, problem)) lines = wholeLines(file, whole);
    const std::uintmax_t size = fs::exists(file, problem) ? fs::file_size(file, problem) : 0;
    if (lines.empty() && size > 0)
        throw InputError(fmt::format("{} is no file of an ensemble run; choose another one", file.string()));
    if (lines.empty()) {
        appendText(file_, header.dump() + "\n");
        return;
    }
    requireSame(file, parsed(file, 1, lines.front()), header);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto number = static_cast<long>(i) + 1;
        const json object = parsed(file, number, lines[i]);
        try {
            members_.push_back(memberRecordFromJson(object));
        } catch (const json::exception&) {
            throw IoError(file, number, "a field of this member is missing or of the wrong kind");
        }
        if (members_.back().index != members_.size() - 1)
            throw IoError(file, number, fmt::format("must be member {}", members_.size() - 1));
    }
    if (whole < size) fs::resize_file(file, whole);
}

void EnsembleFile::append(const MemberRecord& record) {
    appendText(file_, toJson(record).dump() + "\n");
    members_.push_back(record);
}

}  // namespace ionscape::workflow
