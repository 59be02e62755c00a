// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/ladder_form.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSpinBox>

#include "core/base/error.h"
#include "gui/views/form_fields.h"
#include "gui/views/task_strip.h"

namespace ionscape::gui {
namespace ladder_form_detail {

template <typename Field>
void describe(Field* field, const char* objectName, const QString& tip) {
    field->setObjectName(objectName);
    field->setAccessibleName(tip);
    field->setToolTip(tip);
}

}  // namespace ladder_form_detail

std::vector<double> temperaturesFrom(const QString& text) {
    std::vector<double> temperatures;
    static const QRegularExpression separators("[;,\\s]+");
    for (const QString& one : text.split(separators, Qt::SkipEmptyParts)) {
        bool ok = false;
        const double kelvin = one.toDouble(&ok);
        if (!ok || !(kelvin > 0.0))
            throw InputError(LadderForm::tr("“%1” is no temperature: write them as 800, 900, 1000")
                                 .arg(one)
                                 .toStdString());
        temperatures.push_back(kelvin);
    }
    return temperatures;
}

LadderForm::LadderForm(QWidget* parent)
    : QWidget(parent),
      temperatures_(new QLineEdit(QStringLiteral("800, 900, 1000, 1200"))),
      folder_(new QLineEdit),
      replicas_(countField(1, 100, 1)),
      jobs_(countField(1, 64, 1)),
      error_(realField(0.0, 100.0, 0.0, 0, 5.0)),
      check_(realField(0.1, 1e5, workflow::LadderSpec{}.checkEveryPs, 1, 5.0)),
      run_(new QPushButton(tr("Run ladder"))) {
    using ladder_form_detail::describe;
    describe(temperatures_, "ladderTemperatures", tr("Temperatures of the rungs, K, separated by commas"));
    describe(replicas_, "ladderReplicas",
             tr("Decorations (seeds) at each temperature, from the seed above on"));
    describe(jobs_, "ladderJobs", tr("Rungs at once; they share the threads"));
    describe(
        error_, "ladderError",
        tr("A rung ends early when the error of D* is below this part of it and nothing speaks against the "
           "fit; 0: all run to the length above"));
    error_->setSuffix(QStringLiteral(" %"));
    error_->setSpecialValueText(tr("never"));
    describe(check_, "ladderCheck", tr("Time between looks at D*; the Arrhenius plot follows"));
    check_->setSuffix(QStringLiteral(" ps"));
    describe(
        folder_, "ladderFolder",
        tr("Folder below the run folder. A folder that holds rungs of the same settings is continued, also "
           "after a crash."));
    folder_->setPlaceholderText(tr("named by the composition"));
    describe(run_, "runLadder", tr("Runs every temperature; length, seed and settings are those above"));
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(4);
    const auto pair = [](QWidget* first, const QString& text, QWidget* second) {
        auto* widget = new QWidget;
        auto* row = new QHBoxLayout(widget);
        row->setContentsMargins(0, 0, 0, 0);
        auto* label = new QLabel(text);
        label->setProperty("role", "muted");
        row->addWidget(first, 1);
        row->addWidget(label);
        row->addWidget(second, 1);
        return widget;
    };
    form->addRow(tr("T (K)"), temperatures_);
    form->addRow(tr("Replicas"), pair(replicas_, tr("at once"), jobs_));
    form->addRow(tr("End below"), pair(error_, tr("look every"), check_));
    form->addRow(tr("Folder"), folder_);
    form->addRow(run_);
    connect(run_, &QPushButton::clicked, this, &LadderForm::runRequested);
    connect(temperatures_, &QLineEdit::textChanged, this, &LadderForm::updateButton);
}

void LadderForm::fill(workflow::LadderSpec& spec) const {
    spec.temperatures = temperaturesFrom(temperatures_->text());
    spec.replicas = replicas_->value();
    spec.jobs = jobs_->value();
    spec.targetRelativeError = 0.01 * error_->value();
    spec.checkEveryPs = check_->value();
    spec.alwaysCheck = true;
}

QString LadderForm::folderName() const {
    return folder_->text().trimmed();
}

void LadderForm::setTemperatures(const QString& text) {
    temperatures_->setText(text);
}

void LadderForm::setReady(const QString& problem) {
    problem_ = problem;
    updateButton();
}

void LadderForm::follow(BackgroundTask& task) {
    task_ = &task;
    auto* strip = new TaskStrip(task);
    strip->setObjectName("ladderProgress");
    qobject_cast<QFormLayout*>(layout())->addRow(strip);
    connect(&task, &BackgroundTask::started, this, &LadderForm::updateButton);
    connect(&task, &BackgroundTask::ended, this, &LadderForm::updateButton);
}

void LadderForm::updateButton() {
    const bool busy = task_ != nullptr && task_->isBusy();
    run_->setEnabled(problem_.isEmpty() && !busy && !temperatures_->text().trimmed().isEmpty());
}

void LadderForm::save(QSettings& settings) const {
    settings.setValue("ladder/temperatures", temperatures_->text());
    settings.setValue("ladder/replicas", replicas_->value());
    settings.setValue("ladder/jobs", jobs_->value());
    settings.setValue("ladder/error", error_->value());
    settings.setValue("ladder/check", check_->value());
}

void LadderForm::restore(const QSettings& settings) {
    temperatures_->setText(settings.value("ladder/temperatures", temperatures_->text()).toString());
    replicas_->setValue(settings.value("ladder/replicas", replicas_->value()).toInt());
    jobs_->setValue(settings.value("ladder/jobs", jobs_->value()).toInt());
    error_->setValue(settings.value("ladder/error", error_->value()).toDouble());
    check_->setValue(settings.value("ladder/check", check_->value()).toDouble());
}

}  // namespace ionscape::gui
