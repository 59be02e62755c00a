// SPDX-License-Identifier: GPL-3.0-or-later
// Points of which each stands for a row of a table: scatter, rows of a swarm, a front among them.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPColorScale;
class QCPGraph;
class QCPItemStraightLine;
class QMouseEvent;

namespace ionscape::gui {

class CloudMarks;
class PointCloud;

class PointPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Content {
        std::vector<double> x, y;
        /// Numbers shown as colours, NaN for grey; empty: one colour for all.
        std::vector<double> colour;
        /// What a point stands for; several may stand for one row.
        std::vector<std::size_t> rows;
        QString xLabel, yLabel, colourLabel;
        /// The colour bar then says only "low" and "high": values of different units share it.
        bool relativeColour = false;
        /// Names at y = 0, 1, 2 ..., from above; empty: y is a number.
        QStringList categories;
        /// A line at x = 0.
        bool zeroLine = false;
        /// Points joined by a line, in its order.
        std::vector<std::size_t> line;
        /// Headers of the exported columns.
        QStringList columns;
        /// What a row is called when the mouse rests on it.
        std::function<QString(std::size_t row)> describe;
    };

    PointPlot(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);
    void setContent(Content content);
    void clear() { setContent({}); }
    const Content& content() const { return content_; }
    /// Rings around all points of a row.
    void setSelected(std::optional<std::size_t> row);
    std::optional<std::size_t> selected() const { return selected_; }
    /// Where a point lies in the widget, px.
    QPointF pixel(std::size_t point) const;

    QString csv() const override;
    QString name() const override { return name_; }

  signals:
    void picked(std::size_t row);

  protected:
    void restyle(const QPalette& palette) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    QString name_;
    Content content_;
    std::optional<std::size_t> selected_;
    PointCloud* cloud_;
    CloudMarks* marks_;
    QCPColorScale* scale_;
    QCPGraph* line_;
    QCPItemStraightLine* zero_;
    void showAxes();
    void showColours();
    void mark();
    void showHover(QMouseEvent* event);
};

/// Offsets that keep points of a swarm apart, up to ±0.4: dense places are wide. `values` in any unit.
std::vector<double> swarmOffsets(const std::vector<double>& values);

}  // namespace ionscape::gui
