// SPDX-License-Identifier: GPL-3.0-or-later
// Where frames come from, one at a time: a run of ours or a trajectory of another program.
#pragma once

#include <string>
#include <vector>

#include "core/trajectory/frame.h"

namespace ionscape::trajectory {

/// Reads forward only and holds one frame, whatever the length of the file.
class FrameSource {
  public:
    virtual ~FrameSource() = default;
    /// Elements and cell with the positions of the first frame (for runs of ours: as given to begin(), with
    /// site labels).
    virtual const crystal::Structure& initial() const = 0;
    /// The next frame: unwrapped, in time, the atoms in the order of initial(). False at the end; the frame
    /// is then unchanged. Throws IoError naming file, frame and line for what is damaged, and where positions
    /// cannot be unwrapped.
    virtual bool next(Frame& frame) = 0;
    /// Share of the file that was read, 0 to 1.
    virtual double fractionRead() const = 0;
    /// True when the file says at which temperature it was made (Frame::temperature is 0 otherwise).
    virtual bool hasTemperature() const = 0;
    /// What was noticed up to now that the user should know: frames left out, how positions were understood.
    virtual std::vector<std::string> notes() const = 0;
};

}  // namespace ionscape::trajectory
