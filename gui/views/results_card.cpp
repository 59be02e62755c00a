// SPDX-License-Identifier: GPL-3.0-or-later
// A table of results with definitions in the tooltips.
#include "gui/views/results_card.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

#include "gui/views/text.h"
#include "gui/widgets/msd_plot.h"

namespace ionscape::gui {

ResultsCard::ResultsCard(QWidget* parent)
    : QFrame(parent), title_(new QLabel), note_(new QLabel), grid_(new QGridLayout), table_(new QWidget) {
    setProperty("card", true);
    setAccessibleName(tr("Results of the selected run"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    title_->setProperty("role", "heading");
    title_->setWordWrap(true);
    note_->setProperty("role", "muted");
    note_->setWordWrap(true);
    layout->addWidget(title_);
    layout->addWidget(table_);
    layout->addWidget(note_);
    table_->setLayout(grid_);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(3);
    grid_->setColumnStretch(1, 1);
    addRow("diffusion", tr("D*"),
           tr("Tracer diffusion coefficient of the mobile ion, one sixth of the slope of its "
              "MSD, with one standard deviation"));
    addRow("conductivity", tr("σ"),
           tr("Nernst–Einstein conductivity at the temperature of the run: "
              "σ = N q² D* / (V k_B T)"));
    addRow("msd", tr("MSD value"),
           tr("Mean of MSD(Δt) for Δt in 20–80 % of the run (Fu et al. 2026); comparable "
              "between runs of equal length only"));
    addRow("temperature", tr("Mean T"), tr("Mean instantaneous temperature of the stored frames"));
    addRow("volume", tr("Volume"), tr("Volume of the simulated cell"));
    addRow("polyhedra", tr("Broken TO₄"),
           tr("Si and P with other than four O within 2.1 Å in the last frame; more "
              "than none means that the potential or the temperature is not sound"));
    addRow(
        "spread", tr("Force spread"),
        tr("Largest disagreement of a committee of potentials on the force on an atom; above the threshold "
           "the committee does not vouch for the run"));
    addRow("length", tr("Simulated"), tr("Time and atoms of the run"));
    addRow("potential", tr("Potential"), tr("Model that gave energies and forces"));
    showRun(nullptr, nullptr);
}

void ResultsCard::addRow(const QString& key, const QString& label, const QString& tip) {
    const int row = grid_->rowCount();
    auto* name = new QLabel(label);
    name->setProperty("role", "muted");
    name->setToolTip(tip);
    auto* value = new QLabel;
    value->setObjectName("result-" + key);
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    value->setAccessibleName(label);
    value->setToolTip(tip);
    value->setAlignment(Qt::AlignRight);
    grid_->addWidget(name, row, 0, Qt::AlignTop);
    grid_->addWidget(value, row, 1);
}

void ResultsCard::setValue(const QString& key, const QString& text) {
    findChild<QLabel*>("result-" + key)->setText(text.isEmpty() ? QStringLiteral("—") : text);
}

QString ResultsCard::value(const QString& row) const {
    const auto* label = findChild<QLabel*>("result-" + row);
    return label == nullptr || label->text() == QStringLiteral("—") ? QString() : label->text();
}

void ResultsCard::showDiffusion(const std::optional<transport::Diffusion>& diffusion, double conductivity) {
    setValue("diffusion", diffusion ? diffusionText(*diffusion) : QString());
    setValue("conductivity", diffusion ? tr("%1 mS/cm").arg(numberText(conductivity, 3)) : QString());
    note_->setText(diffusion ? QString::fromStdString(diffusion->warning) : QString());
}

void ResultsCard::showRun(const JobRecord* record, const AnalysisResult* analysis) {
    table_->setVisible(record != nullptr);
    if (record == nullptr) {
        title_->setText(tr("Results"));
        note_->setText(tr("Select a run to see its diffusion coefficient, conductivity and MSD value."));
        note_->show();
        return;
    }
    title_->setText(record->title);
    for (const char* key :
         {"diffusion", "conductivity", "msd", "temperature", "volume", "polyhedra", "spread", "length"})
        setValue(key, {});
    note_->clear();
    setValue("potential", record->spec.potential.empty()
                              ? tr("embedded")
                              : QFileInfo(QString::fromStdString(record->spec.potential)).fileName());
    if (record->summary) {
        const workflow::RunSummary& summary = *record->summary;
        showDiffusion(summary.diffusion, summary.conductivity);
        const auto msd = summary.msdValue.find(record->spec.mobileElement);
        if (msd != summary.msdValue.end()) setValue("msd", tr("%1 Å²").arg(numberText(msd->second, 4)));
        setValue("temperature", tr("%1 K").arg(QLocale().toString(summary.meanTemperature, 'f', 0)));
        setValue("volume", tr("%1 Å³").arg(QLocale().toString(summary.volume, 'f', 1)));
        setValue("polyhedra", QString::number(summary.brokenPolyhedra));
        if (summary.spread) {
            double worst = summary.spread->dynamics.worst.spread;
            if (summary.spread->relaxation) worst = std::max(worst, summary.spread->relaxation->worst.spread);
            const QString text = tr("%1 eV/Å").arg(numberText(worst, 3));
            setValue("spread", summary.spread->flagged ? tr("%1, above the threshold").arg(text) : text);
        }
        setValue("length", tr("%1 ps, %2 atoms").arg(numberText(summary.simulatedPs, 4)).arg(summary.atoms));
    } else if (analysis != nullptr && !analysis->curves.empty()) {
        showDiffusion(analysis->diffusion, analysis->conductivity);
        setValue("msd", tr("%1 Å²").arg(numberText(analysis->msdValue, 4)));
        setValue("temperature", tr("%1 K").arg(QLocale().toString(analysis->meanTemperature, 'f', 0)));
        setValue("volume", tr("%1 Å³").arg(QLocale().toString(analysis->volume, 'f', 1)));
    }
    if (!record->summary && record->data) {
        const auto latest = record->data->latest();
        if (latest)
            setValue("length", tr("%1 ps, %2 atoms")
                                   .arg(numberText(latest->timeFs / 1000.0, 4))
                                   .arg(latest->positions.cols()));
    }
    if (record->state == JobState::Failed || record->state == JobState::Stopped)
        note_->setText(record->message);
    note_->setVisible(!note_->text().isEmpty());
}

}  // namespace ionscape::gui
