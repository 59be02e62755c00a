// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/thread_team.h"

#include <algorithm>

namespace ionscape::potential::engine {

namespace {

/// About 20 µs: longer than the gap between two phases, far shorter than a time slice.
constexpr int spins = 4000;

inline void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

/// Waits until `value` differs from `old`.
template <class T>
void awaitChange(const std::atomic<T>& value, T old) {
    for (int i = 0; i < spins; ++i) {
        if (value.load(std::memory_order_acquire) != old) return;
        pause();
    }
    value.wait(old, std::memory_order_acquire);
}

}  // namespace

ThreadTeam::ThreadTeam(int threads) {
    for (int thread = 1; thread < threads; ++thread)
        workers_.emplace_back([this, thread] { work(thread); });
}

ThreadTeam::~ThreadTeam() {
    leaving_ = true;
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
    for (auto& worker : workers_)
        worker.join();
}

void ThreadTeam::start(Function function, void* context) {
    if (workers_.empty()) return function(context, 0);
    function_ = function;
    context_ = context;
    running_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    generation_.fetch_add(1, std::memory_order_release);
    generation_.notify_all();
    function(context, 0);
    for (int left = running_.load(std::memory_order_acquire); left > 0;
         left = running_.load(std::memory_order_acquire)) {
        awaitChange(running_, left);
    }
}

void ThreadTeam::work(int thread) {
    unsigned seen = 0;
    for (;;) {
        awaitChange(generation_, seen);
        ++seen;
        if (leaving_) return;
        function_(context_, thread);
        if (running_.fetch_sub(1, std::memory_order_acq_rel) == 1) running_.notify_one();
    }
}

Range partOf(long count, int thread, int threads, long grain) {
    const long grains = (count + grain - 1) / grain;
    return {std::min(count, grains * thread / threads * grain),
            std::min(count, grains * (thread + 1) / threads * grain)};
}

}  // namespace ionscape::potential::engine
