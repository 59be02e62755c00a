// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/host.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/resources.h"

namespace ionscape::composition {
namespace {

/// Images of a site closer than this (Å) are the same point; a host's coordinates may carry rounding noise.
constexpr double samePointDistance = 1e-3;

/// Into [0, 1), with numbers a rounding error below a whole number taken as 0.
Vec3 intoCell(const Vec3& fractional) {
    Vec3 inside = fractional - fractional.array().floor().matrix();
    for (double& x : inside) {
        if (x > 1.0 - 1e-9) x = 0.0;
    }
    return inside;
}

/// Adds a point unless a periodic image of it is already there.
void addDistinct(std::vector<crystal::Fractional>& points, const Vec3& point,
                 const crystal::Lattice& lattice) {
    for (const auto& known : points) {
        const Vec3 difference = point - known.v;
        const Vec3 shortest = difference - difference.array().round().matrix();
        if (lattice.toCartesian({shortest}).norm() < samePointDistance) return;
    }
    points.push_back({intoCell(point)});
}

const Sublattice& onlyOfKind(const Host& host, Sublattice::Kind kind, const char* kindName) {
    for (const Sublattice& sublattice : host.sublattices) {
        if (sublattice.kind == kind) return sublattice;
    }
    throw InputError(fmt::format("host {} has no {} sublattice", host.id, kindName));
}

}  // namespace

const Sublattice& Host::sublattice(const std::string& name) const {
    for (const Sublattice& candidate : sublattices) {
        if (candidate.name == name) return candidate;
    }
    throw InputError(fmt::format("host {} has no sublattice \"{}\"", id, name));
}

const Sublattice& Host::mixed() const {
    return onlyOfKind(*this, Sublattice::Kind::Mixed, "mixed");
}

std::vector<const Sublattice*> Host::mixedSublattices() const {
    std::vector<const Sublattice*> found;
    for (const Sublattice& candidate : sublattices) {
        if (candidate.kind == Sublattice::Kind::Mixed) found.push_back(&candidate);
    }
    return found;
}

const Sublattice& Host::mobile() const {
    return onlyOfKind(*this, Sublattice::Kind::Mobile, "mobile");
}

const std::string& Host::sublatticeOf(const std::string& siteLabel) const {
    for (const HostSite& site : asymmetricSites) {
        if (site.label == siteLabel) return site.sublattice;
    }
    throw InputError(fmt::format("host {} has no site \"{}\"", id, siteLabel));
}

std::vector<crystal::Fractional> Host::orbit(const HostSite& site) const {
    std::vector<crystal::Fractional> points;
    for (const Operation& operation : operations) {
        addDistinct(points, operation.rotation * site.position.v + operation.translation,
                    conventionalLattice);
    }
    return points;
}

crystal::Structure Host::primitiveCell() const {
    crystal::Structure cell;
    cell.lattice = crystal::Lattice(primitiveMatrix * conventionalLattice.rows());
    // r = rowsᵀ f, so conventional fractions are primitiveMatrixᵀ times primitive ones.
    const Mat3 toPrimitive = primitiveMatrix.transpose().inverse();
    for (const HostSite& site : asymmetricSites) {
        const crystal::Element element = sublattice(site.sublattice).species.front().element;
        std::vector<crystal::Fractional> points;
        for (const auto& point : orbit(site))
            addDistinct(points, toPrimitive * point.v, cell.lattice);
        for (const auto& point : points)
            cell.append(element, cell.lattice.toCartesian(point), site.label);
    }
    return cell;
}

int Host::sitesInPrimitiveCell(const std::string& sublatticeName) const {
    std::size_t sites = 0;
    for (const HostSite& site : asymmetricSites) {
        if (site.sublattice == sublatticeName) sites += orbit(site).size();
    }
    return static_cast<int>(
        std::lround(static_cast<double>(sites) * std::abs(primitiveMatrix.determinant())));
}

double Host::formulaUnitsInPrimitiveCell() const {
    const Sublattice& framework = mixed();
    return sitesInPrimitiveCell(framework.name) / framework.sitesPerFormulaUnit;
}

std::vector<std::string> hostIds() {
    std::vector<std::string> ids;
    for (const auto& file : listResources("hosts", ".json"))
        ids.push_back(file.stem().string());
    return ids;
}

Host findHost(const std::string& idOrPath) {
    if (idOrPath.find('/') != std::string::npos || idOrPath.ends_with(".json")) return loadHost(idOrPath);
    const std::vector<std::string> ids = hostIds();
    if (std::find(ids.begin(), ids.end(), idOrPath) == ids.end()) {
        throw InputError(
            fmt::format("there is no host \"{}\"; known hosts: {} (or give the path of a JSON file)",
                        idOrPath, fmt::join(ids, ", ")));
    }
    const std::filesystem::path file = findResource(std::filesystem::path("hosts") / (idOrPath + ".json"));
    Host host = loadHost(file);
    if (host.id != idOrPath) {
        throw IoError(file,
                      fmt::format("id: is \"{}\" but must be the file's name, \"{}\"", host.id, idOrPath));
    }
    return host;
}

}  // namespace ionscape::composition
