// SPDX-License-Identifier: GPL-3.0-or-later
// The main job as a whole: what is stored, what is shown live, cancelling and continuing.
#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/version.h"
#include "core/composition/host.h"
#include "core/io/structure_file.h"
#include "core/trajectory/h5md.h"
#include "core/workflow/run.h"
#include "untrained_model.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// Keeps everything; requests a stop at chosen moments.
class Recorder final : public RunObserver {
  public:
    void structureBuilt(const crystal::Structure& s) override { built.push_back(s); }
    void relaxStep(const dynamics::RelaxStep& step) override {
        if (step.step == stopAtRelaxStep) stop.request_stop();
    }
    void relaxed(const dynamics::RelaxResult& r) override { relaxations.push_back(r); }
    void frame(const trajectory::Frame& f) override {
        frames.push_back(f);
        if (f.step == stopAtStep) stop.request_stop();
    }
    std::vector<crystal::Structure> built;
    std::vector<dynamics::RelaxResult> relaxations;
    std::vector<trajectory::Frame> frames;
    std::stop_source stop;
    int stopAtRelaxStep = -1;
    std::int64_t stopAtStep = -1;
};

bool identical(const trajectory::Frame& a, const trajectory::Frame& b) {
    return a.step == b.step && a.timeFs == b.timeFs && a.positions == b.positions &&
           a.velocities == b.velocities && a.potentialEnergy == b.potentialEnergy &&
           a.temperature == b.temperature && a.lattice.rows() == b.lattice.rows();
}

bool identical(const std::vector<trajectory::Frame>& a, const std::vector<trajectory::Frame>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const auto& x, const auto& y) { return identical(x, y); });
}

RunSummary run(const RunSpec& spec, Recorder& recorder) {
    NoProgress progress;
    return runJob(spec, recorder.stop.get_token(), progress, recorder);
}

RunSummary resume(const std::filesystem::path& file, Recorder& recorder, std::optional<double> totalPs = {}) {
    NoProgress progress;
    return resumeJob(file, totalPs, recorder.stop.get_token(), progress, recorder);
}

}  // namespace

class TestRun : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void storesWhatItShows();
    void manifestSaysEverything();
    void cancelledDynamicsContinueExactly_data();
    void cancelledDynamicsContinueExactly();
    void cancelledRelaxationContinues();
    void cancelledEquilibrationContinues();
    void finishedRunCanBeMadeLonger();
    void structureFileIsUsed();
    void badInputTouchesNoFile_data();
    void badInputTouchesNoFile();
    void anotherPotentialIsRefused();

  private:
    RunSpec spec(const QString& name) const;
    QTemporaryDir folder_;
};

void TestRun::initTestCase() {
    testing::writeUntrainedModel(folder_.filePath("model.h5").toStdString(), 1);
    testing::writeUntrainedModel(folder_.filePath("other.h5").toStdString(), 2);
}

RunSpec TestRun::spec(const QString& name) const {
    RunSpec s;
    s.formula = "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12";
    s.potential = folder_.filePath("model.h5").toStdString();
    s.output = folder_.filePath(name).toStdString();
    s.relaxSettings.maxSteps = 3;
    s.md.temperature = 300.0;
    s.md.steps = 12;
    s.md.frameInterval = 2;
    s.md.flushInterval = 4;
    s.md.runawayFactor = 50.0;  // the untrained model pushes as it likes
    s.threads = 1;
    return s;
}

void TestRun::storesWhatItShows() {
    Recorder live;
    const auto s = spec("a.h5");
    const auto summary = run(s, live);
    const trajectory::H5mdReader reader(s.output);
    QCOMPARE(live.frames.size(), std::size_t(7));
    QVERIFY(identical(live.frames, reader.readAll()));
    QCOMPARE(live.built.size(), std::size_t(1));
    QVERIFY(reader.structure("initial")->positions == live.built.front().positions);
    QCOMPARE(reader.structure("initial")->siteLabels, live.built.front().siteLabels);
    QCOMPARE(live.relaxations.size(), std::size_t(1));
    QVERIFY(reader.structure("relaxed")->positions == live.relaxations.front().structure.positions);
    QVERIFY(live.frames.front().positions == live.relaxations.front().structure.positions);
    QCOMPARE(QString::fromStdString(reader.results()), QString::fromStdString(toJson(summary)));
    QCOMPARE(summary.steps, std::int64_t(12));
    QCOMPARE(summary.relaxed, live.relaxations.front().converged);
    QCOMPARE(summary.energyPerAtom, live.relaxations.front().energy / static_cast<double>(summary.atoms));
}

