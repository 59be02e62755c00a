// SPDX-License-Identifier: GPL-3.0-or-later
// A sortable table above a card with everything that the selected model says of itself.
#include "gui/views/potentials_models_page.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "gui/models/model_table.h"
#include "gui/views/data_table.h"
#include "gui/views/text.h"
#include "gui/widgets/chip.h"

namespace ionscape::gui {

namespace models_page_detail {

constexpr int columnGap = 12;

QString tableRow(const QString& label, const QString& value) {
    if (value.isEmpty()) return {};
    return QStringLiteral("<tr><td style='padding-right:16px'>%1</td><td>%2</td></tr>").arg(label, value);
}

/// Long digests break anywhere.
QString breakable(const std::string& text) {
    QString out;
    for (std::size_t i = 0; i < text.size(); i += 16)
        out += QString::fromStdString(text.substr(i, 16)) + QChar(0x200b);
    return out;
}

}  // namespace models_page_detail

PotentialsModelsPage::PotentialsModelsPage(PotentialsLibrary& library, QWidget* parent)
    : QWidget(parent),
      library_(library),
      model_(new ModelTable(this)),
      sorted_(new QSortFilterProxyModel(this)),
      view_(new QTableView),
      title_(new QLabel),
      details_(new QLabel),
      error_(new QLabel),
      hint_(new QLabel(tr("Looking for potentials …"))),
      state_(new Chip),
      use_(new QPushButton(tr("Use for the next run"))),
      reveal_(new QPushButton(tr("Show in folder"))) {
    sorted_->setSourceModel(model_);
    sorted_->setSortRole(ModelTable::SortRole);
    view_->setModel(sorted_);
    view_->setObjectName("modelTable");
    view_->setAccessibleName(tr("Potentials at hand"));
    setUpDataTable(*view_);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setSortingEnabled(true);
    sorted_->sort(-1);
    view_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 16);
    layout->setSpacing(8);
    auto* top = new QHBoxLayout;
    hint_->setProperty("role", "muted");
    hint_->setWordWrap(true);
    auto* add = new QPushButton(tr("Add a file…"));
    add->setObjectName("addModel");
    add->setToolTip(
        tr("Copies a model into your own folder, where the program and ionscape-cli find it by "
           "name. Formats: our .h5 files and CHGNet checkpoints (.pth.tar), among others."));
    auto* again = new QPushButton(tr("Look again"));
    again->setToolTip(tr("Reads the folders again; only files that have changed are opened"));
    top->addWidget(hint_, 1);
    top->addWidget(again);
    top->addWidget(add);
    layout->addLayout(top);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(view_);
    splitter->addWidget(buildDetails());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);

    connect(add, &QPushButton::clicked, this, &PotentialsModelsPage::chooseFile);
    connect(again, &QPushButton::clicked, &library_, &PotentialsLibrary::refresh);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &PotentialsModelsPage::showDetails);
    const auto use = [this] {
        const auto* entry = current();
        if (entry == nullptr || !entry->usable()) return;
        const QString file = QString::fromStdString(entry->file.string());
        emit chosen(file == embeddedPotentialFile() ? QString() : file);
    };
    connect(use_, &QPushButton::clicked, this, use);
    connect(view_, &QTableView::activated, this, use);
    connect(reveal_, &QPushButton::clicked, this, [this] {
        if (const auto* entry = current()) emit revealRequested(QString::fromStdString(entry->file.string()));
    });
    connect(&library_, &PotentialsLibrary::modelsChanged, this, &PotentialsModelsPage::modelsChanged);
    connect(&library_, &PotentialsLibrary::added, this,
            [this](const QString& file) { selectAfterRefresh_ = file; });
    showDetails();
}

QWidget* PotentialsModelsPage::buildDetails() {
    auto* card = new QFrame;
    card->setProperty("card", true);
    card->setAccessibleName(tr("The selected potential"));
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(12, 10, 12, 12);
    layout->setSpacing(6);
    auto* top = new QHBoxLayout;
    title_->setProperty("role", "heading");
    use_->setProperty("primary", true);
    use_->setObjectName("useModel");
    top->addWidget(title_);
    top->addWidget(state_);
    top->addStretch();
    top->addWidget(reveal_);
    top->addWidget(use_);
    layout->addLayout(top);
    error_->setProperty("role", "error");
    error_->setObjectName("modelError");
    details_->setObjectName("modelDetails");
    for (QLabel* label : {error_, details_}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    }
    error_->setTextFormat(Qt::PlainText);
    details_->setAlignment(Qt::AlignTop);
    auto* inner = new QWidget;
    auto* innerLayout = new QVBoxLayout(inner);
    innerLayout->setContentsMargins(0, 0, 0, 0);
    innerLayout->addWidget(error_);
    innerLayout->addWidget(details_);
    innerLayout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(inner);
    inner->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    layout->addWidget(scroll, 1);
    card->setMinimumHeight(150);
    return card;
}

const potential::ModelEntry* PotentialsModelsPage::current() const {
    return model_->model(sorted_->mapToSource(view_->currentIndex()).row());
}

void PotentialsModelsPage::setWanted(const std::vector<crystal::Element>& elements) {
    model_->setWanted(elements);
    showDetails();
}

