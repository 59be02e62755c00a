// SPDX-License-Identifier: GPL-3.0-or-later
// What the user thinks of compositions: stars, tags and notes, kept in one small JSON file.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace ionscape::composition {

struct Annotation {
    int stars = 0;  ///< 0 to 5
    std::set<std::string> tags;
    std::string note;

    bool isEmpty() const { return stars == 0 && tags.empty() && note.empty(); }
    friend bool operator==(const Annotation&, const Annotation&) = default;
};

/// Annotations by canonicalFormula. Changes are in memory until save(). Saving keeps what another window or
/// process has written meanwhile about other compositions.
class Annotations {
  public:
    /// annotations.json in the user's data folder. Throws InputError when there is no such folder.
    static std::filesystem::path defaultFile();

    /// Reads the file; one that does not exist is empty. Throws IoError naming the place for one that is
    /// broken: it is never overwritten, since save() needs an object that was read.
    explicit Annotations(std::filesystem::path file);

    const std::filesystem::path& file() const { return file_; }
    /// Empty for a composition without one.
    const Annotation& of(const std::string& formula) const;
    /// An empty annotation removes it. Throws InputError for stars outside 0 to 5, and text that is not UTF-8
    /// or longer than 100,000 bytes.
    void set(const std::string& formula, Annotation annotation);
    const std::map<std::string, Annotation>& all() const { return all_; }
    /// Tags in use, sorted.
    std::vector<std::string> tags() const;

    bool isChanged() const { return !changed_.empty(); }
    /// Writes atomically, making the folder if needed; does nothing without a change. Throws IoError.
    void save();

  private:
    std::filesystem::path file_;
    std::map<std::string, Annotation> all_;
    std::set<std::string> changed_;
};

}  // namespace ionscape::composition
