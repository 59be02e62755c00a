// SPDX-License-Identifier: GPL-3.0-or-later
// Owners of FFTW's buffers and the lock of its planner. Internal to core/transport; for .cpp files that use
// FFTW.
#pragma once

#include <memory>
#include <mutex>

namespace ionscape::transport {

/// FFTW's planner, unlike its transforms, is not safe for threads.
std::mutex& fftwPlannerMutex();

struct FftwFree {
    void operator()(void* memory) const;
};

/// Aligned for FFTW, zero at first.
std::unique_ptr<double[], FftwFree> fftwReals(std::size_t count);

}  // namespace ionscape::transport
