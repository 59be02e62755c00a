// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the scene in step with a run and its time slider.
#include "gui/views/structure_view.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QSettings>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/views/text.h"
#include "gui/views/view_tools.h"
#include "gui/widgets/element_legend.h"
#include "gui/widgets/playback_bar.h"
#include "gui/widgets/scene_widget.h"
#include "gui/widgets/theme.h"

namespace ionscape::gui {
namespace {

/// Trails longer than this are thinned by two: more points than the eye can follow, and slow to draw in
/// software.
constexpr int mostTrailPoints = 1200;

}  // namespace

/// Where the view stands in a run.
struct StructureView::Run {
    std::shared_ptr<RunData> data;
    QStringList texts;  ///< of the frames of what is no run
    std::uint64_t structureVersion = 0;
    int shownFrame = -1;
    int trailEnd = -1;  ///< last frame in the trail
    int trailStride = 1;
    int trailPoints = 0;
};

StructureView::StructureView(QWidget* parent)
    : QWidget(parent),
      scene_(new SceneWidget),
      toolbar_(new QToolBar),
      tools_(new ViewTools(*scene_, this)),
      legend_(new ElementLegend(scene_)),
      hint_(new QLabel(scene_)),
      status_(new QLabel),
      playback_(new PlaybackBar) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    scene_->setFocusPolicy(Qt::StrongFocus);
    scene_->setAccessibleName(tr("3D view"));
    scene_->setMinimumSize(320, 200);
    hint_->setAlignment(Qt::AlignCenter);
    hint_->setWordWrap(true);
    hint_->setAttribute(Qt::WA_TransparentForMouseEvents);
    hint_->hide();
    status_->setContentsMargins(12, 2, 12, 4);
    status_->setAccessibleName(tr("State of the view"));
    status_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(toolbar_);
    layout->addWidget(scene_, 1);
    layout->addWidget(playback_);
    layout->addWidget(status_);
    buildToolbar();
    applySwitches();
    connect(playback_, &PlaybackBar::frameChanged, this, &StructureView::showFrame);
    connect(tools_, &ViewTools::measurementChanged, this, &StructureView::updateStatus);
    connect(legend_, &ElementLegend::hiddenChanged, this, &StructureView::applySwitches);
}

StructureView::~StructureView() = default;

QAction* StructureView::addSwitch(const QString& icon, const QString& text, const QString& tip, bool on) {
    auto* action = new QAction(text, this);
    action->setObjectName(icon);
    action->setCheckable(true);
    action->setChecked(on);
    action->setToolTip(tip);
    connect(action, &QAction::toggled, this, &StructureView::applySwitches);
    toolbar_->addAction(action);
    actions_ << action;
    return action;
}

void StructureView::buildToolbar() {
    toolbar_->setIconSize({18, 18});
    toolbar_->setToolButtonStyle(Qt::ToolButtonIconOnly);
    addSwitch("atoms", tr("Atoms"), tr("Show atoms"), true);
    addSwitch("bonds", tr("Bonds"), tr("Show bonds"), true);
    addSwitch("polyhedra", tr("Polyhedra"), tr("Show MO₆ octahedra and TO₄ tetrahedra"), false);
    addSwitch("trails", tr("Trails"), tr("Show the paths of the mobile ions up to the shown time"), true);
    addSwitch("cell", tr("Cell"), tr("Show the cell"), true);
    addSwitch("framework", tr("Framework"), tr("Show the atoms other than the mobile ion"), true);
    toolbar_->addSeparator();
    const QStringList axes{"a", "b", "c"};
    for (int axis = 0; axis < 3; ++axis) {
        auto* action = new QAction(axes.at(axis), this);
        action->setToolTip(tr("Look along %1 (key %2)").arg(axes.at(axis)).arg(axis + 1));
        action->setObjectName("look-" + axes.at(axis));
        connect(action, &QAction::triggered, this, [this, axis] {
            scene_->scene().lookAlong(axis);
            scene_->requestRender();
        });
        toolbar_->addAction(action);
        actions_ << action;
    }
    auto* reset = new QAction(tr("Reset view"), this);
    reset->setObjectName("reset-view");
    reset->setToolTip(tr("Fit the whole cell into the view"));
    connect(reset, &QAction::triggered, this, [this] {
        scene_->scene().resetCamera();
        scene_->requestRender();
    });
    auto* picture = new QAction(tr("Save picture…"), this);
    picture->setObjectName("camera");
    picture->setToolTip(tr("Save the view as PNG"));
    connect(picture, &QAction::triggered, this, &StructureView::savePictureRequested);
    toolbar_->addAction(reset);
    toolbar_->addSeparator();
    toolbar_->addActions({tools_->measureAction(), tools_->viewsAction(), picture});
    if (auto* button = qobject_cast<QToolButton*>(toolbar_->widgetForAction(tools_->viewsAction())))
        button->setPopupMode(QToolButton::InstantPopup);
    actions_ << reset << tools_->measureAction() << tools_->viewsAction() << picture;
    updateIcons();
}

