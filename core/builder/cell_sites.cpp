// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/cell_sites.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"
#include "core/crystal/supercell.h"

namespace ionscape::builder {

namespace {

using composition::Host;
using composition::Sublattice;

/// Coordinates within half of this (Å) are the same site: what a structure file's digits may lose.
constexpr double sitePrecision = 1e-3;

using Key = std::array<long, 3>;

/// Of the point in the cell; points near a face are moved away from it first so that rounding cannot tear two
/// copies apart.
Key keyOf(const crystal::Lattice& lattice, const Vec3& position) {
    Vec3 f = lattice.toFractional(position).v;
    f -= (f.array() + 1e-6).floor().matrix();
    const Vec3 inside = lattice.toCartesian({f});
    Key key{};
    for (int i = 0; i < 3; ++i)
        key[static_cast<std::size_t>(i)] = std::lround(inside[i] / sitePrecision);
    return key;
}

/// All sites by their rounded position.
std::map<Key, std::size_t> siteIndex(const crystal::Structure& sites) {
    std::map<Key, std::size_t> index;
    for (std::size_t i = 0; i < sites.size(); ++i)
        index[keyOf(sites.lattice, sites.position(i))] = i;
    return index;
}

/// The site at `position`, looking also where rounding may have put it.
std::optional<std::size_t> siteAt(const std::map<Key, std::size_t>& index, const crystal::Lattice& lattice,
                                  const Vec3& position) {
    const Key key = keyOf(lattice, position);
    for (int step = 0; step < 27; ++step) {
        const Key near{key[0] + step % 3 - 1, key[1] + step / 3 % 3 - 1, key[2] + step / 9 - 1};
        if (const auto found = index.find(near); found != index.end()) return found->second;
    }
    return std::nullopt;
}

std::vector<const Sublattice*> mobileFirst(const Host& host) {
    std::vector<const Sublattice*> order;
    for (const Sublattice& sublattice : host.sublattices)
        order.push_back(&sublattice);
    std::stable_partition(order.begin(), order.end(),
                          [](const Sublattice* s) { return s->kind == Sublattice::Kind::Mobile; });
    return order;
}

/// The sites of one sublattice that exclude each other.
void addExclusions(CellSites& cell, std::size_t sublattice, double minimumDistance) {
    crystal::Structure own;
    own.lattice = cell.sites.lattice;
    std::vector<std::uint32_t> site;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell.sublatticeOf[i] != sublattice) continue;
        own.append(cell.sites.elements[i], cell.sites.position(i));
        site.push_back(static_cast<std::uint32_t>(i));
    }
    for (const auto& pair : crystal::neighbourPairs(own, minimumDistance)) {
        if (pair.i == pair.j) continue;
        auto& list = cell.tooNear[site[static_cast<std::size_t>(pair.i)]];
        const std::uint32_t other = site[static_cast<std::size_t>(pair.j)];
        if (std::find(list.begin(), list.end(), other) == list.end()) list.push_back(other);
    }
}

}  // namespace

bool CellSites::allowed(const Occupation& occupation) const {
    for (std::size_t i = 0; i < size(); ++i) {
        if (tooNear[i].empty() || !filled(occupation, i)) continue;
        for (const std::uint32_t j : tooNear[i]) {
            if (filled(occupation, j)) return false;
        }
    }
    return true;
}

bool CellSites::allowsExchange(const Occupation& occupation, std::size_t a, std::size_t b) const {
    if (filled(occupation, a) == filled(occupation, b)) return true;
    const std::size_t from = filled(occupation, a) ? a : b, to = from == a ? b : a;
    return std::none_of(tooNear[to].begin(), tooNear[to].end(),
                        [&](std::uint32_t near) { return near != from && filled(occupation, near); });
}

bool CellSites::hasExclusions() const {
    return std::any_of(tooNear.begin(), tooNear.end(), [](const auto& list) { return !list.empty(); });
}

Eigen::VectorXd CellSites::charges(const Occupation& occupation) const {
    Eigen::VectorXd result(static_cast<Eigen::Index>(occupation.size()));
    for (std::size_t i = 0; i < occupation.size(); ++i)
        result[static_cast<Eigen::Index>(i)] = species[occupation[i]].charge;
    return result;
}

