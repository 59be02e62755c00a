// SPDX-License-Identifier: GPL-3.0-or-later
// The Transport stage in the window: its connections and what it exports.
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QTabWidget>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "gui/views/composition_panel.h"
#include "gui/views/ladder_form.h"
#include "gui/views/main_window.h"
#include "gui/views/movie_writer.h"
#include "gui/views/potentials_view.h"
#include "gui/views/run_naming.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/structure_view.h"
#include "gui/views/transport_numbers.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_report.h"
#include "gui/views/transport_stage.h"
#include "gui/views/transport_tables.h"
#include "gui/widgets/arrhenius_plot.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/msd_plot.h"

namespace ionscape::gui {
namespace main_window_transport_detail {

constexpr int reportPictureWidth = 1800;
constexpr int cutOutWidth = 3200;
constexpr int movieWidth = 1280;
constexpr int movieFrames = 500;

}  // namespace main_window_transport_detail

void MainWindow::connectTransport() {
    connect(transport_, &TransportStage::runChosen, this, &MainWindow::selectRun);
    connect(&controller_, &JobController::changed, transport_, &TransportStage::runChanged);
    connect(&controller_, &JobController::added, transport_, &TransportStage::runsChanged);
    connect(&controller_, &JobController::finished, transport_, &TransportStage::runsChanged);
    connect(&controller_, &JobController::summaryChanged, transport_, &TransportStage::runsChanged);
    connect(transport_, &TransportStage::saveHopRequested, this, &MainWindow::saveHop);
    connect(transport_->plots(), &TransportPlots::exportTableRequested, this, &MainWindow::exportTable);
    QMenu* menu = transport_->plots()->exportMenu();
    menu->addSeparator();
    menu->addAction(tr("Report of the run (PDF)…"), this, &MainWindow::chooseReport)->setObjectName("report");
    menu->addAction(tr("Picture without background (PNG)…"), this, &MainWindow::saveCutOut);
    menu->addAction(tr("Movie (pictures, and MP4 where ffmpeg is installed)…"), this,
                    &MainWindow::chooseMovie);
    movie_ = new MovieWriter(*view_, this);
    connect(movie_, &MovieWriter::progressed, this, [this](int done, int total) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("Movie: picture %1 of %2").arg(done).arg(total),
                               {{tr("Stop"), [this] { movie_->stop(); }}});
    });
    connect(movie_, &MovieWriter::failed, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Error, text); });
    connect(movie_, &MovieWriter::finished, this,
            [this](const QString& folder, int pictures, const QString& movie) {
                const QString where = QDir::toNativeSeparators(folder);
                messages_->showMessage(MessageBar::Kind::Information,
                                       movie.isEmpty()
                                           ? tr("%n pictures are in %1", nullptr, pictures).arg(where)
                                           : tr("The movie is in %1").arg(where));
            });
}

void MainWindow::saveHop() {
    const HopPtr hop = transport_->hopJob().result();
    if (!hop) return;
    askPath(tr("Path of a hop"), besideRun("hop.extxyz"),
            {tr("All images, extended XYZ (*.extxyz)"), tr("Energy profile, table (*.csv)")},
            [hop](const QString& path) {
                if (path.endsWith(".csv", Qt::CaseInsensitive))
                    writeTextAtomically(path.toStdString(), workflow::hopPathCsv(hop->path));
                else
                    workflow::writeHopPath(path.toStdString(), hop->path);
            });
}

void MainWindow::connectLadder() {
    auto* form = simulation_->ladder();
    form->follow(ladder_.task());
    connect(form, &LadderForm::runRequested, this, &MainWindow::startLadder);
    connect(&ladder_.task(), &BackgroundTask::started, this, &MainWindow::updateReadiness);
    connect(&ladder_.task(), &BackgroundTask::ended, this, [this] {
        updateReadiness();
        if (closeWhenIdle_ && !controller_.isBusy() && !potentials_->isTraining()) close();
    });
    connect(&ladder_, &LadderJob::problem, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Error, text); });
    connect(&ladder_, &LadderJob::completed, this, [this] {
        if (ladder_.runs().empty()) return;
        messages_->showMessage(MessageBar::Kind::Information, tr("The temperature ladder has ended."),
                               {{tr("Show the Arrhenius plot"), [this] {
                                     selectRun(ladder_.runs().front());
                                     showStage(Stage::Transport);
                                     auto* plots = transport_->plots();
                                     plots->tabs()->setCurrentWidget(plots->arrhenius());
                                 }}});
    });
}

