// SPDX-License-Identifier: GPL-3.0-or-later
// The card below the species list.
#include "gui/views/composition_summary.h"

#include <QGridLayout>
#include <QLabel>

#include "core/base/error.h"
#include "gui/views/text.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

QString compositionProblem(const composition::Host& host, const composition::Composition& composition,
                           int sites) {
    const int taken = composition.totalCount();
    if (taken == 0) return CompositionSummary::tr("No element chosen: click one above.");
    if (taken < sites)
        return CompositionSummary::tr("%1 of %2 sites filled: add %3 more.")
            .arg(taken)
            .arg(sites)
            .arg(sites - taken);
    if (taken > sites)
        return CompositionSummary::tr("%1 of %2 sites filled: take %3 away.")
            .arg(taken)
            .arg(sites)
            .arg(taken - sites);
    const QString ion = symbolText(host.mobile().species.front().element);
    const double content = composition::mobileContent(host, composition);
    const double capacity = composition::mobileCapacity(host);
    if (content < 0.0)
        return CompositionSummary::tr(
                   "Neutrality would need %1 %2 per formula unit: use fewer elements of high valence.")
            .arg(numberText(content, 4), ion);
    if (content > capacity)
        return CompositionSummary::tr(
                   "Neutrality would need %1 %2 per formula unit, but there are only %3 sites: use elements "
                   "of higher "
                   "valence.")
            .arg(numberText(content, 4), ion, numberText(capacity, 3));
    try {
        composition::checkComposition(host, composition);
    } catch (const InputError& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

CompositionSummary::CompositionSummary(QWidget* parent)
    : QFrame(parent),
      formula_(new QLabel),
      mobile_(new QLabel),
      entropy_(new QLabel),
      prediction_(new QLabel),
      balance_(new QLabel),
      entropyClass_(new Chip) {
    setProperty("card", true);
    setObjectName("compositionSummary");
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setVerticalSpacing(4);
    formula_->setObjectName("formula");
    formula_->setTextFormat(Qt::RichText);
    formula_->setWordWrap(true);
    formula_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont large = formula_->font();
    large.setPointSizeF(large.pointSizeF() * 1.1);
    formula_->setFont(large);
    formula_->setToolTip(tr("Formula unit of the host with the mobile ion from charge balance"));
    mobile_->setObjectName("mobileContent");
    mobile_->setToolTip(tr("Per formula unit, from charge balance: Li = 3 + Σ n_M (4 − z_M) for LZSP"));
    entropy_->setObjectName("entropy");
    entropy_->setToolTip(
        tr("S_config = −R Σ x ln x over the mixed site. High entropy from 1.5 R, medium from 1 R "
           "(Fu et al., npj Comput. Mater. 12, 178 (2026))."));
    entropyClass_->setObjectName("entropyClass");
    entropyClass_->setToolTip(entropy_->toolTip());
    balance_->setObjectName("balance");
    balance_->setWordWrap(true);
    layout->addWidget(formula_, 0, 0, 1, 3);
    layout->addWidget(mobile_, 1, 0);
    layout->addWidget(entropy_, 1, 1);
    layout->addWidget(entropyClass_, 1, 2, Qt::AlignRight);
    prediction_->setObjectName("quickPrediction");
    prediction_->setTextFormat(Qt::RichText);
    prediction_->setWordWrap(true);
    prediction_->hide();
    layout->addWidget(prediction_, 2, 0, 1, 3);
    layout->addWidget(balance_, 3, 0, 1, 3);
    layout->setColumnStretch(1, 1);
    layout->setHorizontalSpacing(16);
}

void CompositionSummary::setPrediction(const QString& text, const QString& tip) {
    prediction_->setText(text);
    prediction_->setToolTip(tip);
    prediction_->setVisible(!text.isEmpty());
}

void CompositionSummary::setComposition(const composition::Host& host,
                                        const composition::Composition& composition, int sites) {
    problem_ = compositionProblem(host, composition, sites);
    const ThemeColours colours = themeColours(palette());
    if (composition.totalCount() == 0) {
        formula_->setText(QStringLiteral("—"));
        mobile_->clear();
        entropy_->clear();
        entropyClass_->set({}, Chip::Tone::Neutral);
    } else {
        const QString ion = symbolText(host.mobile().species.front().element);
        formula_->setText(formulaHtml(composition::compositionFormula(host, composition)));
        mobile_->setText(
            QStringLiteral("%1 %2").arg(ion, numberText(composition::mobileContent(host, composition), 5)));
        const double entropy = composition::configurationalEntropy(composition);
        entropy_->setText(tr("S = %1 R").arg(QLocale().toString(entropy, 'f', 3)));
        switch (composition::entropyClass(entropy)) {
            case composition::EntropyClass::High:
                entropyClass_->set(tr("High entropy"), Chip::Tone::Good);
                break;
            case composition::EntropyClass::Medium:
                entropyClass_->set(tr("Medium entropy"), Chip::Tone::Accent);
                break;
            case composition::EntropyClass::Low:
                entropyClass_->set(tr("Low entropy"), Chip::Tone::Neutral);
                break;
        }
    }
    const QColor colour = problem_.isEmpty() ? colours.good : colours.bad;
    const QString text =
        problem_.isEmpty() ? tr("✓ Charges balance, all %1 sites filled").arg(sites) : problem_;
    balance_->setText(
        QStringLiteral("<span style='color:%1'>%2</span>").arg(colour.name(), text.toHtmlEscaped()));
    balance_->setAccessibleName(text);
}

}  // namespace ionscape::gui
