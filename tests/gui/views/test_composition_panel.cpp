// SPDX-License-Identifier: GPL-3.0-or-later
// Composing by clicks, counts, presets and formulas.
#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "gui/views/composition_panel.h"
#include "gui/widgets/chip.h"

using namespace ionscape;
using gui::CompositionPanel;

class TestCompositionPanel : public QObject {
    Q_OBJECT

    composition::Host host_;

    static void click(CompositionPanel& panel, const char* symbol) {
        auto* button = panel.findChild<QAbstractButton*>(QString("element-") + symbol);
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static QString text(CompositionPanel& panel, const char* name) {
        return panel.findChild<QLabel*>(name)->text();
    }
    static int count(const CompositionPanel& panel, const char* symbol) {
        for (const auto& [element, number] : panel.composition().counts)
            if (element == crystal::Element::fromSymbol(symbol)) return number;
        return 0;
    }

  private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        host_ = composition::loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    }

    void startsWithThePublishedBest() {
        CompositionPanel panel(host_);
        QVERIFY(panel.isValid());
        QCOMPARE(panel.presetName(), QString("LZHSTNSP"));
        QCOMPARE(
            text(panel, "formula"),
            QString("Li<sub>2.625</sub>Zr<sub>0.5</sub>Hf<sub>0.375</sub>Sn<sub>0.375</sub>Ti<sub>0.375</sub>"
                    "Nb<sub>0.375</sub>Si<sub>2</sub>PO<sub>12</sub>"));
        QCOMPARE(text(panel, "mobileContent"), QString("Li 2.625"));
        QCOMPARE(text(panel, "entropy"), QString("S = 1.602 R"));
        QCOMPARE(panel.findChild<gui::Chip*>("entropyClass")->text(), QString("High entropy"));
    }

    void everyAllowedElementHasAButton() {
        CompositionPanel panel(host_);
        for (const auto& species : host_.mixed().species)
            QVERIFY(panel.findChild<QAbstractButton*>(
                "element-" + QString::fromStdString(std::string(species.element.symbol()))));
    }

    void clickReplacesOneOfTheMostAbundant() {
        CompositionPanel panel(host_);
        QVERIFY(panel.setFormula("Li3Zr2Si2PO12"));
        QSignalSpy changed(&panel, &CompositionPanel::compositionChanged);
        click(panel, "Nb");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(count(panel, "Zr"), 15);
        QCOMPARE(count(panel, "Nb"), 1);
        QVERIFY(panel.isValid());
        QCOMPARE(panel.formula(), std::string("Li2.875Zr1.875Nb0.125Si2PO12"));
        QCOMPARE(text(panel, "entropy"), QString("S = 0.234 R"));
        QCOMPARE(panel.findChild<gui::Chip*>("entropyClass")->text(), QString("Low entropy"));
    }

    void countsAreEditedInPlace() {
        CompositionPanel panel(host_);
        auto* box = panel.findChild<QSpinBox*>("count-Zr");
        QCOMPARE(box->value(), 4);
        box->setValue(3);
        QCOMPARE(count(panel, "Zr"), 3);
        QVERIFY(!panel.isValid());
        QVERIFY(panel.problem().contains("15 of 16"));
        click(panel, "Zr");
        QVERIFY(panel.isValid());
        panel.findChild<QSpinBox*>("count-Hf")->setValue(0);
        QCOMPARE(count(panel, "Hf"), 0);
        QVERIFY(panel.findChild<QSpinBox*>("count-Hf") == nullptr);
    }

    void anUnbalancedCompositionSaysWhy() {
        CompositionPanel panel(host_);
        composition::Composition magnesium;
        magnesium.counts.emplace_back(crystal::Element::fromSymbol("Mg"), 16);
        panel.setComposition(magnesium);
        QVERIFY(!panel.isValid());
        QVERIFY2(panel.problem().contains("7 Li"), qPrintable(panel.problem()));
        QVERIFY(text(panel, "balance").contains("7 Li"));
    }

    void nothingChosenIsNotValid() {
        CompositionPanel panel(host_);
        panel.setComposition({});
        QVERIFY(!panel.isValid());
        QCOMPARE(text(panel, "formula"), QString("—"));
        click(panel, "Zr");
        QCOMPARE(count(panel, "Zr"), 1);
    }

    void wrongFormulaIsExplainedInlineAndChangesNothing() {
        CompositionPanel panel(host_);
        const auto before = panel.composition();
        auto* edit = panel.findChild<QLineEdit*>("formulaEdit");
        edit->setText("Li3Zr2Si2PO99");
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(panel.composition() == before);
        auto* error = panel.findChild<QLabel*>("formulaError");
        QVERIFY(!error->isHidden());
        QVERIFY(!error->text().isEmpty());
        QCOMPARE(edit->text(), QString("Li3Zr2Si2PO99"));
        edit->setText("Li3Zr2Si2PO12");
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(error->isHidden());
        QCOMPARE(count(panel, "Zr"), 16);
    }

    void presetsAreValidAndRecognised() {
        CompositionPanel panel(host_);
        auto* box = panel.findChild<QComboBox*>("presetBox");
        QVERIFY(box->count() >= 4);
        for (int i = 0; i + 1 < box->count(); ++i) {
            emit box->activated(i);
            QVERIFY(panel.isValid());
            QCOMPARE(box->currentIndex(), i);
            QVERIFY(!panel.presetName().isEmpty());
        }
        click(panel, "Ta");
        QCOMPARE(box->currentIndex(), box->count() - 1);
        QVERIFY(panel.presetName().isEmpty());
    }
};

QTEST_MAIN(TestCompositionPanel)
#include "test_composition_panel.moc"
