// SPDX-License-Identifier: GPL-3.0-or-later
// Structures and reference values of the reference folder beside the checkout.
#pragma once

#include <QString>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/crystal/structure.h"

namespace golden {

inline const char* const checkpoint =
    IONSCAPE_SHARED "/models/chgnet-0.3.0-finetuned/H2@Au_bestE_epoch0_e39_f63_s119_m251.pth.tar";

/// The parsed potentials.json, or nothing where the folder is absent.
inline std::optional<nlohmann::json> references() {
    std::ifstream in(IONSCAPE_SHARED "/reference/potentials.json");
    if (!in) return std::nullopt;
    return nlohmann::json::parse(in);
}

inline ionscape::crystal::Structure structure(const nlohmann::json& entry) {
    using namespace ionscape;
    crystal::Structure s;
    Mat3 rows;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j)
            rows(i, j) = entry["lattice"][i][j];
    }
    s.lattice = crystal::Lattice(rows);
    for (std::size_t i = 0; i < entry["species"].size(); ++i) {
        const auto& f = entry["frac_coords"][i];
        s.append(crystal::Element::fromSymbol(entry["species"][i].get<std::string>()),
                 s.lattice.toCartesian({Vec3(f[0], f[1], f[2])}));
    }
    return s;
}

}  // namespace golden