void PotentialsModelsPage::setChosen(const QString& potential) {
    chosen_ = potential;
    for (const auto& entry : library_.models()) {
        const QString file = QString::fromStdString(entry.file.string());
        const bool isEmbedded = potential.isEmpty() && file == embeddedPotentialFile();
        if (isEmbedded || file == potential || QString::fromStdString(entry.id) == potential) {
            model_->setChosen(file);
            showDetails();
            return;
        }
    }
    model_->setChosen(potential);
    showDetails();
}

void PotentialsModelsPage::select(const QString& file) {
    const int row = model_->rowOf(file);
    if (row >= 0) view_->setCurrentIndex(sorted_->mapFromSource(model_->index(row, 0)));
}

void PotentialsModelsPage::modelsChanged() {
    const QString before = !selectAfterRefresh_.isEmpty() ? selectAfterRefresh_
                           : current() != nullptr         ? QString::fromStdString(current()->file.string())
                                                          : QString();
    selectAfterRefresh_.clear();
    model_->setModels(library_.models());
    setChosen(chosen_);
    select(before);
    if (!view_->currentIndex().isValid()) select(chosen_.isEmpty() ? embeddedPotentialFile() : chosen_);
    if (!view_->currentIndex().isValid() && model_->rowCount() > 0) view_->selectRow(0);
    view_->resizeColumnsToContents();
    for (int column = 0; column < model_->columnCount(); ++column)
        view_->setColumnWidth(column, view_->columnWidth(column) + models_page_detail::columnGap);
    view_->horizontalHeader()->setStretchLastSection(true);
    hint_->setText(
        model_->rowCount() > 0
            ? tr("Potentials at hand: %1. Sort by a click on a heading.").arg(model_->rowCount())
            : tr("No potential was found. Add a file: a .h5 of this program or a CHGNet checkpoint."));
    showDetails();
}

void PotentialsModelsPage::showDetails() {
    using models_page_detail::tableRow;
    const auto* entry = current();
    use_->setEnabled(entry != nullptr && entry->usable());
    reveal_->setEnabled(entry != nullptr);
    title_->setText(entry != nullptr ? QString::fromStdString(entry->id) : tr("Select a potential"));
    state_->set({}, Chip::Tone::Neutral);
    error_->setVisible(entry != nullptr && !entry->usable());
    details_->setVisible(entry != nullptr && entry->usable());
    if (entry == nullptr) return;
    const QString file = QString::fromStdString(entry->file.string());
    if (!entry->usable()) {
        state_->set(tr("cannot be used"), Chip::Tone::Bad);
        error_->setText(QString::fromStdString(entry->error));
        return;
    }
    const auto& d = entry->description;
    const auto lacking = model_->missing(*entry);
    const bool isChosen = file == chosen_ || QString::fromStdString(entry->id) == chosen_ ||
                          (chosen_.isEmpty() && file == embeddedPotentialFile());
    use_->setEnabled(!isChosen);
    if (!lacking.empty())
        state_->set(tr("lacks %1").arg(elementList(lacking)), Chip::Tone::Warning);
    else if (isChosen)
        state_->set(tr("used by the next run"), Chip::Tone::Good);
    const auto text = [](const std::string& s) { return QString::fromStdString(s).toHtmlEscaped(); };
    QString html = QStringLiteral("<table cellspacing='3'>");
    html += tableRow(tr("Model"), tr("%1, %2 (%3 parameters, %4)")
                                      .arg(text(d.info.name), text(d.info.architecture),
                                           QLocale().toString(qlonglong(d.info.parameters)), text(d.dtype)));
    html += tableRow(tr("Elements"), d.info.elements.empty() ? tr("any (the file has no list)")
                                                             : elementList(d.info.elements));
    if (d.errors) {
        const QString set = d.errors->set == "test" ? tr("test set") : tr("validation set");
        QString errors = tr("%1 meV/atom, %2 eV/Å")
                             .arg(numberText(d.errors->energyMae, 3), numberText(d.errors->forceMae, 3));
        if (d.errors->stressMae > 0) errors += tr(", %1 GPa").arg(numberText(d.errors->stressMae, 3));
        html += tableRow(tr("Errors (MAE)"), tr("%1 (%2, %3 frames)").arg(errors, set).arg(d.errors->frames));
    }
    html += tableRow(tr("Cutoff"), tr("%1 Å; units %2").arg(numberText(d.info.cutoff, 3), text(d.units)));
    html += tableRow(tr("Licence"), text(d.info.licence));
    html += tableRow(tr("Origin"), text(d.info.origin));
    html += tableRow(tr("File"), file.toHtmlEscaped());
    html += tableRow(tr("SHA-256"), models_page_detail::breakable(d.info.checksum));
    details_->setText(html + QStringLiteral("</table>"));
}

void PotentialsModelsPage::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Add a potential"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QStringList patterns;
    for (const auto& format : potential::modelFormats())
        for (const auto& pattern : format.patterns)
            patterns << QString::fromStdString(pattern);
    dialog->setNameFilters({tr("Potentials (%1)").arg(patterns.join(' ')), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { library_.add(path); });
    dialog->open();
}

}  // namespace ionscape::gui
