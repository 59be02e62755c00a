// SPDX-License-Identifier: GPL-3.0-or-later
// All potentials at hand: those shipped with the program, the user's own, and those in folders of their
// choice.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "core/potential/model_formats.h"

namespace ionscape::potential {

enum class ModelSource { SearchPath, User, Embedded };

/// "embedded", "user", "search path".
std::string sourceName(ModelSource source);

/// One model, or a file that was meant to be one.
struct ModelEntry {
    /// Unique in the registry and what --potential accepts: the file name without its suffix, with "~2",
    /// "~3", … for later files of the same name.
    std::string id;
    std::filesystem::path file;
    ModelSource source = ModelSource::User;
    ModelDescription description;  ///< empty where `error` is set
    std::string error;             ///< why it cannot be used; empty when it can
    bool usable() const { return error.empty(); }
};

struct ModelFolder {
    std::filesystem::path path;
    ModelSource source = ModelSource::User;
};

/// $XDG_DATA_HOME/ionscape/potentials, by default ~/.local/share/ionscape/potentials; it need not exist.
/// Throws InputError when neither XDG_DATA_HOME nor HOME is set.
std::filesystem::path userModelFolder();

/// The folders of $IONSCAPE_MODEL_PATH (separated by colons), the user's, then those shipped with the
/// program.
std::vector<ModelFolder> modelFolders();

class ModelRegistry {
  public:
    /// Reads the folders at once.
    explicit ModelRegistry(std::vector<ModelFolder> folders = modelFolders());

    /// Looks again; files whose size and time of change are the same are not read again.
    void refresh();
    /// In the order of the folders, by file name within one.
    const std::vector<ModelEntry>& entries() const { return entries_; }
    /// By id, by the name inside the file (letters of either case), or "embedded"; null when there is none.
    /// The first usable match wins.
    const ModelEntry* find(const std::string& name) const;
    /// The usable ids closest to `name`, the closest first; empty when none is similar.
    std::vector<std::string> nearMatches(const std::string& name) const;
    /// Files read since the registry was made; shows that refresh() reads only what has changed.
    long filesRead() const { return filesRead_; }

  private:
    struct Stamp {
        std::int64_t time = 0;
        std::uintmax_t size = 0;
        bool operator==(const Stamp&) const = default;
    };
    struct Known {
        Stamp stamp;
        ModelDescription description;
        std::string error;
    };
    std::vector<ModelFolder> folders_;
    std::vector<ModelEntry> entries_;
    std::map<std::filesystem::path, Known> cache_;
    long filesRead_ = 0;
    static Stamp stampOf(const std::filesystem::path& path);
    const Known& look(const std::filesystem::path& path);
};

/// The path of the model that a user means: `nameOrPath` where something exists, else the registry's entry of
/// that name; empty means the embedded one. Throws InputError that lists near matches, and the entry's own
/// error for one that cannot be used.
std::string resolvePotential(const std::string& nameOrPath);

/// Copies the model at `path` (a file or a directory) into the user's folder, after making sure that it
/// opens, and returns where it is now. `name` is the new file name without suffix; empty keeps the old one.
/// Nothing is ever overwritten: throws InputError when the name is taken or no file name, IoError,
/// ModelError.
std::filesystem::path addToUserModels(const std::filesystem::path& path, const std::string& name = {});

}  // namespace ionscape::potential
