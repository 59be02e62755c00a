// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace ionscape {

void forEachInParallel(std::ptrdiff_t count, const std::function<void(std::ptrdiff_t)>& work, int threads) {
    std::atomic<std::ptrdiff_t> next = 0;
    std::mutex mutex;
    std::exception_ptr first;
    const auto loop = [&] {
        try {
            for (std::ptrdiff_t i = next++; i < count; i = next++)
                work(i);
        } catch (...) {
            next = count;
            const std::scoped_lock lock(mutex);
            if (!first) first = std::current_exception();
        }
    };
    {
        const std::ptrdiff_t all = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
        std::vector<std::jthread> others;
        for (std::ptrdiff_t i = 1; i < std::min(all, count); ++i)
            others.emplace_back(loop);
        loop();
    }
    if (first) std::rethrow_exception(first);
}

}  // namespace ionscape
