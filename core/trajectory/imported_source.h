// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of a text file of another program. Internal to core/trajectory.
#pragma once

#include <filesystem>
#include <memory>

#include "core/io/trajectory_reader.h"
#include "core/trajectory/frame_order.h"
#include "core/trajectory/frame_source.h"
#include "core/trajectory/unwrap.h"

namespace ionscape::trajectory {

class ImportedSource final : public FrameSource {
  public:
    /// Reads the first frame. Throws IoError, and UnansweredQuestions when something is missing that
    /// `options` does not give.
    ImportedSource(std::filesystem::path file, std::unique_ptr<io::TrajectoryReader> reader,
                   const io::ImportOptions& options);

    const crystal::Structure& initial() const override { return initial_; }
    bool next(Frame& frame) override;
    double fractionRead() const override { return reader_->fractionRead(); }
    bool hasTemperature() const override { return hasTemperature_; }
    std::vector<std::string> notes() const override;

  private:
    bool advance(Frame& frame);
    bool readRaw();
    void open();
    double timeOf(const io::RawFrame& raw) const;
    void fill(Frame& frame);

    std::filesystem::path file_;
    std::unique_ptr<io::TrajectoryReader> reader_;
    io::ImportOptions options_;
    std::unique_ptr<Unwrapper> unwrapper_;
    FrameOrder order_;
    io::RawFrame raw_;
    crystal::Structure initial_;
    Frame first_;
    std::size_t read_ = 0;  ///< raw frames so far
    bool pendingFirst_ = false, timeFromFile_ = false, hasTemperature_ = false, ended_ = false;
    std::string damage_;
};

}  // namespace ionscape::trajectory
