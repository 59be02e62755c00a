// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/spread_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace ionscape::workflow {

using dynamics::SpreadEvent;
using dynamics::SpreadRecord;
using nlohmann::json;

namespace {

json eventJson(const SpreadEvent& event) {
    if (event.step < 0) return nullptr;
    return {{"step", event.step}, {"atom", event.atom + 1}, {"spread_eV_per_A", event.spread}};
}

SpreadEvent eventFromJson(const json& object) {
    if (object.is_null()) return {};
    return {object.at("step").get<std::int64_t>(), object.at("atom").get<std::int64_t>() - 1,
            object.at("spread_eV_per_A").get<double>()};
}

}  // namespace

json toJson(const SpreadRecord& record) {
    return {{"evaluations", record.evaluations},
            {"exceeded", record.exceeded},
            {"first", eventJson(record.first)},
            {"worst", eventJson(record.worst)},
            {"maximum_eV_per_A", std::vector<double>(record.maximum.begin(), record.maximum.end())}};
}

SpreadRecord spreadRecordFromJson(const json& object) {
    SpreadRecord record;
    record.evaluations = object.at("evaluations").get<std::int64_t>();
    record.exceeded = object.at("exceeded").get<std::int64_t>();
    record.first = eventFromJson(object.at("first"));
    record.worst = eventFromJson(object.at("worst"));
    const auto maximum = object.at("maximum_eV_per_A").get<std::vector<double>>();
    record.maximum =
        Eigen::Map<const Eigen::VectorXd>(maximum.data(), static_cast<Eigen::Index>(maximum.size()));
    return record;
}

json toJson(const SpreadSummary& s) {
    return {{"threshold_eV_per_A", s.thresholdEvPerA},
            {"every", s.every},
            {"flagged", s.flagged},
            {"mean_eV_per_A", s.mean},
            {"dynamics", s.dynamics.evaluations > 0 ? toJson(s.dynamics) : json(nullptr)},
            {"relaxation", s.relaxation ? toJson(*s.relaxation) : json(nullptr)}};
}

std::string flagText(const SpreadRecord& record, double threshold, const crystal::Structure& structure,
                     const std::string& stage) {
    const SpreadEvent& first = record.first;
    if (record.exceeded == 0 || first.atom < 0 || first.atom >= static_cast<std::int64_t>(structure.size()))
        return {};
    return fmt::format("force spread {:.3f} eV/Å on atom {} ({}) in {} step {}, above {:g} eV/Å",
                       first.spread, first.atom + 1,
                       structure.elements[static_cast<std::size_t>(first.atom)].symbol(), stage, first.step,
                       threshold);
}

}  // namespace ionscape::workflow
