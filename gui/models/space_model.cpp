// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing is copied: cells are read from the space table when they are drawn.
#include "gui/models/space_model.h"

#include <cmath>

namespace ionscape::gui {

QString columnTitle(const composition::Column& column) {
    const QString title = QString::fromStdString(column.title);
    return column.unit.empty() ? title
                               : QStringLiteral("%1 (%2)").arg(title, QString::fromStdString(column.unit));
}

QString columnTip(const composition::Column& column) {
    QString tip = QStringLiteral("<b>%1</b>").arg(columnTitle(column).toHtmlEscaped());
    if (!column.formula.empty())
        tip += QStringLiteral("<br>") + QString::fromStdString(column.formula).toHtmlEscaped();
    if (!column.source.empty())
        tip += QStringLiteral("<br><i>%1</i>").arg(QString::fromStdString(column.source).toHtmlEscaped());
    if (!column.undefined.empty())
        tip += QStringLiteral("<br>") + QString::fromStdString(column.undefined).toHtmlEscaped();
    return tip + QStringLiteral("<br>") +
           SpaceModel::tr("In filters: %1").arg(QString::fromStdString(column.id));
}

QString mixedName(const composition::Composition& composition) {
    QString name;
    for (const auto& [element, count] : composition.counts) {
        name += QString::fromStdString(std::string(element.symbol()));
        if (count == 1) continue;
        for (const QChar digit : QString::number(count))
            name += QChar(0x2080 + digit.digitValue());
    }
    return name;
}

SpaceModel::SpaceModel(SpaceBrowser& browser, QObject* parent)
    : QAbstractTableModel(parent), browser_(browser) {
    connect(&browser_, &SpaceBrowser::changed, this, &SpaceModel::rebuild);
    connect(&browser_, &SpaceBrowser::sorted, this, &SpaceModel::rebuild);
    rebuild();
}

void SpaceModel::setColumns(const QStringList& ids) {
    ids_ = ids;
    rebuild();
}

void SpaceModel::setStarred(std::function<bool(std::uint32_t)> starred) {
    starred_ = std::move(starred);
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, 0));
}

void SpaceModel::rebuild() {
    beginResetModel();
    columns_.clear();
    for (const QString& id : ids_)
        if (const auto column = browser_.table()->findColumn(id.toStdString())) columns_.push_back(*column);
    places_.assign(browser_.table()->rows(), -1);
    int place = 0;
    for (const auto row : browser_.rows())
        places_[row] = place++;
    endResetModel();
}

std::uint32_t SpaceModel::spaceRow(int row) const {
    return browser_.rows().at(static_cast<std::size_t>(row));
}

int SpaceModel::rowOf(std::uint32_t spaceRow) const {
    return spaceRow < places_.size() ? places_[spaceRow] : -1;
}

int SpaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(browser_.rows().size());
}

int SpaceModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : 1 + static_cast<int>(columns_.size());
}

QVariant SpaceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const std::uint32_t row = spaceRow(index.row());
    const auto& table = *browser_.table();
    if (index.column() == 0) {
        if (role == Qt::ToolTipRole) return QString::fromStdString(table.formula(row));
        if (role != Qt::DisplayRole) return {};
        const QString name = mixedName(table.composition(row));
        return starred_ && starred_(row) ? QStringLiteral("★ ") + name : name;
    }
    const std::size_t column = columns_[static_cast<std::size_t>(index.column() - 1)];
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return QString::fromStdString(columnText(table.columns()[column], table.values(column)[row]));
}

QVariant SpaceModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (section == 0) return role == Qt::DisplayRole ? QVariant(tr("Composition")) : QVariant();
    const auto& column = browser_.table()->columns()[columns_[static_cast<std::size_t>(section - 1)]];
    if (role == Qt::ToolTipRole) return columnTip(column);
    // In two lines, so that narrow columns keep their unit in sight.
    if (role == Qt::DisplayRole)
        return column.unit.empty() ? columnTitle(column)
                                   : QStringLiteral("%1\n%2").arg(QString::fromStdString(column.title),
                                                                  QString::fromStdString(column.unit));
    return {};
}

void SpaceModel::sort(int column, Qt::SortOrder order) {
    if (column <= 0 || column >= columnCount())
        browser_.sort({}, false);
    else
        browser_.sort(columns_[static_cast<std::size_t>(column - 1)], order == Qt::DescendingOrder);
}

QString SpaceModel::text(const std::vector<std::uint32_t>& spaceRows, QChar separator) const {
    const auto& table = *browser_.table();
    const auto quoted = [separator](QString cell) {
        if (!cell.contains(separator) && !cell.contains('"')) return cell;
        return '"' + cell.replace('"', "\"\"") + '"';
    };
    QStringList lines{tr("Composition")};
    for (const std::size_t column : columns_)
        lines.back() += separator + quoted(columnTitle(table.columns()[column]));
    for (const auto row : spaceRows) {
        QString line = QString::fromStdString(table.formula(row));
        for (const std::size_t column : columns_) {
            const double value = table.values(column)[row];
            const bool isClass = !table.columns()[column].classes.empty();
            line += separator + (isClass ? QString::fromStdString(columnText(table.columns()[column], value))
                                 : std::isfinite(value) ? QString::number(value, 'g', 10)
                                                        : QString());
        }
        lines << line;
    }
    return lines.join('\n') + '\n';
}

}  // namespace ionscape::gui
