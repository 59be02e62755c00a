// SPDX-License-Identifier: GPL-3.0-or-later
// Linear programs by hand, degenerate ones, and random ones against trying every basis.
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/linear_program.h"

using namespace ionscape;
using composition::minimise;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

/// The lowest value over all vertices: every choice of as many columns as rows whose solution is not
/// negative.
std::optional<double> byEveryBasis(const MatrixXd& a, const VectorXd& b, const VectorXd& c) {
    const int m = static_cast<int>(a.rows()), n = static_cast<int>(a.cols());
    std::optional<double> lowest;
    for (int mask = 0; mask < 1 << n; ++mask) {
        if (__builtin_popcount(static_cast<unsigned>(mask)) != m) continue;
        MatrixXd basis(m, m);
        VectorXd costs(m);
        for (int j = 0, k = 0; j < n; ++j) {
            if (!(mask >> j & 1)) continue;
            basis.col(k) = a.col(j);
            costs[k++] = c[j];
        }
        const Eigen::FullPivLU<MatrixXd> lu(basis);
        if (!lu.isInvertible()) continue;
        const VectorXd x = lu.solve(b);
        if (x.minCoeff() < -1e-9) continue;
        if (!lowest || costs.dot(x) < *lowest) lowest = costs.dot(x);
    }
    return lowest;
}

}  // namespace

class TestLinearProgram : public QObject {
    Q_OBJECT

  private slots:
    void byHand() {
        // Diet: min 2x + 3y with x + y ≥ 4 and x + 3y ≥ 6 has its corner at (3, 1).
        MatrixXd a(2, 4);
        a << 1, 1, -1, 0, 1, 3, 0, -1;
        const auto r = minimise(a, Eigen::Vector2d(4, 6), Eigen::Vector4d(2, 3, 0, 0));
        QVERIFY(r.feasible);
        QVERIFY(std::abs(r.value - 9.0) < 1e-12);
        QVERIFY((r.solution - Eigen::Vector4d(3, 1, 0, 0)).norm() < 1e-12);
        QVERIFY((r.multipliers - Eigen::Vector2d(1.5, 0.5)).norm() < 1e-12);
    }

    void cyclingExample() {
        // Beale's program, on which the largest-coefficient rule runs in circles for ever.
        MatrixXd a(3, 7);
        a << 1, 0, 0, 0.25, -8, -1, 9,   //
            0, 1, 0, 0.5, -12, -0.5, 3,  //
            0, 0, 1, 0, 0, 1, 0;
        VectorXd c(7);
        c << 0, 0, 0, -0.75, 20, -0.5, 6;
        const auto r = minimise(a, Eigen::Vector3d(0, 0, 1), c);
        QVERIFY(r.feasible);
        QVERIFY(std::abs(r.value + 1.25) < 1e-12);
    }

    void randomOnesAgreeWithEveryBasis() {
        RandomStream random(5, "linear program");
        int feasible = 0, infeasible = 0;
        for (int trial = 0; trial < 200; ++trial) {
            MatrixXd a(3, 9);
            VectorXd c(9);
            for (double& x : a.reshaped())
                x = random.uniform() < 0.3 ? 0.0 : random.uniform();
            for (double& x : c)
                x = random.uniform() - 0.3;
            // A last constraint that bounds the solution, as fractions that add up to one do.
            a.row(2).setOnes();
            VectorXd b(3);
            b << 1.2 * random.uniform(), 1.2 * random.uniform(), 1.0;
            const auto ours = minimise(a, b, c);
            const auto expected = byEveryBasis(a, b, c);
            QCOMPARE(ours.feasible, expected.has_value());
            ++(ours.feasible ? feasible : infeasible);
            if (!ours.feasible) continue;
            QVERIFY(std::abs(ours.value - *expected) < 1e-10);
            QVERIFY((a * ours.solution - b).cwiseAbs().maxCoeff() < 1e-10);
            QVERIFY(ours.solution.minCoeff() >= 0.0);
            // Weak duality, tight: no reduced cost is negative.
            QVERIFY((c - a.transpose() * ours.multipliers).minCoeff() > -1e-9);
        }
        QVERIFY(feasible > 30 && infeasible > 30);
    }

    void dependentConstraints() {
        MatrixXd a(3, 3);
        a << 1, 0, 0.5, 0, 1, 0.5, 1, 1, 1;  // the last row is the sum of the others
        const auto r = minimise(a, Eigen::Vector3d(0.3, 0.7, 1.0), Eigen::Vector3d(0, 0, -1));
        QVERIFY(r.feasible);
        QVERIFY(std::abs(r.value + 0.6) < 1e-12);
        QVERIFY(!minimise(a, Eigen::Vector3d(0.3, 0.7, 1.1), Eigen::Vector3d(0, 0, -1)).feasible);
        QVERIFY(minimise(-a, Eigen::Vector3d(-0.3, -0.7, -1.0), Eigen::Vector3d(0, 0, -1)).feasible);
    }

    void badInput() {
        const MatrixXd a = MatrixXd::Identity(2, 2);
        const VectorXd b = VectorXd::Ones(2);
        QVERIFY_EXCEPTION_THROWN(minimise(a, b, VectorXd::Ones(3)), InputError);
        QVERIFY_EXCEPTION_THROWN(minimise(a, VectorXd::Ones(1), b), InputError);
        QVERIFY_EXCEPTION_THROWN(minimise(a, b, VectorXd::Constant(2, NAN)), InputError);
        MatrixXd free(1, 2);
        free << 1, -1;  // x = y, both as large as one likes
        QVERIFY_EXCEPTION_THROWN(minimise(free, VectorXd::Zero(1), VectorXd::Constant(2, -1.0)), InputError);
    }
};

QTEST_APPLESS_MAIN(TestLinearProgram)
#include "test_linear_program.moc"
