// SPDX-License-Identifier: GPL-3.0-or-later
// Run specifications as JSON.
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/workflow/run.h"

using namespace ionscape;
using namespace ionscape::workflow;

class TestRunSpec : public QObject {
    Q_OBJECT

  private slots:
    void roundTripKeepsEveryField();
    void missingFieldsKeepTheirDefaults();
    void refusals_data();
    void refusals();
};

void TestRunSpec::roundTripKeepsEveryField() {
    RunSpec s;
    s.formula = "Li3Zr2Si2PO12";
    s.host = "other";
    s.structureFile = "cell.cif";
    s.seed = 18446744073709551615U;
    s.relax = false;
    s.relaxSettings = {dynamics::CellFilter::Isotropic, 7, 0.011, 0.22, 0.33, dynamics::MinimiserKind::Lbfgs};
    s.md.thermostat = dynamics::Thermostat::Berendsen;
    s.md.temperature = 812.5;
    s.md.timestepFs = 0.75;
    s.md.steps = 5000000000;
    s.md.equilibrationSteps = 123;
    s.md.couplingFs = 33.0;
    s.md.barostat = {dynamics::Barostat::Berendsen, -0.25, 750.0, 0.02, false};
    s.md.langevinFrictionPerPs = 4.5;
    s.md.frameInterval = 3;
    s.md.flushInterval = 17;
    s.md.runawayFactor = 2.5;
    s.uncertainty = {7, 0.45, dynamics::SpreadAction::Stop};
    s.mobileElement = "Na";
    s.potential = "model.h5";
    s.output = "folder/out.h5";
    s.overwrite = true;
    s.threads = 3;
    const auto text = toJson(s);
    const auto back = runSpecFromJson(text);
    QCOMPARE(QString::fromStdString(toJson(back)), QString::fromStdString(text));
    // Each value once by hand, so that a field left out of both directions is noticed.
    QCOMPARE(back.formula, s.formula);
    QCOMPARE(back.host, s.host);
    QCOMPARE(back.structureFile, s.structureFile);
    QCOMPARE(back.seed, s.seed);
    QCOMPARE(back.relax, false);
    QVERIFY(back.relaxSettings.cell == dynamics::CellFilter::Isotropic);
    QVERIFY(back.relaxSettings.minimiser == dynamics::MinimiserKind::Lbfgs);
    QCOMPARE(back.relaxSettings.maxSteps, 7);
    QCOMPARE(back.relaxSettings.forceTolerance, 0.011);
    QCOMPARE(back.relaxSettings.stressToleranceGPa, 0.22);
    QCOMPARE(back.relaxSettings.maxStep, 0.33);
    QCOMPARE(back.uncertainty.every, 7);
    QCOMPARE(back.uncertainty.thresholdEvPerA, 0.45);
    QVERIFY(back.uncertainty.action == dynamics::SpreadAction::Stop);
    QVERIFY(back.md.thermostat == dynamics::Thermostat::Berendsen);
    QCOMPARE(back.md.temperature, 812.5);
    QCOMPARE(back.md.timestepFs, 0.75);
    QCOMPARE(back.md.steps, std::int64_t(5000000000));
    QCOMPARE(back.md.equilibrationSteps, std::int64_t(123));
    QCOMPARE(back.md.couplingFs, 33.0);
    QVERIFY(back.md.barostat.kind == dynamics::Barostat::Berendsen);
    QCOMPARE(back.md.barostat.pressureGPa, -0.25);
    QCOMPARE(back.md.barostat.couplingFs, 750.0);
    QCOMPARE(back.md.barostat.compressibilityPerGPa, 0.02);
    QCOMPARE(back.md.barostat.isotropic, false);
    QCOMPARE(back.md.langevinFrictionPerPs, 4.5);
    QCOMPARE(back.md.frameInterval, 3);
    QCOMPARE(back.md.flushInterval, 17);
    QCOMPARE(back.md.runawayFactor, 2.5);
    QCOMPARE(back.mobileElement, s.mobileElement);
    QCOMPARE(back.potential, s.potential);
    QCOMPARE(back.output, s.output);
    QCOMPARE(back.overwrite, true);
    QCOMPARE(back.threads, 3);
}

void TestRunSpec::missingFieldsKeepTheirDefaults() {
    const auto s = runSpecFromJson(R"({"formula": "Li3Zr2Si2PO12", "md": {"temperature_K": 500}})");
    QCOMPARE(s.md.temperature, 500.0);
    QCOMPARE(s.md.timestepFs, RunSpec().md.timestepFs);
    QCOMPARE(s.host, std::string("lzsp"));
    // What files of version 0.1 hold.
    QVERIFY(runSpecFromJson(R"({"relax_settings": {"cell": false}})").relaxSettings.cell ==
            dynamics::CellFilter::Fixed);
    QCOMPARE(runSpecFromJson(R"({"md": {"berendsen_tau_fs": 55.5}})").md.couplingFs, 55.5);
}

void TestRunSpec::refusals_data() {
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("names");
    QTest::newRow("not JSON") << QByteArray("{\"formula\": ") << "not valid JSON";
    QTest::newRow("not an object") << QByteArray("[1, 2]") << "object";
    QTest::newRow("unknown field") << QByteArray(R"({"temprature": 3})") << "temprature";
    QTest::newRow("unknown nested field") << QByteArray(R"({"md": {"temp": 3}})") << "md.temp";
    QTest::newRow("text for a number") << QByteArray(R"({"md": {"steps": "10"}})") << "md.steps";
    QTest::newRow("fraction for a count") << QByteArray(R"({"md": {"steps": 10.5}})") << "md.steps";
    QTest::newRow("negative seed") << QByteArray(R"({"seed": -1})") << "seed";
    QTest::newRow("number for a text") << QByteArray(R"({"formula": 3})") << "formula";
    QTest::newRow("too large for the field") << QByteArray(R"({"threads": 99999999999})") << "threads";
    QTest::newRow("thermostat") << QByteArray(R"({"md": {"thermostat": "nose"}})") << "nose";
    QTest::newRow("barostat") << QByteArray(R"({"md": {"barostat": {"kind": "mtk"}}})") << "mtk";
    QTest::newRow("md not an object") << QByteArray(R"({"md": 3})") << "md";
}

void TestRunSpec::refusals() {
    QFETCH(QByteArray, json);
    QFETCH(QString, names);
    try {
        runSpecFromJson(json.toStdString());
        QFAIL("accepted");
    } catch (const InputError& error) {
        QVERIFY2(QString::fromUtf8(error.what()).contains(names), error.what());
    }
}

QTEST_APPLESS_MAIN(TestRunSpec)
#include "test_run_spec.moc"
