// SPDX-License-Identifier: GPL-3.0-or-later
// Predicted against simulated values with error bars, and the histograms of both along the axes.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPAxisRect;
class QCPErrorBars;
class QCPGraph;
class QMouseEvent;

namespace ionscape::gui {

class PredictionPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Point {
        std::size_t row = 0;
        double simulated = 0.0, predicted = 0.0;
        double simulatedError = 0.0, predictedError = 0.0;  ///< one standard deviation; NaN: none
        bool test = false;                                  ///< the model had not seen it
    };
    struct Content {
        std::vector<Point> points;
        QString quantity;  ///< "MSD (Å²)"
        /// Errors of both sets, shown in the corner.
        QString remark;
        std::function<QString(std::size_t row)> describe;
    };

    explicit PredictionPlot(QWidget* parent = nullptr);
    void setContent(Content content);
    void clear() { setContent({}); }
    void setSelected(std::optional<std::size_t> row);
    std::optional<std::size_t> selected() const { return selected_; }
    int pointCount(bool test) const;
    /// Where a point lies in the widget, px.
    QPointF pixel(std::size_t point) const;

    QString csv() const override;
    QString name() const override { return QStringLiteral("predicted-simulated"); }

  signals:
    void picked(std::size_t row);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    struct Series {
        QCPGraph* graph = nullptr;
        QCPErrorBars *vertical = nullptr, *horizontal = nullptr;
        QCPGraph *above = nullptr, *beside = nullptr;  ///< histograms
    };
    Content content_;
    std::optional<std::size_t> selected_;
    QCPAxisRect *main_, *top_, *right_;
    std::array<Series, 2> series_;  ///< training, test
    QCPGraph *diagonal_, *ring_;
    void buildSeries(Series& series, const QString& name);
    void fill(Series& series, bool test);
    void fillHistogram(QCPGraph* graph, bool test, bool predicted, double low, double high);
    std::optional<std::size_t> nearest(const QPointF& position) const;
    void showHover(QMouseEvent* event);
};

}  // namespace ionscape::gui
