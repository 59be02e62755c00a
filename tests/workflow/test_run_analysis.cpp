// SPDX-License-Identifier: GPL-3.0-or-later
// Analysis of trajectories whose answers are known.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/trajectory/h5md.h"
#include "core/workflow/run.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

constexpr double edge = 30.0;

/// Lithium atoms beside two tetrahedra; the second one can have a corner pulled off.
crystal::Structure model(int lithium, double fourthBond) {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(edge * Mat3::Identity()));
    for (int i = 0; i < lithium; ++i)
        s.append(crystal::Element::fromSymbol("Li"), Vec3(15, 1.0 + 2.0 * (i % 14), 2.0 * (i / 14)));
    const Vec3 corners[4] = {Vec3(1, 1, 1), Vec3(1, -1, -1), Vec3(-1, 1, -1), Vec3(-1, -1, 1)};
    for (const auto& [symbol, centre] :
         {std::pair{"P", Vec3(0.2, 0.2, 0.2)}, std::pair{"Si", Vec3(6, 6, 25)}}) {
        s.append(crystal::Element::fromSymbol(symbol), centre);
        for (int k = 0; k < 4; ++k) {
            const double bond = symbol[0] == 'S' && k == 3 ? fourthBond : 1.6;
            s.append(crystal::Element::fromSymbol("O"), centre + bond / std::sqrt(3.0) * corners[k]);
        }
    }
    return s;
}

/// A run in which lithium walks at random with `stepWidth` (Å per axis and frame), everything else rests and
/// all drifts.
std::filesystem::path writeWalk(const QTemporaryDir& folder, int frames, double stepWidth,
                                double fourthBond = 1.6) {
    const std::filesystem::path file = folder.filePath("walk.h5").toStdString();
    trajectory::H5mdWriter writer(file, trajectory::H5mdWriter::Mode::Create, true);
    const auto structure = model(200, fourthBond);
    writer.begin(structure);
    trajectory::Frame frame;
    frame.lattice = structure.lattice;
    frame.positions = structure.positions;
    frame.temperature = 600.0;
    frame.potentialEnergy = -42.0;
    RandomStream random(4, "walk");
    for (int f = 0; f < frames; ++f) {
        frame.step = 10 * f;
        frame.timeFs = 20.0 * f;
        writer.write(frame);
        frame.positions.colwise() += Vec3(0.3, 0.0, -0.1);
        for (int i = 0; i < 200; ++i)
            for (int k = 0; k < 3; ++k)
                frame.positions(k, i) += stepWidth * random.normal();
    }
    writer.flush();
    return file;
}

}  // namespace

class TestRunAnalysis : public QObject {
    Q_OBJECT

  private slots:
    void randomWalkGivesItsDiffusion();
    void brokenPolyhedraAreCounted();
    void shortRunsHaveNoDiffusion();
    void badInputIsRefused();
    void jsonIsComplete();
};

void TestRunAnalysis::randomWalkGivesItsDiffusion() {
    const QTemporaryDir folder;
    const auto summary = analyzeRun(writeWalk(folder, 400, 0.2), "Li", std::nullopt);
    QVERIFY(summary.diffusion.has_value());
    // D = w²/(2 Δt) per axis; Å²/fs is 0.1 cm²/s.
    const double expected = 0.2 * 0.2 / (2.0 * 20.0) * 0.1;
    const auto& d = *summary.diffusion;
    QVERIFY2(std::abs(d.coefficient - expected) < 4.0 * d.error,
             qPrintable(QString::number(d.coefficient / expected)));
    QVERIFY(d.error < 0.15 * expected);
    // Nernst–Einstein in SI units, by hand.
    const double e = 1.602176634e-19, k = 1.380649e-23;
    const double siemensPerMetre =
        200.0 * e * e * d.coefficient * 1e-4 / (std::pow(edge * 1e-10, 3) * k * 600.0);
    QVERIFY(std::abs(summary.conductivity / (siemensPerMetre * 10.0) - 1.0) < 1e-6);
    // The drift of the whole cell is no diffusion: the framework rests.
    QVERIFY(summary.msdValue.at("O") < 1e-12);
    QVERIFY(summary.msdValue.at("P") < 1e-12);
    QCOMPARE(summary.steps, std::int64_t(3990));
    QVERIFY(std::abs(summary.simulatedPs - 7.98) < 1e-12);
    QVERIFY(std::abs(summary.meanTemperature - 600.0) < 1e-9);
    QVERIFY(std::abs(summary.volume - edge * edge * edge) < 1e-6);
    QVERIFY(std::abs(summary.energyPerAtom + 42.0 / 210.0) < 1e-12);
    QCOMPARE(summary.atoms, std::size_t(210));
}

