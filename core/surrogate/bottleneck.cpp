// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/bottleneck.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace ionscape::surrogate {
namespace {

using crystal::NeighbourPair;
using Kind = AtomRole::Kind;
using Image = std::array<std::int32_t, 3>;

constexpr double reach = 4.0;        // Å: how far from the line the corners of a window may be
constexpr double endMargin = 1e-6;   // a window at an ion itself is not between the two
constexpr double emptySlack = 1e-6;  // Å: narrower ranges of sphere centres are four anions on one sphere

Image sum(const Image& a, const Image& b) {
    return {a[0] + b[0], a[1] + b[1], a[2] + b[2]};
}

/// An anion near the line, in the frame of the line.
struct Anion {
    std::int32_t atom;
    Image image;
    Vec3 place;       ///< relative to the first ion, Å
    double x, y;      ///< perpendicular to the line
    double fromLine;  ///< from the part of it between the ions
};

/// Which centres each anion is bonded to, with the image of the centre relative to the anion.
using CentresOfAnions = std::map<std::int32_t, std::vector<std::pair<std::size_t, Image>>>;

CentresOfAnions centresOfAnions(const std::vector<Environment>& environments,
                                const std::vector<AtomRole>& roles) {
    CentresOfAnions result;
    for (const Environment& environment : environments) {
        if (roles[environment.atom].kind != Kind::Centre) continue;
        for (const Ligand& ligand : environment.ligands)
            result[ligand.atom].push_back(
                {environment.atom, {-ligand.image[0], -ligand.image[1], -ligand.image[2]}});
    }
    return result;
}

bool bondedTo(const CentresOfAnions& centres, const Anion& anion, std::size_t centre, const Image& image) {
    const auto found = centres.find(anion.atom);
    if (found == centres.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const auto& entry) {
        return entry.first == centre && sum(anion.image, entry.second) == image;
    });
}

/// Are all three ligands of one framework cation?
bool isFrameworkFace(const CentresOfAnions& centres, const Anion& a, const Anion& b, const Anion& c) {
    const auto found = centres.find(a.atom);
    if (found == centres.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const auto& entry) {
        const Image image = sum(a.image, entry.second);
        return bondedTo(centres, b, entry.first, image) && bondedTo(centres, c, entry.first, image);
    });
}

/// Does the line, the origin of the perpendicular plane, pass inside the triangle?
bool surroundsLine(const Anion& a, const Anion& b, const Anion& c) {
    const double ab = a.x * b.y - a.y * b.x, bc = b.x * c.y - b.y * c.x, ca = c.x * a.y - c.y * a.x;
    return (ab > 0.0 && bc > 0.0 && ca > 0.0) || (ab < 0.0 && bc < 0.0 && ca < 0.0);
}

/// Is there a sphere through the three that holds no other anion? The centres of all spheres through them
/// lie on a line along the normal; each other anion bounds the range of empty ones from one side.
bool isDelaunay(const std::vector<Anion>& anions, std::size_t i, std::size_t j, std::size_t k) {
    const Vec3 u = anions[j].place - anions[i].place, v = anions[k].place - anions[i].place;
    const Vec3 normal = u.cross(v);
    const double square = normal.squaredNorm();
    const Vec3 toCentre =
        (u.squaredNorm() * v.cross(normal) + v.squaredNorm() * normal.cross(u)) / (2.0 * square);
    const double radius2 = toCentre.squaredNorm();
    const Vec3 centre = anions[i].place + toCentre, axis = normal / std::sqrt(square);
    double low = -std::numeric_limits<double>::infinity(), high = -low;
    for (std::size_t p = 0; p < anions.size() && low + emptySlack < high; ++p) {
        if (p == i || p == j || p == k) continue;
        const Vec3 apart = anions[p].place - centre;
        const double height = axis.dot(apart), excess = apart.squaredNorm() - radius2;
        if (std::abs(height) < 1e-9) {
            if (excess < -1e-9) return false;
        } else if (height > 0.0) {
            high = std::min(high, excess / (2.0 * height));
        } else {
            low = std::max(low, excess / (2.0 * height));
        }
    }
    return low + emptySlack < high;
}

class Finder {
  public:
    Finder(const crystal::Structure& structure, const std::vector<AtomRole>& roles,
           const std::vector<NeighbourPair>& pairs, const std::vector<Environment>& environments)
        : roles_(roles), pairs_(pairs), centres_(centresOfAnions(environments, roles)) {
        first_.assign(structure.size() + 1, pairs.size());
        for (std::size_t p = pairs.size(); p-- > 0;)
            first_[static_cast<std::size_t>(pairs[p].i)] = p;
        for (std::size_t atom = structure.size(); atom-- > 0;)
            first_[atom] = std::min(first_[atom], first_[atom + 1]);
    }

    bool areNeighbours(const NeighbourPair& pair) const {
        if (pair.distance > longestHop || !isMobile(pair.j)) return false;
        const Vec3 middle = 0.5 * pair.vector;
        for (std::size_t p = begin(pair.i); p < end(pair.i); ++p) {
            if (!isMobile(pairs_[p].j)) continue;
            if ((pairs_[p].vector - middle).squaredNorm() < middle.squaredNorm() * (1.0 - 1e-9)) return false;
        }
        return true;
    }

