// SPDX-License-Identifier: GPL-3.0-or-later
// The cloud is drawn once per change; rings and lasso lie on a layer of their own that follows the mouse.
#include "gui/widgets/space_map.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/widgets/point_cloud.h"
#include "gui/widgets/theme.h"
#include "gui/widgets/viridis_scale.h"

namespace ionscape::gui {
namespace {

constexpr double reach = 9.0;  // px from a point that the mouse may miss it
constexpr std::size_t mostRings = 60;
constexpr double margin = 0.04;    // of the range, around all points
constexpr int lassoThreshold = 5;  // px the mouse moves before a click becomes a lasso

QCPRange rangeOf(const std::vector<double>& values) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    if (low > high) return {0.0, 1.0};
    if (high - low < 1e-9 * std::max(1.0, std::abs(high))) return {low - 0.5, high + 0.5};
    return {low, high};
}

QCPRange padded(const QCPRange& range) {
    return {range.lower - margin * range.size(), range.upper + margin * range.size()};
}

}  // namespace

std::array<double, 2> ternaryPlace(double a, double b, double c) {
    const double sum = a + b + c;
    if (!(sum > 0.0)) return {std::nan(""), std::nan("")};
    return {(b + 0.5 * c) / sum, 0.5 * std::sqrt(3.0) * c / sum};
}

SpaceMap::SpaceMap(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Map of the composition space"));
    QCPAxisRect* rect = plot()->axisRect();
    setUpAxisRect(rect);
    rect->setMinimumMargins({0, 8, 4, 0});
    for (const char* layer : {"main", "overlay"})
        plot()->layer(layer)->setMode(QCPLayer::lmBuffered);
    cloud_ = new PointCloud(rect, "main");
    marks_ = new CloudMarks(*cloud_, rect, "overlay");
    scale_ = addViridisScale(*plot());
    rect->setRangeZoom(Qt::Horizontal | Qt::Vertical);
    plot()->setInteraction(QCP::iRangeZoom);
    plot()->setMouseTracking(true);
    plot()->installEventFilter(this);
    connect(plot(), &QCustomPlot::mousePress, this, &SpaceMap::mousePressed);
    connect(plot(), &QCustomPlot::mouseMove, this, &SpaceMap::mouseMoved);
    connect(plot(), &QCustomPlot::mouseRelease, this, &SpaceMap::mouseReleased);
    connect(plot(), &QCustomPlot::mouseWheel, this, [this] { isFitted_ = false; });
    connect(plot(), &QCustomPlot::mouseDoubleClick, this, [this](QMouseEvent* event) {
        const auto point = cloud_->nearest(event->position(), reach);
        if (point)
            emit activated(*point);
        else
            resetView();
    });
    buildTriangle();
    setEmpty(true);
    applyPalette(palette());
}

void SpaceMap::buildTriangle() {
    triangle_ = new QCPCurve(plot()->xAxis, plot()->yAxis);
    const double top = 0.5 * std::sqrt(3.0);
    triangle_->setData(QVector<double>{0, 1, 0.5, 0}, QVector<double>{0, 0, top, 0});
    triangle_->setLayer("grid");
    const std::array<std::array<double, 2>, 3> corners{{{0, 0}, {1, 0}, {0.5, top}}};
    for (std::size_t i = 0; i < 3; ++i) {
        cornerTexts_[i] = new QCPItemText(plot());
        cornerTexts_[i]->position->setCoords(corners[i][0], corners[i][1]);
        cornerTexts_[i]->setPositionAlignment((i == 2 ? Qt::AlignBottom : Qt::AlignTop) | Qt::AlignHCenter);
        cornerTexts_[i]->setPadding({4, 12, 4, 12});
        cornerTexts_[i]->setClipToAxisRect(false);
    }
}

