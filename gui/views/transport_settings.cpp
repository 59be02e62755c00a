// SPDX-License-Identifier: GPL-3.0-or-later
// Two groups of fields: the analysis, and the looks of its results.
#include "gui/views/transport_settings.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QSettings>
#include <QSlider>
#include <QTimer>
#include <QVBoxLayout>

#include "gui/scene/colour_scale.h"
#include "gui/views/form_fields.h"
#include "gui/views/text.h"

namespace ionscape::gui {
namespace transport_settings_detail {

constexpr int editDelayMs = 400;
/// From the loosest surface to the densest core.
constexpr std::array<double, 3> hues{0.25, 0.58, 0.95};
constexpr std::array<double, 3> opacities{0.18, 0.38, 0.85};

QCheckBox* check(const QString& text, const char* name, const QString& tip, bool on) {
    auto* box = new QCheckBox(text);
    box->setObjectName(name);
    box->setToolTip(tip);
    box->setChecked(on);
    return box;
}

template <typename Field>
Field* named(Field* field, const char* objectName, const QString& name, const QString& suffix = {}) {
    field->setObjectName(objectName);
    field->setAccessibleName(name);
    field->setToolTip(name);
    field->setKeyboardTracking(false);
    field->setSuffix(suffix);
    return field;
}

}  // namespace transport_settings_detail

TransportSettingsPanel::TransportSettingsPanel(QWidget* parent) : QWidget(parent), delay_(new QTimer(this)) {
    delay_->setSingleShot(true);
    delay_->setInterval(transport_settings_detail::editDelayMs);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 0, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(buildLooks());
    layout->addWidget(buildAnalysis());
    connectParts();
}

QWidget* TransportSettingsPanel::buildAnalysis() {
    using namespace transport_settings_detail;
    auto* group = new QGroupBox(tr("Analysis"));
    auto* form = new QFormLayout(group);
    form->setVerticalSpacing(4);
    mobile_ = new QComboBox;
    mobile_->setObjectName("mobileElement");
    mobile_->setAccessibleName(tr("Mobile ion"));
    mobile_->addItem(QStringLiteral("Li"));
    charge_ = named(countField(-4, 4, 1), "ionCharge", tr("Charge of the mobile ion"), tr(" e"));
    skip_ = named(realField(0.0, 1e6, 0.0, 1, 1.0), "skipPs", tr("Left out at the beginning: equilibration"),
                  QStringLiteral(" ps"));
    drift_ = check(tr("remove drift of the framework"), "removeDrift",
                   tr("Subtracts the mass-weighted displacement of all other atoms"), true);
    resolution_ = named(realField(0.1, 1.0, TransportSettings{}.resolution, 2, 0.05), "gridSpacing",
                        tr("Largest distance between grid points of the density"), QStringLiteral(" Å"));
    smoothing_ = named(realField(0.0, 1.5, TransportSettings{}.smoothing, 2, 0.05), "smoothing",
                       tr("Standard deviation of the Gaussian that the density is smoothed with"),
                       QStringLiteral(" Å"));
    prominence_ =
        named(realField(0.0, 10.0, TransportSettings{}.prominence, 1, 0.5), "prominence",
              tr("How deep the valley between two peaks must be so that they are two sites"), tr(" kT"));
    auto* ion = new QHBoxLayout;
    ion->setSpacing(4);
    ion->addWidget(mobile_, 1);
    ion->addWidget(charge_);
    form->addRow(tr("Mobile ion"), ion);
    form->addRow(tr("Skip"), skip_);
    form->addRow(QString(), drift_);
    form->addRow(tr("Grid"), resolution_);
    form->addRow(tr("Smoothing"), smoothing_);
    form->addRow(tr("Site depth"), prominence_);
    return group;
}

QWidget* TransportSettingsPanel::buildLevels() {
    using namespace transport_settings_detail;
    auto* widget = new QWidget;
    auto* grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    const QStringList tips{tr("Surface that first encloses 95 % of the ions"),
                           tr("Surface that first encloses 75 % of the ions"),
                           tr("Surface that first encloses 40 % of the ions")};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto number = static_cast<int>(i);
        levelShown_[i] =
            check(QString(), qPrintable(QStringLiteral("showLevel%1").arg(i)), tips.at(number), true);
        levelShown_[i]->setAccessibleName(tr("Surface %1").arg(number + 1));
        level_[i] =
            named(realField(1e-6, 100.0, 0.01, 5, 0.001), qPrintable(QStringLiteral("level%1").arg(i)),
                  tr("Density of surface %1").arg(number + 1), QStringLiteral(" Å⁻³"));
        level_[i]->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        auto* swatch = new QLabel;
        const auto rgb = scene::viridisColour(hues[i]);
        swatch->setFixedSize(12, 12);
        swatch->setStyleSheet(QStringLiteral("background: %1; border-radius: 2px;")
                                  .arg(QColor::fromRgbF(float(rgb[0]), float(rgb[1]), float(rgb[2])).name()));
        grid->addWidget(levelShown_[i], number, 0);
        grid->addWidget(swatch, number, 1);
        grid->addWidget(level_[i], number, 2);
    }
    grid->setColumnStretch(2, 1);
    return widget;
}

