// SPDX-License-Identifier: GPL-3.0-or-later
// Element colours of the 3D view, laid over it.
#pragma once

#include <QWidget>
#include <vector>

#include "core/crystal/element.h"

namespace ionscape::gui {

class ElementLegend final : public QWidget {
    Q_OBJECT

  public:
    explicit ElementLegend(QWidget* parent = nullptr);
    void setElements(const std::vector<crystal::Element>& elements);
    const std::vector<crystal::Element>& elements() const { return elements_; }
    QSize sizeHint() const override;

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    std::vector<crystal::Element> elements_;
};

}  // namespace ionscape::gui