void StructureView::applySwitches() {
    const auto on = [this](const char* name) { return findChild<QAction*>(name)->isChecked(); };
    if (actions_.size() < 6) return;
    scene::SceneOptions options = scene_->scene().options();
    options.atoms = on("atoms");
    options.bonds = on("bonds");
    options.polyhedra = on("polyhedra");
    options.trails = on("trails");
    options.cell = on("cell");
    options.framework = on("framework");
    options.hidden = legend_->hidden();
    options.darkBackground = isDark(palette());
    scene_->scene().setOptions(options);
    scene_->requestRender();
}

void StructureView::setSceneStructure(const crystal::Structure& structure) {
    shown_ = structure;
    tools_->forgetMeasurement();
    scene_->scene().setStructure(structure);
    legend_->setElements(scene_->scene().elements());
    placeOverlays();
    scene_->requestRender();
}

void StructureView::showStructure(const crystal::Structure& structure, const QString& caption) {
    run_.reset();
    caption_ = caption;
    playback_->setFrameCount(0);
    playback_->setTimeText({});
    setSceneStructure(structure);
    updateStatus();
}

void StructureView::showRun(std::shared_ptr<RunData> runData, const QString& caption) {
    run_ = std::make_unique<Run>();
    run_->data = std::move(runData);
    caption_ = caption;
    playback_->setFrameCount(0);
    playback_->setTimeText({});
    refresh();
}

void StructureView::showImages(const std::vector<crystal::Structure>& images, const QStringList& texts,
                               const QString& caption) {
    if (images.empty()) return;
    auto band = std::make_shared<RunData>();
    band->setStructure(images.front());
    for (std::size_t i = 0; i < images.size(); ++i) {
        trajectory::Frame frame;
        frame.step = static_cast<std::int64_t>(i);
        frame.lattice = images[i].lattice;
        frame.positions = images[i].positions;
        band->append(frame);
    }
    run_ = std::make_unique<Run>();
    run_->data = std::move(band);
    run_->texts = texts;
    caption_ = caption;
    playback_->setFrameCount(0);
    refresh();
}

void StructureView::refresh() {
    if (!run_) return;
    const std::uint64_t version = run_->data->structureVersion();
    if (version != run_->structureVersion) {
        run_->structureVersion = version;
        run_->shownFrame = run_->trailEnd = -1;
        run_->trailPoints = 0;
        setSceneStructure(run_->data->structure());
    }
    const int frames = static_cast<int>(run_->data->frameCount());
    playback_->setFrameCount(frames);
    if (frames > 0 && run_->shownFrame != playback_->frame()) showFrame(playback_->frame());
    updateStatus();
}

void StructureView::showFrame(int index) {
    if (!run_ || index >= static_cast<int>(run_->data->frameCount()) || index == run_->shownFrame) return;
    const auto frame = run_->data->frame(static_cast<std::size_t>(index));
    if (frame->positions.cols() != shown_.positions.cols()) return;
    run_->shownFrame = index;
    shown_.positions = frame->positions;
    scene_->scene().setPositions(frame->positions);
    extendTrail(index);
    scene_->requestRender();
    const auto latest = run_->data->latest();
    if (!run_->texts.isEmpty())
        playback_->setTimeText(run_->texts.value(index));
    else
        playback_->setTimeText(tr("%1 / %2 ps")
                                   .arg(QLocale().toString(frame->timeFs / 1000.0, 'f', 2),
                                        QLocale().toString(latest->timeFs / 1000.0, 'f', 2)));
    updateStatus();
}

