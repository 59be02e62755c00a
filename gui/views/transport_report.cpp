// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/transport_report.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/version.h"
#include "gui/views/text.h"

namespace ionscape::gui {
namespace transport_report_detail {

constexpr int dotsPerInch = 300;
constexpr int marginMm = 15;

class Page {
  public:
    explicit Page(QPainter& painter) : painter_(painter), width_(painter.viewport().width()) {}

    int width() const { return width_; }
    int mm(double length) const { return static_cast<int>(length * dotsPerInch / 25.4); }

    void setFont(double points, bool bold, const QColor& colour = Qt::black) {
        QFont font = painter_.font();
        font.setPointSizeF(points);
        font.setBold(bold);
        painter_.setFont(font);
        painter_.setPen(colour);
    }
    void text(const QString& text, double gapMm) {
        const QRect place(0, y_, width_, mm(60));
        QRect used;
        painter_.drawText(place, Qt::AlignLeft | Qt::TextWordWrap, text, &used);
        y_ += used.height() + mm(gapMm);
    }
    /// Rows of two columns, `columns` tables side by side.
    void table(const std::vector<std::pair<QString, QString>>& rows, int columns, double labelMm) {
        const int line = painter_.fontMetrics().lineSpacing() + mm(0.4);
        const auto perColumn =
            (rows.size() + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
        const int each = width_ / columns;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const int x = static_cast<int>(i / perColumn) * each;
            const int y = y_ + static_cast<int>(i % perColumn) * line;
            painter_.setPen(QColor(90, 90, 90));
            painter_.drawText(QRect(x, y, mm(labelMm), line), Qt::AlignLeft, rows[i].first);
            painter_.setPen(Qt::black);
            const QRect place(x + mm(labelMm), y, each - mm(labelMm) - mm(2), line);
            painter_.drawText(
                place, Qt::AlignLeft,
                painter_.fontMetrics().elidedText(rows[i].second, Qt::ElideMiddle, place.width()));
        }
        y_ += static_cast<int>(perColumn) * line + mm(3);
    }
    void image(const QImage& picture, int x, int width, int highest, int* bottom) {
        const QSize size = picture.size().scaled(width, highest, Qt::KeepAspectRatio);
        painter_.drawImage(QRect(QPoint(x + (width - size.width()) / 2, y_), size), picture);
        *bottom = std::max(*bottom, y_ + size.height());
    }
    int y() const { return y_; }
    void moveTo(int y) { y_ = y; }

  private:
    QPainter& painter_;
    int width_;
    int y_ = 0;
};

void drawPlots(Page& page, QPainter& painter, const std::vector<std::pair<QString, QImage>>& plots) {
    for (std::size_t i = 0; i < plots.size(); i += 2) {
        const int half = page.width() / 2 - page.mm(2);
        int bottom = page.y();
        for (std::size_t j = i; j < std::min(i + 2, plots.size()); ++j) {
            const int x = j == i ? 0 : page.width() / 2 + page.mm(2);
            page.image(plots[j].second, x, half, page.mm(58), &bottom);
            painter.drawText(QRect(x, bottom, half, page.mm(6)), Qt::AlignHCenter, plots[j].first);
        }
        page.moveTo(bottom + page.mm(8));
    }
}

void draw(QPainter& painter, const ReportPage& content) {
    Page page(painter);
    page.setFont(17, true);
    page.text(content.title, 1.0);
    page.setFont(9.5, false, QColor(90, 90, 90));
    page.text(content.subtitle, 4.0);
    if (!content.picture.isNull()) {
        int bottom = page.y();
        page.image(content.picture, 0, page.width(), page.mm(82), &bottom);
        page.moveTo(bottom + page.mm(4));
    }
    page.setFont(8, false);
    drawPlots(page, painter, content.plots);
    page.setFont(9, false);
    std::vector<std::pair<QString, QString>> rows;
    for (const NumberRow& row : content.numbers)
        rows.emplace_back(row.label, row.value.isEmpty() ? QStringLiteral("—") : row.value);
    page.table(rows, 2, 24);
    page.setFont(8, false, QColor(90, 90, 90));
    page.text(content.note, 3.0);
    page.table(content.provenance, 1, 30);
}

}  // namespace transport_report_detail

void writeReport(const QString& path, const ReportPage& page) {
    using namespace transport_report_detail;
    const std::filesystem::path file = path.toStdString();
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
        QPdfWriter writer(QString::fromStdString(temporary.string()));
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(marginMm, marginMm, marginMm, marginMm), QPageLayout::Millimeter);
        writer.setResolution(dotsPerInch);
        writer.setTitle(page.title);
        writer.setCreator(QStringLiteral("Ionscape ") + QString::fromStdString(std::string(versionString())));
        QPainter painter;
        if (!painter.begin(&writer)) throw IoError(file, "the report cannot be written");
        draw(painter, page);
        if (!painter.end()) throw IoError(file, "the report could not be written to its end");
    });
}

std::vector<std::pair<QString, QString>> provenanceOf(const JobRecord& record,
                                                      const TransportResult& result) {
    const QLocale locale;
    const double length = result.frameIntervalFs * static_cast<double>(result.frames - 1) / 1000.0;
    std::vector<std::pair<QString, QString>> rows;
    rows.emplace_back(TransportNumbers::tr("File"), QString::fromStdString(record.spec.output.string()));
    if (!record.spec.formula.empty())
        rows.emplace_back(TransportNumbers::tr("Composition"),
                          prettyFormula(QString::fromStdString(record.spec.formula)));
    rows.emplace_back(TransportNumbers::tr("Potential"),
                      record.spec.potential.empty()
                          ? TransportNumbers::tr("embedded, or not recorded")
                          : QFileInfo(QString::fromStdString(record.spec.potential)).fileName());
    rows.emplace_back(TransportNumbers::tr("Analysed"),
                      TransportNumbers::tr("%1 frames, %2 ps, mean temperature %3 K, volume %4 Å³")
                          .arg(result.frames)
                          .arg(locale.toString(length, 'g', 5), locale.toString(result.temperature, 'f', 0),
                               locale.toString(result.volume, 'f', 1)));
    rows.emplace_back(
        TransportNumbers::tr("Settings"),
        TransportNumbers::tr(
            "mobile %1, skipped %2 ps, drift %3, grid %4 Å, smoothing %5 Å, site depth %6 kT")
            .arg(symbolText(result.settings.mobile), locale.toString(result.settings.skipPs),
                 result.settings.removeDrift ? TransportNumbers::tr("removed") : TransportNumbers::tr("kept"),
                 locale.toString(result.settings.resolution), locale.toString(result.settings.smoothing),
                 locale.toString(result.settings.prominence)));
    rows.emplace_back(TransportNumbers::tr("Made"),
                      TransportNumbers::tr("%1 with Ionscape %2")
                          .arg(locale.toString(QDateTime::currentDateTime(), QLocale::ShortFormat),
                               QString::fromStdString(std::string(versionString()))));
    return rows;
}

}  // namespace ionscape::gui
