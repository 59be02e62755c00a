// SPDX-License-Identifier: GPL-3.0-or-later
// Which anions surround which cations: the bonds, image atoms and coordination polyhedra that the scene
// draws.
#include "gui/scene/coordination.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "core/crystal/neighbour_list.h"

namespace ionscape::scene {

namespace {

constexpr double tetrahedralReach = 2.1;
constexpr double metalReach = 2.7;

template <std::size_t count>
bool isOneOf(crystal::Element element, const std::array<std::string_view, count>& symbols) {
    return std::find(symbols.begin(), symbols.end(), element.symbol()) != symbols.end();
}

bool isAnion(crystal::Element element) {
    static constexpr std::array<std::string_view, 9> anions{"N", "O", "F", "S", "Cl", "Se", "Br", "Te", "I"};
    return isOneOf(element, anions);
}

bool formsTetrahedra(crystal::Element element) {
    static constexpr std::array<std::string_view, 5> formers{"B", "C", "Si", "P", "As"};
    return isOneOf(element, formers);
}

/// How each element of a structure takes part, looked up once and not once a pair.
struct Role {
    bool cation = false;
    bool anion = false;
    bool tetrahedral = false;
    double extraReach = 0.0;  ///< anion: by how much its bonds are longer than those to O, Å
};

std::vector<Role> rolesOf(const crystal::Structure& structure, crystal::Element mobile) {
    const auto oxygen = crystal::Element::fromSymbol("O");
    const auto hydrogen = crystal::Element::fromSymbol("H");
    std::map<crystal::Element, Role> roles;
    for (const auto& element : structure.elements) {
        if (roles.contains(element)) continue;
        Role role;
        role.anion = isAnion(element);
        role.cation = !role.anion && element != mobile && element != hydrogen;
        role.tetrahedral = formsTetrahedra(element);
        if (role.anion) role.extraReach = std::max(0.0, element.covalentRadius() - oxygen.covalentRadius());
        roles.emplace(element, role);
    }
    std::vector<Role> result;
    result.reserve(structure.size());
    for (const auto& element : structure.elements)
        result.push_back(roles.at(element));
    return result;
}

bool drawsPolyhedron(const Role& role, std::size_t neighbours) {
    return role.tetrahedral ? neighbours == 4 : neighbours >= 4 && neighbours <= 8;
}

/// The corners in the plane through three of them, in order around the face; empty if the plane is not on the
/// hull.
std::vector<int> faceThrough(const std::vector<Vec3>& points, int i, int j, int k) {
    constexpr double tolerance = 1e-6;
    const auto& origin = points[static_cast<std::size_t>(i)];
    Vec3 normal =
        (points[static_cast<std::size_t>(j)] - origin).cross(points[static_cast<std::size_t>(k)] - origin);
    if (normal.norm() < tolerance) return {};
    normal.normalize();
    std::vector<int> inPlane;
    int above = 0;
    int below = 0;
    for (int p = 0; p < static_cast<int>(points.size()); ++p) {
        const double height = normal.dot(points[static_cast<std::size_t>(p)] - origin);
        if (height > tolerance)
            ++above;
        else if (height < -tolerance)
            ++below;
        else
            inPlane.push_back(p);
    }
    if ((above == 0) == (below == 0)) return {};
    // A face with more than three corners is met once for every triple of them: keep the first triple only.
    if (inPlane[0] != i || inPlane[1] != j || inPlane[2] != k) return {};
    if (above > 0) normal = -normal;

    Vec3 middle = Vec3::Zero();
    for (const int p : inPlane)
        middle += points[static_cast<std::size_t>(p)];
    middle /= static_cast<double>(inPlane.size());
    const Vec3 right = (origin - middle).normalized();
    const Vec3 up = normal.cross(right);
    const auto angle = [&](int p) {
        const Vec3 arm = points[static_cast<std::size_t>(p)] - middle;
        return std::atan2(up.dot(arm), right.dot(arm));
    };
    std::sort(inPlane.begin(), inPlane.end(), [&](int a, int b) { return angle(a) < angle(b); });
    return inPlane;
}

}  // namespace

std::vector<std::vector<int>> convexFaces(const std::vector<Vec3>& points) {
    std::vector<std::vector<int>> faces;
    const int count = static_cast<int>(points.size());
    for (int i = 0; i < count; ++i)
        for (int j = i + 1; j < count; ++j)
            for (int k = j + 1; k < count; ++k)
                if (auto face = faceThrough(points, i, j, k); !face.empty()) faces.push_back(std::move(face));
    return faces;
}

Coordination findCoordination(const crystal::Structure& structure, crystal::Element mobile) {
    Coordination result;
    const auto roles = rolesOf(structure, mobile);
    double reach = 0.0;
    for (const auto& role : roles)
        if (role.anion) reach = std::max(reach, metalReach + role.extraReach);
    if (reach == 0.0) return result;

    std::vector<Polyhedron> shells(structure.size());
    std::map<std::tuple<int, int, int, int>, bool> imageSeen;
    for (const auto& pair : crystal::neighbourPairs(structure, reach)) {
        const auto cation = static_cast<std::size_t>(pair.i);
        const auto anion = static_cast<std::size_t>(pair.j);
        if (!roles[cation].cation || !roles[anion].anion) continue;
        const double limit = roles[cation].tetrahedral ? tetrahedralReach : metalReach;
        if (pair.distance > limit + roles[anion].extraReach) continue;
        const Vec3 centre = structure.position(cation);
        const Vec3 corner = centre + pair.vector;
        result.bonds.push_back({cation, anion, centre, corner});
        shells[cation].corners.push_back(corner);
        const bool inside = pair.image[0] == 0 && pair.image[1] == 0 && pair.image[2] == 0;
        const auto key = std::make_tuple(pair.j, pair.image[0], pair.image[1], pair.image[2]);
        if (!inside && imageSeen.emplace(key, true).second) result.images.push_back({anion, corner});
    }
    for (std::size_t atom = 0; atom < shells.size(); ++atom) {
        auto& shell = shells[atom];
        if (!drawsPolyhedron(roles[atom], shell.corners.size())) continue;
        shell.centre = atom;
        shell.faces = convexFaces(shell.corners);
        if (!shell.faces.empty()) result.polyhedra.push_back(std::move(shell));
    }
    return result;
}

}  // namespace ionscape::scene
