// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/feature_table.h"

#include <fmt/format.h>

namespace ionscape::surrogate {
namespace {

std::string quoted(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string result = "\"";
    for (const char c : field) {
        if (c == '"') result += '"';
        result += c;
    }
    return result + '"';
}

}  // namespace

std::string featureTitle(const Feature& feature) {
    return feature.unit.empty() ? feature.name : fmt::format("{} [{}]", feature.name, feature.unit);
}

std::string featureCsv(const FeatureTable& table) {
    std::string text = "cell";
    for (const Feature& feature : table.features)
        text += ',' + quoted(featureTitle(feature));
    text += "\r\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        text += quoted(table.names[row]);
        for (const auto& value : table.rows[row])
            text += value ? fmt::format(",{}", *value) : std::string(",");
        text += "\r\n";
    }
    return text;
}

}  // namespace ionscape::surrogate