void SpaceMap::setContent(Content content) {
    const bool sameAxes = content.xLabel == content_.xLabel && content.yLabel == content_.yLabel &&
                          content.corners == content_.corners && content.x.size() == content_.x.size();
    content_ = std::move(content);
    const bool axes = !isTernary();
    for (QCPAxis* axis : plot()->axisRect()->axes())
        axis->setVisible(axes);
    triangle_->setVisible(!axes);
    for (std::size_t i = 0; i < 3; ++i) {
        cornerTexts_[i]->setVisible(!axes);
        if (!axes) cornerTexts_[i]->setText(content_.corners[static_cast<qsizetype>(i)]);
    }
    plot()->xAxis->setLabel(content_.xLabel);
    plot()->yAxis->setLabel(content_.yLabel);
    updateColours();
    marks_->hovered.reset();
    setEmpty(content_.x.empty());
    if (!sameAxes || isFitted_) resetView();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void SpaceMap::updateColours() {
    CloudData cloud{content_.x, content_.y, content_.colour, content_.shown};
    const bool coloured = !content_.colour.empty();
    scale_->setVisible(coloured);
    if (coloured) {
        const int classes = static_cast<int>(content_.colourClasses.size());
        const QCPRange range =
            classes > 0 ? QCPRange(0.0, std::max(1, classes - 1)) : rangeOf(content_.colour);
        for (double& value : cloud.colour)
            value = (value - range.lower) / range.size();
        scale_->axis()->setLabel(content_.colourLabel);
        if (classes > 0) {
            const auto ticker = QSharedPointer<QCPAxisTickerText>::create();
            for (int i = 0; i < classes; ++i)
                ticker->addTick(i, content_.colourClasses[i]);
            scale_->axis()->setTicker(ticker);
        } else {
            scale_->axis()->setTicker(QSharedPointer<QCPAxisTicker>::create());
        }
        scale_->setDataRange(range);
    }
    cloud_->setData(std::move(cloud));
}

void SpaceMap::setShown(std::vector<std::uint32_t> shown) {
    content_.shown = std::move(shown);
    updateColours();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

std::size_t SpaceMap::shownCount() const {
    return content_.shown.size();
}

void SpaceMap::resetView() {
    isFitted_ = true;
    if (isTernary()) {
        plot()->xAxis->setRange(-0.1, 1.1);
        plot()->yAxis->setRange(-0.12, 1.0);
        // The same length on both axes: the narrower one decides.
        if (plot()->axisRect()->width() > plot()->axisRect()->height() * 1.07)
            plot()->xAxis->setScaleRatio(plot()->yAxis, 1.0);
        else
            plot()->yAxis->setScaleRatio(plot()->xAxis, 1.0);
    } else {
        plot()->xAxis->setRange(padded(rangeOf(content_.x)));
        plot()->yAxis->setRange(padded(rangeOf(content_.y)));
    }
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void SpaceMap::resizeEvent(QResizeEvent* event) {
    PlotWidget::resizeEvent(event);
    if (!isTernary() || !isFitted_) return;
    plot()->replot();  // lays the axes out for the new size
    resetView();
}

QPointF SpaceMap::pixel(std::uint32_t row) const {
    return cloud_->pixel(row);
}

void SpaceMap::setSelected(const std::vector<std::uint32_t>& rows) {
    // Rings around many points would hide their colours: the others fade instead.
    marks_->selected = rows.size() <= mostRings ? rows : std::vector<std::uint32_t>();
    const bool fade = rows.size() > 1;
    if (fade || isFading_) {
        cloud_->setEmphasis(fade ? rows : std::vector<std::uint32_t>());
        plot()->layer("main")->replot();
    }
    isFading_ = fade;
    replotMarks();
}

void SpaceMap::setStarred(const std::vector<std::uint32_t>& rows) {
    marks_->starred = rows;
    replotMarks();
}

void SpaceMap::setCurrent(std::optional<std::uint32_t> row) {
    marks_->current = row;
    replotMarks();
}

void SpaceMap::replotMarks() {
    plot()->layer("overlay")->replot();
}

void SpaceMap::mousePressed(QMouseEvent* event) {
    pressed_ = last_ = event->pos();
    isLassoing_ = false;
}

void SpaceMap::mouseMoved(QMouseEvent* event) {
    const QPoint position = event->pos();
    if (event->buttons() & Qt::MiddleButton) {
        for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
            const bool across = axis->orientation() == Qt::Horizontal;
            const double from = across ? last_.x() : last_.y(), to = across ? position.x() : position.y();
            axis->moveRange(axis->pixelToCoord(from) - axis->pixelToCoord(to));
        }
        isFitted_ = false;
        last_ = position;
        plot()->replot(QCustomPlot::rpQueuedReplot);
    } else if (event->buttons() & Qt::LeftButton) {
        if (!isLassoing_ && (position - pressed_).manhattanLength() < lassoThreshold) return;
        if (!isLassoing_) marks_->lasso = QPolygonF({QPointF(pressed_)});
        isLassoing_ = true;
        marks_->lasso << QPointF(position);
        replotMarks();
    } else {
        hover(position);
    }
}

void SpaceMap::mouseReleased(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (isLassoing_) {
        const auto rows = cloud_->inside(marks_->lasso);
        isLassoing_ = false;
        marks_->lasso.clear();
        replotMarks();
        emit lassoed(rows, event->modifiers() & Qt::ShiftModifier);
        return;
    }
    if (const auto point = cloud_->nearest(event->position(), reach)) emit picked(*point);
}

void SpaceMap::hover(const QPoint& position) {
    const auto point = plot()->axisRect()->rect().contains(position) ? cloud_->nearest(position, reach)
                                                                     : std::optional<std::uint32_t>();
    if (point == marks_->hovered) return;
    marks_->hovered = point;
    plot()->setCursor(point ? Qt::PointingHandCursor : Qt::ArrowCursor);
    replotMarks();
    emit hovered(point, plot()->mapToGlobal(position));
}

bool SpaceMap::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::Leave && marks_->hovered) {
        marks_->hovered.reset();
        replotMarks();
        emit hovered(std::nullopt, {});
    }
    return PlotWidget::eventFilter(object, event);
}

void SpaceMap::restyle(const QPalette& palette) {
    const ThemeColours colours = themeColours(palette);
    QColor faint = colours.muted;
    faint.setAlphaF(0.14F);
    cloud_->setPlain(colours.accent, faint);
    marks_->accent = colours.accent;
    marks_->text = palette.color(QPalette::WindowText);
    triangle_->setPen(QPen(colours.muted, 1.2));
    for (QCPItemText* text : cornerTexts_) {
        text->setColor(palette.color(QPalette::WindowText));
        text->setFont(font());
    }
}

QString SpaceMap::csv() const {
    const auto quoted = [](QString text) { return '"' + text.replace('"', "\"\"") + '"'; };
    QString text = QStringLiteral("composition,%1,%2")
                       .arg(quoted(isTernary() ? tr("x in the triangle") : content_.xLabel),
                            quoted(isTernary() ? tr("y in the triangle") : content_.yLabel));
    if (!content_.colour.empty()) text += ',' + quoted(content_.colourLabel);
    text += '\n';
    const auto number = [](double value) {
        return std::isfinite(value) ? QString::number(value, 'g', 10) : QString();
    };
    for (const auto row : content_.shown) {
        text += (content_.name ? content_.name(row) : QString::number(row)) + ',' + number(content_.x[row]) +
                ',' + number(content_.y[row]);
        if (!content_.colour.empty()) text += ',' + number(content_.colour[row]);
        text += '\n';
    }
    return text;
}

}  // namespace ionscape::gui
