// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli label: the file it writes, continuing it, and its refusals.
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

#include "../workflow/untrained_model.h"
#include "cli_process.h"
#include "core/io/structure_file.h"
#include "core/potential/potential.h"

using namespace ionscape;
using namespace ionscape::testing;

class TestCliLabel : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void labelsAreWhatThePotentialGives();
    void interruptedLabellingContinues();
    void badInput();
    void tensorNetGivesTheLabelsOfTheData();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    /// Copies of a small crystal, each a little different.
    void writeFrames(const QString& name, int count) const;
    QTemporaryDir folder_;
};

void TestCliLabel::writeFrames(const QString& name, int count) const {
    std::vector<io::LabelledStructure> frames;
    for (int i = 0; i < count; ++i) {
        io::LabelledStructure frame;
        frame.structure.lattice = crystal::Lattice(Mat3::Identity() * 4.2);
        frame.structure.append(crystal::Element::fromSymbol("Li"), Vec3(0, 1e-4 * i, 0));
        frame.structure.append(crystal::Element::fromSymbol("O"), Vec3(2.1, 0, 0));
        frames.push_back(frame);
    }
    io::writeStructures(path(name).toStdString(), frames);
}

void TestCliLabel::initTestCase() {
    QVERIFY(folder_.isValid());
    writeUntrainedModel(path("model.h5").toStdString(), 1);
}

void TestCliLabel::labelsAreWhatThePotentialGives() {
    writeFrames("three.xyz", 3);
    const QStringList command{
        "label",  path("three.xyz"), "--out", path("labels.xyz"), "--potential", path("model.h5"),
        "--json", "--threads",       "1"};
    const auto r = runCli(command);
    QCOMPARE(r.code, 0);
    QCOMPARE(r.json()["frames"].toInt(), 3);
    QCOMPARE(r.json()["skipped"].toInt(), 0);
    const auto model = potential::openPotential(path("model.h5").toStdString(), 1);
    for (const auto& frame : io::readStructures(path("labels.xyz").toStdString())) {
        const auto expected = model->evaluate(frame.structure, {.stress = true});
        QVERIFY(std::abs(*frame.energy - expected.energy) < 1e-6);
        QVERIFY((*frame.forces - expected.forces).cwiseAbs().maxCoeff() < 1e-6);
        QVERIFY((*frame.stressGPa - *expected.stressGPa).cwiseAbs().maxCoeff() < 1e-5);
    }
    const auto again = runCli(command);
    QCOMPARE(again.code, 0);
    QCOMPARE(again.json()["skipped"].toInt(), 3);
}

void TestCliLabel::interruptedLabellingContinues() {
    writeFrames("many.xyz", 20000);
    const QStringList command{"label",       path("many.xyz"), "--out",     path("many-labels.xyz"),
                              "--potential", path("model.h5"), "--threads", "1",
                              "--json"};
    const auto r = interruptCli(command, path("many-labels.xyz"));
    QCOMPARE(r.code, 130);
    QVERIFY2(r.err.contains("continue"), r.err);
    const auto done = static_cast<int>(io::readStructures(path("many-labels.xyz").toStdString()).size());
    QVERIFY(done >= 1 && done < 20000);
    writeFrames("many.xyz", done + 2);
    const auto second = runCli(command);
    QCOMPARE(second.code, 0);
    QCOMPARE(second.json()["skipped"].toInt(), done);
    QCOMPARE(second.json()["frames"].toInt(), done + 2);
}

void TestCliLabel::badInput() {
    writeFrames("one.xyz", 1);
    const auto label = [&](const QStringList& more) { return runCli(QStringList{"label"} + more); };
    const QString model = path("model.h5");
    auto r = label({path("one.xyz"), "--out", path("out.cif"), "--potential", model});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("extended XYZ"), r.err);
    r = label({path("none.xyz"), "--out", path("out.xyz"), "--potential", model});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine(), r.err);
    r = label({path("one.xyz"), "--out", path("one.xyz"), "--potential", model});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("not labelled by"), r.err);
    r = label({path("one.xyz"), "--out", path("missing/out.xyz"), "--potential", model});
    QCOMPARE(r.code, 2);
    QVERIFY2(r.isOneErrorLine() && r.err.contains("folder"), r.err);
}

void TestCliLabel::tensorNetGivesTheLabelsOfTheData() {
    const std::filesystem::path shared = IONSCAPE_SHARED;
    if (!std::filesystem::exists(shared / "data")) QSKIP("the reference folder ../shared is not here");
    auto frames = io::readStructures(shared / "data/he-lzsp-supercells.xyz");
    const std::vector<io::LabelledStructure> chosen{frames.front(), frames[frames.size() / 2], frames.back()};
    io::writeStructures(path("chosen.xyz").toStdString(), chosen);
    const auto r = runCli({"label", path("chosen.xyz"), "--out", path("relabelled.xyz"), "--potential",
                           QString::fromStdString(shared / "models/TensorNet-MatPES-PBE-v2025.1-PES"),
                           "--threads", "1"});
    QVERIFY2(r.code == 0, r.err);
    const auto relabelled = io::readStructures(path("relabelled.xyz").toStdString());
    QCOMPARE(relabelled.size(), chosen.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const double atoms = static_cast<double>(chosen[i].structure.size());
        const double energy = std::abs(*relabelled[i].energy - *chosen[i].energy) / atoms;
        const double force = (*relabelled[i].forces - *chosen[i].forces).cwiseAbs().maxCoeff();
        const double stress = (*relabelled[i].stressGPa - *chosen[i].stressGPa).cwiseAbs().maxCoeff();
        qInfo("energy %.2e eV/atom, force %.2e eV/A, stress %.2e GPa", energy, force, stress);
        QVERIFY(energy < 2e-5 && force < 5e-4 && stress < 2e-3);
    }
}

QTEST_APPLESS_MAIN(TestCliLabel)
#include "test_cli_label.moc"
