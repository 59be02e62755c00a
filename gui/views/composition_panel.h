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
class QUndoStack;

namespace ionscape::gui {

class CompositionSummary;
class FurtherSites;
class PeriodicPicker;
class SpeciesList;

class CompositionPanel final : public QWidget {
    Q_OBJECT

  public:
    explicit CompositionPanel(const composition::Host& host, QWidget* parent = nullptr);

    const composition::Host& host() const { return host_; }
    /// Begins with the first preset of the host.
    void setHost(const composition::Host& host);
    /// Hosts to choose from: ids and titles.
    void setHosts(const std::vector<std::pair<QString, QString>>& hosts);
    const composition::Composition& composition() const { return composition_; }
    /// An edit that can be undone, when there is a stack.
    void setComposition(const composition::Composition& composition);
    void setUndoStack(QUndoStack* stack) { undo_ = stack; }
    /// Returns whether the text was understood; the reason otherwise stands below the edit.
    bool setFormula(const QString& text);
    bool isValid() const;
    /// Why it is not valid; empty otherwise.
    QString problem() const;
    CompositionSummary* summary() const { return summary_; }
    /// Plain text for a run's specification.
    std::string formula() const;
    /// Name of the preset that equals the composition; empty for none.
    QString presetName() const;

    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

  signals:
    void compositionChanged();
    /// The user wants another host; empty: a new one from a CIF.
    void hostChosen(const QString& id);

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
    QUndoStack* undo_ = nullptr;
    std::vector<Preset> presets_;
    QComboBox *hostBox_, *presetBox_;
    QLabel* heading_;
    QLineEdit* formulaEdit_;
    QLabel* formulaError_;
    PeriodicPicker* picker_;
    SpeciesList* list_;
    FurtherSites* further_;
    CompositionSummary* summary_;

    void fillPresets();
    void addOne(crystal::Element element);
    void setFurther(const composition::SublatticeCounts& counts);
    void setCount(crystal::Element element, int count);
    int countOf(crystal::Element element) const;
    void apply(const composition::Composition& composition);
    void updateViews();
};

}  // namespace ionscape::gui
