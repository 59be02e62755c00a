// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/threads.h"

#include <ATen/Parallel.h>
#include <dlfcn.h>
#include <malloc.h>

#include <thread>

namespace ionscape::potential {

namespace {

/// Every evaluation frees and takes the same large temporaries again. Left to itself, glibc hands them back
/// to the kernel each time, and half of the time goes into page faults.
void keepFreedMemory() {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the largest that glibc accepts
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_TOP_PAD, 64 << 20);
}

}  // namespace

void configureThreads(int threads) {
    keepFreedMemory();
    if (threads <= 0) threads = static_cast<int>(std::thread::hardware_concurrency());
    at::set_num_threads(threads > 0 ? threads : 1);
    using SetThreads = void (*)(int);
    if (auto* symbol = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads")) {
        reinterpret_cast<SetThreads>(symbol)(1);
    }
}

int computeThreads() {
    return at::get_num_threads();
}

}  // namespace ionscape::potential
