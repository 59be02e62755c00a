// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/learning_task.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/workflow/campaign_targets.h"
#include "core/workflow/json_fields.h"

namespace ionscape::workflow {

namespace {

using nlohmann::json;

constexpr auto subject = "active learning";

CampaignGroup readPool(const json& object) {
    CampaignGroup pool;
    pool.name = "pool";
    JsonFields fields(object, subject, "learning.pool.");
    fields.read("formulas", pool.formulas);
    fields.read("types", pool.types);
    fields.read("mobile_min", pool.mobileMin);
    fields.read("mobile_max", pool.mobileMax);
    fields.read("require", pool.require);
    fields.read("exclude", pool.exclude);
    fields.read("count", pool.count);
    fields.finish();
    if (pool.formulas.empty() == pool.types.empty())
        throw InputError("active learning: \"learning.pool\" needs either formulas or types");
    return pool;
}

/// {"trees": 300, "kernel": "rbf"} as "trees=300" and "kernel=rbf".
std::vector<std::string> readSettings(const json& object) {
    std::vector<std::string> settings;
    if (!object.is_object()) throw InputError("active learning: \"learning.settings\" must be a JSON object");
    for (const auto& [name, value] : object.items()) {
        if (!value.is_string() && !value.is_number())
            throw InputError(fmt::format(
                "active learning: \"learning.settings.{}\" must be a number or the name of a choice", name));
        settings.push_back(name + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    }
    return settings;
}

void readLearning(const json& object, LearningTask& task) {
    auto& s = task.learning;
    JsonFields fields(object, subject, "learning.");
    fields.read("target", task.target);
    fields.read("maximise", s.maximise);
    fields.read("features", task.features, featureKindName, featureKindFromName);
    fields.read("members", task.members);
    fields.read("model", s.model);
    fields.read("acquisition", s.rule, pickRuleName, pickRuleFromName);
    fields.read("margin", s.margin);
    fields.read("kappa", s.kappa);
    fields.read("initial", s.initial);
    fields.read("batch", s.batch);
    fields.read("rounds", s.rounds);
    fields.read("patience", s.patience);
    fields.read("folds", s.folds);
    fields.read("seed", s.seed);
    if (const json* settings = fields.object("settings")) s.modelSettings = readSettings(*settings);
    if (const json* pool = fields.object("pool")) task.pool = readPool(*pool);
    fields.finish();
}

}  // namespace

void checkSettings(const LearningTask& task) {
    checkSettings(task.campaign);
    checkSettings(task.learning);
    if (task.members < 1) throw InputError("active learning: \"learning.members\" must be at least 1");
    if (task.pool && task.features != FeatureKind::Composition) {
        throw InputError(
            fmt::format("active learning: the features \"{}\" are of relaxed cells, which a pool of "
                        "compositions does not "
                        "have; leave out \"learning.pool\" to pick from the cells of the dataset",
                        featureKindName(task.features)));
    }
}

bool needsDynamics(const LearningTask& task) {
    return task.target != energyTargetName;
}

LearningTask learningTaskFromJson(const std::string& text) {
    json object = parseJson(text, subject);
    if (!object.is_object() || !object.contains("learning"))
        throw InputError("active learning: the specification of the campaign has no object \"learning\"");
    const json learning = object["learning"];
    object.erase("learning");
    LearningTask task;
    // A campaign on its own must have groups.
    const bool grouped = object.contains("groups") && object["groups"] != json::array();
    if (!grouped) object["groups"] = json::array({{{"types", "1"}}});
    task.campaign = campaignSpecFromJson(object.dump());
    if (!grouped) task.campaign.groups.clear();
    readLearning(learning, task);
    checkSettings(task);
    return task;
}

}  // namespace ionscape::workflow
