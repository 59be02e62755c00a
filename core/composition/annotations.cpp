// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/annotations.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/base/text.h"

namespace ionscape::composition {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* formatName = "ionscape-annotations-1";
constexpr std::size_t maximumText = 100'000;
constexpr int maximumStars = 5;

[[noreturn]] void broken(const fs::path& file, const std::string& what) {
    throw IoError(file, what + "; repair or move the file away");
}

Annotation fromJson(const fs::path& file, const std::string& formula, const json& value) {
    const auto wrong = [&](const char* field) {
        broken(file, fmt::format("compositions[\"{}\"].{} is missing or of the wrong kind", formula, field));
    };
    if (!value.is_object()) wrong("*");
    Annotation annotation;
    const auto stars = value.find("stars");
    if (stars != value.end()) {
        if (!stars->is_number_integer() || *stars < 0 || *stars > maximumStars) wrong("stars");
        annotation.stars = stars->get<int>();
    }
    const auto tags = value.find("tags");
    if (tags != value.end()) {
        if (!tags->is_array()) wrong("tags");
        for (const json& tag : *tags) {
            if (!tag.is_string()) wrong("tags");
            annotation.tags.insert(tag.get<std::string>());
        }
    }
    const auto note = value.find("note");
    if (note != value.end()) {
        if (!note->is_string()) wrong("note");
        annotation.note = note->get<std::string>();
    }
    return annotation;
}

std::map<std::string, Annotation> read(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error) && !error) return {};
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    if (!in || !(text << in.rdbuf())) throw IoError(file, "could not be read");
    const json root = json::parse(text.str(), nullptr, false);
    if (root.is_discarded()) broken(file, "is not valid JSON");
    if (!root.is_object() || root.value("format", json()) != formatName)
        broken(file, fmt::format("is no file of annotations (format \"{}\")", formatName));
    const auto compositions = root.find("compositions");
    if (compositions == root.end() || !compositions->is_object()) broken(file, "compositions is missing");
    std::map<std::string, Annotation> all;
    for (const auto& [formula, value] : compositions->items())
        all[formula] = fromJson(file, formula, value);
    return all;
}

json toJson(const Annotation& annotation) {
    json value = json::object();
    if (annotation.stars > 0) value["stars"] = annotation.stars;
    if (!annotation.tags.empty()) value["tags"] = annotation.tags;
    if (!annotation.note.empty()) value["note"] = annotation.note;
    return value;
}

void checkText(const std::string& text, const char* what) {
    if (text.size() > maximumText)
        throw InputError(fmt::format("the {} is longer than {} bytes", what, maximumText));
    if (findInvalidUtf8(text) != std::string::npos)
        throw InputError(fmt::format("the {} is not UTF-8 text", what));
}

}  // namespace

fs::path Annotations::defaultFile() {
    const fs::path folder = userDataFolder();
    if (folder.empty()) throw InputError("there is no place for your notes: set HOME or XDG_DATA_HOME");
    return folder / "annotations.json";
}

Annotations::Annotations(fs::path file) : file_(std::move(file)), all_(read(file_)) {}

const Annotation& Annotations::of(const std::string& formula) const {
    static const Annotation none;
    const auto found = all_.find(formula);
    return found == all_.end() ? none : found->second;
}

void Annotations::set(const std::string& formula, Annotation annotation) {
    if (annotation.stars < 0 || annotation.stars > maximumStars)
        throw InputError(
            fmt::format("{} stars are not possible: give 0 to {}", annotation.stars, maximumStars));
    checkText(formula, "formula");
    checkText(annotation.note, "note");
    annotation.tags.erase("");
    for (const std::string& tag : annotation.tags)
        checkText(tag, "tag");
    if (annotation == of(formula)) return;
    changed_.insert(formula);
    if (annotation.isEmpty()) {
        all_.erase(formula);
    } else {
        all_[formula] = std::move(annotation);
    }
}

std::vector<std::string> Annotations::tags() const {
    std::set<std::string> tags;
    for (const auto& [formula, annotation] : all_)
        tags.insert(annotation.tags.begin(), annotation.tags.end());
    return {tags.begin(), tags.end()};
}

void Annotations::save() {
    if (changed_.empty()) return;
    std::map<std::string, Annotation> merged = read(file_);
    for (const std::string& formula : changed_) {
        const auto mine = all_.find(formula);
        if (mine == all_.end()) {
            merged.erase(formula);
        } else {
            merged[formula] = mine->second;
        }
    }
    json compositions = json::object();
    for (const auto& [formula, annotation] : merged)
        compositions[formula] = toJson(annotation);
    std::error_code error;
    if (file_.has_parent_path()) fs::create_directories(file_.parent_path(), error);
    if (error) throw IoError(file_, "its folder could not be made: " + error.message());
    writeTextAtomically(file_, json{{"format", formatName}, {"compositions", compositions}}.dump(1) + "\n");
    all_ = std::move(merged);
    changed_.clear();
}

}  // namespace ionscape::composition
