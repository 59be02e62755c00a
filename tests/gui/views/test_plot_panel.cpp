// SPDX-License-Identifier: GPL-3.0-or-later
// Plots of a run that grows, results card and jobs panel.
#include <QLabel>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include "gui/views/jobs_panel.h"
#include "gui/views/plot_panel.h"
#include "gui/views/results_card.h"
#include "gui/views/text.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/spread_plot.h"
#include "gui/widgets/thermo_plot.h"
#include "tests/gui/views/fake_engine.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestPlotPanel : public QObject {
    Q_OBJECT

    static JobRecord finishedRun(const FakeEngine& engine = {}) {
        JobController controller(engine);
        QSignalSpy finished(&controller, &JobController::finished);
        const int id = controller.enqueue({}, "LZSP · 1000 K");
        if (finished.isEmpty()) finished.wait();
        return *controller.find(id);
    }

  private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void plotsAppendWhatIsNew() {
        auto data = std::make_shared<RunData>();
        data->setStructure(fakeStructure());
        PlotPanel panel;
        panel.setRun(data, "run", 1000.0);
        QVERIFY(panel.thermoPlot()->isEmpty());
        data->appendRelaxStep(0, -6.0, 1.0);
        panel.refresh();
        QCOMPARE(panel.thermoPlot()->pointCount(), 1);
        trajectory::Frame frame;
        frame.positions = fakeStructure().positions;
        frame.temperature = 900.0;
        frame.potentialEnergy = -80.0;
        for (int i = 0; i < 3; ++i) {
            frame.timeFs = 10.0 * i;
            data->append(frame);
            panel.refresh();
        }
        QVERIFY(panel.thermoPlot()->showsDynamics());
        QCOMPARE(panel.thermoPlot()->pointCount(), 3);
        QVERIFY(panel.thermoPlot()->csv().contains("0.02,900,-10"));  // 8 atoms
    }

    void theSpreadOfACommitteeHasAPlotOfItsOwn() {
        auto data = std::make_shared<RunData>();
        data->setStructure(fakeStructure());
        PlotPanel panel;
        panel.setRun(data, "run", 1000.0);
        QVERIFY(panel.spreadPlot()->isHidden());
        data->setSpreadThreshold(0.5);
        data->appendRelaxStep(0, -6.0, 1.0, 0.2);
        data->appendRelaxStep(1, -6.1, 0.9);  // not evaluated in this step
        panel.refresh();
        QVERIFY(!panel.spreadPlot()->isHidden());
        QCOMPARE(panel.spreadPlot()->pointCount(), 1);
        trajectory::Frame frame;
        frame.positions = fakeStructure().positions;
        for (int i = 0; i < 3; ++i) {
            frame.timeFs = 10.0 * i;
            frame.forceSpreadMax = i == 1 ? std::nan("") : 0.25;
            frame.forceSpreadMean = i == 1 ? std::nan("") : 0.125;
            data->append(frame);
            panel.refresh();
        }
        QCOMPARE(panel.spreadPlot()->csv(),
                 QString("time_ps,force_spread_max_eV_per_A,force_spread_mean_eV_per_A\n0,0.25,0.125\n"
                         "0.02,0.25,0.125\n"));
        // A run of a single potential has none.
        panel.setRun(finishedRun().data, "other", 1000.0);
        QVERIFY(panel.spreadPlot()->isHidden());
    }

    void msdOfAFinishedRunIsPlottedPerElement() {
        const JobRecord record = finishedRun();
        QCOMPARE(record.state, JobState::Completed);
        PlotPanel panel;
        panel.setRun(record.data, record.title, 1000.0);
        panel.setAnalysis(analyse(*record.data, crystal::Element::fromSymbol("Li")));
        QCOMPARE(panel.msdPlot()->curveCount(), std::size_t(4));
        QVERIFY(panel.msdPlot()->fitText().startsWith("D*(Li) = ("));
        QVERIFY(panel.msdPlot()->csv().startsWith("lag_ps,msd_Li_A2,msd_Zr_A2,msd_O_A2,msd_P_A2\n"));
        QCOMPARE(panel.msdPlot()->csv().count('\n'), 51);
    }

    void resultsOfACompletedRunComeFromItsSummary() {
        const JobRecord record = finishedRun();
        ResultsCard card;
        card.showRun(&record, nullptr);
        QCOMPARE(card.value("diffusion"), QString("(2.00 ± 0.10) × 10⁻⁵ cm²/s"));
        QCOMPARE(card.value("conductivity"), QString("123 mS/cm"));
        QCOMPARE(card.value("msd"), QString("12.5 Å²"));
        QCOMPARE(card.value("volume"), QString("1000.0 Å³"));
        QCOMPARE(card.value("polyhedra"), QString("0"));
        card.showRun(nullptr, nullptr);
        QVERIFY(card.findChild<QLabel*>("result-msd")->isHidden() ||
                !card.findChild<QLabel*>("result-msd")->isVisible());
    }

    void resultsOfARunThatFailedShowTheReason() {
        FakeEngine engine;
        engine.failure = "disk full: free some space";
        const JobRecord record = finishedRun(engine);
        ResultsCard card;
        card.showRun(&record, nullptr);
        bool shown = false;
        for (const auto* label : card.findChildren<QLabel*>())
            shown |= label->text() == "disk full: free some space";
        QVERIFY(shown);
        QVERIFY(card.value("diffusion").isEmpty());
    }

    void jobsPanelShowsStateAndSelectsByClick() {
        FakeEngine engine;
        engine.failure = "no such potential";
        JobController controller(engine);
        JobsPanel panel(controller);
        QSignalSpy finished(&controller, &JobController::finished);
        QSignalSpy selected(&panel, &JobsPanel::selected);
        const int id = controller.enqueue({}, "LZSP · 1000 K");
        auto* card = panel.findChild<JobCard*>();
        QVERIFY(card != nullptr);
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(card->accessibleName().contains("Failed"));
        QTest::mouseClick(card, Qt::LeftButton);
        QCOMPARE(selected.size(), 1);
        QCOMPARE(panel.selectedId(), id);
        QVERIFY(card->property("selected").toBool());
    }

    void durationsAndNumbers() {
        QCOMPARE(durationText(12.4), QString("12 s"));
        QCOMPARE(durationText(200), QString("3 min 20 s"));
        QCOMPARE(durationText(1230), QString("21 min"));
        QCOMPARE(durationText(3720), QString("1 h 02 min"));
        QCOMPARE(numberText(0.01234, 2), QString("0.012"));
        QCOMPARE(numberText(98.6, 2), QString("99"));
        QCOMPARE(numberText(99.6, 2), QString("100"));
        QCOMPARE(numberText(-112.4, 2), QString("-112"));
        QCOMPARE(numberText(2.5e7, 2), QString("2.5e+07"));
    }
};

QTEST_MAIN(TestPlotPanel)
#include "test_plot_panel.moc"
