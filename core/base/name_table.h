// SPDX-License-Identifier: GPL-3.0-or-later
// The names of an enumeration's values, as files and command lines spell them.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"

namespace ionscape {

/// One list serves both directions, so that no value is without a name.
template <class Enum>
class NameTable {
  public:
    /// \param what  what a value is, for messages: "thermostat"
    /// \param names  in the order in which they are told to the user
    NameTable(std::string what, std::initializer_list<std::pair<Enum, const char*>> names)
        : what_(std::move(what)) {
        for (const auto& [value, name] : names) {
            values_.push_back(value);
            names_.emplace_back(name);
        }
    }

    const std::vector<Enum>& values() const { return values_; }
    std::string name(Enum value) const {
        const auto it = std::find(values_.begin(), values_.end(), value);
        return names_.at(static_cast<std::size_t>(it - values_.begin()));
    }
    /// Throws InputError listing the names.
    Enum value(const std::string& name) const {
        const auto it = std::find(names_.begin(), names_.end(), name);
        if (it != names_.end()) return values_[static_cast<std::size_t>(it - names_.begin())];
        std::string known;
        for (const auto& each : names_)
            known += (known.empty() ? "" : ", ") + each;
        throw InputError("unknown " + what_ + " \"" + name + "\"; use one of " + known);
    }

  private:
    std::string what_;
    std::vector<Enum> values_;
    std::vector<std::string> names_;
};

}  // namespace ionscape
