// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/learn_screening.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/workflow/campaign_targets.h"
#include "gui/views/data_table.h"
#include "gui/views/form_fields.h"
#include "gui/views/number_item.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/point_plot.h"

namespace ionscape::gui {
namespace learn_screening_detail {

constexpr std::size_t mostRows = 500;
constexpr int rowRole = Qt::UserRole + 1;

bool choose(QComboBox* box, const char* name) {
    const int index = box->findData(QString::fromLatin1(name));
    if (index >= 0) box->setCurrentIndex(index);
    return index >= 0;
}

void addEnds(QComboBox& box) {
    box.addItem(LearnScreening::tr("high"), true);
    box.addItem(LearnScreening::tr("low"), false);
    box.setAccessibleName(LearnScreening::tr("Which end is good"));
    box.setToolTip(box.accessibleName());
}

}  // namespace learn_screening_detail

QString LearnScreening::classText(surrogate::MobilityClass mobility) {
    return mobility == surrogate::MobilityClass::High     ? tr("high")
           : mobility == surrogate::MobilityClass::Medium ? tr("medium")
                                                          : tr("low");
}

LearnScreening::LearnScreening(QWidget* parent)
    : QWidget(parent),
      filter_(new QLineEdit),
      acquisition_(new QComboBox),
      goal_(new QComboBox),
      batch_(countField(1, 200, 8)),
      propose_(new QPushButton(tr("Propose"))),
      copy_(new QPushButton(tr("Copy for a campaign"))),
      summary_(new QLabel),
      front_(new PointPlot("pareto", tr("Pareto front"))),
      table_(new QTableWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(4, 4, 4, 0);
    column->setSpacing(4);
    column->addWidget(buildForm());
    column->addWidget(new TaskStrip(task_));
    summary_->setObjectName("screeningSummary");
    summary_->setProperty("role", "muted");
    summary_->setWordWrap(true);
    column->addWidget(summary_);
    buildTable();
    auto* halves = new QSplitter(Qt::Horizontal);
    halves->setChildrenCollapsible(false);
    front_->setEmptyHint(tr("Train a model first."));
    halves->addWidget(front_);
    halves->addWidget(table_);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    column->addWidget(halves, 1);
    connect(filter_, &QLineEdit::editingFinished, this, &LearnScreening::screen);
    for (auto& one : weights_) {
        connect(one.column, &QComboBox::activated, this, &LearnScreening::screen);
        connect(one.weight, &QDoubleSpinBox::valueChanged, this, &LearnScreening::screen);
    }
    for (std::size_t i = 0; i < 2; ++i) {
        connect(objectives_[i], &QComboBox::activated, this, &LearnScreening::screen);
        connect(directions_[i], &QComboBox::activated, this, &LearnScreening::screen);
    }
    connect(front_, &PointPlot::picked, this, &LearnScreening::picked);
    connect(table_, &QTableWidget::itemSelectionChanged, this, [this] {
        const auto items = table_->selectedItems();
        if (items.isEmpty()) return;
        const auto* first = table_->item(items.front()->row(), Formula);
        emit picked(first->data(learn_screening_detail::rowRole).toULongLong());
    });
    connect(propose_, &QPushButton::clicked, this, &LearnScreening::propose);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(campaignGroup());
        emit note(tr("A group for a campaign's specification is in the clipboard."));
    });
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) emit problem(message);
    });
    propose_->setEnabled(false);
    copy_->setEnabled(false);
}

