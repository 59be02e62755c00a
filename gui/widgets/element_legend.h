// SPDX-License-Identifier: GPL-3.0-or-later
// Element colours of the 3D view, laid over it; a click hides an element.
#pragma once

#include <QWidget>
#include <utility>
#include <vector>

#include "core/crystal/element.h"

namespace ionscape::gui {

class ElementLegend final : public QWidget {
    Q_OBJECT

  public:
    explicit ElementLegend(QWidget* parent = nullptr);
    void setElements(const std::vector<crystal::Element>& elements);
    const std::vector<crystal::Element>& elements() const { return elements_; }
    /// Elements that a click has hidden; drawn faint here.
    const std::vector<crystal::Element>& hidden() const { return hidden_; }
    QSize sizeHint() const override;
    /// Middle of an element's entry.
    QPoint placeOf(crystal::Element element) const;

  signals:
    void hiddenChanged();

  protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

  private:
    std::vector<crystal::Element> elements_, hidden_;
    /// Left edge and width of the entry at `index`.
    std::pair<int, int> extent(std::size_t index) const;
    bool isHidden(crystal::Element element) const;
};

}  // namespace ionscape::gui
