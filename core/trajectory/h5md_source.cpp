// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/h5md_source.h"

#include <fmt/format.h>

namespace ionscape::trajectory {

H5mdSource::H5mdSource(const std::filesystem::path& file, const io::ImportOptions& options)
    : file_(file), options_(options), reader_(file, options) {
    if (reader_.frameCount() == 0 && !reader_.isOurs()) throw IoError(file, "holds no frame");
    initial_ = reader_.initialStructure();
    const auto told = reader_.wrapping();
    const bool asked = options.wrapping != io::Wrapping::Unknown && !reader_.isOurs();
    unwrapper_ = std::make_unique<Unwrapper>(asked ? options.wrapping : told, initial_.elements);
    const bool told0 = reader_.frameCount() > 0 && reader_.readFrame(0).temperature > 0.0;
    hasTemperature_ = told0 || options.temperature.has_value();
}

bool H5mdSource::next(Frame& frame) {
    try {
        return advance(frame);
    } catch (const IoError& error) {
        // The first frame must be good: without any there is nothing to keep.
        if (!options_.keepGood || next_ < 2) throw;
        damage_ = error.what();
    }
    next_ = reader_.frameCount();
    return false;
}

bool H5mdSource::advance(Frame& frame) {
    for (;;) {
        if (next_ >= reader_.frameCount()) return false;
        Frame candidate = reader_.readFrame(next_++);
        if (!reader_.isOurs()) {
            if (!order_.accept(candidate.step, candidate.timeFs)) continue;
            unwrap(candidate);
        }
        if (candidate.temperature <= 0.0) candidate.temperature = options_.temperature.value_or(0.0);
        frame = std::move(candidate);
        return true;
    }
}

void H5mdSource::unwrap(Frame& frame) {
    if (unwrapper_->wrapping() == io::Wrapping::Unwrapped) return;
    VectorField fractional(3, frame.positions.cols());
    for (Eigen::Index i = 0; i < fractional.cols(); ++i)
        fractional.col(i) = frame.lattice.toFractional(frame.positions.col(i)).v;
    try {
        unwrapper_->apply(fractional);
    } catch (const InputError& error) {
        throw IoError(file_, error.what());
    }
    frame.positions = frame.lattice.rows().transpose() * fractional;
}

double H5mdSource::fractionRead() const {
    const std::size_t frames = reader_.frameCount();
    return frames == 0 ? 1.0 : static_cast<double>(next_) / static_cast<double>(frames);
}

std::vector<std::string> H5mdSource::notes() const {
    std::vector<std::string> notes;
    if (!damage_.empty())
        notes.push_back(fmt::format("the file is damaged; only the frames before are used: {}", damage_));
    if (auto dropped = order_.note(); !dropped.empty()) notes.push_back(std::move(dropped));
    if (unwrapper_->wrapping() == io::Wrapping::Wrapped)
        notes.emplace_back("positions are wrapped into the cell and were continued across its faces");
    return notes;
}

}  // namespace ionscape::trajectory
