// SPDX-License-Identifier: GPL-3.0-or-later
// Three square panels with a diagonal.
#include "gui/widgets/parity_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <limits>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr std::size_t mostPoints = 4000;
constexpr std::array quantities{&training::Parity::energy, &training::Parity::force,
                                &training::Parity::stress};

}  // namespace

ParityPlot::ParityPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Predicted against reference energies, forces and stresses"));
    setToolTip(tr("Predictions against labels: energies per atom, force components, stress components. On "
                  "the dashed "
                  "line they agree. At most %1 points of a panel are drawn; errors are taken over all.")
                   .arg(mostPoints));
    const std::array<std::pair<QString, QString>, 3> labels{
        {{tr("E, reference (eV/atom)"), tr("E, predicted (eV/atom)")},
         {tr("F, reference (eV/Å)"), tr("F, predicted (eV/Å)")},
         {tr("σ, reference (GPa)"), tr("σ, predicted (GPa)")}}};
    plot()->plotLayout()->clear();
    plot()->plotLayout()->setColumnSpacing(4);
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        auto* rect = new QCPAxisRect(plot());
        panels_[i].rect = rect;
        plot()->plotLayout()->addElement(0, static_cast<int>(i), rect);
        setUpAxisRect(rect);
        rect->setMinimumMargins({0, 8, 10, 0});
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer("axes");
            axis->grid()->setLayer("grid");
            axis->ticker()->setTickCount(4);
        }
        rect->axis(QCPAxis::atBottom)->setLabel(labels[i].first);
        rect->axis(QCPAxis::atLeft)->setLabel(labels[i].second);
    }
    auto* legend = new QCPLegend;
    panels_[0].rect->insetLayout()->addElement(legend, Qt::AlignTop | Qt::AlignLeft);
    legend->setLayer("legend");
    plot()->legend = legend;
    legend->setVisible(false);
    plot()->setAutoAddPlottableToLegend(false);
    setEmpty(true);
    showPanels();
    applyPalette(palette());
}

/// Axes without points would only stand behind the hint.
void ParityPlot::showPanels() {
    for (const Panel& panel : panels_) {
        panel.rect->setVisible(!isEmpty());
        if (panel.diagonal != nullptr) panel.diagonal->setVisible(!isEmpty());
    }
}

void ParityPlot::fill(Panel& panel, training::Pairs training::Parity::*quantity) {
    QCPAxis* x = panel.rect->axis(QCPAxis::atBottom);
    QCPAxis* y = panel.rect->axis(QCPAxis::atLeft);
    panel.diagonal = plot()->addGraph(x, y);
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (const Series& series : series_) {
        const training::Pairs& pairs = (*series.parity).*quantity;
        const std::size_t stride = pairs.reference.size() / mostPoints + 1;
        QVector<double> keys, values;
        for (std::size_t i = 0; i < pairs.reference.size(); i += stride) {
            keys << pairs.reference[i];
            values << pairs.predicted[i];
            low = std::min({low, keys.back(), values.back()});
            high = std::max({high, keys.back(), values.back()});
        }
        auto* graph = plot()->addGraph(x, y);
        graph->setName(series.name);
        graph->setLineStyle(QCPGraph::lsNone);
        graph->setAdaptiveSampling(false);
        graph->setData(keys, values);
        if (&panel == &panels_.front()) graph->addToLegend();
        panel.graphs.push_back(graph);
    }
    if (low > high) low = 0.0, high = 1.0;  // no label of this kind
    const double pad = std::max(0.05 * (high - low), 1e-6);
    panel.diagonal->setData({low - pad, high + pad}, {low - pad, high + pad});
    x->setRange(low - pad, high + pad);
    y->setRange(low - pad, high + pad);
}

void ParityPlot::setSeries(const std::vector<Series>& series) {
    series_ = series;
    plot()->clearGraphs();
    for (std::size_t i = 0; i < panels_.size(); ++i) {
        panels_[i].graphs.clear();
        fill(panels_[i], quantities[i]);
    }
    setEmpty(series_.empty());
    showPanels();
    plot()->legend->setVisible(series_.size() > 1);
    applyPalette(palette());
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

std::array<int, 3> ParityPlot::pointCounts(std::size_t series) const {
    std::array<int, 3> counts{};
    for (std::size_t i = 0; i < panels_.size(); ++i)
        if (series < panels_[i].graphs.size()) counts[i] = panels_[i].graphs[series]->dataCount();
    return counts;
}

void ParityPlot::restyle(const QPalette& palette) {
    for (const Panel& panel : panels_) {
        if (panel.diagonal != nullptr)
            panel.diagonal->setPen(QPen(themeColours(palette).muted, 1, Qt::DashLine));
        for (std::size_t i = 0; i < panel.graphs.size(); ++i) {
            QColor colour = seriesColour(i, palette.color(QPalette::Base));
            colour.setAlphaF(0.55f);
            panel.graphs[i]->setScatterStyle({QCPScatterStyle::ssDisc, colour, colour, 3.5});
            panel.graphs[i]->setPen(QPen(colour, 1));
        }
    }
}

QString ParityPlot::csv() const {
    QString text = QStringLiteral("model,quantity,reference,predicted\n");
    static const std::array names{"energy_eV_per_atom", "force_eV_per_A", "stress_GPa"};
    for (const Series& series : series_)
        for (std::size_t q = 0; q < quantities.size(); ++q) {
            const training::Pairs& pairs = (*series.parity).*quantities[q];
            for (std::size_t i = 0; i < pairs.reference.size(); ++i)
                text += QStringLiteral("\"%1\",%2,%3,%4\n")
                            .arg(series.name, QString::fromLatin1(names[q]))
                            .arg(pairs.reference[i], 0, 'g', 10)
                            .arg(pairs.predicted[i], 0, 'g', 10);
        }
    return text;
}

}  // namespace ionscape::gui
