// SPDX-License-Identifier: GPL-3.0-or-later
// Run specifications as JSON.
#include "core/workflow/json_fields.h"
#include "core/workflow/run.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

constexpr auto subject = "run specification";

json relaxJson(const dynamics::RelaxSettings& s) {
    return {{"cell", dynamics::cellFilterName(s.cell)},
            {"max_steps", s.maxSteps},
            {"force_tolerance_eV_per_A", s.forceTolerance},
            {"stress_tolerance_GPa", s.stressToleranceGPa},
            {"max_step_A", s.maxStep},
            {"minimiser", dynamics::minimiserName(s.minimiser)}};
}

void readRelax(const json& object, dynamics::RelaxSettings& s) {
    JsonFields fields(object, subject, "relax_settings.");
    if (const json* cell = fields.object("cell"); cell != nullptr && cell->is_boolean()) {
        // Files of version 0.1 only know whether it relaxes.
        s.cell = cell->get<bool>() ? dynamics::CellFilter::Full : dynamics::CellFilter::Fixed;
    } else {
        fields.read("cell", s.cell, dynamics::cellFilterName, dynamics::cellFilterFromName);
    }
    fields.read("max_steps", s.maxSteps);
    fields.read("force_tolerance_eV_per_A", s.forceTolerance);
    fields.read("stress_tolerance_GPa", s.stressToleranceGPa);
    fields.read("max_step_A", s.maxStep);
    fields.read("minimiser", s.minimiser, dynamics::minimiserName, dynamics::minimiserFromName);
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
    JsonFields fields(object, subject, "md.barostat.");
    fields.read("kind", s.kind, dynamics::barostatName, dynamics::barostatFromName);
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
    JsonFields fields(object, subject, "md.");
    fields.read("thermostat", s.thermostat, dynamics::thermostatName, dynamics::thermostatFromName);
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
    JsonFields fields(object, subject, "uncertainty.");
    fields.read("every", s.every);
    fields.read("threshold_eV_per_A", s.thresholdEvPerA);
    fields.read("action", s.action, dynamics::spreadActionName, dynamics::spreadActionFromName);
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
    const json object = parseJson(text, subject);
    RunSpec spec;
    JsonFields fields(object, subject);
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
