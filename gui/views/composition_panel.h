// SPDX-License-Identifier: GPL-3.0-or-later
// The Compose stage: which elements share the mixed site, and what follows from it.
#pragma once

#include <QWidget>
#include <vector>

#include "core/composition/composition.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSettings;

namespace ionscape::gui {

class CompositionSummary;
class PeriodicPicker;
class SpeciesList;

class CompositionPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit CompositionPanel(const composition::Host& host, QWidget* parent = nullptr);

    const composition::Host& host() const { return host_; }
    const composition::Composition& composition() const { return composition_; }
    void setComposition(const composition::Composition& composition);
    /// Returns whether the text was understood; the reason otherwise stands below the edit.
    bool setFormula(const QString& text);
    bool isValid() const;
    /// Why it is not valid; empty otherwise.
    QString problem() const;
    /// Plain text for a run's specification.
    std::string formula() const;
    /// Name of the preset that equals the composition; empty for none.
    QString presetName() const;

    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void compositionChanged();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    struct Preset {
        QString name, title;
        composition::Composition composition;
    };
    composition::Host host_;
    composition::Composition composition_;
    int sites_ = 16;
    std::vector<Preset> presets_;
    QComboBox* presetBox_;
    QLineEdit* formulaEdit_;
    QLabel* formulaError_;
    PeriodicPicker* picker_;
    SpeciesList* list_;
    CompositionSummary* summary_;

    void fillPresets();
    void addOne(crystal::Element element);
    void setCount(crystal::Element element, int count);
    int countOf(crystal::Element element) const;
    void updateViews();
};

}  // namespace ionscape::gui
