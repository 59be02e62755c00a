// SPDX-License-Identifier: GPL-3.0-or-later
// The hull plot: what it draws for which points, what it says of them, and what it exports.
#include <QCoreApplication>
#include <QFileInfo>
#include <QPoint>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "gui/widgets/hull_plot.h"
#include "gui/widgets/theme.h"

using namespace ionscape;
using gui::HullPlot;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::vector<HullPlot::Point> points() {
    return {{0.0, 0.0, 0.0, none, 0.0, "A", "A"},
            {0.5, 12.0, 20.0, 4.0, 27.5, "AB", "AB → 0.5 A + 0.5 B"},
            {1.0, 0.0, 3.0, 2.0, 0.0, "B", "B"}};
}

}  // namespace

class TestHullPlot : public QObject {
    Q_OBJECT

  private slots:
    void onlyUnstablePointsDropAndOnlySpreadsHaveBars() {
        HullPlot plot;
        QVERIFY(plot.isEmpty());
        plot.setContent("A", "B", points(), {{0.0, 0.0}, {0.5, -15.5}, {1.0, 0.0}});
        QVERIFY(!plot.isEmpty());
        QCOMPARE(plot.pointCount(), 3);
        QCOMPARE(plot.dropLineCount(), 1);
        QCOMPARE(plot.barCount(), 2);
        plot.clear();
        QVERIFY(plot.isEmpty());
        QCOMPARE(plot.dropLineCount(), 0);
    }

    void hoverTextAndTableSayTheNumbers() {
        HullPlot plot;
        plot.setContent("A", "B", points(), {{0.0, 0.0}, {0.5, -15.5}, {1.0, 0.0}});
        const QString text = plot.text(1);
        for (const char* part : {"AB", "12", "27.5", "20", "0.5 A + 0.5 B"})
            QVERIFY2(text.contains(part), qPrintable(text));
        QVERIFY(!plot.text(0).contains("±"));
        const QStringList lines = plot.csv().trimmed().split('\n');
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0].split(',').size(), 7);
        QCOMPARE(lines[2], QString("0.5,AB,12,20,4,27.5,\"AB → 0.5 A + 0.5 B\""));
        QCOMPARE(lines[1], QString("0,A,0,0,,0,\"A\""));
    }

    void clickingAPointChoosesIt() {
        HullPlot plot;
        plot.resize(500, 300);
        plot.show();
        plot.setContent("A", "B", points(), {{0.0, 0.0}, {0.5, -15.5}, {1.0, 0.0}});
        QSignalSpy chosen(&plot, &HullPlot::chosen);
        QTRY_VERIFY(plot.pixel(2).x() > plot.pixel(0).x() + 200);
        QVERIFY(plot.pixel(1).y() < plot.pixel(0).y());
        auto* canvas = plot.findChild<QWidget*>();
        QTest::mouseClick(canvas, Qt::LeftButton, {}, plot.pixel(1).toPoint());
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.last().at(0).toInt(), 1);
        QTest::mouseClick(canvas, Qt::LeftButton, {}, plot.pixel(1).toPoint() + QPoint(40, 0));
        QCOMPARE(chosen.size(), 1);
    }

    void exportsInEveryFormatAndPalette() {
        QTemporaryDir folder;
        HullPlot plot;
        plot.setContent("A", "B", points(), {{0.0, 0.0}, {0.5, -15.5}, {1.0, 0.0}});
        for (const auto theme : {gui::Theme::Dark, gui::Theme::Light}) {
            gui::applyTheme(theme);
            for (const char* name : {"hull.pdf", "hull.png", "hull.csv"}) {
                plot.exportTo(folder.filePath(name));
                QVERIFY(QFileInfo(folder.filePath(name)).size() > 100);
            }
        }
        const QImage image(folder.filePath("hull.png"));
        QVERIFY(!image.isNull());
        QCOMPARE(image.pixel(1, 1), qRgb(255, 255, 255));
    }

    void aLowPlotHasAShortLabel() {
        HullPlot plot;
        plot.show();
        plot.resize(400, 400);
        QCoreApplication::processEvents();
        const QString whole = plot.verticalLabel();
        plot.resize(400, 150);
        QCoreApplication::processEvents();
        const QString little = plot.verticalLabel();
        QVERIFY(little.size() < whole.size());
        QVERIFY(plot.fontMetrics().horizontalAdvance(little) < 150 - 40);
        QVERIFY(little.contains("meV/atom"));
    }
};

QTEST_MAIN(TestHullPlot)
#include "test_hull_plot.moc"
