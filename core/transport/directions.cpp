// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/directions.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace ionscape::transport {

Directions Directions::all() {
    return Directions(Mat3::Identity());
}

Directions Directions::axis(const Vec3& along) {
    if (!(along.norm() > 0.0) || !along.allFinite())
        throw InputError("a direction needs a length above zero");
    return Directions(along.normalized());
}

Directions Directions::plane(const Vec3& u, const Vec3& v) {
    Basis basis(3, 2);
    basis.col(0) = axis(u).basis();
    const Vec3 other = axis(v).basis();
    const Vec3 rest = other - basis.col(0) * basis.col(0).dot(other);
    constexpr double parallel = 1e-6;
    if (rest.norm() < parallel) throw InputError("two parallel directions span no plane");
    basis.col(1) = rest.normalized();
    return Directions(basis);
}

Directions Directions::fromName(std::string_view name, const crystal::Lattice& lattice) {
    const auto vectorsOf = [&](std::string_view letters) {
        std::vector<Vec3> found;
        for (const char letter : name) {
            const auto index = letters.find(letter);
            if (index == std::string_view::npos) return std::vector<Vec3>{};
            found.push_back(letters == "abc" ? lattice.vector(static_cast<int>(index))
                                             : Vec3(Mat3::Identity().col(static_cast<Eigen::Index>(index))));
        }
        return found;
    };
    auto vectors = vectorsOf("xyz");
    if (vectors.empty()) vectors = vectorsOf("abc");
    std::string sorted(name);
    std::sort(sorted.begin(), sorted.end());
    const bool twice = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
    if (vectors.empty() || vectors.size() > 3 || twice) {
        throw InputError(fmt::format(
            "'{}' names no directions; use xyz, one or two of x, y, z, or one or two of a, b, c", name));
    }
    if (vectors.size() == 1) return axis(vectors[0]);
    if (vectors.size() == 2) return plane(vectors[0], vectors[1]);
    return all();
}

}  // namespace ionscape::transport