void TestRunAnalysis::brokenPolyhedraAreCounted() {
    const QTemporaryDir folder;
    QCOMPARE(analyzeRun(writeWalk(folder, 5, 0.0), "Li", std::nullopt).brokenPolyhedra, 0);
    QCOMPARE(analyzeRun(writeWalk(folder, 5, 0.0, 2.05), "Li", std::nullopt).brokenPolyhedra, 0);
    QCOMPARE(analyzeRun(writeWalk(folder, 5, 0.0, 2.15), "Li", std::nullopt).brokenPolyhedra, 1);
}

void TestRunAnalysis::shortRunsHaveNoDiffusion() {
    const QTemporaryDir folder;
    const auto one = analyzeRun(writeWalk(folder, 1, 0.1), "Li", std::nullopt);
    QVERIFY(!one.diffusion && one.msdValue.empty());
    const auto three = analyzeRun(writeWalk(folder, 3, 0.1), "Li", std::nullopt);
    QVERIFY(!three.diffusion && three.msdValue.count("Li") == 1);
    QVERIFY_EXCEPTION_THROWN(analyzeRun(writeWalk(folder, 3, 0.1), "Li", transport::FitWindow{0.0, 40.0}),
                             InputError);
    QVERIFY_EXCEPTION_THROWN(analyzeRun(writeWalk(folder, 1, 0.1), "Li", transport::FitWindow{0.0, 40.0}),
                             InputError);
}

void TestRunAnalysis::badInputIsRefused() {
    const QTemporaryDir folder;
    QVERIFY_EXCEPTION_THROWN(analyzeRun(folder.filePath("none.h5").toStdString(), "Li", std::nullopt),
                             IoError);
    QVERIFY_EXCEPTION_THROWN(analyzeRun(writeWalk(folder, 5, 0.1), "Na", std::nullopt), InputError);
    QVERIFY_EXCEPTION_THROWN(analyzeRun(writeWalk(folder, 5, 0.1), "Xx", std::nullopt), InputError);
    QVERIFY_EXCEPTION_THROWN(analyzeRun(writeWalk(folder, 0, 0.1), "Li", std::nullopt), InputError);
    QVERIFY_EXCEPTION_THROWN(storedSpec(writeWalk(folder, 5, 0.1)), InputError);
}

void TestRunAnalysis::jsonIsComplete() {
    const QTemporaryDir folder;
    const auto json =
        nlohmann::json::parse(toJson(analyzeRun(writeWalk(folder, 50, 0.2), "Li", std::nullopt)));
    QCOMPARE(json.at("atoms").get<int>(), 210);
    QVERIFY(json.at("diffusion").at("coefficient_cm2_per_s").get<double>() > 0.0);
    QVERIFY(json.at("conductivity_mS_per_cm").get<double>() > 0.0);
    QVERIFY(json.at("msd_value_A2").at("Li").get<double>() > 0.0);
    QCOMPARE(json.at("broken_polyhedra").get<int>(), 0);
}

QTEST_APPLESS_MAIN(TestRunAnalysis)
#include "test_run_analysis.moc"
