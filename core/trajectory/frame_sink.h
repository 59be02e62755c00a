// SPDX-License-Identifier: GPL-3.0-or-later
// Where frames go while a run produces them: a file, a live accumulator, or several of these.
#pragma once

#include <memory>
#include <vector>

#include "core/trajectory/frame.h"

namespace ionscape::trajectory {

class FrameSink {
  public:
    virtual ~FrameSink() = default;
    /// Called once before the first frame with what does not change during the run.
    virtual void begin(const crystal::Structure& initial) = 0;
    virtual void write(const Frame& frame) = 0;
    /// Everything written so far must survive a killed process after this returns.
    virtual void flush() {}
};

/// Hands every call to several sinks, in order. Does not own them.
class FanOut final : public FrameSink {
  public:
    explicit FanOut(std::vector<FrameSink*> sinks) : sinks_(std::move(sinks)) {}
    void begin(const crystal::Structure& initial) override {
        for (auto* sink : sinks_)
            sink->begin(initial);
    }
    void write(const Frame& frame) override {
        for (auto* sink : sinks_)
            sink->write(frame);
    }
    void flush() override {
        for (auto* sink : sinks_)
            sink->flush();
    }

  private:
    std::vector<FrameSink*> sinks_;
};

}  // namespace ionscape::trajectory
