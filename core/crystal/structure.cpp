// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crystal/structure.h"

#include <fmt/format.h>

#include <numeric>

#include "core/base/error.h"
#include "core/crystal/neighbour_list.h"

namespace ionscape::crystal {

namespace {

/// amu/Å³ expressed in g/cm³.
constexpr double amuPerAngstrom3InGPerCm3 = 1.66053906660;

void checkSizes(const Structure& structure) {
    const std::size_t n = structure.size();
    if (n == 0) throw InputError("the structure has no atoms");
    if (structure.positions.cols() != static_cast<Eigen::Index>(n)) {
        throw InputError(
            fmt::format("the structure has {} elements but {} positions", n, structure.positions.cols()));
    }
    if (!structure.siteLabels.empty() && structure.siteLabels.size() != n) {
        throw InputError(
            fmt::format("the structure has {} atoms but {} site labels", n, structure.siteLabels.size()));
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (!structure.position(i).allFinite()) {
            throw InputError(fmt::format("the position of atom {} ({}) is not a finite number", i + 1,
                                         structure.elements[i].symbol()));
        }
    }
}

}  // namespace

void Structure::append(Element element, const Vec3& cartesian, const std::string& siteLabel) {
    if (!siteLabel.empty() || !siteLabels.empty()) {
        siteLabels.resize(size());
        siteLabels.push_back(siteLabel);
    }
    elements.push_back(element);
    positions.conservativeResize(3, positions.cols() + 1);
    positions.col(positions.cols() - 1) = cartesian;
}

std::map<Element, int> Structure::elementCounts() const {
    std::map<Element, int> counts;
    for (const Element element : elements)
        ++counts[element];
    return counts;
}

std::vector<std::size_t> Structure::atomsOf(Element element) const {
    std::vector<std::size_t> atoms;
    for (std::size_t i = 0; i < size(); ++i) {
        if (elements[i] == element) atoms.push_back(i);
    }
    return atoms;
}

std::string Structure::formula() const {
    auto counts = elementCounts();
    int divisor = 0;
    for (const auto& [element, count] : counts)
        divisor = std::gcd(divisor, count);
    std::string text;
    for (const Element element : elements) {
        const auto entry = counts.find(element);
        if (entry == counts.end()) continue;
        text += element.symbol();
        if (entry->second != divisor) text += std::to_string(entry->second / divisor);
        counts.erase(entry);
    }
    return text;
}

Eigen::VectorXd Structure::masses() const {
    Eigen::VectorXd result(static_cast<Eigen::Index>(size()));
    for (std::size_t i = 0; i < size(); ++i)
        result[static_cast<Eigen::Index>(i)] = elements[i].mass();
    return result;
}

double Structure::density() const {
    return masses().sum() / lattice.volume() * amuPerAngstrom3InGPerCm3;
}

Structure Structure::reordered(const std::vector<std::size_t>& order) const {
    Structure result;
    result.lattice = lattice;
    result.elements.reserve(order.size());
    result.positions.resize(3, static_cast<Eigen::Index>(order.size()));
    for (std::size_t i = 0; i < order.size(); ++i) {
        result.elements.push_back(elements.at(order[i]));
        result.positions.col(static_cast<Eigen::Index>(i)) = position(order[i]);
        if (!siteLabels.empty()) result.siteLabels.push_back(siteLabels.at(order[i]));
    }
    return result;
}

Structure Structure::wrapped() const {
    Structure result = *this;
    for (auto column : result.positions.colwise())
        column = lattice.wrapped(column);
    return result;
}

void Structure::validate(double minimumDistance) const {
    checkSizes(*this);
    if (minimumDistance <= 0.0) return;
    if (lattice.shortestVector() < minimumDistance) {
        throw InputError(fmt::format(
            "atom 1 ({}) is {:.3f} Å from its own image (at least {:.2f} Å expected); the cell is too small",
            elements[0].symbol(), lattice.shortestVector(), minimumDistance));
    }
    const auto pairs = neighbourPairs(*this, minimumDistance);
    const NeighbourPair* closest = nullptr;
    for (const NeighbourPair& pair : pairs) {
        if (!closest || pair.distance < closest->distance) closest = &pair;
    }
    if (!closest) return;
    const auto i = static_cast<std::size_t>(closest->i), j = static_cast<std::size_t>(closest->j);
    throw InputError(fmt::format(
        "atoms {} ({}) and {} ({}) overlap: they are {:.3f} Å apart (at least {:.2f} Å expected)", i + 1,
        elements[i].symbol(), j + 1, elements[j].symbol(), closest->distance, minimumDistance));
}

Structure deformed(const Structure& structure, const Mat3& deformation) {
    Structure result = structure;
    result.lattice = Lattice(structure.lattice.rows() * deformation);
    result.positions = deformation.transpose() * structure.positions;
    return result;
}

}  // namespace ionscape::crystal
