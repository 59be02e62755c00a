// SPDX-License-Identifier: GPL-3.0-or-later
// What sits on the further mixed sublattices of a host, such as Br and Cl on X of Li3MX6.
#pragma once

#include <QWidget>
#include <vector>

#include "core/composition/composition.h"

class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace ionscape::gui {

/// Hidden for a host with one mixed sublattice.
class FurtherSites final : public QWidget {
    Q_OBJECT

  public:
    explicit FurtherSites(QWidget* parent = nullptr);
    void setHost(const composition::Host& host);
    void setComposition(const composition::Composition& composition);

  signals:
    /// Counts of one sublattice in the MD supercell; the first species takes what the others leave.
    void edited(const ionscape::composition::SublatticeCounts& counts);

  private:
    struct Row {
        std::string sublattice;
        int sites = 0;
        crystal::Element first;
        QLabel* rest = nullptr;
        std::vector<std::pair<crystal::Element, QSpinBox*>> others;
    };
    composition::Host host_;
    std::vector<Row> rows_;
    QVBoxLayout* column_;
    void addRow(const composition::Sublattice& sublattice);
    void changed(std::size_t row, QSpinBox* box);
};

}  // namespace ionscape::gui
