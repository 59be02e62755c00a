// SPDX-License-Identifier: GPL-3.0-or-later
// Bar, text and stop button of a task.
#include "gui/views/task_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include "gui/views/text.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {

QString stageText(const QString& stage) {
    if (stage == "read") return TaskStrip::tr("Reading");
    if (stage == "train") return TaskStrip::tr("Training");
    if (stage == "validate") return TaskStrip::tr("Validating");
    if (stage == "test") return TaskStrip::tr("Testing");
    if (stage == "evaluate") return TaskStrip::tr("Evaluating");
    if (stage == "measure start") return TaskStrip::tr("Measuring the start model");
    if (stage == "fit references") return TaskStrip::tr("Fitting reference energies");
    if (stage == "ensemble") return TaskStrip::tr("Relaxing");
    if (stage == "hull") return TaskStrip::tr("Line");
    if (stage == "swaps") return TaskStrip::tr("Annealing");
    if (stage == "ewald") return TaskStrip::tr("Ranking");
    if (stage == "motion") return TaskStrip::tr("Displacements");
    if (stage == "structure") return TaskStrip::tr("Distances");
    if (stage == "density") return TaskStrip::tr("Density");
    if (stage == "sites") return TaskStrip::tr("Finding sites");
    if (stage == "jumps") return TaskStrip::tr("Following jumps");
    if (stage == "relax") return TaskStrip::tr("Relaxing the ends");
    if (stage == "neb") return TaskStrip::tr("Relaxing the path");
    if (stage == "ladder") return TaskStrip::tr("Ladder");
    if (stage == "campaign") return TaskStrip::tr("Simulating");
    if (stage == "candidates") return TaskStrip::tr("Listing candidates");
    if (stage == "features") return TaskStrip::tr("Measuring cells");
    if (stage == "paths") return TaskStrip::tr("Finding paths");
    return stage;
}

TaskStrip::TaskStrip(BackgroundTask& task, QWidget* parent)
    : QWidget(parent), task_(task), bar_(new QProgressBar), text_(new QLabel), stop_(new QToolButton) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setMinimumWidth(120);
    text_->setProperty("role", "muted");
    text_->setMinimumWidth(1);
    text_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    stop_->setAutoRaise(true);
    stop_->setToolTip(tr("Stop"));
    stop_->setAccessibleName(tr("Stop"));
    layout->addWidget(bar_, 1);
    layout->addWidget(text_, 2);
    layout->addWidget(stop_);
    stop_->setIcon(themedIcon("stop", palette()));
    connect(stop_, &QToolButton::clicked, this, [this] {
        stop_->setEnabled(false);
        task_.cancel();
    });
    connect(&task_, &BackgroundTask::started, this, [this] {
        bar_->setRange(0, 0);
        text_->clear();
        stop_->setEnabled(true);
        setVisible(true);
    });
    connect(&task_, &BackgroundTask::progressed, this, &TaskStrip::show);
    connect(&task_, &BackgroundTask::ended, this, [this] { setVisible(false); });
    setVisible(task_.isBusy());
}

void TaskStrip::show(const TaskProgress& progress) {
    QStringList parts{stageText(progress.stage)};
    bar_->setRange(0, progress.total > 0 ? 1000 : 0);
    if (progress.total > 0) {
        const double fraction = static_cast<double>(progress.done) / static_cast<double>(progress.total);
        bar_->setValue(static_cast<int>(1000.0 * fraction));
        parts << tr("%1 %").arg(static_cast<int>(100.0 * fraction));
    }
    if (progress.secondsLeft) parts << tr("%1 left").arg(durationText(*progress.secondsLeft));
    if (!progress.detail.isEmpty()) parts << progress.detail;
    text_->setText(parts.join(QStringLiteral(" · ")));
    text_->setToolTip(text_->text());
}

void TaskStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) stop_->setIcon(themedIcon("stop", palette()));
}

}  // namespace ionscape::gui
