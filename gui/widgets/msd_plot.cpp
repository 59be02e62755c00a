// SPDX-License-Identifier: GPL-3.0-or-later
// Graphs, fit line and legend of the MSD plot.
#include "gui/widgets/msd_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <cmath>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

constexpr int legendRows = 5;
constexpr double fsPerPs = 1000.0;
/// A lag measured by few origins is noise: the last tenth of the lags is not drawn.
constexpr double shownFraction = 0.9;

QString symbolText(crystal::Element element) {
    return QString::fromStdString(std::string(element.symbol()));
}

QString exponentText(int exponent) {
    static const QString digits = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text = exponent < 0 ? QStringLiteral("⁻") : QString();
    for (const QChar digit : QString::number(std::abs(exponent)))
        text += digits.at(digit.digitValue());
    return text;
}

std::size_t shownLags(const transport::MsdCurve& curve) {
    return static_cast<std::size_t>(std::ceil(shownFraction * static_cast<double>(curve.lagFs.size())));
}

}  // namespace

QString diffusionText(const transport::Diffusion& diffusion) {
    const double size = std::max(std::abs(diffusion.coefficient), diffusion.error);
    if (!(size > 0.0) || !std::isfinite(size)) return QStringLiteral("0 cm²/s");
    const int exponent = static_cast<int>(std::floor(std::log10(size)));
    const double scale = std::pow(10.0, -exponent);
    return QStringLiteral("(%1 ± %2) × 10%3 cm²/s")
        .arg(QLocale().toString(diffusion.coefficient * scale, 'f', 2),
             QLocale().toString(diffusion.error * scale, 'f', 2), exponentText(exponent));
}

MsdPlot::MsdPlot(QWidget* parent) : PlotWidget(parent) {
    setAccessibleName(tr("Mean squared displacement against lag time"));
    setToolTip(
        tr("MSD(Δt) = ⟨|r(t + Δt) − r(t)|²⟩ over all atoms of an element and all time origins, drift of the "
           "framework removed. D* = slope / 6 by generalised least squares over the shaded window "
           "(McCluskey et al., J. Chem. Theory Comput. 20, 2024)."));
    setUpAxisRect(plot()->axisRect());
    plot()->xAxis->setLabel(tr("Lag time Δt (ps)"));
    plot()->yAxis->setLabel(tr("MSD (Å²)"));
    plot()->legend->setFillOrder(QCPLegend::foRowsFirst);
    plot()->legend->setWrap(legendRows);
    plot()->legend->setRowSpacing(-2);
    plot()->legend->setIconSize(18, 8);
    plot()->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignLeft | Qt::AlignTop);
    setEmptyHint(tr("The mean squared displacement grows here as soon as the run has stored a few frames."));
    applyPalette(palette());
    clear();
}

void MsdPlot::clear() {
    setCurves({}, mobile_, std::nullopt);
}

void MsdPlot::setCurves(const std::vector<Curve>& curves, crystal::Element mobile,
                        const std::optional<transport::Diffusion>& fit) {
    curves_ = curves;
    mobile_ = mobile;
    fit_ = fit;
    setEmpty(curves_.empty());
    rebuild();
}

