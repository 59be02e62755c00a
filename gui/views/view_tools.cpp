// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/views/view_tools.h"

#include <QAction>
#include <QMenu>
#include <QSettings>

#include "gui/scene/measurement.h"
#include "gui/widgets/scene_widget.h"

namespace ionscape::gui {
namespace view_tools_detail {

constexpr const char* key = "scene/views";
constexpr std::size_t mostAtoms = 4;

QString toText(const scene::Viewpoint& view) {
    QStringList numbers;
    for (const Vec3& vector : {view.eye, view.centre, view.up})
        for (int axis = 0; axis < 3; ++axis)
            numbers << QString::number(vector[axis], 'g', 12);
    return numbers.join(' ');
}

std::optional<scene::Viewpoint> fromText(const QString& text) {
    const QStringList numbers = text.split(' ');
    if (numbers.size() != 9) return std::nullopt;
    std::array<double, 9> v{};
    for (int i = 0; i < 9; ++i) {
        bool good = false;
        v[static_cast<std::size_t>(i)] = numbers.at(i).toDouble(&good);
        if (!good) return std::nullopt;
    }
    return scene::Viewpoint{{v[0], v[1], v[2]}, {v[3], v[4], v[5]}, {v[6], v[7], v[8]}};
}

}  // namespace view_tools_detail

ViewTools::ViewTools(SceneWidget& scene, QObject* parent)
    : QObject(parent),
      scene_(scene),
      measure_(new QAction(tr("Measure"), this)),
      views_(new QAction(tr("Views"), this)),
      menu_(new QMenu(&scene)) {
    measure_->setObjectName("measure");
    measure_->setCheckable(true);
    measure_->setToolTip(
        tr("Measure: click two atoms for their distance, three for the angle, four for the dihedral"));
    views_->setObjectName("views");
    views_->setToolTip(tr("Views kept for later"));
    views_->setMenu(menu_);
    connect(menu_, &QMenu::aboutToShow, this, &ViewTools::fillMenu);
    connect(measure_, &QAction::toggled, this, &ViewTools::forgetMeasurement);
    connect(&scene_, &SceneWidget::picked, this, &ViewTools::take);
    fillMenu();
}

void ViewTools::forgetMeasurement() {
    picked_.clear();
    scene_.scene().setMeasurement({});
    scene_.requestRender();
    emit measurementChanged();
}

void ViewTools::take(const std::optional<scene::StructureScene::Pick>& what) {
    if (!measure_->isChecked() || !what || !what->atom) return;
    if (picked_.size() == view_tools_detail::mostAtoms) picked_.clear();
    picked_.push_back(*what);
    scene_.scene().setMeasurement(picked_);
    scene_.requestRender();
    emit measurementChanged();
}

QString ViewTools::measurementText() const {
    if (!measure_->isChecked()) return {};
    if (picked_.size() < 2) return picked_.empty() ? tr("click an atom") : tr("click a second atom");
    std::vector<Vec3> points;
    for (const auto& pick : picked_)
        points.push_back(pick.position);
    return QString::fromStdString(scene::measuredText(points));
}

int ViewTools::viewCount() const {
    return static_cast<int>(QSettings().value(view_tools_detail::key).toStringList().size());
}

void ViewTools::keepView() {
    QSettings settings;
    auto kept = settings.value(view_tools_detail::key).toStringList();
    kept << view_tools_detail::toText(scene_.scene().viewpoint());
    settings.setValue(view_tools_detail::key, kept);
}

void ViewTools::showView(int index) {
    const auto kept = QSettings().value(view_tools_detail::key).toStringList();
    if (index < 0 || index >= kept.size()) return;
    if (const auto view = view_tools_detail::fromText(kept.at(index))) scene_.scene().setViewpoint(*view);
    scene_.requestRender();
}

void ViewTools::forgetViews() {
    QSettings().remove(view_tools_detail::key);
}

void ViewTools::fillMenu() {
    menu_->clear();
    menu_->addAction(tr("Keep this view"), this, &ViewTools::keepView);
    const int count = viewCount();
    if (count > 0) menu_->addSeparator();
    for (int i = 0; i < count; ++i)
        menu_->addAction(tr("View %1").arg(i + 1), this, [this, i] { showView(i); });
    if (count == 0) return;
    menu_->addSeparator();
    menu_->addAction(tr("Forget all views"), this, &ViewTools::forgetViews);
}

}  // namespace ionscape::gui