void TestRun::manifestSaysEverything() {
    Recorder live;
    auto s = spec("manifest.h5");
    s.relax = false;
    s.md.steps = 1;
    run(s, live);
    QVERIFY(live.relaxations.empty());
    const auto json = nlohmann::json::parse(trajectory::H5mdReader(s.output).manifest());
    QCOMPARE(json.at("version").get<std::string>(), std::string(versionString()));
    QCOMPARE(json.at("atoms").get<std::size_t>(), live.built.front().size());
    QVERIFY(QDateTime::fromString(QString::fromStdString(json.at("created")), Qt::ISODate).isValid());
    QCOMPARE(json.at("potential").at("name").get<std::string>(), std::string("untrained"));
    QFile model(folder_.filePath("model.h5"));
    QVERIFY(model.open(QIODevice::ReadOnly));
    const auto sum =
        QCryptographicHash::hash(model.readAll(), QCryptographicHash::Sha256).toHex().toStdString();
    QCOMPARE(json.at("potential").at("sha256").get<std::string>(), sum);
    QVERIFY(!json.contains("relaxation"));
    const auto back = storedSpec(s.output);
    QCOMPARE(back.formula, s.formula);
    QCOMPARE(back.seed, s.seed);
}

void TestRun::cancelledDynamicsContinueExactly_data() {
    QTest::addColumn<int>("thermostat");
    QTest::addColumn<int>("stopAt");
    QTest::newRow("langevin at a frame") << static_cast<int>(dynamics::Thermostat::Langevin) << 6;
    QTest::newRow("langevin at the first frame") << static_cast<int>(dynamics::Thermostat::Langevin) << 0;
    QTest::newRow("berendsen") << static_cast<int>(dynamics::Thermostat::Berendsen) << 4;
    QTest::newRow("bussi") << static_cast<int>(dynamics::Thermostat::Bussi) << 4;
    QTest::newRow("nose-hoover") << static_cast<int>(dynamics::Thermostat::NoseHoover) << 6;
}

void TestRun::cancelledDynamicsContinueExactly() {
    QFETCH(int, thermostat);
    QFETCH(int, stopAt);
    auto whole = spec("whole.h5");
    whole.overwrite = true;
    whole.md.thermostat = static_cast<dynamics::Thermostat>(thermostat);
    auto broken = whole;
    broken.output = folder_.filePath("broken.h5").toStdString();

    Recorder expected;
    const auto expectedSummary = run(whole, expected);
    Recorder first;
    first.stopAtStep = stopAt;
    QVERIFY_EXCEPTION_THROWN(run(broken, first), Cancelled);
    QVERIFY(first.frames.size() < expected.frames.size());
    QVERIFY(identical(trajectory::H5mdReader(broken.output).readAll(), first.frames));

    Recorder second;
    const auto summary = resume(broken.output, second);
    QVERIFY(identical(second.frames, expected.frames));  // earlier frames are shown again, none twice
    QVERIFY(identical(trajectory::H5mdReader(broken.output).readAll(), expected.frames));
    QCOMPARE(QString::fromStdString(toJson(summary)), QString::fromStdString(toJson(expectedSummary)));
}

void TestRun::cancelledRelaxationContinues() {
    Recorder expected;
    run(spec("whole-relax.h5"), expected);
    Recorder first;
    first.stopAtRelaxStep = 1;
    const auto s = spec("broken-relax.h5");
    QVERIFY_EXCEPTION_THROWN(run(s, first), Cancelled);
    QVERIFY(trajectory::H5mdReader(s.output).structure("initial").has_value());
    QVERIFY_EXCEPTION_THROWN(analyzeRun(s.output, "Li", std::nullopt), InputError);
    Recorder second;
    resume(s.output, second);
    QVERIFY(identical(second.frames, expected.frames));
}

