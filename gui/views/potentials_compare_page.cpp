// SPDX-License-Identifier: GPL-3.0-or-later
// Two combo boxes, a table of errors, parity of both in one plot and the distribution of their force errors.
#include "gui/views/potentials_compare_page.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/histogram_plot.h"
#include "gui/widgets/parity_plot.h"

namespace ionscape::gui {

namespace compare_page_detail {

QTableWidgetItem* cell(const QString& text, bool better) {
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QFont font;
    font.setBold(better);
    item->setFont(font);
    return item;
}

std::vector<double> absoluteErrors(const training::Pairs& pairs) {
    std::vector<double> errors;
    errors.reserve(pairs.reference.size());
    for (std::size_t i = 0; i < pairs.reference.size(); ++i)
        errors.push_back(std::abs(pairs.predicted[i] - pairs.reference[i]));
    return errors;
}

}  // namespace compare_page_detail

PotentialsComparePage::PotentialsComparePage(PotentialsLibrary& library, QWidget* parent)
    : QWidget(parent),
      library_(library),
      models_{new QComboBox, new QComboBox},
      frames_(new QComboBox),
      compare_(new QPushButton(tr("Compare"))),
      openData_(new QPushButton(tr("Open data…"))),
      data_(new QLabel),
      errors_(new QTableWidget),
      parity_(new ParityPlot),
      forceErrors_(new HistogramPlot(tr("|ΔF| of a component (eV/Å)"), "force-errors")) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(buildControls());
    layout->addWidget(new TaskStrip(task_));
    errors_->setAccessibleName(tr("Errors of the two potentials"));
    errors_->setObjectName("compareErrors");
    errors_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    errors_->setSelectionMode(QAbstractItemView::NoSelection);
    errors_->setTabKeyNavigation(false);
    errors_->setShowGrid(false);
    errors_->setColumnCount(3);
    errors_->setHorizontalHeaderLabels({tr("Error"), tr("A"), tr("B")});
    errors_->verticalHeader()->hide();
    errors_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* lower = new QSplitter(Qt::Horizontal);
    lower->setChildrenCollapsible(false);
    lower->addWidget(errors_);
    lower->addWidget(forceErrors_);
    lower->setStretchFactor(0, 1);
    lower->setStretchFactor(1, 1);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(parity_);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);
    parity_->setEmptyHint(tr("Choose two potentials and press Compare."));
    forceErrors_->setToolTip(
        tr("How the errors of force components are spread: a long tail matters more in "
           "dynamics than the mean."));

    connect(&library_, &PotentialsLibrary::modelsChanged, this, &PotentialsComparePage::fillModels);
    connect(&library_, &PotentialsLibrary::datasetChanged, this, &PotentialsComparePage::updateButtons);
    connect(compare_, &QPushButton::clicked, this, &PotentialsComparePage::compare);
    connect(openData_, &QPushButton::clicked, this, &PotentialsComparePage::datasetWanted);
    connect(&task_, &BackgroundTask::ended, this, [this](TaskOutcome outcome, const QString& message) {
        if (outcome == TaskOutcome::Failed) emit problem(message);
        updateButtons();
    });
    updateButtons();
}

QWidget* PotentialsComparePage::buildControls() {
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    const auto caption = [&](const QString& text, QWidget* buddy, int column) {
        auto* label = new QLabel(text);
        label->setProperty("role", "muted");
        label->setBuddy(buddy);
        buddy->setAccessibleName(text);
        grid->addWidget(label, 0, column);
        grid->addWidget(buddy, 1, column);
    };
    for (QComboBox* box : {models_[0], models_[1], frames_}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(14);
    }
    caption(tr("Potential A"), models_[0], 0);
    caption(tr("Potential B"), models_[1], 1);
    frames_->addItem(tr("all frames"), false);
    frames_->addItem(tr("test part of the split"), true);
    frames_->setToolTip(
        tr("A model that was trained on these data knows the training part: the test part of the same split "
           "seed "
           "(1) is fairer."));
    caption(tr("Frames"), frames_, 2);
    compare_->setProperty("primary", true);
    compare_->setObjectName("compareButton");
    grid->addWidget(openData_, 1, 3);
    grid->addWidget(compare_, 1, 4);
    data_->setProperty("role", "muted");
    data_->setMinimumWidth(1);
    data_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    grid->addWidget(data_, 0, 3, 1, 2);
    for (const int column : {0, 1, 2})
        grid->setColumnStretch(column, 1);
    return widget;
}

