// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/hop_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "gui/views/form_fields.h"
#include "gui/views/task_strip.h"

namespace ionscape::gui {

HopCard::HopCard(HopJob& job, QWidget* parent)
    : QFrame(parent),
      job_(job),
      choice_(new QLabel),
      result_(new QLabel),
      images_(countField(1, 21, dynamics::NebSettings{}.images)),
      find_(new QPushButton(tr("Find barrier (NEB)"))),
      show_(new QToolButton),
      save_(new QToolButton) {
    setProperty("card", true);
    setAccessibleName(tr("Barrier of a hop"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    auto* title = new QLabel(tr("Barrier of a hop"));
    title->setProperty("role", "heading");
    choice_->setWordWrap(true);
    choice_->setProperty("role", "muted");
    choice_->setObjectName("hopChoice");
    result_->setWordWrap(true);
    result_->setObjectName("hopResult");
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    images_->setObjectName("hopImages");
    images_->setAccessibleName(tr("Images between the ends"));
    images_->setToolTip(tr("Images between the ends"));
    find_->setObjectName("findBarrier");
    show_->setText(tr("Show path"));
    show_->setObjectName("showHop");
    show_->setCheckable(true);
    show_->setToolTip(tr("The images of the path in the 3D view, to be played like a run"));
    save_->setText(tr("Save…"));
    save_->setObjectName("saveHop");
    save_->setToolTip(tr("All images (extended XYZ) or the energy profile (CSV)"));
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(find_, 1);
    row->addWidget(images_);
    auto* after = new QHBoxLayout;
    after->setSpacing(4);
    after->addWidget(show_, 1);
    after->addWidget(save_);
    for (auto* button : {show_, save_})
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(title);
    layout->addWidget(choice_);
    layout->addLayout(row);
    layout->addWidget(new TaskStrip(job_.task()));
    layout->addWidget(result_);
    layout->addLayout(after);
    connect(find_, &QPushButton::clicked, this, &HopCard::findRequested);
    connect(show_, &QToolButton::toggled, this, &HopCard::showPathRequested);
    connect(save_, &QToolButton::clicked, this, &HopCard::saveRequested);
    connect(&job_, &HopJob::changed, this, &HopCard::refresh);
    connect(&job_.task(), &BackgroundTask::started, this, &HopCard::refresh);
    setPotential({});
    setChoice({}, false);
}

void HopCard::setPotential(const QString& name) {
    find_->setToolTip(
        tr("Relaxes both ends at the cell of the run, then the path between them (nudged elastic band with a "
           "climbing image); potential: %1")
            .arg(name.isEmpty() ? tr("the embedded one") : name));
}

void HopCard::setChoice(const QString& text, bool ready) {
    ready_ = ready;
    choice_->setText(
        text.isEmpty()
            ? tr("Select a jump (in the table, the graph or 3D), or click an ion or a site and then "
                 "the site it should hop to.")
            : text);
    refresh();
}

int HopCard::images() const {
    return images_->value();
}

bool HopCard::isPathShown() const {
    return show_->isChecked();
}

void HopCard::setPathShown(bool on) {
    const QSignalBlocker quiet(show_);
    show_->setChecked(on);
}

QString HopCard::resultText() const {
    return result_->text();
}

void HopCard::refresh() {
    const bool busy = job_.task().isBusy();
    find_->setEnabled(ready_ && !busy);
    const HopPtr result = job_.result();
    show_->setVisible(result != nullptr);
    save_->setVisible(result != nullptr);
    result_->setVisible(result != nullptr);
    if (!result) return;
    const QLocale locale;
    const auto& path = result->path;
    QString text = tr("%1: %2 eV forth, %3 eV back")
                       .arg(result->title, locale.toString(path.forwardBarrier(), 'f', 3),
                            locale.toString(path.backwardBarrier(), 'f', 3));
    if (!result->finished)
        text += tr(" (step %1, largest force %2 eV/Å)")
                    .arg(path.steps)
                    .arg(locale.toString(path.maxForce, 'f', 2));
    else if (!path.converged)
        text += tr(" (not converged: %1 eV/Å are left)").arg(locale.toString(path.maxForce, 'f', 2));
    constexpr double noSaddle = 0.005;  // eV
    if (result->finished && std::min(path.forwardBarrier(), path.backwardBarrier()) < noSaddle)
        text += tr(" (no saddle on the way: one end is hardly a state of its own at rest)");
    result_->setText(text);
    result_->setToolTip(tr("Potential: %1. From the frame at %2 ps; next ion %3 Å from the target. %4")
                            .arg(result->potential, locale.toString(1e-3 * result->ends.timeFs, 'f', 2),
                                 std::isfinite(result->ends.clearance)
                                     ? locale.toString(result->ends.clearance, 'f', 1)
                                     : QStringLiteral("—"),
                                 path.climbed ? tr("The highest image climbed to the saddle.")
                                              : tr("No image has climbed: the saddle lies between images.")));
}

}  // namespace ionscape::gui
