// SPDX-License-Identifier: GPL-3.0-or-later
// A short coloured label such as a state or a class.
#pragma once

#include <QLabel>

namespace ionscape::gui {

class Chip final : public QLabel {
    Q_OBJECT

  public:
    enum class Tone { Neutral, Accent, Good, Warning, Bad };
    explicit Chip(QWidget* parent = nullptr);
    void set(const QString& text, Tone tone);
    Tone tone() const { return tone_; }

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    Tone tone_ = Tone::Neutral;
};

}  // namespace ionscape::gui
