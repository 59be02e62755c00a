// SPDX-License-Identifier: GPL-3.0-or-later
// Ends of hops as they happened in a trajectory, and the path between two wells whose barrier is known.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/io/structure_file.h"
#include "core/workflow/hop_path.h"
#include "tests/dynamics/analytic_potentials.h"
#include "tests/transport/channel_run.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// One particle: h((x/a)² − 1)² + ½k(y² + z²) about the middle of its box; a barrier of h between x = ±a.
class DoubleWell final : public potential::Potential {
  public:
    static constexpr double h = 0.31, a = 1.2, k = 3.0;
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& s, const potential::Request&) override {
        potential::Evaluation e;
        const Vec3 r = Vec3(s.positions.col(0)) - Vec3::Constant(8.0);
        const double u = r.x() / a;
        e.energy = h * std::pow(u * u - 1.0, 2) + 0.5 * k * (r.y() * r.y() + r.z() * r.z());
        e.forces.resize(3, 1);
        e.forces.col(0) = -Vec3(4.0 * h * u * (u * u - 1.0) / a, k * r.y(), k * r.z());
        return e;
    }

  private:
    potential::PotentialInfo info_;
};

crystal::Structure particle(const Vec3& place) {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(16.0 * Mat3::Identity()));
    s.append(crystal::Element::fromSymbol("Li"), Vec3::Constant(8.0) + place);
    return s;
}

HopSettings tight() {
    HopSettings settings;
    settings.neb.images = 5;
    settings.neb.forceTolerance = 2e-3;
    return settings;
}

}  // namespace

class TestHopPath : public QObject {
    Q_OBJECT

  private slots:
    void theEndsAreThoseOfAJumpThatWasSeen() {
        const auto run = testing::channelRun(3, 2, 3000);
        NoProgress quiet;
        const auto found =
            transport::analysePathways(transport::sourceOf(run.initial, run.frames), {}, {}, quiet);
        QVERIFY(!found.hops.empty());
        const auto li = crystal::Element::fromSymbol("Li");
        const auto frameAt = [&](std::int64_t index) {
            return run.frames.at(static_cast<std::size_t>(index));
        };
        for (const auto& hop : found.hops) {
            const auto ends = hopEnds(found, hop, run.initial, frameAt, li, true);
            QVERIFY(ends.atom < 2);
            // The framework tells how far everything has drifted.
            const auto index = static_cast<std::size_t>(std::llround(ends.timeFs / 20.0));
            const auto& cell = ends.start.lattice;
            const Vec3 drift = cell.toFractional(ends.start.position(2)).v -
                               run.frames.front().lattice.toFractional(run.initial.position(2)).v;
            QCOMPARE(run.frames.at(index).timeFs, ends.timeFs);
            const auto apart = [&](const Vec3& place, int site) {
                const Vec3 centre = found.siteMap.sites.at(static_cast<std::size_t>(site)).centre.v + drift;
                return cell.minimumImage(place - cell.toCartesian({centre})).norm();
            };
            QVERIFY(apart(ends.end.position(ends.atom), hop.to) < 1e-3);
            QVERIFY(apart(ends.start.position(ends.atom), hop.from) < 1.25);
            for (std::size_t other = 0; other < ends.start.size(); ++other)
                if (other != ends.atom) QVERIFY(ends.start.position(other) == ends.end.position(other));
            const double clear =
                cell.minimumImage(ends.start.position(1 - ends.atom) - ends.end.position(ends.atom)).norm();
            QVERIFY(std::abs(clear - ends.clearance) < 1e-9);
        }
        transport::HopRate never = found.hops.front();
        never.translation = IntVec3(5, 5, 5);
        QVERIFY_EXCEPTION_THROWN(hopEnds(found, never, run.initial, frameAt, li, true), InputError);
    }

    void theBarrierBetweenTwoWells() {
        DoubleWell potential;
        NoProgress quiet;
        // Neither end is at rest.
        const auto ends = hopEnds(particle({-1.0, 0.1, 0.0}), 0, Vec3(9.3, 7.9, 8.1));
        QVERIFY(std::isinf(ends.clearance));
        int seen = 0;
        const auto path = findHopPath(ends.start, ends.end, potential, tight(), {}, quiet,
                                      [&](const dynamics::NebPath&) { ++seen; });
        QVERIFY(path.converged && path.climbed);
        QVERIFY(seen > 0);
        QCOMPARE(path.images.size(), std::size_t(7));
        QVERIFY2(std::abs(path.forwardBarrier() - DoubleWell::h) < 1e-4,
                 qPrintable(QString::number(path.forwardBarrier())));
        QVERIFY(std::abs(path.backwardBarrier() - DoubleWell::h) < 1e-4);
        QVERIFY(std::abs(path.images.front().position(0).x() - (8.0 - DoubleWell::a)) < 1e-2);
        QVERIFY(std::abs(path.images[path.highest()].position(0).x() - 8.0) < 1e-2);

        QTemporaryDir folder;
        const std::string file = folder.filePath("hop.extxyz").toStdString();
        writeHopPath(file, path);
        const auto frames = io::readStructures(file);
        QCOMPARE(frames.size(), path.images.size());
        QVERIFY(std::abs(*frames[3].energy - path.energies[3]) < 1e-6);
        const auto lines = QString::fromStdString(hopPathCsv(path)).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 8);
        QVERIFY(lines.front().startsWith("image,distance_A,energy_eV"));
        int climbing = 0;
        for (int i = 1; i < lines.size(); ++i)
            climbing += lines[i].endsWith(",1");
        QCOMPARE(climbing, 1);
    }

    void endsThatFallIntoOneWell() {
        DoubleWell potential;
        NoProgress quiet;
        const auto start = particle({-1.3, 0.0, 0.0}), end = particle({-0.8, 0.3, 0.0});
        QVERIFY_EXCEPTION_THROWN(findHopPath(start, end, potential, tight(), {}, quiet), ConvergenceError);
        auto hurried = tight();
        hurried.relaxSteps = 1;
        QVERIFY_EXCEPTION_THROWN(findHopPath(start, particle({1.0, 0, 0}), potential, hurried, {}, quiet),
                                 ConvergenceError);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            findHopPath(start, particle({1.0, 0, 0}), potential, tight(), stop.get_token(), quiet),
            Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestHopPath)
#include "test_hop_path.moc"
