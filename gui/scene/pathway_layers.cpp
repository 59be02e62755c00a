// SPDX-License-Identifier: GPL-3.0-or-later
// Draws pathways into a renderer and finds what a ray meets.
#include "gui/scene/pathway_layers.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/scene/layers.h"
#include "gui/scene/mark_layers.h"
#include "gui/scene/trails.h"
#include "gui/scene/translucent_layer.h"
#include "gui/scene/volume_layer.h"

namespace ionscape::scene {

namespace {

/// Reddish purple of Okabe and Ito: in none of the surfaces, tubes or common elements.
constexpr Colour accent{0.90, 0.33, 0.62};
constexpr Colour arrowColour{0.93, 0.60, 0.10};
constexpr double selectedGrowth = 1.35;
constexpr double tubeRadius = 0.13;  // Å
constexpr double labelLift = 0.8;    // Å; beyond the tubes and arrows that end there
constexpr double easyRadius = 0.30;  // Å around a thin thing that a click may miss it
/// Slice and fog show this many decades below the densest point.
constexpr double sliceDecades = 4.0;

/// Where a ray comes within `radius` of a segment, as the distance from the eye.
std::optional<double> meets(const Vec3& eye, const Vec3& ray, const Vec3& a, const Vec3& b, double radius) {
    const Vec3 axis = b - a, arm = a - eye;
    const double length = axis.squaredNorm(), along = ray.dot(axis);
    const double flat = length - along * along;
    double t = 0.5;
    if (flat > 1e-12) t = std::clamp((along * ray.dot(arm) - axis.dot(arm)) / flat, 0.0, 1.0);
    const Vec3 near = a + t * axis;
    const double depth = ray.dot(near - eye);
    if (depth < 0.0 || (eye + depth * ray - near).norm() > radius) return std::nullopt;
    return depth;
}

/// What a software renderer turns ten times a second, with everything else.
constexpr std::size_t coarseTriangles = 12000;
constexpr int fewestPoints = 8;

/// The field on a grid with `factor` times fewer points along each axis.
transport::PeriodicGrid coarsened(const transport::PeriodicGrid& field, double factor) {
    transport::PeriodicGrid coarse;
    coarse.lattice = field.lattice;
    std::size_t points = 1;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        coarse.shape[axis] =
            std::max(std::min(fewestPoints, field.shape[axis]), static_cast<int>(field.shape[axis] / factor));
        points *= static_cast<std::size_t>(coarse.shape[axis]);
    }
    coarse.values.resize(points);
    for (std::size_t i = 0; i < points; ++i)
        coarse.values[i] = field.interpolate(coarse.fractional(i));
    return coarse;
}

/// Nested surfaces of a block of cells, closed on its faces.
std::vector<TranslucentLayer::Surface> surfacesOf(const transport::PeriodicGrid& field,
                                                  std::vector<DensityLevel> levels,
                                                  const std::array<int, 3>& cells,
                                                  const crystal::Lattice& lattice) {
    std::sort(levels.begin(), levels.end(),
              [](const DensityLevel& a, const DensityLevel& b) { return a.value < b.value; });
    std::vector<TranslucentLayer::Surface> surfaces;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const auto& level = levels[i];
        const auto inside = isosurface(field, level.value);
        // Faces of the block close the surfaces that end there; each level up to where the next one begins,
        // so that no two sections lie in one place.
        const double next = i + 1 < levels.size() ? levels[i + 1].value : std::numeric_limits<double>::max();
        TranslucentLayer::Surface capped{{}, level.colour, level.opacity};
        for (const Vec3& shift : cellShifts(lattice, cells))
            capped.mesh.append(inside, shift);
        for (int axis = 0; axis < 3; ++axis) {
            const std::size_t a = static_cast<std::size_t>(axis);
            for (const bool far : {false, true}) {
                const auto section = faceSection(field, axis, far, level.value, next);
                auto face = cells;
                face[a] = 1;
                const Vec3 out = far ? Vec3((cells[a] - 1) * lattice.vector(axis)) : Vec3(Vec3::Zero());
                for (const Vec3& shift : cellShifts(lattice, face))
                    capped.mesh.append(section, shift + out);
            }
        }
        surfaces.push_back(std::move(capped));
    }
    return surfaces;
}

}  // namespace

