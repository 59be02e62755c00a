// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/model_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/resources.h"
#include "core/base/text.h"

namespace ionscape::potential {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostSuggestions = 3;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string lowerCase(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// The suffix of the format, all of ".pth.tar"; empty for directories.
std::string suffixOf(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return {};
    const std::string name = path.filename().string();
    return name.ends_with(".pth.tar") ? ".pth.tar" : path.extension().string();
}

std::string stemOf(const fs::path& path) {
    const std::string name = path.filename().string();
    return name.substr(0, name.size() - suffixOf(path).size());
}

std::vector<fs::path> sortedContents(const fs::path& folder) {
    std::vector<fs::path> paths;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const bool hidden = entry.path().filename().string().starts_with(".");
        if (!hidden) paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

std::string sourceName(ModelSource source) {
    switch (source) {
        case ModelSource::SearchPath:
            return "search path";
        case ModelSource::User:
            return "user";
        case ModelSource::Embedded:
            return "embedded";
    }
    return {};
}

fs::path userModelFolder() {
    if (const auto folder = environment("XDG_DATA_HOME"); !folder.empty())
        return fs::path(folder) / "ionscape/potentials";
    if (const auto home = environment("HOME"); !home.empty())
        return fs::path(home) / ".local/share/ionscape/potentials";
    throw InputError("there is no place for your own potentials: set HOME or XDG_DATA_HOME");
}

std::vector<ModelFolder> modelFolders() {
    std::vector<ModelFolder> folders;
    const std::string searchPath = environment("IONSCAPE_MODEL_PATH");
    for (std::size_t begin = 0; begin <= searchPath.size();) {
        const std::size_t end = std::min(searchPath.find(':', begin), searchPath.size());
        if (end > begin) folders.push_back({searchPath.substr(begin, end - begin), ModelSource::SearchPath});
        begin = end + 1;
    }
    fs::path own;
    try {
        own = userModelFolder();
        folders.push_back({own, ModelSource::User});
    } catch (const InputError&) {
        own.clear();  // nowhere to look for them: the shipped ones are listed all the same
    }
    for (const auto& resources : resourceFolders()) {
        std::error_code ignored;
        const fs::path folder = resources / "potentials";
        if (!own.empty() && fs::equivalent(folder, own, ignored)) continue;
        folders.push_back({folder, ModelSource::Embedded});
    }
    return folders;
}

ModelRegistry::ModelRegistry(std::vector<ModelFolder> folders) : folders_(std::move(folders)) {
    refresh();
}

ModelRegistry::Stamp ModelRegistry::stampOf(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
        return {fs::last_write_time(path, ignored).time_since_epoch().count(), fs::file_size(path, ignored)};
    }
    // A directory changes with any file in it.
    Stamp stamp;
    for (const auto& inner : sortedContents(path)) {
        stamp.time = std::max<std::int64_t>(stamp.time,
                                            fs::last_write_time(inner, ignored).time_since_epoch().count());
        const auto size = fs::is_regular_file(inner, ignored) ? fs::file_size(inner, ignored) : 0;
        stamp.size += size;
    }
    return stamp;
}

const ModelRegistry::Known& ModelRegistry::look(const fs::path& path) {
    const Stamp stamp = stampOf(path);
    const auto found = cache_.find(path);
    if (found != cache_.end() && found->second.stamp == stamp) return found->second;
    ++filesRead_;
    Known known{stamp, {}, {}};
    try {
        known.description = describePotential(path);
        if (known.description.info.name.empty()) known.description.info.name = stemOf(path);
    } catch (const std::exception& error) {
        known.error = error.what();
    }
    return cache_.insert_or_assign(path, std::move(known)).first->second;
}

void ModelRegistry::refresh() {
    entries_.clear();
    std::set<std::string> ids;
    std::set<fs::path> seen;
    for (const auto& folder : folders_) {
        for (const auto& path : sortedContents(folder.path)) {
            std::error_code ignored;
            if (!looksLikeModel(path) || !seen.insert(fs::weakly_canonical(path, ignored)).second) continue;
            const Known& known = look(path);
            ModelEntry entry{stemOf(path), path, folder.source, known.description, known.error};
            for (int number = 2; !ids.insert(entry.id).second; ++number)
                entry.id = fmt::format("{}~{}", stemOf(path), number);
            entries_.push_back(std::move(entry));
        }
    }
}

const ModelEntry* ModelRegistry::find(const std::string& name) const {
    const std::string wanted = lowerCase(name);
    const auto first = [&](auto&& matches) -> const ModelEntry* {
        const ModelEntry* broken = nullptr;
        for (const auto& entry : entries_) {
            if (!matches(entry)) continue;
            if (entry.usable()) return &entry;
            if (!broken) broken = &entry;
        }
        return broken;
    };
    if (const auto* entry = first([&](const ModelEntry& e) { return lowerCase(e.id) == wanted; }))
        return entry;
    if (const auto* entry =
            first([&](const ModelEntry& e) { return lowerCase(e.description.info.name) == wanted; }))
        return entry;
    if (wanted != "embedded") return nullptr;
    const fs::path shipped = embeddedPotentialPath();
    return first([&](const ModelEntry& e) {
        std::error_code ignored;
        return fs::equivalent(e.file, shipped, ignored);
    });
}

std::vector<std::string> ModelRegistry::nearMatches(const std::string& name) const {
    const std::string wanted = lowerCase(name);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const auto& entry : entries_) {
        if (!entry.usable()) continue;
        const std::string id = lowerCase(entry.id);
        const bool part = wanted.size() > 2 && id.find(wanted) != std::string::npos;
        const std::size_t steps = part ? 1 : editDistance(wanted, id);
        if (steps <= std::max<std::size_t>(2, id.size() / 2)) ranked.emplace_back(steps, entry.id);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> names;
    for (const auto& [steps, id] : ranked) {
        if (names.size() < mostSuggestions) names.push_back(id);
    }
    return names;
}

std::string resolvePotential(const std::string& nameOrPath) {
    if (nameOrPath.empty()) return embeddedPotentialPath();
    std::error_code ignored;
    if (fs::exists(nameOrPath, ignored)) return nameOrPath;
    // A path that leads nowhere is reported as such and not searched for among the names.
    if (nameOrPath.find('/') != std::string::npos) requireModelFormat(nameOrPath);
    const ModelRegistry registry;
    if (const auto* entry = registry.find(nameOrPath)) {
        if (!entry->usable()) throw InputError(entry->error);
        return entry->file.string();
    }
    const auto near = registry.nearMatches(nameOrPath);
    throw InputError(fmt::format(
        "there is no potential '{}': neither a file nor a name that 'ionscape-cli models' lists{}",
        nameOrPath, near.empty() ? "" : fmt::format("; did you mean {}?", fmt::join(near, " or "))));
}

fs::path addToUserModels(const fs::path& path, const std::string& name) {
    const std::string stem = name.empty() ? stemOf(path) : name;
    if (stem.empty() || stem.starts_with(".") || stem.find('/') != std::string::npos) {
        throw InputError(
            fmt::format("'{}' cannot be the name of a file; use letters, digits, - and _", stem));
    }
    requireModelFormat(path).open(path);
    const fs::path folder = userModelFolder();
    const fs::path target = folder / (stem + suffixOf(path));
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) throw IoError(folder, "cannot be created: " + error.message());
    if (fs::exists(target, error)) {
        throw InputError(fmt::format("{}: you already have a potential of this name; choose another name",
                                     target.string()));
    }
    writeAtomically(target, [&](const fs::path& temporary) {
        std::error_code failure;
        fs::copy(path, temporary, fs::copy_options::recursive, failure);
        if (failure) {
            std::error_code ignored;
            fs::remove_all(temporary, ignored);
            throw IoError(target, "could not be written: " + failure.message());
        }
    });
    return target;
}

}  // namespace ionscape::potential
