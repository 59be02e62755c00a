// SPDX-License-Identifier: GPL-3.0-or-later
// The Transport stage on runs with known answers: one fit window and one selection for all its parts.
#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLocale>
#include <QPoint>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

#include "gui/scene/pathway_layers.h"
#include "gui/views/arrhenius_content.h"
#include "gui/views/hop_card.h"
#include "gui/views/structure_view.h"
#include "gui/views/transport_numbers.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_report.h"
#include "gui/views/transport_settings.h"
#include "gui/views/transport_stage.h"
#include "gui/views/transport_tables.h"
#include "gui/views/view_tools.h"
#include "gui/widgets/arrhenius_plot.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/element_legend.h"
#include "gui/widgets/histogram_plot.h"
#include "gui/widgets/jump_graph.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/playback_bar.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"
#include "tests/gui/views/hopping_run.h"
#include "tests/gui/views/vacancy_run.h"

using namespace ionscape;
using namespace ionscape::gui;
using Kind = scene::PathwayItem::Kind;

namespace {

/// View, controller and stage beside each other, with one opened run.
struct Bench {
    JobController controller{[](const auto&, const auto&, auto&, auto&) { return workflow::RunSummary{}; }};
    StructureView view;
    TransportStage stage{view, controller};
    QWidget window;

    Bench() {
        auto* layout = new QVBoxLayout(&window);
        layout->addWidget(&view, 2);
        layout->addWidget(stage.plots(), 1);
        auto* across = new QHBoxLayout;
        across->addWidget(stage.panel());
        layout->addLayout(across);
        window.resize(1100, 1100);
        window.show();
        if (!QTest::qWaitForWindowExposed(&window)) qWarning("the window was not exposed");
    }
    ~Bench() {
        // The window must not delete what are members here.
        view.setParent(nullptr);
    }
    int open(const HoppingRun& run) {
        return controller.addOpened(run.spec(), QString("%1 K").arg(run.temperature), run.data(),
                                    run.summary());
    }
    void show(int id) {
        view.showRun(controller.find(id)->data, "hopping");
        stage.setRun(id);
        stage.setActive(true);
    }
    bool analysed() {
        return QTest::qWaitFor(
            [this] {
                return stage.job().result() && stage.job().result()->pathways && !stage.job().task().isBusy();
            },
            30000);
    }
    scene::PathwayLayers& drawn() { return view.sceneWidget()->scene().pathways(); }
};

}  // namespace