std::vector<Vec3> cellShifts(const crystal::Lattice& lattice, const std::array<int, 3>& cells) {
    std::vector<Vec3> shifts;
    for (int k = 0; k < cells[2]; ++k)
        for (int j = 0; j < cells[1]; ++j)
            for (int i = 0; i < cells[0]; ++i)
                shifts.push_back(lattice.toCartesian({Vec3(i, j, k)}));
    return shifts;
}

struct PathwayLayers::Parts {
    Parts(vtkRenderer* renderer, TranslucentLayer& translucent)
        : surfaces(translucent),
          volume(renderer),
          labels(renderer),
          energyBar(renderer, 0),
          densityBar(renderer, 1) {}
    TranslucentLayer& surfaces;
    VolumeLayer volume;
    PlaneLayer slice;
    SphereLayer sites{false};
    ArrowLayer arrows;
    TubeLayer tubes{tubeRadius};
    LabelSet labels;
    ColourBar energyBar, densityBar;
};

struct PathwayLayers::Arrow : ArrowLayer::Arrow {};

PathwayLayers::PathwayLayers(vtkRenderer* renderer, TranslucentLayer& surfaces)
    : parts_(std::make_unique<Parts>(renderer, surfaces)) {
    for (Layer* layer : layers())
        renderer->AddActor(layer->actor());
}

PathwayLayers::~PathwayLayers() = default;

std::array<Layer*, 4> PathwayLayers::layers() {
    return {&parts_->slice, &parts_->sites, &parts_->arrows, &parts_->tubes};
}

void PathwayLayers::face(const Vec3& eye) {
    parts_->labels.face(eye);
}

std::size_t PathwayLayers::surfaceTriangles() const {
    return parts_->surfaces.densityTriangles();
}

std::size_t PathwayLayers::drawnTriangles() const {
    return parts_->surfaces.drawnTriangles();
}

std::size_t PathwayLayers::jumpCount() const {
    return parts_->arrows.count();
}

std::size_t PathwayLayers::pathPieces() const {
    return parts_->tubes.count();
}

std::size_t PathwayLayers::labelCount() const {
    return parts_->labels.count();
}

bool PathwayLayers::hasVolume() const {
    return parts_->volume.isVisible();
}

bool PathwayLayers::hasColourBar() const {
    return parts_->energyBar.isVisible();
}

void PathwayLayers::setLattice(const crystal::Lattice& lattice, const std::array<int, 3>& cells) {
    if (cells == cells_ && lattice.rows() == lattice_.rows()) return;
    lattice_ = lattice;
    cells_ = cells;
    refreshDensity();
    refreshVolume();
    refreshSlice();
    refreshMarks();
    refreshPaths();
}

void PathwayLayers::set(const Pathways& pathways) {
    const bool otherDensity = pathways.density != pathways_.density;
    pathways_ = pathways;
    selected_.reset();
    if (otherDensity) {
        refreshDensity();
        refreshVolume();
        refreshSlice();
    }
    refreshMarks();
    refreshPaths();
}

void PathwayLayers::setOptions(const PathwayOptions& options) {
    const PathwayOptions old = std::exchange(options_, options);
    if (old.levels != options.levels || old.density != options.density) refreshDensity();
    if (old.volume != options.volume || (options.volume && old.levels != options.levels)) refreshVolume();
    if (old.slice != options.slice || old.volume != options.volume) refreshSlice();
    if (old.sites != options.sites || old.jumps != options.jumps || old.labels != options.labels ||
        old.mostJumps != options.mostJumps)
        refreshMarks();
    if (old.paths != options.paths) refreshPaths();
}

void PathwayLayers::setVisible(bool visible) {
    if (visible == visible_) return;
    visible_ = visible;
    refreshDensity();
    refreshVolume();
    refreshSlice();
    refreshMarks();
    refreshPaths();
}

void PathwayLayers::setDarkBackground(bool dark) {
    parts_->labels.setDarkBackground(dark);
    parts_->energyBar.setDarkBackground(dark);
    parts_->densityBar.setDarkBackground(dark);
}

void PathwayLayers::setSelected(const std::optional<PathwayItem>& item) {
    if (item == selected_) return;
    selected_ = item;
    refreshMarks();
    refreshPaths();
}

void PathwayLayers::setPixelScale(double scale) {
    parts_->energyBar.setPixelScale(scale);
    parts_->densityBar.setPixelScale(scale);
}

bool PathwayLayers::isSelected(PathwayItem::Kind kind, std::size_t index) const {
    return selected_ == PathwayItem{kind, index};
}

