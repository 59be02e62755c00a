// SPDX-License-Identifier: GPL-3.0-or-later
// Sites from densities: harmonic wells with known places and widths, noise, persistence, Voronoi cells.
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/transport/sites.h"

using namespace ionscape;
using namespace ionscape::transport;
using crystal::Lattice;

namespace {

Lattice triclinic() {
    return Lattice::fromParameters(8.0, 9.0, 10.0, 75.0, 100.0, 115.0);
}

struct Well {
    Vec3 fractional;
    int ionsPerTen;  ///< of ten ions those that sit here
    double sigma;    ///< Å along each axis
};

const std::vector<Well>& wells() {
    static const std::vector<Well> list{
        {Vec3(0.01, 0.99, 0.0), 5, 0.30}, {Vec3(0.5, 0.4, 0.1), 3, 0.25}, {Vec3(0.3, 0.8, 0.6), 2, 0.35}};
    return list;
}

DensityGrid sampledWells(const Lattice& lattice, int frames, double background = 0.0) {
    RandomStream random(11);
    DensityAccumulator accumulator(gridShape(lattice, 0.25));
    VectorField ions(3, 10);
    for (int t = 0; t < frames; ++t) {
        Eigen::Index ion = 0;
        for (const Well& well : wells()) {
            for (int n = 0; n < well.ionsPerTen; ++n, ++ion) {
                const Vec3 r(well.sigma * random.normal(), well.sigma * random.normal(),
                             well.sigma * random.normal());
                ions.col(ion) = well.fractional + lattice.toFractional(r).v;
                if (random.uniform() < background)
                    ions.col(ion) = Vec3(random.uniform(), random.uniform(), random.uniform());
            }
        }
        accumulator.add(lattice, ions);
    }
    return accumulator.density();
}

double distance(const Lattice& lattice, const Vec3& a, const Vec3& b) {
    return lattice.minimumImage(lattice.toCartesian({a - b})).norm();
}

DensityGrid randomDensity(std::uint64_t seed, const GridShape& shape) {
    RandomStream random(seed);
    DensityGrid grid{triclinic(), shape, {}};
    grid.values.resize(static_cast<std::size_t>(shape[0] * shape[1] * shape[2]));
    for (double& value : grid.values)
        value = std::exp(3.0 * random.uniform());
    return grid;
}

std::vector<std::size_t> neighboursOf(const DensityGrid& grid, std::size_t voxel) {
    std::vector<std::size_t> list;
    const IntVec3 p = grid.point(voxel);
    const auto wrap = [](int i, int n) { return (i + n) % n; };
    for (int code = 0; code < 27; ++code) {
        if (code == 13) continue;
        list.push_back(grid.index(wrap(p[0] + code % 3 - 1, grid.shape[0]),
                                  wrap(p[1] + code / 3 % 3 - 1, grid.shape[1]),
                                  wrap(p[2] + code / 9 - 1, grid.shape[2])));
    }
    return list;
}

/// Highest pass from `start` to any voxel that is denser, by relaxation over the whole grid.
double highestPassUpward(const DensityGrid& grid, std::size_t start) {
    std::vector<double> pass(grid.size(), 0.0);
    pass[start] = grid.values[start];
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < grid.size(); ++i) {
            for (const std::size_t j : neighboursOf(grid, i)) {
                const double through = std::min(pass[j], grid.values[i]);
                if (through <= pass[i]) continue;
                pass[i] = through;
                changed = true;
            }
        }
    }
    double best = 0.0;
    for (std::size_t i = 0; i < grid.size(); ++i) {
        if (grid.values[i] > grid.values[start]) best = std::max(best, pass[i]);
    }
    return best;
}

}  // namespace

class TestSites : public QObject {
    Q_OBJECT

