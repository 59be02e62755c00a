// SPDX-License-Identifier: GPL-3.0-or-later
// A table item that shows a number as text and sorts as a number.
#pragma once

#include <QTableWidgetItem>
#include <cmath>

namespace ionscape::gui {

class NumberItem final : public QTableWidgetItem {
  public:
    /// \param value  what sorts; not a number sorts last and shows `text` all the same
    NumberItem(const QString& text, double value) : QTableWidgetItem(text), value_(value) {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem& other) const override {
        const auto* number = dynamic_cast<const NumberItem*>(&other);
        if (number == nullptr) return QTableWidgetItem::operator<(other);
        return std::isnan(number->value_) ? !std::isnan(value_) : value_ < number->value_;
    }

  private:
    double value_;
};

}  // namespace ionscape::gui
