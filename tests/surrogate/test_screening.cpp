// SPDX-License-Identifier: GPL-3.0-or-later
// Acquisition, batches, Pareto fronts, hypervolumes, scores and classes against definitions.
#include <QTest>
#include <limits>
#include <set>

#include "core/base/error.h"
#include "core/surrogate/acquisition.h"
#include "core/surrogate/pareto.h"
#include "core/surrogate/screening.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::syntheticTable;

namespace {

Eigen::MatrixXd randomPoints(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
    return syntheticTable(
               rows, columns, [](const auto&) { return 0.0; }, 0.0, seed)
        .x;
}

/// Σ over all subsets, with alternating signs, of the box that all of the subset dominate.
double inclusionExclusion(const Eigen::MatrixXd& costs, const Eigen::RowVectorXd& reference) {
    double sum = 0.0;
    const auto n = static_cast<int>(costs.rows());
    for (unsigned set = 1; set < (1U << n); ++set) {
        Eigen::RowVectorXd corner = Eigen::RowVectorXd::Constant(costs.cols(), -1e300);
        int size = 0;
        for (int i = 0; i < n; ++i) {
            if (!((set >> i) & 1U)) continue;
            corner = corner.cwiseMax(costs.row(i));
            ++size;
        }
        sum += (size % 2 ? 1.0 : -1.0) * (reference - corner).cwiseMax(0.0).prod();
    }
    return sum;
}

}  // namespace

class TestScreening : public QObject {
    Q_OBJECT

  private slots:
    void improvementByIntegration();
    void otherAcquisitions();
    void batchesDiffer_data();
    void batchesDiffer();
    void frontsByDefinition();
    void hypervolumes_data();
    void hypervolumes();
    void directionsAndReferences();
    void scoresAndClasses();
    void screensATable();
};

void TestScreening::improvementByIntegration() {
    const Prediction p{Eigen::VectorXd{{1.0, 3.0}}, Eigen::VectorXd{{2.0, 0.5}}};
    AcquisitionOptions options;
    const auto found = acquisitionValues(p, 2.5, options);
    options.maximise = false;
    const auto small = acquisitionValues(p, 2.5, options);
    for (Eigen::Index i = 0; i < 2; ++i) {
        double up = 0.0, down = 0.0;
        const double m = p.mean[i], s = p.standardDeviation[i];
        constexpr int steps = 200000;
        for (int k = 0; k < steps; ++k) {
            const double z = -10.0 + 20.0 * (k + 0.5) / steps, y = m + s * z;
            const double weight = std::exp(-0.5 * z * z) / std::sqrt(2.0 * 3.14159265358979) * 20.0 / steps;
            up += weight * std::max(0.0, y - 2.5);
            down += weight * std::max(0.0, 2.5 - y);
        }
        QVERIFY(std::abs(found[i] - up) < 1e-6);
        QVERIFY(std::abs(small[i] - down) < 1e-6);
    }
    const Prediction certain{Eigen::VectorXd{{3.0}}, Eigen::VectorXd{{0.0}}};
    QCOMPARE(acquisitionValues(certain, 2.5, {})[0], 0.5);
}

void TestScreening::otherAcquisitions() {
    const Prediction p{Eigen::VectorXd{{1.0, 3.0}}, Eigen::VectorXd{{2.0, 0.5}}};
    AcquisitionOptions options;
    options.kind = acquisitionFromName("ucb");
    QCOMPARE(acquisitionValues(p, 0.0, options), (Eigen::VectorXd{{5.0, 4.0}}));
    options.kind = acquisitionFromName("variance");
    QCOMPARE(acquisitionValues(p, 0.0, options), p.standardDeviation);
    options.kind = acquisitionFromName("thompson");
    QCOMPARE(acquisitionValues(p, 0.0, options), acquisitionValues(p, 0.0, options));
    double sum = 0.0, squares = 0.0;
    for (options.seed = 0; options.seed < 4000; ++options.seed) {
        const double draw = acquisitionValues(p, 0.0, options)[0];
        sum += draw / 4000.0;
        squares += draw * draw / 4000.0;
    }
    QVERIFY(std::abs(sum - 1.0) < 0.15);
    QVERIFY(std::abs(std::sqrt(squares - sum * sum) - 2.0) < 0.1);
    QVERIFY_EXCEPTION_THROWN(acquisitionFromName("luck"), InputError);
}

