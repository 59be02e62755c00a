// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_rounds.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableWidget>
#include <QThread>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/workflow/campaign_targets.h"
#include "gui/views/data_table.h"
#include "gui/views/form_fields.h"
#include "gui/views/learn_form.h"
#include "gui/views/number_item.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/rounds_plot.h"

namespace ionscape::gui {
namespace learn_rounds_detail {

constexpr auto datasetName = "dataset.h5";
enum Candidates { Cells, Space };
constexpr int nameRole = Qt::UserRole + 1;

QString text(const std::optional<double>& value, const std::optional<double>& error, const QString& unit) {
    return value ? valueText(*value, error.value_or(std::nan("")), unit) : QString();
}

}  // namespace learn_rounds_detail

LearnRounds::LearnRounds(QWidget* parent)
    : QWidget(parent),
      acquisition_(new QComboBox),
      candidates_(new QComboBox),
      goal_(new QComboBox),
      batch_(countField(1, 200, 5)),
      workers_(countField(1, std::max(1, QThread::idealThreadCount()), 1)),
      propose_(new QPushButton(tr("Propose"))),
      simulate_(new QPushButton(tr("Simulate"))),
      folder_(new QPushButton(tr("Choose a folder…"))),
      summary_(new QLabel),
      plot_(new RoundsPlot),
      table_(new QTableWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(4);
    column->addWidget(buildForm());
    column->addWidget(new TaskStrip(job_.task()));
    summary_->setObjectName("roundsSummary");
    summary_->setProperty("role", "muted");
    summary_->setWordWrap(true);
    auto* line = new QHBoxLayout;
    line->addWidget(summary_, 1);
    line->addWidget(folder_, 0, Qt::AlignTop);
    column->addLayout(line);
    buildTable();
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setChildrenCollapsible(false);
    plot_->setEmptyHint(tr("Errors and the best outcome of each round appear here."));
    halves->addWidget(plot_);
    halves->addWidget(table_);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    halves->setSizes({320, 380});
    column->addWidget(halves, 1);
    connectParts();
    refresh();
}

QWidget* LearnRounds::buildForm() {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    using workflow::PickRule;
    const auto add = [this](const QString& text, PickRule rule, const QString& tip) {
        acquisition_->addItem(text, static_cast<int>(rule));
        acquisition_->setItemData(acquisition_->count() - 1, tip, Qt::ToolTipRole);
    };
    add(tr("expected improvement"), PickRule::ExpectedImprovement,
        tr("How much better than the best so far a composition is on average: the usual choice"));
    add(tr("upper confidence bound"), PickRule::UpperConfidenceBound,
        tr("Prediction and two standard deviations: bolder"));
    add(tr("largest uncertainty"), PickRule::MaximumVariance,
        tr("What the model knows least: the best for a model that is good everywhere"));
    add(tr("Thompson sampling"), PickRule::Thompson, tr("The best of a draw from the predictions"));
    add(tr("at random"), PickRule::Random, tr("The control that the others have to beat"));
    acquisition_->setAccessibleName(tr("How compositions are picked"));
    candidates_->addItem(tr("relaxed cells of the dataset"), learn_rounds_detail::Cells);
    candidates_->addItem(tr("compositions of the map"), learn_rounds_detail::Space);
    candidates_->setAccessibleName(tr("What may be picked"));
    candidates_->setToolTip(
        tr("Features of cells need cells that are relaxed. A model of compositions alone can also pick "
           "from the map of the space: its types, bounds and elements."));
    goal_->addItem(tr("high values"), true);
    goal_->addItem(tr("low values"), false);
    goal_->setAccessibleName(tr("Which end of the target is sought"));
    goal_->setToolTip(tr("All rounds of a folder seek the same."));
    for (QComboBox* box : {acquisition_, candidates_}) {
        box->setMinimumContentsLength(10);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    batch_->setToolTip(tr("Picks of a round"));
    batch_->setAccessibleName(batch_->toolTip());
    workers_->setToolTip(tr("Simulations at once"));
    workers_->setAccessibleName(workers_->toolTip());
    propose_->setObjectName("proposeRound");
    simulate_->setObjectName("simulateRound");
    auto* first = new QHBoxLayout;
    first->addWidget(new QLabel(tr("Pick")));
    first->addWidget(batch_);
    first->addWidget(new QLabel(tr("from")));
    first->addWidget(candidates_, 1);
    first->addWidget(new QLabel(tr("by")));
    first->addWidget(acquisition_, 1);
    first->addWidget(propose_);
    column->addLayout(first);
    auto* second = new QHBoxLayout;
    second->addWidget(new QLabel(tr("Seek")));
    second->addWidget(goal_);
    second->addSpacing(12);
    second->addWidget(new QLabel(tr("Simulations at once")));
    second->addWidget(workers_);
    second->addStretch(1);
    second->addWidget(simulate_);
    column->addLayout(second);
    return widget;
}

void LearnRounds::buildTable() {
    setUpDataTable(*table_);
    setUpDenseRows(*table_);
    table_->setObjectName("roundsTable");
    table_->setAccessibleName(tr("Picks of all rounds, the newest first"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setColumnCount(Columns);
    table_->setHorizontalHeaderLabels({tr("Round"), tr("Composition"), tr("Predicted"), tr("Simulated")});
    for (const auto& [column, width] :
         {std::pair(Round, 46), std::pair(Formula, 132), std::pair(Predicted, 84), std::pair(Simulated, 60)})
        table_->setColumnWidth(column, width);
    table_->horizontalHeader()->setStretchLastSection(true);
}

void LearnRounds::connectParts() {
    connect(propose_, &QPushButton::clicked, this, &LearnRounds::propose);
    connect(simulate_, &QPushButton::clicked, this, &LearnRounds::simulate);
    connect(folder_, &QPushButton::clicked, this, &LearnRounds::chooseFolder);
    connect(&job_, &RoundsJob::changed, this, &LearnRounds::refresh);
    connect(&job_, &RoundsJob::problem, this, &LearnRounds::problem);
    connect(&job_, &RoundsJob::exhausted, this,
            [this] { emit problem(tr("All candidates have been simulated.")); });
    connect(&job_, &RoundsJob::simulatedElsewhere, this, [this](const QString& folder) {
        emit note(tr("The round in %1 is finished: open its dataset to learn from it.").arg(folder));
    });
    // The task ends after this; the dataset may only then be opened again.
    connect(
        &job_, &RoundsJob::simulated, this, [this] { emit simulated(); }, Qt::QueuedConnection);
    connect(table_, &QTableWidget::itemSelectionChanged, this, &LearnRounds::pickSelected);
    connect(&job_.task(), &BackgroundTask::started, this, &LearnRounds::refresh);
    connect(&job_.task(), &BackgroundTask::ended, this, &LearnRounds::updateButtons);
}

bool LearnRounds::hasFolder() const {
    return QFileInfo(file_).fileName() == QLatin1String(learn_rounds_detail::datasetName) &&
           QFileInfo(campaignFolder()).isWritable();
}

QString LearnRounds::campaignFolder() const {
    return QFileInfo(file_).absolutePath();
}

void LearnRounds::setContent(const LearningDataPtr& opened, const QString& file,
                             const std::shared_ptr<const LearnedModel>& learned) {
    const bool another = file != file_;
    data_ = opened;
    learned_ = opened && learned && learned->trained ? learned : nullptr;
    file_ = file;
    if (another && hasFolder())
        job_.read(campaignFolder());
    else if (another)
        job_.clear();
    if (learned_ && learned_->model->card().target.name != target_) {
        target_ = learned_->model->card().target.name;
        setGoal(!workflow::isGoodWhenLow(target_));
    }
    refresh();
}

void LearnRounds::setAcquisition(workflow::PickRule rule) {
    acquisition_->setCurrentIndex(acquisition_->findData(static_cast<int>(rule)));
}

void LearnRounds::setBatch(int picks) {
    batch_->setValue(picks);
}

void LearnRounds::pickFromMap(bool map) {
    candidates_->setCurrentIndex(map ? learn_rounds_detail::Space : learn_rounds_detail::Cells);
}

void LearnRounds::setGoal(bool high) {
    goal_->setCurrentIndex(goal_->findData(high));
}

/// The model as it was trained, on the campaign that made the dataset.
std::optional<workflow::LearningTask> LearnRounds::task() const {
    if (!learned_ || !hasFolder()) return std::nullopt;
    const auto& trained = *learned_->trained;
    workflow::LearningTask task;
    task.campaign = workflow::CampaignData(std::filesystem::path(file_.toStdString())).spec();
    task.campaign.groups.clear();
    task.target = trained.spec.target;
    task.features = learned_->kind;
    task.learning.model = learned_->model->regressor().kind();
    const auto& settings = learned_->model->regressor().settings();
    for (const auto& one : settings.definitions())
        task.learning.modelSettings.push_back(one.name + "=" + settings.text(one.name));
    task.learning.rule = static_cast<workflow::PickRule>(acquisition_->currentData().toInt());
    task.learning.batch = batch_->value();
    task.learning.folds = std::max(2, trained.spec.folds);
    task.learning.initial = 0;
    task.learning.seed = trained.spec.seed;
    task.learning.maximise = goal_->currentData().toBool();
    const bool ofCompositions = task.features == workflow::FeatureKind::Composition;
    if (ofCompositions && candidates_->currentData().toInt() == learn_rounds_detail::Space && space_)
        task.pool = space_();
    return task;
}

void LearnRounds::propose() {
    try {
        if (const auto wanted = task()) job_.propose(*wanted, campaignFolder(), data_, learned_->features);
    } catch (const Error& error) {
        emit problem(QString::fromUtf8(error.what()));
    }
}

void LearnRounds::simulate() {
    try {
        if (const auto wanted = task())
            job_.simulate(*wanted, campaignFolder(), workers_->value(), data_, learned_->features);
    } catch (const Error& error) {
        emit problem(QString::fromUtf8(error.what()));
    }
}

void LearnRounds::chooseFolder() {
    auto* dialog = new QFileDialog(this, tr("A folder for the rounds"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &LearnRounds::folderChosen);
    dialog->open();
}

void LearnRounds::refresh() {
    updateButtons();
    summary_->setText(stateText());
    showPlot();
    showTable();
}

void LearnRounds::updateButtons() {
    const bool idle = !job_.task().isBusy();
    const auto& history = job_.history();
    if (!history.rounds.empty()) setGoal(history.maximise);
    goal_->setEnabled(idle && history.rounds.empty());
    const bool ready = learned_ && hasFolder();
    propose_->setEnabled(idle && ready);
    simulate_->setEnabled(idle && ready && job_.history().open() != nullptr);
    propose_->setText(job_.history().open() ? tr("Propose anew") : tr("Propose"));
    const bool ofCompositions = learned_ && learned_->kind == workflow::FeatureKind::Composition;
    candidates_->setEnabled(idle && ofCompositions && space_);
    if (!ofCompositions || !space_) candidates_->setCurrentIndex(learn_rounds_detail::Cells);
    folder_->setVisible(learned_ && learned_->trained && !hasFolder() && data_ &&
                        QFileInfo(file_).suffix() == "h5");
}

QString LearnRounds::whyNot() const {
    if (!data_)
        return tr(
            "Open the dataset of a campaign and train a model; it then proposes what to simulate next.");
    if (QFileInfo(file_).suffix() != "h5")
        return tr("Rounds simulate compositions like the campaign of a dataset; a table has none.");
    if (!learned_) return tr("Train a model first; it then proposes what to simulate next.");
    if (!hasFolder()) {
        return tr("Rounds are kept in a campaign's folder. Choose one; the dataset is copied into it as %1.")
            .arg(QLatin1String(learn_rounds_detail::datasetName));
    }
    return {};
}

QString LearnRounds::roundText(const workflow::LearningRound& round) const {
    const QString unit = QString::fromStdString(job_.history().unit);
    const auto failed = std::count_if(round.picks.begin(), round.picks.end(),
                                      [](const auto& pick) { return !pick.problem.empty(); });
    QString said = tr("Round %1 is finished:").arg(round.number);
    if (round.best) said += ' ' + tr("best so far %1").arg(numberText(*round.best, 4) + ' ' + unit);
    if (round.gain() && *round.gain() > 0.0)
        said += ' ' + tr("(better by %1)").arg(numberText(*round.gain(), 3) + ' ' + unit);
    if (round.prospective) {
        said += ", " + tr("picks predicted to RMSE %1, %2 % of them within the 90 % interval")
                           .arg(numberText(round.prospective->rmse, 3) + ' ' + unit)
                           .arg(qRound(100.0 * round.prospective->coverage90));
    }
    if (failed > 0) said += ", " + tr("%1 failed").arg(failed);
    return said + '.';
}

QString LearnRounds::stateText() const {
    if (job_.isSimulating())
        return tr("Simulating. What is finished stays; it can be stopped and continued at any time.");
    if (const QString reason = whyNot(); !reason.isEmpty()) return reason;
    const auto& rounds = job_.history().rounds;
    if (const auto* open = job_.history().open()) {
        return tr("Round %1 is proposed. Simulate relaxes its %2 compositions and runs their dynamics with "
                  "the "
                  "campaign's protocol, then trains again.")
            .arg(open->number)
            .arg(open->picks.size());
    }
    if (!rounds.empty()) return roundText(rounds.back());
    return tr("No round yet. Propose picks what to simulate next.");
}

void LearnRounds::showPlot() {
    const auto& history = job_.history();
    RoundsPlot::Content content;
    content.quantity = QString::fromStdString(history.target);
    content.unit = QString::fromStdString(history.unit);
    const auto& rounds = history.rounds;
    if (!rounds.empty() && rounds.front().number > 0) {
        const auto& first = rounds.front();
        if (first.before.crossValidatedRmse)
            content.crossValidated.push_back({first.number - 1, *first.before.crossValidatedRmse});
        if (first.bestBefore && rounds.front().finished)
            content.best.push_back({first.number - 1, *first.bestBefore});
    }
    for (std::size_t r = 0; r < rounds.size(); ++r) {
        const auto& round = rounds[r];
        if (!round.finished) continue;
        const auto after = history.after(r);
        if (after && after->crossValidatedRmse)
            content.crossValidated.push_back({round.number, *after->crossValidatedRmse});
        if (round.prospective) content.prospective.push_back({round.number, round.prospective->rmse});
        if (round.best) content.best.push_back({round.number, *round.best});
        if (round.regret) content.regret.push_back({round.number, *round.regret});
        for (const auto& pick : round.picks)
            if (pick.value) content.outcomes.push_back({round.number, *pick.value});
    }
    plot_->setContent(std::move(content));
}

/// What came of a pick, in a word; the reason of a failure is in the tooltip.
QTableWidgetItem* LearnRounds::outcomeItem(const workflow::LearningRound& round,
                                           const workflow::LearningPick& pick) const {
    const QString unit = QString::fromStdString(job_.history().unit);
    const QString said = pick.value             ? learn_rounds_detail::text(pick.value, pick.error, unit)
                         : pick.problem.empty() ? (round.finished ? QString() : tr("to be simulated"))
                                                : tr("failed");
    auto* item = new NumberItem(said, pick.value.value_or(std::nan("")));
    item->setToolTip(QString::fromStdString(pick.problem));
    return item;
}

void LearnRounds::showTable() {
    const auto& rounds = job_.history().rounds;
    const QString unit = QString::fromStdString(job_.history().unit);
    const QSignalBlocker quiet(table_);
    table_->setRowCount(0);
    for (auto round = rounds.rbegin(); round != rounds.rend(); ++round) {
        for (const auto& pick : round->picks) {
            const int row = table_->rowCount();
            table_->insertRow(row);
            const QString name = QString::fromStdString(pick.name);
            auto* formula = new QTableWidgetItem(prettyFormula(name));
            formula->setData(learn_rounds_detail::nameRole, name);
            formula->setToolTip(pick.problem.empty() ? name
                                                     : name + '\n' + QString::fromStdString(pick.problem));
            table_->setItem(row, Round, new NumberItem(QString::number(round->number), round->number));
            table_->setItem(row, Formula, formula);
            table_->setItem(row, Predicted,
                            new NumberItem(learn_rounds_detail::text(pick.mean, pick.deviation, unit),
                                           pick.mean.value_or(std::nan(""))));
            table_->setItem(row, Simulated, outcomeItem(*round, pick));
        }
    }
}

void LearnRounds::pickSelected() {
    const auto items = table_->selectedItems();
    if (items.isEmpty() || !data_) return;
    const auto name = table_->item(items.front()->row(), Formula)
                          ->data(learn_rounds_detail::nameRole)
                          .toString()
                          .toStdString();
    const auto& rows = data_->rows;
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.formula == name; });
    if (found != rows.end()) emit picked(static_cast<std::size_t>(found - rows.begin()));
}

QString LearnRounds::summary() const {
    return summary_->text();
}

}  // namespace ionscape::gui
