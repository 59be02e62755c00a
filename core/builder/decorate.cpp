// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/decorate.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/builder/mobile_placement.h"
#include "core/crystal/supercell.h"

namespace ionscape::builder {
namespace {

using composition::Composition;
using composition::Host;
using composition::Sublattice;
using crystal::Element;

constexpr double maximumSites = 1e6;
constexpr double wholeTolerance = 1e-6;

/// What sits on one site; nothing on a vacancy.
using Occupants = std::vector<std::optional<Element>>;

std::optional<std::size_t> wholeNumber(double value) {
    const double nearest = std::round(value);
    if (nearest < 0.0 || std::abs(value - nearest) > wholeTolerance) return std::nullopt;
    return static_cast<std::size_t>(nearest);
}

void put(Occupants& occupants, Element element, std::size_t count) {
    occupants.insert(occupants.end(), count, element);
}

Occupants mixedOccupants(const composition::MixedOccupation& mixed, std::size_t sites) {
    Occupants occupants;
    const int total = composition::totalCount(mixed.counts);
    // The host's order, so that a composition written in another order gives the same cell for the same seed.
    for (const auto& species : mixed.sublattice->species) {
        for (const auto& [element, count] : mixed.counts) {
            if (element != species.element) continue;
            const auto atoms = wholeNumber(static_cast<double>(count) * static_cast<double>(sites) / total);
            if (!atoms) {
                throw InputError(
                    fmt::format("{} {} of {} is not a whole number of the {} {} sites of this cell; choose "
                                "another supercell or other counts",
                                element.symbol(), count, total, sites, mixed.sublattice->name));
            }
            put(occupants, element, *atoms);
        }
    }
    return occupants;
}

Occupants mobileOccupants(const Host& host, const Composition& composition, std::size_t sites,
                          double formulaUnits) {
    const Element ion = host.mobile().species.front().element;
    const double content = composition::mobileContent(host, composition);
    const auto atoms = wholeNumber(content * formulaUnits);
    if (!atoms) {
        const double below = std::floor(content * formulaUnits);
        throw InputError(fmt::format(
            "{}{:.6g} makes {:.6g} atoms in this cell of {:g} formula units, not a whole number; the "
            "nearest contents possible are {:.6g} and {:.6g}",
            ion.symbol(), content, content * formulaUnits, formulaUnits, below / formulaUnits,
            (below + 1.0) / formulaUnits));
    }
    Occupants occupants;
    put(occupants, ion, std::min(*atoms, sites));
    occupants.resize(sites);
    return occupants;
}

Occupants fixedOccupants(const Sublattice& sublattice, double formulaUnits) {
    Occupants occupants;
    for (std::size_t i = 0; i < sublattice.species.size(); ++i) {
        const Element element = sublattice.species[i].element;
        const auto atoms = wholeNumber(sublattice.amounts[i] * formulaUnits);
        if (!atoms) {
            throw InputError(fmt::format(
                "{}{:g} on sublattice {} makes {:.6g} atoms in this cell of {:g} formula units, not a "
                "whole number; choose another supercell",
                element.symbol(), sublattice.amounts[i], sublattice.name,
                sublattice.amounts[i] * formulaUnits, formulaUnits));
        }
        put(occupants, element, *atoms);
    }
    return occupants;
}

/// The same occupants on the sites `own`, no two closer than `minimumDistance`.
Occupants apart(const crystal::Structure& sites, const std::vector<std::size_t>& own,
                const Occupants& occupants, double minimumDistance, RandomStream& stream) {
    crystal::Structure mobile;
    mobile.lattice = sites.lattice;
    for (const std::size_t i : own)
        mobile.append(sites.elements[i], sites.position(i));
    const auto ions = static_cast<std::size_t>(
        std::count_if(occupants.begin(), occupants.end(), [](const auto& o) { return o.has_value(); }));
    const std::vector<bool> filled = placeApart(mobile, ions, minimumDistance, stream);
    Occupants placed(own.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (filled[i]) placed[i] = sites.elements[own[i]];
    }
    return placed;
}

/// All sublattices, the mobile one first.
std::vector<const Sublattice*> atomOrder(const Host& host) {
    std::vector<const Sublattice*> order{&host.mobile()};
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind != Sublattice::Kind::Mobile) order.push_back(&sublattice);
    }
    return order;
}

}  // namespace

crystal::Structure decoratedSupercell(const Host& host, const Composition& composition, std::uint64_t seed) {
    return decoratedCell(host, composition, host.supercellMatrix, seed);
}

crystal::Structure decoratedCell(const Host& host, const Composition& composition, const IntMat3& supercell,
                                 std::uint64_t seed) {
    composition::checkComposition(host, composition);
    const double cells = std::abs(supercell.cast<double>().determinant());
    const crystal::Structure primitive = host.primitiveCell();
    if (cells * static_cast<double>(primitive.size()) > maximumSites) {
        throw InputError(fmt::format("this supercell of {:g} primitive cells has more than {:g} sites", cells,
                                     maximumSites));
    }
    const crystal::Structure sites = crystal::makeSupercell(primitive, supercell);
    const double formulaUnits = host.formulaUnitsInPrimitiveCell() * std::round(cells);

    // First, because counts that do not fit are the cause of a Li content that does not.
    std::map<const Sublattice*, Occupants> mixed;
    for (const auto& occupation : composition::mixedOccupation(host, composition)) {
        const double own = host.sitesInPrimitiveCell(occupation.sublattice->name) * std::round(cells);
        mixed[occupation.sublattice] = mixedOccupants(occupation, static_cast<std::size_t>(own));
    }

    crystal::Structure decorated;
    decorated.lattice = sites.lattice;
    std::vector<std::size_t> occupied;
    for (const Sublattice* sublattice : atomOrder(host)) {
        std::vector<std::size_t> own;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            if (host.sublatticeOf(sites.siteLabels[i]) == sublattice->name) own.push_back(i);
        }
        Occupants occupants = sublattice->kind == Sublattice::Kind::Mixed ? mixed.at(sublattice)
                              : sublattice->kind == Sublattice::Kind::Mobile
                                  ? mobileOccupants(host, composition, own.size(), formulaUnits)
                                  : fixedOccupants(*sublattice, formulaUnits);
        // One stream a sublattice: another Li content, say, leaves the drawing of M and T as it was.
        RandomStream stream(seed, "decoration/" + sublattice->name);
        if (sublattice->minimumDistance > 0.0) {
            occupants = apart(sites, own, occupants, sublattice->minimumDistance, stream);
        } else {
            stream.shuffle(occupants);
        }
        for (std::size_t i = 0; i < own.size(); ++i) {
            if (!occupants[i]) continue;
            decorated.elements.push_back(*occupants[i]);
            decorated.siteLabels.push_back(sites.siteLabels[own[i]]);
            occupied.push_back(own[i]);
        }
    }
    decorated.positions.resize(3, static_cast<Eigen::Index>(occupied.size()));
    for (std::size_t i = 0; i < occupied.size(); ++i) {
        decorated.positions.col(static_cast<Eigen::Index>(i)) = sites.position(occupied[i]);
    }
    return decorated;
}

}  // namespace ionscape::builder
