// SPDX-License-Identifier: GPL-3.0-or-later
// Gaussian processes: gradients, the textbook's formulas, intervals that hold what they say.
#include <Eigen/Dense>
#include <QTest>

#include "core/surrogate/calibration.h"
#include "core/surrogate/gp_kernel.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/regressor.h"
#include "core/surrogate/smooth_minimiser.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::friedman1;
using testing::syntheticTable;

namespace {

Kernel kernelOf(KernelShape shape) {
    Kernel kernel;
    kernel.shape = shape;
    kernel.lengths = Eigen::RowVectorXd{{0.7, 1.5, 0.4}};
    kernel.amplitude = 1.3;
    kernel.noise = 0.2;
    return kernel;
}

}  // namespace

class TestGaussianProcess : public QObject {
    Q_OBJECT

  private slots:
    void kernelsByHand();
    void gradients_data();
    void gradients();
    void evidenceByDefinition();
    void minimises();
    void intervalsHold_data();
    void intervalsHold();
    void errorsGrowAway();
    void knownErrorsCount();
    void findsTheLengths();
};

void TestGaussianProcess::kernelsByHand() {
    const Eigen::MatrixXd a{{0.1, 0.2, 0.3}}, b{{0.5, -0.4, 0.35}};
    const double r2 = std::pow(0.4 / 0.7, 2) + std::pow(0.6 / 1.5, 2) + std::pow(0.05 / 0.4, 2);
    const double k1 = kernelOf(KernelShape::SquaredExponential).covariance(a, b)(0, 0);
    QVERIFY(std::abs(k1 - 1.69 * std::exp(-0.5 * r2)) < 1e-12);
    const double s = std::sqrt(5.0 * r2);
    const double k2 = kernelOf(KernelShape::Matern52).covariance(a, b)(0, 0);
    QVERIFY(std::abs(k2 - 1.69 * (1.0 + s + s * s / 3.0) * std::exp(-s)) < 1e-12);
}

void TestGaussianProcess::gradients_data() {
    QTest::addColumn<int>("shape");
    QTest::newRow("rbf") << int(KernelShape::SquaredExponential);
    QTest::newRow("matern52") << int(KernelShape::Matern52);
}

void TestGaussianProcess::gradients() {
    QFETCH(int, shape);
    const auto table = syntheticTable(
        30, 3, [](const auto& r) { return std::sin(3.0 * r[0]) + r[1]; }, 0.1, 1);
    const Eigen::VectorXd own = Eigen::VectorXd::LinSpaced(30, 0.0, 0.05);
    auto kernel = kernelOf(static_cast<KernelShape>(shape));
    const auto p = kernel.parameters();
    Eigen::VectorXd gradient, unused;
    logMarginalLikelihood(kernel, table.x, table.y, own, gradient);
    for (Eigen::Index k = 0; k < p.size(); ++k) {
        constexpr double h = 1e-5;
        double value[2];
        for (int side = 0; side < 2; ++side) {
            auto q = p;
            q[k] += side == 0 ? -h : h;
            kernel.setParameters(q);
            value[side] = logMarginalLikelihood(kernel, table.x, table.y, own, unused);
        }
        const double numeric = (value[1] - value[0]) / (2.0 * h);
        QVERIFY(std::abs(gradient[k] - numeric) < 1e-5 * (1.0 + std::abs(numeric)));
    }
}

void TestGaussianProcess::evidenceByDefinition() {
    const auto table = syntheticTable(
        12, 3, [](const auto& r) { return r[0] - r[1]; }, 0.1, 1);
    const auto kernel = kernelOf(KernelShape::Matern52);
    Eigen::VectorXd unused;
    const double found = logMarginalLikelihood(kernel, table.x, table.y, {}, unused);
    Eigen::MatrixXd k = kernel.covariance(table.x, table.x);
    k.diagonal().array() += 0.04;
    const double expected = -0.5 * table.y.dot(k.inverse() * table.y) - 0.5 * std::log(k.determinant()) -
                            6.0 * std::log(2.0 * 3.14159265358979323846);
    QVERIFY(std::abs(found - expected) < 1e-6);
}

