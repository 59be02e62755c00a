// SPDX-License-Identifier: GPL-3.0-or-later
// Active learning round by round: how far models were off above, the best outcome so far below.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPAxisRect;
class QCPGraph;

namespace ionscape::gui {

class RoundsPlot final : public PlotWidget {
    Q_OBJECT

  public:
    /// A number of a round; round 0 is what was known before the first.
    struct Point {
        int round = 0;
        double value = 0.0;
    };
    struct Content {
        QString quantity, unit;             ///< of the target: "MSD", "Å²"
        std::vector<Point> crossValidated;  ///< RMSE of the model after a round
        std::vector<Point> prospective;     ///< RMSE of the picks of a round, as predicted before
        std::vector<Point> outcomes;        ///< every outcome of a round's picks
        std::vector<Point> best;            ///< after a round
        /// What the best candidate has over the best outcome, where it is known; then drawn instead of both.
        std::vector<Point> regret;
    };

    explicit RoundsPlot(QWidget* parent = nullptr);
    void setContent(Content content);
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return QStringLiteral("rounds"); }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    enum Series { CrossValidated, Prospective, Best, Outcomes, SeriesCount };
    Content content_;
    QCPAxisRect *upper_ = nullptr, *lower_ = nullptr;
    QCPGraph* graphs_[SeriesCount] = {};
    void buildGraphs();
    void scale();
    QString withUnit(const QString& text) const;
};

}  // namespace ionscape::gui
