// SPDX-License-Identifier: GPL-3.0-or-later
// What follows from a composition: formula, mobile content, charge balance and configurational entropy.
#pragma once

#include <QFrame>

#include "core/composition/composition.h"

class QLabel;

namespace ionscape::gui {

class Chip;

/// Why a composition cannot be built with `sites` mixed sites; empty when it can.
QString compositionProblem(const composition::Host& host, const composition::Composition& composition,
                           int sites);

class CompositionSummary final : public QFrame {
    Q_OBJECT

  public:
    explicit CompositionSummary(QWidget* parent = nullptr);
    void setComposition(const composition::Host& host, const composition::Composition& composition,
                        int sites);
    QString problem() const { return problem_; }
    /// What a surrogate says, in rich text; empty: nothing.
    void setPrediction(const QString& text, const QString& tip);

  private:
    QLabel *formula_, *mobile_, *entropy_, *prediction_, *balance_;
    Chip* entropyClass_;
    QString problem_;
};

}  // namespace ionscape::gui
