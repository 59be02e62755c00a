// SPDX-License-Identifier: GPL-3.0-or-later
// Run specifications as JSON.
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

/// Reads the fields of one JSON object and at the end refuses those that nobody asked for.
class Fields {
  public:
    Fields(const json& object, std::string prefix) : object_(object), prefix_(std::move(prefix)) {
        if (!object_.is_object())
            throw InputError("run specification: " + where() + " must be a JSON object");
    }

    void read(const char* name, std::string& value) { take(name, "a text", &json::is_string, value); }
    void read(const char* name, bool& value) { take(name, "true or false", &json::is_boolean, value); }
    void read(const char* name, double& value) { take(name, "a number", &json::is_number, value); }
    void read(const char* name, std::uint64_t& value) {
        take(name, "a whole number, zero or more", &json::is_number_unsigned, value);
    }
    void read(const char* name, std::int64_t& value) {
        take(name, "a whole number", &json::is_number_integer, value);
    }
    void read(const char* name, int& value) { take(name, "a whole number", &json::is_number_integer, value); }
    void read(const char* name, std::filesystem::path& value) {
        std::string text = value.string();
        read(name, text);
        value = text;
    }
    const json* object(const char* name) {
        known_.insert(name);
        const auto it = object_.find(name);
        return it == object_.end() ? nullptr : &*it;
    }

    void finish() const {
        for (const auto& [name, value] : object_.items()) {
            if (known_.count(name) == 0) {
                throw InputError("run specification: there is no field \"" + prefix_ + name + "\"");
            }
        }
    }

  private:
    std::string where() const {
        return prefix_.empty() ? "it" : '"' + prefix_.substr(0, prefix_.size() - 1) + '"';
    }

    template <class T>
    void take(const char* name, const char* expected, bool (json::*is)() const noexcept, T& value) {
        const json* found = object(name);
        if (found == nullptr) return;
        if (!(found->*is)()) {
            throw InputError("run specification: \"" + prefix_ + name + "\" must be " + expected);
        }
        const T taken = found->get<T>();
        if (json(taken) != *found)
            throw InputError("run specification: \"" + prefix_ + name + "\" is out of range");
        value = taken;
    }

    const json& object_;
    std::string prefix_;
    std::set<std::string> known_;
};

json relaxJson(const dynamics::RelaxSettings& s) {
    return {{"cell", dynamics::cellFilterName(s.cell)},
            {"max_steps", s.maxSteps},
            {"force_tolerance_eV_per_A", s.forceTolerance},
            {"stress_tolerance_GPa", s.stressToleranceGPa},
            {"max_step_A", s.maxStep},
            {"minimiser", dynamics::minimiserName(s.minimiser)}};
}

void readRelax(const json& object, dynamics::RelaxSettings& s) {
    Fields fields(object, "relax_settings.");
    if (const json* cell = fields.object("cell"); cell != nullptr && cell->is_boolean()) {
        // Files of version 0.1 only know whether it relaxes.
        s.cell = cell->get<bool>() ? dynamics::CellFilter::Full : dynamics::CellFilter::Fixed;
    } else {
        std::string filter = dynamics::cellFilterName(s.cell);
        fields.read("cell", filter);
        s.cell = dynamics::cellFilterFromName(filter);
    }
    fields.read("max_steps", s.maxSteps);
    fields.read("force_tolerance_eV_per_A", s.forceTolerance);
    fields.read("stress_tolerance_GPa", s.stressToleranceGPa);
    fields.read("max_step_A", s.maxStep);
    std::string minimiser = dynamics::minimiserName(s.minimiser);
    fields.read("minimiser", minimiser);
    s.minimiser = dynamics::minimiserFromName(minimiser);
    fields.finish();
}

json barostatJson(const dynamics::BarostatSettings& s) {
    return {{"kind", dynamics::barostatName(s.kind)},
            {"pressure_GPa", s.pressureGPa},
            {"coupling_fs", s.couplingFs},
            {"compressibility_per_GPa", s.compressibilityPerGPa},
            {"isotropic", s.isotropic}};
}

