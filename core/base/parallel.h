// SPDX-License-Identifier: GPL-3.0-or-later
// Independent pieces of work on all processor cores.
#pragma once

#include <cstddef>
#include <functional>

namespace ionscape {

/// Calls work(0) to work(count − 1), each once and in no order, on as many threads as there are cores, the
/// calling one among them. What one throws ends the loop and is thrown here.
void forEachInParallel(std::ptrdiff_t count, const std::function<void(std::ptrdiff_t)>& work);

}  // namespace ionscape
