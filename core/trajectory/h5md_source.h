// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of an H5MD file, of a run of ours or of another program. Internal to core/trajectory.
#pragma once

#include <filesystem>
#include <memory>

#include "core/trajectory/frame_order.h"
#include "core/trajectory/frame_source.h"
#include "core/trajectory/h5md.h"
#include "core/trajectory/unwrap.h"

namespace ionscape::trajectory {

class H5mdSource final : public FrameSource {
  public:
    /// Throws as H5mdReader.
    H5mdSource(const std::filesystem::path& file, const io::ImportOptions& options);

    const crystal::Structure& initial() const override { return initial_; }
    bool next(Frame& frame) override;
    double fractionRead() const override;
    bool hasTemperature() const override { return hasTemperature_; }
    std::vector<std::string> notes() const override;

  private:
    bool advance(Frame& frame);
    void unwrap(Frame& frame);

    std::filesystem::path file_;
    io::ImportOptions options_;
    H5mdReader reader_;
    crystal::Structure initial_;
    std::unique_ptr<Unwrapper> unwrapper_;
    FrameOrder order_;
    std::size_t next_ = 0;
    bool hasTemperature_ = false;
    std::string damage_;
};

}  // namespace ionscape::trajectory
