// SPDX-License-Identifier: GPL-3.0-or-later
// Fields that only matter for the chosen schedule are shown with it.
#include "gui/views/training_options.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLineEdit>
#include <QToolButton>

#include "gui/views/form_fields.h"
#include "gui/views/path_row.h"

namespace ionscape::gui {

TrainingOptions::TrainingOptions(QWidget* parent)
    : QWidget(parent),
      optimiser_(new QComboBox),
      schedule_(new QComboBox),
      frozen_(new QComboBox),
      finalRate_(realField(0.0, 1.0, 0.01, 3, 0.01)),
      stepFactor_(realField(0.001, 1.0, 0.5, 3, 0.1)),
      warmup_(realField(0.0, 1000.0, 0.0, 1, 0.5)),
      average_(realField(0.0, 0.99999, 0.0, 5, 0.001)),
      magmom_(realField(0.0, 1e4, 0.0, 3, 0.1)),
      replayShare_(realField(0.0, 0.9, 0.25, 2, 0.05)),
      stepEpochs_(countField(1, 100000, 10)),
      patience_(countField(0, 100000, 0)),
      fold_(countField(0, 9, 0)),
      replay_(new QLineEdit),
      form_(new QFormLayout(this)) {
    form_->setContentsMargins(0, 0, 0, 0);
    form_->setVerticalSpacing(5);
    form_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    optimiser_->addItem(tr("RAdam"), "radam");
    optimiser_->addItem(tr("AdamW"), "adamw");
    schedule_->addItem(tr("cosine"), "cosine");
    schedule_->addItem(tr("steps"), "step");
    schedule_->addItem(tr("constant"), "constant");
    frozen_->setEditable(true);
    frozen_->setObjectName("frozenWeights");
    frozen_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    frozen_->setMinimumContentsLength(10);
    frozen_->setInsertPolicy(QComboBox::NoInsert);
    frozen_->addItems({QString(), "embeddings", "embeddings basis", "embeddings basis convolutions:1",
                       "embeddings basis convolutions:2", "all-but-readout"});
    frozen_->lineEdit()->setPlaceholderText(tr("nothing"));
    average_->setSpecialValueText(tr("off"));
    patience_->setSpecialValueText(tr("off"));
    replay_->setObjectName("replayFiles");
    replay_->setPlaceholderText(tr("none"));
    addRow(tr("Optimiser"), optimiser_,
           tr("RAdam (Liu et al. 2020), or AdamW with a weight decay of 0.01 (Loshchilov & Hutter 2019)"));
    addRow(tr("Schedule"), schedule_, tr("How the learning rate goes on after the warm-up"));
    addRow(tr("Ends at"), finalRate_, tr("Share of the learning rate where the cosine ends"));
    addRow(tr("Step every"), stepEpochs_, tr("Epochs between steps of the learning rate"));
    addRow(tr("Step factor"), stepFactor_, tr("Each step multiplies the learning rate by this"));
    addRow(tr("Warm-up"), warmup_, tr("Epochs over which the learning rate rises from zero"));
    addRow(tr("Average (EMA)"), average_,
           tr("Decay a step of the running average of the weights that is validated and saved; 0.999 "
              "smooths over about a thousand steps"));
    addRow(tr("Patience"), patience_, tr("Ends the training after so many epochs without a better one"));
    addRow(tr("Freeze"), frozen_,
           tr("Weights that stay as they are: embeddings, basis, convolutions:2 (the first two), "
              "all-but-readout, or the beginning of a name; several with spaces between"));
    addRow(tr("Weight of m"), magmom_, tr("Weight of errors of magnetic moments in μ_B; needs labels"));
    addRow(tr("Replay"), pathRow(replay_, tr("Choose files"), QFileDialog::ExistingFiles),
           tr("Earlier data that the model should not forget: mixed into each batch, and what is held out "
              "of them is measured after every epoch"));
    addRow(tr("Replay share"), replayShare_, tr("Share of each batch drawn from the earlier data"));
    addRow(tr("Fold"), fold_,
           tr("Which tenth of the compositions validates; members of a committee take different ones"));
    connect(schedule_, &QComboBox::currentIndexChanged, this, &TrainingOptions::showWhatApplies);
    connect(replay_, &QLineEdit::textChanged, this, &TrainingOptions::showWhatApplies);
    showWhatApplies();
}

void TrainingOptions::addRow(const QString& label, QWidget* field, const QString& tip) {
    field->setToolTip(tip);
    field->setAccessibleName(label);
    form_->addRow(label, field);
}

void TrainingOptions::setReplay(const QStringList& files) {
    replay_->setText(files.join("; "));
}

QStringList TrainingOptions::replayFiles() const {
    QStringList files;
    for (const QString& file : replay_->text().split(';', Qt::SkipEmptyParts))
        if (!file.trimmed().isEmpty()) files << file.trimmed();
    return files;
}

void TrainingOptions::showWhatApplies() {
    const QString schedule = schedule_->currentData().toString();
    const auto show = [this](QWidget* field, bool on) {
        field->setVisible(on);
        form_->labelForField(field)->setVisible(on);
    };
    show(finalRate_, schedule == "cosine");
    show(stepEpochs_, schedule == "step");
    show(stepFactor_, schedule == "step");
    show(replayShare_, !replayFiles().isEmpty());
}

void TrainingOptions::apply(TrainingRequest& request) const {
    auto& s = request.settings;
    const QString schedule = schedule_->currentData().toString();
    s.optimiser = optimiser_->currentData() == "adamw" ? training::OptimiserKind::AdamW
                                                       : training::OptimiserKind::RAdam;
    s.schedule = schedule == "constant" ? training::Schedule::Constant
                 : schedule == "step"   ? training::Schedule::Step
                                        : training::Schedule::Cosine;
    s.finalRateFraction = finalRate_->value();
    s.stepEpochs = stepEpochs_->value();
    s.stepFactor = stepFactor_->value();
    s.warmupEpochs = warmup_->value();
    s.averageDecay = average_->value();
    s.patience = patience_->value();
    s.magmomWeight = magmom_->value();
    s.fold = fold_->value();
    s.frozen.clear();
    for (const QString& choice : frozen_->currentText().split(' ', Qt::SkipEmptyParts))
        s.frozen.push_back(choice.toStdString());
    request.replay.clear();
    for (const QString& file : replayFiles())
        request.replay.emplace_back(file.toStdString());
    s.replayFraction = request.replay.empty() ? 0.0 : replayShare_->value();
}

QJsonObject TrainingOptions::toJson() const {
    return {{"optimiser", optimiser_->currentData().toString()},
            {"schedule", schedule_->currentData().toString()},
            {"final_rate", finalRate_->value()},
            {"step_epochs", stepEpochs_->value()},
            {"step_factor", stepFactor_->value()},
            {"warmup", warmup_->value()},
            {"average", average_->value()},
            {"patience", patience_->value()},
            {"frozen", frozen_->currentText()},
            {"magmom_weight", magmom_->value()},
            {"replay", replay_->text()},
            {"replay_share", replayShare_->value()},
            {"fold", fold_->value()}};
}

void TrainingOptions::restore(const QJsonObject& form) {
    const auto choose = [&](QComboBox* box, const char* key) {
        const int index = box->findData(form[key].toString());
        if (index >= 0) box->setCurrentIndex(index);
    };
    const auto number = [&](auto* field, const char* key) {
        if (form.contains(key)) field->setValue(static_cast<decltype(field->value())>(form[key].toDouble()));
    };
    choose(optimiser_, "optimiser");
    choose(schedule_, "schedule");
    number(finalRate_, "final_rate");
    number(stepEpochs_, "step_epochs");
    number(stepFactor_, "step_factor");
    number(warmup_, "warmup");
    number(average_, "average");
    number(patience_, "patience");
    number(magmom_, "magmom_weight");
    number(replayShare_, "replay_share");
    number(fold_, "fold");
    if (form.contains("frozen")) frozen_->setCurrentText(form["frozen"].toString());
    if (form.contains("replay")) replay_->setText(form["replay"].toString());
}

}  // namespace ionscape::gui
