// SPDX-License-Identifier: GPL-3.0-or-later
// RandomStream against the published xoshiro256++ sequence, and the statistics of what is drawn from it.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"

using ionscape::RandomStream;

class TestRandom : public QObject {
    Q_OBJECT

  private slots:
    void sequenceIsXoshiro256PlusPlus() {
        // Reference vector of the algorithm for the state 1, 2, 3, 4.
        RandomStream stream(RandomStream::State{{1, 2, 3, 4}, false, 0.0});
        for (const std::uint64_t expected :
             {41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL, 9228616714210784205ULL,
              9973669472204895162ULL, 14011001112246962877ULL, 12406186145184390807ULL,
              15849039046786891736ULL, 10450023813501588000ULL}) {
            QCOMPARE(stream.next(), expected);
        }
    }

    void seedingIsFixedForever() {
        // Computed by an independent implementation: FNV-1a of the purpose, splitmix64 of its xor with the
        // seed.
        RandomStream plain(42);
        for (const std::uint64_t expected : {12345645509622433524ULL, 12474098509253593238ULL,
                                             13130465620245249855ULL, 2431242592039767236ULL}) {
            QCOMPARE(plain.next(), expected);
        }
        RandomStream named(42, "decoration");
        for (const std::uint64_t expected : {5994745247937937182ULL, 7427593281416633779ULL,
                                             16889682205777849213ULL, 485911925950369350ULL}) {
            QCOMPARE(named.next(), expected);
        }
    }

    void stateContinuesTheStream() {
        RandomStream stream(7, "velocities");
        for (int i = 0; i < 101; ++i)
            stream.normal();
        QVERIFY(stream.state().hasSpareNormal);
        RandomStream copy(stream.state());
        for (int i = 0; i < 20; ++i)
            QCOMPARE(copy.normal(), stream.normal());
        QCOMPARE(copy.next(), stream.next());
    }

    void uniformFillsTheUnitInterval() {
        RandomStream stream(1);
        constexpr int n = 200000, bins = 50;
        std::vector<int> counts(bins, 0);
        for (int i = 0; i < n; ++i) {
            const double x = stream.uniform();
            QVERIFY(x >= 0.0 && x < 1.0);
            ++counts[static_cast<std::size_t>(x * bins)];
        }
        QVERIFY(chiSquare(counts, n) < 95.0);  // 49 degrees of freedom: 1e-4 quantile
    }

    void belowIsUnbiased() {
        RandomStream stream(2);
        // Three quarters of the range of 64 bits: a plain modulo would draw the lower third twice as often.
        const std::uint64_t bound = 3ULL << 62;
        int low = 0;
        constexpr int n = 30000;
        for (int i = 0; i < n; ++i) {
            const std::uint64_t x = stream.below(bound);
            QVERIFY(x < bound);
            if (x < bound / 3) ++low;
        }
        QVERIFY(std::abs(low - n / 3.0) < 5.0 * std::sqrt(n * 2.0 / 9.0));

        std::vector<int> counts(7, 0);
        for (int i = 0; i < 70000; ++i)
            ++counts[stream.below(7)];
        QVERIFY(chiSquare(counts, 70000) < 27.9);  // 6 degrees of freedom: 1e-4 quantile
        QCOMPARE(stream.below(1), 0ULL);
        QVERIFY_EXCEPTION_THROWN(stream.below(0), ionscape::InputError);
    }

    void normalHasUnitMoments() {
        RandomStream stream(3);
        constexpr int n = 200000;
        double sum = 0.0, squares = 0.0, fourth = 0.0;
        for (int i = 0; i < n; ++i) {
            const double x = stream.normal();
            sum += x;
            squares += x * x;
            fourth += x * x * x * x;
        }
        QVERIFY(std::abs(sum / n) < 5.0 / std::sqrt(n));
        QVERIFY(std::abs(squares / n - 1.0) < 5.0 * std::sqrt(2.0 / n));
        QVERIFY(std::abs(fourth / n - 3.0) < 5.0 * std::sqrt(96.0 / n));
    }

    void shuffleDrawsAllOrdersAlike() {
        RandomStream stream(4);
        std::map<std::vector<int>, int> seen;
        for (int i = 0; i < 24000; ++i) {
            std::vector<int> items{0, 1, 2, 3};
            stream.shuffle(items);
            ++seen[items];
        }
        QCOMPARE(seen.size(), std::size_t{24});
        std::vector<int> counts;
        for (const auto& [order, count] : seen)
            counts.push_back(count);
        QVERIFY(chiSquare(counts, 24000) < 58.0);  // 23 degrees of freedom: 1e-4 quantile
    }

  private:
    static double chiSquare(const std::vector<int>& counts, int n) {
        const double expected = static_cast<double>(n) / static_cast<double>(counts.size());
        double sum = 0.0;
        for (const int count : counts)
            sum += (count - expected) * (count - expected) / expected;
        return sum;
    }
};

QTEST_APPLESS_MAIN(TestRandom)
#include "test_random.moc"