void StructureView::extendTrail(int index) {
    if (index < run_->trailEnd || run_->trailPoints > mostTrailPoints) {
        if (run_->trailPoints > mostTrailPoints) run_->trailStride *= 2;
        scene_->scene().clearTrails();
        run_->trailEnd = -1;
        run_->trailPoints = 0;
    }
    const int stride = run_->trailStride;
    for (int i = run_->trailEnd < 0 ? 0 : run_->trailEnd + stride; i <= index; i += stride) {
        scene_->scene().appendTrail(run_->data->frame(static_cast<std::size_t>(i))->positions);
        run_->trailEnd = i;
        ++run_->trailPoints;
    }
}

void StructureView::updateStatus() {
    QStringList parts{caption_};
    if (run_ && run_->shownFrame >= 0 && !run_->texts.isEmpty()) {
        parts << run_->texts.value(run_->shownFrame);
    } else if (run_ && run_->shownFrame >= 0) {
        const auto frame = run_->data->frame(static_cast<std::size_t>(run_->shownFrame));
        parts << tr("step %1").arg(frame->step)
              << tr("%1 ps").arg(QLocale().toString(frame->timeFs / 1000.0, 'f', 2))
              << tr("%1 K").arg(QLocale().toString(frame->temperature, 'f', 0));
    } else if (run_) {
        const RelaxSeries relaxation = run_->data->relaxation();
        if (relaxation.step.empty())
            parts << tr("preparing");
        else
            parts << tr("relaxing, step %1").arg(relaxation.step.back(), 0, 'f', 0)
                  << tr("largest force %1 eV/Å").arg(QLocale().toString(relaxation.maxForce.back(), 'f', 3));
    }
    if (shown_.size() > 0)
        parts << tr("%1 atoms").arg(shown_.size())
              << tr("%1 Å³").arg(QLocale().toString(shown_.lattice.volume(), 'f', 1));
    parts << tools_->measurementText();
    parts.removeAll({});
    status_->setText(parts.join(QStringLiteral("  ·  ")));
}

QString StructureView::statusText() const {
    return status_->text();
}

crystal::Structure StructureView::currentStructure() const {
    return shown_;
}

void StructureView::setHint(const QString& text) {
    hint_->setText(text);
    hint_->setVisible(!text.isEmpty());
    placeOverlays();
}

void StructureView::goToFrame(int index) {
    playback_->setFrame(index);
}

void StructureView::savePicture(const QString& path, bool transparent, int width) {
    const int height = width * scene_->height() / std::max(scene_->width(), 1);
    scene_->makeCurrent();
    scene_->scene().savePicture(path.toStdString(), width, height, transparent);
    scene_->doneCurrent();
}

QImage StructureView::paperPicture(int width) {
    QTemporaryDir folder;
    const QString file = folder.filePath("view.png");
    const auto looks = scene_->scene().options();
    auto light = looks;
    light.darkBackground = false;
    scene_->scene().setOptions(light);
    const auto restore = qScopeGuard([&] { scene_->scene().setOptions(looks); });
    savePicture(file, true, width);
    return QImage(file);
}

void StructureView::placeOverlays() {
    legend_->resize(legend_->sizeHint());
    legend_->move(scene_->width() - legend_->width() - 8, 8);
    hint_->resize(std::min(440, scene_->width() - 32),
                  hint_->heightForWidth(std::min(440, scene_->width() - 32)) + 16);
    hint_->move((scene_->width() - hint_->width()) / 2, scene_->height() - hint_->height() - 16);
    QColor background = palette().color(QPalette::Base);
    hint_->setStyleSheet(QStringLiteral("background: rgba(%1,%2,%3,215); border-radius: 6px; padding: 6px;")
                             .arg(background.red())
                             .arg(background.green())
                             .arg(background.blue()));
}

void StructureView::updateIcons() {
    for (QAction* action : actions_)
        action->setIcon(themedIcon(action->objectName(), palette()));
}

void StructureView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    updateIcons();
    applySwitches();
    placeOverlays();
}

void StructureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // The scene has its new size only after the layout has run.
    QMetaObject::invokeMethod(this, &StructureView::placeOverlays, Qt::QueuedConnection);
}

void StructureView::save(QSettings& settings) const {
    for (const QAction* action : actions_)
        if (action->isCheckable() && action != tools_->measureAction())
            settings.setValue("scene/" + action->objectName(), action->isChecked());
}

void StructureView::restore(const QSettings& settings) {
    for (QAction* action : actions_)
        if (action->isCheckable() && action != tools_->measureAction())
            action->setChecked(settings.value("scene/" + action->objectName(), action->isChecked()).toBool());
}

}  // namespace ionscape::gui
