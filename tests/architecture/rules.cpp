// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules.h"

#include <algorithm>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace ionscape::architecture {

namespace {

constexpr int maxHeaderLines = 200;
constexpr int maxSourceLines = 500;

struct Include {
    int line = 0;
    bool quoted = false;
    std::string header;
};

bool startsWith(const std::string& text, const std::string& prefix) {
    return text.rfind(prefix, 0) == 0;
}

bool isHeader(const std::string& path) {
    return path.size() > 2 && path.substr(path.size() - 2) == ".h";
}

/// "core/crystal" of "core/crystal/lattice.h", "app" of "app/main_cli.cpp".
std::string folderOf(const std::string& path) {
    const auto first = path.find('/');
    if (first == std::string::npos) return {};
    const std::string top = path.substr(0, first);
    if (top == "app") return top;
    const auto second = path.find('/', first + 1);
    return second == std::string::npos ? top : path.substr(0, second);
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

std::vector<Include> includesOf(const std::string& text) {
    static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    std::vector<Include> includes;
    int number = 0;
    for (const std::string& line : linesOf(text)) {
        ++number;
        std::smatch match;
        if (std::regex_search(line, match, pattern)) includes.push_back({number, match[1] == "\"", match[2]});
    }
    return includes;
}

/// Folders that each folder may include besides itself; a folder that is missing here is not in the
/// architecture.
const std::map<std::string, std::set<std::string>>& allowedFolders() {
    static const std::set<std::string> all = {"core/base",        "core/crystal",   "core/io",
                                              "core/composition", "core/potential", "core/trajectory",
                                              "core/builder",     "core/training",  "core/dynamics",
                                              "core/transport",   "core/surrogate", "core/workflow"};
    static const std::set<std::string> ground = {"core/base", "core/crystal"};
    static const auto groundAnd = [](std::set<std::string> more) {
        more.insert(ground.begin(), ground.end());
        return more;
    };
    static const auto allAnd = [](std::set<std::string> more) {
        more.insert(all.begin(), all.end());
        return more;
    };
    static const std::map<std::string, std::set<std::string>> table = {
        {"core/base", {}},
        {"core/crystal", {"core/base"}},
        {"core/io", ground},
        {"core/composition", ground},
        {"core/potential", ground},
        {"core/trajectory", groundAnd({"core/io"})},
        {"core/builder", groundAnd({"core/composition"})},
        {"core/training", groundAnd({"core/potential", "core/io"})},
        {"core/dynamics", groundAnd({"core/potential"})},
        {"core/transport", groundAnd({"core/trajectory"})},
        {"core/surrogate", groundAnd({"core/composition"})},
        {"core/workflow", all},
        {"gui/scene", all},
        {"gui/jobs", allAnd({"gui/models"})},
        {"gui/models", allAnd({"gui/jobs"})},
        {"gui/widgets", allAnd({"gui/scene", "gui/models"})},
        {"gui/views", allAnd({"gui/scene", "gui/models", "gui/widgets", "gui/jobs"})},
        {"app", allAnd({"gui/scene", "gui/models", "gui/widgets", "gui/jobs", "gui/views"})},
    };
    return table;
}

/// Single headers that a folder may see although the rest of their folder is closed to it.
bool isException(const std::string& folder, const std::string& header) {
    return folder == "core/dynamics" &&
           (header == "core/trajectory/frame.h" || header == "core/trajectory/frame_sink.h");
}

struct ThirdParty {
    const char* name;
    std::regex header;
    std::function<bool(const std::string& path, const std::string& folder)> isHome;
    const char* home;
};

const std::vector<ThirdParty>& thirdParties() {
    using String = const std::string&;
    static const std::vector<ThirdParty> list = {
        // The tensor type alone declares no slots(), so a header between these two folders may name it.
        {"the LibTorch tensor", std::regex("^ATen/core/Tensor\\.h$"),
         [](String, String folder) { return folder == "core/potential" || folder == "core/training"; },
         "core/potential and core/training"},
        {"LibTorch", std::regex("^(torch|ATen|c10|caffe2)/(?!core/Tensor\\.h$).*"),
         [](String path, String folder) {
             return !isHeader(path) && (folder == "core/potential" || folder == "core/training");
         },
         ".cpp files of core/potential and core/training"},
        {"HDF5", std::regex("^(hdf5|hdf5_hl|H5[A-Za-z0-9]*)\\.h$"),
         [](String path, String folder) {
             return folder == "core/trajectory" || path == "core/potential/model_file.cpp";
         },
         "core/trajectory and core/potential/model_file.cpp"},
        {"spglib", std::regex("^spglib(/spglib)?\\.h$"),
         [](String path, String) { return path == "core/crystal/symmetry.cpp"; },
         "core/crystal/symmetry.cpp"},
        {"FFTW", std::regex("^fftw3\\.h$"),
         [](String path, String folder) { return folder == "core/transport" && !isHeader(path); },
         ".cpp files of core/transport"},
        {"OpenSSL", std::regex("^openssl/.*"),
         [](String path, String) { return path == "core/base/checksum.cpp"; }, "core/base/checksum.cpp"},
        {"XGBoost", std::regex("^xgboost/.*"),
         [](String path, String folder) { return folder == "core/surrogate" && !isHeader(path); },
         ".cpp files of core/surrogate"},
        {"gemmi", std::regex("^gemmi/.*"), [](String path, String) { return path == "core/io/cif.cpp"; },
         "core/io/cif.cpp"},
        {"pugixml", std::regex("^pugixml\\.hpp$"),
         [](String path, String) { return path == "core/io/vasprun.cpp"; }, "core/io/vasprun.cpp"},
        {"zlib", std::regex("^zlib\\.h$"),
         [](String path, String) { return path == "core/io/line_stream.cpp"; }, "core/io/line_stream.cpp"},
        {"VTK", std::regex("^vtk.*"),
         [](String, String folder) { return folder == "gui/scene" || folder == "gui/widgets"; },
         "gui/scene and gui/widgets"},
        {"Qt", std::regex("^(Qt?[A-Z][A-Za-z0-9/]*|qcustomplot\\.h)$"),
         [](String, String folder) { return !startsWith(folder, "core/") && folder != "gui/scene"; },
         "gui (but not gui/scene) and app"},
        {"CLI11", std::regex("^CLI/.*"), [](String, String folder) { return folder == "app"; }, "app"},
    };
    return list;
}

std::string checkOwn(const std::string& folder, const std::string& header) {
    const std::string target = folderOf(header);
    if (target == folder || isException(folder, header)) return {};
    if (!startsWith(header, "core/") && !startsWith(header, "gui/") && !startsWith(header, "app/"))
        return "\"" + header + "\": include our own headers from the repository root";
    if (allowedFolders().at(folder).count(target)) return {};
    return folder + " may not include " + target + " (\"" + header + "\")";
}

std::string checkThirdParty(const std::string& path, const std::string& folder, const std::string& header) {
    for (const ThirdParty& party : thirdParties()) {
        if (std::regex_match(header, party.header) && !party.isHome(path, folder))
            return std::string(party.name) + " (<" + header + ">) belongs only in " + party.home;
    }
    return {};
}

}  // namespace

std::string describe(const Offence& offence) {
    return offence.path + ":" + std::to_string(offence.line) + ": " + offence.what;
}

std::vector<Offence> checkIncludes(const std::string& path, const std::string& text) {
    const std::string folder = folderOf(path);
    if (!allowedFolders().count(folder))
        return {
            {path, 1, "the folder '" + folder + "' has no rule; add it to docs/architecture.md and here"}};
    std::vector<Offence> offences;
    for (const Include& include : includesOf(text)) {
        const bool isMoc =
            include.header.size() > 4 && include.header.substr(include.header.size() - 4) == ".moc";
        if (isMoc) continue;
        if (include.quoted) {
            if (auto what = checkOwn(folder, include.header); !what.empty())
                offences.push_back({path, include.line, what});
        } else if (startsWith(include.header, "core/") || startsWith(include.header, "gui/")) {
            offences.push_back(
                {path, include.line, "<" + include.header + ">: our own headers stand in quotes"});
        }
        if (auto what = checkThirdParty(path, folder, include.header); !what.empty())
            offences.push_back({path, include.line, what});
    }
    return offences;
}

std::vector<Offence> checkForm(const std::string& path, const std::string& text) {
    std::vector<Offence> offences;
    const auto lines = linesOf(text);
    if (lines.empty() || lines[0] != "// SPDX-License-Identifier: GPL-3.0-or-later")
        offences.push_back({path, 1, "the first line is not the SPDX licence line"});
    const bool header = isHeader(path);
    if (header && (lines.size() < 2 || !startsWith(lines[1], "// ")))
        offences.push_back({path, 2, "a header states its purpose in one sentence on the second line"});
    if (header && std::find(lines.begin(), lines.end(), "#pragma once") == lines.end())
        offences.push_back({path, 3, "a header needs #pragma once"});
    const int limit = header ? maxHeaderLines : maxSourceLines;
    if (static_cast<int>(lines.size()) > limit)
        offences.push_back({path, limit,
                            std::to_string(lines.size()) + " lines; the limit is " + std::to_string(limit) +
                                ": split the file by what its parts do"});
    return offences;
}

}  // namespace ionscape::architecture
