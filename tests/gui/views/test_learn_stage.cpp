// SPDX-License-Identifier: GPL-3.0-or-later
// The Learn stage: data, training, one selection in all plots, search, screening, prediction, colours of the
// map.
#include <QComboBox>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>
#include <fstream>

#include "core/base/error.h"
#include "core/workflow/campaign_targets.h"
#include "gui/jobs/space_browser.h"
#include "gui/views/csv_columns_dialog.h"
#include "gui/views/learn_decorations.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_screening.h"
#include "gui/views/learn_stage.h"
#include "gui/views/learn_table.h"
#include "gui/widgets/bar_plot.h"
#include "gui/widgets/correlation_map.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/histogram_plot.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/point_plot.h"
#include "gui/widgets/prediction_plot.h"
#include "gui/widgets/waterfall_plot.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::gui;

class TestLearnStage : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::unique_ptr<LearnStage> stage_;

    QString file(const QString& name) const { return folder_.filePath(name); }

    void waitUntilIdle() {
        QTRY_VERIFY_WITH_TIMEOUT(!stage_->job().task().isBusy(), 60000);
        QCoreApplication::processEvents();
        QTRY_VERIFY_WITH_TIMEOUT(!stage_->job().task().isBusy(), 60000);
    }

    void open() {
        QSignalSpy opened(&stage_->job(), &LearningJob::opened);
        QSignalSpy measured(&stage_->job(), &LearningJob::measured);
        stage_->openFile(file("dataset.h5"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 30000);
        QTRY_COMPARE_WITH_TIMEOUT(measured.count(), 1, 60000);
        waitUntilIdle();
    }

    void train(const char* model) {
        stage_->form()->setModel(model);
        stage_->form()->trainButton()->click();
        QVERIFY(stage_->job().task().isBusy());
        waitUntilIdle();
        QVERIFY2(stage_->job().learned(), qPrintable(stage_->messages()->text()));
    }

  private slots:
    void initTestCase() {
        QLocale::setDefault(QLocale::c());
        writeSyntheticCampaign(file("dataset.h5").toStdString());
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

    void nothingIsShownWithoutData() {
        QVERIFY(!stage_->form()->trainButton()->isEnabled());
        QVERIFY(!stage_->form()->predictButton()->isEnabled());
        QVERIFY(stage_->plots()->parity()->isEmpty());
        QVERIFY(stage_->plots()->waterfall()->isEmpty());
        QVERIFY(!stage_->structure());
    }

    void shippedDatasetsAreOneClickAway() {
        const QByteArray before = qgetenv("XDG_DATA_HOME");
        qputenv("XDG_DATA_HOME", file("home").toUtf8());
        QVERIFY(QDir().mkpath(file("home/ionscape/datasets")));
        QVERIFY(QFile::copy(file("dataset.h5"), file("home/ionscape/datasets/made-up.h5")));
        cleanup();
        init();
        const auto& shipped = stage_->form()->shippedButtons();
        const auto made = std::find_if(shipped.begin(), shipped.end(),
                                       [](auto* button) { return button->text().contains("MADE-UP"); });
        QVERIFY(made != shipped.end());
        (*made)->click();
        waitUntilIdle();
        QTRY_VERIFY_WITH_TIMEOUT(stage_->job().data() != nullptr, 30000);
        QCOMPARE(stage_->job().data()->rows.size(), std::size_t(60));
        QVERIFY((*made)->isHidden());
        waitUntilIdle();
        qputenv("XDG_DATA_HOME", before);
    }

    void aTrainedModelFillsThePlots() {
        open();
        QVERIFY(stage_->form()->trainButton()->isEnabled());
        QCOMPARE(stage_->plots()->table()->table()->rowCount(), 60);
        QCOMPARE(stage_->form()->spec().model, std::string("gaussian-process"));
        auto* plots = stage_->plots();
        const auto hint = [&] {
            return plots->waterfall()->findChild<QLabel*>(QString(), Qt::FindDirectChildrenOnly)->text();
        };
        QVERIFY(hint().contains("Train"));
        train("gradient-boosting");
        QVERIFY(hint().contains("Select"));
        QCOMPARE(plots->parity()->pointCount(true), 40);
        QCOMPARE(plots->parity()->pointCount(false), 40);
        QVERIFY(stage_->form()->resultText().contains("RMSE"));
        QVERIFY(!plots->importance()->isEmpty());
        QCOMPARE(plots->importance()->content().series.size(), std::size_t(2));
        // Bars fall from above.
        const auto& shap = plots->importance()->content().series.front().values;
        QVERIFY(std::is_sorted(shap.rbegin(), shap.rend()));
        // What counts besides the content of mobile ions: the strongest first.
        const auto& trained = *stage_->job().learned()->trained;
        const auto& equal = plots->equalContent()->content();
        QCOMPARE(equal.bound, trained.beyondContent.chance95);
        const auto& beyond = equal.series.front().values;
        QVERIFY(std::is_sorted(beyond.rbegin(), beyond.rend(),
                               [](double a, double b) { return std::abs(a) < std::abs(b); }));
        QCOMPARE(std::abs(beyond.front()), trained.beyondContent.r.cwiseAbs().maxCoeff());
        for (qsizetype i = 0; i < equal.names.size(); ++i)
            QCOMPARE(beyond[static_cast<std::size_t>(i)],
                     trained.beyondContent.r[static_cast<Eigen::Index>(surrogate::featureIndex(
                         trained.model->card().features, equal.names[i].toStdString()))]);
        emit plots->equalContent()->picked(0);
        QCOMPARE(plots->dependence()->isVisibleTo(plots->lower()), true);
        QVERIFY(!plots->swarm()->isEmpty());
        QVERIFY(!plots->dependence()->isEmpty());
        QVERIFY(!plots->residuals()->content().categories.isEmpty());
        QVERIFY(!plots->correlation()->isEmpty());
        QVERIFY(!plots->calibration()->isEmpty());
        QVERIFY(!plots->history()->isEmpty());
        QVERIFY(plots->formula()->text().contains("SISSO"));
        for (PlotWidget* plot : plots->findChildren<PlotWidget*>()) {
            if (plot->isEmpty()) continue;
            QVERIFY2(plot->csv().count('\n') > 1, qPrintable(plot->name()));
        }
    }

    void aSelectionIsEverywhere() {
        open();
        train("ridge");
        auto* plots = stage_->plots();
        QSignalSpy structures(stage_.get(), &LearnStage::structureChanged);
        emit plots->parity()->picked(7);
        QCOMPARE(structures.count(), 1);
        QCOMPARE(plots->table()->table()->selectedItems().size(), plots->table()->table()->columnCount());
        QCOMPARE(*plots->parity()->selected(), std::size_t(7));
        QCOMPARE(*plots->swarm()->selected(), std::size_t(7));
        QCOMPARE(*plots->dependence()->selected(), std::size_t(7));
        const auto& learned = *stage_->job().learned();
        QVERIFY(std::abs(plots->waterfall()->prediction() - learned.view.predicted.mean[7]) < 1e-6);
        QCOMPARE(stage_->structure()->first.size(), stage_->job().data()->rows[7].cell.size());
        QVERIFY(plots->table()->histogram()->marker().has_value());
        QVERIFY(plots->table()->detailText().contains("simulated"));
        // The same from the table.
        plots->table()->table()->clearSelection();
        plots->table()->table()->selectRow(0);
        QCOMPARE(structures.count(), 2);
        QCOMPARE(*plots->parity()->selected(), *stage_->selected());
    }

    void featuresThatActTogetherAreShown() {
        open();
        train("gradient-boosting");
        auto* plots = stage_->plots();
        plots->lower()->setCurrentWidget(plots->interactions());
        QVERIFY(plots->interactions()->isEmpty());
        // One after the other: what is not wanted any more is not shown.
        stage_->select(3);
        stage_->select(7);
        QTRY_VERIFY_WITH_TIMEOUT(!plots->interactions()->isEmpty(), 30000);
        const auto& content = plots->interactions()->content();
        const auto n = static_cast<std::size_t>(content.names.size());
        QVERIFY(n >= 2 && n <= 12);
        QCOMPARE(content.values.size(), n * n);
        // The most important feature: what is left out of its row is less than what is shown of it.
        const auto& view = stage_->job().learned()->view;
        const auto feature =
            surrogate::featureIndex(view.table.features, content.names.front().toStdString());
        double row = 0.0;
        for (std::size_t i = 0; i < n; ++i) {
            QCOMPARE(content.values[i], content.values[i * n]);
            row += content.values[i];
        }
        QVERIFY(std::abs(row - view.explanation.values(7, static_cast<Eigen::Index>(feature))) <
                0.05 * content.limit);
        train("ridge");
        QVERIFY(plots->interactions()->isEmpty());
    }

    void decorationsArePredicted() {
        writeLennardJones(file("lj.json").toStdString(), {"Li", "Zr", "Hf", "Si", "P", "O"});
        auto* decorations = stage_->plots()->decorations();
        decorations->setFolder(file("ensembles"));
        decorations->setRequest([this] {
            workflow::EnsembleSpec spec;
            spec.formula = "Li3ZrHfSi2PO12";
            spec.potential = file("lj.json").toStdString();
            spec.relaxSettings.forceTolerance = spec.relaxSettings.stressToleranceGPa = 1000.0;
            return spec;
        });
        stage_->setComposition("Li3ZrHfSi2PO12");
        QVERIFY(!decorations->button()->isEnabled());  // no model
        stage_->form()->setFeatures(workflow::FeatureKind::Multinary);
        open();
        train("ridge");
        QVERIFY(decorations->button()->isEnabled());
        decorations->members()->setValue(3);
        decorations->button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!decorations->task().isBusy(), 60000);
        QVERIFY2(decorations->result().has_value(), qPrintable(stage_->messages()->text()));
        QCOMPARE(decorations->result()->decorations.size(), std::size_t(3));
        QCOMPARE(decorations->histogram()->marker(), std::optional(decorations->result()->spread.mean));
        QVERIFY2(decorations->summary().contains("3"), qPrintable(decorations->summary()));
        QCOMPARE(QDir(file("ensembles")).entryList({"*.extxyz"}).size(), 1);
        // A model that cannot tell decorations apart says so.
        stage_->form()->setFeatures(workflow::FeatureKind::Composition);
        waitUntilIdle();
        train("ridge");
        QVERIFY(!decorations->result());
        decorations->predict();
        QTRY_VERIFY_WITH_TIMEOUT(!stage_->messages()->text().isEmpty(), 30000);
        QVERIFY(stage_->messages()->text().contains("compositions alone"));
    }

    void rowsWithoutANumberAreLast() {
        open();
        auto* table = stage_->plots()->table()->table();
        int simulated = 0;
        while (table->horizontalHeaderItem(simulated)->text() != "Simulated")
            ++simulated;
        for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            table->sortByColumn(simulated, order);
            for (int row = 0; row < table->rowCount(); ++row) {
                const QString text = table->item(row, simulated)->text();
                QCOMPARE(text.isEmpty(), row >= 40);
                if (text.isEmpty() || row == 0) continue;
                const double step = text.toDouble() - table->item(row - 1, simulated)->text().toDouble();
                QVERIFY(order == Qt::AscendingOrder ? step >= 0.0 : step <= 0.0);
            }
        }
    }

    void theTableIsSearched_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::function<bool(const workflow::LearningRow&)>>("matches");
        using Row = const workflow::LearningRow&;
        const auto amount = [](Row row, const char* element) {
            return composition::amountOf(composition::parseFormula(row.formula),
                                         crystal::Element::fromSymbol(element));
        };
        using Matches = std::function<bool(Row)>;
        QTest::newRow("elements") << "Hf Sn" << Matches([=](Row r) {
            return amount(r, "Hf") > 0 && amount(r, "Sn") > 0;
        });
        QTest::newRow("proportions") << "Li < 3"
                                     << Matches([=](Row r) { return amount(r, "Li") < 3 - 1e-9; });
        QTest::newRow("all") << "" << Matches([](Row) { return true; });
    }

    void theTableIsSearched() {
        QFETCH(QString, text);
        QFETCH(std::function<bool(const workflow::LearningRow&)>, matches);
        open();
        auto* table = stage_->plots()->table();
        table->search(text);
        const auto& rows = stage_->job().data()->rows;
        QCOMPARE(table->shownCount(), static_cast<int>(std::count_if(rows.begin(), rows.end(), matches)));
        table->search(QString::fromStdString(rows[5].formula));
        QCOMPARE(table->shownCount(), 1);
    }

    void modelsAreSavedAndLoaded() {
        open();
        train("ridge");
        const auto before = stage_->job().learned()->view.predicted.mean;
        stage_->job().save(file("model.json"));
        open();
        QVERIFY(!stage_->job().learned());
        stage_->job().load(file("model.json"));
        waitUntilIdle();
        QVERIFY(stage_->job().learned());
        QVERIFY(!stage_->job().learned()->trained);
        QCOMPARE(stage_->job().learned()->view.predicted.mean, before);
        QVERIFY(!stage_->plots()->waterfall()->isEmpty() || !stage_->selected());
        QVERIFY(stage_->plots()->parity()->isEmpty());
        stage_->job().load(file("dataset.h5"));
        waitUntilIdle();
        QVERIFY(!stage_->messages()->text().isEmpty());
    }

    void aNewCompositionIsPredicted() {
        open();
        train("ridge");
        const auto formula = stage_->job().data()->rows[50].formula;
        stage_->setRequest([&] {
            workflow::MobilityRequest request;
            request.formula = formula;
            return request;
        });
        QVERIFY(stage_->form()->predictButton()->isEnabled());
        stage_->form()->predictButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(stage_->form()->predictionText().contains("MSD"), 30000);
        QVERIFY(stage_->form()->predictionText().contains("±"));
    }

    void theMapIsColouredByPredictions() {
        SpaceBrowser browser(composition::findHost("lzsp"));
        SpaceChoice choice = browser.choice();
        choice.types = "4-1";
        choice.mobileMin = 2.5;
        choice.mobileMax = 3.5;
        browser.setChoice(choice);
        QTRY_VERIFY_WITH_TIMEOUT(!browser.isBusy() && browser.table()->rows() > 0, 30000);
        stage_->setSpace(&browser);
        open();
        train("ridge");
        QTRY_VERIFY_WITH_TIMEOUT(browser.table()->findColumn("predicted").has_value(), 30000);
        const auto& values = browser.table()->values(*browser.table()->findColumn("predicted"));
        QVERIFY(std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); }));
        const auto row = browser.table()->rowOf(composition::compositionFromFormula(
            browser.host(), composition::parseFormula(stage_->job().data()->rows[20].formula), 16));
        QVERIFY(row.has_value());
        QVERIFY(std::abs(values[*row] - stage_->job().learned()->view.predicted.mean[20]) < 1e-9);
        const auto classes = browser.table()->findColumn("mobility_class");
        QVERIFY(classes.has_value());
        QCOMPARE(browser.table()->values(*classes)[*row], values[*row] > 120.0  ? 2.0
                                                          : values[*row] < 40.0 ? 0.0
                                                                                : 1.0);
        // A model without data colours nothing, and harms nothing.
        const std::string model = file("for the map.json").toStdString();
        stage_->job().save(QString::fromStdString(model));
        cleanup();
        init();
        stage_->setSpace(&browser);
        stage_->job().load(QString::fromStdString(model));
        waitUntilIdle();
        QVERIFY(stage_->job().learned());
        QVERIFY(!stage_->job().data());
        QVERIFY(stage_->plots()->parity()->isEmpty());
    }

    void candidatesAreScreenedAndProposed() {
        open();
        train("gaussian-process");
        auto* screening = stage_->plots()->screening();
        QCOMPARE(screening->table()->rowCount(), 60);
        QVERIFY(!screening->front()->isEmpty());
        QVERIFY(!screening->front()->content().line.empty());
        screening->setFilter("mobile < 3");
        const auto& rows = stage_->job().data()->rows;
        const auto fewer = std::count_if(rows.begin(), rows.end(), [](const auto& row) {
            return composition::amountOf(composition::parseFormula(row.formula),
                                         crystal::Element::fromSymbol("Li")) < 3.0 - 1e-9;
        });
        QCOMPARE(screening->table()->rowCount(), static_cast<int>(fewer));
        screening->setFilter("");
        screening->propose();
        QTRY_VERIFY_WITH_TIMEOUT(!screening->task().isBusy(), 30000);
        QCOMPARE(screening->proposed().size(), 8);
        for (const QString& formula : screening->proposed())
            for (std::size_t i = 0; i < 40; ++i)
                QVERIFY(formula.toStdString() != rows[i].formula);  // these were simulated
        QVERIFY(screening->campaignGroup().contains(screening->proposed().front()));
        // Low energies are good; all of them are known.
        const auto* goal = screening->findChild<QComboBox*>("proposeGoal");
        QVERIFY(goal->currentData().toBool());
        workflow::SurrogateTrainingSpec spec;
        spec.model = "ridge";
        spec.target = workflow::energyTargetName;
        stage_->job().train(workflow::FeatureKind::Composition, spec);
        waitUntilIdle();
        QVERIFY2(!goal->currentData().toBool(), qPrintable(stage_->messages()->text()));
        screening->propose();
        QVERIFY2(stage_->messages()->text().contains("energy"), qPrintable(stage_->messages()->text()));
        screening->setFilter("nonsense >");
        QCOMPARE(screening->table()->rowCount(), 0);
        QVERIFY(!screening->summary().isEmpty());
    }

    void columnsOfATableAreAsked() {
        std::ofstream(file("own.csv").toStdString())
            << "name,formula,MSD (Å²)\na,Li3Zr2Si2PO12,35\nb,Li3ZrHfSi2PO12,40\nc,NaCl,1\n";
        CsvColumnsDialog dialog(file("own.csv"), "lzsp");
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.columns().formula, std::string("formula"));
        QCOMPARE(dialog.columns().target, std::string("MSD"));
        QCOMPARE(dialog.columns().unit, std::string("Å²"));
        bool said = false;
        for (const auto* label : dialog.findChildren<QLabel*>())
            said = said || label->text().contains("2 of 3");
        QVERIFY(said);
        stage_->job().open(dialog.table(), dialog.columns(), "lzsp");
        waitUntilIdle();
        QCOMPARE(stage_->plots()->table()->table()->rowCount(), 3);
        stage_->form()->trainButton()->click();
        waitUntilIdle();
        QVERIFY(stage_->messages()->text().contains("2 of 3"));  // too few
    }

    void swarmsKeepPointsApart() {
        const std::vector<double> values{1.0, 1.0, 1.0, 5.0};
        const auto offsets = swarmOffsets(values);
        QCOMPARE(offsets[3], 0.0);
        QVERIFY(offsets[0] != offsets[1] && offsets[1] != offsets[2] && offsets[0] != offsets[2]);
        for (const double offset : swarmOffsets(std::vector<double>(500, 2.0)))
            QVERIFY(std::abs(offset) <= 0.41);
    }

    void errorsDecideOnDigits() {
        QCOMPARE(valueText(123.456, 12.3, "Å²"), QString("123 ± 12 Å²"));
        QCOMPARE(valueText(1.23456, 0.0123, {}), QString("1.235 ± 0.012"));
        QCOMPARE(valueText(std::nan(""), 1.0, {}), QString("–"));
    }
};

QTEST_MAIN(TestLearnStage)
#include "test_learn_stage.moc"