class TestTransportStage : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

  private slots:
    void initTestCase() {
        QCoreApplication::setOrganizationName("IonscapeTest");
        QCoreApplication::setApplicationName("IonscapeTest");
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
        applyTheme(Theme::Light);
    }

    void theAnalysisFindsWhatWasPutIn() {
        const HoppingRun run;
        NoProgress quiet;
        TransportSettings settings;
        settings.smoothing = 0.3;
        int parts = 0;
        const auto result =
            analyseTransport(*run.data(), settings, {}, quiet, [&](const TransportResult&) { ++parts; });
        QVERIFY(parts >= 1);
        QCOMPARE(result.frames, std::size_t(run.frames));
        QCOMPARE(result.motion.curves.size(), std::size_t(2));
        QCOMPARE(result.motion.curves.front().element, settings.mobile);
        const auto fit = transport::fitMotion(result.motion.statistics,
                                              transport::defaultFitWindow(result.motion.statistics.msd));
        QVERIFY2(std::abs(fit.tracer.coefficient - run.diffusion()) < 4.0 * fit.tracer.error,
                 qPrintable(QString("%1 %2 ± %3")
                                .arg(run.diffusion())
                                .arg(fit.tracer.coefficient)
                                .arg(fit.tracer.error)));
        QVERIFY(result.pathways != nullptr);
        const auto& found = *result.pathways;
        QCOMPARE(found.found.siteMap.sites.size(), std::size_t(8));
        double ions = 0.0;
        for (const auto& site : found.found.siteMap.sites)
            ions += site.occupancy;
        QVERIFY(std::abs(ions - HoppingRun::ions) < 0.5);
        QVERIFY(!found.found.hops.empty());
        QVERIFY(std::abs(found.found.hops.front().distance - HoppingRun::hop) < 0.3);
        QCOMPARE(found.axes.size(), std::size_t(3));
        QVERIFY(found.levels[0] < found.levels[1] && found.levels[1] < found.levels[2]);
        settings.skipPs = 1e6;
        QVERIFY_EXCEPTION_THROWN(analyseTransport(*run.data(), settings, {}, quiet), InputError);
    }

    void everythingIsShownAtOnce() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        QVERIFY(!bench.stage.numbers()->value("tracer").isEmpty());
        QVERIFY(!bench.stage.numbers()->value("haven").isEmpty());
        QVERIFY(!bench.stage.numbers()->value("sigma").isEmpty());
        QVERIFY(!bench.stage.numbers()->value("barriers").isEmpty());
        QVERIFY(!bench.stage.plots()->msd()->fitText().isEmpty());
        QCOMPARE(bench.stage.plots()->sites()->rowCount(), 8);
        QVERIFY(bench.stage.plots()->jumps()->rowCount() > 0);
        QCOMPARE(bench.stage.plots()->profiles()->curves().size(), std::size_t(3));
        QCOMPARE(bench.drawn().siteCount(), std::size_t(8));
        QVERIFY(bench.drawn().surfaceTriangles() > 100);
        QVERIFY(bench.drawn().pathPieces() > 0);
        bench.stage.setActive(false);
        QCOMPARE(bench.drawn().siteCount(), std::size_t(0));
        bench.stage.setActive(true);
        QCOMPARE(bench.drawn().siteCount(), std::size_t(8));
    }

    void theWindowFollowsMouseAndKeyboard() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        auto* msd = bench.stage.plots()->msd();
        const auto before = bench.stage.fit()->tracer;
        QWidget* canvas = msd->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(canvas != nullptr);
        const auto drag = [&](double from, double to) {
            const int y = canvas->height() / 2;
            QTest::mousePress(canvas, Qt::LeftButton, {}, QPoint(int(msd->pixelOf(from)), y));
            QTest::mouseMove(canvas, QPoint(int(msd->pixelOf(0.5 * (from + to))), y));
            QTest::mouseMove(canvas, QPoint(int(msd->pixelOf(to)), y));
            QTest::mouseRelease(canvas, Qt::LeftButton, {}, QPoint(int(msd->pixelOf(to)), y));
        };
        const double end = before.window.endFs;
        drag(end, 0.5 * end);
        QTRY_VERIFY(bench.stage.fit()->tracer.window.endFs < 0.6 * end);
        QVERIFY(bench.stage.fit()->tracer.coefficient != before.coefficient);
        QCOMPARE(bench.stage.fit()->tracer.window.beginFs, before.window.beginFs);
        auto* field = bench.stage.panel()->findChild<QDoubleSpinBox*>("fitEnd");
        QVERIFY(std::abs(1000.0 * field->value() - bench.stage.fit()->tracer.window.endFs) < 20.0);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QLocale().toString(20.0, 'f', 1));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(bench.stage.fit()->tracer.window.endFs, 20000.0);
        QTest::mouseClick(bench.stage.panel()->findChild<QWidget*>("defaultWindow"), Qt::LeftButton);
        QCOMPARE(bench.stage.fit()->tracer.window.endFs, end);
    }

    void oneSelectionEverywhere() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        auto* plots = bench.stage.plots();
        plots->tabs()->setCurrentWidget(plots->sites());
        auto* sites = plots->sites();
        QTest::mouseClick(sites->viewport(), Qt::LeftButton, {},
                          sites->visualItemRect(sites->item(2, 0)).center());
        QVERIFY((bench.drawn().selected() == scene::PathwayItem{Kind::Site, 2}));
        QTest::keyClick(sites, Qt::Key_Down);
        QVERIFY((bench.drawn().selected() == scene::PathwayItem{Kind::Site, 3}));

        bench.stage.select(scene::PathwayItem{Kind::Jump, 1});
        QCOMPARE(plots->tabs()->currentWidget(), static_cast<QWidget*>(plots->jumps()));
        QCOMPARE(plots->jumps()->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(plots->jumps()
                     ->item(plots->jumps()->selectionModel()->selectedRows().front().row(), 0)
                     ->data(Qt::UserRole)
                     .toInt(),
                 1);
        QVERIFY(plots->sites()->selectionModel()->selectedRows().isEmpty());
        bench.stage.select(scene::PathwayItem{Kind::Path, 2});
        QCOMPARE(plots->profiles()->current(), 2);

        // In 3D: find a site under the mouse and click it.
        auto* canvas = bench.view.sceneWidget();
        auto& scene = canvas->scene();
        std::optional<QPoint> place;
        const double ratio = canvas->devicePixelRatioF();
        for (int y = 4; y < canvas->height() && !place; y += 4)
            for (int x = 4; x < canvas->width() && !place; x += 4) {
                const auto hit = scene.pick(int(x * ratio), int((canvas->height() - 1 - y) * ratio));
                if (hit && hit->item && hit->item->kind == Kind::Site) place = QPoint(x, y);
            }
        QVERIFY(place.has_value());
        QTest::mouseClick(canvas, Qt::LeftButton, {}, *place);
        QVERIFY(bench.stage.selected() && bench.stage.selected()->kind == Kind::Site);
        QCOMPARE(plots->sites()->selectionModel()->selectedRows().size(), 1);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, QPoint(2, 2));
        QVERIFY(!bench.stage.selected().has_value());
        QVERIFY(plots->sites()->selectionModel()->selectedRows().isEmpty());
    }

    void runsOfOneCompositionMakeTheArrheniusPlot() {
        Bench bench;
        HoppingRun cold, hot, other;
        cold.temperature = 600.0;
        cold.chance = 0.008;
        hot.temperature = 1000.0;
        hot.chance = 0.09;
        bench.open(cold);
        bench.open(hot);
        auto foreign = other.spec();
        foreign.formula = "Li2O";
        bench.controller.addOpened(foreign, "another", other.data(), other.summary());
        const int id = bench.open({});
        bench.show(id);
        QVERIFY(bench.analysed());
        auto* plot = bench.stage.plots()->arrhenius();
        QCOMPARE(plot->content().points.size(), std::size_t(3));
        QCOMPARE(plot->content().points[1].current, true);
        const double sigmaT = plot->content().points[1].value;
        bench.stage.plots()->findChild<QComboBox*>("arrheniusQuantity")->setCurrentIndex(1);
        QCOMPARE(plot->content().points[1].value, bench.stage.fit()->tracer.coefficient);
        QVERIFY(sigmaT != plot->content().points[1].value);
        // Dragging the window moves the point of this run.
        bench.stage.setWindow({2000.0, 10000.0});
        QCOMPARE(plot->content().points[1].value, bench.stage.fit()->tracer.coefficient);
        QSignalSpy chosen(&bench.stage, &TransportStage::runChosen);
        bench.stage.plots()->tabs()->setCurrentWidget(plot);
        QTest::qWait(1);
        QWidget* canvas = plot->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, plot->pixel(0).toPoint());
        QCOMPARE(chosen.size(), 1);
        QVERIFY(plot->csv().startsWith("temperature_K,"));
    }

    void settingsAndLooks() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        QSignalSpy ready(&bench.stage.job(), &TransportJob::resultReady);
        auto* grid = bench.stage.panel()->findChild<QDoubleSpinBox*>("gridSpacing");
        grid->setValue(0.5);
        QTRY_VERIFY_WITH_TIMEOUT(!ready.isEmpty() && bench.stage.job().result()->settings.resolution == 0.5,
                                 20000);
        const auto triangles = bench.drawn().surfaceTriangles();
        auto* sites = bench.stage.panel()->findChild<QAbstractButton*>("showSites");
        sites->click();
        QCOMPARE(bench.drawn().siteCount(), std::size_t(0));
        bench.stage.panel()->findChild<QAbstractButton*>("showLevel0")->click();
        QVERIFY(bench.drawn().surfaceTriangles() < triangles);
        sites->click();
        QCOMPARE(bench.drawn().siteCount(), std::size_t(8));
    }

    void measuringHidingAndViews() {
        Bench bench;
        bench.view.showStructure(HoppingRun::structure(), "cell");
        auto* tools = bench.view.tools();
        tools->measureAction()->trigger();
        QVERIFY(!tools->measurementText().isEmpty());
        const auto structure = HoppingRun::structure();
        const auto pick = [&](std::size_t atom) {
            scene::StructureScene::Pick one;
            one.atom = atom;
            one.position = structure.position(atom);
            emit bench.view.sceneWidget()->picked(one);
        };
        pick(0);
        pick(4);
        QVERIFY2(tools->measurementText().startsWith("3.464"), qPrintable(tools->measurementText()));
        QVERIFY(bench.view.statusText().contains("3.464"));
        pick(1);
        QVERIFY(tools->measurementText().endsWith(QChar(0xB0)));
        tools->measureAction()->trigger();
        QVERIFY(tools->measurementText().isEmpty());

        auto& scene = bench.view.sceneWidget()->scene();
        const auto all = scene.atomGlyphCount();
        auto* legend = bench.view.legend();
        const auto zr = crystal::Element::fromSymbol("Zr");
        QTest::mouseClick(legend, Qt::LeftButton, {}, legend->placeOf(zr));
        QVERIFY(scene.atomGlyphCount() < all);
        QTest::mouseClick(legend, Qt::LeftButton, {}, legend->placeOf(zr));
        QCOMPARE(scene.atomGlyphCount(), all);

        const auto eye = scene.viewpoint().eye;
        tools->keepView();
        scene.lookAlong(0);
        QVERIFY((scene.viewpoint().eye - eye).norm() > 1e-6);
        tools->showView(tools->viewCount() - 1);
        QVERIFY((scene.viewpoint().eye - eye).norm() < 1e-6);
        tools->forgetViews();
        QCOMPARE(tools->viewCount(), 0);
    }

    void theBarrierOfAJumpIsFound() {
        // In a crystal of alike spheres an ion hops into the vacancy beside it, and back.
        const QString file = folder_.filePath("spheres.json");
        QFile model(file);
        QVERIFY(model.open(QIODevice::WriteOnly));
        model.write(R"({"architecture": "classical", "name": "spheres", "origin": "made up for a test",
            "licence": "GPL", "cutoff": 5.2, "truncation": "smooth", "smoothing_width": 0.8,
            "lennard_jones": {"mixing": "lorentz-berthelot",
                              "elements": {"Li": {"epsilon": 0.02, "sigma": 3.4},
                                           "Zr": {"epsilon": 0.02, "sigma": 3.4}}}})");
        model.close();
        Bench bench;
        workflow::RunSpec spec;
        spec.formula = "LiZr30";
        spec.potential = file.toStdString();
        spec.threads = 1;
        const auto run = vacancyRun();
        bench.show(bench.controller.addOpened(spec, "vacancy", run, std::nullopt));
        QVERIFY(bench.analysed());
        auto* card = bench.stage.hopCard();
        auto* plot = bench.stage.plots()->hop();
        QVERIFY(!card->findButton()->isEnabled());
        bench.stage.select(scene::PathwayItem{Kind::Jump, 0});
        QVERIFY(card->findButton()->isEnabled());
        QSignalSpy problem(&bench.stage.hopJob(), &HopJob::problem);
        QTest::mouseClick(card->findButton(), Qt::LeftButton);
        QVERIFY(bench.stage.hopJob().task().isBusy());
        QTRY_VERIFY_WITH_TIMEOUT(!bench.stage.hopJob().task().isBusy(), 60000);
        QVERIFY2(problem.isEmpty(), problem.isEmpty() ? "" : qPrintable(problem[0][0].toString()));
        const auto result = bench.stage.hopJob().result();
        QVERIFY(result && result->finished);
        // Both ends are alike.
        QVERIFY(result->path.forwardBarrier() > 0.02);
        QVERIFY(std::abs(result->path.forwardBarrier() - result->path.backwardBarrier()) < 0.05);
        QVERIFY(card->resultText().contains("eV"));
        QCOMPARE(plot->curves().size(), result->path.climbed ? std::size_t(3) : std::size_t(2));
        QCOMPARE(plot->curves()[1].x.size(), result->path.images.size());
        QVERIFY(plot->csv().contains("energy_above_start_eV"));

        // Its images are played in the view; a click on one goes there; the run comes back.
        auto* show = bench.stage.panel()->findChild<QAbstractButton*>("showHop");
        show->click();
        QCOMPARE(bench.view.playback()->frameCount(), int(result->path.images.size()));
        emit plot->pointChosen(1, 3);
        QCOMPARE(bench.view.playback()->frame(), 3);
        QVERIFY(bench.view.statusText().contains("3"));
        show->click();
        QCOMPARE(std::size_t(bench.view.playback()->frameCount()), run->frameCount());

        // An ion and a site that are clicked one after the other are a hop, too.
        bench.stage.select(std::nullopt);
        scene::StructureScene::Pick ion, site;
        ion.position = site.position = Vec3::Zero();
        ion.atom = 0;
        site.item = scene::PathwayItem{Kind::Site, 1};
        emit bench.view.sceneWidget()->picked(ion);
        QVERIFY(!card->findButton()->isEnabled());
        emit bench.view.sceneWidget()->picked(site);
        QVERIFY(card->findButton()->isEnabled());
        emit bench.view.sceneWidget()->picked(std::nullopt);
        QVERIFY(!card->findButton()->isEnabled());
    }

    void theGraphTakesPartInTheSelection() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        auto* plots = bench.stage.plots();
        auto* graph = plots->graph();
        QCOMPARE(std::size_t(graph->edgeCount()), bench.stage.job().result()->pathways->found.hops.size());
        plots->tabs()->setCurrentWidget(graph);
        QTest::qWait(20);
        auto* canvas = graph->findChild<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, graph->pixel(1).toPoint());
        QVERIFY(bench.stage.selected() && bench.stage.selected()->kind == Kind::Site);
        QCOMPARE(plots->tabs()->currentWidget(), static_cast<QWidget*>(graph));
        QVERIFY(graph->selected() && !graph->selected()->edge);
        bench.stage.select(scene::PathwayItem{Kind::Jump, 2});
        QVERIFY((graph->selected() == JumpGraph::Item{true, 2}));
        bench.stage.select(std::nullopt);
        QVERIFY(!graph->selected());
        QVERIFY(graph->csv().startsWith("from,to,cell_a"));
    }

    void distributionsOfTheMotion() {
        Bench bench;
        bench.show(bench.open({}));
        QVERIFY(bench.analysed());
        const auto& structure = *bench.stage.job().result()->structure;
        QCOMPARE(structure.lastDisplacement.size(), std::size_t(HoppingRun::ions));
        QVERIFY(!bench.stage.plots()->nonGaussian()->curves().empty());
        QVERIFY(bench.stage.plots()->displacements()->peak(0) >= 1.0);
        for (std::size_t i = 0; i < structure.lastDisplacement.size(); ++i)
            QVERIFY(structure.largestDisplacement[i] >= structure.lastDisplacement[i]);
        QVERIFY(!bench.stage.numbers()->value("attempt").isEmpty());
        QVERIFY(!bench.stage.numbers()->value("amplitude").isEmpty());
        // The barriers of the table are those of the command line, with the frequency that was measured.
        const auto& found = bench.stage.job().result()->pathways->found;
        QVERIFY(found.attemptMeasured);
        const auto expected = transport::activationEnergy(found.hops[0].rate, found.hops[0].error,
                                                          found.attemptTHz, HoppingRun{}.temperature);
        QCOMPARE(found.barriers[0].energy, expected.energy);
        const auto cells = bench.stage.plots()->jumps()->csv().split('\n').at(1).split(',');
        QVERIFY(std::abs(cells.at(8).toDouble() - expected.energy) < 1e-6);
    }

    void defaultsAreThoseOfTheCommandLine() {
        const TransportSettings window;
        const transport::PathwaySettings commandLine;
        QCOMPARE(window.resolution, commandLine.resolution);
        QCOMPARE(window.smoothing, commandLine.smoothing);
        QCOMPARE(window.prominence, commandLine.prominence);
        TransportSettingsPanel panel;
        QCOMPARE(panel.settings(), window);
    }

    void tablesAndReportAreWritten() {
        Bench bench;
        const int id = bench.open({});
        bench.show(id);
        QVERIFY(bench.analysed());
        const auto lines = bench.stage.plots()->sites()->csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 9);
        QVERIFY(lines.front().contains("mean_stay_ps"));
        QCOMPARE(lines.at(1).count(','), lines.front().count(','));
        const auto jumps = bench.stage.plots()->jumps()->csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(jumps.at(1).count(','), jumps.front().count(','));
        ReportPage page;
        page.title = "hopping";
        page.picture = bench.view.paperPicture(600);
        QVERIFY(!page.picture.isNull() && page.picture.hasAlphaChannel());
        page.plots = {{"MSD", bench.stage.plots()->msd()->paperImage(400, 300, 1.0)}};
        page.numbers = bench.stage.numbers()->rows();
        page.provenance = provenanceOf(*bench.controller.find(id), *bench.stage.job().result());
        const QString path = folder_.filePath("report.pdf");
        writeReport(path, page);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray pdf = file.readAll();
        QVERIFY(pdf.startsWith("%PDF") && pdf.size() > 20000);
        QCOMPARE(pdf.count("/Type /Page\n") + pdf.count("/Type /Page "), 1);
        QVERIFY_EXCEPTION_THROWN(writeReport("/nonexistent/folder/a.pdf", page), IoError);
    }

    void compositionsAreCompared() {
        JobRecord a, b;
        a.id = 1;
        b.id = 2;
        a.spec.formula = "Li3Zr2Si2PO12";
        b.spec.formula = "Zr4Li6Si4P2O24";
        QVERIFY(sameComposition(a, b));
        b.spec.formula = "Zr4Li5Si4P2O24";
        QVERIFY(!sameComposition(a, b));
        b.spec.formula = "";
        QVERIFY(!sameComposition(a, b));
    }
};

int main(int argc, char** argv) {
    SceneWidget::setDefaultSurfaceFormat();
    QApplication application(argc, argv);
    TestTransportStage test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_transport_stage.moc"
