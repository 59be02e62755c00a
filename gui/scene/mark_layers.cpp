// SPDX-License-Identifier: GPL-3.0-or-later
// Geometry and pipelines of the marks.
#include "gui/scene/mark_layers.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkMath.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkProperty2D.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

namespace ionscape::scene {

namespace {

vtkNew<vtkUnsignedCharArray> colourArray() {
    vtkNew<vtkUnsignedCharArray> colours;
    colours->SetName("colour");
    colours->SetNumberOfComponents(3);
    return colours;
}

void add(vtkUnsignedCharArray* colours, const Colour& colour) {
    const auto byte = [](double value) { return static_cast<unsigned char>(std::lround(255.0 * value)); };
    const std::array<unsigned char, 3> bytes{byte(colour[0]), byte(colour[1]), byte(colour[2])};
    colours->InsertNextTypedTuple(bytes.data());
}

/// One circle of the outline of an arrow: along the axis, its radius and how far its normal leans forward.
struct Ring {
    double along, radius, lean;
};

}  // namespace

ArrowLayer::ArrowLayer() {
    useMapper(mapper_);
    auto* property = actor_->GetProperty();
    property->SetAmbient(0.30);
    property->SetDiffuse(0.75);
    property->SetSpecular(0.20);
    set({});
}

void ArrowLayer::set(const std::vector<Arrow>& arrows) {
    constexpr int sides = 12;
    constexpr double headWidth = 2.4, headLength = 4.8;  // radii of the shaft
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> triangles;
    vtkNew<vtkFloatArray> normals;
    normals->SetName("normal");
    normals->SetNumberOfComponents(3);
    const auto colours = colourArray();
    for (const auto& arrow : arrows) {
        const double length = (arrow.end - arrow.begin).norm();
        if (length < 1e-6) continue;
        const Vec3 axis = (arrow.end - arrow.begin) / length;
        const Vec3 u = axis.unitOrthogonal();
        const Vec3 v = axis.cross(u);
        const double neck = length - std::min(headLength * arrow.radius, 0.6 * length);
        const double wide = headWidth * arrow.radius;
        const double slope = wide / std::hypot(wide, length - neck);
        // Rings in pairs: each pair spans one surface with normals of its own.
        const std::array<Ring, 8> rings{{{0.0, 0.0, -1.0},
                                         {0.0, arrow.radius, -1.0},
                                         {0.0, arrow.radius, 0.0},
                                         {neck, arrow.radius, 0.0},
                                         {neck, arrow.radius, -1.0},
                                         {neck, wide, -1.0},
                                         {neck, wide, slope},
                                         {length, 0.0, slope}}};
        for (std::size_t pair = 0; pair < rings.size(); pair += 2) {
            const vtkIdType first = points->GetNumberOfPoints();
            for (const Ring& ring : {rings[pair], rings[pair + 1]}) {
                for (int side = 0; side < sides; ++side) {
                    const double angle = 2.0 * vtkMath::Pi() * side / sides;
                    const Vec3 out = std::cos(angle) * u + std::sin(angle) * v;
                    const Vec3 point = arrow.begin + ring.along * axis + ring.radius * out;
                    const Vec3 normal = ring.lean * axis + std::sqrt(1.0 - ring.lean * ring.lean) * out;
                    points->InsertNextPoint(point.data());
                    normals->InsertNextTuple3(normal[0], normal[1], normal[2]);
                    add(colours, arrow.colour);
                }
            }
            for (int side = 0; side < sides; ++side) {
                const vtkIdType a = first + side;
                const vtkIdType b = first + (side + 1) % sides;
                triangles->InsertNextCell({a, b, b + sides});
                triangles->InsertNextCell({a, b + sides, a + sides});
            }
        }
    }
    count_ = arrows.size();
    data_->SetPoints(points);
    data_->SetPolys(triangles);
    data_->GetPointData()->SetNormals(normals);
    data_->GetPointData()->SetScalars(colours);
}

TubeLayer::TubeLayer(double radius) {
    tube_->SetInputData(lines_);
    tube_->SetRadius(radius);
    tube_->SetNumberOfSides(12);
    tube_->CappingOn();
    mapper_->SetInputConnection(tube_->GetOutputPort());
    fillViridis(colours_);
    mapper_->SetLookupTable(colours_);
    mapper_->UseLookupTableScalarRangeOff();
    actor_->SetMapper(mapper_);
    auto* property = actor_->GetProperty();
    property->SetAmbient(0.40);
    property->SetDiffuse(0.65);
    property->SetSpecular(0.20);
    set({}, 0.0, 1.0);
}

void TubeLayer::set(const std::vector<Tube>& tubes, double low, double high) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> lines;
    vtkNew<vtkFloatArray> values;
    values->SetName("value");
    for (const auto& tube : tubes) {
        lines->InsertNextCell(static_cast<int>(tube.points.size()));
        for (std::size_t i = 0; i < tube.points.size(); ++i) {
            lines->InsertCellPoint(points->InsertNextPoint(tube.points[i].data()));
            values->InsertNextValue(static_cast<float>(tube.values[i]));
        }
    }
    lines_->SetPoints(points);
    lines_->SetLines(lines);
    lines_->GetPointData()->SetScalars(values);
    mapper_->SetScalarRange(low, std::max(high, low + 1e-9));
    actor_->SetVisibility(!tubes.empty());  // the tube filter complains about lines without points
}

