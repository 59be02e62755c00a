// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "core/workflow/composition_draw.h"
#include "core/workflow/json_fields.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

constexpr auto subject = "campaign";

json groupJson(const CampaignGroup& g) {
    return {{"name", g.name},
            {"formulas", g.formulas},
            {"types", g.types},
            {"mobile_min", g.mobileMin},
            {"mobile_max", g.mobileMax},
            {"require", g.require},
            {"exclude", g.exclude},
            {"count", g.count},
            {"members", g.members},
            {"dynamics", g.dynamics}};
}

CampaignGroup readGroup(const json& object, std::size_t index) {
    CampaignGroup g;
    JsonFields fields(object, subject, fmt::format("groups[{}].", index));
    fields.read("name", g.name);
    fields.read("formulas", g.formulas);
    fields.read("types", g.types);
    fields.read("mobile_min", g.mobileMin);
    fields.read("mobile_max", g.mobileMax);
    fields.read("require", g.require);
    fields.read("exclude", g.exclude);
    fields.read("count", g.count);
    fields.read("members", g.members);
    fields.read("dynamics", g.dynamics);
    fields.finish();
    if (g.name.empty()) g.name = g.types.empty() ? fmt::format("group {}", index + 1) : g.types;
    if (g.formulas.empty() == g.types.empty())
        throw InputError(fmt::format("campaign: group \"{}\" needs either formulas or types", g.name));
    if (g.members < 1)
        throw InputError(fmt::format("campaign: group \"{}\" needs at least one member", g.name));
    return g;
}

/// The published type of these counts, if there is one.
std::string typeOf(const composition::Composition& c) {
    std::vector<int> counts;
    for (const auto& [element, count] : c.counts)
        counts.push_back(count);
    for (const auto& type : composition::occupancyTypes())
        if (type.counts == counts) return type.name;
    return {};
}

struct Candidate {
    std::string formula, type;
};

std::vector<Candidate> listed(const composition::Host& host, const CampaignGroup& group) {
    std::vector<Candidate> list;
    const int sites = composition::mixedSitesInSupercell(host);
    for (const auto& text : group.formulas) {
        const auto c = composition::compositionFromFormula(host, composition::parseFormula(text), sites);
        list.push_back({composition::canonicalFormula(host, c), typeOf(c)});
    }
    return list;
}

std::vector<Candidate> drawn(const composition::Host& host, const CampaignGroup& group, std::uint64_t seed) {
    const auto space = campaignSpace(host, group);
    std::vector<Candidate> list;
    for (const auto index : drawCompositions(space, group.count, seed)) {
        const auto c = space.composition(index);
        const auto after = [&](std::size_t type) { return space.offset(type + 1) <= index; };
        std::size_t type = 0;
        while (type + 1 < space.types().size() && after(type))
            ++type;
        list.push_back({composition::canonicalFormula(host, c), space.types()[type].name});
    }
    return list;
}

/// One of each group after the other, so that all of them grow at once.
std::vector<CampaignJob> dealtInTurn(const std::vector<std::vector<CampaignJob>>& groups) {
    std::size_t longest = 0;
    for (const auto& group : groups)
        longest = std::max(longest, group.size());
    std::vector<CampaignJob> all;
    for (std::size_t i = 0; i < longest; ++i) {
        for (const auto& group : groups)
            if (i < group.size()) all.push_back(group[i]);
    }
    return all;
}

}  // namespace

composition::Space campaignSpace(const composition::Host& host, const CampaignGroup& group) {
    composition::SpaceQuery query;
    query.types = composition::occupancyTypeList(group.types);
    query.mobileMin = group.mobileMin;
    query.mobileMax = group.mobileMax;
    for (const auto& symbol : group.require)
        query.require.push_back(crystal::Element::fromSymbol(symbol));
    for (const auto& symbol : group.exclude)
        query.exclude.push_back(crystal::Element::fromSymbol(symbol));
    return composition::Space(host, query);
}

void checkSettings(const CampaignSpec& spec) {
    if (!(std::isfinite(spec.targetLagPs) && spec.targetLagPs > 0.0))
        throw InputError("campaign: \"target_lag_ps\" must be positive");
    const RunSpec& p = spec.protocol;
    if (!p.formula.empty() || !p.structureFile.empty())
        throw InputError("campaign: the protocol must not name a formula or structure; the groups do");
    if (!p.relax) throw InputError("campaign: the protocol must relax, since features are of relaxed cells");
    dynamics::checkSettings(p.md);
    dynamics::checkSettings(p.relaxSettings);
}

std::string toJson(const CampaignSpec& spec) {
    auto groups = json::array();
    for (const auto& group : spec.groups)
        groups.push_back(groupJson(group));
    return json{{"name", spec.name},
                {"protocol", json::parse(toJson(spec.protocol))},
                {"target_lag_ps", spec.targetLagPs},
                {"groups", groups}}
        .dump(2);
}

CampaignSpec campaignSpecFromJson(const std::string& text) {
    const json object = parseJson(text, subject);
    CampaignSpec spec;
    JsonFields fields(object, subject);
    fields.read("name", spec.name);
    fields.read("target_lag_ps", spec.targetLagPs);
    if (const json* protocol = fields.object("protocol")) spec.protocol = runSpecFromJson(protocol->dump());
    const json* groups = fields.object("groups");
    if (fields.object("learning") != nullptr)
        throw InputError("campaign: it has a \"learning\" object; begin it with 'campaign learn'");
    fields.finish();
    if (groups == nullptr || !groups->is_array() || groups->empty())
        throw InputError("campaign: \"groups\" must be a list of at least one group");
    for (std::size_t i = 0; i < groups->size(); ++i)
        spec.groups.push_back(readGroup((*groups)[i], i));
    checkSettings(spec);
    return spec;
}

std::string CampaignJob::id() const {
    return fmt::format("{}-{}", formula, seed);
}

std::vector<CampaignJob> campaignJobs(const CampaignSpec& spec) {
    const auto host = composition::findHost(spec.protocol.host);
    std::vector<std::vector<CampaignJob>> groups;
    for (const auto& group : spec.groups) {
        const auto candidates =
            group.types.empty() ? listed(host, group) : drawn(host, group, spec.protocol.seed);
        auto& jobs = groups.emplace_back();
        for (int member = 0; member < group.members; ++member) {
            for (const auto& candidate : candidates) {
                jobs.push_back({candidate.formula, candidate.type, group.name,
                                spec.protocol.seed + static_cast<std::uint64_t>(member), group.dynamics});
            }
        }
    }
    const auto all = dealtInTurn(groups);
    std::set<std::string> simulated, taken;
    for (const auto& job : all)
        if (job.dynamics) simulated.insert(job.id());
    std::vector<CampaignJob> jobs;
    for (const auto& job : all) {
        const bool later = !job.dynamics && simulated.count(job.id()) > 0;
        if (!later && taken.insert(job.id()).second) jobs.push_back(job);
    }
    return jobs;
}

}  // namespace ionscape::workflow
