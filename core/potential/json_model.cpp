// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/json_model.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/checksum.h"
#include "core/potential/model_formats.h"
#include "core/potential/threads.h"

namespace ionscape::potential {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::uintmax_t largestFile = 1U << 20;
constexpr std::size_t mostMembers = 64;

bool isCommittee(const fs::path& file, const json& object) {
    const auto found = object.find("architecture");
    const std::string architecture =
        found != object.end() && found->is_string() ? found->get<std::string>() : "";
    if (architecture == "committee") return true;
    if (architecture == "classical") return false;
    throw IoError(file, "is no potential: \"architecture\" must be \"classical\" or \"committee\"");
}

ClassicalModel classicalModel(const fs::path& file, const json& object) {
    ClassicalModel model = readClassicalModel(file, object);
    model.info.file = file.string();
    model.info.checksum = sha256OfFile(file);
    return model;
}

/// Faults of a member belong to the committee that names it.
template <class Operation>
auto withMembers(const fs::path& file, Operation&& operation) {
    try {
        return operation();
    } catch (const InputError& error) {
        throw IoError(file, std::string("a member cannot be used: ") + error.what());
    }
}

std::unique_ptr<ClassicalPotential> openClassical(const fs::path& file, const json& object) {
    try {
        return std::make_unique<ClassicalPotential>(classicalModel(file, object));
    } catch (const InputError& error) {
        throw IoError(file, error.what());
    }
}

}  // namespace

JsonFields::JsonFields(const fs::path& file, const json& object, std::string prefix)
    : file_(file), object_(object), prefix_(std::move(prefix)) {
    if (!object_.is_object())
        throw IoError(file_, "\"" + prefix_.substr(0, prefix_.size() - 1) + "\" must be a JSON object");
}

void JsonFields::fail(const std::string& what) const {
    throw IoError(file_, what);
}

const json* JsonFields::find(const char* name) {
    known_.insert(name);
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
}

bool JsonFields::has(const char* name) const {
    return object_.contains(name);
}

std::string JsonFields::text(const char* name) {
    const json* found = find(name);
    if (found == nullptr || !found->is_string()) fail("\"" + prefix_ + name + "\" must be a text");
    return found->get<std::string>();
}

std::string JsonFields::text(const char* name, const std::string& otherwise) {
    return has(name) ? text(name) : (known_.insert(name), otherwise);
}

double JsonFields::number(const char* name) {
    const json* found = find(name);
    if (found == nullptr || !found->is_number() || !std::isfinite(found->get<double>()))
        fail("\"" + prefix_ + name + "\" must be a number");
    return found->get<double>();
}

double JsonFields::number(const char* name, double otherwise) {
    return has(name) ? number(name) : (known_.insert(name), otherwise);
}

const json& JsonFields::object(const char* name) {
    const json* found = find(name);
    if (found == nullptr || !found->is_object()) fail("\"" + prefix_ + name + "\" must be a JSON object");
    return *found;
}

void JsonFields::finish() const {
    for (const auto& [name, value] : object_.items()) {
        if (known_.count(name) == 0) fail("there is no field \"" + prefix_ + name + "\"");
    }
}

json readPotentialJson(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error) throw IoError(file, "cannot be read: " + error.message());
    if (size > largestFile) throw IoError(file, "is too large for the description of a potential");
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw IoError(file, "cannot be read");
    json object;
    try {
        object = json::parse(text);
    } catch (const json::parse_error& fault) {
        throw IoError(file, fmt::format("is not valid JSON at byte {}", fault.byte));
    } catch (const json::exception& fault) {
        throw IoError(file, std::string("cannot be read: ") + fault.what());
    }
    if (!object.is_object()) throw IoError(file, "is no potential: it must hold a JSON object");
    return object;
}

CommitteeManifest readCommitteeManifest(const fs::path& file, const json& object) {
    JsonFields fields(file, object);
    fields.text("architecture");
    CommitteeManifest manifest;
    manifest.name = fields.text("name", file.stem().string());
    manifest.origin = fields.text("origin", "");
    manifest.licence = fields.text("licence", "");
    try {
        manifest.driver = committeeDriverFromName(fields.text("driver", "mean"));
    } catch (const InputError& error) {
        fields.fail(error.what());
    }
    manifest.spreadThreshold = fields.number("threshold_eV_per_A", 0.0);
    if (manifest.spreadThreshold < 0.0) fields.fail("\"threshold_eV_per_A\" must be zero or more");
    const json* members = fields.find("members");
    if (members == nullptr || !members->is_array() || members->size() < 2 || members->size() > mostMembers)
        fields.fail(fmt::format("\"members\" must be a list of 2 to {} file names", mostMembers));
    for (const json& member : *members) {
        if (!member.is_string()) fields.fail("\"members\" must be a list of file names");
        const fs::path path = member.get<std::string>();
        manifest.members.push_back(path.is_absolute() ? path : file.parent_path() / path);
        std::error_code ignored;
        if (fs::equivalent(manifest.members.back(), file, ignored))
            fields.fail("the committee names itself as a member");
    }
    fields.finish();
    return manifest;
}

bool claimsJsonModel(const fs::path& file) {
    std::error_code ignored;
    if (file.extension() != ".json" || !fs::is_regular_file(file, ignored)) return false;
    std::ifstream in(file, std::ios::binary);
    std::string text(largestFile, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text.find("\"architecture\"") != std::string::npos;
}

PotentialInfo describeJsonModel(const fs::path& file) {
    const json object = readPotentialJson(file);
    if (!isCommittee(file, object)) return openClassical(file, object)->info();
    const CommitteeManifest manifest = readCommitteeManifest(file, object);
    std::vector<PotentialInfo> members;
    for (const fs::path& member : manifest.members) {
        // Of a committee inside this one only its being one matters, so that files cannot name each other in
        // a circle.
        if (member.extension() == ".json" && isCommittee(member, readPotentialJson(member)))
            throw IoError(file, "the member " + member.string() + " is a committee itself; list its members");
        members.push_back(withMembers(file, [&] { return describePotential(member).info; }));
    }
    PotentialInfo info = committeeInfo(manifest, members);
    info.file = file.string();
    return info;
}

std::unique_ptr<Potential> openJsonModel(const fs::path& file) {
    const json object = readPotentialJson(file);
    if (!isCommittee(file, object)) return openClassical(file, object);
    describeJsonModel(file);  // faults show before any weights are read
    const CommitteeManifest manifest = readCommitteeManifest(file, object);
    const int workers = committeeWorkers(manifest.members.size(), computeThreads());
    configureThreads(std::max(1, computeThreads() / workers));
    std::vector<std::unique_ptr<Potential>> members;
    for (const fs::path& member : manifest.members)
        members.push_back(withMembers(file, [&] { return requireModelFormat(member).open(member); }));
    return std::make_unique<CommitteePotential>(manifest, std::move(members), workers);
}

}  // namespace ionscape::potential
