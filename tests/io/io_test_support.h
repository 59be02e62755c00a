// SPDX-License-Identifier: GPL-3.0-or-later
// Files written for one test, and the checks that reader tests share.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/io/structure_file.h"

namespace ionscape::testing {

/// A folder that goes away with the test.
class Workspace {
  public:
    std::filesystem::path path(const std::string& name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(path(name), std::ios::binary) << text;
        return path(name);
    }
    std::string read(const std::string& name) const {
        std::ifstream in(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

  private:
    QTemporaryDir folder_;
};

inline std::filesystem::path dataFile(const std::string& name) {
    return std::filesystem::path(IONSCAPE_TEST_DATA) / "io" / name;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the test text lacks: " + from);
    return text.replace(at, from.size(), to);
}

/// True when reading `text` throws an IoError that names the file, the line (0: none) and holds `fragment`.
inline bool refuses(const std::string& name, const std::string& text, long line,
                    const std::string& fragment) {
    const Workspace workspace;
    const auto file = workspace.write(name, text);
    try {
        io::readStructures(file);
        qWarning("accepted, although '%s' was expected", fragment.c_str());
        return false;
    } catch (const IoError& error) {
        const std::string message = error.what();
        const std::string place = file.string() + ":" + (line > 0 ? std::to_string(line) + ": " : " ");
        if (message.starts_with(place) && message.find(fragment) != std::string::npos) return true;
        qWarning("expected line %ld and '%s' in: %s", line, fragment.c_str(), message.c_str());
        return false;
    }
}

/// Largest distance (Å, periodic) between equal atoms of two structures in the same cell; huge when they do
/// not match.
inline double largestShift(const crystal::Structure& a, const crystal::Structure& b) {
    if (a.elements != b.elements) return 1e9;
    double largest = (a.lattice.rows() - b.lattice.rows()).cwiseAbs().maxCoeff();
    for (std::size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, a.lattice.minimumImage(a.position(i) - b.position(i)).norm());
    }
    return largest;
}

}  // namespace ionscape::testing
