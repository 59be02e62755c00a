// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons, slider and the timer that plays.
#include "gui/widgets/playback_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QTimer>
#include <QToolButton>
#include <algorithm>

#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {
constexpr int playIntervalMs = 40;
/// A whole run plays in about this time, whatever its number of frames.
constexpr int playSeconds = 20;

QToolButton* makeButton(const QString& tip, QHBoxLayout* layout) {
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    layout->addWidget(button);
    return button;
}
}  // namespace

PlaybackBar::PlaybackBar(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal)), time_(new QLabel), timer_(new QTimer(this)) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->setSpacing(4);
    start_ = makeButton(tr("First frame (Home)"), layout);
    play_ = makeButton(tr("Play or pause (Space)"), layout);
    end_ = makeButton(tr("Last frame (End): follows a run in progress"), layout);
    slider_->setAccessibleName(tr("Time in the run"));
    layout->addWidget(slider_, 1);
    time_->setMinimumWidth(fontMetrics().horizontalAdvance("000.00 / 000.00 ps "));
    time_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(time_);
    timer_->setInterval(playIntervalMs);
    connect(timer_, &QTimer::timeout, this, &PlaybackBar::advance);
    connect(start_, &QToolButton::clicked, this, &PlaybackBar::toStart);
    connect(play_, &QToolButton::clicked, this, &PlaybackBar::togglePlay);
    connect(end_, &QToolButton::clicked, this, &PlaybackBar::toEnd);
    connect(slider_, &QSlider::valueChanged, this, &PlaybackBar::frameChanged);
    connect(slider_, &QSlider::sliderPressed, this, &PlaybackBar::stop);
    setFrameCount(0);
    updateIcons();
}

void PlaybackBar::setFrameCount(int frames) {
    const bool follow = isAtEnd() && !isPlaying() && !slider_->isSliderDown();
    setEnabled(frames > 1);
    if (frames <= 1) stop();
    slider_->setMaximum(std::max(frames - 1, 0));
    slider_->setPageStep(std::max(frames / 20, 1));
    if (follow) slider_->setValue(slider_->maximum());
}

int PlaybackBar::frameCount() const {
    return slider_->maximum() + 1;
}
int PlaybackBar::frame() const {
    return slider_->value();
}
bool PlaybackBar::isAtEnd() const {
    return slider_->value() == slider_->maximum();
}
bool PlaybackBar::isPlaying() const {
    return timer_->isActive();
}
void PlaybackBar::setTimeText(const QString& text) {
    time_->setText(text);
}
void PlaybackBar::setFrame(int frame) {
    slider_->setValue(frame);
}

void PlaybackBar::togglePlay() {
    if (!isEnabled()) return;
    if (isPlaying()) {
        stop();
        return;
    }
    if (isAtEnd()) slider_->setValue(0);
    timer_->start();
    updateIcons();
}

void PlaybackBar::toStart() {
    stop();
    slider_->setValue(0);
}

void PlaybackBar::toEnd() {
    stop();
    slider_->setValue(slider_->maximum());
}

void PlaybackBar::stop() {
    timer_->stop();
    updateIcons();
}

void PlaybackBar::advance() {
    const int step = std::max(1, frameCount() * playIntervalMs / (playSeconds * 1000));
    slider_->setValue(slider_->value() + step);
    if (isAtEnd()) stop();
}

void PlaybackBar::updateIcons() {
    start_->setIcon(themedIcon("to-start", palette()));
    end_->setIcon(themedIcon("to-end", palette()));
    play_->setIcon(themedIcon(isPlaying() ? "pause" : "play", palette()));
}

void PlaybackBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updateIcons();
}

}  // namespace ionscape::gui
