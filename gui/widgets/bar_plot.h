// SPDX-License-Identifier: GPL-3.0-or-later
// Lying bars with names: one or two numbers for each, with errors.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPBars;
class QCPErrorBars;
class QCPGraph;
class QMouseEvent;

namespace ionscape::gui {

class BarPlot final : public PlotWidget {
    Q_OBJECT

  public:
    struct Series {
        QString name;    ///< in the legend
        QString column;  ///< header of the table, with its unit
        std::vector<double> values;
        std::vector<double> errors;  ///< empty: none
    };
    struct Content {
        QStringList names;  ///< from above
        std::vector<Series> series;
        QString label;  ///< of the axis of values
        /// Dashed lines at ± this, what the values are to be measured with; 0: none.
        double bound = 0.0;
        QString boundName;  ///< in the legend
    };

    BarPlot(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);
    void setContent(Content content);
    void clear() { setContent({}); }
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return name_; }

  signals:
    /// A bar or its name was clicked.
    void picked(int index);

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QString name_;
    Content content_;
    std::vector<QCPBars*> bars_;
    std::vector<QCPErrorBars*> errors_;
    std::vector<QCPGraph*> bounds_;
    void addBars(const Series& series, double offset, double width);
    void addBounds();
};

}  // namespace ionscape::gui
