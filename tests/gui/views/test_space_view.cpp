// SPDX-License-Identifier: GPL-3.0-or-later
// The Space stage without a screen: queries, rules, filter, map, table, selection, comparison and undo.
#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPoint>
#include <QPointF>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include "gui/models/space_model.h"
#include "gui/views/compare_tray.h"
#include "gui/views/composition_card.h"
#include "gui/views/space_map_panel.h"
#include "gui/views/space_query_panel.h"
#include "gui/views/space_table_panel.h"
#include "gui/views/space_view.h"
#include "gui/widgets/element_filter.h"
#include "gui/widgets/pair_map.h"
#include "gui/widgets/space_map.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestSpaceView : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    composition::Host host_;
    QUndoStack undo_;

    std::unique_ptr<SpaceView> makeView() {
        undo_.clear();
        auto view = std::make_unique<SpaceView>(host_, undo_);
        view->resize(1200, 800);
        view->show();
        QSignalSpy changed(&view->browser(), &SpaceBrowser::changed);
        view->start();
        if (!changed.wait(20000)) qWarning("the space was not listed");
        return view;
    }
    static bool edited(SpaceView& view, const std::function<void(SpaceChoice&)>& edit) {
        QSignalSpy changed(&view.browser(), &SpaceBrowser::changed);
        SpaceChoice choice = view.browser().choice();
        edit(choice);
        view.query()->edit(choice);
        return changed.wait(20000);
    }
    static std::size_t rows(SpaceView& view) { return view.browser().rows().size(); }
    QString formula(SpaceView& view, std::uint32_t row) const {
        return QString::fromStdString(view.browser().table()->formula(row));
    }

  private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toLocal8Bit());
        host_ = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    }

    void publishedCountsAppear() {
        auto view = makeView();
        QVERIFY(edited(*view, [](SpaceChoice& c) { c.mobileMin = 2.5; }));
        QCOMPARE(rows(*view), std::size_t(4575));
        QVERIFY(view->query()->findChild<QLabel*>("spaceCount")->text().contains("4,575") ||
                view->query()->findChild<QLabel*>("spaceCount")->text().contains("4575"));
        QVERIFY(edited(*view, [](SpaceChoice& c) {
            c.types = "4-1";
            c.mobileMax = 3.5;
        }));
        QCOMPARE(rows(*view), std::size_t(735));
        QCOMPARE(view->map()->map()->shownCount(), std::size_t(735));
        QCOMPARE(view->table()->model()->rowCount(), 735);
    }

    void rulesAndFilterNarrowAndShowAllTakesThemBack() {
        auto view = makeView();
        const std::size_t all = rows(*view);
        QSignalSpy changed(&view->browser(), &SpaceBrowser::changed);
        QTest::mouseClick(view->query()->findChild<QAbstractButton*>("filter-Hf"), Qt::LeftButton);
        QVERIFY(changed.wait(20000));
        const std::size_t withHafnium = rows(*view);
        QVERIFY(withHafnium > 0 && withHafnium < all);
        QTest::mouseClick(view->query()->findChild<QAbstractButton*>("filter-La"), Qt::RightButton);
        QVERIFY(changed.wait(20000));
        QVERIFY(rows(*view) < withHafnium);
        auto* filter = view->query()->findChild<QLineEdit*>("spaceFilter");
        filter->setFocus();
        QTest::keyClicks(filter, "Sn and Li < 3");
        QTest::keyClick(filter, Qt::Key_Return);
        QVERIFY(changed.wait(20000));
        QVERIFY(rows(*view) > 0);
        for (const auto row : view->browser().rows()) {
            const QString text = formula(*view, row);
            QVERIFY(text.contains("Hf") && text.contains("Sn") && !text.contains("La"));
            QVERIFY(composition::mobileContent(host_, view->browser().table()->composition(row)) < 3.0);
        }
        QTest::mouseClick(view->query()->findChild<QPushButton*>("showAll"), Qt::LeftButton);
        QVERIFY(changed.wait(20000));
        QCOMPARE(rows(*view), all);
        QCOMPARE(filter->text(), QString());
        // Back through all edits: the rules are on the tiles again.
        undo_.undo();
        QVERIFY(changed.wait(20000));
        QCOMPARE(view->query()->elements()->rule(crystal::Element::fromSymbol("La")), ElementRule::Exclude);
        QCOMPARE(filter->text(), QString("Sn and Li < 3"));
        undo_.redo();
        QVERIFY(changed.wait(20000));
        QCOMPARE(rows(*view), all);
    }

    void aWrongFilterSaysSoAndTheRowsStay() {
        auto view = makeView();
        const std::size_t all = rows(*view);
        QSignalSpy problem(&view->browser(), &SpaceBrowser::problem);
        SpaceChoice choice = view->browser().choice();
        choice.filter = "S_confg > 1";
        view->query()->edit(choice);
        QVERIFY(problem.wait(20000));
        auto* label = view->query()->findChild<QLabel*>("spaceProblem");
        QVERIFY(label->isVisible());
        QVERIFY2(label->text().contains("S_confg") && label->text().contains("S_config"),
                 qPrintable(label->text()));
        QCOMPARE(rows(*view), all);
        choice.filter.clear();
        choice.types = "5-9";
        view->query()->edit(choice);
        QVERIFY(problem.wait(20000));
        QVERIFY(edited(*view, [](SpaceChoice& c) { c.types = "5-1"; }));
        QVERIFY(!label->isVisible());
    }

    void theNewestChoiceWins() {
        auto view = makeView();
        SpaceChoice choice = view->browser().choice();
        for (const char* types : {"3-1", "4-1", "5-2", "4-1"}) {
            choice.types = types;
            view->query()->edit(choice);
        }
        QTRY_VERIFY_WITH_TIMEOUT(!view->browser().isBusy() && view->browser().table()->rows() > 0 &&
                                     view->browser().table()->composition(0).counts.size() == 4,
                                 20000);
    }

    void sortingKeepsEveryRowAndTheSelection() {
        auto view = makeView();
        auto& browser = view->browser();
        const auto before = browser.rows();
        browser.select({before[17]});
        auto* table = view->table()->view();
        table->sortByColumn(3, Qt::DescendingOrder);
        const auto column = browser.table()->columnIndex("r_mean");
        const auto& radius = browser.table()->values(column);
        for (std::size_t i = 1; i < browser.rows().size(); ++i)
            QVERIFY(radius[browser.rows()[i - 1]] >= radius[browser.rows()[i]]);
        auto sorted = browser.rows();
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(sorted, before);
        QCOMPARE(browser.current(), std::optional(before[17]));
        const int place = view->table()->model()->rowOf(before[17]);
        QVERIFY(table->selectionModel()->isRowSelected(place));
        table->sortByColumn(-1, Qt::AscendingOrder);
        QCOMPARE(browser.rows(), before);
    }

    void mapTableAndCardShareTheSelection() {
        auto view = makeView();
        auto& browser = view->browser();
        SpaceMap* map = view->map()->map();
        auto* canvas = map->findChild<QWidget*>();
        const std::uint32_t row = browser.rows()[100];
        QTRY_VERIFY(map->pixel(row).x() > 0);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, map->pixel(row).toPoint());
        QVERIFY(browser.current().has_value());
        // Another point may lie at the same place: the one picked must be no farther than the mouse's reach.
        const QPointF apart = map->pixel(*browser.current()) - map->pixel(row);
        QVERIFY(std::hypot(apart.x(), apart.y()) < 10.0);
        QCOMPARE(view->card()->row(), browser.current());
        const int place = view->table()->model()->rowOf(*browser.current());
        QCOMPARE(view->table()->view()->currentIndex().row(), place);
        // A row of the table marks the point.
        QTest::mouseClick(
            view->table()->view()->viewport(), Qt::LeftButton, {},
            view->table()->view()->visualRect(view->table()->model()->index(place, 1)).center());
        QCOMPARE(browser.selection().size(), std::size_t(1));
        QVERIFY(view->card()->findChild<QLabel*>("cardNumbers")->text().contains("<table"));
    }

    void theLassoTakesExactlyWhatItSurrounds() {
        auto view = makeView();
        auto& browser = view->browser();
        SpaceMap* map = view->map()->map();
        auto* canvas = map->findChild<QWidget*>();
        QTRY_VERIFY(map->pixel(browser.rows()[0]).x() > 0);
        const QPoint centre = map->pixel(browser.rows()[browser.rows().size() / 2]).toPoint();
        const QPolygon square({centre + QPoint(-40, -30), centre + QPoint(40, -30), centre + QPoint(40, 30),
                               centre + QPoint(-40, 30)});
        QTest::mousePress(canvas, Qt::LeftButton, {}, square[0]);
        // QTest::mouseMove sends no buttons.
        const auto drag = [&](const QPoint& point) {
            QMouseEvent move(QEvent::MouseMove, point, canvas->mapToGlobal(point), Qt::NoButton,
                             Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(canvas, &move);
        };
        for (const QPoint& corner : square)
            drag(corner);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, square[3]);
        std::vector<std::uint32_t> inside;
        for (const auto row : browser.rows()) {
            const QPointF place = map->pixel(row);
            if (std::abs(place.x() - centre.x()) < 40 && std::abs(place.y() - centre.y()) < 30)
                inside.push_back(row);
        }
        QVERIFY(inside.size() > 1);
        auto chosen = browser.selection();
        std::sort(chosen.begin(), chosen.end());
        QVERIFY(std::includes(chosen.begin(), chosen.end(), inside.begin(), inside.end()));
        QVERIFY(chosen.size() <= inside.size() + 20);  // points on the very edge
    }

    void drawingTheMapIsTold() {
        // A figure for docs, no condition: machines differ.
        auto view = makeView();
        SpaceMap* map = view->map()->map();
        QTRY_VERIFY(map->pixel(view->browser().rows()[0]).x() > 0);
        map->grab();
        QElapsedTimer timer;
        timer.start();
        constexpr int rounds = 20;
        for (int i = 0; i < rounds; ++i) {
            map->setShown(view->browser().rows());
            QCoreApplication::processEvents();  // the replot is queued
            map->grab();
        }
        qInfo("map of %zu points at %d x %d: %.1f ms a frame", map->shownCount(), map->width(), map->height(),
              static_cast<double>(timer.elapsed()) / rounds);
        timer.restart();
        for (int i = 0; i < rounds; ++i)
            map->setCurrent(view->browser().rows()[static_cast<std::size_t>(i)]);
        qInfo("moving the marks: %.2f ms", static_cast<double>(timer.elapsed()) / rounds);
        QVERIFY(map->shownCount() > 4000);
    }

    void comparisonTakesTheSelectionAndSurvivesAnotherSpace() {
        auto view = makeView();
        auto& browser = view->browser();
        browser.select({browser.rows()[0], browser.rows()[5], browser.rows()[9]});
        QTest::mouseClick(view->card()->findChild<QPushButton*>("compareComposition"), Qt::LeftButton);
        QCOMPARE(view->tray()->size(), std::size_t(3));
        QVERIFY(edited(*view, [](SpaceChoice& c) { c.types = "4-1"; }));
        QCOMPARE(view->tray()->size(), std::size_t(0));
        QVERIFY(edited(*view, [](SpaceChoice& c) { c.types = "4-1, 5-1"; }));
        QCOMPARE(view->tray()->size(), std::size_t(3));
    }

    void ternaryPlacesAndPairsAgreeWithTheCompositions() {
        const auto corner = ternaryPlace(2.0, 0.0, 0.0), middle = ternaryPlace(1.0, 1.0, 1.0);
        QCOMPARE(corner[0], 0.0);
        QCOMPARE(corner[1], 0.0);
        QCOMPARE(middle[0], 0.5);
        QVERIFY(std::abs(middle[1] - std::sqrt(3.0) / 6.0) < 1e-12);
        QVERIFY(std::isnan(ternaryPlace(0.0, 0.0, 0.0)[0]));
        auto view = makeView();
        view->map()->setView(SpaceMapPanel::View::Ternary);
        QVERIFY(view->map()->map()->csv().contains("triangle"));
        view->map()->setView(SpaceMapPanel::View::Pairs);
        // Brute force: the mean of Li over all compositions with Hf and Sn.
        double sum = 0.0;
        int count = 0;
        for (const auto row : view->browser().rows()) {
            const QString text = formula(*view, row);
            if (!text.contains("Hf") || !text.contains("Sn")) continue;
            sum += composition::mobileContent(host_, view->browser().table()->composition(row));
            ++count;
        }
        const QStringList lines = view->map()->pairs()->csv().split('\n');
        const auto line = std::find_if(lines.begin(), lines.end(), [](const QString& one) {
            return one.startsWith("Hf,Sn,") || one.startsWith("Sn,Hf,");
        });
        QVERIFY(line != lines.end());
        QVERIFY(std::abs(line->section(',', 2, 2).toDouble() - sum / count) < 1e-6);
        QCOMPARE(line->section(',', 3, 3).toInt(), count);
    }

    void copyAndExportHoldAllDigits() {
        auto view = makeView();
        auto& browser = view->browser();
        browser.select({browser.rows()[3]});
        QTest::keyClick(view->table()->view(), Qt::Key_C, Qt::ControlModifier);
        const QString copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count('\n'), 2);
        QVERIFY(copied.contains(formula(*view, browser.rows()[3]) + '\t'));
        const QString path = folder_.filePath("space.csv");
        view->table()->exportTo(path);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().split('\n');
        QCOMPARE(std::size_t(lines.size()), rows(*view) + 2);
    }

    void starsTagsAndNotesStay() {
        std::uint32_t row = 0;
        {
            auto view = makeView();
            row = view->browser().rows()[7];
            view->browser().select({row});
            QTest::mouseClick(view->card()->findChild<QToolButton*>("starButton"), Qt::LeftButton);
            auto* tags = view->card()->findChild<QLineEdit*>("tagsEdit");
            QTest::keyClicks(tags, "made, dry");
            QTest::keyClick(tags, Qt::Key_Return);
            QVERIFY(view->table()->model()->index(7, 0).data().toString().startsWith(QChar(0x2605)));
            QVERIFY(edited(*view, [](SpaceChoice& c) { c.filter = "star"; }));
            QCOMPARE(rows(*view), std::size_t(1));
        }
        auto view = makeView();
        view->browser().select({row});
        QVERIFY(view->card()->findChild<QToolButton*>("starButton")->isChecked());
        QCOMPARE(view->card()->findChild<QLineEdit*>("tagsEdit")->text(), QString("dry, made"));
    }
};

QTEST_MAIN(TestSpaceView)
#include "test_space_view.moc"
