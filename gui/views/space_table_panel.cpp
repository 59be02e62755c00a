// SPDX-License-Identifier: GPL-3.0-or-later
// Rows are of one height, so that a million of them scroll without a stall.
#include "gui/views/space_table_panel.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <unordered_set>

#include "core/base/atomic_file.h"
#include "gui/models/space_model.h"
#include "gui/views/data_table.h"

namespace ionscape::gui {

namespace space_table_detail {

/// Selecting each of very many rows in the view takes long and shows nothing.
constexpr std::size_t mostFollowed = 20000;

QStringList defaultColumns() {
    return {"mobile", "S_config", "r_mean", "delta", "chi_mean"};
}

}  // namespace space_table_detail

SpaceTablePanel::SpaceTablePanel(SpaceBrowser& browser, QWidget* parent)
    : QWidget(parent),
      browser_(browser),
      model_(new SpaceModel(browser, this)),
      view_(new QTableView),
      columns_(new QMenu(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 2, 8, 0);
    bar->addStretch();
    const auto button = [&](const QString& text, const QString& tip) {
        auto* tool = new QToolButton;
        tool->setText(text);
        tool->setToolTip(tip);
        tool->setAutoRaise(true);
        bar->addWidget(tool);
        return tool;
    };
    auto* columns = button(tr("Columns"), tr("Which columns the table shows"));
    columns->setObjectName("columnsButton");
    columns->setMenu(columns_);
    columns->setPopupMode(QToolButton::InstantPopup);
    connect(button(tr("Copy"), tr("Copies the selected rows, to be pasted into a spreadsheet (Ctrl+C)")),
            &QToolButton::clicked, this, &SpaceTablePanel::copy);
    connect(button(tr("Export…"), tr("Writes all rows that match as CSV")), &QToolButton::clicked, this,
            &SpaceTablePanel::chooseExport);
    layout->addLayout(bar);

    view_->setObjectName("spaceTable");
    view_->setAccessibleName(tr("Compositions that match"));
    view_->setModel(model_);
    setUpDataTable(*view_);
    setUpDenseRows(*view_);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    view_->horizontalHeader()->setSortIndicatorClearable(true);
    view_->setSortingEnabled(true);
    view_->installEventFilter(this);
    layout->addWidget(view_, 1);
    model_->setColumns(space_table_detail::defaultColumns());
    connect(columns_, &QMenu::aboutToShow, this, &SpaceTablePanel::fillColumnMenu);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SpaceTablePanel::selected);
    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SpaceTablePanel::selected);
    connect(view_, &QTableView::doubleClicked, this,
            [this](const QModelIndex& index) { emit activated(model_->spaceRow(index.row())); });
    connect(&browser_, &SpaceBrowser::selectionChanged, this, &SpaceTablePanel::follow);
    connect(model_, &QAbstractItemModel::modelReset, this, [this] {
        fitColumns();
        follow();
    });
    fitColumns();
}

void SpaceTablePanel::fitColumns() {
    const QFontMetrics metrics = view_->fontMetrics();
    view_->setColumnWidth(0, metrics.horizontalAdvance(QStringLiteral("★ Zr₄Hf₃Sn₃Ti₃Nb₃ ")) + 24);
    for (int column = 1; column < model_->columnCount(); ++column) {
        int width = metrics.horizontalAdvance(QStringLiteral("00.00000"));
        const QString title = model_->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        for (const QString& line : title.split('\n'))
            width = std::max(width, metrics.horizontalAdvance(line));
        view_->setColumnWidth(column, width + 22);
    }
}

void SpaceTablePanel::fillColumnMenu() {
    columns_->clear();
    const auto add = [this](QMenu* menu, const composition::Column& column) {
        const QString id = QString::fromStdString(column.id);
        QAction* action = menu->addAction(columnTitle(column));
        action->setCheckable(true);
        action->setChecked(model_->columns().contains(id));
        connect(action, &QAction::toggled, this, [this, id](bool on) {
            QStringList ids = model_->columns();
            ids.removeAll(id);
            if (on) ids << id;
            model_->setColumns(ids);
        });
    };
    auto* amounts = new QMenu(tr("Amounts of elements"), columns_);
    for (const auto& column : browser_.table()->columns()) {
        if (!column.undefined.empty()) continue;
        add(column.isFlag ? amounts : columns_, column);
    }
    columns_->addMenu(amounts);
}

void SpaceTablePanel::selected() {
    if (following_) return;
    std::vector<std::uint32_t> rows;
    for (const QModelIndex& index : view_->selectionModel()->selectedRows())
        rows.push_back(model_->spaceRow(index.row()));
    const QModelIndex current = view_->currentIndex();
    std::optional<std::uint32_t> shown;
    if (current.isValid() && view_->selectionModel()->isRowSelected(current.row()))
        shown = model_->spaceRow(current.row());
    following_ = true;
    browser_.select(std::move(rows), shown);
    following_ = false;
}

void SpaceTablePanel::follow() {
    if (following_) return;
    following_ = true;
    QItemSelection selection;
    if (browser_.selection().size() <= space_table_detail::mostFollowed) {
        for (const auto row : browser_.selection()) {
            const int place = model_->rowOf(row);
            if (place >= 0) selection.select(model_->index(place, 0), model_->index(place, 0));
        }
    }
    view_->selectionModel()->select(selection,
                                    QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    const int current = browser_.current() ? model_->rowOf(*browser_.current()) : -1;
    if (current >= 0) {
        view_->selectionModel()->setCurrentIndex(model_->index(current, 0), QItemSelectionModel::NoUpdate);
        view_->scrollTo(model_->index(current, 0));
    }
    following_ = false;
}

void SpaceTablePanel::copy() {
    const std::unordered_set<std::uint32_t> selected(browser_.selection().begin(),
                                                     browser_.selection().end());
    std::vector<std::uint32_t> rows;
    for (const auto row : browser_.rows())
        if (selected.contains(row)) rows.push_back(row);
    if (!rows.empty()) QGuiApplication::clipboard()->setText(model_->text(rows, '\t'));
}

void SpaceTablePanel::chooseExport() {
    auto* dialog = new QFileDialog(this, tr("Export compositions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix("csv");
    dialog->setNameFilters({tr("Table (*.csv)")});
    dialog->selectFile("compositions.csv");
    connect(dialog, &QFileDialog::fileSelected, this, &SpaceTablePanel::exportRequested);
    dialog->open();
}

void SpaceTablePanel::exportTo(const QString& path) const {
    writeTextAtomically(path.toStdString(), model_->text(browser_.rows(), ',').toStdString());
}

bool SpaceTablePanel::eventFilter(QObject* object, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy)) {
            copy();
            return true;
        }
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) &&
            key->modifiers() == Qt::NoModifier && browser_.current()) {
            emit activated(*browser_.current());
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void SpaceTablePanel::save(QSettings& settings) const {
    settings.setValue("space/columns", model_->columns());
}

void SpaceTablePanel::restore(const QSettings& settings) {
    const QStringList columns = settings.value("space/columns").toStringList();
    if (!columns.isEmpty()) model_->setColumns(columns);
}

}  // namespace ionscape::gui
