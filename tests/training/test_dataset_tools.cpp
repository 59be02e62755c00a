// SPDX-License-Identifier: GPL-3.0-or-later
// Selection recipes, checks and statistics of data sets against brute force.
#include <Eigen/Geometry>
#include <QTest>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/training/dataset_checks.h"
#include "core/training/dataset_selection.h"
#include "core/training/dataset_statistics.h"

using namespace ionscape;
using namespace ionscape::training;

namespace {

crystal::Element element(const char* symbol) {
    return crystal::Element::fromSymbol(symbol);
}

/// `frames` frames of each of three compositions: lithium at random places in a fixed frame of metal and
/// oxygen.
Dataset randomDataset(int frames, std::uint64_t seed = 1) {
    Dataset dataset;
    RandomStream random(seed);
    for (const char* metal : {"Zr", "Ti", "Nb"}) {
        for (int k = 0; k < frames; ++k) {
            io::LabelledStructure frame;
            Mat3 rows;
            rows << 9, 0, 0, 1, 8, 0, -2, 1, 10;
            frame.structure.lattice = crystal::Lattice(rows);
            frame.structure.append(element(metal), Vec3(0, 0, 0));
            frame.structure.append(element("O"), Vec3(2, 0, 0));
            for (int i = 0; i < 4; ++i) {
                frame.structure.append(element("Li"),
                                       frame.structure.lattice.toCartesian(
                                           {Vec3(random.uniform(), random.uniform(), random.uniform())}));
            }
            frame.energy = -30.0 - metal[0] * 0.1 + 0.1 * random.normal();
            frame.forces = VectorField::Random(3, 6);
            dataset.frames.push_back(frame);
            dataset.compositions.push_back(metal);
        }
    }
    return dataset;
}

/// Shortest distance over all images within two cells.
double bruteDistance(const crystal::Lattice& lattice, const Vec3& a, const Vec3& b) {
    double best = 1e9;
    for (int i = -2; i <= 2; ++i) {
        for (int j = -2; j <= 2; ++j) {
            for (int k = -2; k <= 2; ++k)
                best = std::min(best, (a - b + lattice.rows().transpose() * Vec3(i, j, k)).norm());
        }
    }
    return best;
}

}  // namespace

class TestDatasetTools : public QObject {
    Q_OBJECT

  private slots:
    void relaxationImages();
    void transitionImages();
    void boltzmannAlwaysTakesTheGroundState();
    void boltzmannFrequencies();
    void strainStaysWithinItsLimit();
    void copiesAreFound();
    void outliersStandOut();
    void statisticsMatchHandCounts();
};

void TestDatasetTools::relaxationImages() {
    const Dataset dataset = randomDataset(70);
    const auto chosen = selectRelaxationImages(dataset, 10, 40, 7);
    QCOMPARE(chosen.size(), std::size_t(150));
    QVERIFY(std::is_sorted(chosen.begin(), chosen.end()));
    QCOMPARE(std::set<std::size_t>(chosen.begin(), chosen.end()).size(), chosen.size());
    for (std::size_t composition = 0; composition < 3; ++composition) {
        for (std::size_t i = 0; i < 10; ++i)
            QVERIFY(std::binary_search(chosen.begin(), chosen.end(), composition * 70 + i));
        QCOMPARE(
            std::count_if(chosen.begin(), chosen.end(), [&](std::size_t i) { return i / 70 == composition; }),
            50);
    }
    QVERIFY(selectRelaxationImages(dataset, 10, 40, 7) == chosen);
    QVERIFY(selectRelaxationImages(dataset, 10, 40, 8) != chosen);
    QCOMPARE(selectRelaxationImages(dataset, 10, 400, 7).size(), std::size_t(210));
}

