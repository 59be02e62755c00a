// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_stage.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QScrollArea>
#include <QVBoxLayout>
#include <cmath>

#include "core/base/error.h"
#include "core/surrogate/ranking.h"
#include "gui/jobs/space_browser.h"
#include "gui/views/csv_columns_dialog.h"
#include "gui/views/learn_decorations.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/learn_rounds.h"
#include "gui/views/run_naming.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/message_bar.h"

namespace ionscape::gui {
namespace learn_stage_detail {

composition::Column column(const char* id, const QString& title, const std::string& unit) {
    composition::Column one;
    one.id = id;
    one.title = title.toStdString();
    one.unit = unit;
    one.decimals = 1;
    return one;
}

}  // namespace learn_stage_detail

LearnStage::LearnStage(QObject* parent)
    : QObject(parent),
      panel_(new QWidget),
      form_(new LearnForm),
      messages_(new MessageBar),
      plots_(new LearnPlots),
      job_(std::make_unique<LearningJob>()) {
    buildPanel();
    connectForm();
    connectJob();
    connectRounds();
    connect(plots_, &LearnPlots::picked, this, [this](std::size_t row) { select(row); });
    connect(plots_, &LearnPlots::problem, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Warning, text); });
    connect(plots_, &LearnPlots::note, this,
            [this](const QString& text) { messages_->showMessage(MessageBar::Kind::Information, text); });
}

LearnStage::~LearnStage() {
    job_.reset();
}

