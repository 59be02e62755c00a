// SPDX-License-Identifier: GPL-3.0-or-later
// The table of model formats: what openPotential() can open is what this table lists.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/potential/potential.h"

namespace ionscape::potential {

/// Mean absolute errors on frames that were kept out of the training.
struct ModelErrors {
    std::string set;         ///< "test" or "validation"
    std::size_t frames = 0;  ///< 0: the file does not say
    double energyMae = 0.0;  ///< meV/atom
    double forceMae = 0.0;   ///< eV/Å
    double stressMae = 0.0;  ///< GPa; 0 where the labels have none
};

/// What a model file says of itself.
struct ModelDescription {
    PotentialInfo info;
    /// Number type of the weights: "float32", "float64".
    std::string dtype = "float32";
    /// Units of energy and length inside the model.
    std::string units = "eV, Å";
    std::optional<ModelErrors> errors;
    /// Free-form JSON object of the file: data set, recipe, errors. Empty where it has none.
    std::string metadata;
};

/// One kind of model. To support another, write these functions and add a row in model_formats.cpp.
struct ModelFormat {
    /// For people, e.g. "Ionscape model (.h5)".
    std::string title;
    /// Patterns for file dialogs; empty where the model is a directory.
    std::vector<std::string> patterns;
    /// Whether an existing file or directory is of this kind: by its name, and by a look inside where names
    /// are shared with another kind. Must be cheap and must not throw.
    bool (*claims)(const std::filesystem::path& path);
    /// Reads names, sizes and metadata, weights only where the format leaves no other way; fills
    /// info.parameters, info.checksum and info.file. Throws IoError or ModelError naming the file.
    ModelDescription (*describe)(const std::filesystem::path& path);
    /// Throws like describe.
    std::unique_ptr<Potential> (*open)(const std::filesystem::path& path);
};

/// All formats; the first one that claims a path has it.
const std::vector<ModelFormat>& modelFormats();

/// Null when no format claims `path`.
const ModelFormat* findModelFormat(const std::filesystem::path& path);

/// The format of `path`. Throws IoError when nothing is there and InputError, listing what is read, when no
/// format claims it.
const ModelFormat& requireModelFormat(const std::filesystem::path& path);

/// True for a name that promises a model, even if no format claims the content: such files are listed with
/// an error instead of being passed over.
bool looksLikeModel(const std::filesystem::path& path);

/// What the model at `path` says of itself. Throws like requireModelFormat and ModelFormat::describe.
ModelDescription describePotential(const std::filesystem::path& path);

/// The errors in the metadata of our own files: those of the test set, else those of the validation set.
std::optional<ModelErrors> errorsFromMetadata(const std::string& metadata);

}  // namespace ionscape::potential
