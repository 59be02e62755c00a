// SPDX-License-Identifier: GPL-3.0-or-later
// Density grids against a brute-force twin, smoothing against the direct sum, the harmonic well's free
// energy.
#include <QTest>
#include <cmath>
#include <map>
#include <numeric>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/density.h"
#include "core/transport/mobile_ions.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Lattice;

namespace {

Lattice triclinic() {
    return Lattice::fromParameters(4.0, 5.0, 6.0, 75.0, 100.0, 115.0);
}

VectorField randomPositions(RandomStream& random, int ions, double range) {
    VectorField positions(3, ions);
    for (Eigen::Index i = 0; i < positions.size(); ++i)
        positions.data()[i] = range * (random.uniform() - 0.5);
    return positions;
}

/// The voxel of every ion found by trying all grid points: the nearest in fractional coordinates, axis by
/// axis.
DensityGrid bruteDensity(const std::vector<VectorField>& frames, const Lattice& lattice,
                         const GridShape& shape) {
    DensityGrid grid{lattice, shape, {}};
    const auto points = static_cast<std::size_t>(shape[0] * shape[1] * shape[2]);
    grid.values.assign(points, 0.0);
    for (const auto& frame : frames) {
        for (Eigen::Index ion = 0; ion < frame.cols(); ++ion) {
            for (std::size_t p = 0; p < points; ++p) {
                Vec3 d = frame.col(ion) - grid.fractional(p).v;
                d -= Vec3(std::round(d[0]), std::round(d[1]), std::round(d[2]));
                bool inside = true;
                for (int axis = 0; axis < 3; ++axis)
                    inside = inside && std::abs(d[axis]) < 0.5 / shape[static_cast<std::size_t>(axis)];
                if (inside) grid.values[p] += 1.0 / (static_cast<double>(frames.size()) * grid.voxelVolume());
            }
        }
    }
    return grid;
}

/// Σ_q ρ(q) exp(−|p − q|²/(2σ²)) over all points of 7³ cells, with the weights' sum divided out.
DensityGrid bruteSmoothed(const DensityGrid& density, double sigma) {
    DensityGrid result = density;
    for (std::size_t p = 0; p < density.size(); ++p) {
        double sum = 0.0, weights = 0.0;
        for (std::size_t q = 0; q < density.size(); ++q) {
            for (int cell = 0; cell < 343; ++cell) {
                const Vec3 image(cell % 7 - 3, cell / 7 % 7 - 3, cell / 49 - 3);
                const Vec3 f = density.fractional(p).v - density.fractional(q).v + image;
                const double d2 = density.lattice.toCartesian({f}).squaredNorm() / (sigma * sigma);
                if (d2 > 25.0) continue;
                sum += density.values[q] * std::exp(-0.5 * d2);
                weights += std::exp(-0.5 * d2);
            }
        }
        result.values[p] = sum / weights;
    }
    return result;
}

double largestDifference(const PeriodicGrid& a, const PeriodicGrid& b) {
    double worst = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        worst = std::max(worst, std::abs(a.values[i] - b.values[i]));
    return worst;
}

}  // namespace

class TestDensity : public QObject {
    Q_OBJECT

  private slots:
    void pointsAreNumberedFirstAxisFastest() {
        PeriodicGrid grid{Lattice(), {2, 3, 4}, std::vector<double>(24)};
        std::iota(grid.values.begin(), grid.values.end(), 0.0);
        QCOMPARE(grid.at(1, 0, 0), 1.0);
        QCOMPARE(grid.at(0, 1, 0), 2.0);
        QCOMPARE(grid.at(0, 0, 1), 6.0);
        QCOMPARE(grid.at(-1, 3, 5), grid.at(1, 0, 1));
        for (std::size_t i = 0; i < grid.size(); ++i) {
            const IntVec3 p = grid.point(i);
            QCOMPARE(grid.index(p[0], p[1], p[2]), i);
        }
        QCOMPARE(grid.fractional(23).v, Vec3(0.5, 2.0 / 3.0, 0.75));
    }

    void interpolationIsPeriodicAndExactOnPoints() {
        PeriodicGrid grid{triclinic(), {2, 3, 4}, std::vector<double>(24)};
        std::iota(grid.values.begin(), grid.values.end(), 0.0);
        for (std::size_t i = 0; i < grid.size(); ++i) {
            QCOMPARE(grid.interpolate(grid.fractional(i)), grid.values[i]);
            QCOMPARE(grid.interpolate({grid.fractional(i).v + Vec3(-1, 2, 5)}), grid.values[i]);
        }
        // Between the last point and the first one of the next cell.
        QCOMPARE(grid.interpolate({Vec3(0.75, 0, 0)}), 0.5 * (grid.at(1, 0, 0) + grid.at(0, 0, 0)));
    }

