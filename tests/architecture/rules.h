// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of docs/architecture.md as a function of one source file's path and text.
#pragma once

#include <string>
#include <vector>

namespace ionscape::architecture {

/// One violation: where and what.
struct Offence {
    std::string path;
    int line = 0;
    std::string what;
};

/// "path:line: what".
std::string describe(const Offence& offence);

/// Checks the includes of one file: which folders of ours and which third-party headers it may see.
/// \param path  relative to the repository root, e.g. "core/crystal/lattice.cpp"
std::vector<Offence> checkIncludes(const std::string& path, const std::string& text);

/// Checks the licence line, the sentence of purpose and #pragma once of headers, and the length of the file.
std::vector<Offence> checkForm(const std::string& path, const std::string& text);

}  // namespace ionscape::architecture
