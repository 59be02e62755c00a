// SPDX-License-Identifier: GPL-3.0-or-later
// A table item that shows a number as text and sorts as a number.
#pragma once

#include <QHeaderView>
#include <QTableWidget>
#include <cmath>

namespace ionscape::gui {

class NumberItem final : public QTableWidgetItem {
  public:
    /// \param value  what sorts; not a number sorts last, whichever way, and shows `text` all the same
    NumberItem(const QString& text, double value) : QTableWidgetItem(text), value_(value) {
        setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    }
    bool operator<(const QTableWidgetItem& other) const override {
        const auto* number = dynamic_cast<const NumberItem*>(&other);
        if (number == nullptr) return QTableWidgetItem::operator<(other);
        const bool missing = std::isnan(value_), otherMissing = std::isnan(number->value_);
        // A table in descending order is sorted by the reversed comparison.
        if (missing || otherMissing) return missing != otherMissing && otherMissing != isDescending();
        return value_ < number->value_;
    }

  private:
    double value_;
    bool isDescending() const {
        const auto* table = tableWidget();
        return table != nullptr && table->horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder;
    }
};

}  // namespace ionscape::gui
