// SPDX-License-Identifier: GPL-3.0-or-later
// The next round in the Learn stage: proposed, stopped, simulated, learnt from and shown.
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "core/workflow/campaign.h"
#include "gui/jobs/space_browser.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_rounds.h"
#include "gui/views/learn_stage.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/rounds_plot.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/quick_protocol.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestLearnRounds : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<LearnStage> stage_;

    QString file(const QString& name) const { return folder_.filePath(name); }
    LearnRounds* rounds() const { return stage_->plots()->rounds(); }

    void waitUntilIdle() {
        for (int i = 0; i < 2; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(!stage_->job().task().isBusy() && !rounds()->job().task().isBusy(),
                                     120000);
            QCoreApplication::processEvents();
        }
    }

    void openAndTrain(const QString& path, const char* model = "ridge") {
        QSignalSpy measured(&stage_->job(), &LearningJob::measured);
        stage_->openFile(path);
        QTRY_COMPARE_WITH_TIMEOUT(measured.count(), 1, 60000);
        waitUntilIdle();
        stage_->form()->setModel(model);
        stage_->form()->trainButton()->click();
        waitUntilIdle();
        QVERIFY2(stage_->job().learned(), qPrintable(stage_->messages()->text()));
    }

    /// Ten simulated compositions and four that are only relaxed, with a Lennard-Jones potential.
    void runLennardJones() {
        writeLennardJones(file("lj.json").toStdString(), {"Li", "Zr", "Ti", "Si", "P", "O"});
        workflow::CampaignSpec spec;
        spec.name = "test";
        spec.targetLagPs = 0.02;
        spec.protocol = quickProtocol(file("lj.json").toStdString());
        workflow::CampaignGroup simulated, relaxed;
        simulated.name = "simulated";
        simulated.dynamics = true;
        relaxed.name = "relaxed";
        for (int zirconium = 1; zirconium < 15; ++zirconium) {
            const auto formula =
                QString("Li3Zr%1Ti%2Si2PO12").arg(zirconium / 8.0).arg(2.0 - zirconium / 8.0);
            (zirconium % 4 == 0 || zirconium == 14 ? relaxed : simulated)
                .formulas.push_back(formula.toStdString());
        }
        spec.groups = {simulated, relaxed};
        workflow::CampaignOptions options;
        options.folder = file("campaign").toStdString();
        NoProgress silent;
        QCOMPARE(workflow::runCampaign(spec, options, {}, silent).simulated, std::size_t(10));
        QVERIFY(QDir().mkpath(file("elsewhere")));
        QVERIFY(QFile::copy(file("campaign/dataset.h5"), file("elsewhere/dataset.h5")));
    }

  private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        QVERIFY(QDir().mkpath(file("synthetic")));
        writeSyntheticCampaign(file("synthetic/dataset.h5").toStdString());
        runLennardJones();
    }

    void init() {
        stage_ = std::make_unique<LearnStage>();
        stage_->form()->setFeatures(workflow::FeatureKind::Composition);
    }

    void cleanup() {
        QWidget *panel = stage_->panel(), *plots = stage_->plots();
        stage_.reset();
        delete panel;
        delete plots;
    }

    void nothingCanBeProposedWithoutAModel() {
        QVERIFY(!rounds()->proposeButton()->isEnabled());
        QVERIFY(!rounds()->simulateButton()->isEnabled());
        QVERIFY(rounds()->plot()->isEmpty());
        QVERIFY(rounds()->summary().contains("Open the dataset"));
        stage_->openFile(file("synthetic/dataset.h5"));
        waitUntilIdle();
        QVERIFY(rounds()->summary().contains("Train a model"));
    }

    void compositionsAreProposed() {
        openAndTrain(file("synthetic/dataset.h5"), "gaussian-process");
        QVERIFY(rounds()->proposeButton()->isEnabled());
        QVERIFY(!rounds()->simulateButton()->isEnabled());
        rounds()->setBatch(4);
        rounds()->proposeButton()->click();
        waitUntilIdle();
        const auto* open = rounds()->job().history().open();
        QVERIFY2(open, qPrintable(stage_->messages()->text()));
        QCOMPARE(open->picks.size(), std::size_t(4));
        QCOMPARE(rounds()->table()->rowCount(), 4);
        QVERIFY(rounds()->table()->item(0, 2)->text().contains("±"));
        QCOMPARE(rounds()->table()->item(0, 3)->text(), QString("to be simulated"));
        const auto& rows = stage_->job().data()->rows;
        for (const auto& pick : open->picks)
            for (std::size_t i = 0; i < 40; ++i)
                QVERIFY(pick.name != rows[i].formula);  // these were simulated
        QVERIFY(rounds()->simulateButton()->isEnabled());
        QVERIFY(rounds()->summary().contains("Round 1 is proposed"));
        // Another proposal takes its place.
        rounds()->setAcquisition(workflow::PickRule::MaximumVariance);
        rounds()->setBatch(2);
        rounds()->proposeButton()->click();
        waitUntilIdle();
        QCOMPARE(rounds()->job().history().rounds.size(), std::size_t(1));
        QCOMPARE(rounds()->job().history().rounds.back().rule, std::string("variance"));
        QCOMPARE(rounds()->table()->rowCount(), 2);
        // It is there again when the dataset is opened another time, also for a new window.
        const auto picks = rounds()->job().history().rounds.back().picks;
        cleanup();
        init();
        stage_->openFile(file("synthetic/dataset.h5"));
        waitUntilIdle();
        QCOMPARE(rounds()->job().history().rounds.back().picks.front().name, picks.front().name);
        QVERIFY(!rounds()->simulateButton()->isEnabled());  // no model yet
    }

    /// The dataset was made by another potential than the one that is there: said, not mixed.
    void otherPotentialsAreRefused() {
        openAndTrain(file("synthetic/dataset.h5"));
        rounds()->propose();
        waitUntilIdle();
        rounds()->simulate();
        QVERIFY(stage_->isSimulating());
        waitUntilIdle();
        QVERIFY(!stage_->isSimulating());
        QVERIFY(stage_->messages()->text().contains("another protocol"));
        QVERIFY(rounds()->job().history().open());
    }

    void roundsAreSimulatedAndLearnt() {
        openAndTrain(file("campaign/dataset.h5"));
        QCOMPARE(stage_->job().learned()->trained->training.rows.size(), std::size_t(10));
        rounds()->setBatch(2);
        rounds()->propose();
        waitUntilIdle();
        QVERIFY2(rounds()->job().history().open(), qPrintable(stage_->messages()->text()));
        const auto picks = rounds()->job().history().rounds.back().picks;
        // Stopped at once: it goes on later.
        rounds()->simulate();
        QVERIFY(stage_->isSimulating());
        QVERIFY(!rounds()->proposeButton()->isEnabled());
        stage_->stopSimulating();
        waitUntilIdle();
        QVERIFY(rounds()->job().history().open());
        QVERIFY(rounds()->simulateButton()->isEnabled());
        QSignalSpy trained(&stage_->job(), &LearningJob::modelChanged);
        rounds()->simulate();
        QTRY_COMPARE_WITH_TIMEOUT(trained.count(), 1, 120000);
        waitUntilIdle();
        const auto& round = rounds()->job().history().rounds.back();
        QVERIFY(round.finished);
        QCOMPARE(round.picks.front().name, picks.front().name);
        QVERIFY2(round.picks.front().value.has_value(), round.picks.front().problem.c_str());
        QCOMPARE(stage_->job().learned()->trained->training.rows.size(), std::size_t(12));
        QVERIFY(rounds()->summary().contains("Round 1 is finished"));
        QVERIFY(!rounds()->simulateButton()->isEnabled());
        // What the plot shows is what the history says.
        const auto& content = rounds()->plot()->content();
        QVERIFY(!rounds()->plot()->isEmpty());
        QCOMPARE(content.outcomes.size(), std::size_t(2));
        QCOMPARE(content.crossValidated.size(), std::size_t(2));  // before and after
        QCOMPARE(content.crossValidated.front().round, 0);
        QCOMPARE(content.prospective.front().value, round.prospective->rmse);
        QCOMPARE(content.best.back().value, *round.best);
        QVERIFY(rounds()->plot()->csv().startsWith("round,RMSE cross-validated (Å²)"));
        QCOMPARE(rounds()->plot()->csv().count('\n'), 3);
        // A selected pick is selected everywhere.
        rounds()->table()->selectRow(0);
        QVERIFY(stage_->selected().has_value());
        QCOMPARE(stage_->job().data()->rows[*stage_->selected()].formula, round.picks.front().name);
        // Two relaxed cells are left; after them nothing is.
        rounds()->setBatch(9);
        rounds()->propose();
        waitUntilIdle();
        QCOMPARE(rounds()->job().history().rounds.back().picks.size(), std::size_t(2));
        QCOMPARE(rounds()->table()->rowCount(), 4);
        QCOMPARE(rounds()->table()->item(0, 0)->text(), QString("2"));
        rounds()->simulate();
        QTRY_COMPARE_WITH_TIMEOUT(trained.count(), 2, 120000);
        waitUntilIdle();
        rounds()->propose();
        waitUntilIdle();
        QVERIFY(stage_->messages()->text().contains("All candidates"));
    }

    /// Its results are for the dataset that it was proposed for, not for the one that is open by then.
    void aRoundEndsWhileAnotherDatasetIsOpen() {
        openAndTrain(file("elsewhere/dataset.h5"));
        rounds()->setBatch(2);
        rounds()->propose();
        waitUntilIdle();
        const auto learned = stage_->job().learned();
        rounds()->simulate();
        QVERIFY(stage_->isSimulating());
        rounds()->job().clear();  // as for a table that is opened now
        waitUntilIdle();
        QVERIFY2(stage_->messages()->text().contains("elsewhere"), qPrintable(stage_->messages()->text()));
        QVERIFY(rounds()->job().history().rounds.empty());
        QCOMPARE(stage_->job().learned(), learned);
        rounds()->job().read(file("elsewhere"));
        QVERIFY(rounds()->job().history().rounds.back().finished);
    }

    /// A dataset somewhere else is copied into a folder that becomes a campaign's.
    void datasetsOfOthersAreCopied() {
        QVERIFY(QFile::copy(file("synthetic/dataset.h5"), file("shipped.h5")));
        openAndTrain(file("shipped.h5"));
        QVERIFY(!rounds()->proposeButton()->isEnabled());
        QVERIFY(rounds()->summary().contains("dataset.h5"));
        QVERIFY(QDir().mkpath(file("mine")));
        QSignalSpy opened(&stage_->job(), &LearningJob::opened);
        emit rounds()->folderChosen(file("mine"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30000);
        waitUntilIdle();
        QCOMPARE(stage_->job().file(), file("mine/dataset.h5"));
        QVERIFY(QFile::exists(file("mine/dataset.h5")));
        emit rounds()->folderChosen(file("mine"));
        QVERIFY(stage_->messages()->text().contains("already"));
    }

    /// A model of compositions alone also picks from the map.
    void theMapIsAPool() {
        SpaceBrowser browser(composition::findHost("lzsp"));
        SpaceChoice choice = browser.choice();
        choice.types = "4-1";
        choice.mobileMin = 2.5;
        choice.mobileMax = 3.5;
        browser.setChoice(choice);
        QTRY_VERIFY_WITH_TIMEOUT(!browser.isBusy() && browser.table()->rows() > 0, 30000);
        stage_->setSpace(&browser);
        QVERIFY(QDir().mkpath(file("map")));
        writeSyntheticCampaign(file("map/dataset.h5").toStdString(), {40, 40, 3.0});
        openAndTrain(file("map/dataset.h5"));
        rounds()->propose();  // every cell of the dataset has been simulated
        waitUntilIdle();
        QVERIFY(!rounds()->job().history().open());
        rounds()->pickFromMap(true);
        rounds()->propose();
        waitUntilIdle();
        QVERIFY2(rounds()->job().history().open(), qPrintable(stage_->messages()->text()));
        for (const auto& pick : rounds()->job().history().rounds.back().picks)
            QVERIFY(browser.table()
                        ->rowOf(composition::compositionFromFormula(browser.host(),
                                                                    composition::parseFormula(pick.name), 16))
                        .has_value());
    }
};

QTEST_MAIN(TestLearnRounds)
#include "test_learn_rounds.moc"
