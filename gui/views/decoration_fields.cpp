// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/decoration_fields.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>

#include "gui/jobs/ensemble_job.h"

namespace ionscape::gui {

namespace decoration_fields_detail {

/// A cell as built is far from relaxed: 400 to 800 steps are usual.
constexpr int mostSteps = 2000;

struct Tolerance {
    double force, stress;  // eV/Å, GPa
};
constexpr std::array<Tolerance, 3> tolerances{{{0.05, 0.1}, {0.1, 0.3}, {0.3, 1.0}}};

QString text(const char* source, int n = -1) {
    return QCoreApplication::translate("DecorationFields", source, nullptr, n);
}

QComboBox* narrow() {
    auto* field = new QComboBox;
    field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    field->setMinimumContentsLength(5);
    return field;
}

}  // namespace decoration_fields_detail

QComboBox* cellField(bool smallest) {
    using decoration_fields_detail::text;
    QComboBox* field = decoration_fields_detail::narrow();
    field->setObjectName("cellField");
    field->setAccessibleName(text(QT_TRANSLATE_NOOP("DecorationFields", "Cell")));
    field->setToolTip(text(QT_TRANSLATE_NOOP(
        "DecorationFields",
        "Which cell is decorated: the host's cell for molecular dynamics, or the most compact one of so many "
        "primitive cells. Small cells are quick, and have few arrangements.")));
    field->addItem(text(QT_TRANSLATE_NOOP("DecorationFields", "MD cell")),
                   static_cast<int>(CellChoice::MolecularDynamics));
    if (smallest)
        field->addItem(text(QT_TRANSLATE_NOOP("DecorationFields", "smallest cell")),
                       static_cast<int>(CellChoice::Smallest));
    for (const int cells : {1, 2, 3, 4, 6, 8, 12, 16}) {
        const QString item = text(QT_TRANSLATE_NOOP("DecorationFields", "%1 × primitive")).arg(cells);
        field->addItem(item, cells);
    }
    return field;
}

QComboBox* toleranceField() {
    using decoration_fields_detail::text;
    QComboBox* field = decoration_fields_detail::narrow();
    field->setObjectName("toleranceField");
    field->setAccessibleName(text(QT_TRANSLATE_NOOP("DecorationFields", "Tolerance of the relaxation")));
    field->setToolTip(text(QT_TRANSLATE_NOOP("DecorationFields",
                                             "Relaxation ends when no force is larger than this. A coarse "
                                             "one is quicker and leaves the energy too high: good for a "
                                             "first look, not for a hull.")));
    for (std::size_t i = 0; i < decoration_fields_detail::tolerances.size(); ++i)
        field->addItem(text(QT_TRANSLATE_NOOP("DecorationFields", "%1 eV/Å"))
                           .arg(QLocale().toString(decoration_fields_detail::tolerances[i].force)),
                       static_cast<int>(i));
    return field;
}

dynamics::RelaxSettings chosenTolerance(const QComboBox& field) {
    const auto& chosen =
        decoration_fields_detail::tolerances.at(static_cast<std::size_t>(field.currentData().toInt()));
    dynamics::RelaxSettings settings;
    settings.maxSteps = decoration_fields_detail::mostSteps;
    settings.forceTolerance = chosen.force;
    settings.stressToleranceGPa = chosen.stress;
    return settings;
}

QComboBox* potentialField() {
    using decoration_fields_detail::text;
    QComboBox* field = decoration_fields_detail::narrow();
    field->setObjectName("potentialField");
    field->setAccessibleName(text(QT_TRANSLATE_NOOP("DecorationFields", "Potential")));
    field->setToolTip(text(
        QT_TRANSLATE_NOOP("DecorationFields", "The potential that relaxes the cells and gives energies")));
    fillPotentials(*field, {});
    return field;
}

void fillPotentials(QComboBox& field, const std::vector<potential::ModelEntry>& models) {
    const QVariant before = field.currentData();
    field.clear();
    field.addItem(decoration_fields_detail::text(QT_TRANSLATE_NOOP("DecorationFields", "embedded potential")),
                  QString());
    for (const auto& entry : models)
        if (entry.usable())
            field.addItem(QString::fromStdString(entry.id), QString::fromStdString(entry.file.string()));
    const int index = before.isValid() ? field.findData(before) : 0;
    field.setCurrentIndex(std::max(index, 0));
}

}  // namespace ionscape::gui