    void spacingIsNeverCoarserThanAsked() {
        QCOMPARE(gridShape(Lattice(Mat3(Mat3::Identity() * 6.0)), 0.2), (GridShape{30, 30, 30}));
        const GridShape shape = gridShape(triclinic(), 0.3);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            const double length = triclinic().lengths()[static_cast<Eigen::Index>(axis)];
            QVERIFY(length / shape[axis] <= 0.3 + 1e-9);
            QVERIFY(length / (shape[axis] - 1) > 0.3);
        }
        QVERIFY_EXCEPTION_THROWN(gridShape(triclinic(), 0.0), InputError);
        QVERIFY_EXCEPTION_THROWN(gridShape(triclinic(), 1e-9), InputError);
        QVERIFY_EXCEPTION_THROWN(validateShape({4000, 4000, 4000}), InputError);
        QVERIFY_EXCEPTION_THROWN(validateShape({4, 0, 4}), InputError);
    }

    void densityIsThatOfTheTwin() {
        RandomStream random(3);
        const GridShape shape{5, 6, 7};
        DensityAccumulator accumulator(shape);
        std::vector<VectorField> frames;
        for (int t = 0; t < 40; ++t) {
            frames.push_back(randomPositions(random, 9, 6.0));  // unwrapped: several cells wide
            accumulator.add(triclinic(), frames.back());
        }
        const DensityGrid grid = accumulator.density();
        QVERIFY(largestDifference(grid, bruteDensity(frames, triclinic(), shape)) < 1e-12);
        QVERIFY(std::abs(grid.integral() - 9.0) < 1e-12);
        QCOMPARE(accumulator.frames(), 40);
    }

    void cellsThatBreatheAreAveraged() {
        DensityAccumulator accumulator({4, 4, 4});
        const VectorField ion = Vec3(0.26, 0.49, -0.01);
        for (const double a : {9.0, 10.0, 11.0})
            accumulator.add(Lattice(Mat3(Mat3::Identity() * a)), ion);
        const DensityGrid grid = accumulator.density();
        QCOMPARE(grid.lattice.volume(), 1000.0);
        QCOMPARE(grid.at(1, 2, 0), 64.0 / 1000.0);
        QVERIFY(std::abs(grid.integral() - 1.0) < 1e-12);
    }

    void badFramesAreRefused() {
        DensityAccumulator accumulator({4, 4, 4});
        QVERIFY_EXCEPTION_THROWN(accumulator.density(), InputError);
        QVERIFY_EXCEPTION_THROWN(accumulator.add(Lattice(), VectorField(3, 0)), InputError);
        accumulator.add(Lattice(), VectorField::Zero(3, 2));
        QVERIFY_EXCEPTION_THROWN(accumulator.add(Lattice(), VectorField::Zero(3, 3)), InputError);
    }

    void smoothingIsTheDirectSum() {
        RandomStream random(5);
        DensityAccumulator accumulator({4, 5, 6});
        for (int t = 0; t < 30; ++t)
            accumulator.add(triclinic(), randomPositions(random, 1, 0.4));
        const DensityGrid raw = accumulator.density();
        for (const double sigma : {0.43, 1.13}) {
            const DensityGrid smooth = smoothed(raw, sigma);
            const DensityGrid twin = bruteSmoothed(raw, sigma);
            QVERIFY(largestDifference(smooth, twin) < 1e-12);
            QVERIFY(std::abs(smooth.integral() - 1.0) < 1e-12);
            for (const double value : smooth.values)
                QVERIFY(value >= 0.0);
        }
        QCOMPARE(smoothed(raw, 0.0).values, raw.values);
        QVERIFY_EXCEPTION_THROWN(smoothed(raw, -0.1), InputError);
        QVERIFY_EXCEPTION_THROWN(smoothed(raw, 10.0), InputError);
    }

    void smoothingHasNoSeam() {
        // One ion at the corner of the cell and one in its middle: the same blob, moved by half a cell.
        const auto blob = [](const Vec3& f) {
            DensityAccumulator accumulator({10, 12, 14});
            accumulator.add(triclinic(), VectorField(f));
            return smoothed(accumulator.density(), 0.7);
        };
        const DensityGrid corner = blob(Vec3::Zero()), middle = blob(Vec3::Constant(0.5));
        double worst = 0.0;
        for (std::size_t i = 0; i < corner.size(); ++i) {
            const IntVec3 p = corner.point(i);
            worst = std::max(worst, std::abs(corner.values[i] - middle.at(p[0] + 5, p[1] + 6, p[2] + 7)));
        }
        QVERIFY(worst < 1e-12);
    }

    void harmonicWellGivesItsPotentialBack() {
        // exp(−k r²/(2 kT)) sampled: the free energy along a line through the well is k r²/2.
        const double temperature = 600.0, stiffness = 0.8;  // K, eV/Å²
        const double amplitude = std::sqrt(units::boltzmann * temperature / stiffness);
        const Lattice cell(Mat3(Mat3::Identity() * 6.0));
        RandomStream random(7);
        DensityAccumulator accumulator({30, 30, 30});
        VectorField ions(3, 100);
        for (int t = 0; t < 20000; ++t) {
            for (Eigen::Index i = 0; i < ions.size(); ++i)
                ions.data()[i] = 0.5 + amplitude * random.normal() / 6.0;
            accumulator.add(cell, ions);
        }
        const FreeEnergyGrid energy = freeEnergy(accumulator.density(), temperature);
        // The share of a Gaussian that falls into the voxel i spacings from its centre.
        const auto share = [&](int i) {
            const double scale = std::sqrt(2.0) * amplitude;
            return std::erf(0.2 * (i + 0.5) / scale) - std::erf(0.2 * (i - 0.5) / scale);
        };
        const double lowest = energy.at(15, 15, 15);
        for (int i = -3; i <= 3; ++i) {
            const double expected = -units::boltzmann * temperature * std::log(share(i) / share(0));
            QVERIFY(std::abs(energy.at(15 + i, 15, 15) - lowest - expected) < 0.004);
        }
        QCOMPARE(*std::min_element(energy.values.begin(), energy.values.end()), 0.0);
        QVERIFY(std::isinf(energy.at(0, 0, 0)));
        QVERIFY_EXCEPTION_THROWN(freeEnergy(accumulator.density(), 0.0), InputError);
    }

    void emptyDensityHasNoFreeEnergy() {
        const DensityGrid empty{Lattice(), {2, 2, 2}, std::vector<double>(8, 0.0)};
        QVERIFY_EXCEPTION_THROWN(freeEnergy(empty, 300.0), InputError);
        const DensityGrid torn{Lattice(), {2, 2, 2}, std::vector<double>(7, 1.0)};
        QVERIFY_EXCEPTION_THROWN(freeEnergy(torn, 300.0), InputError);
    }

    void mobileIonsLoseTheDriftOfTheFramework() {
        const auto li = crystal::Element::fromSymbol("Li"), oxygen = crystal::Element::fromSymbol("O");
        const Lattice cell = triclinic();
        VectorField start(3, 4);
        start << 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3.5;
        const std::vector<crystal::Element> elements{oxygen, li, oxygen, li};
        MobileIons moving(elements, li), raw(elements, li, false);
        QCOMPARE(moving.count(), std::size_t(2));
        QCOMPARE(moving.atoms(), (std::vector<std::size_t>{1, 3}));
        const VectorField first = moving.reduce(cell, start);
        QVERIFY((cell.rows().transpose() * first.col(1) - start.col(3)).norm() < 1e-12);
        raw.reduce(cell, start);
        // All move by 1 Å, and the second ion by 0.5 Å more.
        VectorField later = start;
        later.colwise() += Vec3(1, 0, 0);
        later(1, 3) += 0.5;
        VectorField moved = cell.rows().transpose() * (moving.reduce(cell, later) - first);
        QVERIFY(moved.col(0).norm() < 1e-12);
        QVERIFY((moved.col(1) - Vec3(0, 0.5, 0)).norm() < 1e-12);
        moved = cell.rows().transpose() * (raw.reduce(cell, later) - first);
        QVERIFY((moved.col(1) - Vec3(1, 0.5, 0)).norm() < 1e-12);
        QVERIFY_EXCEPTION_THROWN(moving.reduce(cell, VectorField::Zero(3, 5)), InputError);
        later(0, 0) = std::nan("");
        QVERIFY_EXCEPTION_THROWN(moving.reduce(cell, later), InputError);
        QVERIFY_EXCEPTION_THROWN(MobileIons({oxygen}, li), InputError);
    }
};

QTEST_APPLESS_MAIN(TestDensity)
#include "test_density.moc"