  private slots:
    void harmonicWellsAreFound() {
        const double smoothing = 0.2;
        const auto raw = sampledWells(triclinic(), 4000);
        SiteSettings settings;
        settings.smoothing = smoothing;
        const auto map = findSites(smoothed(raw, smoothing), settings);
        QCOMPARE(map.sites.size(), std::size_t(3));
        QVERIFY(map.unassigned < 1e-3);
        for (std::size_t s = 0; s < 3; ++s) {
            const Site& site = map.sites[s];
            const Well& well = wells()[s];  // both sorted by occupancy
            QVERIFY(distance(triclinic(), site.centre.v, well.fractional) < 0.02);
            QVERIFY(std::abs(site.occupancy - well.ionsPerTen) < 0.01);
            // A voxel of 0.25 Å spreads each axis by 0.25²/12.
            const double width = std::sqrt(3.0 * (well.sigma * well.sigma + 0.0625 / 12.0));
            QVERIFY(std::abs(site.amplitude - width) < 0.03 * width);
            QCOMPARE(site.label, std::to_string(s + 1));
            QVERIFY(site.coreRadius > 0.0);
            for (const double f : site.centre.v)
                QVERIFY(f >= 0.0 && f < 1.0);
        }
    }

    void noiseMakesNoSites() {
        // A tenth of the time anywhere: the background must neither add sites nor join the wells.
        const auto map = findSites(smoothed(sampledWells(triclinic(), 4000, 0.1), 0.3));
        QCOMPARE(map.sites.size(), std::size_t(3));
        // Nothing but background: one flat basin.
        const auto flat = findSites(smoothed(sampledWells(triclinic(), 4000, 1.0), 0.5));
        QCOMPARE(flat.sites.size(), std::size_t(1));
        QVERIFY(std::abs(flat.sites[0].occupancy - 10.0) < 0.1);
    }

    void prominenceDecidesWhatIsOneSite() {
        // Two Gaussians 1.2 Å apart along x; the valley between them follows from the formula.
        const Lattice cell(Mat3(Mat3::Identity() * 8.0));
        const auto value = [](const Vec3& r, double x) {
            return std::exp(-0.5 * (r - Vec3(x, 4.0, 4.0)).squaredNorm() / (0.4 * 0.4));
        };
        DensityGrid grid{cell, {80, 80, 80}, {}};
        grid.values.resize(512000);
        for (std::size_t i = 0; i < grid.size(); ++i) {
            const Vec3 r = cell.toCartesian(grid.fractional(i));
            grid.values[i] = value(r, 3.4) + value(r, 4.6);
        }
        const double valley = std::log(grid.at(34, 40, 40) / grid.at(40, 40, 40));
        SiteSettings settings;
        settings.prominence = 0.9 * valley;
        const auto two = findSites(grid, settings);
        QCOMPARE(two.sites.size(), std::size_t(2));
        // The plane of voxels half way, a tenth of all ions, falls to one of the two.
        QVERIFY(std::abs(two.sites[0].occupancy - two.sites[1].occupancy) < 0.12 * two.sites[0].occupancy);
        settings.prominence = 1.1 * valley;
        const auto one = findSites(grid, settings);
        QCOMPARE(one.sites.size(), std::size_t(1));
        QCOMPARE(one.sites[0].merged, 2);
        QVERIFY(distance(cell, one.sites[0].centre.v, Vec3::Constant(0.5)) < 0.02);
        settings.minimumOccupancy = 1e6;
        QVERIFY(findSites(grid, settings).sites.empty());
    }

