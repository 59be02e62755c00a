// SPDX-License-Identifier: GPL-3.0-or-later
// The drawable parts of the scene, each one actor with a fixed pipeline that takes new geometry at
// interactive rates.
#include "gui/scene/layers.h"

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkLookupTable.h>
#include <vtkMath.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>
#include <vtkUniforms.h>
#include <vtkUnsignedCharArray.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <string>

namespace ionscape::scene {

namespace {

/// What is replaced: VTK's own lighting goes in here, ours follows.
constexpr const char* lightTag = "//VTK::Light::Impl\n";
// After the lighting, so that highlights fade too. The distance comes from the depth buffer's coordinate:
// shaders of unlit lines know no other. hazeRange = nearest, farthest, strength; VTK declares the uniforms.
constexpr const char* depthCueCode =
    "  float away = clipRange.x * clipRange.y / (clipRange.y - gl_FragCoord.z * (clipRange.y - "
    "clipRange.x));\n"
    "  float haze = clamp((away - hazeRange.x) / (hazeRange.y - hazeRange.x), 0.0, 1.0);\n"
    "  gl_FragData[0].rgb = mix(gl_FragData[0].rgb, hazeColour, hazeRange.z * haze);\n";
// A dark rim separates touching spheres of the same colour.
constexpr const char* rimCode =
    "  gl_FragData[0].rgb *= mix(0.55, 1.0, smoothstep(0.0, 0.50, normalVCVSOutput.z));\n";

void addColour(vtkUnsignedCharArray* colours, const Colour& colour, double alpha = 1.0) {
    const auto byte = [](double value) { return static_cast<unsigned char>(std::lround(255.0 * value)); };
    const std::array<unsigned char, 4> bytes{byte(colour[0]), byte(colour[1]), byte(colour[2]), byte(alpha)};
    colours->InsertNextTypedTuple(bytes.data());
}

vtkNew<vtkUnsignedCharArray> makeColours(int components) {
    vtkNew<vtkUnsignedCharArray> colours;
    colours->SetName("colour");
    colours->SetNumberOfComponents(components);
    return colours;
}

vtkNew<vtkFloatArray> makeFloats(const char* name, int components) {
    vtkNew<vtkFloatArray> array;
    array->SetName(name);
    array->SetNumberOfComponents(components);
    return array;
}

void addNormal(vtkFloatArray* normals, const Vec3& n) {
    normals->InsertNextTuple3(n[0], n[1], n[2]);
}

}  // namespace

Layer::Layer() {
    auto* shader = actor_->GetShaderProperty();
    shader->AddFragmentShaderReplacement("//VTK::Light::Impl", true, std::string(lightTag) + depthCueCode,
                                         false);
    setDepthCue({});
}

void Layer::setDepthCue(const DepthCue& cue) {
    auto* uniforms = actor_->GetShaderProperty()->GetFragmentCustomUniforms();
    const std::array<float, 3> colour{static_cast<float>(cue.background[0]),
                                      static_cast<float>(cue.background[1]),
                                      static_cast<float>(cue.background[2])};
    const std::array<float, 3> range{static_cast<float>(cue.nearest), static_cast<float>(cue.farthest),
                                     static_cast<float>(cue.strength)};
    uniforms->SetUniform3f("hazeColour", colour.data());
    uniforms->SetUniform3f("hazeRange", range.data());
    const std::array<float, 2> clip{static_cast<float>(cue.nearClip), static_cast<float>(cue.farClip)};
    uniforms->SetUniform2f("clipRange", clip.data());
}

void Layer::useMapper(vtkPolyDataMapper* mapper) {
    mapper->SetInputData(data_);
    actor_->SetMapper(mapper);
}

SphereLayer::SphereLayer(bool glow) {
    useMapper(mapper_);
    mapper_->SetScaleArray("radius");
    mapper_->SetScalarModeToUsePointFieldData();
    mapper_->SelectColorArray("colour");
    auto* property = actor_->GetProperty();
    property->SetAmbient(glow ? 0.38 : 0.25);
    property->SetDiffuse(glow ? 0.80 : 0.75);
    property->SetSpecular(glow ? 0.45 : 0.18);
    property->SetSpecularPower(glow ? 45.0 : 25.0);
    actor_->GetShaderProperty()->AddFragmentShaderReplacement(
        "//VTK::Light::Impl", true, std::string(lightTag) + rimCode + depthCueCode, false);
    set({});
}

void SphereLayer::set(const std::vector<Sphere>& spheres) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> vertices;  // not drawn, but VTK takes an actor's bounds from cells and culls by them
    const auto radii = makeFloats("radius", 1);
    const auto colours = makeColours(3);
    for (const auto& sphere : spheres) {
        vertices->InsertNextCell({points->InsertNextPoint(sphere.centre.data())});
        radii->InsertNextValue(static_cast<float>(sphere.radius));
        addColour(colours, sphere.colour);
    }
    data_->SetPoints(points);
    data_->SetVerts(vertices);
    data_->GetPointData()->AddArray(radii);
    data_->GetPointData()->AddArray(colours);
}

