// SPDX-License-Identifier: GPL-3.0-or-later
// Settings of the numerical libraries for this process: threads and memory.
#pragma once

namespace ionscape::potential {

/// Sets LibTorch's threads (0: all cores) and switches OpenBLAS's own pool off, which would fight with them.
/// Call once at the start of main and again to change the number.
/// Freed memory is kept for the next evaluation (up to 1 GiB) instead of going back to the kernel.
void configureThreads(int threads);

/// The number of compute threads in use.
int computeThreads();

}  // namespace ionscape::potential