    /// Area of the smallest window; nothing if blocked or without a window.
    std::optional<double> smallestWindow(const NeighbourPair& pair) const {
        const auto anions = anionsAround(pair);
        const auto close = static_cast<std::size_t>(
            std::count_if(anions.begin(), anions.end(), [](const Anion& a) { return a.fromLine < reach; }));
        std::optional<double> smallest;
        for (std::size_t i = 0; i < close; ++i) {
            for (std::size_t j = i + 1; j < close; ++j) {
                for (std::size_t k = j + 1; k < close; ++k) {
                    const Anion &a = anions[i], &b = anions[j], &c = anions[k];
                    if (!surroundsLine(a, b, c)) continue;
                    const Vec3 normal = (b.place - a.place).cross(c.place - a.place);
                    const double t = normal.dot(a.place) / normal.dot(pair.vector);
                    if (!(t > endMargin && t < 1.0 - endMargin)) continue;
                    if (!isDelaunay(anions, i, j, k)) continue;
                    if (isFrameworkFace(centres_, a, b, c)) return std::nullopt;
                    const double area = 0.5 * normal.norm();
                    if (!smallest || area < *smallest) smallest = area;
                }
            }
        }
        return smallest;
    }

    bool isMobile(std::int32_t atom) const {
        return roles_[static_cast<std::size_t>(atom)].kind == Kind::Mobile;
    }

  private:
    std::size_t begin(std::int32_t atom) const { return first_[static_cast<std::size_t>(atom)]; }
    std::size_t end(std::int32_t atom) const { return first_[static_cast<std::size_t>(atom) + 1]; }

    /// Anions within pairCutoff of either ion, each once; those near the line, which tell soonest that a
    /// sphere is not empty, come first.
    std::vector<Anion> anionsAround(const NeighbourPair& pair) const {
        const Vec3 along = pair.vector / pair.distance;
        const Vec3 x = along.unitOrthogonal(), y = along.cross(x);
        std::vector<Anion> anions;
        const auto add = [&](const NeighbourPair& p, const Image& shift, const Vec3& origin) {
            const Vec3 place = origin + p.vector;
            const double t = std::clamp(along.dot(place), 0.0, pair.distance);
            anions.push_back(
                {p.j, sum(p.image, shift), place, x.dot(place), y.dot(place), (place - t * along).norm()});
        };
        for (std::size_t p = begin(pair.i); p < end(pair.i); ++p) {
            if (roles_[static_cast<std::size_t>(pairs_[p].j)].kind == Kind::Anion)
                add(pairs_[p], {}, Vec3::Zero());
        }
        for (std::size_t p = begin(pair.j); p < end(pair.j); ++p) {
            if (roles_[static_cast<std::size_t>(pairs_[p].j)].kind != Kind::Anion) continue;
            if ((pair.vector + pairs_[p].vector).norm() >= pairCutoff)
                add(pairs_[p], pair.image, pair.vector);
        }
        std::sort(anions.begin(), anions.end(),
                  [](const Anion& a, const Anion& b) { return a.fromLine < b.fromLine; });
        return anions;
    }

    const std::vector<AtomRole>& roles_;
    const std::vector<NeighbourPair>& pairs_;
    CentresOfAnions centres_;
    std::vector<std::size_t> first_;  ///< of each atom's pairs
};

/// Of the two directions of a pair the one that is kept.
bool isForward(const NeighbourPair& pair) {
    if (pair.i != pair.j) return pair.i < pair.j;
    return pair.image > Image{0, 0, 0};
}

}  // namespace

std::vector<Bottleneck> bottlenecks(const crystal::Structure& structure, const std::vector<AtomRole>& roles,
                                    const std::vector<NeighbourPair>& pairs,
                                    const std::vector<Environment>& environments) {
    const Finder finder(structure, roles, pairs, environments);
    std::vector<Bottleneck> found;
    for (const NeighbourPair& pair : pairs) {
        if (!finder.isMobile(pair.i) || !isForward(pair) || !finder.areNeighbours(pair)) continue;
        if (const auto area = finder.smallestWindow(pair))
            found.push_back(
                {static_cast<std::size_t>(pair.i), static_cast<std::size_t>(pair.j), pair.distance, *area});
    }
    return found;
}

std::vector<double> nearestMobileDistances(const crystal::Structure& structure,
                                           const std::vector<AtomRole>& roles,
                                           const std::vector<NeighbourPair>& pairs) {
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<double> nearest(structure.size(), none);
    for (const NeighbourPair& pair : pairs) {
        const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
        if (roles[i].kind == Kind::Mobile && roles[j].kind == Kind::Mobile)
            nearest[i] = std::min(nearest[i], pair.distance);
    }
    nearest.erase(std::remove(nearest.begin(), nearest.end(), none), nearest.end());
    return nearest;
}

}  // namespace ionscape::surrogate
