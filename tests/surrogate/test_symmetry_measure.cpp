// SPDX-License-Identifier: GPL-3.0-or-later
// Continuous symmetry measures against ChemEnv, published values and all permutations.
#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/surrogate/assignment.h"
#include "core/surrogate/symmetry_measure.h"

using namespace ionscape;
using namespace ionscape::surrogate;

namespace {

Mat3 randomRotation(RandomStream& random) {
    return Eigen::Quaterniond(random.normal(), random.normal(), random.normal(), random.normal())
        .normalized()
        .toRotationMatrix();
}

/// Turned, scaled, shuffled and displaced by `amplitude` each way.
VectorField distorted(const IdealShape& shape, double amplitude, RandomStream& random) {
    std::vector<int> order(static_cast<std::size_t>(shape.points.cols()));
    std::iota(order.begin(), order.end(), 0);
    random.shuffle(order);
    VectorField result(3, shape.points.cols());
    const Mat3 rotation = randomRotation(random);
    for (Eigen::Index i = 0; i < result.cols(); ++i) {
        const Vec3 shift = amplitude * Vec3(random.normal(), random.normal(), random.normal());
        result.col(i) = 2.1 * (rotation * shape.points.col(order[static_cast<std::size_t>(i)]) + shift);
    }
    return result;
}

/// The best proper rotation by Horn's quaternions (J. Opt. Soc. Am. A 4, 629 (1987)): largest trace.
double hornTrace(const Mat3& s) {
    Eigen::Matrix4d n;
    n << s.trace(), s(1, 2) - s(2, 1), s(2, 0) - s(0, 2), s(0, 1) - s(1, 0),                   //
        s(1, 2) - s(2, 1), s(0, 0) - s(1, 1) - s(2, 2), s(0, 1) + s(1, 0), s(2, 0) + s(0, 2),  //
        s(2, 0) - s(0, 2), s(0, 1) + s(1, 0), s(1, 1) - s(0, 0) - s(2, 2), s(1, 2) + s(2, 1),  //
        s(0, 1) - s(1, 0), s(2, 0) + s(0, 2), s(1, 2) + s(2, 1), s(2, 2) - s(0, 0) - s(1, 1);
    return Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d>(n, Eigen::EigenvaluesOnly).eigenvalues()[3];
}

/// The definition, by all permutations. The shapes have mirror planes: proper rotations are enough.
double bruteForce(const VectorField& ligands, const IdealShape& shape) {
    const auto n = ligands.cols();
    Eigen::Matrix3Xd own(3, n + 1), ideal(3, n + 1);
    own << Vec3::Zero(), ligands;
    ideal << Vec3::Zero(), shape.points;
    own.colwise() -= Vec3(own.rowwise().mean());
    ideal.colwise() -= Vec3(ideal.rowwise().mean());
    std::vector<int> order(static_cast<std::size_t>(n));
    std::iota(order.begin(), order.end(), 1);
    double best = 0.0;
    do {
        Mat3 s = own.col(0) * ideal.col(0).transpose();
        for (Eigen::Index i = 0; i < n; ++i)
            s += own.col(i + 1) * ideal.col(order[static_cast<std::size_t>(i)]).transpose();
        best = std::max(best, hornTrace(s));
    } while (std::next_permutation(order.begin(), order.end()));
    return 100.0 * (1.0 - best * best / (own.squaredNorm() * ideal.squaredNorm()));
}

}  // namespace

class TestSymmetryMeasure : public QObject {
    Q_OBJECT

  private slots:
    void agreesWithChemEnv();
    void publishedDistances();
    void symmetriesOfTheShapes();
    void everyShapeIsItself();
    void nearestShapeOfEachCoordination();
    void allPermutationsOfSmallPolyhedra();
    void allPermutationsOfEightLigands();
    void largeOnesDoNotDependOnOrder();
    void leastCost();
    void wrongInput();
};

void TestSymmetryMeasure::agreesWithChemEnv() {
    QFile file(IONSCAPE_SHARED "/reference/csm.json");
    if (!file.open(QIODevice::ReadOnly)) QSKIP("the reference folder is not beside this checkout");
    const auto list = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(list.size() >= 25);
    double worst = 0.0;
    for (const auto& entry : list) {
        const auto points = entry.toObject()["points"].toArray();
        VectorField ligands(3, points.size());
        for (int i = 0; i < points.size(); ++i) {
            for (int k = 0; k < 3; ++k)
                ligands(k, i) = points[i].toArray()[k].toDouble();
        }
        const auto golden = entry.toObject()["csm"].toObject();
        for (auto it = golden.begin(); it != golden.end(); ++it) {
            const double measure = symmetryMeasure(ligands, idealShape(it.key().toStdString()));
            worst = std::max(worst, std::abs(measure - it.value().toDouble()));
        }
    }
    QVERIFY2(worst < 1e-3, qPrintable(QString::number(worst)));
}

void TestSymmetryMeasure::publishedDistances() {
    // Alvarez, Alemany, Casanova, Cirera, Llunell & Avnir, Coord. Chem. Rev. 249, 1693 (2005).
    const auto between = [](const char* a, const char* b) {
        return symmetryMeasure(idealShape(a).points, idealShape(b));
    };
    QVERIFY(std::abs(between("T:4", "S:4") - 100.0 / 3.0) < 1e-6);
    QVERIFY(std::abs(between("O:6", "T:6") - 16.74) < 0.01);
    QVERIFY(std::abs(between("S:5", "T:5") - between("T:5", "S:5")) < 1e-9);
}

