// SPDX-License-Identifier: GPL-3.0-or-later
// Two stacked axis rectangles with one horizontal axis.
#include "gui/widgets/thermo_plot.h"

#include <qcustomplot.h>

#include <algorithm>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

ThermoPlot::ThermoPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Temperature and potential energy against time"));
    setToolTip(tr(
        "Instantaneous temperature (3N − 3 degrees of freedom) and potential energy of every stored frame; "
        "while the cell relaxes, the largest force and the energy of every step."));
    plot()->plotLayout()->clear();
    upperRect_ = new QCPAxisRect(plot());
    lowerRect_ = new QCPAxisRect(plot());
    plot()->plotLayout()->addElement(0, 0, upperRect_);
    plot()->plotLayout()->addElement(1, 0, lowerRect_);
    plot()->plotLayout()->setRowSpacing(0);
    auto* group = new QCPMarginGroup(plot());
    for (QCPAxisRect* rect : {upperRect_, lowerRect_}) {
        setUpAxisRect(rect);
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
        for (QCPAxis* axis : rect->axes())
            axis->setLayer("axes");
        for (QCPAxis* axis : rect->axes())
            axis->grid()->setLayer("grid");
    }
    upperRect_->axis(QCPAxis::atBottom)->setTickLabels(false);
    upperRect_->setMinimumMargins({0, 6, 12, 2});
    lowerRect_->setMinimumMargins({0, 2, 12, 0});
    upper_ = plot()->addGraph(upperRect_->axis(QCPAxis::atBottom), upperRect_->axis(QCPAxis::atLeft));
    lower_ = plot()->addGraph(lowerRect_->axis(QCPAxis::atBottom), lowerRect_->axis(QCPAxis::atLeft));
    setEmptyHint(tr("Temperature and energy appear here during a run."));
    setLabels();
    setEmpty(true);
    applyPalette(palette());
}

void ThermoPlot::clear() {
    upper_->data()->clear();
    lower_->data()->clear();
    showsDynamics_ = false;
    setEmpty(true);
    setLabels();
    if (target_ != nullptr) target_->setVisible(false);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void ThermoPlot::setLabels() {
    QCPAxis* top = upperRect_->axis(QCPAxis::atLeft);
    QCPAxis* bottom = lowerRect_->axis(QCPAxis::atLeft);
    top->setLabel(showsDynamics_ ? tr("T (K)") : tr("max |F| (eV/Å)"));
    bottom->setLabel(tr("E (eV/atom)"));
    lowerRect_->axis(QCPAxis::atBottom)->setLabel(showsDynamics_ ? tr("Time (ps)") : tr("Relaxation step"));
    if (isEmpty()) {
        top->setLabel(tr("T (K)"));
        lowerRect_->axis(QCPAxis::atBottom)->setLabel(tr("Time (ps)"));
    }
    bottom->setNumberPrecision(6);
}

void ThermoPlot::appendRelaxation(const std::vector<double>& step, const std::vector<double>& energy,
                                  const std::vector<double>& maxForce) {
    if (showsDynamics_ || step.empty()) return;
    setEmpty(false);
    setLabels();
    append(step, maxForce, energy);
}

void ThermoPlot::appendDynamics(const std::vector<double>& timePs, const std::vector<double>& temperature,
                                const std::vector<double>& energy) {
    if (timePs.empty()) return;
    if (!showsDynamics_) {
        upper_->data()->clear();
        lower_->data()->clear();
        showsDynamics_ = true;
    }
    setEmpty(false);
    setLabels();
    append(timePs, temperature, energy);
}

void ThermoPlot::append(const std::vector<double>& x, const std::vector<double>& upper,
                        const std::vector<double>& lower) {
    const QVector<double> keys(x.begin(), x.end());
    upper_->addData(keys, QVector<double>(upper.begin(), upper.end()), true);
    lower_->addData(keys, QVector<double>(lower.begin(), lower.end()), true);
    rescale();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void ThermoPlot::rescale() {
    bool found = false;
    const QCPRange keys = upper_->getKeyRange(found);
    if (!found) return;
    const double right = std::max(keys.upper, keys.lower + 1e-3);
    for (QCPAxisRect* rect : {upperRect_, lowerRect_})
        rect->axis(QCPAxis::atBottom)->setRange(keys.lower, right);
    for (QCPGraph* graph : {upper_, lower_}) {
        QCPRange values = graph->getValueRange(found);
        if (graph == upper_ && showsDynamics_ && targetTemperature_ > 0.0) values.expand(targetTemperature_);
        const double pad = std::max(0.08 * values.size(), 1e-4);
        graph->valueAxis()->setRange(values.lower - pad, values.upper + pad);
    }
    if (target_ == nullptr) {
        target_ = new QCPItemStraightLine(plot());
        for (QCPItemPosition* position : {target_->point1, target_->point2}) {
            position->setAxisRect(upperRect_);
            position->setAxes(upperRect_->axis(QCPAxis::atBottom), upperRect_->axis(QCPAxis::atLeft));
        }
        target_->setClipAxisRect(upperRect_);
        target_->setPen(QPen(themeColours(palette()).muted, 1, Qt::DashLine));
    }
    target_->point1->setCoords(0.0, targetTemperature_);
    target_->point2->setCoords(1.0, targetTemperature_);
    target_->setVisible(showsDynamics_ && targetTemperature_ > 0.0);
}

void ThermoPlot::setTargetTemperature(double kelvin) {
    targetTemperature_ = kelvin;
}

int ThermoPlot::pointCount() const {
    return upper_->dataCount();
}

void ThermoPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    upper_->setPen(QPen(readableColour(QColor("#d55e00"), background), 1.3));
    lower_->setPen(QPen(readableColour(QColor("#0072b2"), background), 1.3));
    if (target_ != nullptr) target_->setPen(QPen(themeColours(palette).muted, 1, Qt::DashLine));
}

QString ThermoPlot::csv() const {
    QString text = showsDynamics_ ? QStringLiteral("time_ps,temperature_K,potential_energy_eV_per_atom\n")
                                  : QStringLiteral("relax_step,max_force_eV_per_A,energy_eV_per_atom\n");
    for (int i = 0; i < upper_->dataCount(); ++i)
        text += QStringLiteral("%1,%2,%3\n")
                    .arg(upper_->dataMainKey(i), 0, 'g', 10)
                    .arg(upper_->dataMainValue(i), 0, 'g', 10)
                    .arg(lower_->dataMainValue(i), 0, 'g', 10);
    return text;
}

}  // namespace ionscape::gui
