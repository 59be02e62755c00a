// SPDX-License-Identifier: GPL-3.0-or-later
// The 3D scene of one structure: atoms, bonds, cell, coordination polyhedra and trails of the mobile ion.
#include "gui/scene/structure_scene.h"

#include <fmt/format.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "gui/scene/coordination.h"
#include "gui/scene/layers.h"
#include "gui/scene/picture.h"
#include "gui/scene/trails.h"
#include "gui/scene/triad.h"
#include "gui/scene/view.h"

namespace ionscape::scene {

namespace {

constexpr double bondRadius = 0.085;  // Å
/// How far a framework atom may leave the cell before it is drawn on the other side, Å: an atom that vibrates
/// on a face must not flicker between both sides, nor drag its polyhedron with it.
constexpr double wrapSlack = 1.0;

struct Glyph {
    std::size_t atom;
    Vec3 centre;
    double radius;
};

Colour mixed(const Colour& a, const Colour& b, double part) {
    return {a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), a[2] + part * (b[2] - a[2])};
}

}  // namespace

struct StructureScene::Impl {
    vtkNew<vtkRenderer> renderer;
    vtkNew<vtkCallbackCommand> beforeRender;
    vtkRenderWindow* window = nullptr;
    Triad triad;
    SphereLayer frameworkAtoms{false};
    SphereLayer mobileAtoms{true};
    StickLayer sticks{bondRadius};
    LineLayer cellLines{1.6};
    LineLayer edgeLines{1.2};
    PolyhedronLayer faces;
    TrailLayer trailLines;

    SceneOptions options;
    crystal::Structure structure;  ///< positions as displayed
    Mat3 cameraLattice = Mat3::Zero();
    std::vector<bool> isMobile;
    Coordination coordination;
    std::vector<Glyph> glyphs;  ///< what can be picked
    Trails trails;
    /// The view is fitted to the window when it is first drawn, and again on a resize until the user zooms or
    /// pans.
    bool fitToWindow = true;
    bool fitPending = false;
    double fittedAspect = 0.0;

    Impl();
    std::array<Layer*, 7> layers() {
        return {&cellLines, &trailLines, &sticks, &frameworkAtoms, &mobileAtoms, &edgeLines, &faces};
    }
    bool empty() const { return structure.size() == 0; }
    bool atomsShown(bool mobile) const { return options.atoms && (mobile || options.framework); }
    bool bondsShown() const { return options.bonds && options.framework; }

    void applyOptions();
    void place(const VectorField& unwrapped, bool fresh);
    void refresh();
    void refreshAtoms();
    void refreshBonds();
    void refreshPolyhedra();
    void refreshCell();
    void refreshTrails();
    void prepareFrame();
    void fit();
    void lookFrom(const Vec3& direction, const Vec3& up);
    std::vector<Vec3> cellCorners() const;
    Vec3 centre() const { return structure.lattice.toCartesian({Vec3::Constant(0.5)}); }
};

