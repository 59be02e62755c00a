// SPDX-License-Identifier: GPL-3.0-or-later
// Page of the Potentials stage: all models at hand, what they say of themselves, which one the next run uses.
#pragma once

#include <QWidget>

#include "gui/jobs/potentials_library.h"

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace ionscape::gui {

class Chip;
class ModelTable;

class PotentialsModelsPage final : public QWidget {
    Q_OBJECT

  public:
    /// The library must outlive the page.
    explicit PotentialsModelsPage(PotentialsLibrary& library, QWidget* parent = nullptr);

    /// Elements of the composition being edited.
    void setWanted(const std::vector<crystal::Element>& elements);
    /// What the next run uses as it stands in the run's settings: empty for the embedded one, a name or a
    /// path.
    void setChosen(const QString& potential);
    ModelTable* table() const { return model_; }
    void select(const QString& file);

  signals:
    /// The user wants this file for the next run; empty means the embedded one.
    void chosen(const QString& file);
    void revealRequested(const QString& file);

  private:
    PotentialsLibrary& library_;
    ModelTable* model_;
    QSortFilterProxyModel* sorted_;
    QTableView* view_;
    QLabel *title_, *details_, *error_, *hint_;
    Chip* state_;
    QPushButton *use_, *reveal_;
    QString chosen_, selectAfterRefresh_;
    QWidget* buildDetails();
    const potential::ModelEntry* current() const;
    void modelsChanged();
    void showDetails();
    void chooseFile();
};

}  // namespace ionscape::gui