QWidget* LearnScreening::buildForm() {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    filter_->setObjectName("screeningFilter");
    filter_->setClearButtonEnabled(true);
    filter_->setPlaceholderText(tr("Condition: predicted > 100 and mobile < 3.5 and not La"));
    filter_->setAccessibleName(tr("Condition on the candidates"));
    column->addWidget(filter_);
    const auto box = [](const QString& name) {
        auto* one = new QComboBox;
        one->setAccessibleName(name);
        one->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        one->setMinimumContentsLength(7);
        return one;
    };
    auto* score = new QHBoxLayout;
    score->addWidget(new QLabel(tr("Score")));
    for (auto& one : weights_) {
        one.column = box(tr("Column of the score"));
        one.weight = realField(-10.0, 10.0, 0.0, 1, 0.5);
        one.weight->setToolTip(
            tr("Weight; negative where small values are good. Columns are scaled to 0…1."));
        score->addWidget(one.column, 1);
        score->addWidget(one.weight);
    }
    weights_[0].weight->setValue(1.0);
    column->addLayout(score);
    auto* pareto = new QHBoxLayout;
    pareto->addWidget(new QLabel(tr("Front of")));
    for (std::size_t i = 0; i < 2; ++i) {
        objectives_[i] = box(tr("Objective"));
        directions_[i] = new QComboBox;
        learn_screening_detail::addEnds(*directions_[i]);
        pareto->addWidget(objectives_[i], 1);
        pareto->addWidget(directions_[i]);
    }
    column->addLayout(pareto);
    auto* next = new QHBoxLayout;
    acquisition_->setToolTip(tr("How candidates without dynamics are picked for the next simulations"));
    acquisition_->addItem(tr("expected improvement"),
                          static_cast<int>(surrogate::Acquisition::ExpectedImprovement));
    acquisition_->addItem(tr("upper confidence bound"),
                          static_cast<int>(surrogate::Acquisition::UpperConfidenceBound));
    acquisition_->addItem(tr("largest uncertainty"),
                          static_cast<int>(surrogate::Acquisition::MaximumVariance));
    acquisition_->addItem(tr("Thompson sampling"), static_cast<int>(surrogate::Acquisition::Thompson));
    acquisition_->setMinimumContentsLength(10);
    acquisition_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    learn_screening_detail::addEnds(*goal_);
    goal_->setObjectName("proposeGoal");
    propose_->setObjectName("proposeBatch");
    next->addWidget(new QLabel(tr("Next batch")));
    next->addWidget(batch_);
    next->addWidget(acquisition_, 1);
    next->addWidget(goal_);
    next->addWidget(propose_);
    next->addWidget(copy_);
    column->addLayout(next);
    return widget;
}

void LearnScreening::buildTable() {
    setUpDataTable(*table_);
    setUpDenseRows(*table_);
    table_->setObjectName("screeningTable");
    table_->setAccessibleName(tr("Ranked candidates"));
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setColumnCount(Columns);
    table_->setHorizontalHeaderLabels({tr("Rank"), tr("Formula"), tr("Score"), tr("Front"), tr("Class"),
                                       tr("Predicted"), tr("± error"), tr("Batch")});
    table_->horizontalHeader()->setDefaultSectionSize(62);
    table_->setColumnWidth(Rank, 44);
    table_->setColumnWidth(Formula, 170);
    table_->horizontalHeader()->setStretchLastSection(true);
}

void LearnScreening::setContent(const LearningDataPtr& opened,
                                const std::shared_ptr<const LearnedModel>& learned) {
    data_ = opened;
    learned_ = opened && learned && !learned->view.rows.empty() ? learned : nullptr;
    proposals_.clear();
    propose_->setEnabled(learned_ && learned_->trained);
    copy_->setEnabled(false);
    gatherCandidates();
    setDirections();
    fillBoxes();
    screen();
}

void LearnScreening::gatherCandidates() {
    candidates_ = {};
    if (learned_)
        candidates_ = workflow::candidatesOf(*data_, learned_->view, learned_->model->card().target);
}

void LearnScreening::setDirections() {
    if (!learned_ || learned_->model->card().target.name == target_) return;
    target_ = learned_->model->card().target.name;
    const bool high = !workflow::isGoodWhenLow(target_);
    for (QComboBox* box : {goal_, directions_[0]})
        box->setCurrentIndex(box->findData(high));
    const QSignalBlocker quiet(weights_[0].weight);
    weights_[0].weight->setValue(high ? 1.0 : -1.0);
}

void LearnScreening::fillBoxes() {
    std::vector<QComboBox*> boxes{objectives_[0], objectives_[1]};
    for (auto& one : weights_)
        boxes.push_back(one.column);
    for (QComboBox* box : boxes) {
        const QString before = box->currentData().toString();
        box->clear();
        for (std::size_t c = 0; c < candidates_.table.columns.size(); ++c) {
            const auto& values = candidates_.table.values[c];
            if (std::none_of(values.begin(), values.end(), [](const auto& v) { return v.has_value(); }))
                continue;
            const QString name = QString::fromStdString(candidates_.table.columns[c].name);
            box->addItem(name == "predicted" ? tr("predicted") : name == "error" ? tr("error") : name, name);
        }
        if (const int index = box->findData(before); index >= 0) box->setCurrentIndex(index);
        if (!before.isEmpty()) continue;
        const char* usual[] = {"predicted", "S_config", "predicted", "S_config", "price"};
        const auto at = std::find(boxes.begin(), boxes.end(), box) - boxes.begin();
        learn_screening_detail::choose(box, usual[at]);
        // Mobile and stable, where the data tell.
        if (box == objectives_[1]) {
            const bool stable = learn_screening_detail::choose(box, workflow::hullTargetName);
            directions_[1]->setCurrentIndex(directions_[1]->findData(!stable));
        }
    }
}

