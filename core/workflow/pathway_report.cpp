// SPDX-License-Identifier: GPL-3.0-or-later
// An analysis of pathways as JSON.
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/workflow/pathway_run.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;
using transport::Pathways;

/// JSON knows no infinity: null.
json finite(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}

json list(const Vec3& v) {
    return {v[0], v[1], v[2]};
}

json list(const IntVec3& v) {
    return {v[0], v[1], v[2]};
}

json sitesJson(const Pathways& p) {
    json sites = json::array();
    for (std::size_t s = 0; s < p.siteMap.sites.size(); ++s) {
        const auto& site = p.siteMap.sites[s];
        const auto& residence = p.residences[s];
        sites.push_back({{"site", s + 1},
                         {"label", site.label},
                         {"group", site.group + 1},
                         {"position", list(site.centre.v)},
                         {"occupancy", site.occupancy},
                         {"occupancy_from_jumps", residence.occupancy},
                         {"merged", site.merged},
                         {"volume_A3", site.volume},
                         {"amplitude_A", site.amplitude},
                         {"core_radius_A", site.coreRadius},
                         {"peak_density_per_A3", site.peakDensity},
                         {"departures", residence.departures},
                         {"residence_time_ps", finite(residence.meanTimePs)},
                         {"residence_time_error_ps", finite(residence.errorPs)}});
    }
    return sites;
}

json hopsJson(const Pathways& p) {
    json hops = json::array();
    for (std::size_t h = 0; h < p.hops.size(); ++h) {
        const auto& hop = p.hops[h];
        hops.push_back({{"from", hop.from + 1},
                        {"to", hop.to + 1},
                        {"cell", list(hop.translation)},
                        {"distance_A", hop.distance},
                        {"jumps", hop.count},
                        {"rate_per_ps", hop.rate},
                        {"rate_error_per_ps", hop.error},
                        {"activation_energy_eV", p.barriers[h].energy},
                        {"activation_energy_error_eV", p.barriers[h].error},
                        {"free_energy_barrier_eV", nullptr}});
    }
    for (const auto& way : p.hopPaths) {
        hops[way.hop]["free_energy_barrier_eV"] = way.barrier;
        const auto& hop = p.hops[way.hop];
        for (std::size_t h = 0; h < p.hops.size(); ++h) {
            const auto& back = p.hops[h];
            if (h != way.hop && back.from == hop.to && back.to == hop.from &&
                back.translation == -hop.translation) {
                hops[h]["free_energy_barrier_eV"] = way.reverseBarrier;
            }
        }
    }
    return hops;
}

json typesJson(const Pathways& p) {
    json types = json::array();
    for (std::size_t t = 0; t < p.types.size(); ++t) {
        const auto& type = p.types[t];
        types.push_back({{"from_group", type.fromGroup + 1},
                         {"to_group", type.toGroup + 1},
                         {"distance_A", type.distance},
                         {"jumps", type.count},
                         {"rate_per_ps", type.rate},
                         {"rate_error_per_ps", type.error},
                         {"activation_energy_eV", p.typeBarriers[t].energy},
                         {"activation_energy_error_eV", p.typeBarriers[t].error}});
    }
    return types;
}

json diffusionJson(const Pathways& p) {
    json object = {{"jumps", p.jumpDiffusivity.jumps},
                   {"jump_diffusivity_cm2_per_s", p.jumpDiffusivity.coefficient},
                   {"jump_diffusivity_error_cm2_per_s", p.jumpDiffusivity.error},
                   {"jump_tensor_cm2_per_s", json::array()},
                   {"site_diffusivity_cm2_per_s", nullptr},
                   {"site_diffusivity_error_cm2_per_s", nullptr},
                   {"site_diffusivity_warning", ""},
                   {"correlation_factor", nullptr},
                   {"correlation_factor_error", nullptr}};
    for (int row = 0; row < 3; ++row)
        object["jump_tensor_cm2_per_s"].push_back(list(Vec3(p.jumpDiffusivity.tensor.row(row).transpose())));
    if (p.siteDiffusion) {
        object["site_diffusivity_cm2_per_s"] = p.siteDiffusion->coefficient;
        object["site_diffusivity_error_cm2_per_s"] = p.siteDiffusion->error;
        object["site_diffusivity_warning"] = p.siteDiffusion->warning;
    }
    if (p.correlation) {
        object["correlation_factor"] = p.correlation->factor;
        object["correlation_factor_error"] = p.correlation->error;
    }
    return object;
}

json percolationJson(const Pathways& p) {
    json object = {{"axis_energy_eV", json::object()}, {"dimension_energy_eV", json::object()}};
    for (std::size_t k = 0; k < 3; ++k) {
        object["axis_energy_eV"][std::string(1, "abc"[k])] = finite(p.levels.axis[k].energy);
        object["dimension_energy_eV"][std::string(1, "123"[k])] = finite(p.levels.dimension[k].energy);
    }
    return object;
}

json pathsJson(const Pathways& p) {
    json object = json::object();
    for (std::size_t k = 0; k < 3; ++k) {
        json& entry = object[std::string(1, "abc"[k])];
        if (!p.paths[k]) continue;
        const auto& path = *p.paths[k];
        json points = json::array();
        for (const auto& point : path.points) {
            points.push_back({{"distance_A", point.distance},
                              {"energy_eV", point.energy},
                              {"position", list(point.position.v)}});
        }
        const auto& top = path.points[path.bottleneck];
        entry = {{"barrier_eV", path.barrier()},
                 {"length_A", path.length},
                 {"period", list(path.period)},
                 {"bottleneck", {{"position", list(top.position.v)}, {"energy_eV", top.energy}}},
                 {"points", points}};
    }
    return object;
}

}  // namespace

std::string toJson(const PathwayRun& run) {
    const Pathways& p = run.pathways;
    json cell = json::array();
    for (int axis = 0; axis < 3; ++axis)
        cell.push_back(list(p.density.lattice.vector(axis)));
    const json object = {{"file", run.file.string()},
                         {"mobile", run.settings.mobile.symbol()},
                         {"ions", p.record.ions()},
                         {"frames", p.record.frames},
                         {"frame_interval_fs", p.record.frameIntervalFs},
                         {"temperature_K", p.temperature},
                         {"attempt_frequency_THz", p.attemptTHz},
                         {"attempt_frequency_warning", p.attemptWarning},
                         {"cell_A", cell},
                         {"grid", p.density.shape},
                         {"smoothing_A", run.settings.smoothing},
                         {"ions_in_no_site", p.siteMap.unassigned},
                         {"sites", sitesJson(p)},
                         {"hops", hopsJson(p)},
                         {"jump_types", typesJson(p)},
                         {"diffusion", diffusionJson(p)},
                         {"concert",
                          {{"window_ps", run.settings.concert.windowPs},
                           {"distance_A", run.settings.concert.distance},
                           {"fraction", p.concerted.fraction},
                           {"fraction_by_chance", p.concerted.chance},
                           {"group_sizes", p.concerted.groupSizes}}},
                         {"percolation", percolationJson(p)},
                         {"paths", pathsJson(p)}};
    return object.dump(2);
}

}  // namespace ionscape::workflow
