// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/recognise_host.h"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/composition/species_lookup.h"
#include "core/crystal/supercell.h"
#include "core/crystal/superlattice.h"

namespace ionscape::composition {
namespace {

using crystal::Element;
using crystal::Structure;

constexpr int mostCells = 64;
constexpr double pi = 3.14159265358979323846;

/// Short right-handed vectors of the same lattice.
Mat3 reducedRows(const Mat3& rows) {
    Mat3 reduced = crystal::Lattice(rows).reduction().cast<double>() * rows;
    if (reduced.determinant() < 0.0) reduced *= -1.0;
    return reduced;
}

double angleBetween(const Vec3& a, const Vec3& b) {
    return std::acos(std::clamp(a.dot(b) / (a.norm() * b.norm()), -1.0, 1.0)) * 180.0 / pi;
}

/// All ways to describe the lattice of `rows` by vectors that look like those of `wanted`.
std::vector<Mat3> alikeRows(const Mat3& rows, const Mat3& wanted, const RecogniseTolerance& tolerance) {
    std::array<std::vector<Vec3>, 3> candidates;
    for (int code = 0; code < 27; ++code) {
        const Vec3 v = rows.transpose() * Vec3(code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1);
        for (int axis = 0; axis < 3; ++axis) {
            const double length = wanted.row(axis).norm();
            if (std::abs(v.norm() - length) <= tolerance.length * length)
                candidates[static_cast<std::size_t>(axis)].push_back(v);
        }
    }
    const auto alike = [&](const Vec3& u, const Vec3& v, int i, int j) {
        const double angle = angleBetween(wanted.row(i), wanted.row(j));
        return std::abs(angleBetween(u, v) - angle) <= tolerance.angle;
    };
    std::vector<Mat3> found;
    for (const Vec3& a : candidates[0]) {
        for (const Vec3& b : candidates[1]) {
            if (!alike(a, b, 0, 1)) continue;
            for (const Vec3& c : candidates[2]) {
                if (!alike(a, c, 0, 2) || !alike(b, c, 1, 2)) continue;
                Mat3 m;
                m << a.transpose(), b.transpose(), c.transpose();
                if (std::abs(m.determinant() / rows.determinant() - 1.0) < 1e-6) found.push_back(m);
            }
        }
    }
    return found;
}

/// The framework of a host laid over that of a cell.
class Overlay {
  public:
    Overlay(const Host& host, const Structure& structure, const RecogniseTolerance& tolerance)
        : host_(host), tolerance_(tolerance) {
        const Element ion = host.mobile().species.front().element;
        for (std::size_t i = 0; i < structure.size(); ++i) {
            if (structure.elements[i] != ion) atoms_.push_back(i);
        }
        cellRows_ = reducedRows(structure.lattice.rows());
        const Mat3 inverse = cellRows_.inverse();
        for (const std::size_t i : atoms_) {
            elements_.push_back(structure.elements[i]);
            fractions_.push_back(inverse.transpose() * structure.position(i));
        }
        const Structure all = host.primitiveCell();
        primitive_.lattice = all.lattice;
        for (const bool primary : {true, false}) {  // the rarer sites first: a wrong origin shows at once
            for (std::size_t i = 0; i < all.size(); ++i) {
                const std::string& name = host.sublatticeOf(all.siteLabels[i]);
                if (name == host.mobile().name || (name == host.mixed().name) != primary) continue;
                primitive_.append(all.elements[i], all.position(i), all.siteLabels[i]);
            }
        }
    }

    void tryCells(int cells) {
        for (const IntMat3& matrix : crystal::superlattices(cells)) {
            const Mat3 rows = reducedRows(matrix.cast<double>() * primitive_.lattice.rows());
            for (const Mat3& alike : alikeRows(rows, cellRows_, tolerance_))
                tryLattice(alike);
        }
    }

    bool found() const { return best_.rmsShift < std::numeric_limits<double>::max(); }
    const RecognisedHost& best() const { return best_; }

  private:
    /// The host's sites in a cell with these rows; the first primary site comes first.
    void tryLattice(const Mat3& rows) {
        const Mat3 exact = rows * primitive_.lattice.rows().inverse();
        const Structure sites =
            crystal::makeSupercell(primitive_, exact.array().round().matrix().cast<int>());
        const Mat3 inverse = sites.lattice.rows().inverse();
        std::vector<Vec3> fractions;
        std::vector<const Sublattice*> sublattices;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            fractions.push_back(inverse.transpose() * sites.position(i));
            sublattices.push_back(&host_.sublattice(host_.sublatticeOf(sites.siteLabels[i])));
        }
        for (std::size_t a = 0; a < elements_.size(); ++a) {
            if (!findSpecies(*sublattices[0], elements_[a])) continue;
            tryOrigin(sites, fractions, sublattices, fractions_[a] - fractions[0]);
        }
    }

