// SPDX-License-Identifier: GPL-3.0-or-later
// The Stability tab with the real core on cells of 40 atoms: a line, competing phases, wrong input.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>
#include <fstream>

#include "gui/views/stability_panel.h"
#include "gui/widgets/hull_plot.h"
#include "gui/widgets/message_bar.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestStabilityPanel : public QObject {
    Q_OBJECT

    static constexpr int patience = 120000;  // ms; a busy machine is slow
    QTemporaryDir folder_;
    std::unique_ptr<SpaceBrowser> browser_;

    static bool computed(StabilityPanel& panel) {
        QSignalSpy ended(&panel.task(), &BackgroundTask::ended);
        QTest::mouseClick(panel.findChild<QPushButton*>("computeHull"), Qt::LeftButton);
        return ended.size() == 1 || ended.wait(patience);
    }
    static void smallLine(StabilityPanel& panel) {
        panel.findChild<QSpinBox*>("pointsField")->setValue(3);
        panel.findChild<QSpinBox*>("decorationsField")->setValue(1);
        panel.findChild<QComboBox*>("toleranceField")->setCurrentIndex(2);
        auto* cell = panel.findChild<QComboBox*>("cellField");
        cell->setCurrentIndex(cell->findData(1));
    }
    static double number(StabilityPanel& panel, int row, int column) {
        return QLocale().toDouble(panel.table()->item(row, column)->text());
    }

  private slots:
    void initTestCase() {
        qputenv("HOME", folder_.path().toUtf8());
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8());
        qputenv("XDG_CONFIG_HOME", folder_.filePath("config").toUtf8());
        browser_ = std::make_unique<SpaceBrowser>(composition::findHost("lzsp"));
        QSignalSpy changed(browser_.get(), &SpaceBrowser::changed);
        browser_->setChoice({});
        QVERIFY(changed.wait(patience));
    }
    void init() { browser_->select({}); }

    void theTwoSelectedCompositionsAreTheEndsUnlessOthersWereTyped() {
        StabilityPanel panel(*browser_);
        auto* first = panel.findChild<QLineEdit*>("firstMember");
        QVERIFY(!panel.findChild<QPushButton*>("computeHull")->isEnabled());
        QVERIFY(panel.plot()->isEmpty());
        browser_->select({3, 8});
        QCOMPARE(first->text(), QString::fromStdString(browser_->table()->formula(3)));
        QCOMPARE(panel.findChild<QLineEdit*>("secondMember")->text(),
                 QString::fromStdString(browser_->table()->formula(8)));
        QVERIFY(panel.findChild<QPushButton*>("computeHull")->isEnabled());
        first->clear();
        QTest::keyClicks(first, "Li3Zr2Si2PO12");
        browser_->select({4, 5});
        QCOMPARE(first->text(), QString("Li3Zr2Si2PO12"));
        QTest::mouseClick(panel.findChild<QToolButton*>("takeSelected"), Qt::LeftButton);
        QCOMPARE(first->text(), QString::fromStdString(browser_->table()->formula(4)));
    }

    void aLineIsRelaxedAndCompetingPhasesMoveTheHull() {
        StabilityPanel panel(*browser_);
        panel.show();
        panel.setEndMembers("Li3Zr2Si2PO12", "Li3Hf2Si2PO12");
        smallLine(panel);
        QVERIFY(computed(panel));
        auto* bar = panel.findChild<MessageBar*>();
        QVERIFY2(!bar->isVisible(), qPrintable(bar->text()));
        QCOMPARE(panel.table()->rowCount(), 3);
        QCOMPARE(panel.plot()->pointCount(), 3);
        QCOMPARE(number(panel, 0, 2), 0.0);  // the ends define the formation energies
        QCOMPARE(number(panel, 2, 2), 0.0);
        QCOMPARE(number(panel, 1, 0), 0.5);
        const double formation = number(panel, 1, 2), above = number(panel, 1, 3);
        QVERIFY(std::abs(above - std::max(formation, 0.0)) < 0.011);
        double weights = 0.0;
        for (int row = 0; row < 3; ++row)
            weights += number(panel, row, 5);
        QVERIFY(std::abs(weights - 1.0) < 0.002);
        QCOMPARE(panel.plot()->csv().trimmed().count('\n'), 3);

        // Choosing a row rings the point; clicking a point would select the row.
        emit panel.plot()->chosen(1);
        QCOMPARE(panel.table()->item(panel.table()->currentRow(), 0)->data(Qt::UserRole).toInt(), 1);

        // A phase that takes 1 eV/atom off the second end makes it unstable.
        const QString csv = folder_.filePath("phases.csv");
        std::ofstream(csv.toStdString()) << "formula,energy_per_atom,label\nLi3Hf2Si2PO12,-20,rival\n";
        QSignalSpy ended(&panel.task(), &BackgroundTask::ended);
        panel.importPhases(csv);
        QVERIFY(ended.size() == 1 || ended.wait(patience));
        QVERIFY(number(panel, 2, 3) > 100.0);
        QVERIFY(panel.plot()->dropLineCount() >= 1);
        QVERIFY(!panel.findChild<QLabel*>("phaseCount")->text().isEmpty());
        QTest::mouseClick(panel.findChild<QToolButton*>("forgetPhases"), Qt::LeftButton);
        QVERIFY(ended.size() == 2 || ended.wait(patience));
        QCOMPARE(number(panel, 2, 3), 0.0);

        // Again: taken from the files, the same numbers.
        StabilityPanel again(*browser_);
        again.setEndMembers("Li3Zr2Si2PO12", "Li3Hf2Si2PO12");
        smallLine(again);
        QVERIFY(computed(again));
        QCOMPARE(number(again, 1, 2), formation);
    }

    void wrongInputIsAnInlineMessage() {
        StabilityPanel panel(*browser_);
        panel.show();
        auto* bar = panel.findChild<MessageBar*>();
        panel.setEndMembers("Li3Zr2Si2PO12", "NaCl");
        smallLine(panel);
        QVERIFY(computed(panel));
        QVERIFY(bar->isVisible());
        QVERIFY(panel.plot()->isEmpty());
        panel.setEndMembers("Li3Zr2Si2PO12", "Li3Hf2Si2PO12");
        panel.findChild<QSpinBox*>("pointsField")->setValue(4);  // thirds of four sites
        QVERIFY(computed(panel));
        QVERIFY2(bar->text().contains("points"), qPrintable(bar->text()));
        const QString csv = folder_.filePath("wrong.csv");
        std::ofstream(csv.toStdString()) << "formula,price\nMgO,3\n";
        panel.importPhases(csv);
        QVERIFY2(bar->text().contains("wrong.csv"), qPrintable(bar->text()));
    }
};

QTEST_MAIN(TestStabilityPanel)
#include "test_stability_panel.moc"