void readBarostat(const json& object, dynamics::BarostatSettings& s) {
    Fields fields(object, "md.barostat.");
    std::string kind = dynamics::barostatName(s.kind);
    fields.read("kind", kind);
    s.kind = dynamics::barostatFromName(kind);
    fields.read("pressure_GPa", s.pressureGPa);
    fields.read("coupling_fs", s.couplingFs);
    fields.read("compressibility_per_GPa", s.compressibilityPerGPa);
    fields.read("isotropic", s.isotropic);
    fields.finish();
}

json mdJson(const dynamics::MdSettings& s) {
    return {{"thermostat", dynamics::thermostatName(s.thermostat)},
            {"temperature_K", s.temperature},
            {"timestep_fs", s.timestepFs},
            {"steps", s.steps},
            {"equilibration_steps", s.equilibrationSteps},
            {"coupling_fs", s.couplingFs},
            {"langevin_friction_per_ps", s.langevinFrictionPerPs},
            {"barostat", barostatJson(s.barostat)},
            {"frame_interval", s.frameInterval},
            {"flush_interval", s.flushInterval},
            {"runaway_factor", s.runawayFactor}};
}

void readMd(const json& object, dynamics::MdSettings& s) {
    Fields fields(object, "md.");
    std::string thermostat = dynamics::thermostatName(s.thermostat);
    fields.read("thermostat", thermostat);
    s.thermostat = dynamics::thermostatFromName(thermostat);
    fields.read("temperature_K", s.temperature);
    fields.read("timestep_fs", s.timestepFs);
    fields.read("steps", s.steps);
    fields.read("equilibration_steps", s.equilibrationSteps);
    fields.read("berendsen_tau_fs", s.couplingFs);  // its name in files of version 0.1
    fields.read("coupling_fs", s.couplingFs);
    fields.read("langevin_friction_per_ps", s.langevinFrictionPerPs);
    if (const json* barostat = fields.object("barostat")) readBarostat(*barostat, s.barostat);
    fields.read("frame_interval", s.frameInterval);
    fields.read("flush_interval", s.flushInterval);
    fields.read("runaway_factor", s.runawayFactor);
    fields.finish();
}

json uncertaintyJson(const dynamics::UncertaintySettings& s) {
    return {{"every", s.every},
            {"threshold_eV_per_A", s.thresholdEvPerA},
            {"action", dynamics::spreadActionName(s.action)}};
}

void readUncertainty(const json& object, dynamics::UncertaintySettings& s) {
    Fields fields(object, "uncertainty.");
    fields.read("every", s.every);
    fields.read("threshold_eV_per_A", s.thresholdEvPerA);
    std::string action = dynamics::spreadActionName(s.action);
    fields.read("action", action);
    s.action = dynamics::spreadActionFromName(action);
    fields.finish();
}

}  // namespace

std::string toJson(const RunSpec& spec) {
    const json object = {{"formula", spec.formula},
                         {"host", spec.host},
                         {"structure_file", spec.structureFile.string()},
                         {"seed", spec.seed},
                         {"relax", spec.relax},
                         {"relax_settings", relaxJson(spec.relaxSettings)},
                         {"md", mdJson(spec.md)},
                         {"uncertainty", uncertaintyJson(spec.uncertainty)},
                         {"mobile_element", spec.mobileElement},
                         {"potential", spec.potential},
                         {"output", spec.output.string()},
                         {"overwrite", spec.overwrite},
                         {"threads", spec.threads}};
    return object.dump(2);
}

RunSpec runSpecFromJson(const std::string& text) {
    json object;
    try {
        object = json::parse(text);
    } catch (const json::parse_error& error) {
        throw InputError("run specification: not valid JSON at byte " + std::to_string(error.byte));
    }
    RunSpec spec;
    Fields fields(object, "");
    fields.read("formula", spec.formula);
    fields.read("host", spec.host);
    fields.read("structure_file", spec.structureFile);
    fields.read("seed", spec.seed);
    fields.read("relax", spec.relax);
    if (const json* relax = fields.object("relax_settings")) readRelax(*relax, spec.relaxSettings);
    if (const json* md = fields.object("md")) readMd(*md, spec.md);
    if (const json* watch = fields.object("uncertainty")) readUncertainty(*watch, spec.uncertainty);
    fields.read("mobile_element", spec.mobileElement);
    fields.read("potential", spec.potential);
    fields.read("output", spec.output);
    fields.read("overwrite", spec.overwrite);
    fields.read("threads", spec.threads);
    fields.finish();
    return spec;
}

}  // namespace ionscape::workflow
