// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/settings.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/text.h"

namespace ionscape::surrogate {

Settings::Settings(std::vector<SettingDefinition> definitions) : definitions_(std::move(definitions)) {
    for (const auto& d : definitions_)
        values_.push_back(d.value);
}

std::size_t Settings::indexOf(std::string_view name) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
        if (definitions_[i].name == name) return i;
        names.push_back(definitions_[i].name);
    }
    if (names.empty()) throw InputError(fmt::format("the model has no settings, so none named {}", name));
    const auto close = closeNames(name, names, 1);
    throw InputError(close.empty()
                         ? fmt::format("there is no setting {}; there are {}", name, fmt::join(names, ", "))
                         : fmt::format("there is no setting {}; did you mean {}?", name, close.front()));
}

double Settings::value(std::string_view name) const {
    return values_[indexOf(name)];
}

int Settings::integer(std::string_view name) const {
    return static_cast<int>(std::lround(value(name)));
}

const std::string& Settings::choice(std::string_view name) const {
    const auto i = indexOf(name);
    return definitions_[i].choices.at(static_cast<std::size_t>(std::lround(values_[i])));
}

void Settings::set(std::string_view name, double value) {
    const auto i = indexOf(name);
    const auto& d = definitions_[i];
    const double top = d.choices.empty() ? d.maximum : static_cast<double>(d.choices.size() - 1);
    if (!(value >= d.minimum && value <= top))
        throw InputError(
            fmt::format("{} must lie between {:g} and {:g}, not {:g}", name, d.minimum, top, value));
    if ((d.isInteger || !d.choices.empty()) && value != std::floor(value))
        throw InputError(fmt::format("{} must be a whole number, not {:g}", name, value));
    values_[i] = value;
}

void Settings::set(std::string_view name, std::string_view text) {
    const auto& d = definitions_[indexOf(name)];
    for (std::size_t k = 0; k < d.choices.size(); ++k) {
        if (d.choices[k] == text) return set(name, static_cast<double>(k));
    }
    if (!d.choices.empty()) {
        throw InputError(fmt::format("{} must be one of {}, not {}", name, fmt::join(d.choices, ", "), text));
    }
    double number = 0.0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || stop != text.data() + text.size())
        throw InputError(fmt::format("{} must be a number, not \"{}\"", name, text));
    set(name, number);
}

void Settings::assign(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos || equals == 0)
        throw InputError(fmt::format("a setting is written name=value, not \"{}\"", text));
    set(text.substr(0, equals), text.substr(equals + 1));
}

std::string Settings::text(std::string_view name) const {
    const auto i = indexOf(name);
    return definitions_[i].choices.empty() ? fmt::format("{}", values_[i]) : choice(name);
}

void Settings::randomise(RandomStream& random) {
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
        const auto& d = definitions_[i];
        if (d.searchTo <= d.searchFrom) continue;
        if (!d.choices.empty() || d.isInteger) {
            const auto span = static_cast<std::uint64_t>(d.searchTo - d.searchFrom) + 1;
            values_[i] = d.searchFrom + static_cast<double>(random.below(span));
        } else if (d.searchLogarithmic) {
            values_[i] = d.searchFrom * std::pow(d.searchTo / d.searchFrom, random.uniform());
        } else {
            values_[i] = d.searchFrom + (d.searchTo - d.searchFrom) * random.uniform();
        }
    }
}

nlohmann::json toJson(const Settings& settings) {
    auto object = nlohmann::json::object();
    for (const auto& d : settings.definitions()) {
        if (d.choices.empty())
            object[d.name] = settings.value(d.name);
        else
            object[d.name] = settings.choice(d.name);
    }
    return object;
}

void setFromJson(Settings& settings, const nlohmann::json& object) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_string())
            settings.set(name, std::string_view(value.get_ref<const std::string&>()));
        else if (value.is_number())
            settings.set(name, value.get<double>());
        else
            throw InputError(fmt::format("the setting {} must be a number or a name", name));
    }
}

}  // namespace ionscape::surrogate
