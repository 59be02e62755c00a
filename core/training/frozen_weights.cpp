// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/frozen_weights.h"

#include <fmt/format.h>

#include <charconv>

#include "core/base/error.h"

namespace ionscape::training {

namespace {

constexpr const char* referenceEnergies = "composition_model.fc.weight";

/// Beginnings of the names that a choice stands for.
std::vector<std::string> prefixesOf(const std::string& choice, const potential::ChgnetConfig& config) {
    if (choice == "embeddings") {
        return {"atom_embedding.", "bond_embedding.", "bond_weights_ag.", "bond_weights_bg.",
                "angle_embedding."};
    }
    if (choice == "basis") return {"bond_basis_expansion.", "angle_basis_expansion."};
    if (choice == "all-but-readout") {
        return {"atom_embedding.", "bond_", "angle_", "atom_conv_layers."};
    }
    constexpr std::string_view convolutions = "convolutions:";
    if (!choice.starts_with(convolutions)) return {choice};
    int count = 0;
    const char* end = choice.data() + choice.size();
    const auto [stop, error] = std::from_chars(choice.data() + convolutions.size(), end, count);
    if (error != std::errc() || stop != end || count < 1 || count > config.convolutions) {
        throw InputError(fmt::format("'{}' cannot be frozen: the model has convolutions:1 to convolutions:{}",
                                     choice, config.convolutions));
    }
    std::vector<std::string> prefixes;
    for (int i = 0; i < count; ++i) {
        prefixes.push_back(fmt::format("atom_conv_layers.{}.", i));
        prefixes.push_back(fmt::format("bond_conv_layers.{}.", i));
        prefixes.push_back(fmt::format("angle_layers.{}.", i));
    }
    return prefixes;
}

}  // namespace

std::set<std::string> frozenWeights(const potential::ChgnetConfig& config,
                                    const std::vector<std::string>& choices) {
    std::set<std::string> trainable;
    for (const auto& array : potential::expectedWeights(config)) {
        if (array.name != referenceEnergies) trainable.insert(array.name);
    }
    std::set<std::string> frozen;
    for (const std::string& choice : choices) {
        bool found = false;
        for (const std::string& prefix : prefixesOf(choice, config)) {
            for (const std::string& name : trainable) {
                if (prefix.empty() || !name.starts_with(prefix)) continue;
                frozen.insert(name);
                found = true;
            }
        }
        if (!found) {
            throw InputError(
                fmt::format("'{}' freezes no weight of this model; give embeddings, basis, "
                            "convolutions:<number>, all-but-readout or the beginning of a name "
                            "such as atom_conv_layers.0.",
                            choice));
        }
    }
    if (frozen.size() == trainable.size())
        throw InputError("every weight is frozen; leave something to train");
    return frozen;
}

}  // namespace ionscape::training
