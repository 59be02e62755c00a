// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of numbers, made anew for every fit.
#include "gui/views/transport_numbers.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <cmath>

#include "core/base/error.h"
#include "gui/views/form_fields.h"
#include "gui/views/text.h"
#include "gui/widgets/msd_plot.h"

namespace ionscape::gui {
namespace transport_numbers_detail {

constexpr double fsPerPs = 1000.0;

QDoubleSpinBox* windowField(const QString& name, const char* objectName) {
    auto* field = realField(0.0, 1e6, 0.0, 2, 0.5);
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(name);
    field->setSuffix(QStringLiteral(" ps"));
    field->setKeyboardTracking(false);
    return field;
}

}  // namespace transport_numbers_detail

QString withError(double value, double error) {
    const QLocale locale;
    if (!std::isfinite(error) || error <= 0.0) return locale.toString(value, 'g', 3);
    const int decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 8);
    return QStringLiteral("%1 ± %2").arg(locale.toString(value, 'f', decimals),
                                         locale.toString(error, 'f', decimals));
}

TransportNumbers::TransportNumbers(QWidget* parent)
    : QFrame(parent),
      begin_(transport_numbers_detail::windowField(tr("Begin of the fit window"), "fitBegin")),
      end_(transport_numbers_detail::windowField(tr("End of the fit window"), "fitEnd")),
      default_(new QToolButton),
      table_(new QWidget),
      grid_(new QGridLayout),
      note_(new QLabel) {
    setProperty("card", true);
    setAccessibleName(tr("Numbers of transport"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    auto* fit = new QHBoxLayout;
    fit->setSpacing(4);
    auto* label = new QLabel(tr("Fit"));
    label->setProperty("role", "muted");
    label->setToolTip(tr("Lag times of the fit; drag the shaded window in the plot as well"));
    default_->setText(QStringLiteral("↺"));
    default_->setObjectName("defaultWindow");
    default_->setAutoRaise(true);
    default_->setAccessibleName(tr("Usual fit window"));
    default_->setToolTip(tr("The usual window: 10 to 70 % of the run"));
    fit->addWidget(label);
    fit->addWidget(begin_, 1);
    fit->addWidget(new QLabel(QStringLiteral("–")));
    fit->addWidget(end_, 1);
    fit->addWidget(default_);
    layout->addLayout(fit);
    table_->setLayout(grid_);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(2);
    grid_->setColumnStretch(1, 1);
    layout->addWidget(table_);
    note_->setProperty("role", "muted");
    note_->setWordWrap(true);
    layout->addWidget(note_);
    for (QDoubleSpinBox* field : {begin_, end_})
        connect(field, &QDoubleSpinBox::valueChanged, this, [this] { emit windowEdited(window()); });
    connect(default_, &QToolButton::clicked, this, &TransportNumbers::defaultWindowWanted);
    clear();
}

transport::FitWindow TransportNumbers::window() const {
    return {begin_->value() * transport_numbers_detail::fsPerPs,
            end_->value() * transport_numbers_detail::fsPerPs};
}

void TransportNumbers::setWindow(const transport::FitWindow& window, double longestFs) {
    const QSignalBlocker first(begin_), second(end_);
    const double longest = longestFs / transport_numbers_detail::fsPerPs;
    for (QDoubleSpinBox* field : {begin_, end_}) {
        field->setRange(0.0, longest);
        field->setDecimals(longest < 10.0 ? 3 : 2);
        field->setSingleStep(0.02 * longest);
        field->setEnabled(longest > 0.0);
    }
    begin_->setValue(window.beginFs / transport_numbers_detail::fsPerPs);
    end_->setValue(window.endFs / transport_numbers_detail::fsPerPs);
}

void TransportNumbers::clear() {
    rows_.clear();
    extra_.clear();
    setWindow({}, 0.0);
    note_->setText(tr("Select a run with a few stored frames, or open a trajectory."));
    rebuild();
}

void TransportNumbers::setExtra(const std::vector<NumberRow>& rows) {
    extra_ = rows;
    rebuild();
}

std::vector<NumberRow> TransportNumbers::rows() const {
    auto all = rows_;
    all.insert(all.end(), extra_.begin(), extra_.end());
    return all;
}

QString TransportNumbers::value(const QString& key) const {
    for (const NumberRow& row : rows())
        if (row.key == key) return row.value;
    return {};
}

QString TransportNumbers::warning() const {
    return note_->text();
}

void TransportNumbers::show(const TransportResult& result, const transport::MotionFit* fit) {
    rows_.clear();
    QStringList notes;
    const auto add = [&](const char* key, const QString& label, const QString& value, const QString& tip) {
        rows_.push_back({key, label, value, tip});
    };
    const QLocale locale;
    if (fit != nullptr) {
        add("tracer", tr("D*"), diffusionText(fit->tracer),
            tr("Tracer diffusion coefficient with one standard deviation, from the covariance of the "
               "displacements; 95 %: %1 to %2 cm²/s. Cross-checks: blocks of time ± %3, eight parts ± %4")
                .arg(numberText(fit->tracer.lower95, 3), numberText(fit->tracer.upper95, 3),
                     numberText(fit->tracer.errorBootstrap, 2), numberText(fit->tracer.errorBlocks, 2)));
        add("collective", tr("D_σ"), diffusionText(fit->collective),
            tr("From the displacement of the centre of charge: with all correlations between ions"));
        add("haven", tr("H_R"), withError(fit->haven.value, fit->haven.error),
            tr("Haven ratio D*/D_σ: 1 for independent ions, 1/N for N that move as one; 95 %: %1 to %2")
                .arg(numberText(fit->haven.lower95, 2), numberText(fit->haven.upper95, 2)));
        try {
            const auto sigma = transport::conductivity(*fit, result.motion.statistics, result.settings.charge,
                                                       result.temperature);
            add("sigma", tr("σ (N.–E.)"),
                tr("%1 mS/cm").arg(withError(sigma.nernstEinstein, sigma.nernstEinsteinError)),
                tr("Nernst–Einstein conductivity: N q² D* / (V k_B T)"));
            add("sigmaCollective", tr("σ (coll.)"),
                tr("%1 mS/cm").arg(withError(sigma.collective, sigma.collectiveError)),
                tr("The same with D_σ: correlations between ions included"));
        } catch (const InputError& error) {
            notes << QString::fromUtf8(error.what());
        }
        add("slope", tr("log–log slope"), locale.toString(fit->tracer.logLogSlope, 'f', 2),
            tr("Of MSD against lag time in the window: 1 when diffusive"));
        if (!fit->tracer.warning.empty()) notes << QString::fromStdString(fit->tracer.warning);
        notes << QString::fromStdString(
            transport::finiteSizeNote(result.volume, result.motion.statistics.msd.ions));
    } else {
        notes << tr("The window holds too few lags for a fit.");
    }
    if (result.pathways) {
        const transport::Pathways* found = &result.pathways->found;
        if (found->jumpDiffusivity.jumps > 0) {
            transport::Diffusion jump;
            jump.coefficient = found->jumpDiffusivity.coefficient;
            jump.error = found->jumpDiffusivity.error;
            add("jump", tr("D_J"), diffusionText(jump),
                tr("Jump diffusivity of %1 jumps between %2 sites, as if their directions were independent")
                    .arg(found->jumpDiffusivity.jumps)
                    .arg(found->siteMap.sites.size()));
            if (fit != nullptr) {
                const auto factor = transport::correlationFactor(fit->tracer.coefficient, fit->tracer.error,
                                                                 found->jumpDiffusivity);
                add("correlation", tr("f = D*/D_J"), withError(factor.factor, factor.error),
                    tr("Correlation factor: less than 1 where ions jump back"));
            }
            add("concerted", tr("in concert"),
                tr("%1 % (by chance %2 %)")
                    .arg(locale.toString(100.0 * found->concerted.fraction, 'f', 0),
                         locale.toString(100.0 * found->concerted.chance, 'f', 0)),
                tr("Jumps with another one near in time and space, against independent jumps"));
        }
        QStringList barriers;
        for (std::size_t i = 0; i < result.pathways->axes.size(); ++i)
            barriers << QStringLiteral("%1 %2").arg(
                QChar('a' + result.pathways->axes[i]),
                locale.toString(result.pathways->path(i).barrier(), 'f', 2));
        add("barriers", tr("barrier"),
            barriers.isEmpty() ? tr("no path yet") : barriers.join(" · ") + tr(" eV"),
            tr("Highest free energy on the easiest endless path along each axis, above its lowest; from the "
               "density seen in this run"));
        if (found->vibrations) {
            const auto& vibration = *found->vibrations;
            add("attempt", tr("ν₀"),
                tr("%1 THz").arg(withError(vibration.attemptFrequencyTHz, vibration.spreadTHz)),
                tr("Attempt frequency: mean frequency of the ions' vibrations, with its spread over the "
                   "ions; "
                   "the barriers of the jumps use %1 THz")
                        .arg(locale.toString(found->attemptTHz, 'f', 1)) +
                    (found->attemptWarning.empty()
                         ? QString()
                         : QStringLiteral(". ") + QString::fromStdString(found->attemptWarning)));
            add("amplitude", tr("amplitude"), tr("%1 Å").arg(locale.toString(vibration.amplitude, 'f', 2)),
                tr("Root mean square vibration about a site along one axis; jumps do not count"));
        }
    }
    add("temperature", tr("T"), tr("%1 K").arg(locale.toString(result.temperature, 'f', 0)),
        tr("Of the conductivities and free energies; mean of the frames analysed: %1 K")
            .arg(locale.toString(result.meanTemperature, 'f', 0)));
    notes << result.notes;
    note_->setText(notes.join(QStringLiteral(" ")));
    rebuild();
}

void TransportNumbers::rebuild() {
    // Labels stay: a window that is dragged asks for new numbers many times a second.
    const auto wanted = rows();
    while (labels_.size() > wanted.size()) {
        delete labels_.back().first;
        delete labels_.back().second;
        labels_.pop_back();
    }
    while (labels_.size() < wanted.size()) {
        const int row = static_cast<int>(labels_.size());
        auto* name = new QLabel;
        name->setProperty("role", "muted");
        auto* value = new QLabel;
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setAlignment(Qt::AlignRight);
        grid_->addWidget(name, row, 0);
        grid_->addWidget(value, row, 1);
        labels_.emplace_back(name, value);
    }
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        const NumberRow& number = wanted[row];
        const auto& [name, value] = labels_[row];
        name->setText(number.label);
        name->setToolTip(number.tip);
        value->setObjectName("number-" + number.key);
        value->setAccessibleName(number.label);
        value->setText(number.value.isEmpty() ? QStringLiteral("—") : number.value);
        value->setToolTip(number.tip);
    }
    table_->setVisible(!wanted.empty());
}

}  // namespace ionscape::gui
