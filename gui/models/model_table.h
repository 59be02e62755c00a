// SPDX-License-Identifier: GPL-3.0-or-later
// The potentials at hand as rows of a table.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/potential/model_registry.h"

namespace ionscape::gui {

class ModelTable final : public QAbstractTableModel {
    Q_OBJECT

  public:
    enum Column {
        Name,
        Architecture,
        Elements,
        Cutoff,
        Parameters,
        ForceMae,
        EnergyMae,
        Licence,
        Source,
        Columns
    };
    /// Values for sorting, through Qt::UserRole.
    static constexpr int SortRole = Qt::UserRole;

    explicit ModelTable(QObject* parent = nullptr);

    void setModels(const std::vector<potential::ModelEntry>& models);
    /// Elements of the composition being edited: models that lack one of them are marked.
    void setWanted(const std::vector<crystal::Element>& elements);
    /// File of the potential of the next run; it is set in bold.
    void setChosen(const QString& file);
    const potential::ModelEntry* model(int row) const;
    int rowOf(const QString& file) const;
    /// Wanted elements that the model was not trained on.
    std::vector<crystal::Element> missing(const potential::ModelEntry& entry) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<potential::ModelEntry> models_;
    std::vector<crystal::Element> wanted_;
    QString chosen_;
    QString text(const potential::ModelEntry& entry, int column) const;
    QVariant sortValue(const potential::ModelEntry& entry, int column) const;
    QString tip(const potential::ModelEntry& entry) const;
};

/// "Li O Zr" in order of atomic number.
QString elementList(const std::vector<crystal::Element>& elements);

}  // namespace ionscape::gui
