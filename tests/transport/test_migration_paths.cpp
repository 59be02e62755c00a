// SPDX-License-Identifier: GPL-3.0-or-later
// Percolation and paths against known channels and against exhaustive searches in an explicit block of cells.
#include <Eigen/LU>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/transport/migration_path.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Lattice;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Lattice triclinic() {
    return Lattice::fromParameters(5.0, 6.0, 7.0, 75.0, 100.0, 115.0);
}

FreeEnergyGrid makeGrid(const GridShape& shape, const std::function<double(const Vec3&)>& value,
                        const Lattice& lattice = triclinic()) {
    FreeEnergyGrid grid{lattice, shape, {}};
    grid.values.resize(static_cast<std::size_t>(shape[0] * shape[1] * shape[2]));
    for (std::size_t i = 0; i < grid.size(); ++i)
        grid.values[i] = value(grid.fractional(i).v);
    return grid;
}

/// Barriers of A, B, C eV along a, b, c; the only minimum at `origin`.
FreeEnergyGrid washboard(double a, double b, double c, const GridShape& shape, const Vec3& origin) {
    const auto wave = [](double height, double f) {
        return 0.5 * height * (1.0 - std::cos(2.0 * units::pi * f));
    };
    return makeGrid(shape, [&](const Vec3& f) {
        return wave(a, f[0] - origin[0]) + wave(b, f[1] - origin[1]) + wave(c, f[2] - origin[2]);
    });
}

FreeEnergyGrid randomGrid(std::uint64_t seed, const GridShape& shape) {
    RandomStream random(seed);
    return makeGrid(shape, [&](const Vec3&) { return random.uniform(); });
}

/// A block of 5 × 5 × 5 cells without periodicity, searched by plain relaxation until nothing changes.
class Block {
  public:
    explicit Block(const FreeEnergyGrid& grid) : grid_(grid) {
        for (int axis = 0; axis < 3; ++axis)
            n_[axis] = grid.shape[static_cast<std::size_t>(axis)];
        extent_ = 5 * n_;
    }
    /// Lowest maximum (or least length among points up to `ceiling`) from a point of the middle cell to all
    /// points of the block.
    std::vector<double> relax(const IntVec3& start, double ceiling, bool length) const {
        std::vector<double> best(static_cast<std::size_t>(extent_.prod()), infinity);
        if (value(start + 2 * n_) > ceiling) return best;
        best[index(start + 2 * n_)] = length ? 0.0 : value(start + 2 * n_);
        std::vector<IntVec3> changed{start + 2 * n_};
        while (!changed.empty()) {
            std::vector<IntVec3> next;
            for (const IntVec3& p : changed) {
                for (int code = 0; code < 27; ++code) {
                    const IntVec3 step(code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1);
                    const IntVec3 q = p + step;
                    if ((q.array() < 0).any() || (q.array() >= extent_.array()).any()) continue;
                    if (value(q) > ceiling) continue;
                    const Vec3 f(step[0] / static_cast<double>(n_[0]), step[1] / static_cast<double>(n_[1]),
                                 step[2] / static_cast<double>(n_[2]));
                    const double reached = length ? best[index(p)] + grid_.lattice.toCartesian({f}).norm()
                                                  : std::max(best[index(p)], value(q));
                    if (!(reached < best[index(q)] - 1e-12)) continue;
                    best[index(q)] = reached;
                    next.push_back(q);
                }
            }
            changed = std::move(next);
        }
        return best;
    }
    /// Calls `visit(cell, value)` for every image of `start` that was reached.
    void images(const IntVec3& start, const std::vector<double>& best,
                const std::function<void(const IntVec3&, double)>& visit) const {
        for (int code = 0; code < 125; ++code) {
            const IntVec3 cell(code % 5 - 2, code / 5 % 5 - 2, code / 25 - 2);
            const IntVec3 image = start + (cell + IntVec3::Constant(2)).cwiseProduct(n_);
            if (best[index(image)] < infinity) visit(cell, best[index(image)]);
        }
    }
    double at(const std::vector<double>& best, const IntVec3& point) const {
        return best[index(point + 2 * n_)];
    }

  private:
    double value(const IntVec3& p) const { return grid_.at(p[0], p[1], p[2]); }
    std::size_t index(const IntVec3& p) const {
        return static_cast<std::size_t>(p[0] + extent_[0] * (p[1] + extent_[1] * p[2]));
    }
    const FreeEnergyGrid& grid_;
    IntVec3 n_, extent_;
};

