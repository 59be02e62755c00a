// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of coloured points in a QCustomPlot, and the marks above them that follow the mouse.
#pragma once

#include <qcustomplot.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace ionscape::gui {

/// Points of one map, by index; their places are in plot coordinates, NaN for a point that has none.
struct CloudData {
    std::vector<double> x, y;
    /// 0 ... 1 on the colour map, NaN for grey; empty when one colour does for all.
    std::vector<double> colour;
    /// Points drawn in colour; the others are faint.
    std::vector<std::uint32_t> shown;
};

/// Drawn from ready-made pixmaps, so that 5,000 points take a few milliseconds.
class PointCloud final : public QCPLayerable {
    Q_OBJECT

  public:
    PointCloud(QCPAxisRect* rect, const QString& layer);
    void setData(CloudData data);
    const CloudData& data() const { return data_; }
    /// Of the shown points only these keep their colours; empty: all do.
    void setEmphasis(const std::vector<std::uint32_t>& points);
    void setPlain(const QColor& plain, const QColor& faint);
    /// Pixel position in the widget.
    QPointF pixel(std::uint32_t point) const;
    /// The shown point nearest to a pixel, at most `reach` pixels away.
    std::optional<std::uint32_t> nearest(const QPointF& pixel, double reach) const;
    /// Shown points inside a polygon of pixels.
    std::vector<std::uint32_t> inside(const QPolygonF& polygon) const;
    double diameter() const;

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    QRect clipRect() const override { return rect_->rect(); }

  private:
    static constexpr int levels = 64;
    QCPAxisRect* rect_;
    CloudData data_;
    std::vector<bool> isShown_, isEmphasised_;
    bool emphasises_ = false;
    QColor plain_ = Qt::black, faint_ = Qt::lightGray;
    bool has(std::uint32_t point) const;
    bool isFaint(std::uint32_t point) const;
    QColor colourOf(std::uint32_t point) const;
    void drawVector(QCPPainter* painter);
    void drawRaster(QCPPainter* painter);
};

/// Rings around selected points, a larger one around the current one, and the lasso while it is drawn.
class CloudMarks final : public QCPLayerable {
    Q_OBJECT

  public:
    CloudMarks(const PointCloud& cloud, QCPAxisRect* rect, const QString& layer);
    std::vector<std::uint32_t> selected, starred;
    std::optional<std::uint32_t> current, hovered;
    QPolygonF lasso;
    QColor accent = Qt::blue, text = Qt::black;

  protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
    QRect clipRect() const override { return rect_->rect(); }

  private:
    const PointCloud& cloud_;
    QCPAxisRect* rect_;
    void ring(QCPPainter* painter, std::uint32_t point, double radius, const QPen& pen) const;
};

}  // namespace ionscape::gui
