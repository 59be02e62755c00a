// SPDX-License-Identifier: GPL-3.0-or-later
// Histograms of one quantity, one or two sets of values over each other.
#pragma once

#include <optional>
#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;

namespace ionscape::gui {

class HistogramPlot final : public PlotWidget {
    Q_OBJECT

  public:
    /// \param label  quantity with unit; \param name  stem of exported files
    HistogramPlot(const QString& label, const QString& name, QWidget* parent = nullptr);

    struct Series {
        QString name;  ///< for the legend; a single unnamed series has none
        std::vector<double> values;
    };
    /// Common bins for all series, over all but the outermost 0.1 % of the values of each on either side;
    /// fewer bins for few values. Series of different sizes are drawn as shares of their values, others as
    /// counts.
    void setSeries(const std::vector<Series>& series);
    void clear();
    /// Another quantity with its unit.
    void setLabel(const QString& label);
    /// An upright line at a value, with its name; nothing takes it away.
    void setMarker(std::optional<double> value, const QString& name = {});
    /// Where the marker stands.
    std::optional<double> marker() const { return marker_; }
    /// Largest count of a bin of a series, for tests; 0 when there is none.
    double peak(std::size_t series) const;

    QString csv() const override;
    QString name() const override { return name_; }

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QString label_, name_;
    std::vector<double> centres_;
    std::optional<double> marker_;
    QCPItemStraightLine* markerLine_;
    QCPItemText* markerText_;
    struct Curve {
        QString name;
        QCPGraph* graph = nullptr;
        std::vector<double> counts;
    };
    std::vector<Curve> curves_;
};

}  // namespace ionscape::gui
