// SPDX-License-Identifier: GPL-3.0-or-later
// The species of a mixed sublattice laid out as in the periodic table, empty groups left out.
#pragma once

#include <QWidget>
#include <map>
#include <vector>

#include "core/composition/host.h"

namespace ionscape::gui {

class ElementButton;

class PeriodicPicker final : public QWidget {
    Q_OBJECT

  public:
    explicit PeriodicPicker(QWidget* parent = nullptr);
    void setSpecies(const std::vector<composition::Species>& species);
    /// Counts shown on the buttons; elements without one show none.
    void setCounts(const std::map<crystal::Element, int>& counts, int total);

  signals:
    /// A click or the space bar.
    void addRequested(ionscape::crystal::Element element);
    /// A right click or a click with Shift.
    void removeRequested(ionscape::crystal::Element element);

  private:
    std::map<crystal::Element, ElementButton*> buttons_;
    void addValenceKey(const std::vector<composition::Species>& species, int row, int columns);
};

}  // namespace ionscape::gui
