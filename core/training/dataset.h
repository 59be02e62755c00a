// SPDX-License-Identifier: GPL-3.0-or-later
// Labelled structures for training and evaluation, grouped by composition so that splits never share one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/io/structure_file.h"

namespace ionscape::training {

/// Frames with energy and forces (stress where the file has it).
struct Dataset {
    std::vector<io::LabelledStructure> frames;
    /// Reduced formula of each frame; frames of one composition share it.
    std::vector<std::string> compositions;
};

/// Reads and joins extxyz files. Throws InputError naming the file and frame when energy or forces are
/// missing, and when there is no frame at all.
Dataset readDataset(const std::vector<std::filesystem::path>& files);

/// Indices of frames.
struct Split {
    std::vector<std::size_t> training, validation, test;
};

/// Assigns whole compositions at random (seeded) to training : validation : test = 8 : 1 : 1 by number of
/// compositions, at least one in each. The test set depends on the seed alone; `fold` says which tenth of the
/// others validates, so that the members of a committee see different data and share one test set. Throws
/// InputError with fewer than three compositions or a fold that is not below the number of folds.
Split splitByComposition(const Dataset& dataset, std::uint64_t seed, int fold = 0);

/// The frames of a dataset at the given indices.
Dataset subset(const Dataset& dataset, const std::vector<std::size_t>& indices);

/// A number that tells data sets apart: FNV-1a over elements, positions, energies and forces of all frames.
std::uint64_t fingerprintOf(const Dataset& dataset);

/// Per-element reference energies (eV) by least squares of total energies on element counts; index z − 1.
/// Elements that do not occur get zero; a ridge of 1e-8 settles directions that the data leave open.
/// \param energies  eV, one a frame: fitted instead of the labels (what a model leaves of them)
std::vector<float> fitReferenceEnergies(const Dataset& dataset, const std::vector<double>& energies = {});

}  // namespace ionscape::training
