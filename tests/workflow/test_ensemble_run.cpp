// SPDX-License-Identifier: GPL-3.0-or-later
// Ensemble runs: numbers against the potential itself, continuing after every kind of interruption, refusals.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/builder/decorate.h"
#include "core/io/structure_file.h"
#include "core/workflow/ensemble_run.h"
#include "core/workflow/phase_line.h"
#include "untrained_model.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

const IntMat3 identity = IntMat3::Identity();

std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string messageOf(const EnsembleSpec& spec) {
    NoProgress progress;
    try {
        runEnsemble(spec, {}, progress);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

class TestEnsembleRun : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void numbersAreThePotentials();
    void continuesAsIfNeverStopped();
    void stoppedBetweenStructureAndLine();
    void cancelledRunsKeepWhatIsDone();
    void otherEnsemblesAreRefused();
    void rankedMembersKeepTheirScores();
    void relaxationsLowerTheEnergy();
    void gridsOfShares();
    void lineOfCompositions();

  private:
    std::filesystem::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
    EnsembleSpec spec(const char* name, std::size_t members) const;
    QTemporaryDir folder_;
};

void TestEnsembleRun::initTestCase() {
    QVERIFY(folder_.isValid());
    testing::writeUntrainedModel(path("model.h5"), 1);
}

EnsembleSpec TestEnsembleRun::spec(const char* name, std::size_t members) const {
    EnsembleSpec s;
    s.formula = "Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12";
    s.host = IONSCAPE_RESOURCES "/hosts/lzsp.json";
    s.ensemble.supercell = identity;
    s.ensemble.members = members;
    s.relax = false;
    s.potential = path("model.h5").string();
    s.threads = 1;
    s.output = path(name);
    return s;
}

void TestEnsembleRun::numbersAreThePotentials() {
    NoProgress progress;
    const auto summary = runEnsemble(spec("numbers.jsonl", 3), {}, progress);
    QCOMPARE(summary.atoms, std::size_t(40));
    QCOMPARE(summary.members.size(), std::size_t(3));
    const auto model = potential::openPotential(path("model.h5").string(), 1);
    const auto host = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    const auto composition = composition::compositionFromFormula(
        host, composition::parseFormula("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12"), 4);
    std::vector<double> energies;
    for (const auto& member : summary.members) {
        const auto cell = builder::decoratedCell(host, composition, identity, member.seed);
        energies.push_back(model->evaluate(cell, {}).energy / 40.0);
        QVERIFY(std::abs(member.energyPerAtom - energies.back()) < 1e-7);
        QVERIFY(std::abs(member.volume - cell.lattice.volume()) < 1e-9);
        QVERIFY(member.converged);
    }
    const MeanSpread expected = meanSpread(energies);
    QVERIFY(std::abs(summary.energyPerAtom->mean - expected.mean) < 1e-7);
    QVERIFY(std::abs(summary.energyPerAtom->standardDeviation - expected.standardDeviation) < 1e-7);
    QVERIFY(expected.standardDeviation > 0.0);
}

void TestEnsembleRun::continuesAsIfNeverStopped() {
    NoProgress progress;
    runEnsemble(spec("whole.jsonl", 5), {}, progress);
    runEnsemble(spec("parts.jsonl", 2), {}, progress);
    // A line torn off in writing, as a killed process leaves it.
    std::ofstream(path("parts.jsonl"), std::ios::app | std::ios::binary) << "{\"member\":2,\"seed\":3,\"sco";
    const auto summary = runEnsemble(spec("parts.jsonl", 5), {}, progress);
    QCOMPARE(summary.skipped, std::size_t(2));
    QCOMPARE(contentsOf(path("parts.jsonl")), contentsOf(path("whole.jsonl")));
    // Fewer members than there are: the file stays, the summary is of those asked for.
    const auto fewer = runEnsemble(spec("parts.jsonl", 3), {}, progress);
    QCOMPARE(fewer.members.size(), std::size_t(3));
    QCOMPARE(fewer.energyPerAtom->n, std::size_t(3));
    QCOMPARE(contentsOf(path("parts.jsonl")), contentsOf(path("whole.jsonl")));
}

void TestEnsembleRun::stoppedBetweenStructureAndLine() {
    NoProgress progress;
    EnsembleSpec s = spec("cells.jsonl", 2);
    s.structures = path("cells.xyz");
    runEnsemble(s, {}, progress);
    auto frames = io::readStructures(s.structures);
    QCOMPARE(frames.size(), std::size_t(2));
    frames.push_back(frames.back());  // written, but its line was not
    io::writeStructures(s.structures, frames);
    s.ensemble.members = 4;
    const auto summary = runEnsemble(s, {}, progress);
    frames = io::readStructures(s.structures);
    QCOMPARE(frames.size(), std::size_t(4));
    for (std::size_t i = 0; i < 4; ++i) {
        QCOMPARE(frames[i].info.at("member"), std::to_string(i));
        QVERIFY(std::abs(*frames[i].energy / 40.0 - summary.members[i].energyPerAtom) < 1e-9);
    }
    std::filesystem::remove(s.structures);
    QVERIFY(messageOf(s).find("is missing") != std::string::npos);
}

void TestEnsembleRun::cancelledRunsKeepWhatIsDone() {
    NoProgress progress;
    std::stop_source stop;
    const auto afterTwo = [&](const MemberRecord& record) {
        if (record.index == 1) stop.request_stop();
    };
    QVERIFY_EXCEPTION_THROWN(runEnsemble(spec("stopped.jsonl", 5), stop.get_token(), progress, afterTwo),
                             Cancelled);
    const auto summary = runEnsemble(spec("stopped.jsonl", 5), {}, progress);
    QCOMPARE(summary.skipped, std::size_t(2));
    QCOMPARE(contentsOf(path("stopped.jsonl")), contentsOf(path("whole.jsonl")));
}

void TestEnsembleRun::otherEnsemblesAreRefused() {
    NoProgress progress;
    runEnsemble(spec("mine.jsonl", 1), {}, progress);
    EnsembleSpec other = spec("mine.jsonl", 2);
    other.ensemble.seed = 9;
    QVERIFY(messageOf(other).find("was begun with seed 1, not 9") != std::string::npos);
    EnsembleSpec relaxed = spec("fire.jsonl", 1);
    relaxed.relax = true;
    relaxed.relaxSettings.maxSteps = 1;
    relaxed.relaxSettings.minimiser = dynamics::MinimiserKind::Fire;
    runEnsemble(relaxed, {}, progress);
    relaxed.relaxSettings.minimiser = dynamics::MinimiserKind::Lbfgs;
    QVERIFY(messageOf(relaxed).find("was begun with minimiser \"fire\"") != std::string::npos);
    {
        const FileLock elsewhere(path("mine.jsonl"));
        QVERIFY(messageOf(spec("mine.jsonl", 2)).find("another process") != std::string::npos);
    }
    other = spec("mine.jsonl", 2);
    other.formula = "Li3ZrHf0.5Ti0.5Si2PO12";
    QVERIFY(messageOf(other).find("formula") != std::string::npos);
    testing::writeUntrainedModel(path("second.h5"), 2);
    other = spec("mine.jsonl", 2);
    other.potential = path("second.h5").string();
    QVERIFY(messageOf(other).find("potential_checksum") != std::string::npos);
    std::ofstream(path("notes.txt")) << "my notes";
    QVERIFY(messageOf(spec("notes.txt", 1)).find("no file of an ensemble run") != std::string::npos);
    QCOMPARE(contentsOf(path("notes.txt")), std::string("my notes"));
    std::ofstream(path("broken.jsonl")) << contentsOf(path("mine.jsonl")) << "{\"member\":1}\n";
    QVERIFY(messageOf(spec("broken.jsonl", 3)).find("broken.jsonl:3: ") != std::string::npos);
    EnsembleSpec unfit = spec("unfit.jsonl", 1);
    unfit.formula = "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12";
    QVERIFY(!messageOf(unfit).empty());
    QVERIFY(!std::filesystem::exists(unfit.output));
}

void TestEnsembleRun::rankedMembersKeepTheirScores() {
    NoProgress progress;
    EnsembleSpec s = spec("ranked.jsonl", 3);
    s.ensemble.method = builder::EnsembleMethod::Ewald;
    s.ensemble.draws = 20;
    const auto summary = runEnsemble(s, {}, progress);
    const auto again = runEnsemble(s, {}, progress);
    QCOMPARE(again.skipped, std::size_t(3));
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(*again.members[i].score, *summary.members[i].score);
        QVERIFY(i == 0 || *summary.members[i].score >= *summary.members[i - 1].score);
    }
}