/// Lowest maximum (or least length below a ceiling) of any way from any point to an image of it along `axis`.
double bruteLoop(const FreeEnergyGrid& grid, int axis, double ceiling, bool length) {
    const Block block(grid);
    double best = infinity;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const IntVec3 start = grid.point(i);
        block.images(start, block.relax(start, ceiling, length), [&](const IntVec3& cell, double reached) {
            if (cell[axis] != 0) best = std::min(best, reached);
        });
    }
    return best;
}

int bruteDimension(const FreeEnergyGrid& grid, double ceiling) {
    const Block block(grid);
    int rank = 0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const IntVec3 start = grid.point(i);
        Mat3 squares = Mat3::Zero();
        block.images(start, block.relax(start, ceiling, false), [&](const IntVec3& cell, double) {
            squares += cell.cast<double>() * cell.cast<double>().transpose();
        });
        rank = std::max(rank, static_cast<int>(Eigen::FullPivLU<Mat3>(squares).rank()));
    }
    return rank;
}

void checkIsWalkOnGrid(const MigrationPath& path, const FreeEnergyGrid& grid) {
    double length = 0.0, highest = -infinity;
    for (std::size_t i = 0; i < path.points.size(); ++i) {
        const auto& point = path.points[i];
        QVERIFY(std::abs(grid.interpolate(point.position) - point.energy) < 1e-9);
        highest = std::max(highest, point.energy);
        if (i == 0) continue;
        const Vec3 step = point.position.v - path.points[i - 1].position.v;
        for (int axis = 0; axis < 3; ++axis)
            QVERIFY(std::abs(step[axis]) * grid.shape[static_cast<std::size_t>(axis)] < 1.0 + 1e-9);
        length += grid.lattice.toCartesian({step}).norm();
        QVERIFY(std::abs(point.distance - length) < 1e-9);
    }
    QCOMPARE(path.highest(), highest);
    QVERIFY(std::abs(path.length - length) < 1e-9);
}

}  // namespace

class TestMigrationPaths : public QObject {
    Q_OBJECT

  private slots:
    void knownBarriersAndDimensions_data() {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("z");
        QTest::newRow("minimum in the middle") << 0.5 << 0.5 << 0.5;
        QTest::newRow("minimum at the corner") << 0.0 << 0.0 << 0.0;
        QTest::newRow("minimum by a face") << 0.9 << 0.25 << 0.125;
    }

    void knownBarriersAndDimensions() {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(double, z);
        const GridShape shape{20, 24, 16};
        const auto grid = washboard(0.2, 0.35, 0.6, shape, Vec3(x, y, z));
        const auto levels = percolationLevels(grid);
        const std::array<double, 3> barriers{0.2, 0.35, 0.6};
        for (int axis = 0; axis < 3; ++axis) {
            const auto k = static_cast<std::size_t>(axis);
            QVERIFY(std::abs(levels.axis[k].energy - barriers[k]) < 1e-12);
            QVERIFY(std::abs(levels.dimension[k].energy - barriers[k]) < 1e-12);
            for (const double temperature : {0.0, 900.0}) {
                const auto path = percolatingPath(grid, levels, axis, {temperature, 3.0});
                QVERIFY(path.has_value());
                QVERIFY(std::abs(path->barrier() - barriers[k]) < 1e-12);
                QCOMPARE(path->period, IntVec3(IntVec3::Unit(axis)));
                QCOMPARE(path->points.front().energy, path->lowest());
                QVERIFY((path->points.back().position.v - path->points.front().position.v -
                         Vec3(Vec3::Unit(axis)))
                            .norm() < 1e-12);
                checkIsWalkOnGrid(*path, grid);
                // The straight way is the shortest and the one along the valley.
                QVERIFY(std::abs(path->length - grid.lattice.lengths()[axis]) < 1e-9);
            }
        }
        QCOMPARE(levels.dimensionAt(0.19), 0);
        QCOMPARE(levels.dimensionAt(0.2 + 1e-9), 1);
        QCOMPARE(levels.dimensionAt(0.36), 2);
        QCOMPARE(levels.dimensionAt(0.61), 3);
    }