void PotentialsComparePage::fillModels() {
    for (std::size_t i = 0; i < models_.size(); ++i) {
        QComboBox* box = models_[i];
        const QVariant before = box->currentData();
        box->clear();
        for (const auto& entry : library_.models())
            if (entry.usable())
                box->addItem(QString::fromStdString(entry.id), QString::fromStdString(entry.file.string()));
        const int index = before.isValid() ? box->findData(before) : static_cast<int>(i);
        box->setCurrentIndex(std::min(std::max(index, 0), box->count() - 1));
    }
    updateButtons();
}

void PotentialsComparePage::setModels(const QString& first, const QString& second) {
    models_[0]->setCurrentIndex(models_[0]->findData(first));
    models_[1]->setCurrentIndex(models_[1]->findData(second));
}

void PotentialsComparePage::updateButtons() {
    const DatasetPtr dataset = library_.dataset();
    data_->setText(dataset ? dataset->name() : tr("no data open"));
    data_->setToolTip(data_->text());
    openData_->setVisible(!dataset);
    compare_->setEnabled(dataset && models_[0]->count() > 0 && !task_.isBusy());
    compare_->setToolTip(dataset ? tr("Evaluates both potentials on the frames") : tr("Open data first"));
}

void PotentialsComparePage::compare() {
    const DatasetPtr dataset = library_.dataset();
    if (!dataset) return;
    const bool testOnly = frames_->currentData().toBool() && !dataset->split.test.empty();
    const std::array<QString, 2> names{models_[0]->currentText(), models_[1]->currentText()};
    const std::array<std::string, 2> files{models_[0]->currentData().toString().toStdString(),
                                           models_[1]->currentData().toString().toStdString()};
    task_.start([=, this](const std::stop_token& stop, ProgressSink& progress) {
        const training::Dataset frames =
            testOnly ? training::subset(dataset->data, dataset->split.test) : dataset->data;
        std::array<ParityPtr, 2> results;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const auto potential = potential::openPotential(files[i], 0);
            results[i] = std::make_shared<const training::Parity>(
                training::measureParity(*potential, frames, stop, progress));
        }
        return [this, results, names] { show(results, names); };
    });
    updateButtons();
}

void PotentialsComparePage::show(const std::array<ParityPtr, 2>& results,
                                 const std::array<QString, 2>& names) {
    using compare_page_detail::absoluteErrors;
    using compare_page_detail::cell;
    errors_->setHorizontalHeaderLabels({tr("Error"), names[0], names[1]});
    const auto &a = results[0]->metrics, &b = results[1]->metrics;
    struct Row {
        QString name;
        double a, b;
    };
    std::vector<Row> rows{{tr("E MAE (meV/atom)"), a.energyMae, b.energyMae},
                          {tr("E RMSE (meV/atom)"), a.energyRmse, b.energyRmse},
                          {tr("F MAE (eV/Å)"), a.forceMae, b.forceMae},
                          {tr("F RMSE (eV/Å)"), a.forceRmse, b.forceRmse}};
    if (a.stressFrames > 0) {
        rows.push_back({tr("σ MAE (GPa)"), a.stressMae, b.stressMae});
        rows.push_back({tr("σ RMSE (GPa)"), a.stressRmse, b.stressRmse});
    }
    errors_->setRowCount(static_cast<int>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const int row = static_cast<int>(i);
        errors_->setItem(row, 0, new QTableWidgetItem(rows[i].name));
        errors_->setItem(row, 1, cell(numberText(rows[i].a, 4), rows[i].a < rows[i].b));
        errors_->setItem(row, 2, cell(numberText(rows[i].b, 4), rows[i].b < rows[i].a));
    }
    parity_->setSeries({{names[0], results[0]}, {names[1], results[1]}});
    forceErrors_->setSeries(
        {{names[0], absoluteErrors(results[0]->force)}, {names[1], absoluteErrors(results[1]->force)}});
}

}  // namespace ionscape::gui
