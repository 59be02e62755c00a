// SPDX-License-Identifier: GPL-3.0-or-later
// Number fields of the forms, made in one line.
#pragma once

#include <QDoubleSpinBox>
#include <QSpinBox>

namespace ionscape::gui {

inline QDoubleSpinBox* realField(double low, double high, double value, int decimals, double step) {
    auto* field = new QDoubleSpinBox;
    field->setRange(low, high);
    field->setDecimals(decimals);
    field->setSingleStep(step);
    field->setValue(value);
    field->setAlignment(Qt::AlignRight);
    return field;
}

inline QSpinBox* countField(int low, int high, int value) {
    auto* field = new QSpinBox;
    field->setRange(low, high);
    field->setValue(value);
    field->setAlignment(Qt::AlignRight);
    return field;
}

}  // namespace ionscape::gui
