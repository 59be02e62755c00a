// SPDX-License-Identifier: GPL-3.0-or-later
// Interrupts from the keyboard and the system as a stop token.
#pragma once

#include <stop_token>
#include <thread>

namespace ionscape::cli {

/// While one exists, the first SIGINT or SIGTERM requests a stop and the second ends the process at once.
class SignalStop {
  public:
    SignalStop();
    ~SignalStop();
    SignalStop(const SignalStop&) = delete;
    SignalStop& operator=(const SignalStop&) = delete;

    std::stop_token token() const { return source_.get_token(); }

  private:
    std::stop_source source_;
    std::thread watcher_;
};

}  // namespace ionscape::cli
