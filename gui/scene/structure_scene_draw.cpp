// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what a scene holds into geometry, and sets up each frame: clipping, haze, order of what is
// translucent.
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "gui/scene/measurement.h"
#include "gui/scene/structure_scene_impl.h"
#include "gui/scene/view.h"

namespace ionscape::scene {

namespace {

/// How far a framework atom may leave the cell before it is drawn on the other side, Å: an atom that vibrates
/// on a face must not flicker between both sides, nor drag its polyhedron with it.
constexpr double wrapSlack = 1.0;

/// Of the lower and the upper edge.
std::array<Colour, 2> backgroundColours(bool dark) {
    if (dark) return {{{0.055, 0.065, 0.085}, {0.14, 0.16, 0.20}}};
    return {{{0.88, 0.90, 0.93}, {1.0, 1.0, 1.0}}};
}

Colour backgroundColour(bool dark) {
    const auto [below, above] = backgroundColours(dark);
    return mixed(below, above, 0.5);
}

}  // namespace

StructureScene::Impl::Impl() {
    // Opaque things first: what is translucent blends over them.
    for (auto* layer : layers())
        if (!renderer->HasViewProp(layer->actor())) renderer->AddActor(layer->actor());
    renderer->SetUseFXAA(true);
    renderer->GradientBackgroundOn();
    renderer->GetActiveCamera()->SetViewAngle(viewAngle);
    addLights(renderer);

    beforeRender->SetClientData(this);
    beforeRender->SetCallback([](vtkObject*, unsigned long, void* self, void*) {
        static_cast<StructureScene::Impl*>(self)->prepareFrame();
    });
    renderer->AddObserver(vtkCommand::StartEvent, beforeRender);
    applyOptions();
}

std::vector<Layer*> StructureScene::Impl::layers() {
    std::vector<Layer*> all{&cellLines, &trailLines,     &measureLines, &bondLines,
                            &sticks,    &frameworkAtoms, &mobileAtoms};
    for (Layer* layer : pathways.layers())
        all.push_back(layer);
    all.push_back(&edgeLines);
    all.push_back(&translucent);
    return all;
}

bool StructureScene::Impl::elementShown(crystal::Element element) const {
    return std::find(options.hidden.begin(), options.hidden.end(), element) == options.hidden.end();
}

bool StructureScene::Impl::atomsShown(std::size_t atom) const {
    return options.atoms && (isMobile[atom] || options.framework) && elementShown(structure.elements[atom]);
}

void StructureScene::Impl::applyOptions() {
    const bool dark = options.darkBackground;
    const auto [below, above] = backgroundColours(dark);
    renderer->SetBackground(below[0], below[1], below[2]);
    renderer->SetBackground2(above[0], above[1], above[2]);
    triad.setDarkBackground(dark);
    triad.setVisible(!empty());
    pathways.setDarkBackground(dark);
    measureLabels.setDarkBackground(dark);
    frameworkAtoms.setVisible(options.atoms && options.framework);
    mobileAtoms.setVisible(options.atoms);
    refreshMoving();
    cellLines.setVisible(options.cell && !empty());
    edgeLines.setVisible(options.polyhedra);
    trailLines.setVisible(options.trails);
}

void StructureScene::Impl::place(const VectorField& unwrapped, bool fresh) {
    const auto& lattice = structure.lattice;
    const Vec3 slack = wrapSlack * lattice.faceDistances().cwiseInverse();
    for (Eigen::Index atom = 0; atom < unwrapped.cols(); ++atom) {
        Vec3 f = lattice.toFractional(unwrapped.col(atom)).v;
        if (isMobile[static_cast<std::size_t>(atom)]) {
            f -= f.array().floor().matrix();
        } else if (fresh) {
            // Atoms on a face are drawn at 0, whatever the rounding.
            f -= (f.array() + 1e-3).floor().matrix();
        } else {
            const Vec3 shown = lattice.toFractional(structure.positions.col(atom)).v;
            f -= (f - shown).array().round().matrix();
            for (int axis = 0; axis < 3; ++axis)
                if (f[axis] < -slack[axis] || f[axis] > 1.0 + slack[axis]) f[axis] -= std::floor(f[axis]);
        }
        structure.positions.col(atom) = lattice.toCartesian({f});
    }
}

void StructureScene::Impl::refresh() {
    coordination = {};
    if (!empty() && (bondsShown() || options.polyhedra))
        coordination = findCoordination(structure, options.mobile);
    refreshAtoms();
    refreshBonds();
    refreshPolyhedra();
    refreshMeasurement();
}

void StructureScene::Impl::refreshAtoms() {
    glyphs.clear();
    std::vector<SphereLayer::Sphere> framework;
    std::vector<SphereLayer::Sphere> mobile;
    const auto add = [&](std::size_t atom, const Vec3& at) {
        if (!atomsShown(atom)) return;
        const auto element = structure.elements[atom];
        const double radius = elementRadius(element);
        glyphs.push_back({atom, at, radius});
        (isMobile[atom] ? mobile : framework).push_back({at, radius, elementColour(element)});
    };
    for (const Vec3& shift : shifts()) {
        for (std::size_t atom = 0; atom < structure.size(); ++atom)
            add(atom, structure.position(atom) + shift);
        for (const auto& image : coordination.images)
            add(image.atom, image.position + shift);
    }
    frameworkAtoms.set(framework);
    mobileAtoms.set(mobile);
}

std::vector<StickLayer::Stick> StructureScene::Impl::drawnBonds() const {
    std::vector<StickLayer::Stick> bonds;
    if (!bondsShown()) return bonds;
    for (const Vec3& shift : shifts()) {
        for (const auto& bond : coordination.bonds) {
            const auto cation = structure.elements[bond.cation], anion = structure.elements[bond.anion];
            if (!elementShown(cation) || !elementShown(anion)) continue;
            bonds.push_back({bond.cationPosition + shift, bond.anionPosition + shift, elementColour(cation),
                             elementColour(anion)});
        }
    }
    return bonds;
}

void StructureScene::Impl::refreshBonds() {
    const auto bonds = drawnBonds();
    bondsDrawn = bonds.size();
    sticks.set(bonds);
    bondLinesKnown = false;
    refreshMoving();
}

void StructureScene::Impl::refreshMoving() {
    const bool asLines = moving && bondsShown() && bondsDrawn > manyBonds;
    if (asLines && !bondLinesKnown) {
        std::vector<LineLayer::Line> lines;
        for (const auto& bond : drawnBonds()) {
            const Vec3 middle = 0.5 * (bond.begin + bond.end);
            lines.push_back({bond.begin, middle, bond.beginColour});
            lines.push_back({middle, bond.end, bond.endColour});
        }
        bondLines.set(lines);
        bondLinesKnown = true;
    }
    bondLines.setVisible(asLines);
    sticks.setVisible(bondsShown() && !asLines);
}

void StructureScene::Impl::refreshPolyhedra() {
    std::vector<LineLayer::Line> edges;
    std::vector<Colour> colours;
    std::vector<Polyhedron> drawn;
    if (!options.polyhedra) coordination.polyhedra.clear();
    const Colour ink = options.darkBackground ? Colour{1.0, 1.0, 1.0} : Colour{0.0, 0.0, 0.0};
    for (const Vec3& shift : shifts()) {
        for (const auto& polyhedron : coordination.polyhedra) {
            if (!elementShown(structure.elements[polyhedron.centre])) continue;
            drawn.push_back(polyhedron);
            for (Vec3& corner : drawn.back().corners)
                corner += shift;
            colours.push_back(elementColour(structure.elements[polyhedron.centre]));
        }
    }
    for (std::size_t p = 0; p < drawn.size(); ++p) {
        for (const auto& face : drawn[p].faces) {
            for (std::size_t i = 0; i < face.size(); ++i) {
                const int from = face[i];
                const int to = face[(i + 1) % face.size()];
                // Faces run counter-clockwise, so each edge is met once in either direction.
                if (from > to) continue;
                edges.push_back({drawn[p].corners[static_cast<std::size_t>(from)],
                                 drawn[p].corners[static_cast<std::size_t>(to)],
                                 mixed(colours[p], ink, 0.30)});
            }
        }
    }
    polyhedraDrawn = drawn.size();
    translucent.setPolyhedra(drawn, colours);
    edgeLines.set(edges);
}

std::vector<Vec3> StructureScene::Impl::blockCorners() const {
    std::vector<Vec3> corners;
    const Vec3 size(options.cells[0], options.cells[1], options.cells[2]);
    for (int corner = 0; corner < 8; ++corner) {
        const Vec3 f(corner & 1, corner >> 1 & 1, corner >> 2 & 1);
        corners.push_back(structure.lattice.toCartesian({f.cwiseProduct(size)}));
    }
    return corners;
}

Vec3 StructureScene::Impl::centre() const {
    return structure.lattice.toCartesian({0.5 * Vec3(options.cells[0], options.cells[1], options.cells[2])});
}

void StructureScene::Impl::refreshCell() {
    const double grey = options.darkBackground ? 0.72 : 0.32;
    std::vector<LineLayer::Line> lines;
    const auto corner = [&](int bits) {
        return structure.lattice.toCartesian({Vec3(bits & 1, bits >> 1 & 1, bits >> 2 & 1)});
    };
    for (const Vec3& shift : shifts())
        for (int bits = 0; bits < 8; ++bits)
            for (const int bit : {1, 2, 4})
                if (!(bits & bit))
                    lines.push_back({corner(bits) + shift, corner(bits | bit) + shift, {grey, grey, grey}});
    cellLines.set(lines);
}

void StructureScene::Impl::refreshTrails() {
    if (!trailsChanged) return;
    trailsChanged = false;
    const auto seen = trails.framesSeen();
    const auto inOneCell = trails.pieces(structure.lattice);
    std::vector<TrailPiece> pieces;
    for (const Vec3& shift : shifts()) {
        for (const auto& piece : inOneCell) {
            pieces.push_back(piece);
            for (Vec3& point : pieces.back().points)
                point += shift;
        }
    }
    trailLines.set(pieces, seen == 0 ? 0.0 : static_cast<double>(seen - 1), options.trailsByIon);
}

void StructureScene::Impl::refreshMeasurement() {
    const double grey = options.darkBackground ? 1.0 : 0.0;
    std::vector<LineLayer::Line> lines;
    std::vector<Vec3> points;
    Vec3 middle = Vec3::Zero();
    for (const auto& [atom, shift] : measuredAtoms) {
        points.push_back(structure.position(atom) + shift);
        middle += points.back() / static_cast<double>(measuredAtoms.size());
        if (points.size() > 1)
            lines.push_back({points[points.size() - 2], points.back(), {grey, grey, grey}});
    }
    measureLines.set(lines);
    const std::string text = measuredText(points);
    measureLabels.set(text.empty() ? std::vector<LabelSet::Label>{}
                                   : std::vector<LabelSet::Label>{{middle, text, 1.5}});
}

void StructureScene::Impl::prepareFrame() {
    if (window == nullptr || empty()) return;
    const int* size = window->GetSize();
    const double aspect = renderer->GetTiledAspectRatio();
    if (fitPending || (fitToWindow && std::abs(aspect - fittedAspect) > 1e-3)) fit();
    refreshTrails();
    auto* camera = renderer->GetActiveCamera();
    const double scale = window->GetDPI() / 72.0;
    cellLines.setPixelScale(scale);
    edgeLines.setPixelScale(scale);
    trailLines.setPixelScale(scale);
    measureLines.setPixelScale(scale);
    bondLines.setPixelScale(scale);
    pathways.setPixelScale(scale);
    translucent.sortFor(camera);
    triad.follow(camera, size, scale);

    // VTK knows the centres of the impostors only, so the clipping range comes from the atoms and their
    // radii.
    const Vec3 eye(camera->GetPosition());
    const Vec3 along(camera->GetDirectionOfProjection());
    pathways.face(eye);
    measureLabels.face(eye);
    double nearest = std::numeric_limits<double>::max();
    double farthest = 0.0;
    const auto include = [&](const Vec3& point) {
        const double depth = along.dot(point - eye);
        nearest = std::min(nearest, depth);
        farthest = std::max(farthest, depth);
    };
    for (const auto& corner : blockCorners())
        include(corner);
    for (const Vec3& shift : shifts()) {
        for (const auto& bond : coordination.bonds)
            include(bond.anionPosition + shift);
        for (Eigen::Index atom = 0; atom < structure.positions.cols(); ++atom)
            include(structure.positions.col(atom) + shift);
        for (const auto& jump : pathways.pathways().jumps)
            include(jump.end + shift);
    }
    setHaze(nearest, farthest);
}

void StructureScene::Impl::setHaze(double nearest, double farthest) {
    auto* camera = renderer->GetActiveCamera();
    const double margin = 1.0;
    camera->SetClippingRange(std::max(0.02 * farthest, nearest - margin), farthest + margin);
    DepthCue cue;
    cue.background = backgroundColour(options.darkBackground);
    cue.nearest = nearest + 0.25 * (farthest - nearest);
    cue.farthest = farthest;
    cue.strength = 0.60;
    cue.nearClip = camera->GetClippingRange()[0];
    cue.farClip = camera->GetClippingRange()[1];
    for (auto* layer : layers())
        layer->setDepthCue(cue);
    // Li and its trails are what one looks at: they keep their colour to the back of the cell.
    cue.strength = 0.25;
    mobileAtoms.setDepthCue(cue);
    trailLines.setDepthCue(cue);
    cue.strength = 0.0;
    measureLines.setDepthCue(cue);
    for (auto* layer : pathways.layers())
        layer->setDepthCue(cue);
}

void StructureScene::Impl::fit() {
    fittedAspect = renderer->GetTiledAspectRatio();
    fitCamera(renderer->GetActiveCamera(), centre(), blockCorners(), fittedAspect);
    fitPending = false;
}

void StructureScene::Impl::lookFrom(const Vec3& direction, const Vec3& up) {
    auto* camera = renderer->GetActiveCamera();
    const Vec3 middle = centre();
    const Vec3 eye = middle + direction.normalized();
    camera->SetFocalPoint(middle.data());
    camera->SetPosition(eye.data());
    camera->SetViewUp(up.data());
    fitToWindow = true;
    fitPending = true;
}

std::optional<std::pair<StructureScene::Impl::Glyph, double>> StructureScene::Impl::nearestGlyph(
    const Vec3& eye, const Vec3& ray) const {
    std::optional<std::pair<Glyph, double>> hit;
    for (const auto& glyph : glyphs) {
        const Vec3 arm = glyph.centre - eye;
        const double middle = ray.dot(arm);
        const double inside = glyph.radius * glyph.radius - (arm - middle * ray).squaredNorm();
        if (inside < 0.0 || middle < 0.0) continue;
        const double depth = middle - std::sqrt(inside);
        if (!hit || depth <= hit->second) hit = {glyph, depth};
    }
    return hit;
}

}  // namespace ionscape::scene
