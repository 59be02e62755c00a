// SPDX-License-Identifier: GPL-3.0-or-later
// Settings on the left, curves and parity on the right.
#include "gui/views/potentials_training_page.h"

#include <QFileDialog>
#include <QJsonArray>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/views/training_form.h"
#include "gui/widgets/parity_plot.h"
#include "gui/widgets/training_plot.h"

namespace ionscape::gui {

PotentialsTrainingPage::PotentialsTrainingPage(PotentialsLibrary& library, QWidget* parent)
    : QWidget(parent),
      library_(library),
      form_(new TrainingForm),
      curves_(new TrainingPlot),
      parity_(new ParityPlot),
      data_(new QLabel),
      result_(new QLabel),
      start_(new QPushButton(tr("Start"))),
      stop_(new QPushButton(tr("Stop"))),
      resume_(new QPushButton(tr("Resume…"))),
      add_(new QPushButton(tr("Add to my potentials"))),
      openData_(new QPushButton(tr("Open data…"))) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(buildSettings());
    layout->addWidget(buildResults(), 1);
    connect(&library_, &PotentialsLibrary::modelsChanged, this,
            [this] { form_->setModels(library_.models()); });
    connect(&library_, &PotentialsLibrary::datasetChanged, this, &PotentialsTrainingPage::datasetChanged);
    connect(&library_.reading(), &BackgroundTask::ended, this, [this](TaskOutcome outcome) {
        if (outcome != TaskOutcome::Completed) waiting_.reset();
        updateButtons();
    });
    connect(openData_, &QPushButton::clicked, this, &PotentialsTrainingPage::datasetWanted);
    connect(start_, &QPushButton::clicked, this, &PotentialsTrainingPage::start);
    connect(stop_, &QPushButton::clicked, this, &PotentialsTrainingPage::stop);
    connect(resume_, &QPushButton::clicked, this, &PotentialsTrainingPage::chooseResume);
    connect(add_, &QPushButton::clicked, this, [this] {
        QString name = last_.name;
        library_.add(QString::fromStdString(trained_.string()), name.replace('/', '-').replace(' ', '-'));
    });
    connectJob();
    datasetChanged();
}

QWidget* PotentialsTrainingPage::buildSettings() {
    auto* column = new QWidget;
    column->setFixedWidth(300);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    data_->setWordWrap(true);
    data_->setObjectName("trainingData");
    layout->addWidget(data_);
    layout->addWidget(openData_);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inner = new QWidget;
    auto* innerLayout = new QVBoxLayout(inner);
    innerLayout->setContentsMargins(0, 0, 6, 0);
    innerLayout->addWidget(form_);
    innerLayout->addStretch();
    scroll->setWidget(inner);
    layout->addWidget(scroll, 1);
    auto* buttons = new QHBoxLayout;
    start_->setProperty("primary", true);
    start_->setObjectName("startTraining");
    stop_->setObjectName("stopTraining");
    stop_->setToolTip(tr("Stops within one step; the state is kept and can be resumed exactly"));
    resume_->setToolTip(tr(
        "Continues a training that was stopped or interrupted as if it had never been: choose its folder"));
    buttons->addWidget(start_, 1);
    buttons->addWidget(stop_);
    buttons->addWidget(resume_);
    layout->addLayout(buttons);
    return column;
}

QWidget* PotentialsTrainingPage::buildResults() {
    auto* column = new QWidget;
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(new TaskStrip(job_.task()));
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(curves_);
    auto* lower = new QWidget;
    auto* lowerLayout = new QVBoxLayout(lower);
    lowerLayout->setContentsMargins(0, 0, 0, 0);
    lowerLayout->setSpacing(6);
    auto* line = new QHBoxLayout;
    result_->setObjectName("trainingResult");
    result_->setWordWrap(true);
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    add_->setObjectName("addTrained");
    add_->setToolTip(tr("Copies the trained model into your own folder under its name"));
    line->addWidget(result_, 1);
    line->addWidget(add_);
    lowerLayout->addLayout(line);
    parity_->setEmptyHint(
        tr("Predictions against labels of the test set appear here when the training has "
           "ended."));
    lowerLayout->addWidget(parity_, 1);
    splitter->addWidget(lower);
    layout->addWidget(splitter, 1);
    return column;
}

void PotentialsTrainingPage::connectJob() {
    const auto forgotten = [](const std::optional<training::ErrorMetrics>& replay) {
        return replay ? std::optional(replay->forceMae) : std::nullopt;
    };
    connect(&job_, &TrainingJob::startMeasured, this, [this, forgotten](const training::StartReport& report) {
        before_ = report;
        if (curves_->pointCount() == 0)
            curves_->append({0, 0.0, report.validation.forceMae, report.validation.energyMae, false,
                             forgotten(report.replay)});
    });
    connect(&job_, &TrainingJob::epochDone, this, [this, forgotten](const training::EpochReport& report) {
        curves_->append({report.epoch, report.trainingLoss, report.validation.forceMae,
                         report.validation.energyMae, report.best, forgotten(report.replay)});
    });
    connect(&job_, &TrainingJob::trained, this, &PotentialsTrainingPage::showResult);
    connect(&job_.task(), &BackgroundTask::ended, this, &PotentialsTrainingPage::ended);
}

