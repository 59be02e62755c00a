// SPDX-License-Identifier: GPL-3.0-or-later
// Potentials described by a JSON file: classical ones and committees.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>

#include "core/potential/classical_potential.h"
#include "core/potential/committee_potential.h"

namespace ionscape::potential {

/// Reads one object of a potential's JSON file field by field; finish() refuses what nobody asked for. Every
/// fault is an IoError that names the file and the field.
class JsonFields {
  public:
    JsonFields(const std::filesystem::path& file, const nlohmann::json& object, std::string prefix = {});

    bool has(const char* name) const;
    std::string text(const char* name);
    std::string text(const char* name, const std::string& otherwise);
    double number(const char* name);
    double number(const char* name, double otherwise);
    const nlohmann::json& object(const char* name);
    /// Null where the field is missing.
    const nlohmann::json* find(const char* name);
    void finish() const;
    [[noreturn]] void fail(const std::string& what) const;

  private:
    const std::filesystem::path& file_;
    const nlohmann::json& object_;
    std::string prefix_;
    std::set<std::string> known_;
};

/// The parsed file; throws IoError when it is missing, larger than 1 MiB, or not a JSON object.
nlohmann::json readPotentialJson(const std::filesystem::path& file);

/// The description of a classical potential ("architecture": "classical", see docs/classical.md). Throws
/// IoError naming the field.
ClassicalModel readClassicalModel(const std::filesystem::path& file, const nlohmann::json& json);

/// What a committee's file ("architecture": "committee", see docs/uncertainty.md) says. Throws IoError.
CommitteeManifest readCommitteeManifest(const std::filesystem::path& file, const nlohmann::json& json);

/// Whether `file` is a JSON file that names an architecture; never throws.
bool claimsJsonModel(const std::filesystem::path& file);

/// What the file says of its potential, members of a committee included. Throws IoError, ModelError.
PotentialInfo describeJsonModel(const std::filesystem::path& file);

/// Opens either kind; the members of a committee share the compute threads set by configureThreads(). Throws
/// IoError and ModelError.
std::unique_ptr<Potential> openJsonModel(const std::filesystem::path& file);

}  // namespace ionscape::potential