void TestEnsembleRun::relaxationsLowerTheEnergy() {
    NoProgress progress;
    EnsembleSpec s = spec("relaxed.jsonl", 2);
    s.relax = true;
    s.relaxSettings.forceTolerance = 0.3;
    s.relaxSettings.stressToleranceGPa = 1.0;
    s.potential.clear();  // the embedded one
    const auto summary = runEnsemble(s, {}, progress);
    QCOMPARE(summary.unfinished, std::size_t(0));
    for (const auto& member : summary.members) {
        QVERIFY(member.energyPerAtom < member.builtEnergyPerAtom - 0.01);
        QVERIFY(member.maxForce <= 0.3 && member.steps > 0);
        QVERIFY(std::abs(member.volume - 538.0) < 60.0);
    }
    EnsembleSpec hasty = spec("hasty.jsonl", 2);
    hasty.relax = true;
    hasty.relaxSettings.maxSteps = 1;
    hasty.potential.clear();
    const auto unfinished = runEnsemble(hasty, {}, progress);
    QCOMPARE(unfinished.unfinished, std::size_t(2));
    QVERIFY(!unfinished.energyPerAtom);
}

void TestEnsembleRun::gridsOfShares() {
    QCOMPARE(simplexGrid(2, 5).size(), std::size_t(5));
    QVERIFY((simplexGrid(2, 3) == std::vector<std::vector<double>>{{1, 0}, {0.5, 0.5}, {0, 1}}));
    const auto triangle = simplexGrid(3, 5);  // C(6, 2)
    QCOMPARE(triangle.size(), std::size_t(15));
    for (const auto& shares : triangle)
        QVERIFY(std::abs(shares[0] + shares[1] + shares[2] - 1.0) < 1e-12);
    QVERIFY_EXCEPTION_THROWN(simplexGrid(1, 5), InputError);
    QVERIFY_EXCEPTION_THROWN(simplexGrid(2, 1), InputError);
}

