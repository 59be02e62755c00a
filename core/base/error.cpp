// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace ionscape {

namespace {
std::string located(const std::filesystem::path& file, long line, const std::string& what) {
    std::string text = file.string();
    if (line > 0) text += ":" + std::to_string(line);
    return text + ": " + what;
}
}  // namespace

IoError::IoError(const std::filesystem::path& file, long line, const std::string& what)
    : Error(located(file, line, what)) {}

}  // namespace ionscape
