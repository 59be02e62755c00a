// SPDX-License-Identifier: GPL-3.0-or-later
// Accumulation of a run's frames behind one mutex.
#include "gui/jobs/run_data.h"

#include <algorithm>
#include <cmath>

namespace ionscape::gui {

void RunData::setStructure(const crystal::Structure& structure) {
    const std::lock_guard lock(mutex_);
    structure_ = structure;
    ++structureVersion_;
    ++version_;
}

void RunData::appendRelaxStep(double step, double energyPerAtom, double maxForce, double spreadMax) {
    const std::lock_guard lock(mutex_);
    relaxation_.step.push_back(step);
    relaxation_.energy.push_back(energyPerAtom);
    relaxation_.maxForce.push_back(maxForce);
    relaxation_.spreadMax.push_back(spreadMax);
    if (std::isfinite(spreadMax)) latestSpread_ = spreadMax;
    ++version_;
}

void RunData::append(const trajectory::Frame& frame) {
    auto copy = std::make_shared<trajectory::Frame>(frame);
    copy->velocities = VectorField(3, 0);
    const std::lock_guard lock(mutex_);
    if (std::isfinite(copy->forceSpreadMax)) latestSpread_ = copy->forceSpreadMax;
    frames_.push_back(std::move(copy));
    ++version_;
}

crystal::Structure RunData::structure() const {
    const std::lock_guard lock(mutex_);
    return structure_;
}

void RunData::setSpreadThreshold(double threshold) {
    const std::lock_guard lock(mutex_);
    spreadThreshold_ = threshold;
    ++version_;
}

double RunData::spreadThreshold() const {
    const std::lock_guard lock(mutex_);
    return spreadThreshold_;
}

std::optional<double> RunData::latestSpread() const {
    const std::lock_guard lock(mutex_);
    return latestSpread_;
}

std::size_t RunData::frameCount() const {
    const std::lock_guard lock(mutex_);
    return frames_.size();
}

RunData::FramePtr RunData::frame(std::size_t index) const {
    const std::lock_guard lock(mutex_);
    return frames_.at(index);
}

RunData::FramePtr RunData::latest() const {
    const std::lock_guard lock(mutex_);
    return frames_.empty() ? nullptr : frames_.back();
}

std::vector<RunData::FramePtr> RunData::frames(std::size_t stride) const {
    const std::lock_guard lock(mutex_);
    std::vector<FramePtr> chosen;
    chosen.reserve(frames_.size() / stride + 1);
    for (std::size_t i = 0; i < frames_.size(); i += stride)
        chosen.push_back(frames_[i]);
    return chosen;
}

ThermoSeries RunData::thermo(std::size_t begin) const {
    const std::lock_guard lock(mutex_);
    ThermoSeries series;
    const double atoms = std::max<std::size_t>(structure_.size(), 1);
    for (std::size_t i = begin; i < frames_.size(); ++i) {
        series.timePs.push_back(frames_[i]->timeFs / 1000.0);
        series.temperature.push_back(frames_[i]->temperature);
        series.potentialEnergy.push_back(frames_[i]->potentialEnergy / atoms);
        series.spreadMax.push_back(frames_[i]->forceSpreadMax);
        series.spreadMean.push_back(frames_[i]->forceSpreadMean);
    }
    return series;
}

RelaxSeries RunData::relaxation(std::size_t begin) const {
    const std::lock_guard lock(mutex_);
    const auto tail = [begin](const std::vector<double>& all) {
        return std::vector<double>(all.begin() + static_cast<long>(std::min(begin, all.size())), all.end());
    };
    return {tail(relaxation_.step), tail(relaxation_.energy), tail(relaxation_.maxForce),
            tail(relaxation_.spreadMax)};
}

std::uint64_t RunData::version() const {
    const std::lock_guard lock(mutex_);
    return version_;
}

std::uint64_t RunData::structureVersion() const {
    const std::lock_guard lock(mutex_);
    return structureVersion_;
}

}  // namespace ionscape::gui
