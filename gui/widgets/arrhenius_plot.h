// SPDX-License-Identifier: GPL-3.0-or-later
// Arrhenius plot: log10 of σT or D against 1000/T, °C on top, fit, dashed extrapolation and its band.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPErrorBars;
class QCPGraph;
class QCPItemLine;
class QCPItemText;
class QMouseEvent;

namespace ionscape::gui {

class ArrheniusPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Point {
        double temperature = 0.0;  ///< K
        double value = 0.0;        ///< σT (S K/cm) or D (cm²/s), above zero
        double error = 0.0;        ///< one standard deviation; 0 for none
        QString label;
        bool current = false;  ///< of the run shown elsewhere
        bool used = true;      ///< in the fit
    };
    /// The fit at one temperature with its 95 % band (equal to the value where there is none).
    struct Sample {
        double temperature = 0.0, value = 0.0, lower = 0.0, upper = 0.0;
    };
    struct Content {
        QString quantity;  ///< label of the left axis, e.g. "log₁₀ σT (S K/cm)"
        std::vector<Point> points;
        std::vector<Sample> fit;          ///< from the hottest to the coldest temperature
        std::vector<Sample> alternative;  ///< another law, drawn thin; may be empty
        double target = 300.0;            ///< K, marked
        QString note;                     ///< in the corner, e.g. E_a with its error
    };

    explicit ArrheniusPlot(QWidget* parent = nullptr);
    void setContent(Content content);
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return QStringLiteral("arrhenius"); }
    /// Where a point is, pixels of this widget.
    QPointF pixel(int point) const;
    /// What hovering over a point tells.
    QString text(int point) const;

  signals:
    /// A point was clicked.
    void chosen(int point);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    Content content_;
    QCPGraph *points_, *current_, *unused_, *inside_, *outside_, *lower_, *upper_, *alternative_;
    QCPErrorBars* bars_;
    QCPItemLine* target_;
    QCPItemText *targetText_, *note_;
    void rebuild();
    void setRanges();
    int nearest(const QPointF& position) const;
    void showHover(QMouseEvent* event);
};

}  // namespace ionscape::gui