void TestScreening::batchesDiffer_data() {
    QTest::addColumn<int>("strategy");
    QTest::newRow("believer") << int(BatchStrategy::Believer);
    QTest::newRow("penalise") << int(BatchStrategy::Penalise);
}

void TestScreening::batchesDiffer() {
    QFETCH(int, strategy);
    // Two clusters of candidates; the first promises more, every one in it the same.
    const auto law = [](const Eigen::RowVectorXd& r) { return std::sin(5.0 * r[0]); };
    auto known = syntheticTable(12, 1, law, 0.01, 1);
    known.x *= 0.5;
    for (Eigen::Index i = 0; i < 12; ++i)
        known.y[i] = std::sin(5.0 * known.x(i, 0));
    Eigen::MatrixXd candidates(40, 1);
    for (Eigen::Index i = 0; i < 20; ++i) {
        candidates(i, 0) = 1.0 + 1e-3 * static_cast<double>(i);
        candidates(i + 20, 0) = 1.6 + 1e-3 * static_cast<double>(i);
    }
    BatchOptions options;
    options.strategy = static_cast<BatchStrategy>(strategy);
    options.acquisition.kind = Acquisition::MaximumVariance;
    options.size = 4;
    const auto batch = proposeBatch(*makeRegressor("gp"), known, candidates, options);
    std::set<Eigen::Index> rows;
    for (const auto& proposal : batch)
        rows.insert(proposal.row);
    QCOMPARE(rows.size(), std::size_t(4));
    QVERIFY(batch[0].row >= 20);
    if (options.strategy == BatchStrategy::Believer) {
        // What was picked first tells about its whole cluster, so the other one follows.
        QVERIFY(batch[1].row < 20);
    } else {
        // The nearest neighbours of a pick wait.
        QVERIFY(std::abs(batch[1].row - batch[0].row) > 1);
    }
    options.size = 41;
    QVERIFY_EXCEPTION_THROWN(proposeBatch(*makeRegressor("gp"), known, candidates, options), InputError);
}

void TestScreening::frontsByDefinition() {
    const Objectives objectives{randomPoints(60, 3, 4), {true, false, true}};
    const auto fronts = paretoFronts(objectives);
    const auto dominates = [&](Eigen::Index a, Eigen::Index b) {
        bool better = false;
        for (Eigen::Index j = 0; j < 3; ++j) {
            const double sign = objectives.maximise[static_cast<std::size_t>(j)] ? 1.0 : -1.0;
            const double gain = sign * (objectives.values(a, j) - objectives.values(b, j));
            if (gain < 0.0) return false;
            better = better || gain > 0.0;
        }
        return better;
    };
    for (Eigen::Index b = 0; b < 60; ++b) {
        int deepest = -1;
        for (Eigen::Index a = 0; a < 60; ++a) {
            if (dominates(a, b)) deepest = std::max(deepest, fronts[static_cast<std::size_t>(a)]);
        }
        QCOMPARE(fronts[static_cast<std::size_t>(b)], deepest + 1);
    }
    std::vector<Eigen::Index> first;
    for (Eigen::Index i = 0; i < 60; ++i) {
        if (fronts[static_cast<std::size_t>(i)] == 0) first.push_back(i);
    }
    QCOMPARE(paretoFront(objectives), first);
}

void TestScreening::hypervolumes_data() {
    QTest::addColumn<int>("dimensions");
    for (int m = 1; m <= 6; ++m)
        QTest::addRow("%d", m) << m;
}

void TestScreening::hypervolumes() {
    QFETCH(int, dimensions);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto points = randomPoints(10, dimensions, seed);
        const Eigen::RowVectorXd reference = Eigen::RowVectorXd::Constant(dimensions, 0.9);
        const Objectives costs{points, std::vector<bool>(static_cast<std::size_t>(dimensions), false)};
        const double expected = inclusionExclusion(points, reference);
        QVERIFY(std::abs(hypervolume(costs, reference) - expected) < 1e-10);
        const Objectives gains{-points, std::vector<bool>(static_cast<std::size_t>(dimensions), true)};
        QVERIFY(std::abs(hypervolume(gains, -reference) - expected) < 1e-10);
    }
}