crystal::Structure CellSites::structureOf(const Occupation& occupation) const {
    crystal::Structure structure;
    structure.lattice = sites.lattice;
    std::vector<std::size_t> filled;
    for (std::size_t i = 0; i < size(); ++i) {
        const auto& element = species[occupation[i]].element;
        if (!element) continue;
        filled.push_back(i);
        structure.elements.push_back(*element);
        structure.siteLabels.push_back(sites.siteLabels[i]);
    }
    structure.positions.resize(3, static_cast<Eigen::Index>(filled.size()));
    for (std::size_t i = 0; i < filled.size(); ++i)
        structure.positions.col(static_cast<Eigen::Index>(i)) = sites.position(filled[i]);
    return structure;
}

Occupation CellSites::occupationOf(const crystal::Structure& structure) const {
    const auto codeOf = [&](std::size_t sublattice, std::optional<crystal::Element> element) {
        const auto found = std::find_if(species.begin(), species.end(), [&](const SiteSpecies& s) {
            return s.sublattice == sublattice && s.element == element;
        });
        return found == species.end() ? std::nullopt
                                      : std::optional(static_cast<std::uint16_t>(found - species.begin()));
    };
    Occupation occupation(size());
    for (std::size_t i = 0; i < size(); ++i)
        occupation[i] = codeOf(sublatticeOf[i], std::nullopt).value();
    const auto index = siteIndex(sites);
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        const auto symbol = structure.elements[atom].symbol();
        const auto site = siteAt(index, sites.lattice, structure.position(atom));
        if (!site) {
            throw InputError(
                fmt::format("atom {} ({}) sits on no site of the host: only unrelaxed cells are decorations",
                            atom + 1, symbol));
        }
        if (species[occupation[*site]].element)
            throw InputError(fmt::format("atom {} ({}) sits on a site that is taken", atom + 1, symbol));
        const auto code = codeOf(sublatticeOf[*site], structure.elements[atom]);
        if (!code) {
            throw InputError(fmt::format("atom {}: {} is no species of sublattice {}", atom + 1, symbol,
                                         sublattices[sublatticeOf[*site]]));
        }
        occupation[*site] = *code;
    }
    return occupation;
}

std::string CellSites::nameOf(std::uint16_t code) const {
    const auto& element = species[code].element;
    return element ? std::string(element->symbol()) : "vacancy";
}

CellSites cellSites(const Host& host, const IntMat3& supercell) {
    const crystal::Structure all = crystal::makeSupercell(host.primitiveCell(), supercell);
    CellSites cell;
    std::vector<std::size_t> order;
    for (const Sublattice* sublattice : mobileFirst(host)) {
        const std::size_t own = cell.sublattices.size();
        cell.sublattices.push_back(sublattice->name);
        for (const auto& species : sublattice->species)
            cell.species.push_back({own, species.element, static_cast<double>(species.oxidationState)});
        cell.species.push_back({own, std::nullopt, 0.0});
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (host.sublatticeOf(all.siteLabels[i]) != sublattice->name) continue;
            order.push_back(i);
            cell.sublatticeOf.push_back(own);
        }
    }
    cell.sites = all.reordered(order);
    cell.tooNear.resize(cell.size());
    for (std::size_t s = 0; s < cell.sublattices.size(); ++s) {
        const double minimumDistance = host.sublattice(cell.sublattices[s]).minimumDistance;
        if (minimumDistance > 0.0) addExclusions(cell, s, minimumDistance);
    }
    return cell;
}

std::vector<std::vector<std::size_t>> exchangeableSites(const CellSites& cell, const Occupation& occupation,
                                                        const std::vector<std::string>& sublattices) {
    std::vector<std::vector<std::size_t>> groups;
    for (const std::string& name : sublattices) {
        if (std::find(cell.sublattices.begin(), cell.sublattices.end(), name) == cell.sublattices.end()) {
            throw InputError(fmt::format("there is no sublattice \"{}\"; the host has {}", name,
                                         fmt::join(cell.sublattices, ", ")));
        }
    }
    for (std::size_t s = 0; s < cell.sublattices.size(); ++s) {
        const bool named =
            std::find(sublattices.begin(), sublattices.end(), cell.sublattices[s]) != sublattices.end();
        if (!sublattices.empty() && !named) continue;
        std::vector<std::size_t> own;
        std::set<std::uint16_t> occupants;
        for (std::size_t i = 0; i < cell.size(); ++i) {
            if (cell.sublatticeOf[i] != s) continue;
            own.push_back(i);
            occupants.insert(occupation[i]);
        }
        if (occupants.size() > 1) {
            groups.push_back(own);
        } else if (named) {
            throw InputError(fmt::format("sublattice {} holds one species only: there is nothing to arrange",
                                         cell.sublattices[s]));
        }
    }
    return groups;
}

}  // namespace ionscape::builder
