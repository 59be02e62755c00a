// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/batch_loss.h"

#include <ATen/ATen.h>

#include <cmath>

#include "core/potential/chgnet_output.h"

namespace ionscape::training {

using potential::ChgnetModel;

namespace {

void reportDone(ProgressSink& progress, const char* stage, std::size_t done, std::size_t total) {
    progress.report(stage, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), "");
}

struct Labels {
    at::Tensor energyPerAtom, atoms, forces;
    at::Tensor stress, stressMask;
    at::Tensor magmoms, magmomMask;  ///< defined when a frame has moments
};

at::Tensor view(const double* values, at::IntArrayRef shape) {
    return at::from_blob(const_cast<double*>(values), shape, at::kDouble);
}

/// Moments of all atoms of the batch and a mask of those that have one.
void stackMagmoms(const std::vector<Member>& members, Labels& labels) {
    std::vector<double> moments, mask;
    bool any = false;
    for (const Member& member : members) {
        const auto& frame = *member.samples->frames[member.index];
        for (std::size_t i = 0; i < frame.structure.size(); ++i) {
            const double moment = frame.magmoms ? (*frame.magmoms)[static_cast<Eigen::Index>(i)] : NAN;
            const bool given = std::isfinite(moment);
            any = any || given;
            moments.push_back(given ? std::abs(moment) : 0.0);
            mask.push_back(given ? 1.0 : 0.0);
        }
    }
    if (!any) return;
    const auto count = static_cast<std::int64_t>(moments.size());
    labels.magmoms = view(moments.data(), {count}).clone();
    labels.magmomMask = view(mask.data(), {count}).clone();
}

Labels stackLabels(const std::vector<Member>& members) {
    const auto count = static_cast<std::int64_t>(members.size());
    Labels labels;
    labels.energyPerAtom = at::empty({count}, at::kDouble);
    labels.atoms = at::empty({count}, at::kDouble);
    labels.stress = at::zeros({count, 9}, at::kDouble);
    labels.stressMask = at::zeros({count, 1}, at::kDouble);
    std::vector<at::Tensor> forces;
    for (std::int64_t k = 0; k < count; ++k) {
        const Member& member = members[static_cast<std::size_t>(k)];
        const auto& frame = *member.samples->frames[member.index];
        const double atoms = static_cast<double>(frame.structure.size());
        labels.energyPerAtom[k] = *frame.energy / atoms;
        labels.atoms[k] = atoms;
        forces.push_back(view(frame.forces->data(), {frame.forces->cols(), 3}));
        if (!frame.stressGPa) continue;
        labels.stressMask[k] = 1.0;
        labels.stress[k] = view(frame.stressGPa->data(), {9}).clone();
    }
    labels.forces = at::cat(forces);
    return labels;
}

}  // namespace

Samples makeSamples(const Dataset& dataset, const std::vector<std::size_t>& indices,
                    const potential::ChgnetConfig& config, const std::stop_token& stop,
                    ProgressSink& progress) {
    Samples samples;
    for (const std::size_t i : indices) {
        throwIfStopped(stop);
        const auto& frame = dataset.frames[i];
        samples.frames.push_back(&frame);
        samples.graphs.push_back(
            potential::buildChgnetGraph(frame.structure, config.atomCutoff, config.bondCutoff));
        reportDone(progress, "build graphs", samples.size(), indices.size());
    }
    return samples;
}

potential::ChgnetGraph joinedGraph(const std::vector<Member>& members) {
    potential::ChgnetGraph batch;
    for (const Member& member : members)
        potential::appendGraph(batch, member.samples->graphs[member.index]);
    return batch;
}

at::Tensor batchLoss(const ChgnetModel& model, const potential::ChgnetGraph& batch,
                     const std::vector<Member>& members, const TrainingSettings& settings) {
    Labels labels = stackLabels(members);
    if (settings.magmomWeight > 0) stackMagmoms(members, labels);
    const auto output = model.evaluate(batch, {.stress = true, .magmoms = labels.magmoms.defined()}, true);

    const auto distance = [&settings](const at::Tensor& a, const at::Tensor& b) {
        return settings.loss == Loss::Huber ? at::huber_loss(a, b, at::Reduction::Mean, settings.huberDelta)
                                            : at::mse_loss(a, b, at::Reduction::Mean);
    };
    at::Tensor loss = settings.energyWeight * distance(output.energy / labels.atoms, labels.energyPerAtom) +
                      settings.forceWeight * distance(output.forces, labels.forces) +
                      settings.stressWeight *
                          distance(output.stressGPa * labels.stressMask, labels.stress * labels.stressMask);
    if (output.magmoms.defined()) {
        // Few atoms may carry labels: the mean is over those alone.
        const double share = at::mean(labels.magmomMask).item<double>();
        const at::Tensor moments = output.magmoms.to(at::kDouble) * labels.magmomMask;
        loss = loss + settings.magmomWeight / share * distance(moments, labels.magmoms);
    }
    return loss;
}

void clipGradients(std::vector<at::Tensor>& gradients, double largest) {
    if (largest <= 0) return;
    double squares = 0.0;
    for (const auto& g : gradients) {
        if (g.defined()) squares += at::sum(g * g).item<double>();
    }
    const double norm = std::sqrt(squares);
    if (norm <= largest) return;
    for (auto& g : gradients) {
        if (g.defined()) g = g * (largest / norm);
    }
}

ErrorMetrics measureErrors(const ChgnetModel& model, const Samples& samples, const char* stage,
                           const std::stop_token& stop, ProgressSink& progress) {
    ErrorAccumulator errors;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        throwIfStopped(stop);
        const auto& frame = *samples.frames[i];
        const auto output =
            model.evaluate(samples.graphs[i], {.stress = true, .magmoms = frame.magmoms.has_value()}, false);
        const at::Tensor forces = output.forces.contiguous();
        const at::Tensor stress = output.stressGPa.contiguous();
        std::optional<Eigen::VectorXd> moments;
        if (output.magmoms.defined()) {
            const at::Tensor values = output.magmoms.to(at::kDouble).contiguous();
            moments = Eigen::Map<const Eigen::VectorXd>(values.data_ptr<double>(), values.numel());
        }
        errors.add(frame, output.energy[0].item<double>(),
                   Eigen::Map<const VectorField>(forces.data_ptr<double>(), 3, frame.forces->cols()),
                   Eigen::Map<const Mat3>(stress.data_ptr<double>()), moments);
        reportDone(progress, stage, i + 1, samples.size());
    }
    return errors.metrics();
}

std::vector<double> energyResiduals(const ChgnetModel& model, const Samples& samples,
                                    const std::stop_token& stop, ProgressSink& progress) {
    std::vector<double> residuals;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        throwIfStopped(stop);
        const auto output = model.evaluate(samples.graphs[i], {.stress = false, .magmoms = false}, false);
        residuals.push_back(*samples.frames[i]->energy - output.energy[0].item<double>());
        reportDone(progress, "fit references", i + 1, samples.size());
    }
    return residuals;
}

}  // namespace ionscape::training
