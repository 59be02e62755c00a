// SPDX-License-Identifier: GPL-3.0-or-later
// The Potentials stage without a screen: models in a table, data, a real (tiny) training, a comparison.
#include <QAbstractItemModel>
#include <QApplication>
#include <QDir>
#include <QJsonObject>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "core/io/structure_file.h"
#include "gui/models/model_table.h"
#include "gui/views/potentials_compare_page.h"
#include "gui/views/potentials_dataset_page.h"
#include "gui/views/potentials_models_page.h"
#include "gui/views/potentials_training_page.h"
#include "gui/views/potentials_view.h"
#include "gui/views/training_form.h"
#include "gui/views/training_options.h"
#include "gui/widgets/histogram_plot.h"
#include "gui/widgets/parity_plot.h"
#include "gui/widgets/training_plot.h"
#include "tests/workflow/untrained_model.h"

using namespace ionscape;
using namespace ionscape::gui;
namespace fs = std::filesystem;

class TestPotentialsView : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    static constexpr int patience = 60000;  // ms; a busy machine is slow

    fs::path at(const char* name) const { return folder_.filePath(name).toStdString(); }
    QString file(const char* name) const { return folder_.filePath(name); }

    /// Harmonic dimers of four compositions, twelve frames: labels with consistent forces.
    void writeDimers() const {
        std::vector<io::LabelledStructure> frames;
        for (const char* other : {"Zr", "Hf", "Sn", "Ti"}) {
            for (int k = 0; k < 3; ++k) {
                const double stretch = 0.1 * (k - 1);
                io::LabelledStructure frame;
                frame.structure.lattice = crystal::Lattice(Mat3::Identity() * 6.0);
                frame.structure.append(crystal::Element::fromSymbol(other), Vec3(1, 1, 1));
                frame.structure.append(crystal::Element::fromSymbol("O"), Vec3(3.0 + stretch, 1, 1));
                frame.energy = -5.0 + 2.0 * stretch * stretch;
                VectorField forces = VectorField::Zero(3, 2);
                forces(0, 1) = -4.0 * stretch;
                forces(0, 0) = -forces(0, 1);
                frame.forces = forces;
                frame.stressGPa = Mat3::Identity() * (0.1 * k);
                frames.push_back(frame);
            }
        }
        io::writeStructures(at("dimers.xyz"), frames);
    }

    void waitForModels(PotentialsView& view) const {
        QSignalSpy changed(&view.library(), &PotentialsLibrary::modelsChanged);
        view.library().refresh();
        QVERIFY(changed.wait(patience));
    }
    void openDimers(PotentialsView& view) const {
        QSignalSpy changed(&view.library(), &PotentialsLibrary::datasetChanged);
        view.library().open({file("dimers.xyz")});
        QVERIFY(changed.wait(patience));
    }
    static QString cell(const ModelTable& table, int row, int column) {
        return table.data(table.index(row, column), Qt::DisplayRole).toString();
    }

  private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8());
        qputenv("IONSCAPE_MODEL_PATH", folder_.filePath("models").toUtf8());
        fs::create_directories(at("models"));
        testing::writeUntrainedModel(at("models/one.h5"), 1);
        testing::writeUntrainedModel(at("models/two.h5"), 2);
        std::ofstream(at("models/torn.h5")) << "nothing";
        writeDimers();
    }

    void modelsAreListedWithTheirFaults() {
        PotentialsView view;
        waitForModels(view);
        ModelTable& table = *view.models()->table();
        const int one = table.rowOf(file("models/one.h5"));
        const int torn = table.rowOf(file("models/torn.h5"));
        QVERIFY(one >= 0 && torn >= 0);
        QCOMPARE(cell(table, one, ModelTable::Architecture), QString("CHGNet"));
        QCOMPARE(cell(table, one, ModelTable::Elements), QString("9"));
        QCOMPARE(cell(table, torn, ModelTable::Architecture), QString("cannot be used"));
        view.models()->select(file("models/torn.h5"));
        QVERIFY(view.models()->findChild<QLabel*>("modelError")->text().contains("torn.h5"));
        QVERIFY(!view.models()->findChild<QPushButton*>("useModel")->isEnabled());
    }

    void lackingElementsAreMarked() {
        PotentialsView view;
        waitForModels(view);
        ModelTable& table = *view.models()->table();
        view.models()->setWanted({crystal::Element::fromSymbol("Li"), crystal::Element::fromSymbol("Bi")});
        QCOMPARE(cell(table, table.rowOf(file("models/one.h5")), ModelTable::Elements), QString("lacks Bi"));
        QCOMPARE(cell(table, table.rowOf(embeddedPotentialFile()), ModelTable::Elements), QString("28"));
    }

    void theNextRunsPotentialIsChosen() {
        PotentialsView view;
        waitForModels(view);
        QSignalSpy chosen(&view, &PotentialsView::potentialChosen);
        auto* use = view.models()->findChild<QPushButton*>("useModel");
        view.models()->select(file("models/two.h5"));
        QTest::mouseClick(use, Qt::LeftButton);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.last().at(0).toString(), file("models/two.h5"));
        view.models()->setChosen(file("models/two.h5"));
        ModelTable& table = *view.models()->table();
        QVERIFY(cell(table, table.rowOf(file("models/two.h5")), ModelTable::Name).startsWith("●"));
        QVERIFY(!use->isEnabled());
        view.models()->select(embeddedPotentialFile());
        QTest::mouseClick(use, Qt::LeftButton);
        QVERIFY(chosen.last().at(0).toString().isEmpty());
    }

    void addedFilesAppearAndWrongOnesSaySo() {
        PotentialsView view;
        waitForModels(view);
        testing::writeUntrainedModel(at("extra.h5"), 3);
        QSignalSpy noted(&view, &PotentialsView::note),
            changed(&view.library(), &PotentialsLibrary::modelsChanged);
        view.library().add(file("extra.h5"));
        QVERIFY(changed.wait(patience));
        QCOMPARE(noted.size(), 1);
        QVERIFY(view.models()->table()->rowOf(file("data/ionscape/potentials/extra.h5")) >= 0);
        QSignalSpy problems(&view, &PotentialsView::problem);
        view.library().add(file("models/torn.h5"));
        QVERIFY(problems.wait(patience));
        QVERIFY(problems.last().at(0).toString().contains("torn.h5"));
    }

    void dataAreSummarised() {
        PotentialsView view;
        openDimers(view);
        const auto& s = view.library().dataset()->statistics;
        QCOMPARE(s.frames, std::size_t(12));
        QCOMPARE(s.atoms, std::size_t(24));
        QCOMPARE(s.compositions.size(), std::size_t(4));
        QCOMPARE(s.elements.size(), std::size_t(5));
        QCOMPARE(s.forceNorm.size(), std::size_t(24));
        QVERIFY(std::abs(*std::max_element(s.forceNorm.begin(), s.forceNorm.end()) - 0.4) < 1e-6);
        QVERIFY(view.dataset()->summaryText().contains("12 frames of 4 compositions"));
        // A third of the dimers is at rest; the others pull with 0.4 eV/Å.
        QCOMPARE(view.dataset()->forcePlot()->peak(0), 16.0);
        QSignalSpy problems(&view, &PotentialsView::problem);
        view.library().open({file("missing.xyz")});
        QVERIFY(problems.wait(patience));
        QVERIFY(problems.last().at(0).toString().contains("missing.xyz"));
        QVERIFY(view.library().dataset() != nullptr);
    }

    void trainingRunsAndItsModelBecomesOneOfMine() {
        PotentialsView view;
        waitForModels(view);
        openDimers(view);
        auto& page = *view.training();
        page.form()->setStart(file("models/one.h5"));
        page.form()->setEpochs(3);
        page.form()->setFolder(file("trainings"));
        QSignalSpy ended(&view, &PotentialsView::trainingEnded), problems(&view, &PotentialsView::problem);
        QTest::mouseClick(page.findChild<QPushButton*>("startTraining"), Qt::LeftButton);
        QVERIFY(view.isTraining());
        QVERIFY(ended.wait(patience));
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems[0][0].toString()));
        // Epoch 0 is the model it starts from.
        QCOMPARE(page.curves()->pointCount(), 4);
        QCOMPARE(page.curves()->csv().count('\n'), 5);
        QVERIFY(page.resultText().contains("of 3"));
        QVERIFY(page.parity()->pointCounts(0)[1] > 0);
        QCOMPARE(page.parity()->pointCounts(0)[1], page.parity()->pointCounts(0)[0] * 6);
        QSignalSpy added(&view.library(), &PotentialsLibrary::added);
        auto* add = page.findChild<QPushButton*>("addTrained");
        QVERIFY(!add->isHidden());
        add->click();
        QVERIFY(added.wait(patience));
        QVERIFY(fs::exists(at("data/ionscape/potentials/tuned.h5")));
    }

    void optionsReachTheRequestAndComeBack() {
        TrainingForm form;
        auto& options = *form.options();
        QVERIFY(form.request().replay.empty());
        QCOMPARE(form.request().settings.replayFraction, 0.0);
        const QJsonObject chosen{{"optimiser", "adamw"},
                                 {"schedule", "step"},
                                 {"step_epochs", 4},
                                 {"step_factor", 0.3},
                                 {"warmup", 1.5},
                                 {"average", 0.99},
                                 {"patience", 7},
                                 {"frozen", "embeddings convolutions:1"},
                                 {"fold", 2},
                                 {"replay", "a.xyz; b.xyz"},
                                 {"replay_share", 0.4},
                                 {"magmom_weight", 0.2}};
        form.restore(chosen);
        const TrainingRequest request = form.request();
        const auto& s = request.settings;
        QVERIFY(s.optimiser == training::OptimiserKind::AdamW);
        QVERIFY(s.schedule == training::Schedule::Step);
        QCOMPARE(s.stepEpochs, 4);
        QCOMPARE(s.stepFactor, 0.3);
        QCOMPARE(s.warmupEpochs, 1.5);
        QCOMPARE(s.averageDecay, 0.99);
        QCOMPARE(s.patience, 7);
        QCOMPARE(s.frozen, (std::vector<std::string>{"embeddings", "convolutions:1"}));
        QCOMPARE(s.fold, 2);
        QCOMPARE(s.replayFraction, 0.4);
        QCOMPARE(s.magmomWeight, 0.2);
        QCOMPARE(request.replay, (std::vector<fs::path>{"a.xyz", "b.xyz"}));
        for (const QString& key : chosen.keys())
            QCOMPARE(request.form[key], chosen[key]);
        // Fields of another schedule are out of the way.
        QVERIFY(form.findChild<QToolButton*>("moreTrainingOptions") != nullptr);
        options.restore({{"schedule", "cosine"}});
        QVERIFY(form.request().settings.schedule == training::Schedule::Cosine);
    }

    void replayedDataAreWatched() {
        PotentialsView view;
        waitForModels(view);
        openDimers(view);
        auto& page = *view.training();
        page.form()->setStart(file("models/one.h5"));
        page.form()->setEpochs(2);
        page.form()->setFolder(file("replayed"));
        page.form()->options()->setReplay({file("dimers.xyz")});
        page.form()->options()->restore({{"frozen", "embeddings"}, {"average", 0.9}});
        QSignalSpy ended(&view, &PotentialsView::trainingEnded), problems(&view, &PotentialsView::problem);
        page.start();
        QVERIFY(ended.wait(patience));
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems[0][0].toString()));
        const QStringList lines = page.curves()->csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 4);
        for (qsizetype i = 1; i < lines.size(); ++i)
            QVERIFY(lines[i].section(',', 4, 4).toDouble() > 0.0);
    }

    void stoppedTrainingResumesExactly() {
        PotentialsView view;
        waitForModels(view);
        openDimers(view);
        auto& page = *view.training();
        page.form()->setStart(file("models/one.h5"));
        page.form()->setEpochs(3);
        page.form()->setFolder(file("stopped"));
        const auto whole = [&] {
            QDir all(file("trainings"));
            return all.filePath(all.entryList(QDir::Dirs | QDir::NoDotAndDotDot).constFirst() + "/best.h5");
        }();
        QSignalSpy ended(&view, &PotentialsView::trainingEnded);
        // Stops after the first epoch.
        connect(&page.job(), &TrainingJob::epochDone, &page, [&page] { page.stop(); });
        page.start();
        QVERIFY(ended.wait(patience));
        disconnect(&page.job(), &TrainingJob::epochDone, nullptr, nullptr);
        QDir stopped(file("stopped"));
        const QString run =
            stopped.filePath(stopped.entryList(QDir::Dirs | QDir::NoDotAndDotDot).constFirst());

        PotentialsView later;
        waitForModels(later);
        QSignalSpy endedLater(&later, &PotentialsView::trainingEnded);
        QSignalSpy problems(&later, &PotentialsView::problem);
        later.training()->resume(run);
        QVERIFY(endedLater.wait(patience));
        QVERIFY2(problems.isEmpty(), problems.isEmpty() ? "" : qPrintable(problems[0][0].toString()));
        QVERIFY(later.training()->curves()->pointCount() >= 3);
        const auto errors = [](const QString& path) {
            return potential::describePotential(path.toStdString()).errors.value();
        };
        QCOMPARE(errors(run + "/best.h5").forceMae, errors(whole).forceMae);
        QCOMPARE(errors(run + "/best.h5").energyMae, errors(whole).energyMae);
        later.training()->resume(file("models"));
        QCOMPARE(problems.size(), 1);
    }

    void comparisonShowsBoth() {
        PotentialsView view;
        waitForModels(view);
        openDimers(view);
        auto& page = *view.comparison();
        page.setModels(file("models/one.h5"), file("models/two.h5"));
        auto* button = page.findChild<QPushButton*>("compareButton");
        QVERIFY(button->isEnabled());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(page.errors()->rowCount(), 6, patience);
        QCOMPARE(page.errors()->horizontalHeaderItem(1)->text(), QString("one"));
        QCOMPARE(page.parity()->pointCounts(0), page.parity()->pointCounts(1));
        QCOMPARE(page.parity()->pointCounts(1)[0], 12);
        QVERIFY(page.forceErrors()->peak(1) > 0);
        const double a = QLocale().toDouble(page.errors()->item(2, 1)->text());
        const double b = QLocale().toDouble(page.errors()->item(2, 2)->text());
        QVERIFY(a > 0 && b > 0 && a != b);
        QCOMPARE(page.errors()->item(2, 1)->font().bold(), a < b);
    }

    void closingStopsATrainingInProgress() {
        auto view = std::make_unique<PotentialsView>();
        waitForModels(*view);
        openDimers(*view);
        view->training()->form()->setEpochs(100000);
        view->training()->form()->setFolder(file("endless"));
        QSignalSpy epoch(&view->training()->job(), &TrainingJob::epochDone);
        view->training()->start();
        QVERIFY(epoch.wait(patience));
        view.reset();  // returns: the thread was stopped
        QVERIFY(!QDir(file("endless")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    }
};

QTEST_MAIN(TestPotentialsView)
#include "test_potentials_view.moc"
