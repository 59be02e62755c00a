// SPDX-License-Identifier: GPL-3.0-or-later
// Slider through the frames of a run, with play and pause.
#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QTimer;
class QToolButton;

namespace ionscape::gui {

class PlaybackBar final : public QWidget {
    Q_OBJECT

  public:
    explicit PlaybackBar(QWidget* parent = nullptr);

    /// Number of frames; while the bar stands at the end it follows a growing run. Disabled below two frames.
    void setFrameCount(int frames);
    int frameCount() const;
    int frame() const;
    bool isAtEnd() const;
    bool isPlaying() const;
    void setTimeText(const QString& text);

  public slots:
    void setFrame(int frame);
    void togglePlay();
    void toStart();
    void toEnd();

  signals:
    /// The frame to show changed, by the user, by playing, or because the run grew.
    void frameChanged(int frame);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    QToolButton *start_, *play_, *end_;
    QSlider* slider_;
    QLabel* time_;
    QTimer* timer_;
    void stop();
    void advance();
    void updateIcons();
};

}  // namespace ionscape::gui
