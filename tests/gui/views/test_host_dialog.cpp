// SPDX-License-Identifier: GPL-3.0-or-later
// A new host from a CIF: what is proposed, what edits change, and that the saved host can be used.
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/composition/composition.h"
#include "gui/views/host_dialog.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestHostDialog : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    const QString cif_ = QStringLiteral(IONSCAPE_TEST_DATA "/hosts/nasicon-like.cif");

    static QPushButton* saveButton(HostDialog& dialog) {
        return dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save);
    }
    static void type(HostDialog& dialog, const char* name, const QString& text) {
        auto* edit = dialog.findChild<QLineEdit*>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

  private slots:
    void initTestCase() { qputenv("XDG_DATA_HOME", folder_.filePath("data").toLocal8Bit()); }

    void whatIsProposedIsShown() {
        auto* dialog = new HostDialog(cif_);
        dialog->show();
        QVERIFY2(dialog->problem().isEmpty(), qPrintable(dialog->problem()));
        QCOMPARE(dialog->findChild<QSpinBox*>("state-Zr")->value(), 4);
        QCOMPARE(dialog->findChild<QSpinBox*>("state-O")->value(), -2);
        QVERIFY(dialog->findChild<QTableWidget*>("hostSites")->rowCount() >= 4);
        QVERIFY(!dialog->findChild<QLabel*>("hostNotes")->text().isEmpty());
        QVERIFY(saveButton(*dialog)->isEnabled());
        dialog->close();
    }

    void anImpossibleChargeSaysSoAndCannotBeSaved() {
        auto* dialog = new HostDialog(cif_);
        dialog->show();
        dialog->findChild<QSpinBox*>("state-O")->setValue(2);
        QVERIFY(!dialog->problem().isEmpty());
        QVERIFY(!saveButton(*dialog)->isEnabled());
        dialog->findChild<QSpinBox*>("state-O")->setValue(-2);
        QVERIFY2(dialog->problem().isEmpty(), qPrintable(dialog->problem()));
        type(*dialog, "hostDopants", "Hf four");
        QVERIFY(dialog->problem().contains("Hf four"));
        dialog->close();
    }

    void theSavedHostCanBeUsed() {
        auto* dialog = new HostDialog(cif_);
        dialog->show();
        QSignalSpy created(dialog, &HostDialog::created);
        type(*dialog, "hostId", "mine");
        type(*dialog, "hostDopants", "Hf 4, Sn 4, Nb 5");
        QVERIFY2(dialog->problem().isEmpty(), qPrintable(dialog->problem()));
        QTest::mouseClick(saveButton(*dialog), Qt::LeftButton);
        QCOMPARE(created.size(), 1);
        const auto host = composition::findHost("mine");
        QVERIFY(std::filesystem::exists(userHostFile("mine")));
        const auto& species = host.mixed().species;
        for (const char* symbol : {"Hf", "Sn", "Nb"})
            QVERIFY2(std::any_of(species.begin(), species.end(),
                                 [&](const auto& one) {
                                     return one.element == crystal::Element::fromSymbol(symbol);
                                 }),
                     symbol);
        composition::checkComposition(host, composition::defaultComposition(host));
        // The name is taken now.
        auto* again = new HostDialog(cif_);
        again->show();
        type(*again, "hostId", "mine");
        again->save();
        QVERIFY(again->problem().contains("mine"));
        again->close();
    }

    void aBrokenFileIsRefusedWithItsPlace() {
        const QString path = folder_.filePath("broken.cif");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("data_x\n_cell_length_a 5\n");
        file.close();
        QVERIFY_EXCEPTION_THROWN(HostDialog{path}, IoError);
    }
};

QTEST_MAIN(TestHostDialog)
#include "test_host_dialog.moc"
