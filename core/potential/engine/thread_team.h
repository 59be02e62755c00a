// SPDX-License-Identifier: GPL-3.0-or-later
// A team of threads for phases of some microseconds to milliseconds: no queue, no allocation.
#pragma once

#include <atomic>
#include <thread>
#include <type_traits>
#include <vector>

namespace ionscape::potential::engine {

/// The caller is thread 0 of the team. Waiting threads spin for some microseconds and sleep then.
class ThreadTeam {
  public:
    explicit ThreadTeam(int threads);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    int size() const { return static_cast<int>(workers_.size()) + 1; }

    /// Runs body(thread) on every thread and returns when all have finished. The body must not throw.
    template <class Body>
    void run(Body&& body) {
        using Plain = std::remove_reference_t<Body>;
        start([](void* context, int thread) { (*static_cast<Plain*>(context))(thread); },
              const_cast<void*>(static_cast<const void*>(&body)));
    }

  private:
    using Function = void (*)(void*, int);
    void start(Function function, void* context);
    void work(int thread);

    Function function_ = nullptr;
    void* context_ = nullptr;
    std::atomic<unsigned> generation_{0};
    std::atomic<int> running_{0};
    std::atomic<bool> leaving_{false};
    std::vector<std::thread> workers_;
};

/// The part of 0..count−1 that belongs to a thread: contiguous, in the order of the threads, cut at multiples
/// of `grain`.
struct Range {
    long begin = 0, end = 0;
};
Range partOf(long count, int thread, int threads, long grain = 1);

}  // namespace ionscape::potential::engine
