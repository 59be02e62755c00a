// SPDX-License-Identifier: GPL-3.0-or-later
// Cards in a scroll area.
#include "gui/views/jobs_panel.h"

#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QProgressBar>
#include <QScrollArea>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/views/text.h"
#include "gui/widgets/chip.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

Chip::Tone tone(JobState state) {
    switch (state) {
        case JobState::Relaxing:
        case JobState::Running:
            return Chip::Tone::Accent;
        case JobState::Completed:
            return Chip::Tone::Good;
        case JobState::Failed:
            return Chip::Tone::Bad;
        case JobState::Cancelled:
        case JobState::Stopped:
            return Chip::Tone::Warning;
        case JobState::Queued:
        case JobState::Opened:
            return Chip::Tone::Neutral;
    }
    return Chip::Tone::Neutral;
}

QToolButton* iconButton(const QString& tip) {
    auto* button = new QToolButton;
    button->setAutoRaise(true);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    return button;
}

}  // namespace

QString stateText(JobState state) {
    switch (state) {
        case JobState::Queued:
            return JobsPanel::tr("Queued");
        case JobState::Relaxing:
            return JobsPanel::tr("Relaxing");
        case JobState::Running:
            return JobsPanel::tr("Running");
        case JobState::Completed:
            return JobsPanel::tr("Completed");
        case JobState::Cancelled:
            return JobsPanel::tr("Cancelled");
        case JobState::Stopped:
            return JobsPanel::tr("Stopped");
        case JobState::Failed:
            return JobsPanel::tr("Failed");
        case JobState::Opened:
            return JobsPanel::tr("Opened");
    }
    return {};
}

JobCard::JobCard(int id, QWidget* parent)
    : QFrame(parent),
      id_(id),
      title_(new QLabel),
      detail_(new QLabel),
      state_(new Chip),
      progress_(new QProgressBar),
      cancel_(iconButton(tr("Stop this run; what was computed is kept"))),
      reveal_(iconButton(tr("Show the file in its folder"))) {
    setProperty("card", true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 8);
    layout->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->setSpacing(4);
    title_->setProperty("role", "heading");
    title_->setMinimumWidth(80);
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    top->addWidget(title_, 1);
    top->addWidget(state_);
    top->addWidget(cancel_);
    top->addWidget(reveal_);
    layout->addLayout(top);
    progress_->setTextVisible(false);
    progress_->setFixedHeight(6);
    layout->addWidget(progress_);
    detail_->setProperty("role", "muted");
    detail_->setWordWrap(true);
    layout->addWidget(detail_);
    connect(cancel_, &QToolButton::clicked, this, [this] { emit cancelRequested(id_); });
    connect(reveal_, &QToolButton::clicked, this, [this] { emit revealRequested(id_); });
    updateIcons();
}

void JobCard::setRecord(const JobRecord& record) {
    title_->setText(record.title);
    const QString path = QString::fromStdString(record.spec.output.string());
    title_->setToolTip(path);
    state_->set(record.stopping ? tr("Stopping") : stateText(record.state), tone(record.state));
    setAccessibleName(record.title + ", " + stateText(record.state));
    cancel_->setVisible(!isFinal(record.state));
    cancel_->setEnabled(!record.stopping);
    reveal_->setVisible(isFinal(record.state));
    updateProgress(record);
}

void JobCard::updateProgress(const JobRecord& record) {
    const bool active = record.state == JobState::Relaxing || record.state == JobState::Running;
    progress_->setVisible(active);
    QStringList parts;
    if (active) {
        // A relaxation ends when the forces are small: its step limit says nothing about the time left.
        const bool known = record.state == JobState::Running && record.total > 0;
        progress_->setRange(0, known ? 1000 : 0);
        if (known) {
            const double fraction = static_cast<double>(record.done) / static_cast<double>(record.total);
            progress_->setValue(static_cast<int>(1000.0 * fraction));
            parts << tr("%1 %").arg(static_cast<int>(100.0 * fraction));
            if (record.secondsLeft) parts << tr("%1 left").arg(durationText(*record.secondsLeft));
        } else if (record.done > 0) {
            parts << tr("step %1").arg(record.done);
        }
        const RelaxSeries relaxation = known ? RelaxSeries{} : record.data->relaxation();
        if (!relaxation.maxForce.empty())
            parts << tr("largest force %1 eV/Å").arg(QLocale().toString(relaxation.maxForce.back(), 'f', 3));
        if (record.spread) {
            parts << tr("force spread %1 eV/Å").arg(QLocale().toString(*record.spread, 'f', 2));
        }
    } else if (record.state == JobState::Failed || record.state == JobState::Stopped) {
        parts << record.message;
    } else if (record.state == JobState::Queued) {
        parts << tr("waits for the run before it");
    } else if (const auto latest = record.data ? record.data->latest() : nullptr) {
        parts << tr("%1 ps simulated").arg(numberText(latest->timeFs / 1000.0, 4));
    }
    detail_->setText(parts.join(QStringLiteral(" · ")));
    detail_->setVisible(!parts.isEmpty());
}

void JobCard::setSelected(bool selected) {
    if (property("selected").toBool() == selected) return;
    setProperty("selected", selected);
    style()->unpolish(this);
    style()->polish(this);
}

void JobCard::mousePressEvent(QMouseEvent*) {
    emit selected(id_);
}

void JobCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit selected(id_);
    else
        QFrame::keyPressEvent(event);
}

void JobCard::updateIcons() {
    cancel_->setIcon(themedIcon("stop", palette()));
    reveal_->setIcon(themedIcon("folder", palette()));
}

void JobCard::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) updateIcons();
}

JobsPanel::JobsPanel(JobController& controller, QWidget* parent)
    : QWidget(parent), controller_(controller), list_(new QVBoxLayout), hint_(new QLabel) {
    setAccessibleName(tr("Runs"));
    auto* content = new QWidget;
    content->setLayout(list_);
    list_->setContentsMargins(8, 8, 8, 8);
    list_->setSpacing(8);
    list_->addWidget(hint_);
    list_->addStretch();
    hint_->setText(tr("No run yet. Choose a composition and press Run."));
    hint_->setProperty("role", "muted");
    hint_->setWordWrap(true);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    connect(&controller_, &JobController::added, this, &JobsPanel::addCard);
    connect(&controller_, &JobController::changed, this, [this](int id) {
        const auto card = cards_.find(id);
        if (card != cards_.end()) card->second->setRecord(*controller_.find(id));
    });
}

void JobsPanel::addCard(int id) {
    hint_->hide();
    auto* card = new JobCard(id);
    card->setRecord(*controller_.find(id));
    cards_[id] = card;
    list_->insertWidget(0, card);
    connect(card, &JobCard::selected, this, [this](int chosen) {
        select(chosen);
        emit selected(chosen);
    });
    connect(card, &JobCard::cancelRequested, &controller_, &JobController::cancel);
    connect(card, &JobCard::revealRequested, this, &JobsPanel::revealRequested);
}

void JobsPanel::select(int id) {
    selected_ = id;
    for (const auto& [other, card] : cards_)
        card->setSelected(other == id);
}

}  // namespace ionscape::gui