    void persistenceIsThatOfTheExhaustiveSearch() {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto grid = randomDensity(seed, {6, 5, 7});
            for (const double prominence : {0.0, 0.2, 0.5}) {
                std::size_t expected = 0;
                for (std::size_t i = 0; i < grid.size(); ++i) {
                    const auto around = neighboursOf(grid, i);
                    const bool peak = std::all_of(around.begin(), around.end(), [&](std::size_t j) {
                        return grid.values[j] < grid.values[i];
                    });
                    if (peak && grid.values[i] >= std::exp(prominence) * highestPassUpward(grid, i))
                        ++expected;
                }
                const auto map = findSites(grid, {prominence, 0.0, 0.0});
                QCOMPARE(map.sites.size(), expected);
                double sum = map.unassigned;
                int merged = 0;
                for (const Site& site : map.sites) {
                    sum += site.occupancy;
                    merged += site.merged;
                }
                QVERIFY(std::abs(sum - grid.integral()) < 1e-9 * sum);
                if (prominence == 0.0) QCOMPARE(merged, static_cast<int>(expected));
            }
        }
    }

    void knownSitesOwnTheirVoronoiCells() {
        RandomStream random(5);
        std::vector<KnownSite> known;
        for (int n = 0; n < 9; ++n) {
            known.push_back({n < 4 ? "A" : "B",
                             {Vec3(3.0 * random.uniform() - 1.0, random.uniform(), random.uniform())}});
        }
        const auto grid = randomDensity(3, {12, 13, 14});
        for (const double reach : {1.5, 30.0}) {
            const auto map = measureSites(grid, known, reach);
            std::vector<double> occupancy(known.size(), 0.0);
            for (std::size_t i = 0; i < grid.size(); ++i) {
                std::int32_t nearest = -1;
                double least = reach;
                for (std::size_t s = 0; s < known.size(); ++s) {
                    const double d = distance(grid.lattice, grid.fractional(i).v, known[s].position.v);
                    if (d >= least) continue;
                    least = d;
                    nearest = static_cast<std::int32_t>(s);
                }
                QCOMPARE(map.basin[i], nearest);
                if (nearest >= 0)
                    occupancy[static_cast<std::size_t>(nearest)] += grid.values[i] * grid.voxelVolume();
            }
            double assigned = 0.0;
            for (std::size_t s = 0; s < known.size(); ++s) {
                QVERIFY(std::abs(map.sites[s].occupancy - occupancy[s]) < 1e-9);
                QCOMPARE(map.sites[s].group, s < 4 ? 0 : 1);
                assigned += occupancy[s];
            }
            QVERIFY(std::abs(map.unassigned - (grid.integral() - assigned)) < 1e-8);
            QVERIFY((map.unassigned > 1.0) == (reach < 2.0));
        }
    }

    void coresNeverOverlap() {
        auto sites = findSites(smoothed(sampledWells(triclinic(), 300), 0.2)).sites;
        sites[0].amplitude = 20.0;
        setCoreRadii(sites, triclinic());
        for (std::size_t i = 0; i < sites.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                QVERIFY(sites[i].coreRadius + sites[j].coreRadius <
                        distance(triclinic(), sites[i].centre.v, sites[j].centre.v));
            }
            QVERIFY(2.0 * sites[i].coreRadius < triclinic().shortestVector());
        }
        setCoreRadii(sites, triclinic(), 0.5);
        QCOMPARE(sites[2].coreRadius, 0.5);
    }

    void likeSitesAreGrouped() {
        // Corner and face centres of a cube are four equal sites; a body centre sets the faces apart.
        const Lattice cell(Mat3(Mat3::Identity() * 6.0));
        std::vector<Site> sites(5);
        sites[1].centre = {Vec3(0.5, 0.5, 0.0)};
        sites[2].centre = {Vec3(0.5, 0.0, 0.5)};
        sites[3].centre = {Vec3(0.0, 0.5, 0.5)};
        sites[4].centre = {Vec3(0.5, 0.5, 0.5)};
        groupSites(sites, cell);
        const std::vector<int> expected{0, 1, 1, 1, 2};
        for (std::size_t s = 0; s < 5; ++s)
            QCOMPARE(sites[s].group, expected[s]);
        sites.pop_back();
        groupSites(sites, cell);
        for (const Site& site : sites)
            QCOMPARE(site.group, 0);
        sites[2].occupancy = 0.4;
        groupSites(sites, cell);
        QCOMPARE(sites[2].group, 1);
        QCOMPARE(sites[3].group, 0);
    }

    void nonsenseIsRefused() {
        const auto grid = randomDensity(1, {4, 4, 4});
        QVERIFY_EXCEPTION_THROWN(findSites(grid, {-1.0, 0.0, 0.0}), InputError);
        QVERIFY_EXCEPTION_THROWN(findSites(grid, {1.0, -1.0, 0.0}), InputError);
        auto bad = grid;
        bad.values[3] = std::nan("");
        QVERIFY_EXCEPTION_THROWN(findSites(bad), InputError);
        QVERIFY_EXCEPTION_THROWN(measureSites(grid, {}), InputError);
        const std::vector<KnownSite> twice{{"A", {Vec3(0, 0, 0)}}, {"B", {Vec3(1, 1, 1)}}};
        QVERIFY_EXCEPTION_THROWN(measureSites(grid, twice), InputError);
        QVERIFY_EXCEPTION_THROWN(measureSites(grid, {{"A", {Vec3(0, 0, 0)}}}, 0.0), InputError);
    }
};

QTEST_APPLESS_MAIN(TestSites)
#include "test_sites.moc"
