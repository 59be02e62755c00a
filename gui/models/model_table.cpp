// SPDX-License-Identifier: GPL-3.0-or-later
// Texts, tooltips and sort keys of the table of potentials.
#include "gui/models/model_table.h"

#include <QFont>
#include <QLocale>
#include <algorithm>

namespace ionscape::gui {

namespace model_table_detail {

QString number(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

}  // namespace model_table_detail

using model_table_detail::number;
using potential::ModelEntry;
using potential::ModelSource;

QString elementList(const std::vector<crystal::Element>& elements) {
    QStringList symbols;
    for (const auto element : elements)
        symbols << QString::fromStdString(std::string(element.symbol()));
    return symbols.join(' ');
}

ModelTable::ModelTable(QObject* parent) : QAbstractTableModel(parent) {}

void ModelTable::setModels(const std::vector<ModelEntry>& models) {
    beginResetModel();
    models_ = models;
    endResetModel();
}

void ModelTable::setWanted(const std::vector<crystal::Element>& elements) {
    if (elements == wanted_) return;
    wanted_ = elements;
    if (!models_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

void ModelTable::setChosen(const QString& file) {
    if (file == chosen_) return;
    chosen_ = file;
    if (!models_.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

const ModelEntry* ModelTable::model(int row) const {
    return row >= 0 && row < rowCount() ? &models_[static_cast<std::size_t>(row)] : nullptr;
}

int ModelTable::rowOf(const QString& file) const {
    for (int row = 0; row < rowCount(); ++row)
        if (QString::fromStdString(model(row)->file.string()) == file) return row;
    return -1;
}

std::vector<crystal::Element> ModelTable::missing(const ModelEntry& entry) const {
    const auto& known = entry.description.info.elements;
    std::vector<crystal::Element> lacking;
    if (!entry.usable() || known.empty()) return lacking;
    for (const auto element : wanted_)
        if (std::find(known.begin(), known.end(), element) == known.end()) lacking.push_back(element);
    return lacking;
}

int ModelTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(models_.size());
}

int ModelTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(Columns);
}

QString ModelTable::text(const ModelEntry& entry, int column) const {
    const auto& d = entry.description;
    if (column == Name) {
        const QString name = QString::fromStdString(entry.id);
        return QString::fromStdString(entry.file.string()) == chosen_ ? QStringLiteral("● ") + name : name;
    }
    if (column == Source)
        return entry.source == ModelSource::Embedded ? tr("shipped")
               : entry.source == ModelSource::User   ? tr("yours")
                                                     : tr("search path");
    if (!entry.usable()) return column == Architecture ? tr("cannot be used") : QString();
    switch (column) {
        case Architecture:
            return QString::fromStdString(d.info.architecture);
        case Elements: {
            const auto lacking = missing(entry);
            if (!lacking.empty()) return tr("lacks %1").arg(elementList(lacking));
            return d.info.elements.empty() ? tr("any") : QString::number(d.info.elements.size());
        }
        case Cutoff:
            return number(d.info.cutoff, 1);
        case Parameters:
            return QLocale().toString(static_cast<qlonglong>(d.info.parameters));
        case ForceMae:
            return d.errors ? number(d.errors->forceMae, 3) : QStringLiteral("—");
        case EnergyMae:
            return d.errors ? number(d.errors->energyMae, 1) : QStringLiteral("—");
        case Licence:
            return d.info.licence.empty() ? QStringLiteral("—") : QString::fromStdString(d.info.licence);
        default:
            return {};
    }
}

QVariant ModelTable::sortValue(const ModelEntry& entry, int column) const {
    const auto& d = entry.description;
    // Models without the number come last.
    constexpr double unknown = 1e9;
    switch (column) {
        case Elements:
            return d.info.elements.empty() ? 1000 : static_cast<int>(d.info.elements.size());
        case Cutoff:
            return d.info.cutoff;
        case Parameters:
            return static_cast<qlonglong>(d.info.parameters);
        case ForceMae:
            return d.errors ? d.errors->forceMae : unknown;
        case EnergyMae:
            return d.errors ? d.errors->energyMae : unknown;
        case Name:
            return QString::fromStdString(entry.id);
        default:
            return text(entry, column);
    }
}

QString ModelTable::tip(const ModelEntry& entry) const {
    if (!entry.usable()) return QString::fromStdString(entry.error);
    const auto lacking = missing(entry);
    if (!lacking.empty())
        return tr("Never trained on %1, which the composition being edited holds: a run would be refused.")
            .arg(elementList(lacking));
    const auto& info = entry.description.info;
    return info.elements.empty() ? tr("No list of elements in the file: any is accepted.")
                                 : elementList(info.elements);
}

QVariant ModelTable::data(const QModelIndex& at, int role) const {
    const ModelEntry* entry = model(at.row());
    if (entry == nullptr) return {};
    switch (role) {
        case Qt::DisplayRole:
            return text(*entry, at.column());
        case Qt::ToolTipRole:
            return tip(*entry);
        case SortRole:
            return sortValue(*entry, at.column());
        case Qt::TextAlignmentRole:
            return at.column() >= Elements && at.column() <= EnergyMae
                       ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                       : QVariant();
        case Qt::FontRole: {
            QFont font;
            font.setBold(QString::fromStdString(entry->file.string()) == chosen_);
            return font;
        }
        default:
            return {};
    }
}

QVariant ModelTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    struct Heading {
        QString title, tip;
    };
    const auto heading = [section]() -> Heading {
        switch (section) {
            case Name:
                return {tr("Name"),
                        tr("What --potential of ionscape-cli accepts; ● is used by the next run")};
            case Architecture:
                return {tr("Architecture"), tr("Kind of model")};
            case Elements:
                return {tr("Elements"),
                        tr("How many elements it was trained on, or which of yours it lacks")};
            case Cutoff:
                return {tr("Cutoff (Å)"), tr("Range of one message-passing layer")};
            case Parameters:
                return {tr("Parameters"), tr("Numbers that were trained")};
            case ForceMae:
                return {tr("F MAE (eV/Å)"), tr("Mean absolute error of force components on held-out frames")};
            case EnergyMae:
                return {tr("E MAE (meV/atom)"), tr("Mean absolute error of energies on held-out frames")};
            case Licence:
                return {tr("Licence"), tr("Licence of the weights")};
            default:
                return {tr("Source"), tr("Shipped with the program, from your own folder, or from "
                                         "IONSCAPE_MODEL_PATH")};
        }
    }();
    if (role == Qt::DisplayRole) return heading.title;
    if (role == Qt::ToolTipRole) return heading.tip;
    return {};
}

}  // namespace ionscape::gui
