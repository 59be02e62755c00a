// SPDX-License-Identifier: GPL-3.0-or-later
// The 3D scene of one structure: atoms, bonds, cell, coordination polyhedra, trails and pathways.
#include "gui/scene/structure_scene.h"

#include <fmt/format.h>
#include <vtkCamera.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "gui/scene/picture.h"
#include "gui/scene/structure_scene_impl.h"
#include "gui/scene/view.h"

namespace ionscape::scene {

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
    d.pathways.setLattice(structure.lattice, d.options.cells);
    d.measuredAtoms.clear();
    d.refresh();
    d.refreshCell();
    d.trailsChanged = true;
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
    impl_->trailsChanged = true;
}

void StructureScene::clearTrails() {
    impl_->trails.clear();
    impl_->trailsChanged = true;
}

void StructureScene::setOptions(const SceneOptions& options) {
    auto& d = *impl_;
    const bool otherIon = options.mobile != d.options.mobile;
    const bool otherBlock = options.cells != d.options.cells;
    d.options = options;
    for (std::size_t atom = 0; atom < d.structure.size(); ++atom)
        d.isMobile[atom] = d.structure.elements[atom] == options.mobile;
    if (otherIon) clearTrails();
    d.pathways.setLattice(d.structure.lattice, options.cells);
    d.refresh();
    d.refreshCell();
    d.trailsChanged = true;
    d.applyOptions();
    if (otherBlock && !d.empty()) {
        d.fitToWindow = true;
        d.fitPending = true;
    }
}

void StructureScene::setAntialiasing(bool on) {
    impl_->renderer->SetUseFXAA(on);
    impl_->triad.renderer()->SetUseFXAA(on);
}

const SceneOptions& StructureScene::options() const {
    return impl_->options;
}

void StructureScene::setMoving(bool on) {
    if (on == impl_->moving) return;
    impl_->moving = on;
    impl_->refreshMoving();
    impl_->pathways.setCoarse(on);
}

bool StructureScene::isMoving() const {
    return impl_->moving;
}

void StructureScene::clear() {
    auto& d = *impl_;
    d.structure = {};
    d.isMobile.clear();
    d.trails.clear();
    d.cameraLattice.setZero();
    d.measuredAtoms.clear();
    d.pathways.set({});
    d.refresh();
    d.trailsChanged = true;
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
    const auto found = pick(x, y);
    centreCamera(impl_->renderer->GetActiveCamera(), found ? found->position : impl_->centre());
    impl_->fitToWindow = false;
}

std::vector<crystal::Element> StructureScene::elements() const {
    std::vector<crystal::Element> result;
    for (const auto& element : impl_->structure.elements)
        if (std::find(result.begin(), result.end(), element) == result.end()) result.push_back(element);
    return result;
}

std::optional<StructureScene::Pick> StructureScene::pick(int x, int y) const {
    auto& d = *impl_;
    if (d.window == nullptr || d.empty()) return std::nullopt;
    if (d.fitPending) d.fit();
    auto* camera = d.renderer->GetActiveCamera();
    const Vec3 eye(camera->GetPosition());
    const Vec3 ray = rayThroughPixel(camera, d.window->GetSize(), x, y);
    const auto glyph = d.nearestGlyph(eye, ray);
    const auto mark = d.pathways.pick(eye, ray);
    if (mark && (!glyph || mark->depth <= glyph->second)) {
        Pick found;
        found.item = mark->item;
        found.position = eye + mark->depth * ray;
        return found;
    }
    if (!glyph) return std::nullopt;
    Pick found;
    found.atom = glyph->first.atom;
    found.position = glyph->first.centre;
    return found;
}

std::optional<std::size_t> StructureScene::pickAtom(int x, int y) const {
    const auto found = pick(x, y);
    return found ? found->atom : std::nullopt;
}

void StructureScene::setMeasurement(const std::vector<Pick>& atoms) {
    auto& d = *impl_;
    d.measuredAtoms.clear();
    for (const Pick& one : atoms)
        if (one.atom && *one.atom < d.structure.size())
            d.measuredAtoms.emplace_back(*one.atom, one.position - d.structure.position(*one.atom));
    d.refreshMeasurement();
}

PathwayLayers& StructureScene::pathways() {
    return impl_->pathways;
}

Viewpoint StructureScene::viewpoint() const {
    auto* camera = impl_->renderer->GetActiveCamera();
    return {Vec3(camera->GetPosition()), Vec3(camera->GetFocalPoint()), Vec3(camera->GetViewUp())};
}

void StructureScene::setViewpoint(const Viewpoint& view) {
    auto* camera = impl_->renderer->GetActiveCamera();
    camera->SetPosition(view.eye.data());
    camera->SetFocalPoint(view.centre.data());
    camera->SetViewUp(view.up.data());
    impl_->fitToWindow = false;
    impl_->fitPending = false;
}

void StructureScene::savePicture(const std::string& file, int width, int height, bool transparent) const {
    StructureScene copy;
    auto& d = *copy.impl_;
    d.structure = impl_->structure;
    d.isMobile = impl_->isMobile;
    d.trails = impl_->trails;
    d.measuredAtoms = impl_->measuredAtoms;
    d.triad.setLattice(d.structure.lattice);
    d.pathways.setOptions(impl_->pathways.options());
    d.pathways.set(impl_->pathways.pathways());
    d.pathways.setSelected(impl_->pathways.selected());
    d.pathways.setVisible(impl_->pathways.isVisible());
    copy.setOptions(impl_->options);
    d.renderer->GetActiveCamera()->DeepCopy(impl_->renderer->GetActiveCamera());
    d.fitToWindow = impl_->fitToWindow;
    d.fitPending = impl_->fitPending;
    d.fittedAspect = impl_->fittedAspect;
    writePicture(copy, file, {width, height, transparent});
}

std::size_t StructureScene::atomGlyphCount() const {
    return impl_->glyphs.size();
}

std::size_t StructureScene::bondCount() const {
    return impl_->bondsDrawn;
}

std::size_t StructureScene::polyhedronCount() const {
    return impl_->polyhedraDrawn;
}

std::size_t StructureScene::trailPointCount() const {
    return impl_->options.trails ? impl_->trails.pointCount() : 0;
}

std::size_t StructureScene::trailPieceCount() const {
    impl_->refreshTrails();
    return impl_->options.trails ? impl_->trailLines.pieceCount() : 0;
}

}  // namespace ionscape::scene
