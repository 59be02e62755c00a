// SPDX-License-Identifier: GPL-3.0-or-later
// Two curves and a line.
#include "gui/widgets/spread_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

SpreadPlot::SpreadPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Force spread of the committee against time"));
    setToolTip(tr(
        "How far the members of the committee disagree on the force on an atom: on the atom with the largest "
        "spread (solid) and on average (dotted). Above the threshold the structure is outside what they were "
        "trained on."));
    setUpAxisRect(plot()->axisRect());
    largest_ = plot()->addGraph();
    mean_ = plot()->addGraph();
    line_ = new QCPItemStraightLine(plot());
    line_->setVisible(false);
    plot()->yAxis->ticker()->setTickCount(4);
    plot()->yAxis->setLabel(tr("Force spread (eV/Å)"));
    setEmptyHint(tr("The disagreement of a committee of potentials appears here during a run."));
    setEmpty(true);
    refresh();
    applyPalette(palette());
}

void SpreadPlot::clear() {
    largest_->data()->clear();
    mean_->data()->clear();
    showsDynamics_ = false;
    threshold_ = 0.0;
    setEmpty(true);
    refresh();
}

void SpreadPlot::appendRelaxation(const std::vector<double>& step, const std::vector<double>& spread) {
    if (showsDynamics_) return;
    append(largest_, step, spread);
    refresh();
}

void SpreadPlot::appendDynamics(const std::vector<double>& timePs, const std::vector<double>& largest,
                                const std::vector<double>& mean) {
    const bool any =
        std::any_of(largest.begin(), largest.end(), [](double value) { return std::isfinite(value); });
    if (any && !showsDynamics_) {
        largest_->data()->clear();
        showsDynamics_ = true;
    }
    append(largest_, timePs, largest);
    append(mean_, timePs, mean);
    refresh();
}

void SpreadPlot::append(QCPGraph* graph, const std::vector<double>& x, const std::vector<double>& y) {
    for (std::size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
        if (std::isfinite(y[i])) graph->addData(x[i], y[i]);
    }
    if (graph->dataCount() > 0) setEmpty(false);
}

void SpreadPlot::setThreshold(double spread) {
    threshold_ = spread;
    refresh();
}

void SpreadPlot::refresh() {
    plot()->xAxis->setLabel(showsDynamics_ || isEmpty() ? tr("Time (ps)") : tr("Relaxation step"));
    bool found = false;
    const QCPRange keys = largest_->getKeyRange(found);
    if (found) {
        plot()->xAxis->setRange(keys.lower, std::max(keys.upper, keys.lower + 1e-3));
        const double top = std::max({largest_->getValueRange(found).upper, threshold_, 1e-3});
        plot()->yAxis->setRange(0.0, 1.08 * top);
    }
    line_->point1->setCoords(0.0, threshold_);
    line_->point2->setCoords(1.0, threshold_);
    line_->setVisible(threshold_ > 0.0 && !isEmpty());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

int SpreadPlot::pointCount() const {
    return largest_->dataCount();
}

void SpreadPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    const QColor colour = readableColour(QColor("#009e73"), background);
    largest_->setPen(QPen(colour, 1.3));
    mean_->setPen(QPen(colour, 1.3, Qt::DotLine));
    line_->setPen(QPen(themeColours(palette).warning, 1, Qt::DashLine));
}

QString SpreadPlot::csv() const {
    QString text = showsDynamics_
                       ? QStringLiteral("time_ps,force_spread_max_eV_per_A,force_spread_mean_eV_per_A\n")
                       : QStringLiteral("relax_step,force_spread_max_eV_per_A\n");
    for (int i = 0; i < largest_->dataCount(); ++i) {
        text += QStringLiteral("%1,%2")
                    .arg(largest_->dataMainKey(i), 0, 'g', 10)
                    .arg(largest_->dataMainValue(i), 0, 'g', 10);
        if (showsDynamics_ && i < mean_->dataCount())
            text += QStringLiteral(",%1").arg(mean_->dataMainValue(i), 0, 'g', 10);
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace ionscape::gui