void TestSymmetryMeasure::symmetriesOfTheShapes() {
    const auto order = [](const char* symbol) { return idealShape(symbol).symmetries.size(); };
    QCOMPARE(order("T:4"), 24u);
    QCOMPARE(order("S:4"), 8u);
    QCOMPARE(order("O:6"), 48u);
    QCOMPARE(order("T:6"), 12u);
    QCOMPARE(order("C:8"), 48u);
    QCOMPARE(order("SA:8"), 16u);
    QCOMPARE(order("I:12"), 120u);
    QCOMPARE(idealShape("T:4").placements.size(), 1u);
    QCOMPARE(idealShape("O:6").placements.size(), 15u);
    QCOMPARE(idealShape("T:6").placements.size(), 60u);
    QVERIFY(idealShapes(1).empty() && idealShapes(13).empty());
}

void TestSymmetryMeasure::everyShapeIsItself() {
    RandomStream random(1);
    int shapes = 0;
    for (int n = leastCoordination; n <= mostCoordination; ++n) {
        for (const IdealShape& shape : idealShapes(n)) {
            ++shapes;
            const double measure = symmetryMeasure(distorted(shape, 0.0, random), shape);
            QVERIFY2(measure < 1e-8, qPrintable(QString::fromStdString(shape.symbol)));
        }
    }
    QCOMPARE(shapes, 58);
}

void TestSymmetryMeasure::nearestShapeOfEachCoordination() {
    RandomStream random(2);
    for (const char* symbol :
         {"L:2", "TL:3", "T:4", "S:4", "T:5", "O:6", "T:6", "PB:7", "C:8", "SA:8", "I:12", "C:12"}) {
        const auto nearest = nearestShape(distorted(idealShape(symbol), 0.02, random));
        QVERIFY(nearest && nearest->measure < 1.0);
        QCOMPARE(nearest->shape->symbol, std::string(symbol));
    }
    QVERIFY(!nearestShape(VectorField::Ones(3, 1)));
    QVERIFY(!nearestShape(VectorField::Random(3, 13)));
}

void TestSymmetryMeasure::allPermutationsOfSmallPolyhedra() {
    RandomStream random(3);
    for (int n = 2; n <= 6; ++n) {
        for (const IdealShape& shape : idealShapes(n)) {
            for (const double amplitude : {0.05, 0.3, 1.0}) {
                const VectorField ligands = distorted(shape, amplitude, random);
                const double difference = symmetryMeasure(ligands, shape) - bruteForce(ligands, shape);
                // The table's ten digits leave placements that symmetry makes equal 1e-8 apart.
                QVERIFY2(std::abs(difference) < 1e-7, qPrintable(QString::fromStdString(shape.symbol)));
            }
        }
    }
}

void TestSymmetryMeasure::allPermutationsOfEightLigands() {
    RandomStream random(4);
    for (const char* symbol : {"C:8", "SA:8", "SBT:8", "DD:8"}) {
        const IdealShape& shape = idealShape(symbol);
        for (const double amplitude : {0.1, 0.25}) {
            const VectorField ligands = distorted(shape, amplitude, random);
            QVERIFY2(std::abs(symmetryMeasure(ligands, shape) - bruteForce(ligands, shape)) < 1e-7, symbol);
        }
    }
    const VectorField seven = distorted(idealShape("ST:7"), 0.5, random);
    QVERIFY(std::abs(symmetryMeasure(seven, idealShape("ST:7")) - bruteForce(seven, idealShape("ST:7"))) <
            1e-7);
}

void TestSymmetryMeasure::largeOnesDoNotDependOnOrder() {
    RandomStream random(5);
    for (int n = 8; n <= mostCoordination; ++n) {
        for (const IdealShape& shape : idealShapes(n)) {
            const VectorField ligands = distorted(shape, 0.08, random);
            IdealShape other = shape;
            other.points = ligands;
            const double first = symmetryMeasure(ligands, shape);
            for (int i = 0; i < 3; ++i) {
                const double again = symmetryMeasure(distorted(other, 0.0, random), shape);
                QVERIFY2(std::abs(again - first) < 1e-7, qPrintable(QString::fromStdString(shape.symbol)));
            }
        }
    }
}

void TestSymmetryMeasure::leastCost() {
    RandomStream random(6);
    for (int trial = 0; trial < 30; ++trial) {
        const int n = 1 + trial % 6;
        Eigen::MatrixXd cost(n, n);
        for (Eigen::Index i = 0; i < cost.size(); ++i)
            cost.data()[i] = random.normal();
        const auto total = [&](const std::vector<int>& columns) {
            double sum = 0.0;
            for (int i = 0; i < n; ++i)
                sum += cost(i, columns[static_cast<std::size_t>(i)]);
            return sum;
        };
        std::vector<int> order(static_cast<std::size_t>(n));
        std::iota(order.begin(), order.end(), 0);
        double least = total(order);
        while (std::next_permutation(order.begin(), order.end()))
            least = std::min(least, total(order));
        QVERIFY(std::abs(total(leastCostAssignment(cost)) - least) < 1e-12);
    }
}

void TestSymmetryMeasure::wrongInput() {
    QVERIFY_EXCEPTION_THROWN(symmetryMeasure(VectorField::Ones(3, 5), idealShape("O:6")), InputError);
    QVERIFY_EXCEPTION_THROWN(idealShape("X:9"), InputError);
}

QTEST_APPLESS_MAIN(TestSymmetryMeasure)
#include "test_symmetry_measure.moc"
