// SPDX-License-Identifier: GPL-3.0-or-later
// Menus and shortcuts of the main window.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/base/version.h"
#include "gui/views/main_window.h"
#include "gui/views/plot_panel.h"
#include "gui/views/structure_view.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

/// A small window of text that blocks nothing.
void showText(QWidget* parent, const QString& title, const QString& html) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* layout = new QVBoxLayout(dialog);
    auto* label = new QLabel(html);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setOpenExternalLinks(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(label);
    layout->addWidget(buttons);
    dialog->show();
}

}  // namespace

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildRunMenu();
    buildViewMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open…"), QKeySequence::Open, this, &MainWindow::chooseFileToOpen);
    recentMenu_ = file->addMenu(tr("Open &recent"));
    connect(recentMenu_, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
    file->addSeparator();
    file->addAction(tr("&Save shown structure…"), QKeySequence::Save, this, &MainWindow::chooseStructureFile);
    file->addAction(tr("Save &picture…"), this, &MainWindow::savePicture);
    file->addAction(tr("&Export plot or data…"), QKeySequence(Qt::CTRL | Qt::Key_E), this,
                    &MainWindow::chooseExport);
    file->addSeparator();
    QAction* quit = file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    quit->setMenuRole(QAction::QuitRole);
}

void MainWindow::buildEditMenu() {
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = undo_->createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = undo_->createRedoAction(this, tr("&Redo"));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    edit->addActions({undo, redo});
}

void MainWindow::buildRunMenu() {
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    QAction* start = run->addAction(tr("&Run composition"), this, &MainWindow::startRun);
    start->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    stopAction_ =
        run->addAction(tr("&Stop"), QKeySequence(Qt::CTRL | Qt::Key_Slash), this, &MainWindow::stopRun);
    run->addAction(tr("Stop &all"), this, [this] { controller_.cancelAll(); });
}

void MainWindow::buildViewMenu() {
    QMenu* view = menuBar()->addMenu(tr("&View"));
    view->addActions(stageActions_);
    view->addSeparator();
    for (auto* dock : findChildren<QDockWidget*>())
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    QMenu* scene = view->addMenu(tr("3D view"));
    scene->addActions(view_->viewActions());
    QMenu* theme = view->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const Theme current = themeFromName(QSettings().value("window/theme").toString());
    for (const auto& [text, value] : {std::pair<QString, Theme>{tr("As the system"), Theme::System},
                                      {tr("Light"), Theme::Light},
                                      {tr("Dark"), Theme::Dark}}) {
        QAction* action = theme->addAction(text, this, [chosen = value] {
            QSettings().setValue("window/theme", themeName(chosen));
            applyTheme(chosen);
        });
        action->setCheckable(true);
        action->setChecked(value == current);
        group->addAction(action);
    }
}

void MainWindow::buildHelpMenu() {
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Mouse and keys"), QKeySequence::HelpContents, this, &MainWindow::showShortcuts);
    help->addAction(tr("&About Ionscape"), this, &MainWindow::showAbout);
}

void MainWindow::showShortcuts() {
    const std::vector<std::pair<QString, QString>> rows{
        {tr("Ctrl+Enter / Ctrl+/"), tr("run / stop")},
        {tr("Ctrl+1 … Ctrl+5"), tr("compose, space, transport, learn, potentials")},
        {tr("Ctrl+Z / Ctrl+Shift+Z"), tr("undo / redo an edit of composition or space")},
        {tr("Ctrl+O, Ctrl+S, Ctrl+E"), tr("open, save structure, export")},
        {tr("Space, Home, End"), tr("play or pause, first frame, last frame")},
        {tr("1, 2, 3"), tr("look along a, b, c")},
        {tr("Left drag"), tr("orbit")},
        {tr("Right, middle or Shift+drag"), tr("pan")},
        {tr("Wheel / double-click"), tr("zoom / set the centre")},
        {tr("Right click on an element"), tr("take one away")}};
    QString html = QStringLiteral("<table cellspacing='6'>");
    for (const auto& [keys, meaning] : rows)
        html += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>").arg(keys, meaning);
    showText(this, tr("Mouse and keys"), html + "</table>");
}

void MainWindow::showAbout() {
    showText(this, tr("About Ionscape"),
             tr("<h3>Ionscape %1</h3><p>Explorer of high-entropy solid electrolytes.</p>"
                "<p>Licensed under the GNU General Public License, version 3 or later.<br>"
                "Uses Qt %2, VTK, QCustomPlot, LibTorch, HDF5, Eigen, spglib and gemmi.</p>")
                 .arg(QString::fromStdString(std::string(versionString())), QString::fromLatin1(qVersion())));
}

}  // namespace ionscape::gui
