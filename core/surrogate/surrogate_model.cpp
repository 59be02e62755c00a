// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/surrogate_model.h"

#include <fmt/format.h>

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/version.h"
#include "core/surrogate/validation.h"

namespace ionscape::surrogate {

using nlohmann::json;

namespace {

constexpr const char* formatName = "ionscape surrogate";
constexpr int formatVersion = 1;

json cardToJson(const ModelCard& card) {
    json features = json::array();
    for (const auto& feature : card.features)
        features.push_back(featureToJson(feature));
    return {{"features", features},
            {"target",
             {{"name", card.target.name}, {"unit", card.target.unit}, {"meaning", card.target.meaning}}},
            {"training_checksum", card.trainingChecksum},
            {"training_rows", card.trainingRows},
            {"seed", card.seed},
            {"training_metrics", toJson(card.training)},
            {"validation_metrics", card.validation ? toJson(*card.validation) : json()},
            {"folds", card.folds},
            {"calibration", toJson(card.calibration)},
            {"remark", card.remark},
            {"program", card.program}};
}

ModelCard cardFromJson(const json& object) {
    ModelCard card;
    for (const auto& feature : object.at("features"))
        card.features.push_back(featureFromJson(feature));
    const auto& target = object.at("target");
    card.target = {target.at("name").get<std::string>(), target.at("unit").get<std::string>(),
                   target.at("meaning").get<std::string>()};
    card.trainingChecksum = object.at("training_checksum").get<std::string>();
    card.trainingRows = object.at("training_rows").get<std::size_t>();
    card.seed = object.at("seed").get<std::uint64_t>();
    card.training = metricsFromJson(object.at("training_metrics"));
    if (!object.at("validation_metrics").is_null())
        card.validation = metricsFromJson(object.at("validation_metrics"));
    card.folds = object.at("folds").get<int>();
    card.calibration = calibrationFromJson(object.at("calibration"));
    card.remark = object.at("remark").get<std::string>();
    card.program = object.at("program").get<std::string>();
    return card;
}

std::string described(const Feature& feature) {
    return feature.unit.empty() ? feature.name : fmt::format("{} ({})", feature.name, feature.unit);
}

json readJson(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file, "cannot be read");
    try {
        return json::parse(in);
    } catch (const json::exception&) {
        throw IoError(file, "is no JSON, so no model of a surrogate");
    }
}

}  // namespace

void requireSameFeatures(const std::vector<Feature>& expected, const std::vector<Feature>& given) {
    for (std::size_t j = 0; j < expected.size(); ++j) {
        if (j >= given.size()) {
            throw InputError(
                fmt::format("the model needs the feature {}, which is missing: it takes {} features, not {}",
                            described(expected[j]), expected.size(), given.size()));
        }
        if (given[j].name != expected[j].name || given[j].unit != expected[j].unit) {
            throw InputError(fmt::format("feature {} must be {}, not {}", j + 1, described(expected[j]),
                                         described(given[j])));
        }
    }
    if (given.size() > expected.size()) {
        throw InputError(
            fmt::format("the model does not know the feature {}", described(given[expected.size()])));
    }
}

SurrogateModel SurrogateModel::train(const SurrogateTable& table, std::unique_ptr<Regressor> regressor,
                                     const TrainingOptions& options, const std::stop_token& stop,
                                     ProgressSink* progress) {
    table.validate(true);
    SurrogateModel model;
    auto& card = model.card_;
    card.features = table.features;
    card.target = table.target;
    card.trainingChecksum = table.checksum();
    card.trainingRows = static_cast<std::size_t>(table.rows());
    card.seed = options.seed;
    card.remark = options.remark;
    card.program = fmt::format("Ionscape {}", versionString());
    std::optional<CrossValidation> own;
    if (!options.validation && options.folds > 0) {
        own = crossValidate(*regressor, table, kFold(table, options.folds, options.seed), options.seed, stop,
                            progress, options.prepare);
    }
    if (const auto* validation = own ? &*own : options.validation) {
        card.validation = validation->metrics;
        card.folds = static_cast<int>(validation->folds.size());
        card.calibration = calibrate(*validation);
    }
    if (options.prepare) {
        if (progress) progress->report("search", 0, 0, {});
        options.prepare(*regressor, table, stop);
    }
    regressor->fit(table, options.seed, stop, progress);
    card.training = metricsOf(table.y, regressor->predictMean(table.x));
    model.regressor_ = std::move(regressor);
    model.domain_ = TrainingDomain(table.x);
    return model;
}

void SurrogateModel::checkFeatures(const std::vector<Feature>& features) const {
    requireSameFeatures(card_.features, features);
}

CheckedPrediction SurrogateModel::predict(const SurrogateTable& table) const {
    checkFeatures(table.features);
    table.validate(false);
    const auto raw = regressor_->predict(table.x);
    const double half90 = card_.calibration.conformalFactor(0.9);
    return {raw.mean, raw.standardDeviation * card_.calibration.factor, domain_.distance(table.x),
            raw.standardDeviation * half90};
}

SurrogateTable SurrogateModel::encode(const std::vector<Feature>& features, std::span<const FeatureRow> rows,
                                      const std::vector<std::string>& labels) const {
    if (!encoder_) {
        checkFeatures(features);
        return RowEncoder(features, rows, MissingValues::Refuse, labels).encode(rows, labels);
    }
    requireSameFeatures(encoder_->inputs(), features);
    return encoder_->encode(rows, labels);
}

CheckedPrediction SurrogateModel::predict(const std::vector<Feature>& features,
                                          std::span<const FeatureRow> rows,
                                          const std::vector<std::string>& labels) const {
    return predict(encode(features, rows, labels));
}

void SurrogateModel::save(const std::filesystem::path& file) const {
    const json object = {{"format", formatName},       {"version", formatVersion},
                         {"card", cardToJson(card_)},  {"encoder", encoder_ ? encoder_->toJson() : json()},
                         {"domain", domain_.toJson()}, {"regressor", regressor_->toJson()}};
    writeTextAtomically(file, object.dump() + "\n");
}

SurrogateModel SurrogateModel::load(const std::filesystem::path& file) {
    const json object = readJson(file);
    try {
        if (!object.is_object() || object.value("format", "") != formatName)
            throw IoError(file, "is no model of a surrogate");
        if (object.at("version").get<int>() > formatVersion)
            throw IoError(file, "was written by a later version of the program");
        SurrogateModel model;
        model.card_ = cardFromJson(object.at("card"));
        if (!object.at("encoder").is_null()) model.encoder_ = RowEncoder::fromJson(object.at("encoder"));
        model.domain_ = TrainingDomain::fromJson(object.at("domain"));
        model.regressor_ = Regressor::fromJson(object.at("regressor"));
        if (!model.regressor_->isFitted()) throw IoError(file, "the model in it has not been trained");
        return model;
    } catch (const json::exception& error) {
        throw IoError(file, fmt::format("is damaged: {}", error.what()));
    } catch (const InputError& error) {
        throw IoError(file, fmt::format("is damaged: {}", error.what()));
    }
}

}  // namespace ionscape::surrogate
