// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/fftw_memory.h"

#include <fftw3.h>

#include <algorithm>

namespace ionscape::transport {

std::mutex& fftwPlannerMutex() {
    static std::mutex mutex;
    return mutex;
}

void FftwFree::operator()(void* memory) const {
    fftw_free(memory);
}

std::unique_ptr<double[], FftwFree> fftwReals(std::size_t count) {
    std::unique_ptr<double[], FftwFree> memory(fftw_alloc_real(count));
    std::fill_n(memory.get(), count, 0.0);
    return memory;
}

}  // namespace ionscape::transport
