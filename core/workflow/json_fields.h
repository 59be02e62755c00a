// SPDX-License-Identifier: GPL-3.0-or-later
// Reading JSON specifications strictly: every unknown, mistyped or impossible field is named. Internal to
// core/workflow.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace ionscape::workflow {

/// Throws InputError "subject: not valid JSON at byte N".
nlohmann::json parseJson(const std::string& text, const std::string& subject);

/// Reads the fields of one JSON object and at the end refuses those that nobody asked for. A field that is
/// missing leaves the value as it was. All throw InputError.
class JsonFields {
  public:
    /// \param subject  what the object is, for messages: "run specification"
    /// \param prefix  path of the object inside it, with a dot at its end: "md."
    JsonFields(const nlohmann::json& object, std::string subject, std::string prefix = {});

    void read(const char* name, std::string& value);
    void read(const char* name, bool& value);
    void read(const char* name, double& value);
    void read(const char* name, std::uint64_t& value);
    void read(const char* name, std::int64_t& value);
    void read(const char* name, int& value);
    void read(const char* name, std::filesystem::path& value);
    void read(const char* name, std::vector<std::string>& values);
    /// An enumeration by name.
    template <class Enum>
    void read(const char* name, Enum& value, std::string (*nameOf)(Enum),
              Enum (*fromName)(const std::string&)) {
        std::string text = nameOf(value);
        read(name, text);
        value = fromName(text);
    }
    /// Null where there is none.
    const nlohmann::json* object(const char* name);
    void finish() const;

  private:
    template <class T>
    void take(const char* name, const char* expected, bool (nlohmann::json::*is)() const noexcept, T& value);
    [[noreturn]] void refuse(const char* name, const char* what) const;

    const nlohmann::json& object_;
    std::string subject_, prefix_;
    std::set<std::string> known_;
};

}  // namespace ionscape::workflow
