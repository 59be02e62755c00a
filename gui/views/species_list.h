// SPDX-License-Identifier: GPL-3.0-or-later
// The species chosen for the mixed site, each with an editable count.
#pragma once

#include <QWidget>

#include "core/composition/composition.h"

class QGridLayout;

namespace ionscape::gui {

class SpeciesList final : public QWidget {
    Q_OBJECT

  public:
    explicit SpeciesList(QWidget* parent = nullptr);
    /// \param total  mixed sites of the cell: the largest count
    void setComposition(const composition::Host& host, const composition::Composition& composition,
                        int total);

  signals:
    /// Zero takes the species away.
    void countEdited(ionscape::crystal::Element element, int count);

  private:
    QGridLayout* grid_;
    std::vector<crystal::Element> shown_;
    void rebuild(const composition::Host& host, const composition::Composition& composition, int total);
};

}  // namespace ionscape::gui
