// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/manifest.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/version.h"
#include "core/workflow/spread_json.h"

namespace ionscape::workflow {

using nlohmann::json;

std::string problemOf(const Relaxation& relaxation) {
    if (relaxation.converged) return {};
    return fmt::format("the relaxation did not converge in {} steps ({:.2g} eV/Å, {:.2g} GPa left)",
                       relaxation.steps, relaxation.maxForce, relaxation.maxStressGPa);
}

Manifest newManifest(const RunSpec& spec, const crystal::Structure& built,
                     const potential::PotentialInfo& potential) {
    const auto absolute = [](const std::filesystem::path& path) {
        return path.empty() ? path : std::filesystem::absolute(path);
    };
    Manifest m;
    m.spec = spec;
    m.spec.structureFile = absolute(spec.structureFile);
    m.spec.potential = absolute(spec.potential).string();
    m.spec.output = absolute(spec.output);
    m.programVersion = versionString();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    m.created = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
    m.formula = built.formula();
    m.atoms = built.size();
    m.potentialName = potential.name;
    m.potentialArchitecture = potential.architecture;
    m.potentialChecksum = potential.checksum;
    m.potentialOrigin = potential.origin;
    m.potentialLicence = potential.licence;
    return m;
}

std::string toJson(const Manifest& m) {
    json object = {{"program", "ionscape"},
                   {"version", m.programVersion},
                   {"created", m.created},
                   {"formula", m.formula},
                   {"atoms", m.atoms},
                   {"potential",
                    {{"name", m.potentialName},
                     {"architecture", m.potentialArchitecture},
                     {"sha256", m.potentialChecksum},
                     {"origin", m.potentialOrigin},
                     {"licence", m.potentialLicence}}},
                   {"spec", json::parse(toJson(m.spec))}};
    if (m.relaxation) {
        object["relaxation"] = {{"converged", m.relaxation->converged},
                                {"steps", m.relaxation->steps},
                                {"energy_eV", m.relaxation->energy},
                                {"max_force_eV_per_A", m.relaxation->maxForce},
                                {"max_stress_GPa", m.relaxation->maxStressGPa}};
        if (m.relaxation->spread.evaluations > 0)
            object["relaxation"]["force_spread"] = toJson(m.relaxation->spread);
    }
    if (!m.flag.empty()) object["flag"] = m.flag;
    if (!m.stopped.empty()) object["stopped"] = m.stopped;
    return object.dump(2);
}

Manifest manifestFromJson(const std::string& text, const std::filesystem::path& file) {
    try {
        const json object = json::parse(text);
        Manifest m;
        m.spec = runSpecFromJson(object.at("spec").dump());
        m.programVersion = object.at("version").get<std::string>();
        m.created = object.at("created").get<std::string>();
        m.formula = object.at("formula").get<std::string>();
        m.atoms = object.at("atoms").get<std::size_t>();
        const json& potential = object.at("potential");
        m.potentialName = potential.at("name").get<std::string>();
        m.potentialArchitecture = potential.at("architecture").get<std::string>();
        m.potentialChecksum = potential.at("sha256").get<std::string>();
        m.potentialOrigin = potential.at("origin").get<std::string>();
        m.potentialLicence = potential.at("licence").get<std::string>();
        if (object.contains("relaxation")) {
            const json& r = object.at("relaxation");
            m.relaxation = Relaxation{
                r.at("converged").get<bool>(), r.at("steps").get<int>(), r.at("energy_eV").get<double>(),
                r.at("max_force_eV_per_A").get<double>(), r.at("max_stress_GPa").get<double>()};
            if (r.contains("force_spread")) m.relaxation->spread = spreadRecordFromJson(r.at("force_spread"));
        }
        m.flag = object.value("flag", std::string());
        m.stopped = object.value("stopped", std::string());
        return m;
    } catch (const json::exception& error) {
        throw IoError(file, std::string("the manifest of this run is damaged: ") + error.what());
    } catch (const InputError& error) {
        throw IoError(file, std::string("the manifest of this run is damaged: ") + error.what());
    }
}

}  // namespace ionscape::workflow
