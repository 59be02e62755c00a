// SPDX-License-Identifier: GPL-3.0-or-later
// Levels of a Gaussian density enclose what the chi distribution says, and edge cases are refused.
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/transport/density_levels.h"

using namespace ionscape;

namespace {

constexpr double sigma = 1.0, cell = 16.0;

transport::DensityGrid gaussian() {
    transport::DensityGrid grid;
    grid.lattice = crystal::Lattice(cell * Mat3::Identity());
    grid.shape = {80, 80, 80};
    grid.values.resize(80 * 80 * 80);
    for (std::size_t i = 0; i < grid.values.size(); ++i) {
        const Vec3 apart = cell * (grid.fractional(i).v - Vec3::Constant(0.5));
        grid.values[i] = std::exp(-0.5 * apart.squaredNorm() / (sigma * sigma));
    }
    return grid;
}

/// Probability that a point of a 3D Gaussian lies within r: the chi distribution with three degrees.
double within(double r) {
    return std::erf(r / std::sqrt(2.0)) - std::sqrt(2.0 / M_PI) * r * std::exp(-0.5 * r * r);
}

}  // namespace

class TestDensityLevels : public QObject {
    Q_OBJECT

  private slots:
    void levelsOfAGaussian() {
        const auto density = gaussian();
        for (const double r : {0.8, 1.5, 2.2}) {
            const double level = transport::levelEnclosing(density, within(r));
            const double radius = std::sqrt(-2.0 * std::log(level));
            QVERIFY2(std::abs(radius - r) < 0.05, qPrintable(QString("%1 %2").arg(r).arg(radius)));
            QVERIFY(std::abs(transport::enclosedShare(density, level) - within(r)) < 0.01);
        }
        QCOMPARE(transport::enclosedShare(density, 0.0), 1.0);
        QCOMPARE(transport::enclosedShare(density, 2.0), 0.0);
    }

    void whatCannotBeIsRefused() {
        auto density = gaussian();
        QVERIFY_EXCEPTION_THROWN(transport::levelEnclosing(density, 1.2), InputError);
        density.values.assign(density.values.size(), 0.0);
        QVERIFY_EXCEPTION_THROWN(transport::levelEnclosing(density, 0.5), InputError);
    }
};

QTEST_APPLESS_MAIN(TestDensityLevels)
#include "test_density_levels.moc"
