// SPDX-License-Identifier: GPL-3.0-or-later
// The Ensemble tab with the real core on a cell of 40 atoms: build, relax, stop, continue, hand on.
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "core/io/structure_file.h"
#include "core/potential/model_registry.h"
#include "gui/views/ensemble_panel.h"
#include "gui/widgets/message_bar.h"
#include "tests/workflow/untrained_model.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestEnsemblePanel : public QObject {
    Q_OBJECT

    static constexpr int patience = 120000;  // ms; a busy machine is slow
    QTemporaryDir folder_;
    std::unique_ptr<SpaceBrowser> browser_;

    template <class Widget>
    static Widget* part(EnsemblePanel& panel, const char* name) {
        return panel.findChild<Widget*>(name);
    }
    static void choose(EnsemblePanel& panel, builder::EnsembleMethod method, int members, int cells) {
        auto* methods = part<QComboBox>(panel, "methodField");
        methods->setCurrentIndex(methods->findData(static_cast<int>(method)));
        auto* cell = part<QComboBox>(panel, "cellField");
        cell->setCurrentIndex(cell->findData(cells));
        part<QSpinBox>(panel, "membersField")->setValue(members);
        part<QComboBox>(panel, "toleranceField")->setCurrentIndex(2);
    }
    /// Presses a button and waits for the end of the work it begins.
    static bool pressed(EnsemblePanel& panel, const char* button) {
        QSignalSpy ended(&panel.job().task(), &BackgroundTask::ended);
        QTest::mouseClick(part<QPushButton>(panel, button), Qt::LeftButton);
        return ended.size() == 1 || ended.wait(patience);
    }
    static QString cell(EnsemblePanel& panel, int row, const QString& title) {
        const QTableWidget* table = panel.table();
        for (int column = 0; column < table->columnCount(); ++column)
            if (table->horizontalHeaderItem(column)->text() == title) return table->item(row, column)->text();
        return QStringLiteral("no such column");
    }
    void select(const std::string& formula) {
        const auto table = browser_->table();
        for (const auto row : browser_->rows())
            if (table->formula(row) == formula) browser_->select({row});
    }

  private slots:
    void initTestCase() {
        qputenv("HOME", folder_.path().toUtf8());
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8());
        qputenv("XDG_CONFIG_HOME", folder_.filePath("config").toUtf8());
        testing::writeUntrainedModel(folder_.filePath("model.h5").toStdString(), 1);
        browser_ = std::make_unique<SpaceBrowser>(composition::findHost("lzsp"));
        QSignalSpy changed(browser_.get(), &SpaceBrowser::changed);
        SpaceChoice choice;
        choice.types = "4-1";
        browser_->setChoice(choice);
        QVERIFY(changed.wait(patience));
    }
    void init() { browser_->select({}); }

    void anEmptyTabSaysWhatToClick() {
        EnsemblePanel panel(*browser_);
        panel.show();
        QVERIFY(!part<QPushButton>(panel, "buildEnsemble")->isEnabled());
        QVERIFY(!part<QPushButton>(panel, "relaxEnsemble")->isEnabled());
        QVERIFY(!panel.table()->isVisible());
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        QVERIFY(browser_->current().has_value());
        QVERIFY(part<QPushButton>(panel, "buildEnsemble")->isEnabled());
    }

    void rankedMembersHaveScoresAndTheSeedDecides() {
        EnsemblePanel panel(*browser_);
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        choose(panel, builder::EnsembleMethod::Ewald, 4, 1);
        QVERIFY(pressed(panel, "buildEnsemble"));
        QCOMPARE(panel.table()->rowCount(), 4);
        QCOMPARE(panel.job().atoms(), std::size_t(40));
        const auto members = panel.job().members();
        for (std::size_t i = 1; i < 4; ++i)
            QVERIFY(*members[i].score >= *members[i - 1].score);
        QVERIFY(cell(panel, 0, "E Ewald (eV)").startsWith('-') ||
                cell(panel, 0, "E Ewald (eV)").startsWith("−"));
        QVERIFY(pressed(panel, "buildEnsemble"));
        for (std::size_t i = 0; i < 4; ++i)
            QCOMPARE(panel.job().members()[i].seed, members[i].seed);
        // Sorting the table by seed keeps each row's member.
        panel.table()->sortByColumn(1, Qt::DescendingOrder);
        QSignalSpy shown(&panel, &EnsemblePanel::showRequested);
        panel.table()->selectRow(0);
        QTest::mouseClick(part<QPushButton>(panel, "showMember"), Qt::LeftButton);
        QCOMPARE(shown.size(), 1);
        const auto structure = shown.last().at(0).value<crystal::Structure>();
        const auto highest = std::max_element(members.begin(), members.end(),
                                              [](const auto& a, const auto& b) { return a.seed < b.seed; });
        QCOMPARE(structure.size(), highest->structure.size());
        for (std::size_t i = 0; i < structure.size(); ++i)
            QVERIFY((structure.position(i) - highest->structure.position(i)).norm() < 1e-12);
    }

    void distinctMembersCountTheirEquivalents() {
        EnsemblePanel panel(*browser_);
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        choose(panel, builder::EnsembleMethod::Random, 3, 1);
        part<QCheckBox>(panel, "distinctBox")->setChecked(true);
        QVERIFY(pressed(panel, "buildEnsemble"));
        QVERIFY(cell(panel, 0, "Mult.").toInt() >= 1);
        QVERIFY(panel.table()->isColumnHidden(2));  // random members have no score
    }

    void whatCannotBeBuiltSaysWhy() {
        EnsemblePanel panel(*browser_);
        panel.show();
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        // All arrangements of the MD cell: more than anyone can list.
        choose(panel, builder::EnsembleMethod::Enumeration, 5, 0);
        QVERIFY(pressed(panel, "buildEnsemble"));
        QVERIFY(panel.findChild<MessageBar*>()->isVisible());
        QVERIFY(!panel.findChild<MessageBar*>()->text().isEmpty());
        QVERIFY(panel.job().members().empty());
    }

    void relaxedMembersFillTheTableAndTheFileIsContinued() {
        EnsemblePanel panel(*browser_);
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        choose(panel, builder::EnsembleMethod::Random, 2, 1);
        QVERIFY(pressed(panel, "buildEnsemble"));
        QSignalSpy records(&panel.job(), &EnsembleJob::recordsChanged);
        QVERIFY(pressed(panel, "relaxEnsemble"));
        QVERIFY(records.size() >= 3);  // they come one by one
        const auto first = panel.job().records();
        QCOMPARE(first.size(), std::size_t(2));
        for (const auto& record : first)
            QVERIFY(record.failure.empty() && record.energyPerAtom < record.builtEnergyPerAtom);
        const auto summary = panel.job().summary();
        QVERIFY(summary.energyPerAtom.has_value());
        const double low = summary.energyPerAtom->minimum, high = summary.energyPerAtom->maximum;
        QVERIFY(high > low);
        const QString text = part<QLabel>(panel, "ensembleSummary")->text();
        QVERIFY2(text.contains("±") && text.contains("n = 2") && text.contains("1000 K"), qPrintable(text));
        QStringList above{cell(panel, 0, "ΔE (meV/atom)"), cell(panel, 1, "ΔE (meV/atom)")};
        above.sort();
        QCOMPARE(QLocale().toDouble(above[0]), 0.0);
        QVERIFY(std::abs(QLocale().toDouble(above[1]) - 1e3 * (high - low)) < 0.006);

        // A relaxed cell is shown, exported and run as relaxed.
        QVERIFY(std::abs(panel.job().structure(0).lattice.volume() - first[0].volume) < 1e-3);
        panel.job().exportExtxyz(folder_.filePath("all.extxyz").toStdString());
        const auto frames = io::readStructures(folder_.filePath("all.extxyz").toStdString());
        QCOMPARE(frames.size(), std::size_t(2));
        QVERIFY(std::abs(*frames[1].energy / 40.0 - first[1].energyPerAtom) < 1e-6);
        QVERIFY(QDir(folder_.path()).mkpath("cif"));
        QCOMPARE(panel.job().exportCif(folder_.filePath("cif").toStdString()), std::size_t(2));
        QCOMPARE(QDir(folder_.filePath("cif")).entryList({"*.cif"}).size(), 2);
        QSignalSpy runs(&panel, &EnsemblePanel::runRequested);
        QTest::mouseClick(part<QPushButton>(panel, "runEnsemble"), Qt::LeftButton);
        QCOMPARE(runs.size(), 1);
        const QStringList files = runs.last().at(0).toStringList();
        QCOMPARE(files.size(), 2);
        QVERIFY(std::abs(io::readStructure(files[0].toStdString()).lattice.volume() - first[0].volume) <
                1e-3);

        // Another window, one more member: two come from the file.
        EnsemblePanel again(*browser_);
        choose(again, builder::EnsembleMethod::Random, 3, 1);
        QVERIFY(pressed(again, "buildEnsemble"));
        QVERIFY(pressed(again, "relaxEnsemble"));
        QCOMPARE(again.job().records().size(), std::size_t(3));
        for (std::size_t i = 0; i < 2; ++i)
            QCOMPARE(again.job().records()[i].energyPerAtom, first[i].energyPerAtom);
        QVERIFY(defaultEnsembleFolder().startsWith(folder_.path()));
        QCOMPARE(QDir(defaultEnsembleFolder()).entryList({"*.jsonl"}).size(), 1);
    }

    void stoppingKeepsWhatWasRelaxed() {
        EnsemblePanel panel(*browser_);
        panel.show();
        select("Li3Zr0.5Hf0.5Sn0.5Ti0.5Si2PO12");
        choose(panel, builder::EnsembleMethod::Random, 200, 1);
        part<QSpinBox>(panel, "seedField")->setValue(50);
        QVERIFY(pressed(panel, "buildEnsemble"));
        // A potential without training has soft forces: what counts is that it stops.
        potential::ModelEntry entry;
        entry.id = "model";
        entry.file = folder_.filePath("model.h5").toStdString();
        panel.setModels({entry});
        auto* potentials = part<QComboBox>(panel, "potentialField");
        potentials->setCurrentIndex(potentials->findText("model"));
        QSignalSpy ended(&panel.job().task(), &BackgroundTask::ended);
        QTest::mouseClick(part<QPushButton>(panel, "relaxEnsemble"), Qt::LeftButton);
        QVERIFY(!part<QPushButton>(panel, "buildEnsemble")->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(!panel.job().records().empty(), patience);
        panel.job().task().cancel();
        QVERIFY(ended.size() == 1 || ended.wait(patience));
        QCOMPARE(ended.last().at(0).value<TaskOutcome>(), TaskOutcome::Cancelled);
        const std::size_t done = panel.job().records().size();
        QVERIFY(done >= 1 && done < 200);
        QVERIFY(panel.findChild<MessageBar*>()->isVisible());
        QVERIFY(part<QPushButton>(panel, "relaxEnsemble")->isEnabled());
        QCOMPARE(panel.table()->rowCount(), 200);
    }
};

QTEST_MAIN(TestEnsemblePanel)
#include "test_ensemble_panel.moc"
