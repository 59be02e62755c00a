// SPDX-License-Identifier: GPL-3.0-or-later
// Styling and export common to all plots.
#include "gui/widgets/plot_widget.h"

#include <qcustomplot.h>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr int exportWidth = 900;
constexpr int exportHeight = 560;
constexpr double exportScale = 2.0;

QPalette paperPalette() {
    QPalette palette;
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::WindowText, Qt::black);
    palette.setColor(QPalette::Text, Qt::black);
    return palette;
}

void styleAxis(QCPAxis* axis, const QPalette& palette, const QFont& font) {
    const QColor text = palette.color(QPalette::WindowText);
    const QPen line(themeColours(palette).muted, 1);
    axis->setBasePen(line);
    axis->setTickPen(line);
    axis->setSubTickPen(line);
    axis->setTickLabelColor(text);
    axis->setLabelColor(text);
    axis->setTickLabelFont(font);
    axis->setLabelFont(font);
    axis->grid()->setPen(QPen(themeColours(palette).border, 1, Qt::DotLine));
    axis->grid()->setZeroLinePen(Qt::NoPen);
}

}  // namespace

PlotWidget::PlotWidget(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot), hint_(new QLabel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(plot_);
    plot_->setMinimumSize(220, 120);
    plot_->setNoAntialiasingOnDrag(true);
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    hint_->setProperty("role", "muted");
    hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
    hint_->raise();
}

void PlotWidget::setUpAxisRect(QCPAxisRect* rect) {
    rect->setupFullAxesBox(true);
    rect->axis(QCPAxis::atTop)->setTicks(false);
    rect->axis(QCPAxis::atRight)->setTicks(false);
    rect->axis(QCPAxis::atBottom)->setSubTicks(true);
}

void PlotWidget::setEmptyHint(const QString& text) {
    hint_->setText(text);
}

void PlotWidget::setEmpty(bool empty) {
    empty_ = empty;
    hint_->setVisible(empty);
}

void PlotWidget::applyPalette(const QPalette& palette) {
    const QFont font = this->font();
    plot_->setBackground(palette.color(QPalette::Base));
    for (QCPAxisRect* rect : plot_->axisRects())
        for (QCPAxis* axis : rect->axes())
            styleAxis(axis, palette, font);
    for (QCPLayoutElement* element : plot_->plotLayout()->elements(true))
        if (auto* scale = qobject_cast<QCPColorScale*>(element)) styleAxis(scale->axis(), palette, font);
    if (plot_->legend != nullptr) {
        QColor background = palette.color(QPalette::Base);
        background.setAlpha(200);
        plot_->legend->setBrush(background);
        plot_->legend->setBorderPen(Qt::NoPen);
        plot_->legend->setTextColor(palette.color(QPalette::WindowText));
        plot_->legend->setFont(font);
    }
    restyle(palette);
}

void PlotWidget::exportTo(const QString& path) {
    const QString extension = QFileInfo(path).suffix().toLower();
    const std::filesystem::path file = path.toStdString();
    if (extension == "csv") {
        writeTextAtomically(file, csv().toStdString());
        return;
    }
    if (extension != "png" && extension != "pdf")
        throw InputError(tr("%1: plots are exported as .png, .pdf or .csv").arg(path).toStdString());
    applyPalette(paperPalette());
    const auto restore = qScopeGuard([this] {
        applyPalette(palette());
        plot_->replot(QCustomPlot::rpQueuedReplot);
    });
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        const QString target = QString::fromStdString(temporary.string());
        const bool written = extension == "pdf"
                                 ? plot_->savePdf(target, exportWidth, exportHeight)
                                 : plot_->saveRastered(target, exportWidth, exportHeight, exportScale, "PNG");
        if (!written) throw IoError(file, tr("the picture could not be written").toStdString());
    });
}

QImage PlotWidget::paperImage(int width, int height, double scale) {
    applyPalette(paperPalette());
    const QImage picture = plot_->toPixmap(width, height, scale).toImage();
    applyPalette(palette());
    plot_->replot(QCustomPlot::rpQueuedReplot);
    return picture;
}

void PlotWidget::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Export as PDF…"), this, [this] { emit exportRequested("pdf"); });
    menu->addAction(tr("Export as PNG…"), this, [this] { emit exportRequested("png"); });
    menu->addAction(tr("Export as table (CSV)…"), this, [this] { emit exportRequested("csv"); });
    menu->addSeparator();
    menu->addAction(tr("Copy numbers"), this, [this] { QGuiApplication::clipboard()->setText(csv()); });
    menu->setEnabled(!isEmpty());
    menu->popup(event->globalPos());
}

void PlotWidget::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
    applyPalette(palette());
    plot_->replot(QCustomPlot::rpQueuedReplot);
}

void PlotWidget::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    hint_->setGeometry(rect().adjusted(72, 8, -24, -40));
}

}  // namespace ionscape::gui
