// SPDX-License-Identifier: GPL-3.0-or-later
// How far the members of a committee disagree on the forces, live, with the threshold of the run.
#pragma once

#include <vector>

#include "gui/widgets/plot_widget.h"

class QCPGraph;
class QCPItemStraightLine;

namespace ionscape::gui {

class SpreadPlot final : public PlotWidget {
    Q_OBJECT

  public:
    explicit SpreadPlot(QWidget* parent = nullptr);

    void clear();
    /// Largest force spread of an atom in relaxation steps; values that are not numbers are left out.
    void appendRelaxation(const std::vector<double>& step, const std::vector<double>& spread);
    /// Of the dynamics: largest and mean over the atoms, eV/Å, against time, ps. The first ones replace the
    /// relaxation's.
    void appendDynamics(const std::vector<double>& timePs, const std::vector<double>& largest,
                        const std::vector<double>& mean);
    /// eV/Å, drawn as a line; 0 for none.
    void setThreshold(double spread);

    QString csv() const override;
    QString name() const override { return QStringLiteral("force_spread"); }
    int pointCount() const;

  protected:
    void restyle(const QPalette& palette) override;

  private:
    QCPGraph *largest_ = nullptr, *mean_ = nullptr;
    QCPItemStraightLine* line_ = nullptr;
    double threshold_ = 0.0;
    bool showsDynamics_ = false;
    void append(QCPGraph* graph, const std::vector<double>& x, const std::vector<double>& y);
    void refresh();
};

}  // namespace ionscape::gui
