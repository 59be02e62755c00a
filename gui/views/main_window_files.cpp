// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, saving and exporting from the main window.
#include <QDesktopServices>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QSettings>
#include <QUrl>

#include "core/base/error.h"
#include "core/io/structure_file.h"
#include "core/trajectory/open_trajectory.h"
#include "gui/views/composition_panel.h"
#include "gui/views/import_form.h"
#include "gui/views/jobs_panel.h"
#include "gui/views/learn_stage.h"
#include "gui/views/main_window.h"
#include "gui/views/plot_panel.h"
#include "gui/views/run_naming.h"
#include "gui/views/simulation_panel.h"
#include "gui/views/structure_view.h"
#include "gui/views/text.h"
#include "gui/views/transport_plots.h"
#include "gui/views/transport_stage.h"
#include "gui/widgets/message_bar.h"
#include "gui/widgets/msd_plot.h"
#include "gui/widgets/thermo_plot.h"

namespace ionscape::gui {
namespace {

constexpr int mostRecent = 10;

QStringList structurePatterns(bool forReading) {
    QStringList patterns;
    for (const auto& format : io::formats())
        if (forReading ? format.canRead : format.canWrite)
            for (const auto& pattern : format.patterns)
                patterns << QString::fromStdString(pattern);
    return patterns;
}

QStringList trajectoryPatterns() {
    QStringList patterns;
    for (const auto& format : trajectory::trajectoryFormats())
        for (const auto& pattern : format.patterns)
            patterns << QString::fromStdString(pattern);
    return patterns;
}

}  // namespace

void MainWindow::chooseFileToOpen() {
    auto* dialog = new QFileDialog(this, tr("Open a run or a structure"), simulation_->outputFolder());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    const QString structures = structurePatterns(true).join(' ');
    const QString runs = trajectoryPatterns().join(' ');
    dialog->setNameFilters({tr("Runs and structures (%1)").arg(runs + ' ' + structures),
                            tr("Runs (%1)").arg(runs), tr("Structures (%1)").arg(structures),
                            tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            openFile(path);
    });
    dialog->open();
}

void MainWindow::openFile(const QString& path) {
    if (stage_ == Stage::Learn) {
        learn_->openFile(path);
        return;
    }
    OpenRequest request;
    request.path = QFileInfo(path).absoluteFilePath();
    load(request);
}

void MainWindow::load(const OpenRequest& request) {
    messages_->showMessage(MessageBar::Kind::Information,
                           tr("Opening %1 …").arg(QFileInfo(request.path).fileName()));
    loader_.load(request);
}

void MainWindow::connectLoader() {
    connect(&loader_, &FileLoader::loaded, this, &MainWindow::fileLoaded);
    connect(&loader_, &FileLoader::failed, this, &MainWindow::fileFailed);
    connect(&loader_, &FileLoader::progressed, this, [this](const QString& path, int percent) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("Opening %1 … %2 %").arg(QFileInfo(path).fileName()).arg(percent),
                               {{tr("Stop"), [this] { loader_.cancel(); }}});
    });
    connect(&loader_, &FileLoader::cancelled, this, [this](const QString& path) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("%1 was not opened.").arg(QFileInfo(path).fileName()));
    });
    connect(&loader_, &FileLoader::asked, this, [this](const QString& path, const LoadQuestions& questions) {
        messages_->dismiss();
        import_->ask(path, questions);
    });
    connect(import_, &ImportForm::answered, this, &MainWindow::load);
}

void MainWindow::fileLoaded(const LoadedFile& file) {
    messages_->dismiss();
    rememberRecent(file.path);
    const QString name = QFileInfo(file.path).fileName();
    if (file.isRun) {
        workflow::RunSpec spec = file.spec;
        spec.output = file.path.toStdString();
        if (spec.formula.empty()) spec.formula = file.data->structure().formula();
        const QString preset = QFileInfo(file.path).completeBaseName();
        const QString title = file.spec.formula.empty() ? preset : runTitle(spec, {});
        const int id = controller_.addOpened(spec, title, file.data, file.summary, file.foreign);
        if (file.followFrom) follower_.follow(id, *file.followFrom);
        selectRun(id);
        if (!file.note.isEmpty()) messages_->showMessage(MessageBar::Kind::Information, file.note);
        return;
    }
    previewing_ = true;
    showStage(Stage::Compose);
    view_->setHint({});
    view_->showStructure(file.data->structure(), name);
    QString text = tr("%1 is shown. It can be relaxed and run with the settings on the left.").arg(name);
    std::vector<MessageBar::Action> actions{{tr("Run this structure"), [this, path = file.path] {
                                                 workflow::RunSpec spec;
                                                 simulation_->fill(spec);
                                                 spec.structureFile = path.toStdString();
                                                 enqueue(std::move(spec), {});
                                             }}};
    if (file.recognised) {
        const auto host = composition::findHost(file.recognised->hostId);
        const auto formula = compositionFormula(host, file.recognised->composition);
        text += ' ' + tr("It is %1 of the host %2.")
                          .arg(prettyFormula(QString::fromStdString(composition::formulaText(formula, 6))),
                               QString::fromStdString(host.title));
        actions.push_back({tr("Edit this composition"),
                           [this, id = file.recognised->hostId, composition = file.recognised->composition] {
                               if (composition_->host().id != id) setHost(QString::fromStdString(id));
                               openComposition(composition);
                           }});
    }
    messages_->showMessage(MessageBar::Kind::Information, text, actions);
}

