// SPDX-License-Identifier: GPL-3.0-or-later
// A function of two variables as colours: Van Hove functions over distance and time.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPColorMap;
class QCPColorScale;

namespace ionscape::gui {

class DensityMap final : public PlotWidget {
    Q_OBJECT

  public:
    struct Content {
        std::vector<double> x, y;    ///< equally spaced
        std::vector<double> values;  ///< entry i + x.size() · j belongs to (x[i], y[j])
        QString xLabel, yLabel, valueLabel;
        QString xColumn, yColumn, valueColumn;  ///< headers of the table
    };

    explicit DensityMap(const QString& name, QWidget* parent = nullptr);
    /// Colours end at the 99th percentile, so that one peak does not darken all else.
    void setContent(Content content);
    const Content& content() const { return content_; }

    QString csv() const override;
    QString name() const override { return name_; }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QString name_;
    Content content_;
    QCPColorMap* map_;
    QCPColorScale* scale_;
};

}  // namespace ionscape::gui
