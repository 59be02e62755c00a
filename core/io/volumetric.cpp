// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/volumetric.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace ionscape::io {

namespace {

/// CODATA 2018, Å.
constexpr double bohr = 0.529177210903;
constexpr std::size_t chgcarColumns = 5;
constexpr std::size_t cubeColumns = 6;

std::string shapeText(const std::array<int, 3>& shape) {
    return fmt::format("{} × {} × {}", shape[0], shape[1], shape[2]);
}

void check(const VolumetricData& data) {
    std::size_t points = 1;
    for (const int n : data.shape) {
        if (n < 1) throw InputError("a grid of " + shapeText(data.shape) + " points cannot be written");
        points *= static_cast<std::size_t>(n);
    }
    if (points != data.density.size()) {
        throw InputError(
            fmt::format("a grid of {} points has {} values", shapeText(data.shape), data.density.size()));
    }
    for (const double value : data.density) {
        if (!std::isfinite(value))
            throw InputError("a density with a value that is not finite cannot be written");
    }
}

/// Elements in order of first appearance, as POSCAR groups them.
std::vector<crystal::Element> elementOrder(const crystal::Structure& structure) {
    std::vector<crystal::Element> order;
    for (const auto element : structure.elements) {
        if (std::find(order.begin(), order.end(), element) == order.end()) order.push_back(element);
    }
    return order;
}

}  // namespace

void writeChgcar(const std::filesystem::path& file, const VolumetricData& data) {
    check(data);
    const auto& lattice = data.structure.lattice;
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "density, 1/A^3 times the volume of the cell\n1.0\n");
    for (int i = 0; i < 3; ++i) {
        const Vec3 v = lattice.vector(i);
        fmt::format_to(out, "{:16.10f} {:16.10f} {:16.10f}\n", v[0], v[1], v[2]);
    }
    std::string symbols, counts, positions;
    for (const auto element : elementOrder(data.structure)) {
        const auto atoms = data.structure.atomsOf(element);
        symbols += fmt::format(" {}", element.symbol());
        counts += fmt::format(" {}", atoms.size());
        for (const std::size_t atom : atoms) {
            const Vec3 f = lattice.toFractional(lattice.wrapped(data.structure.position(atom))).v;
            positions += fmt::format("{:12.8f} {:12.8f} {:12.8f}\n", f[0], f[1], f[2]);
        }
    }
    fmt::format_to(out, "{}\n{}\nDirect\n{}\n{} {} {}\n", symbols, counts, positions, data.shape[0],
                   data.shape[1], data.shape[2]);
    for (std::size_t i = 0; i < data.density.size(); ++i) {
        const bool lineEnds = (i + 1) % chgcarColumns == 0 || i + 1 == data.density.size();
        fmt::format_to(out, " {:17.11E}{}", data.density[i] * lattice.volume(), lineEnds ? "\n" : "");
    }
    writeTextAtomically(file, {text.data(), text.size()});
}

void writeCube(const std::filesystem::path& file, const VolumetricData& data) {
    check(data);
    const auto& structure = data.structure;
    fmt::memory_buffer text;
    const auto out = std::back_inserter(text);
    fmt::format_to(out, "density, 1/bohr^3\nlengths in bohr, periodic\n{:5d} 0.0 0.0 0.0\n",
                   structure.size());
    for (int axis = 0; axis < 3; ++axis) {
        const int n = data.shape[static_cast<std::size_t>(axis)];
        const Vec3 step = structure.lattice.vector(axis) / (bohr * n);
        fmt::format_to(out, "{:5d} {:15.10f} {:15.10f} {:15.10f}\n", n, step[0], step[1], step[2]);
    }
    for (std::size_t atom = 0; atom < structure.size(); ++atom) {
        const Vec3 r = structure.lattice.wrapped(structure.position(atom)) / bohr;
        const int z = structure.elements[atom].atomicNumber();
        fmt::format_to(out, "{:5d} {:8.4f} {:15.10f} {:15.10f} {:15.10f}\n", z, static_cast<double>(z), r[0],
                       r[1], r[2]);
    }
    const auto nx = static_cast<std::size_t>(data.shape[0]), ny = static_cast<std::size_t>(data.shape[1]),
               nz = static_cast<std::size_t>(data.shape[2]);
    const double perBohr = bohr * bohr * bohr;
    for (std::size_t i = 0; i < nx; ++i) {
        for (std::size_t j = 0; j < ny; ++j) {
            for (std::size_t k = 0; k < nz; ++k) {
                // Each row along the last axis begins a new line, as Gaussian writes it.
                const bool lineEnds = (k + 1) % cubeColumns == 0 || k + 1 == nz;
                fmt::format_to(out, " {:12.5E}{}", data.density[i + nx * (j + ny * k)] * perBohr,
                               lineEnds ? "\n" : "");
            }
        }
    }
    writeTextAtomically(file, {text.data(), text.size()});
}

}  // namespace ionscape::io
