// SPDX-License-Identifier: GPL-3.0-or-later
// A potential for tests that only need something to compute with.
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace ionscape {

/// Writes a Lennard-Jones potential of spheres small enough for the cells of LZSP. It knows these elements
/// only, of Li, Zr, Hf, Ti, Si, P and O.
inline void writeLennardJones(const std::filesystem::path& file, const std::vector<std::string>& elements) {
    const std::map<std::string, double> sigma{{"Li", 1.6}, {"Zr", 1.9}, {"Hf", 1.9}, {"Ti", 1.8},
                                              {"Si", 1.3}, {"P", 1.3},  {"O", 1.6}};
    std::ofstream out(file);
    out << R"({"architecture": "classical", "name": "lj", "origin": "made up for a test", "licence": "GPL",
               "cutoff": 4.4, "truncation": "smooth", "smoothing_width": 1.0,
               "lennard_jones": {"mixing": "lorentz-berthelot", "elements": {)";
    const char* separator = "";
    for (const auto& element : elements) {
        out << separator << '"' << element << R"(": {"epsilon": 0.02, "sigma": )" << sigma.at(element) << '}';
        separator = ", ";
    }
    out << "}}}";
}

}  // namespace ionscape
