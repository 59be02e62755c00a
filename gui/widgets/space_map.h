// SPDX-License-Identifier: GPL-3.0-or-later
// Compositions as points of a plane: two columns against each other, or a ternary plot of three amounts.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPColorScale;
class QCPAxisRect;
class QCPItemText;
class QCPCurve;
class QMouseEvent;
class QWheelEvent;

namespace ionscape::gui {

class CloudMarks;
class PointCloud;

class SpaceMap final : public PlotWidget {
    Q_OBJECT

  public:
    struct Content {
        /// One number a composition; NaN for no place or no value. With `corners` x and y are places in the
        /// triangle (see ternaryPlace).
        std::vector<double> x, y, colour;
        QString xLabel, yLabel, colourLabel;
        /// Names of the colours 0, 1, 2 ... of a column of classes.
        QStringList colourClasses;
        /// Compositions drawn in colour, the rest is faint.
        std::vector<std::uint32_t> shown;
        /// Labels of the corners of a ternary plot; empty for axes.
        QStringList corners;
        /// Names a composition in the exported table.
        std::function<QString(std::uint32_t)> name;
    };

    explicit SpaceMap(QWidget* parent = nullptr);

    /// Keeps the section shown when the axes stay the same.
    void setContent(Content content);
    void setShown(std::vector<std::uint32_t> shown);
    void setSelected(const std::vector<std::uint32_t>& rows);
    void setStarred(const std::vector<std::uint32_t>& rows);
    void setCurrent(std::optional<std::uint32_t> row);
    /// Shows all points again.
    void resetView();
    /// Where a point lies in the widget.
    QPointF pixel(std::uint32_t row) const;
    std::size_t shownCount() const;

    QString csv() const override;
    QString name() const override { return QStringLiteral("space"); }

  signals:
    /// The mouse rests on a composition, or on none.
    void hovered(std::optional<std::uint32_t> row, const QPoint& globalPosition);
    void picked(std::uint32_t row);
    void activated(std::uint32_t row);
    /// \param extend  Shift was held: adds to what is selected
    void lassoed(const std::vector<std::uint32_t>& rows, bool extend);

  protected:
    void restyle(const QPalette& palette) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

  private:
    Content content_;
    PointCloud* cloud_;
    CloudMarks* marks_;
    QCPColorScale* scale_;
    QCPCurve* triangle_ = nullptr;
    std::array<QCPItemText*, 3> cornerTexts_{};
    QPoint pressed_, last_;
    bool isLassoing_ = false, isFitted_ = true, isFading_ = false;
    bool isTernary() const { return content_.corners.size() == 3; }
    void buildTriangle();
    void updateColours();
    void replotMarks();
    void mousePressed(QMouseEvent* event);
    void mouseMoved(QMouseEvent* event);
    void mouseReleased(QMouseEvent* event);
    void hover(const QPoint& position);
};

/// Place of shares a, b, c (any sum above 0) in a triangle with corners a (0, 0), b (1, 0), c (½, √3/2); NaN
/// when none of the three is there.
std::array<double, 2> ternaryPlace(double a, double b, double c);

}  // namespace ionscape::gui