PlaneLayer::PlaneLayer() {
    useMapper(mapper_);
    actor_->GetProperty()->LightingOff();
    set({}, {}, {});
}

void PlaneLayer::set(const SurfaceMesh& mesh, const std::vector<Colour>& colours,
                     const std::vector<Vec3>& shifts) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> triangles;
    const auto rgb = colourArray();
    for (const Vec3& shift : shifts) {
        const vtkIdType first = points->GetNumberOfPoints();
        for (std::size_t i = 0; i < mesh.points.size(); ++i) {
            const Vec3 point = mesh.points[i] + shift;
            points->InsertNextPoint(point.data());
            add(rgb, colours[i]);
        }
        for (const auto& t : mesh.triangles)
            triangles->InsertNextCell({first + t[0], first + t[1], first + t[2]});
    }
    data_->SetPoints(points);
    data_->SetPolys(triangles);
    data_->GetPointData()->SetScalars(rgb);
}

void LabelSet::style(vtkBillboardTextActor3D& actor) const {
    auto* text = actor.GetTextProperty();
    const double grey = dark_ ? 0.95 : 0.08;
    text->SetColor(grey, grey, grey);
    const double ground = dark_ ? 0.08 : 1.0;
    text->SetBackgroundColor(ground, ground, ground);
    text->SetBackgroundOpacity(0.55);
    text->SetFontSize(13);
    text->SetBold(true);
    text->SetJustificationToCentered();
    text->SetVerticalJustificationToCentered();
}

void LabelSet::set(const std::vector<Label>& labels) {
    for (const auto& actor : actors_)
        renderer_->RemoveActor(actor);
    actors_.clear();
    labels_ = labels;
    for (const auto& label : labels) {
        const auto actor = vtkSmartPointer<vtkBillboardTextActor3D>::New();
        actor->SetInput(label.text.c_str());
        actor->SetPosition(label.at[0], label.at[1], label.at[2]);
        style(*actor);
        renderer_->AddActor(actor);
        actors_.push_back(actor);
    }
}

void LabelSet::face(const Vec3& eye) {
    for (std::size_t i = 0; i < labels_.size(); ++i) {
        const Vec3 at = labels_[i].at + labels_[i].lift * (eye - labels_[i].at).normalized();
        actors_[i]->SetPosition(at[0], at[1], at[2]);
    }
}

void LabelSet::setDarkBackground(bool dark) {
    dark_ = dark;
    for (const auto& actor : actors_)
        style(*actor);
}

ColourBar::ColourBar(vtkRenderer* renderer, int slot) {
    fillViridis(colours_);
    bar_->SetLookupTable(colours_);
    bar_->SetNumberOfLabels(4);
    bar_->SetLabelFormat("%.2g");
    bar_->SetUnconstrainedFontSize(true);
    bar_->SetMaximumNumberOfColors(256);
    bar_->GetPositionCoordinate()->SetValue(0.885, slot == 0 ? 0.46 : 0.06);
    bar_->SetWidth(0.09);
    bar_->SetHeight(0.36);
    bar_->SetBarRatio(0.22);
    bar_->SetTitleRatio(0.16);
    for (auto* text : {bar_->GetTitleTextProperty(), bar_->GetLabelTextProperty()}) {
        text->SetItalic(false);
        text->SetBold(false);
        text->SetShadow(false);
    }
    setPixelScale(1.0);
    setDarkBackground(false);
    bar_->VisibilityOff();
    renderer->AddActor2D(bar_);
}

void ColourBar::set(const std::string& title, double low, double high, bool visible) {
    const bool shown = visible && low < high;
    bar_->SetVisibility(shown);
    if (!shown) return;
    bar_->SetTitle(title.c_str());
    colours_->SetRange(low, std::abs(high) < 5e-3 * (high - low) ? 0.0 : high);  // "-0.0004" is no label
}

void ColourBar::setDarkBackground(bool dark) {
    const double grey = dark ? 0.92 : 0.12;
    bar_->GetTitleTextProperty()->SetColor(grey, grey, grey);
    bar_->GetLabelTextProperty()->SetColor(grey, grey, grey);
}

void ColourBar::setPixelScale(double scale) {
    // 2D text already grows with the DPI of the window; the bar's own sizes are shares of it.
    bar_->GetTitleTextProperty()->SetFontSize(12);
    bar_->GetLabelTextProperty()->SetFontSize(11);
    bar_->SetTextPad(static_cast<int>(std::lround(2.0 * scale)));
}

}  // namespace ionscape::scene