void MainWindow::startLadder() {
    if (!composition_->isValid()) {
        messages_->showMessage(MessageBar::Kind::Warning, composition_->problem());
        return;
    }
    try {
        workflow::LadderSpec spec;
        spec.run = runSpec(composition_->formula());
        simulation_->ladder()->fill(spec);
        QString name = simulation_->ladder()->folderName();
        if (name.isEmpty()) name = QStringLiteral("ladder-%1").arg(QString::fromStdString(spec.run.formula));
        spec.folder = QDir(simulation_->outputFolder()).filePath(name).toStdString();
        messages_->dismiss();
        const QString preset = composition_->presetName();
        const bool replicas = spec.replicas > 1;
        const bool started = ladder_.start(spec, [&](const workflow::RunSpec& run) {
            const QString title = runTitle(run, preset);
            return replicas ? tr("%1 · seed %2").arg(title).arg(run.seed) : title;
        });
        if (started && selected_ == 0) selectRun(ladder_.runs().front());
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

void MainWindow::exportTable(TransportTable* table) {
    if (table->rowCount() == 0) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("There is nothing to export yet: run or open something first."));
        return;
    }
    askPath(tr("Export"), besideRun(table->name()) + ".csv", {tr("Table (*.csv)")},
            [table](const QString& path) {
                writeTextAtomically(path.toStdString(), table->csv().toStdString());
            });
}

void MainWindow::chooseReport() {
    const auto result = transport_->job().result();
    if (!result || controller_.find(transport_->run()) == nullptr) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("Analyse a run first: there is nothing to report."));
        return;
    }
    askPath(tr("Report"), besideRun("report.pdf"), {tr("PDF (*.pdf)")},
            [this](const QString& path) { writeTransportReport(path); });
}

void MainWindow::writeTransportReport(const QString& path) {
    const auto result = transport_->job().result();
    const JobRecord* record = controller_.find(transport_->run());
    if (!result || record == nullptr) return;
    auto* plots = transport_->plots();
    ReportPage page;
    page.title = record->title;
    page.subtitle =
        tr("Transport of %1").arg(QString::fromStdString(std::string(result->settings.mobile.symbol())));
    page.picture = view_->paperPicture(main_window_transport_detail::reportPictureWidth);
    const auto add = [&](const QString& caption, PlotWidget* plot) {
        if (!plot->isEmpty()) page.plots.emplace_back(caption, plot->paperImage(560, 360, 2.5));
    };
    add(tr("Mean squared displacement"), plots->msd());
    if (plots->arrhenius()->content().points.size() > 1)
        add(tr("Arrhenius plot"), plots->arrhenius());
    else
        add(tr("Free energy along the easiest paths"), plots->profiles());
    page.numbers = transport_->numbers()->rows();
    page.note = transport_->numbers()->warning();
    page.provenance = provenanceOf(*record, *result);
    writeReport(path, page);
}

void MainWindow::saveCutOut() {
    askPath(tr("Save picture"), besideRun("view.png"), {tr("PNG picture (*.png)")},
            [this](const QString& path) {
                view_->savePicture(path, true, main_window_transport_detail::cutOutWidth);
            });
}

void MainWindow::chooseMovie() {
    auto* dialog =
        new QFileDialog(this, tr("Folder for the movie"), QFileInfo(besideRun("movie")).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& folder) {
        try {
            movie_->start(QDir(folder).filePath(QFileInfo(besideRun("movie")).fileName()),
                          main_window_transport_detail::movieWidth,
                          main_window_transport_detail::movieFrames);
        } catch (const Error& error) {
            messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

}  // namespace ionscape::gui
