// SPDX-License-Identifier: GPL-3.0-or-later
// Work on all cores: every piece once, the first failure ends it.
#include <QTest>
#include <atomic>
#include <barrier>
#include <mutex>
#include <set>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"

using namespace ionscape;

class TestParallel : public QObject {
    Q_OBJECT

  private slots:
    void everyPieceOnce() {
        std::vector<int> calls(10000, 0);
        forEachInParallel(10000, [&](std::ptrdiff_t i) { ++calls[static_cast<std::size_t>(i)]; });
        QVERIFY(calls == std::vector<int>(10000, 1));
        forEachInParallel(0, [](std::ptrdiff_t) { QFAIL("there is nothing to do"); });
    }

    void soManyThreads() {
        // Three pieces that wait for each other end only when each has a thread of its own.
        std::barrier all(3);
        std::mutex mutex;
        std::set<std::thread::id> seen;
        const auto work = [&](std::ptrdiff_t) {
            all.arrive_and_wait();
            const std::scoped_lock lock(mutex);
            seen.insert(std::this_thread::get_id());
        };
        forEachInParallel(3, work, 3);
        QCOMPARE(seen.size(), std::size_t(3));
        seen.clear();
        forEachInParallel(
            100, [&](std::ptrdiff_t) { seen.insert(std::this_thread::get_id()); }, 1);
        QVERIFY(seen == std::set{std::this_thread::get_id()});
    }

    void theFirstFailureEndsIt() {
        std::atomic<int> calls = 0;
        const auto work = [&](std::ptrdiff_t i) {
            ++calls;
            if (i == 100) throw InputError("piece 100");
        };
        QVERIFY_THROWS_EXCEPTION(InputError, forEachInParallel(std::ptrdiff_t(1) << 40, work));
        QVERIFY(calls > 100);
    }
};

QTEST_GUILESS_MAIN(TestParallel)
#include "test_parallel.moc"