    void planesAndNetworks() {
        // A layer that conducts in two directions at once, and a cage around which everything conducts.
        const auto layer = percolationLevels(washboard(0.3, 0.3, 2.0, {12, 12, 12}, Vec3::Zero()));
        QCOMPARE(layer.dimensionAt(0.31), 2);
        const auto cage = makeGrid({8, 8, 8}, [](const Vec3& f) {
            return (f - Vec3::Constant(0.5)).cwiseAbs().maxCoeff() < 0.3 ? infinity : 0.1;
        });
        QCOMPARE(percolationLevels(cage).dimensionAt(0.1), 3);
    }

    void closedCellHasNoPath() {
        // Open between two faces, but shifted: what leaves on the right does not enter on the left.
        auto grid = makeGrid({8, 8, 4}, [](const Vec3&) { return infinity; });
        for (int i = 0; i < 8; ++i)
            grid.values[grid.index(i, i < 4 ? 1 : 4, 0)] = 0.0;
        grid.values[grid.index(3, 2, 0)] = grid.values[grid.index(3, 3, 0)] = 0.0;
        const auto levels = percolationLevels(grid);
        QCOMPARE(levels.dimensionAt(10.0), 0);
        for (int axis = 0; axis < 3; ++axis)
            QVERIFY(!percolatingPath(grid, axis).has_value());
        QVERIFY_EXCEPTION_THROWN(percolatingPath(grid, 3), InputError);
    }

    void channelThatClosesAfterTwoCells() {
        // A line of slope 1/2 through 8 × 8 points: it meets itself after two cells along a and one along b.
        auto grid = makeGrid({8, 8, 4}, [](const Vec3&) { return infinity; });
        for (int i = 0; i < 16; ++i)
            grid.values[grid.index(i % 8, i / 2 % 8, 1)] = i == 5 ? 0.4 : 0.1;
        const auto path = percolatingPath(grid, 0);
        QVERIFY(path.has_value());
        QCOMPARE(path->period, IntVec3(2, 1, 0));
        QVERIFY(std::abs(path->barrier() - 0.3) < 1e-12);
        checkIsWalkOnGrid(*path, grid);
        QCOMPARE(percolatingPath(grid, 1)->period, IntVec3(2, 1, 0));
        QVERIFY(!percolatingPath(grid, 2).has_value());
        QCOMPARE(percolationLevels(grid).dimensionAt(1.0), 1);
    }