void TestGaussianProcess::minimises() {
    // Rosenbrock's valley; its bottom lies at (1, 1).
    const auto found = minimise(
        [](const Eigen::VectorXd& x, Eigen::VectorXd& g) {
            const double a = 1.0 - x[0], b = x[1] - x[0] * x[0];
            g = Eigen::VectorXd{{-2.0 * a - 400.0 * x[0] * b, 200.0 * b}};
            return a * a + 100.0 * b * b;
        },
        Eigen::VectorXd{{-1.2, 1.0}}, 500, 1e-8);
    QVERIFY((found.x.array() - 1.0).abs().maxCoeff() < 1e-3);
}

void TestGaussianProcess::intervalsHold_data() {
    QTest::addColumn<QString>("kernel");
    QTest::newRow("rbf") << "rbf";
    QTest::newRow("matern52") << "matern52";
}

void TestGaussianProcess::intervalsHold() {
    QFETCH(QString, kernel);
    // New targets of several laws, noise levels and sizes: 90 % intervals hold 85 to 95 % of them.
    const std::vector<std::function<double(const Eigen::RowVectorXd&)>> laws = {
        friedman1, [](const auto& r) { return 3.0 * r[0] - 2.0 * r[1] * r[1]; },
        [](const auto& r) { return std::exp(2.0 * r[0]) * std::cos(4.0 * r[2]); },
        [](const auto& r) { return 1.0 / (0.3 + r[0]) + 2.0 * std::abs(r[1] - 0.5); }};
    double held = 0.0, tested = 0.0;
    std::uint64_t seed = 1;
    for (const auto& law : laws) {
        for (const double noise : {0.05, 0.2, 0.5}) {
            const auto table = syntheticTable(seed % 2 ? 60 : 120, 6, law, noise, seed);
            const auto unseen = syntheticTable(300, 6, law, noise, 1000 + seed);
            const auto model = makeRegressor("gp");
            model->settings().set("kernel", std::string_view(kernel == "rbf" ? "rbf" : "matern52"));
            model->fit(table, seed++);
            held += 300.0 * coverage(unseen.y, model->predict(unseen.x), 0.9);
            tested += 300.0;
        }
    }
    const double share = held / tested;
    qInfo("90 %% intervals hold %.1f %%", 100.0 * share);
    QVERIFY2(share >= 0.85 && share <= 0.95, qPrintable(QString::number(share)));
}

void TestGaussianProcess::errorsGrowAway() {
    const auto table = syntheticTable(
        60, 2, [](const auto& r) { return std::sin(6.0 * r[0]); }, 0.05, 1);
    const auto model = makeRegressor("gp");
    model->fit(table, 1);
    const auto p = model->predict(Eigen::MatrixXd{{0.5, 0.5}, {1.5, 0.5}, {30.0, 30.0}});
    QVERIFY(p.standardDeviation[0] < 0.15);
    QVERIFY(p.standardDeviation[1] > 2.0 * p.standardDeviation[0]);
    // Far from everything the mean of the targets is all there is to say.
    QVERIFY(std::abs(p.mean[2] - table.y.mean()) < 1e-3);
    QVERIFY(metricsOf(table.y, model->predictMean(table.x)).r2 > 0.95);
}

void TestGaussianProcess::knownErrorsCount() {
    auto table = syntheticTable(
        80, 1, [](const auto& r) { return 2.0 * r[0]; }, 0.02, 1);
    table.yError = Eigen::VectorXd::Constant(80, 0.02);
    table.y[40] += 5.0;  // an outlier that says how uncertain it is
    table.yError[40] = 5.0;
    const auto model = makeRegressor("gp");
    model->fit(table, 1);
    QVERIFY(std::abs(model->predictMean(table.x.row(40))[0] - 2.0 * table.x(40, 0)) < 0.1);
}

void TestGaussianProcess::findsTheLengths() {
    const auto table = syntheticTable(
        100, 4, [](const auto& r) { return std::sin(8.0 * r[1]); }, 0.02, 1);
    const auto model = makeRegressor("gp");
    model->fit(table, 1);
    const auto unseen = syntheticTable(
        200, 4, [](const auto& r) { return std::sin(8.0 * r[1]); }, 0.02, 2);
    QVERIFY(metricsOf(unseen.y, model->predictMean(unseen.x)).r2 > 0.99);
    // Features without influence get lengths at which they do not matter.
    auto moved = unseen.x;
    moved.col(0) = 1.0 - unseen.x.col(0).array();
    QVERIFY((model->predictMean(moved) - model->predictMean(unseen.x)).cwiseAbs().maxCoeff() < 0.15);
}

QTEST_APPLESS_MAIN(TestGaussianProcess)
#include "test_gaussian_process.moc"
