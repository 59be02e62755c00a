// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window on a real (virtual) screen: compose, run with a fake engine, and find the run in every
// panel.
#include <QAction>
#include <QApplication>
#include <QCoreApplication>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPoint>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolBar>
#include <QUndoStack>
#include <filesystem>
#include <set>

#include "core/base/resources.h"
#include "core/io/structure_file.h"
#include "core/workflow/surrogate_training.h"
#include "gui/views/composition_card.h"
#include "gui/views/composition_panel.h"
#include "gui/views/jobs_panel.h"
#include "gui/views/main_window.h"
#include "gui/views/plot_panel.h"
#include "gui/views/potentials_view.h"
#include "gui/views/results_card.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/space_query_panel.h"
#include "gui/views/space_table_panel.h"
#include "gui/views/space_view.h"
#include "gui/views/structure_view.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/playback_bar.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/thermo_plot.h"
#include "tests/gui/views/fake_engine.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestMainWindow : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    composition::Host host_;

    std::unique_ptr<MainWindow> makeWindow(const FakeEngine& engine) {
        auto window = std::make_unique<MainWindow>(engine, host_);
        window->resize(1280, 720);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get())) qWarning("the window was not exposed");
        return window;
    }

  private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("IonscapeTest");
        QCoreApplication::setApplicationName("IonscapeTest");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
        QSettings().setValue("simulation/folder", folder_.filePath("runs"));
        host_ = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
        applyTheme(Theme::Dark);
    }

    void compositionIsShownAtOnce() {
        auto window = makeWindow({});
        auto& scene = window->structureView()->sceneWidget()->scene();
        QTRY_COMPARE(scene.atomGlyphCount() > 0, true);
        const auto elements = scene.elements();
        const auto has = [](const auto& list, const char* symbol) {
            return std::find(list.begin(), list.end(), crystal::Element::fromSymbol(symbol)) != list.end();
        };
        QVERIFY(has(elements, "Hf"));
        QVERIFY(!has(elements, "Ta"));
        QTest::mouseClick(window->compositionPanel()->findChild<QWidget*>("element-Ta"), Qt::LeftButton);
        QTRY_VERIFY(has(scene.elements(), "Ta"));
    }

    void aSurrogateAnswersEveryClick() {
        // A model in the user's folder hides the one of that name that comes with the program.
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", folder_.filePath("home").toUtf8());
        const auto surrogates =
            std::filesystem::path(folder_.filePath("home/ionscape/surrogates").toStdString());
        std::filesystem::create_directories(surrogates);
        const auto dataset = folder_.filePath("dataset.h5").toStdString();
        writeSyntheticCampaign(dataset);
        const auto data = workflow::learningData(workflow::CampaignData(dataset));
        NoProgress silent;
        const workflow::Featuriser featuriser(host_, workflow::FeatureKind::Composition);
        workflow::SurrogateTrainingSpec spec;
        spec.model = "ridge";
        workflow::trainSurrogate(data, workflow::featureMatrix(data, featuriser, {}, silent), spec, {},
                                 silent)
            .model->save(surrogates / "he-lzsp.json");
        {
            auto window = makeWindow({});
            const auto* label = window->findChild<QLabel*>("quickPrediction");
            QVERIFY(label->isVisibleTo(window.get()));
            auto* panel = window->compositionPanel();
            QVERIFY(panel->setFormula(QString::fromStdString(data.rows[7].formula)));
            const double law = syntheticMsd(host_, panel->composition());
            static const QRegularExpression number("MSD about <b>(\\d+)");
            const auto said = number.match(label->text());
            QVERIFY2(said.hasMatch(), qPrintable(label->text()));
            QVERIFY2(std::abs(said.captured(1).toDouble() - law) < 15.0, qPrintable(label->text()));
            QVERIFY(label->toolTip().contains("40"));
            // What cannot be built has no mobility.
            panel->setComposition({});
            QVERIFY(!panel->isValid());
            QVERIFY(!label->isVisibleTo(window.get()));
        }
        std::filesystem::remove_all(surrogates);
        qputenv("XDG_DATA_HOME", before);
        auto window = makeWindow({});
        QVERIFY(!window->findChild<QLabel*>("quickPrediction")->isVisibleTo(window.get()) ||
                !listResources("surrogates", ".json").empty());
    }

    void fitsOnASmallScreen() {
        auto window = makeWindow({});
        QVERIFY2(window->minimumSizeHint().width() <= 1280 && window->minimumSizeHint().height() <= 720,
                 qPrintable(QString("%1 x %2")
                                .arg(window->minimumSizeHint().width())
                                .arg(window->minimumSizeHint().height())));
    }

    void stagesSwapAndGiveBackWhatWasThere() {
        FakeEngine engine;
        auto window = makeWindow(engine);
        QSignalSpy finished(&window->controller(), &JobController::finished);
        window->startRun();
        QTRY_COMPARE(finished.size(), 1);
        const QString title = window->windowTitle();
        auto* compose = window->findChild<QDockWidget*>("composeDock");
        window->showStage(Stage::Potentials);
        QVERIFY(window->potentialsView()->isVisible());
        QVERIFY(!window->structureView()->isVisible());
        QVERIFY(!compose->isVisible());
        QVERIFY(window->minimumSizeHint().width() <= 1280 && window->minimumSizeHint().height() <= 720);
        emit window->potentialsView()->potentialChosen("/models/mine.h5");
        QCOMPARE(window->simulationPanel()->potential(), QString("/models/mine.h5"));
        window->showStage(Stage::Compose);
        QVERIFY(window->structureView()->isVisible());
        QVERIFY(compose->isVisible());
        QCOMPARE(window->windowTitle(), title);
        window->simulationPanel()->setPotential({});
    }

    void aNewUserFindsACompositionAndRunsItInUnderTenClicks() {
        FakeEngine engine;
        auto window = makeWindow(engine);
        QSignalSpy finished(&window->controller(), &JobController::finished);
        int clicks = 0;
        const auto click = [&](QWidget* target, const QPoint& place = {}) {
            QVERIFY(target != nullptr && target->isVisible());
            QTest::mouseClick(target, Qt::LeftButton, {}, place.isNull() ? target->rect().center() : place);
            ++clicks;
        };
        // "Five-element LZSP with Hf and Sn, high entropy, Li < 3": 5-1 is what the stage begins with.
        auto* rail = window->findChild<QToolBar*>("stageRail");
        click(rail->widgetForAction(window->findChild<QAction*>("space")));
        auto* space = window->spaceView();
        auto& browser = space->browser();
        QTRY_VERIFY_WITH_TIMEOUT(!browser.rows().empty(), 20000);
        const auto settled = [&](std::size_t before) {
            return QTest::qWaitFor([&] { return !browser.isBusy() && browser.rows().size() != before; },
                                   20000);
        };
        std::size_t before = browser.rows().size();
        click(space->query()->findChild<QWidget*>("filter-Hf"));
        QVERIFY(settled(before));
        before = browser.rows().size();
        click(space->query()->findChild<QWidget*>("filter-Sn"));
        QVERIFY(settled(before));
        before = browser.rows().size();
        auto* filter = space->query()->findChild<QLineEdit*>("spaceFilter");
        click(filter);
        QTest::keyClicks(filter, "S_config >= 1.5 and Li < 3");
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(settled(before));
        auto* table = space->table()->view();
        click(table->viewport(), table->visualRect(table->model()->index(0, 0)).center());
        click(space->card()->findChild<QWidget*>("runComposition"));
        QVERIFY2(clicks < 10, qPrintable(QString::number(clicks)));
        QTRY_COMPARE(finished.size(), 1);
        const JobRecord* record = window->controller().find(finished[0][0].toInt());
        QVERIFY(record != nullptr);
        const QString formula = QString::fromStdString(record->spec.formula);
        QVERIFY2(formula.contains("Hf") && formula.contains("Sn") && formula.contains("Zr"),
                 qPrintable(formula));
        const auto composition =
            composition::compositionFromFormula(host_, composition::parseFormula(record->spec.formula));
        QCOMPARE(composition.counts.size(), std::size_t(5));
        QVERIFY(composition::mobileContent(host_, composition) < 3.0);
        QVERIFY(composition::configurationalEntropy(composition) >= 1.5);
        QVERIFY(window->stage() == Stage::Compose);
        qInfo("clicks: %d", clicks);
    }

    void editsOfTheCompositionAreUndone() {
        auto window = makeWindow({});
        const auto before = window->compositionPanel()->composition();
        QTest::mouseClick(window->compositionPanel()->findChild<QWidget*>("element-Ta"), Qt::LeftButton);
        const auto after = window->compositionPanel()->composition();
        QVERIFY(!(after == before));
        window->undoStack()->undo();
        QVERIFY(window->compositionPanel()->composition() == before);
        window->undoStack()->redo();
        QVERIFY(window->compositionPanel()->composition() == after);
    }

    void aRunShowsInAllPanels() {
        FakeEngine engine;
        engine.frames = 200;
        auto window = makeWindow(engine);
        QSignalSpy finished(&window->controller(), &JobController::finished);
        QTest::mouseClick(window->simulationPanel()->findChild<QPushButton*>("runButton"), Qt::LeftButton);
        QTRY_COMPARE(finished.size(), 1);
        auto& scene = window->structureView()->sceneWidget()->scene();
        QCOMPARE(scene.elements().size(), std::size_t(4));
        QVERIFY(scene.trailPointCount() > 0);
        QVERIFY(window->structureView()->statusText().contains("step 1990"));
        QCOMPARE(window->plotPanel()->thermoPlot()->pointCount(), 200);
        QTRY_COMPARE(window->plotPanel()->msdPlot()->curveCount(), std::size_t(4));
        QVERIFY(!window->plotPanel()->msdPlot()->fitText().isEmpty());
        QVERIFY(window->jobsPanel()->findChild<JobCard*>()->accessibleName().contains("Completed"));
        QVERIFY(!window->resultsCard()->value("diffusion").isEmpty());
        QVERIFY(window->messageBar()->text().isEmpty());

        // The picture on the screen is not one colour: lithium, cell and framework are drawn.
        const QImage picture = window->structureView()->sceneWidget()->grabFramebuffer();
        std::set<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 2)
            for (int x = 0; x < picture.width(); x += 2)
                colours.insert(picture.pixel(x, y));
        QVERIFY2(colours.size() > 50, qPrintable(QString::number(colours.size())));
    }

    void theSliderMovesThroughTheRun() {
        FakeEngine engine;
        engine.frames = 100;
        auto window = makeWindow(engine);
        QSignalSpy finished(&window->controller(), &JobController::finished);
        window->startRun();
        QTRY_COMPARE(finished.size(), 1);
        auto* view = window->structureView();
        auto& scene = view->sceneWidget()->scene();
        const std::size_t whole = scene.trailPointCount();
        view->playback()->setFrame(10);
        QVERIFY(view->statusText().contains("step 100 "));
        QVERIFY(scene.trailPointCount() < whole);
        QTest::keyClick(window.get(), Qt::Key_End);
        QVERIFY(view->statusText().contains("step 990"));
        QCOMPARE(scene.trailPointCount(), whole);
        QTest::keyClick(window.get(), Qt::Key_Home);
        QCOMPARE(view->playback()->frame(), 0);
    }

    void failureStandsInTheBarAndNothingBlocks() {
        FakeEngine engine;
        engine.failure = "model.h5: does not know Ta. Use a potential trained on it.";
        auto window = makeWindow(engine);
        QSignalSpy finished(&window->controller(), &JobController::finished);
        window->startRun();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(window->messageBar()->text().contains("does not know Ta"));
        QVERIFY(QApplication::activeModalWidget() == nullptr);
    }

    void structureFilesOpenAndMissingOnesSaySo() {
        auto window = makeWindow({});
        const QString path = folder_.filePath("cell.cif");
        io::writeStructure(path.toStdString(), fakeStructure());
        window->openFile(path);
        auto& scene = window->structureView()->sceneWidget()->scene();
        QTRY_COMPARE(scene.elements().size(), std::size_t(4));
        QVERIFY(window->structureView()->statusText().contains("cell.cif"));
        window->openFile(folder_.filePath("missing.cif"));
        QTRY_VERIFY(window->messageBar()->text().contains("missing.cif") &&
                    !window->messageBar()->text().startsWith("Opening"));
    }

    void closingDuringARunAsksInlineAndThenStops() {
        FakeEngine engine;
        engine.endless = true;
        auto window = makeWindow(engine);
        window->startRun();
        QTRY_VERIFY(engine.stepsDone->load() > 0);
        window->close();
        QVERIFY(window->isVisible());
        QVERIFY(!window->messageBar()->text().isEmpty());
        const auto buttons = window->messageBar()->findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 2);
        buttons.front()->click();
        QTRY_VERIFY(!window->isVisible());
        QVERIFY(!window->controller().isBusy());
    }

    void layoutAndSettingsPersist() {
        {
            auto window = makeWindow({});
            window->simulationPanel()->setTemperature(640);
            window->structureView()->viewActions().at(2)->setChecked(true);
            window->close();
        }
        auto window = makeWindow({});
        workflow::RunSpec spec;
        window->simulationPanel()->fill(spec);
        QCOMPARE(spec.md.temperature, 640.0);
        QVERIFY(window->structureView()->sceneWidget()->scene().options().polyhedra);
    }
};

int main(int argc, char** argv) {
    SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    TestMainWindow test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_main_window.moc"