void LearnStage::buildPanel() {
    auto* layout = new QVBoxLayout(panel_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(form_);
    layout->addWidget(messages_);
    layout->addWidget(new TaskStrip(job_->task()));
    layout->addWidget(new TaskStrip(job_->prediction()));
    layout->addWidget(scroll, 1);
    panel_->setMinimumWidth(320);
}

void LearnStage::connectForm() {
    connect(form_, &LearnForm::openRequested, this, &LearnStage::chooseData);
    connect(form_, &LearnForm::shippedRequested, this, &LearnStage::openFile);
    connect(form_, &LearnForm::tableRequested, this, &LearnStage::chooseTable);
    connect(form_, &LearnForm::trainRequested, this, &LearnStage::train);
    connect(form_, &LearnForm::saveRequested, this, &LearnStage::saveModel);
    connect(form_, &LearnForm::loadRequested, this, &LearnStage::loadModel);
    connect(form_, &LearnForm::predictRequested, this, &LearnStage::predict);
    connect(form_, &LearnForm::featuresChanged, this, [this] { job_->measure(form_->features()); });
}

void LearnStage::connectJob() {
    connect(job_.get(), &LearningJob::problem, this,
            [this](const QString& message) { messages_->showMessage(MessageBar::Kind::Warning, message); });
    connect(job_.get(), &LearningJob::opened, this, [this] {
        form_->showData(job_->file(), *job_->data());
        // The task that opened the data has not ended yet.
        QMetaObject::invokeMethod(
            this, [this] { job_->measure(form_->features()); }, Qt::QueuedConnection);
    });
    connect(job_.get(), &LearningJob::measured, this, [this](int kind, int failed) {
        if (kind == static_cast<int>(form_->features())) form_->showMeasured(failed);
    });
    connect(job_.get(), &LearningJob::modelChanged, this, &LearnStage::refresh);
    connect(job_.get(), &LearningJob::predicted, this, &LearnStage::showPrediction);
    connect(job_.get(), &LearningJob::spacePredicted, this, &LearnStage::takeSpace);
    connect(&job_->task(), &BackgroundTask::started, this, [this] {
        messages_->dismiss();
        form_->setBusy(true);
    });
    connect(&job_->task(), &BackgroundTask::ended, this, [this] { form_->setBusy(false); });
    connect(&job_->prediction(), &BackgroundTask::started, this, [this] { form_->setPredicting(true); });
    connect(&job_->prediction(), &BackgroundTask::ended, this, [this] { form_->setPredicting(false); });
}

void LearnStage::connectRounds() {
    auto* rounds = plots_->rounds();
    connect(rounds, &LearnRounds::simulated, this, [this] {
        grown_ = job_->data();
        learnGrown();
    });
    connect(&job_->task(), &BackgroundTask::ended, this, &LearnStage::learnGrown, Qt::QueuedConnection);
    connect(rounds, &LearnRounds::folderChosen, this, &LearnStage::copyDataset);
    connect(&rounds->job().task(), &BackgroundTask::ended, this, &LearnStage::simulationEnded);
    rounds->setSpace([this]() -> std::optional<workflow::CampaignGroup> {
        if (!space_ || !job_->data() || space_->host().id != job_->data()->host) return std::nullopt;
        const auto& choice = space_->choice();
        workflow::CampaignGroup pool;
        pool.name = "map";
        pool.types = choice.types.toStdString();
        pool.mobileMin = choice.mobileMin;
        pool.mobileMax = choice.mobileMax;
        for (const auto& element : choice.required)
            pool.require.emplace_back(element.symbol());
        for (const auto& element : choice.excluded)
            pool.exclude.emplace_back(element.symbol());
        return pool;
    });
}

void LearnStage::learnGrown() {
    const auto learned = job_->learned();
    if (job_->task().isBusy() || !grown_ || grown_ != job_->data() || !learned || !learned->trained) return;
    grown_.reset();
    job_->retrain(learned->kind, learned->trained->spec);
}

bool LearnStage::isSimulating() const {
    return plots_->rounds()->job().isSimulating();
}

void LearnStage::stopSimulating() {
    plots_->rounds()->job().task().cancel();
}

void LearnStage::copyDataset(const QString& folder) {
    const QString copy = workflow::campaignFile(folder.toStdString()).c_str();
    if (QFile::exists(copy)) {
        messages_->showMessage(
            MessageBar::Kind::Error,
            tr("There is a dataset in %1 already. Choose an empty folder, or open that dataset.")
                .arg(folder));
        return;
    }
    if (!QFile::copy(job_->file(), copy) ||
        !QFile::setPermissions(copy, QFile::permissions(copy) | QFile::WriteOwner)) {
        messages_->showMessage(MessageBar::Kind::Error,
                               tr("The dataset could not be copied to %1").arg(copy));
        return;
    }
    openFile(copy);
}

void LearnStage::setHost(const composition::Host& host) {
    host_ = QString::fromStdString(host.id);
    quick_.setHost(host);
    emit quickPredictionChanged();
}

void LearnStage::chooseData() {
    auto* dialog = new QFileDialog(panel_, tr("Open a dataset"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Datasets of campaigns (*.h5)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LearnStage::openFile);
    dialog->open();
}

void LearnStage::chooseTable() {
    auto* dialog = new QFileDialog(panel_, tr("Open a table"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv *.tsv *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &LearnStage::openFile);
    dialog->open();
}

void LearnStage::openFile(const QString& path) {
    if (job_->task().isBusy()) return;
    if (QFileInfo(path).suffix().toLower() == "h5") {
        job_->open(path);
        return;
    }
    try {
        auto* dialog = new CsvColumnsDialog(path, host_, panel_);
        connect(dialog, &CsvColumnsDialog::chosen, this,
                [this](const surrogate::CsvTable& table, const workflow::MeasuredColumns& columns,
                       const QString& host) {
                    // Without cells only compositions can be learnt from.
                    if (columns.structure.empty()) form_->setFeatures(workflow::FeatureKind::Composition);
                    job_->open(table, columns, host);
                });
        dialog->show();
    } catch (const Error& error) {
        messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
    }
}

void LearnStage::train() {
    job_->train(form_->features(), form_->spec());
}

void LearnStage::saveModel() {
    auto* dialog = new QFileDialog(panel_, tr("Save the model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Models of surrogates (*.json)")});
    dialog->setDefaultSuffix("json");
    dialog->selectFile("surrogate.json");
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        try {
            job_->save(path);
            messages_->showMessage(MessageBar::Kind::Information, tr("Written: %1").arg(path));
        } catch (const Error& error) {
            messages_->showMessage(MessageBar::Kind::Error, QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

void LearnStage::loadModel() {
    auto* dialog = new QFileDialog(panel_, tr("Load a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Models of surrogates (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { job_->load(path); });
    dialog->open();
}

void LearnStage::setComposition(const QString& formula) {
    form_->setComposition(formula);
    plots_->decorations()->setComposition(formula);
}

void LearnStage::predict() {
    if (request_) job_->predict(request_());
}

void LearnStage::showPrediction(const workflow::MobilityPrediction& prediction) {
    form_->showPrediction(prediction);
    relaxed_ = prediction.relaxed;
    if (relaxed_.size() == 0) return;
    relaxedTitle_ = tr("%1 (relaxed)").arg(prettyFormula(QString::fromStdString(prediction.formula)));
    showsPrediction_ = true;
    emit structureChanged();
}

void LearnStage::refresh() {
    const auto data = job_->data();
    const auto learned = job_->learned();
    form_->showModel(learned.get());
    plots_->decorations()->setModel(learned ? learned->model : nullptr);
    quick_.setLearned(learned ? learned->model : nullptr);
    emit quickPredictionChanged();
    if (data) {
        std::string target = learned ? learned->model->card().target.name : form_->spec().target;
        const bool known = std::any_of(data->targets.begin(), data->targets.end(),
                                       [&](const auto& one) { return one.definition.name == target; });
        if (!known) target = data->targets.front().definition.name;
        plots_->setContent(data, learned, target);
    }
    plots_->rounds()->setContent(data, job_->file(), learned);
    colouredTable_.reset();
    colourSpace();
}

std::optional<std::size_t> LearnStage::selected() const {
    return plots_->selected();
}

void LearnStage::select(std::optional<std::size_t> row) {
    if (row == plots_->selected() && !showsPrediction_) return;
    plots_->setSelected(row);
    showsPrediction_ = false;
    if (structure()) emit structureChanged();
}

std::optional<std::pair<crystal::Structure, QString>> LearnStage::structure() const {
    if (showsPrediction_) return std::pair(relaxed_, relaxedTitle_);
    const auto row = plots_->selected();
    if (!row || !job_->data() || job_->data()->rows[*row].cell.size() == 0) return std::nullopt;
    const auto& one = job_->data()->rows[*row];
    return std::pair(one.cell, tr("%1 (relaxed)").arg(prettyFormula(QString::fromStdString(one.formula))));
}

void LearnStage::setSpace(SpaceBrowser* space) {
    space_ = space;
    colouredTable_.reset();
    connect(space, &SpaceBrowser::changed, this, &LearnStage::colourSpace);
    colourSpace();
}

void LearnStage::colourSpace() {
    if (!space_ || !job_->data() || !job_->learned() || colouredTable_.lock() == space_->table()) return;
    if (space_->table()->host().id != job_->data()->host) return;
    job_->predictSpace(space_->table());
}

void LearnStage::takeSpace(const SpacePrediction& prediction) {
    if (!space_ || !job_->learned() || prediction.table != space_->table() || prediction.covered == 0) return;
    using learn_stage_detail::column;
    const auto& target = job_->learned()->model->card().target;
    const QString name = QString::fromStdString(target.name);
    std::vector<SpaceBrowser::NamedColumn> columns{
        {column("predicted", tr("Predicted %1").arg(name), target.unit), prediction.mean},
        {column("predicted_error", tr("Error of the predicted %1").arg(name), target.unit),
         prediction.error}};
    if (workflow::hasMobilityClasses(target)) {
        auto classes = column("mobility_class", tr("Class of mobility"), {});
        classes.classes = {tr("low").toStdString(), tr("medium").toStdString(), tr("high").toStdString()};
        classes.formula = tr("high above 120 Å², low below 40 Å²").toStdString();
        std::vector<double> values;
        for (const double mean : prediction.mean)
            values.push_back(std::isfinite(mean) ? static_cast<int>(surrogate::mobilityClass(mean)) : mean);
        columns.push_back({classes, values});
    }
    colouredTable_ = prediction.table;  // setColumns() says changed(), which would ask again
    for (auto& one : columns)
        one.first.source = tr("the model of the Learn stage").toStdString();
    // While the table is read its columns may not change; changed() follows and asks again.
    if (!space_->setColumns(columns)) colouredTable_.reset();
}

}  // namespace ionscape::gui