    void tryOrigin(const Structure& sites, const std::vector<Vec3>& fractions,
                   const std::vector<const Sublattice*>& sublattices, const Vec3& origin) {
        std::vector<Vec3> shifts;
        std::vector<bool> taken(elements_.size(), false);
        std::vector<std::size_t> partner;
        // The origin hangs on one atom, which may itself be displaced.
        const double reach = 1.5 * tolerance_.distance;
        for (std::size_t s = 0; s < fractions.size(); ++s) {
            double nearest = reach;
            std::size_t atom = elements_.size();
            Vec3 shift = Vec3::Zero();
            for (std::size_t a = 0; a < elements_.size(); ++a) {
                if (taken[a] || !findSpecies(*sublattices[s], elements_[a])) continue;
                const Vec3 apart = fractions_[a] - fractions[s] - origin;
                const Vec3 cartesian = cellRows_.transpose() * (apart - apart.array().round().matrix());
                if (cartesian.norm() >= nearest) continue;
                nearest = cartesian.norm();
                atom = a;
                shift = cartesian;
            }
            if (atom == elements_.size()) return;
            taken[atom] = true;
            partner.push_back(atom);
            shifts.push_back(shift);
        }
        judge(sites, shifts, partner);
    }

    void judge(const Structure& sites, const std::vector<Vec3>& shifts,
               const std::vector<std::size_t>& partner) {
        Vec3 mean = Vec3::Zero();
        for (const Vec3& shift : shifts)
            mean += shift / static_cast<double>(shifts.size());
        double squares = 0.0, largest = 0.0;
        std::size_t farthest = 0;
        for (std::size_t s = 0; s < shifts.size(); ++s) {
            const double shift = (shifts[s] - mean).norm();
            squares += shift * shift;
            if (shift >= largest) {
                largest = shift;
                farthest = s;
            }
        }
        const double rms = std::sqrt(squares / static_cast<double>(shifts.size()));
        if (largest > tolerance_.distance || rms >= best_.rmsShift) return;
        best_.rmsShift = rms;
        best_.largestShift = largest;
        const std::size_t atom = partner[farthest];
        best_.farthestAtom =
            fmt::format("{} {} ({})", elements_[atom].symbol(), atoms_[atom] + 1, sites.siteLabels[farthest]);
        const Mat3 deformation = sites.lattice.rows().inverse() * cellRows_;
        best_.primitiveRows = primitive_.lattice.rows() * deformation;
        best_.volumeRatio = std::abs(deformation.determinant());
        const Eigen::SelfAdjointEigenSolver<Mat3> principal(deformation * deformation.transpose());
        best_.largestStrain = 0.0;
        for (const double square : principal.eigenvalues()) {
            const double strain = std::sqrt(square) - 1.0;
            if (std::abs(strain) > std::abs(best_.largestStrain)) best_.largestStrain = strain;
        }
    }

    const Host& host_;
    const RecogniseTolerance& tolerance_;
    std::vector<std::size_t> atoms_;  ///< of the framework, in the structure
    std::vector<Element> elements_;
    std::vector<Vec3> fractions_;
    Mat3 cellRows_;
    Structure primitive_;
    RecognisedHost best_{{}, {}, 1, 1.0, 0.0, std::numeric_limits<double>::max(), 0.0, {}, Mat3::Identity()};
};

/// Formula units of the host by the number of framework atoms.
double formulaUnitsOf(const Host& host, const Structure& structure) {
    double perUnit = 0.0;
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != Sublattice::Kind::Mobile) perUnit += sublattice.sitesPerFormulaUnit;
    }
    const auto ions = structure.atomsOf(host.mobile().species.front().element).size();
    return static_cast<double>(structure.size() - ions) / perUnit;
}

}  // namespace

std::optional<RecognisedHost> recogniseHost(const Host& host, const Structure& structure,
                                            const RecogniseTolerance& tolerance) {
    const double units = formulaUnitsOf(host, structure);
    const double cells = units / host.formulaUnitsInPrimitiveCell();
    const auto whole = static_cast<int>(std::lround(std::min(cells, 1e6)));
    if (whole < 1 || whole > mostCells || std::abs(cells - whole) > 1e-6) return std::nullopt;
    Formula formula;
    for (const auto& [element, count] : structure.elementCounts())
        formula.emplace_back(element, count);
    Composition composition;
    try {
        const double sites = units * host.mixed().sitesPerFormulaUnit;
        composition = compositionFromFormula(host, formula, static_cast<int>(std::lround(sites)));
    } catch (const InputError&) {
        return std::nullopt;  // other elements, other proportions, or charges that do not balance
    }
    Overlay overlay(host, structure, tolerance);
    overlay.tryCells(whole);
    if (!overlay.found()) return std::nullopt;
    RecognisedHost result = overlay.best();
    result.hostId = host.id;
    result.composition = std::move(composition);
    result.primitiveCells = whole;
    return result;
}

std::optional<RecognisedHost> recogniseHost(const std::vector<Host>& hosts, const Structure& structure,
                                            const RecogniseTolerance& tolerance) {
    std::optional<RecognisedHost> best;
    for (const Host& host : hosts) {
        auto found = recogniseHost(host, structure, tolerance);
        if (found && (!best || found->rmsShift < best->rmsShift)) best = std::move(found);
    }
    return best;
}

}  // namespace ionscape::composition
