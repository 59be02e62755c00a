// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/known_sites.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/composition/symmetry_operation.h"
#include "core/io/cif.h"

namespace ionscape::workflow {

namespace {

using crystal::Lattice;
using transport::KnownSite;

constexpr double samePlace = 0.1;    // Å
constexpr double mostStrain = 0.05;  // of lengths and dot products
constexpr double worstFit = 1.0;     // Å
constexpr std::size_t mostPlacings = 20000;

/// What a CIF holds in its cell: places of the mobile ion and of everything else, fractional.
struct Expanded {
    Lattice lattice;
    std::vector<KnownSite> mobile;
    std::vector<Vec3> others;
    std::vector<Vec3> centring;  ///< translations of the lattice, zero among them
};

bool isNew(const std::vector<Vec3>& places, const Lattice& lattice, const Vec3& place) {
    return std::none_of(places.begin(), places.end(), [&](const Vec3& other) {
        return lattice.minimumImage(lattice.toCartesian({place - other})).norm() < samePlace;
    });
}

Expanded expand(const std::filesystem::path& file, crystal::Element mobile) {
    const io::CifCrystal cif = io::readCifCrystal(file);
    Expanded result;
    result.lattice = cif.lattice;
    std::vector<Vec3> mobilePlaces;
    std::vector<composition::Host::Operation> operations;
    for (const auto& text : cif.operations) {
        operations.push_back(composition::parseOperation(text));
        const auto& operation = operations.back();
        if (operation.rotation.isIdentity()) result.centring.push_back(operation.translation);
    }
    for (const auto& site : cif.sites) {
        for (const auto& operation : operations) {
            const Vec3 place = operation.rotation * site.position.v + operation.translation;
            auto& places = site.element == mobile ? mobilePlaces : result.others;
            if (!isNew(places, cif.lattice, place)) continue;
            places.push_back(place);
            if (site.element == mobile) result.mobile.push_back({site.label, {place}});
        }
    }
    if (result.mobile.empty())
        throw InputError(fmt::format("{}: holds no {}", file.string(), mobile.symbol()));
    return result;
}

/// Vectors of the CIF's lattice about as long as `wanted` (Å), Cartesian.
std::vector<Vec3> vectorsOfLength(const Expanded& cif, double wanted) {
    std::vector<Vec3> found;
    const Vec3 faces = cif.lattice.faceDistances();
    const double longest = wanted * (1.0 + mostStrain);
    IntVec3 reach;
    for (int axis = 0; axis < 3; ++axis)
        reach[axis] = static_cast<int>(longest / faces[axis]) + 1;
    for (int i = -reach[0]; i <= reach[0]; ++i) {
        for (int j = -reach[1]; j <= reach[1]; ++j) {
            for (int k = -reach[2]; k <= reach[2]; ++k) {
                for (const Vec3& centre : cif.centring) {
                    const Vec3 v = cif.lattice.toCartesian({Vec3(i, j, k) + centre});
                    if (std::abs(v.norm() - wanted) <= mostStrain * wanted) found.push_back(v);
                }
            }
        }
    }
    return found;
}

bool fits(const Vec3& v, const Vec3& w, const Vec3& a, const Vec3& b) {
    return std::abs(v.dot(w) - a.dot(b)) <= mostStrain * a.norm() * b.norm();
}

/// Every way to find the run's cell in the CIF's lattice: lattice vectors as rows, Å.
std::vector<Mat3> placings(const Expanded& cif, const Lattice& cell) {
    const Vec3 a = cell.vector(0), b = cell.vector(1), c = cell.vector(2);
    const auto first = vectorsOfLength(cif, a.norm()), second = vectorsOfLength(cif, b.norm()),
               third = vectorsOfLength(cif, c.norm());
    std::vector<Mat3> list;
    for (const Vec3& u : first) {
        for (const Vec3& v : second) {
            if (!fits(u, v, a, b)) continue;
            for (const Vec3& w : third) {
                if (!fits(u, w, a, c) || !fits(v, w, b, c)) continue;
                Mat3 rows;
                rows << u.transpose(), v.transpose(), w.transpose();
                if (rows.determinant() * cell.rows().determinant() <= 0.0) continue;
                list.push_back(rows);
                if (list.size() == mostPlacings) return list;
            }
        }
    }
    return list;
}

/// Places of the CIF's cell (fractional there) as fractional coordinates of a cell with the given rows: all
/// images that fall into it, each once, with the index of the place.
std::vector<std::pair<Vec3, std::size_t>> imagesIn(const Mat3& rows, const Lattice& lattice,
                                                   const std::vector<Vec3>& places) {
    const Mat3 toCell = rows.transpose().inverse() * lattice.rows().transpose();
    const Mat3 back = toCell.inverse();
    // The corners of the cell bound the translations that reach into it.
    Vec3 low = Vec3::Zero(), high = Vec3::Zero();
    for (int corner = 1; corner < 8; ++corner) {
        const Vec3 f = back * Vec3(corner & 1, (corner >> 1) & 1, corner >> 2);
        low = low.cwiseMin(f);
        high = high.cwiseMax(f);
    }
    std::vector<std::pair<Vec3, std::size_t>> images;
    for (std::size_t p = 0; p < places.size(); ++p) {
        const Vec3 base = places[p].array() - places[p].array().floor();
        for (double i = std::floor(low[0]) - 1; i <= high[0]; ++i) {
            for (double j = std::floor(low[1]) - 1; j <= high[1]; ++j) {
                for (double k = std::floor(low[2]) - 1; k <= high[2]; ++k) {
                    const Vec3 f = toCell * (base + Vec3(i, j, k));
                    // Half-open with some slack, so that rounding puts a place on a face in once.
                    if ((f.array() >= -1e-7).all() && (f.array() < 1.0 - 1e-7).all())
                        images.emplace_back(f, p);
                }
            }
        }
    }
    return images;
}

/// Root mean square distance of the run's framework atoms from the nearest place of the CIF, Å.
double misfit(const std::vector<std::pair<Vec3, std::size_t>>& places, const crystal::Structure& cell,
              const std::vector<std::size_t>& framework) {
    double sum = 0.0;
    for (const std::size_t atom : framework) {
        double nearest = std::numeric_limits<double>::infinity();
        for (const auto& [place, index] : places) {
            const Vec3 d = cell.position(atom) - cell.lattice.toCartesian({place});
            nearest = std::min(nearest, cell.lattice.minimumImage(d).squaredNorm());
        }
        sum += nearest;
    }
    return framework.empty() ? 0.0 : std::sqrt(sum / static_cast<double>(framework.size()));
}

}  // namespace

std::vector<KnownSite> knownSitesFromCif(const std::filesystem::path& file, crystal::Element mobile,
                                         const crystal::Structure& cell) {
    const Expanded cif = expand(file, mobile);
    std::vector<std::size_t> framework;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell.elements[i] != mobile) framework.push_back(i);
    }
    const auto ways = placings(cif, cell.lattice);
    if (ways.empty()) {
        throw InputError(
            fmt::format("{}: the cell of the trajectory is no supercell of this lattice within {} %",
                        file.string(), 100.0 * mostStrain));
    }
    double best = std::numeric_limits<double>::infinity();
    const Mat3* rows = nullptr;
    for (const Mat3& way : ways) {
        const double fit = misfit(imagesIn(way, cif.lattice, cif.others), cell, framework);
        if (fit >= best) continue;
        best = fit;
        rows = &way;
    }
    if (rows == nullptr || best > worstFit) {
        throw InputError(
            fmt::format("{}: the framework of the trajectory is {:.2f} Å away from that of this file; "
                        "give the structure that the run was made of, with the same origin",
                        file.string(), best));
    }
    std::vector<Vec3> places;
    for (const KnownSite& site : cif.mobile)
        places.push_back(site.position.v);
    std::vector<KnownSite> sites;
    for (const auto& [place, index] : imagesIn(*rows, cif.lattice, places))
        sites.push_back({cif.mobile[index].label, {place}});
    return sites;
}

}  // namespace ionscape::workflow
