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
constexpr double gripPixels = 6.0;

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

void MsdPlot::setFit(const std::optional<transport::Diffusion>& fit) {
    fit_ = fit;
    removeFit();
    if (fit_ && !curves_.empty()) addFit();
    // At once, so that everything that follows a dragged window is painted in one go.
    plot()->replot(QCustomPlot::rpQueuedRefresh);
}

void MsdPlot::setWindowMovable(bool on) {
    if (on == movable_) return;
    movable_ = on;
    plot()->setMouseTracking(on);
    if (!on) return;
    connect(plot(), &QCustomPlot::mousePress, this, &MsdPlot::startDrag);
    connect(plot(), &QCustomPlot::mouseMove, this, &MsdPlot::drag);
    connect(plot(), &QCustomPlot::mouseRelease, this, [this] { grip_ = Grip::None; });
}

double MsdPlot::pixelOf(double lagFs) const {
    return plot()->xAxis->coordToPixel(lagFs / fsPerPs);
}

MsdPlot::Grip MsdPlot::gripAt(double x) const {
    if (!fit_) return Grip::None;
    const double begin = pixelOf(fit_->window.beginFs), end = pixelOf(fit_->window.endFs);
    if (std::abs(x - begin) <= gripPixels) return Grip::Begin;
    if (std::abs(x - end) <= gripPixels) return Grip::End;
    return x > begin && x < end ? Grip::All : Grip::None;
}

void MsdPlot::startDrag(QMouseEvent* event) {
    if (!movable_ || event->button() != Qt::LeftButton) return;
    grip_ = gripAt(event->position().x());
    if (grip_ == Grip::None) return;
    gripped_ = fit_->window;
    grippedAt_ = plot()->xAxis->pixelToCoord(event->position().x());
}

void MsdPlot::drag(QMouseEvent* event) {
    if (!movable_) return;
    const double x = event->position().x();
    if (grip_ == Grip::None) {
        const Grip here = gripAt(x);
        plot()->setCursor(here == Grip::None  ? Qt::ArrowCursor
                          : here == Grip::All ? Qt::SizeAllCursor
                                              : Qt::SizeHorCursor);
        return;
    }
    if (curves_.empty() || curves_.front().msd.lagFs.size() < 5) return;
    const auto& lags = curves_.front().msd.lagFs;
    const double shortest = lags[1], longest = longestPs_ * fsPerPs, narrowest = 4.0 * lags[1];
    const double shift = (plot()->xAxis->pixelToCoord(x) - grippedAt_) * fsPerPs;
    transport::FitWindow window = gripped_;
    if (grip_ == Grip::All) {
        const double most = std::max(0.0, longest - window.endFs);
        const double allowed = std::clamp(shift, std::min(0.0, shortest - window.beginFs), most);
        window.beginFs += allowed;
        window.endFs += allowed;
    } else if (grip_ == Grip::Begin) {
        const double last = std::max(shortest, window.endFs - narrowest);
        window.beginFs = std::clamp(window.beginFs + shift, shortest, last);
    } else {
        const double first = std::min(longest, window.beginFs + narrowest);
        window.endFs = std::clamp(window.endFs + shift, first, longest);
    }
    emit windowDragged(window);
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

void MsdPlot::removeFit() {
    if (line_ != nullptr) plot()->removeGraph(line_);
    if (label_ != nullptr) plot()->removeItem(label_);
    if (window_ != nullptr) plot()->removeItem(window_);
    line_ = nullptr;
    label_ = nullptr;
    window_ = nullptr;
}

void MsdPlot::addFit() {
    const double slope = 6.0 * fit_->coefficient / 0.1 * fsPerPs;  // cm²/s to Å²/fs to Å²/ps
    const double begin = fit_->window.beginFs / fsPerPs, end = fit_->window.endFs / fsPerPs;
    line_ = plot()->addGraph();
    line_->removeFromLegend();  // its text is long: it stands where no curve is, below the rising one
    line_->setPen(QPen(plot()->palette().color(QPalette::WindowText), 1.4, Qt::DashLine));
    constexpr int points = 60;  // a straight line is curved on logarithmic axes
    QVector<double> x, y;
    for (int i = 0; i <= points; ++i) {
        const double lag = begin + (std::min(end, longestPs_) - begin) * i / points;
        const double value = fit_->intercept + slope * lag;
        if (logarithmic_ && (lag <= 0.0 || value <= 0.0)) continue;
        x << lag;
        y << value;
    }
    line_->setData(x, y, true);

    label_ = new QCPItemText(plot());
    label_->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    label_->position->setType(QCPItemPosition::ptAxisRectRatio);
    label_->position->setCoords(0.98, 0.94);
    // A narrow plot has room for the number only.
    const QString whole = QStringLiteral("╌╌ ") + fitText();
    const bool fits = fontMetrics().horizontalAdvance(whole) < 0.95 * plot()->axisRect()->width();
    label_->setText(fits ? whole : QStringLiteral("╌╌ ") + diffusionText(*fit_));
    label_->setFont(font());
    label_->setColor(plot()->palette().color(QPalette::WindowText));

    window_ = new QCPItemRect(plot());
    window_->setLayer("background");
    for (QCPItemPosition* position : {window_->topLeft, window_->bottomRight}) {
        position->setTypeX(QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    window_->topLeft->setCoords(begin, 0.0);
    window_->bottomRight->setCoords(std::min(end, longestPs_), 1.0);
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
    plot()->clearGraphs();
    window_ = nullptr;
    line_ = nullptr;
    label_ = nullptr;
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
        longestPs_ = longestPs;
        if (fit_) addFit();
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
