// SPDX-License-Identifier: GPL-3.0-or-later
// Playback bar, periodic table, message bar and chip.
#include <QAbstractButton>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "gui/widgets/chip.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/periodic_picker.h"
#include "gui/widgets/playback_bar.h"
#include "gui/widgets/theme.h"

using namespace ionscape;
using crystal::Element;

class TestControls : public QObject {
    Q_OBJECT

  private slots:
    void playbackFollowsAGrowingRunOnlyAtTheEnd() {
        gui::PlaybackBar bar;
        bar.setFrameCount(10);
        QVERIFY(bar.isAtEnd());
        QCOMPARE(bar.frame(), 9);
        bar.setFrame(3);
        bar.setFrameCount(20);
        QCOMPARE(bar.frame(), 3);
        bar.toEnd();
        bar.setFrameCount(30);
        QCOMPARE(bar.frame(), 29);
    }

    void playbackPlaysFromTheStartToTheEnd() {
        gui::PlaybackBar bar;
        bar.setFrameCount(5);
        QSignalSpy frames(&bar, &gui::PlaybackBar::frameChanged);
        bar.togglePlay();
        QVERIFY(bar.isPlaying());
        QTRY_VERIFY(!bar.isPlaying());
        QCOMPARE(bar.frame(), 4);
        QCOMPARE(frames.size(), 5);  // back to 0, then 1 to 4
    }

    void playbackOfNothingIsDisabled() {
        gui::PlaybackBar bar;
        QVERIFY(!bar.isEnabled());
        bar.togglePlay();
        QVERIFY(!bar.isPlaying());
    }

    void pickerAddsOnClickAndRemovesOnShiftOrRightClick() {
        gui::PeriodicPicker picker;
        picker.setSpecies(
            {{Element::fromSymbol("Zr"), 4}, {Element::fromSymbol("Hf"), 4}, {Element::fromSymbol("Ce"), 4}});
        QSignalSpy added(&picker, &gui::PeriodicPicker::addRequested);
        QSignalSpy removed(&picker, &gui::PeriodicPicker::removeRequested);
        auto* hafnium = picker.findChild<QAbstractButton*>("element-Hf");
        QVERIFY(hafnium != nullptr);
        QTest::mouseClick(hafnium, Qt::LeftButton);
        QCOMPARE(added.size(), 1);
        QCOMPARE(added.front().front().value<Element>(), Element::fromSymbol("Hf"));
        QTest::mouseClick(hafnium, Qt::LeftButton, Qt::ShiftModifier);
        QTest::mouseClick(hafnium, Qt::RightButton);
        QCOMPARE(removed.size(), 2);
        QCOMPARE(added.size(), 1);
        picker.setCounts({{Element::fromSymbol("Hf"), 3}}, 16);
        QVERIFY(hafnium->accessibleName().contains("3"));
        QVERIFY(hafnium->accessibleName().contains("hafnium"));
    }

    void pickerPlacesElementsAsInTheTable() {
        gui::PeriodicPicker picker;
        picker.setSpecies({{Element::fromSymbol("Mg"), 2},
                           {Element::fromSymbol("Ti"), 4},
                           {Element::fromSymbol("Zr"), 4},
                           {Element::fromSymbol("Hf"), 4},
                           {Element::fromSymbol("Sn"), 4}});
        picker.resize(300, 200);
        picker.grab();  // lays out
        const auto at = [&](const char* name) {
            return picker.findChild<QAbstractButton*>(name)->geometry();
        };
        QCOMPARE(at("element-Ti").x(), at("element-Zr").x());
        QCOMPARE(at("element-Zr").x(), at("element-Hf").x());
        QVERIFY(at("element-Ti").y() < at("element-Zr").y());
        QVERIFY(at("element-Zr").y() < at("element-Hf").y());
        QCOMPARE(at("element-Zr").y(), at("element-Sn").y());
        QVERIFY(at("element-Mg").x() < at("element-Ti").x());
        QVERIFY(at("element-Zr").x() < at("element-Sn").x());
    }

    void messageRunsItsActionAndGoesAway() {
        gui::MessageBar bar;
        QVERIFY(bar.text().isEmpty());
        int calls = 0;
        bar.showMessage(gui::MessageBar::Kind::Error, "No such file", {{"Retry", [&] { ++calls; }}});
        QCOMPARE(bar.text(), QString("No such file"));
        auto* retry = bar.findChild<QPushButton*>();
        QVERIFY(retry != nullptr);
        retry->click();
        QCOMPARE(calls, 1);
        QVERIFY(bar.text().isEmpty());
    }

    void chipWithoutTextIsHidden() {
        gui::Chip chip;
        chip.set("High", gui::Chip::Tone::Good);
        QVERIFY(!chip.isHidden());
        chip.set({}, gui::Chip::Tone::Good);
        QVERIFY(chip.isHidden());
    }

    void speciesTextHasSuperscripts() {
        QCOMPARE(gui::speciesText(Element::fromSymbol("Zr"), 4), QString("Zr⁴⁺"));
        QCOMPARE(gui::speciesText(Element::fromSymbol("Li"), 1), QString("Li⁺"));
        QCOMPARE(gui::speciesText(Element::fromSymbol("O"), -2), QString("O²⁻"));
    }
};

QTEST_MAIN(TestControls)
#include "test_controls.moc"