QWidget* TransportSettingsPanel::buildLooks() {
    using namespace transport_settings_detail;
    auto* group = new QGroupBox(tr("In 3D"));
    auto* column = new QVBoxLayout(group);
    column->setSpacing(4);
    density_ = check(tr("Density"), "showDensity", tr("Surfaces of equal density of the mobile ion"), true);
    volume_ = check(
        tr("Fog"), "showVolume",
        tr("The density as a fog in the colour of its logarithm, clear below the loosest surface"), false);
    sites_ = check(tr("Sites"), "showSites", tr("Spheres as large as their occupancy"), true);
    jumps_ = check(tr("Jumps"), "showJumps", tr("Arrows as thick as their rate"), false);
    paths_ = check(tr("Paths"), "showPaths", tr("Easiest endless paths, coloured by free energy"), true);
    labels_ = check(tr("Names"), "showLabels", tr("Names of the sites"), false);
    slice_ =
        check(tr("Slice"), "showSlice", tr("A plane through the density, coloured by its logarithm"), false);
    auto* grid = new QGridLayout;
    grid->addWidget(density_, 0, 0);
    grid->addWidget(volume_, 0, 1);
    grid->addWidget(slice_, 0, 2);
    grid->addWidget(sites_, 1, 0);
    grid->addWidget(labels_, 1, 1);
    grid->addWidget(jumps_, 2, 0);
    grid->addWidget(paths_, 2, 1);
    column->addLayout(grid);
    column->addWidget(buildLevels());
    sliceAxis_ = new QComboBox;
    sliceAxis_->addItems({QStringLiteral("⊥ a"), QStringLiteral("⊥ b"), QStringLiteral("⊥ c")});
    sliceAxis_->setCurrentIndex(2);
    sliceAxis_->setAccessibleName(tr("Axis across the slice"));
    slicePosition_ = new QSlider(Qt::Horizontal);
    slicePosition_->setObjectName("slicePosition");
    slicePosition_->setRange(0, 100);
    slicePosition_->setValue(50);
    slicePosition_->setAccessibleName(tr("Position of the slice"));
    auto* sliceRow = new QHBoxLayout;
    sliceRow->addWidget(sliceAxis_);
    sliceRow->addWidget(slicePosition_, 1);
    column->addLayout(sliceRow);
    auto* cells = new QHBoxLayout;
    cells->addWidget(new QLabel(tr("Cells")));
    for (std::size_t i = 0; i < 3; ++i) {
        const QString name = tr("Copies of the cell along %1").arg(QChar('a' + static_cast<int>(i)));
        cells_[i] = named(countField(1, 4, 1), qPrintable(QStringLiteral("cells%1").arg(i)), name);
        cells->addWidget(cells_[i], 1);
    }
    column->addLayout(cells);
    return group;
}