surrogate::ScreenRequest LearnScreening::request() const {
    surrogate::ScreenRequest request;
    request.filter = filter_->text().trimmed().toStdString();
    for (const auto& one : weights_)
        if (one.weight->value() != 0.0)
            request.score.push_back(
                {one.column->currentData().toString().toStdString(), one.weight->value()});
    for (std::size_t i = 0; i < 2; ++i)
        request.objectives.push_back(
            {objectives_[i]->currentData().toString().toStdString(), directions_[i]->currentData().toBool()});
    if (workflow::hasMobilityClasses(learned_->model->card().target)) request.classOf = "predicted";
    return request;
}

void LearnScreening::setFilter(const QString& condition) {
    filter_->setText(condition);
    screen();
}

void LearnScreening::screen() {
    result_ = {};
    summary_->clear();
    if (learned_ && !candidates_.rows.empty()) {
        try {
            result_ = surrogate::screen(candidates_.table, request());
            const auto onFront = std::count_if(result_.rows.begin(), result_.rows.end(),
                                               [](const auto& row) { return row.front && *row.front == 0; });
            QString text = tr("%1 of %2 match; %3 on the front")
                               .arg(result_.rows.size())
                               .arg(candidates_.rows.size())
                               .arg(onFront);
            if (result_.hypervolume) text += tr(", hypervolume %1").arg(numberText(*result_.hypervolume, 3));
            if (result_.incomplete > 0)
                text += tr(", %n without a value", nullptr, static_cast<int>(result_.incomplete));
            summary_->setText(text);
        } catch (const InputError& error) {
            summary_->setText(QString::fromUtf8(error.what()));
        }
    }
    showTable();
    showFront();
}

std::optional<double> LearnScreening::value(const char* column, std::size_t candidate) const {
    return candidates_.table.values[candidates_.table.column(column)][candidate];
}

void LearnScreening::showTable() {
    const QSignalBlocker quiet(table_);
    table_->setRowCount(0);
    table_->setRowCount(static_cast<int>(std::min(result_.rows.size(), learn_screening_detail::mostRows)));
    const auto number = [](std::optional<double> value, int digits) {
        return new NumberItem(value ? numberText(*value, digits) : QString(), value.value_or(std::nan("")));
    };
    for (int i = 0; i < table_->rowCount(); ++i) {
        const auto& one = result_.rows[static_cast<std::size_t>(i)];
        const auto row = candidates_.rows[one.row];
        auto* formula = new QTableWidgetItem(prettyFormula(QString::fromStdString(data_->rows[row].formula)));
        formula->setData(learn_screening_detail::rowRole, static_cast<qulonglong>(row));
        formula->setToolTip(QString::fromStdString(data_->rows[row].formula));
        table_->setItem(i, Rank, number(i + 1.0, 4));
        table_->setItem(i, Formula, formula);
        table_->setItem(i, Score, number(one.score, 3));
        table_->setItem(i, Front,
                        number(one.front ? std::optional<double>(*one.front + 1) : std::nullopt, 3));
        table_->setItem(i, Class, new QTableWidgetItem(one.mobility ? classText(*one.mobility) : QString()));
        table_->setItem(i, Predicted, number(value("predicted", one.row), 3));
        table_->setItem(i, Error, number(value("error", one.row), 3));
        const auto pick = std::find(proposals_.begin(), proposals_.end(), one.row);
        table_->setItem(
            i, Batch,
            number(pick == proposals_.end() ? std::nullopt
                                            : std::optional<double>(pick - proposals_.begin() + 1),
                   3));
    }
}

