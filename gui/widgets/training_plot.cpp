// SPDX-License-Identifier: GPL-3.0-or-later
// Loss above (logarithmic), force and energy errors below with an axis each.
#include "gui/widgets/training_plot.h"

#include <qcustomplot.h>

#include <algorithm>

#include "gui/widgets/theme.h"

namespace ionscape::gui {

TrainingPlot::TrainingPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Loss and validation errors against the epoch"));
    setToolTip(tr(
        "Above the loss on the training set; below the mean absolute errors on compositions that are not in "
        "the training set: force components (left axis) and energies (right axis). Epoch 0 is the model "
        "that the training starts from; the ring marks the best epoch, which is kept. Dotted: force errors "
        "on "
        "what is held out of the replayed data, i.e. what is forgotten."));
    plot()->plotLayout()->clear();
    upper_ = new QCPAxisRect(plot());
    lower_ = new QCPAxisRect(plot());
    plot()->plotLayout()->addElement(0, 0, upper_);
    plot()->plotLayout()->addElement(1, 0, lower_);
    plot()->plotLayout()->setRowSpacing(0);
    plot()->plotLayout()->setRowStretchFactor(0, 0.7);
    auto* group = new QCPMarginGroup(plot());
    for (QCPAxisRect* rect : {upper_, lower_}) {
        setUpAxisRect(rect);
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, group);
        rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer("axes");
            axis->grid()->setLayer("grid");
        }
    }
    upper_->setMinimumMargins({0, 6, 12, 2});
    lower_->setMinimumMargins({0, 2, 12, 0});
    QCPAxis* lossAxis = upper_->axis(QCPAxis::atLeft);
    lossAxis->setScaleType(QCPAxis::stLogarithmic);
    lossAxis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
    lossAxis->setNumberFormat("gb");
    lossAxis->setNumberPrecision(2);
    lossAxis->setLabel(tr("Loss"));
    upper_->axis(QCPAxis::atBottom)->setTickLabels(false);
    lower_->axis(QCPAxis::atBottom)->setLabel(tr("Epoch"));
    for (QCPAxisRect* rect : {upper_, lower_}) {
        // Whole epochs only.
        const auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
        ticker->setTickStep(1.0);
        ticker->setScaleStrategy(QCPAxisTickerFixed::ssMultiples);
        rect->axis(QCPAxis::atBottom)->setTicker(ticker);
        rect->axis(QCPAxis::atBottom)->setSubTicks(false);
    }
    lower_->axis(QCPAxis::atLeft)->setLabel(tr("F MAE (eV/Å)"));
    QCPAxis* energyAxis = lower_->axis(QCPAxis::atRight);
    disconnect(lower_->axis(QCPAxis::atLeft), nullptr, energyAxis, nullptr);
    energyAxis->setTicks(true);
    energyAxis->setTickLabels(true);
    energyAxis->setVisible(true);
    energyAxis->ticker()->setTickCount(3);
    energyAxis->setLabel(tr("E MAE (meV/atom)"));
    loss_ = plot()->addGraph(upper_->axis(QCPAxis::atBottom), lossAxis);
    force_ = plot()->addGraph(lower_->axis(QCPAxis::atBottom), lower_->axis(QCPAxis::atLeft));
    best_ = plot()->addGraph(lower_->axis(QCPAxis::atBottom), lower_->axis(QCPAxis::atLeft));
    energy_ = plot()->addGraph(lower_->axis(QCPAxis::atBottom), energyAxis);
    best_->setLineStyle(QCPGraph::lsNone);
    replay_ = plot()->addGraph(lower_->axis(QCPAxis::atBottom), lower_->axis(QCPAxis::atLeft));
    setEmptyHint(tr("Loss and errors appear here after the first epoch."));
    setEmpty(true);
    applyPalette(palette());
    rescale();
}

void TrainingPlot::clear() {
    points_.clear();
    for (QCPGraph* graph : {loss_, force_, energy_, best_, replay_})
        graph->data()->clear();
    setEmpty(true);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void TrainingPlot::setEpochs(int epochs) {
    epochs_ = epochs;
    rescale();
}

void TrainingPlot::append(const Point& point) {
    points_.push_back(point);
    if (point.epoch > 0) loss_->addData(point.epoch, std::max(point.loss, 1e-12));
    force_->addData(point.epoch, point.forceMae);
    energy_->addData(point.epoch, point.energyMae);
    if (point.best) {
        best_->data()->clear();
        best_->addData(point.epoch, point.forceMae);
    }
    if (point.replayForceMae) replay_->addData(point.epoch, *point.replayForceMae);
    setEmpty(false);
    rescale();
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void TrainingPlot::rescale() {
    const int last = points_.empty() ? 1 : points_.back().epoch;
    for (QCPAxisRect* rect : {upper_, lower_})
        rect->axis(QCPAxis::atBottom)->setRange(0.0, std::max({last, epochs_, 1}));
    bool found = false;
    const QCPRange losses = loss_->getValueRange(found);
    upper_->axis(QCPAxis::atLeft)
        ->setRange(found ? losses.lower / 1.3 : 0.01, found ? losses.upper * 1.3 : 1.0);
    const auto fit = [&](QCPAxis* axis, std::initializer_list<QCPGraph*> graphs) {
        double highest = 0.0;
        for (QCPGraph* graph : graphs) {
            const QCPRange values = graph->getValueRange(found);
            if (found) highest = std::max(highest, values.upper);
        }
        axis->setRange(0.0, highest > 0.0 ? 1.12 * highest : 1.0);
    };
    fit(force_->valueAxis(), {force_, replay_});
    fit(energy_->valueAxis(), {energy_});
}

void TrainingPlot::restyle(const QPalette& palette) {
    const QColor background = palette.color(QPalette::Base);
    const QColor forceColour = seriesColour(0, background), energyColour = seriesColour(1, background);
    const auto dots = [](const QColor& colour) {
        return QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, 4);
    };
    const QColor muted = themeColours(palette).muted;
    loss_->setPen(QPen(muted, 1.5));
    loss_->setScatterStyle(dots(muted));
    force_->setPen(QPen(forceColour, 1.8));
    force_->setScatterStyle(dots(forceColour));
    energy_->setPen(QPen(energyColour, 1.4, Qt::DashLine));
    energy_->setScatterStyle(dots(energyColour));
    best_->setScatterStyle({QCPScatterStyle::ssCircle, QPen(forceColour, 1.6), Qt::NoBrush, 11});
    replay_->setPen(QPen(forceColour, 1.4, Qt::DotLine));
    lower_->axis(QCPAxis::atLeft)->setLabelColor(forceColour);
    lower_->axis(QCPAxis::atRight)->setLabelColor(energyColour);
}

QString TrainingPlot::csv() const {
    QString text = QStringLiteral(
        "epoch,loss,validation_force_mae_eV_per_A,validation_energy_mae_meV_per_atom,"
        "replay_force_mae_eV_per_A\n");
    for (const Point& p : points_)
        text += QStringLiteral("%1,%2,%3,%4,%5\n")
                    .arg(p.epoch)
                    .arg(p.loss, 0, 'g', 8)
                    .arg(p.forceMae, 0, 'g', 8)
                    .arg(p.energyMae, 0, 'g', 8)
                    .arg(p.replayForceMae ? QString::number(*p.replayForceMae, 'g', 8) : QString());
    return text;
}

}  // namespace ionscape::gui