void TestEnsembleRun::lineOfCompositions() {
    NoProgress progress;
    PhaseLineSpec line;
    line.endMembers = {"Li3Zr2Si2PO12", "Li6Hf4Si4P2O24"};  // any number of formula units
    line.points = 3;
    line.each = spec("unused.jsonl", 2);
    line.folder = path("line");
    const auto points = runPhaseLine(line, {}, progress);
    QCOMPARE(points.size(), std::size_t(3));
    QCOMPARE(points[0].formula, std::string("Li3Zr2Si2PO12"));
    QCOMPARE(points[2].formula, std::string("Li3Hf2Si2PO12"));
    const auto entries = phaseEntries(points);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& members = points[i].ensemble.members;
        QCOMPARE(entries[i].energyPerAtom, std::min(members[0].energyPerAtom, members[1].energyPerAtom));
    }
    const auto direct = composition::formationEnergy(entries[1], {entries[0], entries[2]});
    // Equal numbers of atoms: the mean of the ends.
    QVERIFY(std::abs(direct - (entries[1].energyPerAtom -
                               0.5 * (entries[0].energyPerAtom + entries[2].energyPerAtom))) < 1e-10);
    // Again: everything is taken from the folder.
    for (const auto& point : runPhaseLine(line, {}, progress))
        QCOMPARE(point.ensemble.skipped, std::size_t(2));
    line.points = 4;  // thirds of four M sites
    line.folder = path("thirds");
    QVERIFY_EXCEPTION_THROWN(runPhaseLine(line, {}, progress), InputError);
    QVERIFY(!std::filesystem::exists(line.folder));
}

QTEST_APPLESS_MAIN(TestEnsembleRun)
#include "test_ensemble_run.moc"
