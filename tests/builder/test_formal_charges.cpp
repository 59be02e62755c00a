// SPDX-License-Identifier: GPL-3.0-or-later
// Formal-charge energies against an independent Ewald sum, incremental changes, and what ranking is worth.
#include <Eigen/LU>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <complex>

#include "core/builder/ensemble.h"
#include "core/builder/formal_charges.h"
#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using testing::lzsp;
using testing::winner;

namespace {

constexpr double ke = 14.399645478425667;  // eV Å

/// Ewald's sum written down plainly: all images within a real cutoff by loops over lattice vectors, all
/// reciprocal vectors within a cutoff with the structure factor, self term; no code of ours, another
/// splitting.
double plainEwald(const crystal::Structure& s, const Eigen::VectorXd& q, double alpha) {
    const double cutoff = 6.6 / alpha, largestK = 2.0 * 6.6 * alpha;
    const Mat3 rows = s.lattice.rows();
    const Mat3 reciprocal = 2.0 * M_PI * rows.inverse();
    const double volume = std::abs(rows.determinant());
    double energy = 0.0;
    const int images = static_cast<int>(std::ceil(cutoff / s.lattice.faceDistances().minCoeff())) + 1;
    for (std::size_t i = 0; i < s.size(); ++i) {
        for (std::size_t j = 0; j < s.size(); ++j) {
            const Vec3 d = s.lattice.minimumImage(s.position(j) - s.position(i));
            for (int a = -images; a <= images; ++a) {
                for (int b = -images; b <= images; ++b) {
                    for (int c = -images; c <= images; ++c) {
                        const double r = (d + rows.transpose() * Vec3(a, b, c)).norm();
                        if (r < 1e-9 || r > cutoff) continue;
                        energy += 0.5 * ke * q[static_cast<Eigen::Index>(i)] *
                                  q[static_cast<Eigen::Index>(j)] * std::erfc(alpha * r) / r;
                    }
                }
            }
        }
    }
    const int waves = static_cast<int>(std::ceil(largestK * s.lattice.lengths().maxCoeff() / (2.0 * M_PI)));
    for (int h = -waves; h <= waves; ++h) {
        for (int k = -waves; k <= waves; ++k) {
            for (int l = -waves; l <= waves; ++l) {
                const Vec3 wave = reciprocal * Vec3(h, k, l);
                const double square = wave.squaredNorm();
                if (square < 1e-12 || square > largestK * largestK) continue;
                std::complex<double> factor = 0.0;
                for (std::size_t i = 0; i < s.size(); ++i)
                    factor += q[static_cast<Eigen::Index>(i)] * std::polar(1.0, wave.dot(s.position(i)));
                energy += 2.0 * M_PI * ke / volume * std::exp(-square / (4.0 * alpha * alpha)) / square *
                          std::norm(factor);
            }
        }
    }
    return energy - ke * alpha / std::sqrt(M_PI) * q.squaredNorm();
}

}  // namespace

class TestFormalCharges : public QObject {
    Q_OBJECT

  private slots:
    void energyIsAnIndependentEwaldSum();
    void exchangesAddUp();
    void rankingKeepsTheLowest();
    void exchangesImprove();
};

void TestFormalCharges::energyIsAnIndependentEwaldSum() {
    // Primitive cell: 40 atoms, so that the plain sum stays short.
    const IntMat3 identity = IntMat3::Identity();
    const CellSites cell = cellSites(lzsp(), identity);
    const FormalChargeMatrix matrix(cell, 1e-10);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const auto composition = testing::make({{"Zr", 2}, {"Nb", 1}, {"Al", 1}});
        const Occupation occupation = testing::randomOccupation(cell, composition, identity, seed);
        const crystal::Structure atoms = cell.structureOf(occupation);
        Eigen::VectorXd charges(static_cast<Eigen::Index>(atoms.size()));
        for (std::size_t i = 0, k = 0; i < cell.size(); ++i) {
            if (cell.species[occupation[i]].element)
                charges[static_cast<Eigen::Index>(k++)] = cell.species[occupation[i]].charge;
        }
        const double ours = matrix.energy(cell, occupation);
        const double plain = plainEwald(atoms, charges, 0.55);
        QVERIFY2(std::abs(ours - plain) < 1e-6,
                 qPrintable(QString("%1 eV against %2 eV").arg(ours).arg(plain)));
        QVERIFY(ours < -1000.0);  // not two zeros
    }
}

void TestFormalCharges::exchangesAddUp() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const FormalChargeMatrix matrix(cell);
    FormalChargeObjective objective(cell, matrix,
                                    testing::randomOccupation(cell, winner(), lzsp().supercellMatrix, 4));
    const SwapMoves moves(cell, exchangeableSites(cell, objective.occupation()), objective.occupation());
    RandomStream random(1, "test");
    for (int step = 0; step < 300; ++step) {
        const auto [a, b] = moves.propose(objective.occupation(), random);
        const double before = objective.value(), change = objective.change(a, b);
        objective.swap(a, b);
        QVERIFY(std::abs(objective.value() - before - change) < 1e-9);
    }
    QVERIFY(std::abs(objective.value() - matrix.energy(cell, objective.occupation())) < 1e-7);
}

void TestFormalCharges::rankingKeepsTheLowest() {
    EnsembleSettings settings;
    settings.method = EnsembleMethod::Ewald;
    settings.members = 5;
    settings.draws = 60;
    EnsembleBuilder builder(lzsp(), winner(), settings);
    NoProgress progress;
    const auto best = builder.build({}, progress);
    QCOMPARE(best.size(), std::size_t(5));
    // Every draw again, one by one.
    const FormalChargeMatrix matrix(builder.cell());
    std::vector<double> all;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        all.push_back(matrix.energy(builder.cell(), testing::randomOccupation(builder.cell(), winner(),
                                                                              lzsp().supercellMatrix, seed)));
    }
    std::vector<double> sorted = all;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t i = 0; i < best.size(); ++i) {
        QVERIFY(std::abs(*best[i].score - sorted[i]) < 1e-9);
        QVERIFY(std::abs(*best[i].score - all[best[i].seed - 1]) < 1e-9);
        QVERIFY(best[i].structure.elements == decoratedSupercell(lzsp(), winner(), best[i].seed).elements);
    }
}

void TestFormalCharges::exchangesImprove() {
    EnsembleSettings settings;
    settings.method = EnsembleMethod::Ewald;
    settings.draws = 50;
    NoProgress progress;
    EnsembleBuilder plain(lzsp(), winner(), settings);
    settings.exchanges = 3000;
    EnsembleBuilder improved(lzsp(), winner(), settings);
    const double before = *plain.build({}, progress).front().score;
    const auto after = improved.build({}, progress).front();
    QVERIFY(*after.score < before - 1.0);  // the best of 50 is far from the ground state
    QVERIFY(after.structure.elementCounts() == decoratedSupercell(lzsp(), winner(), 1).elementCounts());
}

QTEST_APPLESS_MAIN(TestFormalCharges)
#include "test_formal_charges.moc"