void TestDatasetTools::transitionImages() {
    const Dataset dataset = randomDataset(60);
    const auto chosen = selectTransitionImages(dataset, element("Li"), 2.5, 10);
    QCOMPARE(chosen.size(), std::size_t(30));
    for (std::size_t c = 0; c < 3; ++c) {
        const auto& initial = dataset.frames[c * 60].structure;
        std::map<std::size_t, int> moving;
        for (std::size_t i = c * 60; i < c * 60 + 60; ++i) {
            const auto& s = dataset.frames[i].structure;
            for (std::size_t atom = 2; atom < 6; ++atom) {
                double nearest = 1e9;
                for (std::size_t site = 2; site < 6; ++site)
                    nearest =
                        std::min(nearest, bruteDistance(s.lattice, s.position(atom), initial.position(site)));
                moving[i] += nearest > 2.5;
            }
            QCOMPARE(atomsInTransition(s, initial, element("Li"), 2.5), moving[i]);
        }
        QCOMPARE(moving[c * 60], 0);
        int least = 100, most = 0;
        for (const auto& [i, count] : moving) {
            const bool taken = std::binary_search(chosen.begin(), chosen.end(), i);
            if (taken) least = std::min(least, count);
            if (!taken) most = std::max(most, count);
        }
        QVERIFY(least >= most);
    }
    QVERIFY_EXCEPTION_THROWN(selectTransitionImages(dataset, element("Na"), 2.5, 10), InputError);
}

void TestDatasetTools::boltzmannAlwaysTakesTheGroundState() {
    const Dataset dataset = randomDataset(40);
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto chosen = selectBoltzmann(dataset, 800.0, 5, seed);
        QCOMPARE(chosen.size(), std::size_t(15));
        QCOMPARE(std::set<std::size_t>(chosen.begin(), chosen.end()).size(), std::size_t(15));
        for (std::size_t c = 0; c < 3; ++c) {
            std::size_t ground = c * 40;
            for (std::size_t i = c * 40; i < c * 40 + 40; ++i) {
                if (*dataset.frames[i].energy < *dataset.frames[ground].energy) ground = i;
            }
            QVERIFY(std::binary_search(chosen.begin(), chosen.end(), ground));
        }
    }
    // Hundreds of kT apart every weight but the lowest underflows; frames are drawn all the same.
    Dataset cold = randomDataset(5);
    for (std::size_t i = 0; i < cold.frames.size(); ++i)
        cold.frames[i].energy = 10.0 * static_cast<double>(i);
    QCOMPARE(selectBoltzmann(cold, 1.0, 5, 1).size(), std::size_t(15));
}

void TestDatasetTools::boltzmannFrequencies() {
    // After the ground state one more frame is drawn: its frequencies are the Boltzmann weights.
    Dataset dataset = randomDataset(4);
    dataset.frames.resize(4);
    dataset.compositions.resize(4);
    const double kT = units::boltzmann * 800.0;
    const double energies[] = {-1.0, -1.0 + 0.5 * kT, -1.0 + 1.5 * kT, -1.0 + 3.0 * kT};
    for (std::size_t i = 0; i < 4; ++i)
        dataset.frames[i].energy = energies[i];
    std::map<std::size_t, int> counts;
    const int draws = 20000;
    for (int seed = 0; seed < draws; ++seed)
        ++counts[selectBoltzmann(dataset, 800.0, 2, static_cast<std::uint64_t>(seed))[1]];
    double sum = 0.0;
    for (int i = 1; i < 4; ++i)
        sum += std::exp(-energies[i] / kT);
    for (std::size_t i = 1; i < 4; ++i) {
        const double p = std::exp(-energies[i] / kT) / sum;
        const double deviation = std::abs(counts[i] / double(draws) - p) / std::sqrt(p * (1 - p) / draws);
        QVERIFY2(deviation < 4.0, qPrintable(QString::number(deviation)));
    }
}

void TestDatasetTools::strainStaysWithinItsLimit() {
    const auto structure = randomDataset(1).frames[0].structure;
    double largest = 0.0;
    for (std::uint64_t n = 0; n < 200; ++n) {
        const auto strained = randomlyStrained(structure, 0.03, 1, n);
        const Mat3 deformation = structure.lattice.rows().inverse() * strained.lattice.rows();
        const Mat3 strain = deformation - Mat3::Identity();
        QVERIFY((strain - strain.transpose()).norm() < 1e-12);
        QVERIFY(strain.cwiseAbs().maxCoeff() <= 0.03 + 1e-12);
        largest = std::max(largest, strain.cwiseAbs().maxCoeff());
        QVERIFY((strained.fractional(3).v - structure.fractional(3).v).norm() < 1e-12);
    }
    QVERIFY(largest > 0.028);
}