QString PotentialsTrainingPage::resultText() const {
    return result_->text();
}

void PotentialsTrainingPage::datasetChanged() {
    const DatasetPtr dataset = library_.dataset();
    data_->setText(
        !dataset ? tr("Open labelled structures to train on them.")
        : dataset->split.training.empty()
            ? tr("%1 hold fewer than three compositions: too few to keep some out of the training.")
                  .arg(dataset->name())
            : tr("Data: %1, %2 frames").arg(dataset->name()).arg(dataset->statistics.frames));
    data_->setToolTip(data_->text());
    openData_->setVisible(!dataset);
    if (dataset && waiting_) {
        TrainingRequest request = *waiting_;
        waiting_.reset();
        request.dataset = dataset;
        begin(std::move(request));
    }
    updateButtons();
}

void PotentialsTrainingPage::updateButtons() {
    const DatasetPtr dataset = library_.dataset();
    const bool ready = dataset && !dataset->split.training.empty();
    const bool busy = job_.isBusy();
    start_->setEnabled(ready && !busy && !waiting_);
    start_->setToolTip(ready ? tr("Trains on the data that are open")
                             : tr("Open data with at least three compositions first"));
    stop_->setEnabled(busy);
    resume_->setEnabled(!busy && !waiting_);
    form_->setEnabled(!busy);
    add_->setVisible(!trained_.empty());
}

void PotentialsTrainingPage::start() {
    TrainingRequest request = form_->request();
    request.dataset = library_.dataset();
    if (!request.dataset || job_.isBusy()) return;
    QJsonArray files;
    for (const auto& file : request.dataset->files)
        files.append(QString::fromStdString(file.string()));
    request.form["data"] = files;
    begin(std::move(request));
}

void PotentialsTrainingPage::begin(TrainingRequest request) {
    curves_->clear();
    curves_->setEpochs(request.settings.epochs);
    parity_->clear();
    result_->clear();
    trained_.clear();
    before_.reset();
    last_ = request;
    job_.start(request);
    updateButtons();
}

void PotentialsTrainingPage::stop() {
    job_.task().cancel();
    stop_->setEnabled(false);
}

void PotentialsTrainingPage::chooseResume() {
    const QString folder =
        last_.folder.empty() ? defaultTrainingFolder() : QString::fromStdString(last_.folder.string());
    auto* dialog = new QFileDialog(this, tr("Folder of the training to resume"), folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &PotentialsTrainingPage::resume);
    dialog->open();
}

void PotentialsTrainingPage::resume(const QString& folder) {
    if (job_.isBusy()) return;
    try {
        const QJsonObject form = readTrainingForm(folder.toStdString());
        form_->restore(form);
        TrainingRequest request = form_->request();
        request.folder = folder.toStdString();
        request.resume = true;
        QStringList files;
        for (const auto& file : form["data"].toArray())
            files << file.toString();
        waiting_ = std::move(request);
        library_.open(files);
    } catch (const Error& error) {
        emit problem(QString::fromUtf8(error.what()));
    }
    updateButtons();
}

void PotentialsTrainingPage::ended(TaskOutcome outcome, const QString& message) {
    const QString folder = QString::fromStdString(last_.folder.string());
    if (outcome == TaskOutcome::Failed) emit problem(message);
    if (outcome == TaskOutcome::Cancelled)
        emit note(tr("The training was stopped; Resume continues it exactly. Its folder: %1").arg(folder));
    updateButtons();
}

void PotentialsTrainingPage::showResult(const TrainedModel& model) {
    trained_ = model.file;
    const auto& test = model.result.test;
    QString text = tr("Best epoch %1 of %2. Unseen compositions: %3 meV/atom, %4 eV/Å")
                       .arg(model.result.bestEpoch)
                       .arg(model.result.epochs.size())
                       .arg(numberText(test.energyMae, 3), numberText(test.forceMae, 3));
    if (test.stressFrames > 0) text += tr(", %1 GPa").arg(numberText(test.stressMae, 3));
    if (before_)
        text += tr(" (before: %1 meV/atom, %2 eV/Å)")
                    .arg(numberText(before_->test.energyMae, 3), numberText(before_->test.forceMae, 3));
    result_->setText(text);
    parity_->setSeries({{last_.name, model.parity}});
    updateButtons();
}

}  // namespace ionscape::gui
