// SPDX-License-Identifier: GPL-3.0-or-later
// Left panel of the Transport stage: what is analysed and what of it is drawn in 3D.
#pragma once

#include <QWidget>
#include <array>

#include "gui/jobs/transport_result.h"
#include "gui/scene/pathways.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QSettings;
class QSlider;
class QSpinBox;
class QTimer;

namespace ionscape::gui {

class TransportSettingsPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit TransportSettingsPanel(QWidget* parent = nullptr);

    /// Elements to choose from, and the one that is meant to move.
    void setElements(const std::vector<crystal::Element>& elements, crystal::Element mobile);
    TransportSettings settings() const;
    /// Surfaces that enclose a usual part of the ions; values the user has typed are kept.
    void offerLevels(const std::array<double, 3>& levels);
    scene::PathwayOptions looks(bool dark) const;
    std::array<int, 3> cells() const;
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    /// Something that needs a new analysis, a moment after the last edit.
    void settingsChanged();
    void looksChanged();

  private:
    QComboBox *mobile_, *sliceAxis_;
    QSpinBox* charge_;
    QDoubleSpinBox *skip_, *resolution_, *smoothing_, *prominence_;
    QCheckBox *drift_, *density_, *volume_, *slice_, *sites_, *jumps_, *paths_, *labels_;
    std::array<QCheckBox*, 3> levelShown_;
    std::array<QDoubleSpinBox*, 3> level_;
    std::array<bool, 3> levelTyped_{};
    std::array<QSpinBox*, 3> cells_;
    QSlider* slicePosition_;
    QTimer* delay_;
    QWidget* buildAnalysis();
    QWidget* buildLooks();
    QWidget* buildLevels();
    void connectParts();
};

}  // namespace ionscape::gui