void MsdPlot::setLogarithmic(bool on) {
    if (on == logarithmic_) return;
    logarithmic_ = on;
    for (QCPAxis* axis : {plot()->xAxis, plot()->yAxis}) {
        axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        axis->setTicker(on ? QSharedPointer<QCPAxisTicker>(new QCPAxisTickerLog)
                           : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    }
    rebuild();
}

QString MsdPlot::fitText() const {
    return fit_ ? tr("D*(%1) = %2").arg(symbolText(mobile_), diffusionText(*fit_)) : QString();
}

void MsdPlot::addCurve(const Curve& curve) {
    const QColor colour =
        readableColour(elementColour(curve.element), plot()->palette().color(QPalette::Base));
    QCPGraph* graph = plot()->addGraph();
    graph->setName(symbolText(curve.element));
    graph->setPen(QPen(colour, curve.element == mobile_ ? 2.5 : 1.2));
    QVector<double> x, y;
    for (std::size_t i = logarithmic_ ? 1 : 0; i < shownLags(curve.msd); ++i) {
        x << curve.msd.lagFs[i] / fsPerPs;
        y << curve.msd.msd[i];
    }
    graph->setData(x, y, true);
}

void MsdPlot::addFit(double longestPs) {
    const double slope = 6.0 * fit_->coefficient / 0.1 * fsPerPs;  // cm²/s to Å²/fs to Å²/ps
    const double begin = fit_->window.beginFs / fsPerPs, end = fit_->window.endFs / fsPerPs;
    QCPGraph* line = plot()->addGraph();
    line->removeFromLegend();  // its text is long: it stands where no curve is, below the rising one
    line->setPen(QPen(plot()->palette().color(QPalette::WindowText), 1.4, Qt::DashLine));
    constexpr int points = 60;  // a straight line is curved on logarithmic axes
    QVector<double> x, y;
    for (int i = 0; i <= points; ++i) {
        const double lag = begin + (std::min(end, longestPs) - begin) * i / points;
        const double value = fit_->intercept + slope * lag;
        if (logarithmic_ && (lag <= 0.0 || value <= 0.0)) continue;
        x << lag;
        y << value;
    }
    line->setData(x, y, true);

    auto* label = new QCPItemText(plot());
    label->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    label->position->setType(QCPItemPosition::ptAxisRectRatio);
    label->position->setCoords(0.98, 0.94);
    label->setText(QStringLiteral("╌╌ ") + fitText());
    label->setFont(font());
    label->setColor(plot()->palette().color(QPalette::WindowText));

    window_ = new QCPItemRect(plot());
    window_->setLayer("background");
    for (QCPItemPosition* position : {window_->topLeft, window_->bottomRight}) {
        position->setTypeX(QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    window_->topLeft->setCoords(begin, 0.0);
    window_->bottomRight->setCoords(std::min(end, longestPs), 1.0);
    QColor fill = themeColours(plot()->palette()).accent;
    fill.setAlphaF(0.07f);
    window_->setPen(Qt::NoPen);
    window_->setBrush(fill);
}

void MsdPlot::addSlopeGuide(double longestPs) {
    const auto& msd = curves_.front().msd;
    if (msd.msd.empty()) return;
    const double last = msd.msd[shownLags(msd) - 1];
    if (!(last > 0.0)) return;
    QCPGraph* guide = plot()->addGraph();
    guide->setName(tr("slope 1"));
    guide->setPen(QPen(themeColours(plot()->palette()).muted, 1, Qt::DotLine));
    guide->setData({longestPs / 30.0, longestPs}, {1.5 * last / 30.0, 1.5 * last}, true);
}

void MsdPlot::setRanges(double longestPs, double largest) {
    if (!logarithmic_) {
        if (curves_.empty()) {
            plot()->xAxis->setRange(0.0, 10.0);
            plot()->yAxis->setRange(0.0, 10.0);
            return;
        }
        plot()->xAxis->setRange(0.0, std::max(longestPs, 1e-3));
        plot()->yAxis->setRange(0.0, std::max(largest * 1.08, 1e-3));
        return;
    }
    double smallest = largest;
    for (const Curve& curve : curves_)
        if (curve.msd.msd.size() > 1) smallest = std::min(smallest, curve.msd.msd[1]);
    const double first = curves_.empty() || curves_.front().msd.lagFs.size() < 2
                             ? 1e-3
                             : curves_.front().msd.lagFs[1] / fsPerPs;
    plot()->xAxis->setRange(first, std::max(longestPs, 10.0 * first));
    plot()->yAxis->setRange(std::max(smallest * 0.5, 1e-6), std::max(largest * 3.0, 1e-5));
}

void MsdPlot::rebuild() {
    plot()->clearItems();
    window_ = nullptr;
    plot()->clearGraphs();
    double longestPs = 0.0, largest = 0.0;
    for (const Curve& curve : curves_) {
        if (curve.msd.lagFs.empty()) continue;
        const std::size_t shown = shownLags(curve.msd);
        longestPs = std::max(longestPs, curve.msd.lagFs[shown - 1] / fsPerPs);
        largest = std::max(largest, *std::max_element(curve.msd.msd.begin(),
                                                      curve.msd.msd.begin() + static_cast<long>(shown)));
    }
    if (!curves_.empty()) {
        addCurve(curves_.front());
        if (fit_) addFit(longestPs);
        if (logarithmic_) addSlopeGuide(longestPs);
        for (std::size_t i = 1; i < curves_.size(); ++i)
            addCurve(curves_[i]);
    }
    plot()->legend->setVisible(!curves_.empty());
    setRanges(longestPs, largest);
    plot()->replot(QCustomPlot::rpQueuedReplot);
}

void MsdPlot::restyle(const QPalette& palette) {
    plot()->setPalette(palette);  // addCurve and addFit take their colours from there
    rebuild();
}

QString MsdPlot::csv() const {
    QStringList header{QStringLiteral("lag_ps")};
    std::size_t rows = 0;
    for (const Curve& curve : curves_) {
        header << QStringLiteral("msd_%1_A2").arg(symbolText(curve.element));
        rows = std::max(rows, curve.msd.lagFs.size());
    }
    QString text = header.join(',') + '\n';
    for (std::size_t row = 0; row < rows; ++row) {
        QStringList cells{QString::number(curves_.front().msd.lagFs.at(row) / fsPerPs, 'g', 10)};
        for (const Curve& curve : curves_)
            cells << QString::number(curve.msd.msd.at(row), 'g', 10);
        text += cells.join(',') + '\n';
    }
    return text;
}

}  // namespace ionscape::gui