StickLayer::StickLayer(double radius) : radius_(radius) {
    useMapper(mapper_);
    auto* property = actor_->GetProperty();
    property->SetAmbient(0.25);
    property->SetDiffuse(0.75);
    property->SetSpecular(0.15);
    set({});
}

void StickLayer::set(const std::vector<Stick>& sticks) {
    constexpr int sides = 8;
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> triangles;
    const auto normals = makeFloats("normal", 3);
    const auto colours = makeColours(3);
    for (const auto& stick : sticks) {
        const Vec3 axis = (stick.end - stick.begin).normalized();
        const Vec3 u = axis.unitOrthogonal();
        const Vec3 v = axis.cross(u);
        const Vec3 middle = 0.5 * (stick.begin + stick.end);
        const vtkIdType first = points->GetNumberOfPoints();
        // Four rings: the two in the middle coincide, one for each half's colour.
        const std::array<Vec3, 4> rings{stick.begin, middle, middle, stick.end};
        for (std::size_t ring = 0; ring < 4; ++ring) {
            for (int side = 0; side < sides; ++side) {
                const double angle = 2.0 * vtkMath::Pi() * side / sides;
                const Vec3 normal = std::cos(angle) * u + std::sin(angle) * v;
                const Vec3 point = rings[ring] + radius_ * normal;
                points->InsertNextPoint(point.data());
                addNormal(normals, normal);
                addColour(colours, ring < 2 ? stick.beginColour : stick.endColour);
            }
        }
        for (const vtkIdType ring : {first, first + 2 * sides}) {
            for (int side = 0; side < sides; ++side) {
                const vtkIdType a = ring + side;
                const vtkIdType b = ring + (side + 1) % sides;
                triangles->InsertNextCell({a, b, b + sides});
                triangles->InsertNextCell({a, b + sides, a + sides});
            }
        }
    }
    data_->SetPoints(points);
    data_->SetPolys(triangles);
    data_->GetPointData()->SetNormals(normals);
    data_->GetPointData()->SetScalars(colours);
}

LineLayer::LineLayer(double width) : width_(width) {
    useMapper(mapper_);
    actor_->GetProperty()->LightingOff();
    setPixelScale(1.0);
    set({});
}

void LineLayer::set(const std::vector<Line>& lines) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> cells;
    const auto colours = makeColours(3);
    for (const auto& line : lines) {
        const vtkIdType begin = points->InsertNextPoint(line.begin.data());
        const vtkIdType end = points->InsertNextPoint(line.end.data());
        cells->InsertNextCell({begin, end});
        addColour(colours, line.colour);
        addColour(colours, line.colour);
    }
    data_->SetPoints(points);
    data_->SetLines(cells);
    data_->GetPointData()->SetScalars(colours);
}

TrailLayer::TrailLayer() {
    useMapper(mapper_);
    vtkNew<vtkLookupTable> viridis;
    fillViridis(viridis);
    mapper_->SetLookupTable(viridis);
    mapper_->UseLookupTableScalarRangeOff();
    auto* property = actor_->GetProperty();
    property->SetRenderLinesAsTubes(true);
    property->SetAmbient(0.45);
    property->SetDiffuse(0.60);
    property->SetSpecular(0.15);
    setPixelScale(1.0);
    set({}, 0.0);
}

void TrailLayer::setPixelScale(double scale) {
    actor_->GetProperty()->SetLineWidth(static_cast<float>(3.0 * scale));
}

void TrailLayer::set(const std::vector<TrailPiece>& pieces, double lastFrame, bool byIon) {
    vtkNew<vtkPoints> points;
    vtkNew<vtkCellArray> lines;
    const auto frames = makeFloats("frame", 1);
    double lastIon = 0.0;
    for (const auto& piece : pieces) {
        lines->InsertNextCell(static_cast<int>(piece.points.size()));
        for (std::size_t i = 0; i < piece.points.size(); ++i) {
            lines->InsertCellPoint(points->InsertNextPoint(piece.points[i].data()));
            frames->InsertNextValue(static_cast<float>(byIon ? double(piece.ion) : piece.frames[i]));
        }
        lastIon = std::max(lastIon, static_cast<double>(piece.ion));
    }
    data_->SetPoints(points);
    data_->SetLines(lines);
    data_->GetPointData()->SetScalars(frames);
    mapper_->SetScalarRange(0.0, std::max(1.0, byIon ? lastIon : lastFrame));
}

}  // namespace ionscape::scene