std::vector<Vec3> PathwayLayers::shifts() const {
    return cellShifts(lattice_, cells_);
}

void PathwayLayers::refreshDensity() {
    coarseKnown_ = false;
    parts_->surfaces.setCoarse(false);
    if (!visible_ || !options_.density || !pathways_.density) {
        parts_->surfaces.setSurfaces({}, {});
        return;
    }
    parts_->surfaces.setSurfaces(surfacesOf(*pathways_.density, options_.levels, cells_, lattice_),
                                 {Vec3::Zero()});
    refreshCoarse();
}

void PathwayLayers::setCoarse(bool on) {
    coarse_ = on;
    refreshCoarse();
}

void PathwayLayers::refreshCoarse() {
    const std::size_t triangles = parts_->surfaces.densityTriangles();
    const bool coarse = coarse_ && triangles > coarseTriangles;
    if (coarse && !coarseKnown_) {
        // The number of triangles goes with the square of the grid's points along an axis.
        const double factor = std::sqrt(double(triangles) / double(coarseTriangles));
        parts_->surfaces.setCoarseSurfaces(
            surfacesOf(coarsened(*pathways_.density, factor), options_.levels, cells_, lattice_));
        coarseKnown_ = true;
    }
    parts_->surfaces.setCoarse(coarse);
}

void PathwayLayers::refreshVolume() {
    const double most = visible_ && options_.volume ? densest() : 0.0;
    if (most <= 0.0) {
        parts_->volume.clear();
        return;
    }
    // Clear below the loosest surface that is chosen.
    double clear = most * std::pow(10.0, -0.5 * sliceDecades);
    for (const auto& level : options_.levels)
        clear = &level == &options_.levels.front() ? level.value : std::min(clear, level.value);
    const double high = std::log10(most);
    parts_->volume.set(*pathways_.density, cells_, high - sliceDecades, high, std::log10(clear));
}

double PathwayLayers::densest() const {
    if (!pathways_.density || pathways_.density->values.empty()) return 0.0;
    return *std::max_element(pathways_.density->values.begin(), pathways_.density->values.end());
}

void PathwayLayers::refreshSlice() {
    const bool shown = visible_ && options_.slice && pathways_.density;
    parts_->slice.setVisible(shown);
    const double most = visible_ ? densest() : 0.0;
    const double high = most > 0.0 ? std::log10(most) : 0.0;
    parts_->densityBar.set("log10 (A^-3)", high - sliceDecades, high,
                           most > 0.0 && (shown || options_.volume));
    if (!shown) return;
    const auto plane = planeSection(*pathways_.density, options_.slice->axis, options_.slice->position);
    std::vector<Colour> colours;
    colours.reserve(plane.values.size());
    for (const double value : plane.values) {
        const double decades = value > 0.0 ? high - std::log10(value) : sliceDecades;
        colours.push_back(viridisColour(1.0 - decades / sliceDecades));
    }
    auto face = cells_;
    face[static_cast<std::size_t>(options_.slice->axis)] = 1;
    parts_->slice.set(plane.mesh, colours, cellShifts(lattice_, face));
}

PathwayLayers::Arrow PathwayLayers::arrow(std::size_t jump) const {
    const JumpMark& mark = pathways_.jumps[jump];
    const Vec3 way = mark.end - mark.begin;
    const double length = std::max(way.norm(), 1e-9);
    const Vec3 along = way / length;
    // The way back runs beside this one: the side is the same for a direction, whatever its sign.
    const bool flipped = along.sum() < 0.0;
    const Vec3 side = (flipped ? -1.0 : 1.0) * Vec3(flipped ? -along : along).unitOrthogonal();
    const double gap = std::min(0.22 * length, 0.45), apart = 1.6 * mark.radius;
    const bool chosen = isSelected(PathwayItem::Kind::Jump, jump);
    return {{mark.begin + gap * along + apart * side, mark.end - gap * along + apart * side,
             (chosen ? selectedGrowth : 1.0) * mark.radius, chosen ? accent : arrowColour}};
}

bool PathwayLayers::jumpShown(std::size_t jump) const {
    return (options_.jumps && jump < options_.mostJumps) || isSelected(PathwayItem::Kind::Jump, jump);
}

