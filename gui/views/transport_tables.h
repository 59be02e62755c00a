// SPDX-License-Identifier: GPL-3.0-or-later
// Sites and jumps of an analysis as tables: one row each, selected together with what stands for it in 3D.
#pragma once

#include <QTableWidget>

#include "gui/jobs/transport_result.h"

namespace ionscape::gui {

/// A table that is filled from a result and sorts by any column.
class TransportTable : public QTableWidget {
    Q_OBJECT

  public:
    /// Selects the row of an entry of the result; −1 for none. Sends no signal.
    void selectEntry(int entry);
    /// The table as shown, in the order of the result; units in the header.
    virtual QString csv() const = 0;
    /// Stem of a file name.
    virtual QString name() const = 0;

  signals:
    /// By mouse or keyboard; −1 when nothing is selected any more.
    void entryChosen(int entry);

  protected:
    TransportTable(const char* objectName, const QString& accessibleName, const QStringList& headers,
                   QWidget* parent);
    /// Starts a new filling of `rows` rows.
    void begin(int rows);
    void put(int row, int column, const QString& text, double value);
    void end();
};

class SiteTable final : public TransportTable {
    Q_OBJECT

  public:
    explicit SiteTable(QWidget* parent = nullptr);
    void setResult(std::shared_ptr<const PathwayResult> result);
    QString csv() const override;
    QString name() const override { return QStringLiteral("sites"); }

  private:
    std::shared_ptr<const PathwayResult> result_;
};

class JumpTable final : public TransportTable {
    Q_OBJECT

  public:
    explicit JumpTable(QWidget* parent = nullptr);
    void setResult(std::shared_ptr<const PathwayResult> result);
    QString csv() const override;
    QString name() const override { return QStringLiteral("jumps"); }

  private:
    std::shared_ptr<const PathwayResult> result_;
    /// With which attempt frequency rates became energies.
    void explainEnergies();
};

}  // namespace ionscape::gui
