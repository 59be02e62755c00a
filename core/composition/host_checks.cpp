// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/host_checks.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "core/base/error.h"

namespace ionscape::composition {
namespace {

constexpr double tolerance = 1e-6;
/// Two sites nearer than this (Å) are a mistake in the file, even for split positions of a mobile ion.
constexpr double clashDistance = 0.3;

bool isWhole(const Vec3& v) {
    return (v - v.array().round().matrix()).cwiseAbs().maxCoeff() < tolerance;
}

bool sameRotation(const Mat3& a, const Mat3& b) {
    return (a - b).cwiseAbs().maxCoeff() < tolerance;
}

/// An operation up to whole translations, in a form that can be looked up: 192 operations have 36864
/// products.
using Key = std::array<int, 12>;

Key keyOf(const Mat3& rotation, const Vec3& translation) {
    constexpr double steps = 1e5;
    Key key;
    for (int i = 0; i < 9; ++i)
        key[static_cast<std::size_t>(i)] = static_cast<int>(std::lround(rotation(i / 3, i % 3)));
    for (int i = 0; i < 3; ++i) {
        const long step = std::lround((translation(i) - std::floor(translation(i))) * steps);
        key[static_cast<std::size_t>(9 + i)] = static_cast<int>(step % std::lround(steps));
    }
    return key;
}

std::vector<Vec3> centringTranslations(const Host& host) {
    std::vector<Vec3> translations;
    for (const auto& operation : host.operations) {
        if (sameRotation(operation.rotation, Mat3::Identity())) translations.push_back(operation.translation);
    }
    return translations;
}

void checkOperations(const Host& host) {
    const auto& operations = host.operations;
    const Mat3 rows = host.conventionalLattice.rows();
    const Mat3 metric = rows * rows.transpose();
    std::set<Key> known;
    for (std::size_t i = 0; i < operations.size(); ++i) {
        const Mat3& rotation = operations[i].rotation;
        const Mat3 moved = rotation.transpose() * metric * rotation;
        if ((moved - metric).cwiseAbs().maxCoeff() > tolerance * metric.maxCoeff()) {
            throw InputError(
                fmt::format("operations[{}]: does not keep the lengths and angles of the cell", i));
        }
        if (!known.insert(keyOf(rotation, operations[i].translation)).second) {
            throw InputError(fmt::format("operations[{}]: is listed twice", i));
        }
    }
    if (!known.contains(keyOf(Mat3::Identity(), Vec3::Zero()))) {
        throw InputError("operations: the identity \"x,y,z\" is missing");
    }
    for (std::size_t i = 0; i < operations.size(); ++i) {
        for (std::size_t j = 0; j < operations.size(); ++j) {
            const auto& [first, shift] = operations[i];
            if (!known.contains(
                    keyOf(first * operations[j].rotation, first * operations[j].translation + shift))) {
                throw InputError(fmt::format(
                    "operations: operation {} after {} is missing (list all of the group, with centring)", i,
                    j));
            }
        }
    }
}

void checkCells(const Host& host) {
    const std::vector<Vec3> translations = centringTranslations(host);
    for (int row = 0; row < 3; ++row) {
        const Vec3 vector = host.primitiveMatrix.row(row).transpose();
        if (std::none_of(translations.begin(), translations.end(),
                         [&](const Vec3& t) { return isWhole(vector - t); })) {
            throw InputError(
                fmt::format("primitive[{}]: is not a lattice translation of the operations", row));
        }
    }
    const double expected = 1.0 / static_cast<double>(translations.size());
    const double determinant = host.primitiveMatrix.determinant();
    if (std::abs(determinant - expected) > tolerance) {
        throw InputError(fmt::format("primitive: its determinant is {:g} but the centring asks for {:g}",
                                     determinant, expected));
    }
    const double cells = host.supercellMatrix.cast<double>().determinant();
    if (cells < 0.5) {
        throw InputError(fmt::format("supercell: its determinant is {:g} but must be positive", cells));
    }
}

void checkSublattices(const Host& host) {
    std::set<std::string> names;
    std::map<Sublattice::Kind, int> kinds;
    for (std::size_t s = 0; s < host.sublattices.size(); ++s) {
        const Sublattice& sublattice = host.sublattices[s];
        const std::string field = fmt::format("sublattices[{}]", s);
        if (!names.insert(sublattice.name).second) {
            throw InputError(fmt::format("{}.name: \"{}\" is used twice", field, sublattice.name));
        }
        ++kinds[sublattice.kind];
        std::set<crystal::Element> elements;
        for (const Species& species : sublattice.species) {
            if (!elements.insert(species.element).second) {
                throw InputError(
                    fmt::format("{}.species: {} is listed twice", field, species.element.symbol()));
            }
        }
        double total = 0.0;
        for (const double amount : sublattice.amounts)
            total += amount;
        if (!sublattice.defaultCounts.empty() &&
            std::all_of(sublattice.defaultCounts.begin(), sublattice.defaultCounts.end(),
                        [](int count) { return count == 0; })) {
            throw InputError(fmt::format("{}.species: every default is 0; at least one must be more", field));
        }
        if (sublattice.capacity > sublattice.sitesPerFormulaUnit + tolerance) {
            throw InputError(fmt::format("{}.capacity: is {:g} but there are only {:g} sites", field,
                                         sublattice.capacity, sublattice.sitesPerFormulaUnit));
        }
        if (!sublattice.amounts.empty() && std::abs(total - sublattice.sitesPerFormulaUnit) > tolerance) {
            throw InputError(
                fmt::format("{}.species: the amounts add up to {:g} but sitesPerFormulaUnit is {:g}", field,
                            total, sublattice.sitesPerFormulaUnit));
        }
    }
    if (kinds[Sublattice::Kind::Mixed] < 1)
        throw InputError("sublattices: at least one must be of kind \"mixed\"");
    if (kinds[Sublattice::Kind::Mobile] != 1)
        throw InputError("sublattices: exactly one must be of kind \"mobile\"");
    const crystal::Element ion = host.mobile().species.front().element;
    for (std::size_t s = 0; s < host.sublattices.size(); ++s) {
        const Sublattice& sublattice = host.sublattices[s];
        if (sublattice.kind == Sublattice::Kind::Mobile) continue;
        for (const Species& species : sublattice.species) {
            if (species.element == ion) {
                throw InputError(
                    fmt::format("sublattices[{}].species: {} is the mobile ion, which may sit on its own "
                                "sublattice only",
                                s, ion.symbol()));
            }
        }
    }
}

void checkSites(const Host& host) {
    std::set<std::string> labels;
    for (std::size_t i = 0; i < host.asymmetricSites.size(); ++i) {
        const HostSite& site = host.asymmetricSites[i];
        if (!labels.insert(site.label).second) {
            throw InputError(fmt::format("sites[{}].label: \"{}\" is used twice", i, site.label));
        }
        const auto& known = host.sublattices;
        if (std::none_of(known.begin(), known.end(),
                         [&](const auto& s) { return s.name == site.sublattice; })) {
            throw InputError(
                fmt::format("sites[{}].sublattice: there is no sublattice \"{}\"", i, site.sublattice));
        }
        const std::size_t images = host.orbit(site).size();
        if (!site.wyckoff.empty() &&
            site.wyckoff.substr(0, site.wyckoff.size() - 1) != std::to_string(images)) {
            throw InputError(fmt::format("sites[{}]: wyckoff is {} but position has {} images in the cell", i,
                                         site.wyckoff, images));
        }
    }
}

void checkDistances(const Host& host) {
    std::vector<std::pair<std::size_t, crystal::Fractional>> placed;
    for (std::size_t i = 0; i < host.asymmetricSites.size(); ++i) {
        for (const auto& point : host.orbit(host.asymmetricSites[i])) {
            for (const auto& [other, position] : placed) {
                const Vec3 difference = host.conventionalLattice.toCartesian({point.v - position.v});
                const double distance = host.conventionalLattice.minimumImage(difference).norm();
                if (distance < clashDistance) {
                    throw InputError(fmt::format("sites[{}].position: {} lies {:.3f} Å from {}", i,
                                                 host.asymmetricSites[i].label, distance,
                                                 host.asymmetricSites[other].label));
                }
            }
            placed.emplace_back(i, point);
        }
    }
}

void checkFormulaUnits(const Host& host) {
    const double units = host.formulaUnitsInPrimitiveCell();
    if (units < tolerance) throw InputError("sites: none belongs to the mixed sublattice");
    for (std::size_t s = 0; s < host.sublattices.size(); ++s) {
        const Sublattice& sublattice = host.sublattices[s];
        const int sites = host.sitesInPrimitiveCell(sublattice.name);
        if (std::abs(sites - units * sublattice.sitesPerFormulaUnit) > 1e-4) {
            throw InputError(
                fmt::format("sublattices[{}].sitesPerFormulaUnit: is {:g}, but {} has {} sites in the "
                            "primitive cell, which holds {:g} "
                            "formula units by the mixed sublattice",
                            s, sublattice.sitesPerFormulaUnit, sublattice.name, sites, units));
        }
    }
}

}  // namespace

void checkHost(const Host& host) {
    checkOperations(host);
    checkCells(host);
    checkSublattices(host);
    checkSites(host);
    checkDistances(host);
    checkFormulaUnits(host);
}

}  // namespace ionscape::composition
