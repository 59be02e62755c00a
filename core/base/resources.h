// SPDX-License-Identifier: GPL-3.0-or-later
// Where the shipped files (hosts, potentials) lie, and where users add their own.
#pragma once

#include <filesystem>
#include <vector>

namespace ionscape {

/// Where this user's own files go: $XDG_DATA_HOME/ionscape, by default ~/.local/share/ionscape. It need not
/// exist; empty when neither XDG_DATA_HOME nor HOME is set.
std::filesystem::path userDataFolder();

/// Folders searched for resources, first match wins: $IONSCAPE_RESOURCES, the user's data folder
/// ($XDG_DATA_HOME/ionscape), <program>/../share/ionscape, the install prefix, the source tree. Only existing
/// ones.
std::vector<std::filesystem::path> resourceFolders();

/// The first existing file `relative` (e.g. "hosts/lzsp.json") in resourceFolders(); throws InputError naming
/// the folders searched.
std::filesystem::path findResource(const std::filesystem::path& relative);

/// All files with `extension` (".json") in `folder` ("hosts") of every resource folder; a file of the same
/// name in an earlier folder hides the later one. Sorted by file name.
std::vector<std::filesystem::path> listResources(const std::filesystem::path& folder,
                                                 const std::filesystem::path& extension);

}  // namespace ionscape