StructureScene::Impl::Impl() {
    for (auto* layer : layers())
        renderer->AddActor(layer->actor());
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

void StructureScene::Impl::applyOptions() {
    const bool dark = options.darkBackground;
    renderer->SetBackground(dark ? 0.055 : 0.88, dark ? 0.065 : 0.90, dark ? 0.085 : 0.93);
    renderer->SetBackground2(dark ? 0.14 : 1.0, dark ? 0.16 : 1.0, dark ? 0.20 : 1.0);
    triad.setDarkBackground(dark);
    triad.setVisible(!empty());
    frameworkAtoms.setVisible(atomsShown(false));
    mobileAtoms.setVisible(atomsShown(true));
    sticks.setVisible(bondsShown());
    cellLines.setVisible(options.cell && !empty());
    faces.setVisible(options.polyhedra);
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
}

void StructureScene::Impl::refreshAtoms() {
    glyphs.clear();
    std::vector<SphereLayer::Sphere> framework;
    std::vector<SphereLayer::Sphere> mobile;
    const auto add = [&](std::size_t atom, const Vec3& at) {
        if (!atomsShown(isMobile[atom])) return;
        const auto element = structure.elements[atom];
        const double radius = elementRadius(element);
        glyphs.push_back({atom, at, radius});
        (isMobile[atom] ? mobile : framework).push_back({at, radius, elementColour(element)});
    };
    for (std::size_t atom = 0; atom < structure.size(); ++atom)
        add(atom, structure.position(atom));
    for (const auto& image : coordination.images)
        add(image.atom, image.position);
    frameworkAtoms.set(framework);
    mobileAtoms.set(mobile);
}

void StructureScene::Impl::refreshBonds() {
    std::vector<StickLayer::Stick> bonds;
    if (bondsShown()) {
        for (const auto& bond : coordination.bonds)
            bonds.push_back({bond.cationPosition, bond.anionPosition,
                             elementColour(structure.elements[bond.cation]),
                             elementColour(structure.elements[bond.anion])});
    }
    sticks.set(bonds);
}

void StructureScene::Impl::refreshPolyhedra() {
    std::vector<LineLayer::Line> edges;
    std::vector<Colour> colours;
    if (!options.polyhedra) coordination.polyhedra.clear();
    const Colour ink = options.darkBackground ? Colour{1.0, 1.0, 1.0} : Colour{0.0, 0.0, 0.0};
    for (const auto& polyhedron : coordination.polyhedra) {
        const auto colour = elementColour(structure.elements[polyhedron.centre]);
        colours.push_back(colour);
        for (const auto& face : polyhedron.faces) {
            for (std::size_t i = 0; i < face.size(); ++i) {
                const int from = face[i];
                const int to = face[(i + 1) % face.size()];
                // Faces run counter-clockwise, so each edge is met once in either direction.
                if (from > to) continue;
                edges.push_back({polyhedron.corners[static_cast<std::size_t>(from)],
                                 polyhedron.corners[static_cast<std::size_t>(to)], mixed(colour, ink, 0.30)});
            }
        }
    }
    faces.set(coordination.polyhedra, colours);
    edgeLines.set(edges);
}

std::vector<Vec3> StructureScene::Impl::cellCorners() const {
    std::vector<Vec3> corners;
    for (int corner = 0; corner < 8; ++corner) {
        const Vec3 f(corner & 1, corner >> 1 & 1, corner >> 2 & 1);
        corners.push_back(structure.lattice.toCartesian({f}));
    }
    return corners;
}

void StructureScene::Impl::refreshCell() {
    const auto corners = cellCorners();
    const double grey = options.darkBackground ? 0.72 : 0.32;
    std::vector<LineLayer::Line> lines;
    for (std::size_t corner = 0; corner < 8; ++corner)
        for (const std::size_t bit : {1u, 2u, 4u})
            if (!(corner & bit))
                lines.push_back({corners[corner], corners[corner | bit], {grey, grey, grey}});
    cellLines.set(lines);
}

void StructureScene::Impl::refreshTrails() {
    const auto seen = trails.framesSeen();
    trailLines.set(trails.pieces(structure.lattice), seen == 0 ? 0.0 : static_cast<double>(seen - 1));
}

void StructureScene::Impl::prepareFrame() {
    if (window == nullptr || empty()) return;
    const int* size = window->GetSize();
    const double aspect = renderer->GetTiledAspectRatio();
    if (fitPending || (fitToWindow && std::abs(aspect - fittedAspect) > 1e-3)) fit();
    auto* camera = renderer->GetActiveCamera();
    const double scale = window->GetDPI() / 72.0;
    cellLines.setPixelScale(scale);
    edgeLines.setPixelScale(scale);
    trailLines.setPixelScale(scale);
    if (options.polyhedra) faces.sortFor(camera);
    triad.follow(camera, size, scale);

    // VTK knows the centres of the impostors only, so the clipping range comes from the atoms and their
    // radii.
    const Vec3 eye(camera->GetPosition());
    const Vec3 along(camera->GetDirectionOfProjection());
    double nearest = std::numeric_limits<double>::max();
    double farthest = 0.0;
    const auto include = [&](const Vec3& point) {
        const double depth = along.dot(point - eye);
        nearest = std::min(nearest, depth);
        farthest = std::max(farthest, depth);
    };
    for (const auto& corner : cellCorners())
        include(corner);
    for (const auto& bond : coordination.bonds)
        include(bond.anionPosition);
    for (Eigen::Index atom = 0; atom < structure.positions.cols(); ++atom)
        include(structure.positions.col(atom));
    const double margin = 1.0;
    camera->SetClippingRange(std::max(0.02 * farthest, nearest - margin), farthest + margin);

    DepthCue cue;
    cue.background = mixed(
        {renderer->GetBackground()[0], renderer->GetBackground()[1], renderer->GetBackground()[2]},
        {renderer->GetBackground2()[0], renderer->GetBackground2()[1], renderer->GetBackground2()[2]}, 0.5);
    cue.nearest = nearest + 0.25 * (farthest - nearest);
    cue.farthest = farthest;
    cue.strength = 0.60;
    cue.nearClip = camera->GetClippingRange()[0];
    cue.farClip = camera->GetClippingRange()[1];
    for (auto* layer : layers())
        layer->setDepthCue(cue);
    // Li is what one looks at: it keeps its colour to the back of the cell.
    cue.strength = 0.25;
    mobileAtoms.setDepthCue(cue);
    trailLines.setDepthCue(cue);
}

void StructureScene::Impl::fit() {
    fittedAspect = renderer->GetTiledAspectRatio();
    fitCamera(renderer->GetActiveCamera(), centre(), cellCorners(), fittedAspect);
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

StructureScene::StructureScene() : impl_(std::make_unique<Impl>()) {}

StructureScene::~StructureScene() = default;

vtkRenderer* StructureScene::renderer() const {
    return impl_->renderer;
}

void StructureScene::attachTo(vtkRenderWindow* window) {
    window->SetNumberOfLayers(2);
    window->AddRenderer(impl_->renderer);
    window->AddRenderer(impl_->triad.renderer());
    impl_->window = window;
}

void StructureScene::detach() {
    if (impl_->window == nullptr) return;
    impl_->window->RemoveRenderer(impl_->triad.renderer());
    impl_->window->RemoveRenderer(impl_->renderer);
    impl_->window = nullptr;
}

void StructureScene::setStructure(const crystal::Structure& structure) {
    auto& d = *impl_;
    d.structure = structure;
    d.isMobile.clear();
    for (const auto& element : structure.elements)
        d.isMobile.push_back(element == d.options.mobile);
    d.place(structure.positions, true);
    d.trails.clear();
    d.triad.setLattice(structure.lattice);
    d.refresh();
    d.refreshCell();
    d.refreshTrails();
    d.applyOptions();
    const Mat3& rows = structure.lattice.rows();
    if ((rows - d.cameraLattice).norm() > 0.1 * rows.norm()) resetCamera();
}

void StructureScene::setPositions(const VectorField& unwrapped) {
    if (unwrapped.cols() != impl_->structure.positions.cols())
        throw InputError(fmt::format("the scene shows {} atoms but was given {} positions",
                                     impl_->structure.size(), unwrapped.cols()));
    impl_->place(unwrapped, false);
    impl_->refresh();
}

void StructureScene::appendTrail(const VectorField& unwrapped) {
    std::vector<Eigen::Index> mobile;
    for (std::size_t atom = 0; atom < impl_->isMobile.size(); ++atom)
        if (impl_->isMobile[atom]) mobile.push_back(static_cast<Eigen::Index>(atom));
    if (mobile.empty()) return;
    impl_->trails.append(unwrapped(Eigen::all, mobile));
    impl_->refreshTrails();
}

void StructureScene::clearTrails() {
    impl_->trails.clear();
    impl_->refreshTrails();
}

void StructureScene::setOptions(const SceneOptions& options) {
    auto& d = *impl_;
    const bool otherIon = options.mobile != d.options.mobile;
    d.options = options;
    for (std::size_t atom = 0; atom < d.structure.size(); ++atom)
        d.isMobile[atom] = d.structure.elements[atom] == options.mobile;
    if (otherIon) clearTrails();
    d.refresh();
    d.refreshCell();
    d.applyOptions();
}

void StructureScene::setAntialiasing(bool on) {
    impl_->renderer->SetUseFXAA(on);
    impl_->triad.renderer()->SetUseFXAA(on);
}

const SceneOptions& StructureScene::options() const {
    return impl_->options;
}

void StructureScene::clear() {
    auto& d = *impl_;
    d.structure = {};
    d.isMobile.clear();
    d.trails.clear();
    d.cameraLattice.setZero();
    d.refresh();
    d.refreshTrails();
    d.applyOptions();
}

void StructureScene::resetCamera() {
    auto& d = *impl_;
    d.cameraLattice = d.structure.lattice.rows();
    // Almost along c with a to the right, turned a little so that rows of atoms do not hide each other.
    d.lookFrom(d.structure.lattice.vector(2), d.structure.lattice.vector(1));
    orbit(-45.0, -35.0);
}

void StructureScene::lookAlong(int axis) {
    const auto& lattice = impl_->structure.lattice;
    impl_->lookFrom(lattice.vector(axis), lattice.vector((axis + 2) % 3));
}

void StructureScene::orbit(double dx, double dy) {
    constexpr double degreesPerPixel = 0.4;
    auto* camera = impl_->renderer->GetActiveCamera();
    camera->Azimuth(-degreesPerPixel * dx);
    camera->Elevation(-degreesPerPixel * dy);
    camera->OrthogonalizeViewUp();
}

void StructureScene::pan(double dx, double dy) {
    if (impl_->window == nullptr) return;
    panCamera(impl_->renderer->GetActiveCamera(), dx, dy, impl_->window->GetSize()[1]);
    impl_->fitToWindow = false;
}

void StructureScene::zoom(double factor) {
    auto* camera = impl_->renderer->GetActiveCamera();
    const double distance = camera->GetDistance() / factor;
    if (distance < 3.0 || distance > 5000.0) return;
    camera->Dolly(factor);
    impl_->fitToWindow = false;
}

void StructureScene::centreOn(int x, int y) {
    const auto atom = pickAtom(x, y);
    centreCamera(impl_->renderer->GetActiveCamera(),
                 atom ? impl_->structure.position(*atom) : impl_->centre());
    impl_->fitToWindow = false;
}

std::vector<crystal::Element> StructureScene::elements() const {
    std::vector<crystal::Element> result;
    for (const auto& element : impl_->structure.elements)
        if (std::find(result.begin(), result.end(), element) == result.end()) result.push_back(element);
    return result;
}

std::optional<std::size_t> StructureScene::pickAtom(int x, int y) const {
    auto& d = *impl_;
    if (d.window == nullptr || d.empty()) return std::nullopt;
    if (d.fitPending) d.fit();
    auto* camera = d.renderer->GetActiveCamera();
    const Vec3 eye(camera->GetPosition());
    const Vec3 ray = rayThroughPixel(camera, d.window->GetSize(), x, y);
    std::optional<std::size_t> hit;
    double nearest = std::numeric_limits<double>::max();
    for (const auto& glyph : d.glyphs) {
        const Vec3 arm = glyph.centre - eye;
        const double middle = ray.dot(arm);
        const double inside = glyph.radius * glyph.radius - (arm - middle * ray).squaredNorm();
        if (inside < 0.0 || middle - std::sqrt(inside) > nearest || middle < 0.0) continue;
        nearest = middle - std::sqrt(inside);
        hit = glyph.atom;
    }
    return hit;
}

void StructureScene::savePicture(const std::string& file, int width, int height) const {
    StructureScene copy;
    auto& d = *copy.impl_;
    d.structure = impl_->structure;
    d.isMobile = impl_->isMobile;
    d.trails = impl_->trails;
    d.triad.setLattice(d.structure.lattice);
    copy.setOptions(impl_->options);
    d.refreshTrails();
    d.renderer->GetActiveCamera()->DeepCopy(impl_->renderer->GetActiveCamera());
    d.fitToWindow = impl_->fitToWindow;
    d.fitPending = impl_->fitPending;
    d.fittedAspect = impl_->fittedAspect;
    writePicture(copy, file, width, height);
}

std::size_t StructureScene::atomGlyphCount() const {
    return impl_->glyphs.size();
}

std::size_t StructureScene::bondCount() const {
    return impl_->bondsShown() ? impl_->coordination.bonds.size() : 0;
}

std::size_t StructureScene::polyhedronCount() const {
    return impl_->coordination.polyhedra.size();
}

std::size_t StructureScene::trailPointCount() const {
    return impl_->options.trails ? impl_->trails.pointCount() : 0;
}

std::size_t StructureScene::trailPieceCount() const {
    return impl_->options.trails ? impl_->trailLines.pieceCount() : 0;
}

}  // namespace ionscape::scene
