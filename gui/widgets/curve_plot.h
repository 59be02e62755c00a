// SPDX-License-Identifier: GPL-3.0-or-later
// A few curves over one axis, with a second set on the right axis: distributions, energy profiles.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QMouseEvent;

namespace ionscape::gui {

class CurvePlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Curve {
        QString name;    ///< in the legend
        QString column;  ///< header of the table, with its unit
        std::vector<double> x, y;
        bool rightAxis = false;  ///< drawn dashed against the right axis
        int colour = 0;          ///< of the series
        /// Discs instead of a line; or rings around those of another curve.
        enum class Look { Line, Discs, Rings } look = Look::Line;
    };
    struct Labels {
        QString x, y, right;
        QString xColumn;  ///< header of the first column of the table
    };

    /// \param name  stem of exported files
    CurvePlot(const QString& name, const Labels& labels, QWidget* parent = nullptr);
    void setCurves(std::vector<Curve> curves);
    const std::vector<Curve>& curves() const { return curves_; }
    /// Drawn thick, the others thin; −1 for none.
    void setCurrent(int curve);
    int current() const { return current_; }
    /// Where curves leave room for it; top right at first.
    void setLegendPlace(Qt::Alignment place);
    /// Upper end of the left axis; 0 for what the data need.
    void setHighest(double value) { highest_ = value; }

    QString csv() const override;
    QString name() const override { return name_; }
    QPointF pixel(int curve, std::size_t point) const;

  signals:
    /// A curve was clicked.
    void chosen(int curve);
    /// A disc or ring of it was.
    void pointChosen(int curve, int point);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QString name_;
    Labels labels_;
    std::vector<Curve> curves_;
    int current_ = -1;
    double highest_ = 0.0;
    void rebuild();
    void choose(QMouseEvent* event);
};

}  // namespace ionscape::gui
