// SPDX-License-Identifier: GPL-3.0-or-later
// Sprites on screen, vector circles in a PDF.
#include "gui/widgets/point_cloud.h"

#include <algorithm>
#include <cmath>

#include "gui/widgets/colour_map.h"

namespace ionscape::gui {

PointCloud::PointCloud(QCPAxisRect* rect, const QString& layer)
    : QCPLayerable(rect->parentPlot(), layer), rect_(rect) {}

void PointCloud::setData(CloudData data) {
    data_ = std::move(data);
    isShown_.assign(data_.x.size(), false);
    for (const auto point : data_.shown)
        isShown_.at(point) = true;
    setEmphasis({});
}

void PointCloud::setEmphasis(const std::vector<std::uint32_t>& points) {
    emphasises_ = !points.empty();
    isEmphasised_.assign(data_.x.size(), false);
    for (const auto point : points)
        if (point < isEmphasised_.size()) isEmphasised_[point] = true;
}

bool PointCloud::isFaint(std::uint32_t point) const {
    return !isShown_[point] || (emphasises_ && !isEmphasised_[point]);
}

void PointCloud::setPlain(const QColor& plain, const QColor& faint) {
    plain_ = plain;
    faint_ = faint;
}

bool PointCloud::has(std::uint32_t point) const {
    return point < data_.x.size() && std::isfinite(data_.x[point]) && std::isfinite(data_.y[point]);
}

QPointF PointCloud::pixel(std::uint32_t point) const {
    if (!has(point)) return {-1e6, -1e6};
    return {rect_->axis(QCPAxis::atBottom)->coordToPixel(data_.x[point]),
            rect_->axis(QCPAxis::atLeft)->coordToPixel(data_.y[point])};
}

double PointCloud::diameter() const {
    const auto count = static_cast<double>(std::max<std::size_t>(data_.shown.size(), 1));
    return std::clamp(22.0 * std::pow(count, -0.16), 3.0, 10.0);
}

QColor PointCloud::colourOf(std::uint32_t point) const {
    return data_.colour.empty() ? plain_ : viridis(data_.colour[point]);
}

std::optional<std::uint32_t> PointCloud::nearest(const QPointF& pixel, double reach) const {
    std::optional<std::uint32_t> best;
    double least = reach * reach;
    for (const auto point : data_.shown) {
        const QPointF apart = this->pixel(point) - pixel;
        const double distance = QPointF::dotProduct(apart, apart);
        if (distance > least) continue;
        least = distance;
        best = point;
    }
    return best;
}

std::vector<std::uint32_t> PointCloud::inside(const QPolygonF& polygon) const {
    std::vector<std::uint32_t> points;
    const QRectF bounds = polygon.boundingRect();
    for (const auto point : data_.shown) {
        const QPointF place = pixel(point);
        if (bounds.contains(place) && polygon.containsPoint(place, Qt::OddEvenFill)) points.push_back(point);
    }
    return points;
}

void PointCloud::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void PointCloud::draw(QCPPainter* painter) {
    if (painter->modes().testFlag(QCPPainter::pmVectorized))
        drawVector(painter);
    else
        drawRaster(painter);
}

void PointCloud::drawVector(QCPPainter* painter) {
    painter->setPen(Qt::NoPen);
    const double radius = 0.5 * diameter();
    for (const auto point : data_.shown) {
        painter->setBrush(isFaint(point) ? faint_ : colourOf(point));
        painter->drawEllipse(pixel(point), radius, radius);
    }
}

void PointCloud::drawRaster(QCPPainter* painter) {
    const double size = diameter(), scale = rect_->parentPlot()->bufferDevicePixelRatio();
    const QRectF area = QRectF(rect_->rect()).adjusted(-size, -size, size, size);
    const auto sprite = [&](const QColor& fill, double extent) {
        const int side = static_cast<int>(std::ceil((extent + 2.0) * scale));
        QPixmap pixmap(side, side);
        pixmap.setDevicePixelRatio(scale);
        pixmap.fill(Qt::transparent);
        QPainter brush(&pixmap);
        brush.setRenderHint(QPainter::Antialiasing);
        brush.setPen(QPen(fill.darker(125), 0.5));
        brush.setBrush(fill);
        const double middle = 0.5 * side / scale;
        brush.drawEllipse(QPointF(middle, middle), 0.5 * extent, 0.5 * extent);
        return pixmap;
    };
    const auto put = [&](std::uint32_t point, const QPixmap& pixmap) {
        const QPointF place = pixel(point);
        if (!area.contains(place)) return;
        const double half = 0.5 * pixmap.width() / scale;
        painter->drawPixmap(QPointF(place.x() - half, place.y() - half), pixmap);
    };
    const QPixmap faint = sprite(faint_, 0.7 * size);
    for (std::uint32_t point = 0; point < isShown_.size(); ++point)
        if (isFaint(point) && has(point)) put(point, faint);
    std::array<QPixmap, levels + 1> sprites;
    for (const auto point : data_.shown) {
        if (isFaint(point)) continue;
        const double value = data_.colour.empty() ? 0.0 : data_.colour[point];
        // The last one is for points without a value.
        const int level =
            std::isnan(value) ? levels : static_cast<int>(std::clamp(value, 0.0, 1.0) * (levels - 1));
        QPixmap& pixmap = sprites[static_cast<std::size_t>(level)];
        if (pixmap.isNull()) {
            const double centre = level == levels ? std::nan("") : level / double(levels - 1);
            pixmap = sprite(data_.colour.empty() ? plain_ : viridis(centre), size);
        }
        put(point, pixmap);
    }
}

CloudMarks::CloudMarks(const PointCloud& cloud, QCPAxisRect* rect, const QString& layer)
    : QCPLayerable(rect->parentPlot(), layer), cloud_(cloud), rect_(rect) {}

void CloudMarks::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void CloudMarks::ring(QCPPainter* painter, std::uint32_t point, double radius, const QPen& pen) const {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    painter->drawEllipse(cloud_.pixel(point), radius, radius);
}

void CloudMarks::draw(QCPPainter* painter) {
    const double radius = 0.5 * cloud_.diameter();
    for (const auto point : selected)
        ring(painter, point, radius + 1.5, QPen(accent, 1.5));
    painter->setPen(QPen(text, 1));
    painter->setBrush(QColor(230, 159, 0));
    for (const auto point : starred) {
        QPolygonF star;
        for (int corner = 0; corner < 10; ++corner) {
            const double angle = M_PI * (corner / 5.0 - 0.5), length = corner % 2 == 0 ? 7.0 : 3.0;
            star << cloud_.pixel(point) + length * QPointF(std::cos(angle), std::sin(angle));
        }
        painter->drawPolygon(star);
    }
    if (hovered) ring(painter, *hovered, radius + 3.0, QPen(text, 1.5));
    if (current) {
        ring(painter, *current, radius + 4.0, QPen(accent, 2.5));
        ring(painter, *current, radius + 6.0, QPen(text, 1));
    }
    if (lasso.size() < 2) return;
    QColor fill = accent;
    fill.setAlphaF(0.12F);
    painter->setBrush(fill);
    painter->setPen(QPen(accent, 1.5, Qt::DashLine));
    painter->drawPolygon(lasso);
}

}  // namespace ionscape::gui
