// SPDX-License-Identifier: GPL-3.0-or-later
// Formation energies between two end members with their spread, and the convex hull below them.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPErrorBars;
class QCPGraph;
class QMouseEvent;

namespace ionscape::gui {

class HullPlot final : public PlotWidget {
    Q_OBJECT

  public:
    /// A composition; energies in meV/atom above the end members.
    struct Point {
        double fraction = 0.0;  ///< of the second end member
        double energy = 0.0;    ///< lowest decoration
        double mean = 0.0;      ///< of the decorations
        double spread = 0.0;    ///< standard deviation; not a number for a single decoration
        double aboveHull = 0.0;
        QString formula, products;
    };

    explicit HullPlot(QWidget* parent = nullptr);

    /// \param hull  fraction and meV/atom, from left to right
    void setContent(const QString& firstMember, const QString& secondMember, std::vector<Point> points,
                    const std::vector<std::array<double, 2>>& hull);
    void clear() { setContent({}, {}, {}, {}); }
    /// A ring around one point; none for an index that is out of range.
    void setCurrent(int index);

    int pointCount() const { return static_cast<int>(points_.size()); }
    /// Lines from points above the hull down to it.
    int dropLineCount() const;
    /// Error bars drawn.
    int barCount() const;
    /// Of the vertical axis, as long as the plot is high.
    QString verticalLabel() const;
    /// What hovering over a point says.
    QString text(int index) const;
    /// Where a point lies in the plot, px.
    QPointF pixel(int index) const;

    QString csv() const override;
    QString name() const override { return QStringLiteral("hull"); }

  signals:
    /// Clicked.
    void chosen(int index);

  protected:
    void restyle(const QPalette& palette) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    std::vector<Point> points_;
    QCPGraph *hull_, *drops_, *lowest_, *means_, *ring_;
    QCPErrorBars* bars_;
    int current_ = -1;
    void fit(const std::vector<std::array<double, 2>>& hull);
    std::optional<int> nearest(const QPointF& position) const;
    void showHover(QMouseEvent* event);
    /// A low plot has room for a symbol only.
    void chooseLabel();
};

}  // namespace ionscape::gui