void MainWindow::fileFailed(const QString& path, const QString& message) {
    QSettings settings;
    QStringList recent = settings.value("files/recent").toStringList();
    recent.removeAll(path);
    settings.setValue("files/recent", recent);
    messages_->showMessage(MessageBar::Kind::Error, message,
                           {{tr("Open another file…"), [this] { chooseFileToOpen(); }}});
}

void MainWindow::rememberRecent(const QString& path) {
    QSettings settings;
    QStringList recent = settings.value("files/recent").toStringList();
    recent.removeAll(path);
    recent.prepend(path);
    settings.setValue("files/recent", recent.mid(0, mostRecent));
}

void MainWindow::fillRecentMenu() {
    recentMenu_->clear();
    for (const QString& path : QSettings().value("files/recent").toStringList())
        if (QFileInfo::exists(path))
            recentMenu_->addAction(QFileInfo(path).fileName(), this, [this, path] { openFile(path); })
                ->setToolTip(path);
    recentMenu_->setToolTipsVisible(true);
    if (recentMenu_->isEmpty()) recentMenu_->addAction(tr("No file yet"))->setEnabled(false);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) openFile(url.toLocalFile());
    event->acceptProposedAction();
}

void MainWindow::askPath(const QString& title, const QString& suggestion, const QStringList& filters,
                         std::function<void(const QString&)> write) {
    auto* dialog = new QFileDialog(this, title, QFileInfo(suggestion).absolutePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    dialog->selectFile(QFileInfo(suggestion).fileName());
    dialog->setDefaultSuffix(QFileInfo(suggestion).suffix());
    connect(dialog, &QFileDialog::fileSelected, this, [this, write = std::move(write)](const QString& path) {
        try {
            write(path);
            const QString folder = QFileInfo(path).absolutePath();
            messages_->showMessage(MessageBar::Kind::Information,
                                   tr("Written: %1").arg(QDir::toNativeSeparators(path)),
                                   {{tr("Show in folder"),
                                     [folder] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); }}});
        } catch (const std::exception& error) {
            messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

void MainWindow::exportPlot(PlotWidget* plot, const QString& extension) {
    if (plot->isEmpty()) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("There is nothing to export yet: run or open something first."));
        return;
    }
    // Plots of the selected run go beside it.
    const bool ofRun = plots_->isAncestorOf(plot) || transport_->plots()->isAncestorOf(plot);
    const QString suggestion = ofRun ? besideRun(plot->name()) : QDir::home().filePath(plot->name());
    askPath(tr("Export"), suggestion + '.' + extension,
            {QStringLiteral("%1 (*.%2)").arg(extension.toUpper(), extension)},
            [plot](const QString& path) { plot->exportTo(path); });
}

QString MainWindow::besideRun(const QString& stem) const {
    const JobRecord* record = controller_.find(selected_);
    if (record == nullptr) return QDir::home().filePath(stem);
    const QFileInfo run(QString::fromStdString(record->spec.output.string()));
    return run.absoluteDir().filePath(run.completeBaseName() + '-' + stem);
}

void MainWindow::chooseExport() {
    if (stage_ == Stage::Transport) {
        auto* plots = transport_->plots();
        plots->exportMenu()->popup(plots->mapToGlobal(QPoint(plots->width() / 2, 0)));
        return;
    }
    if (stage_ == Stage::Learn) {
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("Each plot is exported by a menu on its right mouse button."));
        return;
    }
    plots_->exportMenu()->popup(plots_->mapToGlobal(QPoint(plots_->width() / 2, 0)));
}

void MainWindow::savePicture() {
    askPath(tr("Save picture"), QDir(simulation_->outputFolder()).filePath("ionscape.png"),
            {tr("PNG picture (*.png)")}, [this](const QString& path) { view_->savePicture(path); });
}

void MainWindow::chooseStructureFile() {
    const crystal::Structure structure = view_->currentStructure();
    if (structure.size() == 0) return;
    const QString name = QString::fromStdString(structure.formula()) + ".cif";
    askPath(tr("Save the structure shown"), QDir(simulation_->outputFolder()).filePath(name),
            {tr("Structures (%1)").arg(structurePatterns(false).join(' '))},
            [structure](const QString& path) { io::writeStructure(path.toStdString(), structure); });
}

void MainWindow::revealRun(int id) {
    const JobRecord* record = controller_.find(id);
    if (record == nullptr) return;
    const QString folder = QFileInfo(QString::fromStdString(record->spec.output.string())).absolutePath();
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(folder)))
        messages_->showMessage(MessageBar::Kind::Information,
                               tr("The file is in %1").arg(QDir::toNativeSeparators(folder)));
}

}  // namespace ionscape::gui
