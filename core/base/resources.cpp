// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/resources.h"

#include <cstdlib>
#include <map>

#include "core/base/error.h"

namespace ionscape {

namespace fs = std::filesystem;

namespace {

fs::path environmentPath(const char* name) {
    const char* value = std::getenv(name);
    return value ? fs::path(value) : fs::path();
}

}  // namespace

fs::path userDataFolder() {
    if (auto folder = environmentPath("XDG_DATA_HOME"); !folder.empty()) return folder / "ionscape";
    if (auto home = environmentPath("HOME"); !home.empty()) return home / ".local/share/ionscape";
    return {};
}

std::vector<fs::path> resourceFolders() {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    std::vector<fs::path> folders;
    for (const fs::path& folder :
         {environmentPath("IONSCAPE_RESOURCES"), userDataFolder(),
          program.parent_path() / "../share/ionscape", fs::path(IONSCAPE_INSTALL_RESOURCES),
          fs::path(IONSCAPE_SOURCE_RESOURCES)}) {
        if (!folder.empty() && fs::is_directory(folder, ignored))
            folders.push_back(folder.lexically_normal());
    }
    return folders;
}

fs::path findResource(const fs::path& relative) {
    std::string searched;
    for (const fs::path& folder : resourceFolders()) {
        if (fs::exists(folder / relative)) return folder / relative;
        searched += (searched.empty() ? "" : ", ") + folder.string();
    }
    throw InputError("the resource '" + relative.string() + "' was not found in: " + searched +
                     "; set IONSCAPE_RESOURCES to the folder that holds it");
}

std::vector<fs::path> listResources(const fs::path& folder, const fs::path& extension) {
    std::map<fs::path, fs::path> byName;
    for (const fs::path& root : resourceFolders()) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(root / folder, ignored)) {
            if (entry.path().extension() == extension)
                byName.try_emplace(entry.path().filename(), entry.path());
        }
    }
    std::vector<fs::path> files;
    for (const auto& [name, path] : byName)
        files.push_back(path);
    return files;
}

}  // namespace ionscape
