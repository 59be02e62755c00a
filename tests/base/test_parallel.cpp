// SPDX-License-Identifier: GPL-3.0-or-later
// Work on all cores: every piece once, the first failure ends it.
#include <QtTest>
#include <atomic>
#include <numeric>

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