void LearnScreening::showFront() {
    if (result_.rows.empty()) {
        front_->clear();
        return;
    }
    const auto x = candidates_.table.column(objectives_[0]->currentData().toString().toStdString());
    const auto y = candidates_.table.column(objectives_[1]->currentData().toString().toStdString());
    PointPlot::Content content;
    std::vector<std::size_t> line;
    for (const auto& one : result_.rows) {
        if (one.front && *one.front == 0) line.push_back(content.x.size());
        content.x.push_back(candidates_.table.values[x][one.row].value_or(std::nan("")));
        content.y.push_back(candidates_.table.values[y][one.row].value_or(std::nan("")));
        content.colour.push_back(one.score.value_or(std::nan("")));
        content.rows.push_back(candidates_.rows[one.row]);
    }
    std::sort(line.begin(), line.end(),
              [&](std::size_t a, std::size_t b) { return content.x[a] < content.x[b]; });
    content.line = std::move(line);
    const auto title = [&](std::size_t column) {
        const auto& one = candidates_.table.columns[column];
        const QString name =
            one.name == "predicted"
                ? tr("predicted %1").arg(QString::fromStdString(learned_->model->card().target.name))
                : QString::fromStdString(one.name);
        return one.unit.empty() ? name
                                : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(one.unit));
    };
    content.xLabel = title(x);
    content.yLabel = title(y);
    content.colourLabel = tr("score");
    content.columns = {"composition", QString::fromStdString(candidates_.table.columns[x].name),
                       QString::fromStdString(candidates_.table.columns[y].name), "score"};
    content.describe = [data = data_](std::size_t row) {
        return prettyFormula(QString::fromStdString(data->rows[row].formula));
    };
    front_->setContent(std::move(content));
}

void LearnScreening::propose() {
    if (!learned_ || !learned_->trained || result_.rows.empty()) return;
    // A composition with an outcome, or whose simulation failed, has been answered.
    const auto& target = data_->target(learned_->model->card().target.name);
    std::set<std::string> answered;
    for (std::size_t row = 0; row < data_->rows.size(); ++row)
        if (data_->rows[row].dynamics || std::isfinite(target.values[row]))
            answered.insert(data_->rows[row].formula);
    std::vector<std::size_t> candidates;
    std::set<std::string> taken;
    for (const auto& one : result_.rows) {
        const auto& formula = data_->rows[candidates_.rows[one.row]].formula;
        if (answered.count(formula) == 0 && taken.insert(formula).second) candidates.push_back(one.row);
    }
    if (candidates.empty()) {
        emit problem(tr("The %1 of all compositions that match is known.")
                         .arg(QString::fromStdString(target.definition.name)));
        return;
    }
    surrogate::BatchOptions options;
    options.size = std::min(batch_->value(), static_cast<int>(candidates.size()));
    options.acquisition.kind = static_cast<surrogate::Acquisition>(acquisition_->currentData().toInt());
    options.acquisition.maximise = goal_->currentData().toBool();
    task_.start([this, options, candidates, learned = learned_, rows = candidates_.rows](
                    const std::stop_token&, ProgressSink&) {
        const auto& view = learned->view;
        const auto n = static_cast<Eigen::Index>(candidates.size());
        Eigen::MatrixXd x(n, view.table.x.cols());
        surrogate::Prediction predicted{Eigen::VectorXd(n), Eigen::VectorXd(n)};
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto row = rows[candidates[static_cast<std::size_t>(i)]];
            const auto at = std::lower_bound(view.rows.begin(), view.rows.end(), row) - view.rows.begin();
            x.row(i) = view.table.x.row(at);
            predicted.mean[i] = view.predicted.mean[at];
            predicted.standardDeviation[i] = view.predicted.standardDeviation[at];
        }
        const auto& known = learned->trained->training.table.y;
        const double best = options.acquisition.maximise ? known.maxCoeff() : known.minCoeff();
        const auto batch = surrogate::proposeBatch(predicted, best, x, options);
        std::vector<std::size_t> picks;
        for (const auto& one : batch)
            picks.push_back(candidates[static_cast<std::size_t>(one.row)]);
        return [this, learned, picks] {
            if (learned != learned_) return;
            proposals_ = picks;
            copy_->setEnabled(true);
            showTable();
            table_->sortByColumn(Batch, Qt::AscendingOrder);
        };
    });
}

QStringList LearnScreening::proposed() const {
    QStringList formulas;
    for (const auto candidate : proposals_)
        formulas << QString::fromStdString(data_->rows[candidates_.rows[candidate]].formula);
    return formulas;
}

QString LearnScreening::campaignGroup() const {
    const QJsonObject group{
        {"name", "proposed"}, {"formulas", QJsonArray::fromStringList(proposed())}, {"dynamics", true}};
    return QString::fromUtf8(QJsonDocument(group).toJson());
}

void LearnScreening::setSelected(std::optional<std::size_t> row) {
    front_->setSelected(row);
    const QSignalBlocker quiet(table_);
    table_->clearSelection();
    for (int i = 0; row && i < table_->rowCount(); ++i)
        if (table_->item(i, Formula)->data(learn_screening_detail::rowRole).toULongLong() == *row) {
            table_->selectRow(i);
            return;
        }
}

QString LearnScreening::summary() const {
    return summary_->text();
}

}  // namespace ionscape::gui