void TransportSettingsPanel::connectParts() {
    connect(delay_, &QTimer::timeout, this, &TransportSettingsPanel::settingsChanged);
    const auto later = [this] { delay_->start(); };
    connect(mobile_, &QComboBox::currentIndexChanged, this, later);
    connect(charge_, &QSpinBox::valueChanged, this, later);
    for (QDoubleSpinBox* field : {skip_, resolution_, smoothing_, prominence_})
        connect(field, &QDoubleSpinBox::valueChanged, this, later);
    connect(drift_, &QCheckBox::toggled, this, later);
    for (QCheckBox* box : {density_, volume_, slice_, sites_, jumps_, paths_, labels_, levelShown_[0],
                           levelShown_[1], levelShown_[2]})
        connect(box, &QCheckBox::toggled, this, &TransportSettingsPanel::looksChanged);
    for (std::size_t i = 0; i < 3; ++i) {
        connect(level_[i], &QDoubleSpinBox::valueChanged, this, [this, i] {
            levelTyped_[i] = true;
            emit looksChanged();
        });
        connect(cells_[i], &QSpinBox::valueChanged, this, &TransportSettingsPanel::looksChanged);
    }
    connect(sliceAxis_, &QComboBox::currentIndexChanged, this, &TransportSettingsPanel::looksChanged);
    connect(slicePosition_, &QSlider::valueChanged, this, &TransportSettingsPanel::looksChanged);
}

void TransportSettingsPanel::setElements(const std::vector<crystal::Element>& elements,
                                         crystal::Element mobile) {
    const QSignalBlocker quiet(mobile_);
    mobile_->clear();
    for (const auto element : elements)
        mobile_->addItem(symbolText(element));
    mobile_->setCurrentText(symbolText(mobile));
    levelTyped_ = {};
}

TransportSettings TransportSettingsPanel::settings() const {
    TransportSettings settings;
    settings.mobile = crystal::Element::fromSymbol(mobile_->currentText().toStdString());
    settings.charge = charge_->value();
    settings.skipPs = skip_->value();
    settings.removeDrift = drift_->isChecked();
    settings.resolution = resolution_->value();
    settings.smoothing = smoothing_->value();
    settings.prominence = prominence_->value();
    return settings;
}

void TransportSettingsPanel::offerLevels(const std::array<double, 3>& levels) {
    for (std::size_t i = 0; i < 3; ++i) {
        if (levelTyped_[i]) continue;
        const QSignalBlocker quiet(level_[i]);
        level_[i]->setValue(levels[i]);
    }
}

scene::PathwayOptions TransportSettingsPanel::looks(bool dark) const {
    using namespace transport_settings_detail;
    scene::PathwayOptions looks;
    looks.density = density_->isChecked();
    looks.volume = volume_->isChecked();
    looks.sites = sites_->isChecked();
    looks.jumps = jumps_->isChecked();
    looks.paths = paths_->isChecked();
    looks.labels = labels_->isChecked();
    for (std::size_t i = 0; i < 3; ++i) {
        if (!levelShown_[i]->isChecked()) continue;
        // Dark colours of the map vanish on a dark ground.
        const auto colour = scene::mixed(scene::viridisColour(hues[i]), {1.0, 1.0, 1.0}, dark ? 0.22 : 0.0);
        looks.levels.push_back({level_[i]->value(), colour, opacities[i]});
    }
    if (slice_->isChecked())
        looks.slice = scene::DensitySlice{sliceAxis_->currentIndex(), slicePosition_->value() / 100.0};
    return looks;
}

std::array<int, 3> TransportSettingsPanel::cells() const {
    return {cells_[0]->value(), cells_[1]->value(), cells_[2]->value()};
}

void TransportSettingsPanel::save(QSettings& settings) const {
    for (const auto* box : findChildren<QCheckBox*>())
        settings.setValue("transport/" + box->objectName(), box->isChecked());
    for (const auto* field : {resolution_, smoothing_, prominence_})
        settings.setValue("transport/" + field->objectName(), field->value());
}

void TransportSettingsPanel::restore(const QSettings& settings) {
    for (auto* box : findChildren<QCheckBox*>())
        box->setChecked(settings.value("transport/" + box->objectName(), box->isChecked()).toBool());
    for (auto* field : {resolution_, smoothing_, prominence_})
        field->setValue(settings.value("transport/" + field->objectName(), field->value()).toDouble());
}

}  // namespace ionscape::gui
