// SPDX-License-Identifier: GPL-3.0-or-later
// Figures, compositions with their part of the split, and three histograms.
#include "gui/views/potentials_dataset_page.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>
#include <map>

#include "gui/models/model_table.h"
#include "gui/views/task_strip.h"
#include "gui/views/text.h"
#include "gui/widgets/histogram_plot.h"

namespace ionscape::gui {

namespace dataset_page_detail {

/// Larger tables than this tell nobody anything more.
constexpr std::size_t mostRows = 2000;

QString countText(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

}  // namespace dataset_page_detail

using dataset_page_detail::countText;

PotentialsDatasetPage::PotentialsDatasetPage(PotentialsLibrary& library, QWidget* parent)
    : QWidget(parent),
      library_(library),
      pages_(new QStackedWidget),
      title_(new QLabel),
      summary_(new QLabel),
      elements_(new QLabel),
      split_(new QLabel),
      compositions_(new QTableWidget),
      energy_(new HistogramPlot(tr("E − fitted elements (eV/atom)"), "energies")),
      force_(new HistogramPlot(tr("|F| (eV/Å)"), "forces")),
      stress_(new HistogramPlot(tr("Mean stress (GPa)"), "stresses")) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(new TaskStrip(library_.reading()));
    pages_->addWidget(buildEmpty());
    pages_->addWidget(buildContent());
    layout->addWidget(pages_, 1);
    connect(&library_, &PotentialsLibrary::datasetChanged, this, &PotentialsDatasetPage::showDataset);
}

QWidget* PotentialsDatasetPage::buildEmpty() {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setSpacing(12);
    auto* text = new QLabel(tr(
        "Open labelled structures (extended XYZ with energies, forces and stresses) to see what is in them, "
        "to train on them, or to compare potentials."));
    text->setProperty("role", "muted");
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(480);
    auto* open = new QPushButton(tr("Open data…"));
    open->setObjectName("openData");
    open->setProperty("primary", true);
    connect(open, &QPushButton::clicked, this, &PotentialsDatasetPage::chooseFiles);
    layout->addStretch();
    layout->addWidget(text, 0, Qt::AlignHCenter);
    layout->addWidget(open, 0, Qt::AlignHCenter);
    layout->addStretch();
    return page;
}

QWidget* PotentialsDatasetPage::buildContent() {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    auto* top = new QHBoxLayout;
    title_->setProperty("role", "heading");
    auto* open = new QPushButton(tr("Open other data…"));
    connect(open, &QPushButton::clicked, this, &PotentialsDatasetPage::chooseFiles);
    top->addWidget(title_, 1);
    top->addWidget(open);
    layout->addLayout(top);
    auto* card = new QFrame;
    card->setProperty("card", true);
    auto* cardLayout = new QVBoxLayout(card);
    cardLayout->setContentsMargins(12, 8, 12, 8);
    cardLayout->setSpacing(4);
    summary_->setObjectName("datasetSummary");
    for (QLabel* label : {summary_, elements_, split_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        cardLayout->addWidget(label);
    }
    elements_->setProperty("role", "muted");
    split_->setToolTip(tr(
        "Whole compositions go to one part, so that errors on the other parts are errors on compositions the "
        "model has never seen. This preview is for split seed 1."));
    layout->addWidget(card);

    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    compositions_->setColumnCount(3);
    compositions_->setHorizontalHeaderLabels({tr("Composition"), tr("Frames"), tr("Part")});
    compositions_->setAccessibleName(tr("Compositions of the data"));
    compositions_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    compositions_->setSelectionBehavior(QAbstractItemView::SelectRows);
    compositions_->setTabKeyNavigation(false);
    compositions_->setAlternatingRowColors(true);
    compositions_->setShowGrid(false);
    compositions_->verticalHeader()->hide();
    compositions_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    compositions_->horizontalHeader()->setHighlightSections(false);
    splitter->addWidget(compositions_);
    auto* plots = new QWidget;
    auto* plotLayout = new QVBoxLayout(plots);
    plotLayout->setContentsMargins(0, 0, 0, 0);
    plotLayout->setSpacing(4);
    energy_->setToolTip(tr(
        "Energies per atom after a sum over elements (least squares) was taken off; what is left is what a "
        "model has to learn. Lone points far outside are worth a look before training."));
    for (HistogramPlot* plot : {energy_, force_, stress_})
        plotLayout->addWidget(plot, 1);
    stress_->setEmptyHint(tr("No frame has a stress."));
    splitter->addWidget(plots);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    layout->addWidget(splitter, 1);
    return page;
}

QString PotentialsDatasetPage::summaryText() const {
    return summary_->text();
}

void PotentialsDatasetPage::fillCompositions(const OpenedDataset& dataset) {
    std::map<std::string, QString> part;
    const auto enter = [&](const std::vector<std::size_t>& frames, const QString& name) {
        for (const std::size_t i : frames)
            part[dataset.data.compositions[i]] = name;
    };
    enter(dataset.split.training, tr("training"));
    enter(dataset.split.validation, tr("validation"));
    enter(dataset.split.test, tr("test"));
    const auto& all = dataset.statistics.compositions;
    const std::size_t rows = std::min(all.size(), dataset_page_detail::mostRows);
    compositions_->setRowCount(static_cast<int>(rows));
    for (std::size_t i = 0; i < rows; ++i) {
        const int row = static_cast<int>(i);
        auto* name = new QTableWidgetItem(QString::fromStdString(all[i].first));
        name->setToolTip(name->text());
        auto* count = new QTableWidgetItem(countText(all[i].second));
        count->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        compositions_->setItem(row, 0, name);
        compositions_->setItem(row, 1, count);
        compositions_->setItem(row, 2, new QTableWidgetItem(part[all[i].first]));
    }
    compositions_->resizeColumnToContents(1);
    compositions_->resizeColumnToContents(2);
}

void PotentialsDatasetPage::showDataset() {
    const DatasetPtr dataset = library_.dataset();
    if (!dataset) return;
    const auto& s = dataset->statistics;
    title_->setText(dataset->name());
    const QString cells = s.smallestCell == s.largestCell
                              ? countText(s.smallestCell)
                              : tr("%1 to %2").arg(countText(s.smallestCell), countText(s.largestCell));
    summary_->setText(
        tr("%1 frames of %2 compositions, %3 atoms in all; cells of %4 atoms; %5 frames with stress")
            .arg(countText(s.frames), countText(s.compositions.size()), countText(s.atoms), cells,
                 countText(s.stressFrames)));
    std::vector<crystal::Element> elements;
    for (const auto& [element, frames] : s.elements)
        elements.push_back(element);
    elements_->setText(tr("%1 elements: %2").arg(elements.size()).arg(elementList(elements)));
    const auto& split = dataset->split;
    split_->setText(
        split.training.empty()
            ? tr("Fewer than three compositions: not enough for a split into training, validation and test.")
            : tr("Split by composition: %1 frames for training, %2 for validation, %3 for the test")
                  .arg(countText(split.training.size()), countText(split.validation.size()),
                       countText(split.test.size())));
    fillCompositions(*dataset);
    energy_->setSeries({{{}, s.energyResidual}});
    force_->setSeries({{{}, s.forceNorm}});
    if (s.meanStress.empty())
        stress_->clear();
    else
        stress_->setSeries({{{}, s.meanStress}});
    pages_->setCurrentIndex(1);
}

void PotentialsDatasetPage::chooseFiles() {
    auto* dialog = new QFileDialog(this, tr("Open labelled structures"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Labelled structures (%1)").arg("*.xyz *.extxyz"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &library_, &PotentialsLibrary::open);
    dialog->open();
}

}  // namespace ionscape::gui