void TestScreening::directionsAndReferences() {
    const Objectives o{Eigen::MatrixXd{{100.0, 0.02}, {50.0, 0.01}, {40.0, 0.03}}, {true, false}};
    QCOMPARE(paretoFront(o), (std::vector<Eigen::Index>{0, 1}));
    QCOMPARE(paretoFronts(o), (std::vector<int>{0, 0, 1}));
    const auto worst = worstPoint(o, 0.1);
    QVERIFY(std::abs(worst[0] - 34.0) < 1e-12 && std::abs(worst[1] - 0.032) < 1e-12);
    QVERIFY(std::abs(hypervolume(o, Eigen::RowVectorXd{{30.0, 0.03}}) - (70.0 * 0.01 + 20.0 * 0.01)) < 1e-12);
    QCOMPARE(hypervolume(o, Eigen::RowVectorXd{{200.0, 0.03}}), 0.0);
    // Equal rows do not beat each other.
    QCOMPARE(paretoFront({Eigen::MatrixXd{{1.0, 1.0}, {1.0, 1.0}}, {true, true}}).size(), std::size_t(2));
    QVERIFY_EXCEPTION_THROWN(paretoFront({o.values, {true}}), InputError);
    auto bad = o;
    bad.values(0, 0) = std::numeric_limits<double>::quiet_NaN();
    QVERIFY_EXCEPTION_THROWN(paretoFronts(bad), InputError);
}

void TestScreening::scoresAndClasses() {
    const auto score = compositeScore(
        {{Eigen::VectorXd{{0.0, 50.0, 100.0}}, 3.0}, {Eigen::VectorXd{{1.0, 1.0, 2.0}}, -1.0}});
    QVERIFY((score - Eigen::VectorXd{{0.0, 0.375, 0.5}}).cwiseAbs().maxCoeff() < 1e-12);
    QVERIFY_EXCEPTION_THROWN(compositeScore({}), InputError);
    QVERIFY_EXCEPTION_THROWN(compositeScore({{Eigen::VectorXd::Ones(2), 0.0}}), InputError);
    QCOMPARE(mobilityClass(120.1), MobilityClass::High);
    QCOMPARE(mobilityClass(120.0), MobilityClass::Medium);
    QCOMPARE(mobilityClass(40.0), MobilityClass::Medium);
    QCOMPARE(className(mobilityClass(39.9)), std::string("low"));
    const auto p = classProbabilities(120.0, 20.0);
    QVERIFY(std::abs(p[2] - 0.5) < 1e-12);
    QVERIFY(std::abs(p[0] - 3.167124183312e-5) < 1e-9);  // Φ(−4)
    QVERIFY(std::abs(p[0] + p[1] + p[2] - 1.0) < 1e-12);
    QCOMPARE(classProbabilities(30.0, 0.0)[0], 1.0);
}

void TestScreening::screensATable() {
    const auto file = CsvTable::parse(
        "formula,MSD (Å²),E_hull (eV/atom),cost\n"
        "A,150,0.02,9\nB,80,0.01,2\nC,130,0.05,1\nD,20,0.00,\nE,60,0.02,5\n",
        "table.csv");
    const auto table = candidateTable(file);
    ScreenRequest request;
    request.filter = "E_hull < 0.03";
    request.objectives = {{"MSD", true}, {"E_hull", false}};
    request.classOf = "MSD";
    auto result = screen(table, request);
    const auto rows = [&] {
        std::vector<std::size_t> list;
        for (const auto& row : result.rows)
            list.push_back(row.row);
        return list;
    };
    QCOMPARE(rows(), (std::vector<std::size_t>{0, 1, 3, 4}));  // E alone is beaten
    QCOMPARE(*result.rows[3].front, 1);
    QCOMPARE(*result.rows[0].mobility, MobilityClass::High);
    QCOMPARE(*result.rows[2].mobility, MobilityClass::Low);
    QVERIFY(result.hypervolume && *result.hypervolume > 0.0);
    request = {};
    request.score = {{"MSD", 1.0}, {"cost", -1.0}};
    result = screen(table, request);
    QCOMPARE(rows(), (std::vector<std::size_t>{2, 1, 0, 4, 3}));  // D has no cost and comes last
    QCOMPARE(result.incomplete, std::size_t(1));
    QVERIFY(!result.rows.back().score);
    request = {};
    request.rankBy = "E_hull";
    request.ascending = true;
    result = screen(table, request);
    QCOMPARE(rows(), (std::vector<std::size_t>{3, 1, 0, 4, 2}));
    request.rankBy = "E_hul";
    QVERIFY_EXCEPTION_THROWN(screen(table, request), InputError);
    request = {};
    request.filter = "E_hull <";
    QVERIFY_EXCEPTION_THROWN(screen(table, request), InputError);
}

QTEST_APPLESS_MAIN(TestScreening)
#include "test_screening.moc"