    void randomGridsLikeTheExhaustiveSearch() {
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto grid = randomGrid(seed, {3, 4, 3});
            const auto levels = percolationLevels(grid);
            for (int axis = 0; axis < 3; ++axis) {
                const double expected = bruteLoop(grid, axis, infinity, false);
                const auto path = percolatingPath(grid, levels, axis);
                QVERIFY(path.has_value());
                QCOMPARE(path->highest(), expected);
                QCOMPARE(levels.axis[static_cast<std::size_t>(axis)].energy, expected);
                QVERIFY(path->period[axis] > 0);
                QVERIFY(std::abs(path->length - bruteLoop(grid, axis, expected, true)) < 1e-9);
                checkIsWalkOnGrid(*path, grid);
            }
            for (const double energy : {0.1, 0.2, 0.3, 0.5})
                QCOMPARE(levels.dimensionAt(energy), bruteDimension(grid, energy));
        }
    }

    void equalHeightsChangeNoMaximum() {
        // Five levels for 18 points: many ways have the same maximum, and one of them is found.
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            auto grid = randomGrid(seed, {3, 2, 3});
            for (double& value : grid.values)
                value = std::floor(5.0 * value) / 5.0;
            for (int axis = 0; axis < 3; ++axis)
                QCOMPARE(percolatingPath(grid, axis)->highest(), bruteLoop(grid, axis, infinity, false));
        }
    }

    void noSeamAtTheFaces() {
        const auto grid = randomGrid(77, {7, 6, 8});
        FreeEnergyGrid rolled = grid;
        for (std::size_t i = 0; i < grid.size(); ++i) {
            const IntVec3 p = grid.point(i);
            rolled.values[i] = grid.at(p[0] + 3, p[1] + 4, p[2] + 5);
        }
        for (int axis = 0; axis < 3; ++axis) {
            const auto one = percolatingPath(grid, axis), other = percolatingPath(rolled, axis);
            QCOMPARE(one->highest(), other->highest());
            QVERIFY(std::abs(one->length - other->length) < 1e-9);
        }
    }

    void leastResistanceFollowsTheValley() {
        // A valley that meanders with ridges beside it: the shortest way below the saddle cuts its corners.
        const auto grid = makeGrid({32, 32, 4}, [](const Vec3& f) {
            const double bend = 0.15 * std::sin(2.0 * units::pi * f[0]);
            const double d = f[1] - 0.5 - bend;
            const double along = 0.3 * std::exp(-200.0 * (f[0] - 0.5) * (f[0] - 0.5));
            return 20.0 * d * d + along + 2.0 * (1.0 - std::cos(2.0 * units::pi * f[2]));
        });
        const auto straight = percolatingPath(grid, 0, {0.0, 3.0});
        const auto valley = percolatingPath(grid, 0, {300.0, 3.0});
        QCOMPARE(straight->highest(), valley->highest());
        QVERIFY(valley->length > straight->length);
        const auto mean = [](const MigrationPath& path) {
            double sum = 0.0;
            for (const auto& point : path.points)
                sum += point.energy;
            return sum / static_cast<double>(path.points.size());
        };
        QVERIFY(mean(*valley) < mean(*straight));
    }

    void pathsBetweenPlaces() {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            const auto grid = randomGrid(seed, {3, 4, 3});
            const Block block(grid);
            const IntVec3 from(1, 1, 2), to(4, -1, 3);
            const auto fractional = [&](const IntVec3& p) {
                return crystal::Fractional{Vec3(p[0] / 3.0, p[1] / 4.0, p[2] / 3.0)};
            };
            // A margin so wide that the ellipsoid holds all that the block holds where it matters.
            const auto path = pathBetween(grid, fractional(from), fractional(to), {0.0, 4.0});
            const double expected = block.at(block.relax(from, infinity, false), to);
            QVERIFY(path.has_value());
            QCOMPARE(path->highest(), expected);
            QVERIFY(std::abs(path->length - block.at(block.relax(from, expected, true), to)) < 1e-9);
            QVERIFY((path->points.back().position.v - fractional(to).v).norm() < 1e-12);
            checkIsWalkOnGrid(*path, grid);
        }
    }

    void hopIntoTheNextCell() {
        const auto grid = washboard(0.2, 0.35, 0.6, {20, 24, 16}, Vec3::Zero());
        const auto hop = pathBetween(grid, {Vec3::Zero()}, {Vec3(0, -1, 0)}, {900.0, 2.0});
        QVERIFY(std::abs(hop->barrier() - 0.35) < 1e-12);
        QVERIFY(std::abs(hop->barrierFromStart() - 0.35) < 1e-12);
        QCOMPARE(hop->points[hop->bottleneck].position.v, Vec3(0, -0.5, 0));
        const auto nowhere = pathBetween(grid, {Vec3::Zero()}, {Vec3::Zero()});
        QCOMPARE(nowhere->points.size(), std::size_t(1));
        QCOMPARE(nowhere->barrier(), 0.0);
    }

    void narrowMarginOrWallsLeaveNoWay() {
        const auto wall = makeGrid({16, 16, 16}, [](const Vec3& f) {
            return std::abs(f[0] - 0.5) < 0.04 && std::abs(f[1] - 0.5) < 0.2 ? infinity : 0.0;
        });
        const crystal::Fractional left{Vec3(0.375, 0.5, 0.5)}, right{Vec3(0.625, 0.5, 0.5)};
        QVERIFY(!pathBetween(wall, left, right, {0.0, 0.2}).has_value());
        QVERIFY(pathBetween(wall, left, right, {0.0, 3.0}).has_value());
        QVERIFY_EXCEPTION_THROWN(pathBetween(wall, left, right, {-1.0, 3.0}), InputError);
        QVERIFY_EXCEPTION_THROWN(pathBetween(wall, left, right, {0.0, -3.0}), InputError);
        QVERIFY_EXCEPTION_THROWN(pathBetween(wall, left, {Vec3(1e12, 0, 0)}), InputError);
    }

    void gridsOfOnePointAreOpen() {
        const auto point = makeGrid({1, 1, 1}, [](const Vec3&) { return 0.5; });
        QCOMPARE(percolationLevels(point).dimensionAt(0.5), 3);
        QCOMPARE(percolatingPath(point, 2)->period, IntVec3(0, 0, 1));
        auto broken = point;
        broken.values[0] = std::nan("");
        QVERIFY_EXCEPTION_THROWN(percolationLevels(broken), InputError);
    }
};

QTEST_APPLESS_MAIN(TestMigrationPaths)
#include "test_migration_paths.moc"