void PathwayLayers::refreshMarks() {
    std::vector<SphereLayer::Sphere> spheres;
    std::vector<ArrowLayer::Arrow> arrows;
    std::vector<LabelSet::Label> labels;
    for (const Vec3& shift : shifts()) {
        for (std::size_t i = 0; visible_ && options_.sites && i < pathways_.sites.size(); ++i) {
            const SiteMark& site = pathways_.sites[i];
            const bool chosen = isSelected(PathwayItem::Kind::Site, i);
            spheres.push_back({site.centre + shift, (chosen ? selectedGrowth : 1.0) * site.radius,
                               chosen ? accent : site.colour});
            if (options_.labels || chosen)
                labels.push_back({site.centre + shift, site.label, spheres.back().radius + labelLift});
        }
        for (std::size_t i = 0; visible_ && i < pathways_.jumps.size(); ++i) {
            if (!jumpShown(i)) continue;
            auto one = arrow(i);
            one.begin += shift;
            one.end += shift;
            arrows.push_back(one);
        }
    }
    sitesDrawn_ = spheres.size();
    parts_->sites.set(spheres);
    parts_->arrows.set(arrows);
    parts_->labels.set(labels);
}

void PathwayLayers::refreshPaths() {
    std::vector<TubeLayer::Tube> tubes;
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (std::size_t i = 0; visible_ && options_.paths && i < pathways_.paths.size(); ++i) {
        const bool other = selected_ && selected_->kind == PathwayItem::Kind::Path && selected_->index != i;
        if (other) continue;  // a selected path stands alone
        const PathMark& path = pathways_.paths[i];
        Trails way(std::numeric_limits<std::size_t>::max());
        for (std::size_t p = 0; p < path.points.size(); ++p) {
            way.append(path.points[p]);
            low = std::min(low, path.energy[p]);
            high = std::max(high, path.energy[p]);
        }
        for (const auto& piece : way.pieces(lattice_)) {
            TubeLayer::Tube tube;
            for (std::size_t p = 0; p < piece.points.size(); ++p) {
                const double at = std::clamp(piece.frames[p], 0.0, double(path.energy.size() - 1));
                const auto before = static_cast<std::size_t>(at);
                const auto after = std::min(before + 1, path.energy.size() - 1);
                const double part = at - static_cast<double>(before);
                tube.points.push_back(piece.points[p]);
                tube.values.push_back((1.0 - part) * path.energy[before] + part * path.energy[after]);
            }
            for (const Vec3& shift : shifts()) {
                tubes.push_back(tube);
                for (Vec3& point : tubes.back().points)
                    point += shift;
            }
        }
    }
    parts_->tubes.set(tubes, low, high);
    parts_->energyBar.set("F (eV)", low, high, !tubes.empty());
}

std::optional<PathwayLayers::Hit> PathwayLayers::pick(const Vec3& eye, const Vec3& ray) const {
    std::optional<Hit> best;
    const auto offer = [&](PathwayItem::Kind kind, std::size_t index, const std::optional<double>& depth) {
        if (depth && (!best || *depth < best->depth)) best = Hit{{kind, index}, *depth};
    };
    if (!visible_) return best;
    for (const Vec3& shift : shifts()) {
        for (std::size_t i = 0; options_.sites && i < pathways_.sites.size(); ++i) {
            const Vec3 at = pathways_.sites[i].centre + shift;
            auto depth = meets(eye, ray, at, at, pathways_.sites[i].radius);
            if (depth) *depth -= pathways_.sites[i].radius;
            offer(PathwayItem::Kind::Site, i, depth);
        }
        for (std::size_t i = 0; i < pathways_.jumps.size(); ++i) {
            if (!jumpShown(i)) continue;
            const auto one = arrow(i);
            offer(PathwayItem::Kind::Jump, i,
                  meets(eye, ray, one.begin + shift, one.end + shift, std::max(2.0 * one.radius, 0.15)));
        }
        for (std::size_t i = 0; options_.paths && i < pathways_.paths.size(); ++i) {
            // Folded as it is drawn: every segment moved into the cell on its own.
            const auto& points = pathways_.paths[i].points;
            for (std::size_t p = 1; p < points.size(); ++p) {
                const Vec3 inside = lattice_.wrapped(points[p - 1]) - points[p - 1] + shift;
                offer(PathwayItem::Kind::Path, i,
                      meets(eye, ray, points[p - 1] + inside, points[p] + inside, easyRadius));
            }
        }
    }
    return best;
}

}  // namespace ionscape::scene