void TestRun::cancelledEquilibrationContinues() {
    class StopWhileEquilibrating final : public ProgressSink {
      public:
        void report(std::string_view stage, std::int64_t done, std::int64_t, std::string_view) override {
            if (stage == "equilibrate" && done == 7) stop.request_stop();
        }
        std::stop_source stop;
    };
    auto s = spec("whole-equilibrated.h5");
    s.md.thermostat = dynamics::Thermostat::NoseHoover;
    s.md.barostat.kind = dynamics::Barostat::StochasticCellRescaling;
    s.md.equilibrationSteps = 10;
    Recorder expected;
    run(s, expected);
    QCOMPARE(expected.frames.size(), std::size_t(7));
    QVERIFY(expected.frames.front().lattice.volume() != expected.frames.back().lattice.volume());

    s.output = folder_.filePath("broken-equilibrated.h5").toStdString();
    Recorder first, second;
    StopWhileEquilibrating progress;
    QVERIFY_EXCEPTION_THROWN(runJob(s, progress.stop.get_token(), progress, first), Cancelled);
    QVERIFY(first.frames.empty());
    resume(s.output, second);
    QVERIFY(identical(second.frames, expected.frames));
    QVERIFY(identical(trajectory::H5mdReader(s.output).readAll(), expected.frames));
}

void TestRun::finishedRunCanBeMadeLonger() {
    Recorder whole, part, rest, again;
    auto s = spec("long.h5");
    s.md.steps = 20;
    run(s, whole);
    s = spec("short.h5");
    s.md.steps = 11;  // not a stored frame: continued from the state between two
    run(s, part);
    QCOMPARE(resume(s.output, rest, 0.020).steps, std::int64_t(20));
    QVERIFY(identical(trajectory::H5mdReader(s.output).readAll(), whole.frames));
    QCOMPARE(storedSpec(s.output).md.steps, std::int64_t(20));
    QCOMPARE(resume(s.output, again).steps, std::int64_t(20));
    QVERIFY_EXCEPTION_THROWN(resume(s.output, again, 0.010), InputError);
}

void TestRun::structureFileIsUsed() {
    const auto cif = folder_.filePath("cell.cif").toStdString();
    io::writeStructure(cif, composition::findHost("lzsp").primitiveCell());
    auto s = spec("from-file.h5");
    s.structureFile = cif;
    s.relax = false;
    s.md.steps = 2;
    Recorder live;
    const auto summary = run(s, live);
    QCOMPARE(summary.atoms, io::readStructure(cif).size());
}

void TestRun::badInputTouchesNoFile_data() {
    QTest::addColumn<QString>("what");
    for (const char* what : {"formula", "unbalanced", "host", "potential", "mobile", "timestep", "structure",
                             "exists", "folder", "nothing"}) {
        QTest::newRow(what) << what;
    }
}

void TestRun::badInputTouchesNoFile() {
    QFETCH(QString, what);
    auto s = spec("keep.h5");
    s.overwrite = true;
    const auto name = QString::fromStdString(s.output.string());
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    if (what == "formula") s.formula = "Li3Zr2Si2P(O12";
    if (what == "unbalanced") s.formula = "Li2Zr2Si2PO12";
    if (what == "host") s.host = "nowhere";
    if (what == "potential") s.potential = name.toStdString();
    if (what == "mobile") s.mobileElement = "Na";
    if (what == "timestep") s.md.timestepFs = -1.0;
    if (what == "structure") s.structureFile = folder_.filePath("missing.cif").toStdString();
    if (what == "exists") s.overwrite = false;
    if (what == "folder") s.output = folder_.filePath("no/such/folder.h5").toStdString();
    if (what == "nothing") s.formula.clear();
    Recorder live;
    try {
        run(s, live);
        QFAIL("accepted");
    } catch (const InputError&) {
    } catch (const IoError&) {
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

void TestRun::anotherPotentialIsRefused() {
    auto s = spec("swap.h5");
    s.md.steps = 2;
    s.relax = false;
    s.potential = folder_.filePath("changing.h5").toStdString();
    QVERIFY(QFile::copy(folder_.filePath("model.h5"), folder_.filePath("changing.h5")));
    Recorder live;
    run(s, live);
    QVERIFY(QFile::remove(folder_.filePath("changing.h5")));
    QVERIFY(QFile::copy(folder_.filePath("other.h5"), folder_.filePath("changing.h5")));
    QVERIFY_EXCEPTION_THROWN(resume(s.output, live, 0.01), InputError);
}

QTEST_APPLESS_MAIN(TestRun)
#include "test_run.moc"
