// SPDX-License-Identifier: GPL-3.0-or-later
// Independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace ionscape {

/// Calls work(0) to work(count − 1), each once and in no order, on `threads` threads, the calling one among
/// them; 0: as many as there are cores. What one throws ends the loop and is thrown here.
void forEachInParallel(std::ptrdiff_t count, const std::function<void(std::ptrdiff_t)>& work,
                       int threads = 0);

}  // namespace ionscape
