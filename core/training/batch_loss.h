// SPDX-License-Identifier: GPL-3.0-or-later
// Frames with their graphs, and the loss of a batch of them, for the .cpp files of training.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/base/progress.h"
#include "core/potential/chgnet_graph.h"
#include "core/potential/chgnet_model.h"
#include "core/training/dataset.h"
#include "core/training/evaluate.h"
#include "core/training/training_settings.h"

namespace ionscape::training {

/// Labelled frames and their graphs, which are built once: they depend on the structures only.
struct Samples {
    std::vector<const io::LabelledStructure*> frames;
    std::vector<potential::ChgnetGraph> graphs;

    std::size_t size() const { return frames.size(); }
};

/// Builds the graphs of the frames at `indices`; `dataset` must outlive the result. Throws Cancelled.
Samples makeSamples(const Dataset& dataset, const std::vector<std::size_t>& indices,
                    const potential::ChgnetConfig& config, const std::stop_token& stop,
                    ProgressSink& progress);

/// One frame of a batch.
struct Member {
    const Samples* samples = nullptr;
    std::size_t index = 0;
};

/// The graphs of a batch side by side.
potential::ChgnetGraph joinedGraph(const std::vector<Member>& members);

/// Weighted sum of the mean losses of energies per atom, force components, stress components and sizes of
/// magnetic moments; labels that a frame lacks are left out. On the autograd tape, which refers to the
/// indices in `batch` (joinedGraph of the members): it must live until the gradients are computed.
at::Tensor batchLoss(const potential::ChgnetModel& model, const potential::ChgnetGraph& batch,
                     const std::vector<Member>& members, const TrainingSettings& settings);

/// Scales all gradients down so that their common norm is at most `largest`; 0 leaves them.
void clipGradients(std::vector<at::Tensor>& gradients, double largest);

/// Errors of the model on all samples. Throws Cancelled.
ErrorMetrics measureErrors(const potential::ChgnetModel& model, const Samples& samples, const char* stage,
                           const std::stop_token& stop, ProgressSink& progress);

/// Labelled energy minus the model's, eV, of every sample. Throws Cancelled.
std::vector<double> energyResiduals(const potential::ChgnetModel& model, const Samples& samples,
                                    const std::stop_token& stop, ProgressSink& progress);

}  // namespace ionscape::training
