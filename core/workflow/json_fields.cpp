// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/json_fields.h"

#include <algorithm>

#include "core/base/error.h"

namespace ionscape::workflow {

using nlohmann::json;

json parseJson(const std::string& text, const std::string& subject) {
    try {
        return json::parse(text);
    } catch (const json::parse_error& error) {
        throw InputError(subject + ": not valid JSON at byte " + std::to_string(error.byte));
    }
}

JsonFields::JsonFields(const json& object, std::string subject, std::string prefix)
    : object_(object), subject_(std::move(subject)), prefix_(std::move(prefix)) {
    if (object_.is_object()) return;
    const auto where = prefix_.empty() ? "it" : '"' + prefix_.substr(0, prefix_.size() - 1) + '"';
    throw InputError(subject_ + ": " + where + " must be a JSON object");
}

void JsonFields::refuse(const char* name, const char* what) const {
    throw InputError(subject_ + ": \"" + prefix_ + name + "\" " + what);
}

template <class T>
void JsonFields::take(const char* name, const char* expected, bool (json::*is)() const noexcept, T& value) {
    const json* found = object(name);
    if (found == nullptr) return;
    if (!(found->*is)()) refuse(name, expected);
    const T taken = found->get<T>();
    if (json(taken) != *found) refuse(name, "is out of range");
    value = taken;
}

void JsonFields::read(const char* name, std::string& value) {
    take(name, "must be a text", &json::is_string, value);
}

void JsonFields::read(const char* name, bool& value) {
    take(name, "must be true or false", &json::is_boolean, value);
}

void JsonFields::read(const char* name, double& value) {
    take(name, "must be a number", &json::is_number, value);
}

void JsonFields::read(const char* name, std::uint64_t& value) {
    take(name, "must be a whole number, zero or more", &json::is_number_unsigned, value);
}

void JsonFields::read(const char* name, std::int64_t& value) {
    take(name, "must be a whole number", &json::is_number_integer, value);
}

void JsonFields::read(const char* name, int& value) {
    take(name, "must be a whole number", &json::is_number_integer, value);
}

void JsonFields::read(const char* name, std::filesystem::path& value) {
    std::string text = value.string();
    read(name, text);
    value = text;
}

void JsonFields::read(const char* name, std::vector<std::string>& values) {
    const json* found = object(name);
    if (found == nullptr) return;
    const bool texts = found->is_array() && std::all_of(found->begin(), found->end(),
                                                        [](const json& entry) { return entry.is_string(); });
    if (!texts) refuse(name, "must be a list of texts");
    values = found->get<std::vector<std::string>>();
}

const json* JsonFields::object(const char* name) {
    known_.insert(name);
    const auto it = object_.find(name);
    return it == object_.end() ? nullptr : &*it;
}

void JsonFields::finish() const {
    for (const auto& [name, value] : object_.items()) {
        if (known_.count(name) == 0)
            throw InputError(subject_ + ": there is no field \"" + prefix_ + name + "\"");
    }
}

}  // namespace ionscape::workflow