void TestDatasetTools::copiesAreFound() {
    Dataset dataset = randomDataset(4);
    const auto add = [&](io::LabelledStructure frame, const char* composition) {
        dataset.frames.push_back(std::move(frame));
        dataset.compositions.emplace_back(composition);
    };
    QVERIFY(findDuplicates(dataset).empty());
    // Frame 12: frame 1 turned, shifted, and with its lithium in another order.
    auto copy = dataset.frames[1];
    const Mat3 turn = Eigen::AngleAxisd(0.7, Vec3(1, 2, 3).normalized()).toRotationMatrix();
    copy.structure.lattice = crystal::Lattice(copy.structure.lattice.rows() * turn.transpose());
    copy.structure.positions = (turn * copy.structure.positions).colwise() + Vec3(0.3, 0.1, -2.0);
    copy.structure = copy.structure.reordered({0, 1, 5, 3, 4, 2});
    add(copy, "Zr");
    // Frame 13: frame 6 with another energy; frame 14: with one atom moved. Both are frames of their own.
    auto other = dataset.frames[6];
    *other.energy += 0.01;
    add(other, "Ti");
    auto moved = dataset.frames[6];
    moved.structure.positions(0, 4) += 0.05;
    add(moved, "Ti");
    add(dataset.frames[9], "Nb");  // frame 15
    const auto found = findDuplicates(dataset);
    const std::vector<std::pair<std::size_t, std::size_t>> expected{{1, 12}, {9, 15}};
    QVERIFY(found == expected);
}

void TestDatasetTools::outliersStandOut() {
    Dataset dataset = randomDataset(50);
    *dataset.frames[20].energy += 12.0;  // 2 eV/atom
    *dataset.frames[120].energy -= 3.0;
    std::set<std::size_t> flagged;
    for (const auto& d : energyDeviations(dataset)) {
        if (std::abs(d.robustZ) > 6.0) flagged.insert(d.frame);
    }
    QVERIFY(flagged == std::set<std::size_t>({20, 120}));
    const auto deviations = energyDeviations(dataset);
    QVERIFY(std::abs(deviations[20].residual - 2.0) < 0.06);
    QVERIFY(std::abs(deviations[120].residual + 0.5) < 0.06);
}

void TestDatasetTools::statisticsMatchHandCounts() {
    const auto d = distributionOf({0.0, 1.0, 2.0, 10.0}, 5);
    QCOMPARE(d.mean, 3.25);
    QVERIFY(std::abs(d.deviation - std::sqrt((10.5625 + 5.0625 + 1.5625 + 45.5625) / 4)) < 1e-12);
    QVERIFY(d.histogram == std::vector<std::size_t>({2, 1, 0, 0, 1}));
    Dataset dataset = randomDataset(3);
    dataset.frames[0].stressGPa = Mat3::Identity() * -2.0;
    dataset.frames[4].magmoms = Eigen::VectorXd::Constant(6, -1.5);
    const auto s = statisticsOf(dataset, 4);
    QCOMPARE(s.frames, std::size_t(9));
    QCOMPARE(s.atoms, std::size_t(54));
    QCOMPARE(s.compositions.size(), std::size_t(3));
    QCOMPARE(s.elements.at("Li"), std::size_t(9));
    QCOMPARE(s.elements.at("Nb"), std::size_t(3));
    QCOMPARE(s.force.count, std::size_t(54));
    QCOMPARE(s.pressure.count, std::size_t(1));
    QVERIFY(std::abs(s.pressure.mean - 2.0) < 1e-12);
    QVERIFY(std::abs(s.magmom.mean - 1.5) < 1e-12);
    QCOMPARE(toJson(s)["frames"].get<int>(), 9);
    QVERIFY(toJson(statisticsOf(randomDataset(1)))["pressure_GPa"].is_null());
}

QTEST_APPLESS_MAIN(TestDatasetTools)
#include "test_dataset_tools.moc"
