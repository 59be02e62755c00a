// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of a model by name, with their meaning, bounds and the range that a random search draws from.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.h"

namespace ionscape::surrogate {

/// What one setting means and may be.
struct SettingDefinition {
    std::string name;  ///< "learning-rate"
    std::string meaning;
    double value = 0.0;  ///< unless told otherwise
    double minimum = 0.0, maximum = 0.0;
    bool isInteger = false;
    /// Range of a random search; equal bounds: left as it is.
    double searchFrom = 0.0, searchTo = 0.0;
    bool searchLogarithmic = false;
    /// Names of the values 0, 1, 2, ... of a choice; else empty.
    std::vector<std::string> choices = {};
};

/// Values for a list of definitions.
class Settings {
  public:
    Settings() = default;
    explicit Settings(std::vector<SettingDefinition> definitions);

    const std::vector<SettingDefinition>& definitions() const { return definitions_; }

    /// These throw InputError naming close settings for an unknown name.
    double value(std::string_view name) const;
    int integer(std::string_view name) const;
    bool isOn(std::string_view name) const { return integer(name) != 0; }
    /// Name of the chosen value of a choice.
    const std::string& choice(std::string_view name) const;

    /// Throws InputError for an unknown name and a value outside its bounds.
    void set(std::string_view name, double value);
    /// A number, or the name of a choice.
    void set(std::string_view name, std::string_view text);
    /// "trees=300", as a command line gives it.
    void assign(std::string_view text);
    /// The value as set() reads it.
    std::string text(std::string_view name) const;

    /// Draws every setting that has a range to search in.
    void randomise(RandomStream& random);

    friend bool operator==(const Settings& a, const Settings& b) { return a.values_ == b.values_; }

  private:
    std::size_t indexOf(std::string_view name) const;
    std::vector<SettingDefinition> definitions_;
    std::vector<double> values_;
};

/// An object of all values, choices by their names.
nlohmann::json toJson(const Settings& settings);
/// Sets what the object names. Throws InputError.
void setFromJson(Settings& settings, const nlohmann::json& object);

}  // namespace ionscape::surrogate
