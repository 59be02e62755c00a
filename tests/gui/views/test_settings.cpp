// SPDX-License-Identifier: GPL-3.0-or-later
// What persists between sessions, and the names of run files.
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include "gui/views/composition_panel.h"
#include "gui/views/run_naming.h"
#include "gui/views/simulation_panel.h"
#include "gui/widgets/theme.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestSettings : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

  private slots:
    void compositionPersists() {
        const auto host = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
        QSettings settings(folder_.filePath("a.ini"), QSettings::IniFormat);
        CompositionPanel first(host);
        QVERIFY(first.setFormula("Li2.875Zr1.875Nb0.125Si2PO12"));
        first.save(settings);
        CompositionPanel second(host);
        QVERIFY(!(second.composition() == first.composition()));
        second.restore(settings);
        QVERIFY(second.composition() == first.composition());
    }

    void damagedSettingsAreIgnored() {
        const auto host = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
        QSettings settings(folder_.filePath("b.ini"), QSettings::IniFormat);
        settings.setValue("composition/counts", QStringList{"Zr:3", "Qq:2", "Hf:x"});
        CompositionPanel panel(host);
        panel.restore(settings);
        QCOMPARE(panel.presetName(), QString("LZHSTNSP"));
    }

    void simulationSettingsPersist() {
        QSettings settings(folder_.filePath("c.ini"), QSettings::IniFormat);
        SimulationPanel first;
        first.setTemperature(750);
        first.setLengthPs(2.5);
        first.save(settings);
        SimulationPanel second;
        second.restore(settings);
        workflow::RunSpec spec;
        second.fill(spec);
        QCOMPARE(spec.md.temperature, 750.0);
        QCOMPARE(spec.md.steps, std::int64_t(2500));
        QVERIFY(spec.relax);
        QVERIFY(spec.potential.empty());
        QCOMPARE(spec.md.thermostat, dynamics::Thermostat::Bussi);
    }

    void bathsPersistAndExcludeEachOther() {
        QSettings settings(folder_.filePath("d.ini"), QSettings::IniFormat);
        SimulationPanel first;
        auto* thermostat = first.findChild<QComboBox*>("thermostatField");
        auto* barostat = first.findChild<QComboBox*>("barostatField");
        auto* pressure = first.findChild<QDoubleSpinBox*>("pressureField");
        QVERIFY(!pressure->isEnabled());
        thermostat->setCurrentIndex(thermostat->findData("nose-hoover"));
        barostat->setCurrentIndex(barostat->findData("c-rescale"));
        QVERIFY(pressure->isEnabled());
        pressure->setValue(1.5);
        first.findChild<QDoubleSpinBox*>("equilibrationField")->setValue(2.0);
        first.save(settings);
        SimulationPanel second;
        second.restore(settings);
        workflow::RunSpec spec;
        second.fill(spec);
        QCOMPARE(spec.md.thermostat, dynamics::Thermostat::NoseHoover);
        QCOMPARE(spec.md.barostat.kind, dynamics::Barostat::StochasticCellRescaling);
        QCOMPARE(spec.md.barostat.pressureGPa, 1.5);
        QCOMPARE(spec.md.equilibrationSteps, std::int64_t(2000));
        // No bath of heat, no barostat.
        thermostat->setCurrentIndex(thermostat->findData("none"));
        QVERIFY(!barostat->isEnabled() && !pressure->isEnabled());
        workflow::RunSpec isolated;
        first.fill(isolated);
        QCOMPARE(isolated.md.barostat.kind, dynamics::Barostat::None);
        dynamics::checkSettings(isolated.md);
    }

    void runFilesAreNeverOverwritten() {
        workflow::RunSpec spec;
        spec.formula = "Li3Zr2Si2PO12";
        const QDateTime now(QDate(2026, 1, 2), QTime(3, 4, 5));
        const QString first = newRunFile(folder_.path(), spec, now);
        QCOMPARE(QFileInfo(first).fileName(), QString("Li3Zr2Si2PO12-1000K-seed1-20260102-030405.h5"));
        QFile file(first);
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString second = newRunFile(folder_.path(), spec, now);
        QVERIFY(second != first);
        QVERIFY(!QFileInfo::exists(second));
    }

    void titlesNameThePresetOrTheFormula() {
        workflow::RunSpec spec;
        spec.formula = "Li3Zr2Si2PO12";
        spec.md.temperature = 800;
        QCOMPARE(runTitle(spec, "LZSP"), QString("LZSP · 800 K"));
        QCOMPARE(runTitle(spec, {}), QString("Li₃Zr₂Si₂PO₁₂ · 800 K"));
        spec.structureFile = "/data/cell.cif";
        QCOMPARE(runTitle(spec, {}), QString("cell.cif · 800 K"));
    }

    void themeNames() {
        for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark})
            QCOMPARE(themeFromName(themeName(theme)), theme);
        QCOMPARE(themeFromName("nonsense"), Theme::System);
    }
};

QTEST_MAIN(TestSettings)
#include "test_settings.moc"
