// SPDX-License-Identifier: GPL-3.0-or-later
// What a trajectory of another program may leave open, and the answers to it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/crystal/element.h"

namespace ionscape::io {

/// How the positions in a file relate to its cell.
enum class Wrapping {
    Unknown,   ///< told from the positions themselves
    Wrapped,   ///< an atom that leaves the cell comes in again on the other side
    Unwrapped  ///< differences between frames are true displacements
};

/// Answers to what a file leaves open; an answer that the file gives itself is ignored.
struct ImportOptions {
    /// Time that passes while the file's step number grows by one, fs; where frames have no number, the time
    /// from one to the next.
    std::optional<double> timestepFs;
    /// Elements of the numeric atom types: the first is type 1 (type 0 where the file counts from zero).
    std::vector<crystal::Element> types;
    /// A structure with the same atoms in the same order, for files without cell or elements.
    std::filesystem::path structure;
    /// Mean temperature, K, for files that do not tell any.
    std::optional<double> temperature;
    Wrapping wrapping = Wrapping::Unknown;
    /// A file that is damaged somewhere counts as ending before its first bad frame.
    bool keepGood = false;
    /// Particles group of an H5MD file; empty: "all", else the first with positions.
    std::string group;
};

/// What a file does not say and nobody has answered yet.
struct ImportQuestions {
    bool timestep = false;
    /// What `timestepFs` means for this file, as part of a sentence.
    std::string timestepMeaning;
    /// Atoms of each numeric type that has no element; empty when there is nothing to ask.
    std::map<long, std::size_t> types;
    /// The file has no cell: a structure is needed.
    bool structure = false;

    bool any() const { return timestep || !types.empty() || structure; }
};

/// Thrown when a trajectory cannot be opened before its questions are answered.
class UnansweredQuestions final : public InputError {
  public:
    UnansweredQuestions(const std::filesystem::path& file, ImportQuestions questions);
    const ImportQuestions& questions() const { return questions_; }

  private:
    ImportQuestions questions_;
};

/// The element of numeric type `type`, where `lowest` is the smallest number in the file; nothing when
/// `types` does not reach so far.
std::optional<crystal::Element> elementOfType(const std::vector<crystal::Element>& types, long type,
                                              long lowest);

/// "Li,Zr,O" → elements. Throws InputError naming the word that is no element.
std::vector<crystal::Element> parseTypes(const std::string& text);

}  // namespace ionscape::io
