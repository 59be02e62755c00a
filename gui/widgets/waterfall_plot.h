// SPDX-License-Identifier: GPL-3.0-or-later
// How contributions add up from a base to one prediction.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPItemLine;
class QCPItemRect;
class QCPItemStraightLine;
class QCPItemText;

namespace ionscape::gui {

class WaterfallPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Step {
        QString name;         ///< "csm_Liavg = 2.31"
        double change = 0.0;  ///< unit of the prediction
        double error = 0.0;   ///< standard error of sampling; 0 where it is exact
    };
    struct Content {
        QString title;  ///< the composition
        double base = 0.0;
        std::vector<Step> steps;
        QString quantity;  ///< "MSD (Å²)"
    };

    explicit WaterfallPlot(QWidget* parent = nullptr);
    /// The largest changes one by one, the others in one step.
    void setContent(Content content);
    void clear() { setContent({}); }
    const Content& content() const { return content_; }
    /// Steps as drawn, from above.
    const std::vector<Step>& drawn() const { return drawn_; }
    double prediction() const;

    QString csv() const override;
    QString name() const override { return QStringLiteral("waterfall"); }

  protected:
    void restyle(const QPalette& palette) override;
    void resizeEvent(QResizeEvent* event) override;

  private:
    Content content_;
    std::vector<Step> drawn_;
    std::vector<QCPItemRect*> boxes_;
    std::vector<QCPItemText*> numbers_;
    std::vector<QCPItemLine*> joints_;
    QCPItemStraightLine *baseLine_ = nullptr, *endLine_ = nullptr;
    std::size_t room() const;
    void rebuild();
    void addStep(std::size_t index, double from);
    QCPItemStraightLine* verticalLine(double at);
};

}  // namespace ionscape::gui
