// SPDX-License-Identifier: GPL-3.0-or-later
// The text that other programs would write of the known motion, made without our writers.
#pragma once

#include "moving_ions.h"

namespace moving {

struct XdatcarStyle {
    bool breathes = false, symbolsLine = true, wrap = true, blankSeparators = false;
};

inline std::string xdatcar(int frames, const XdatcarStyle& style = {}) {
    std::string text;
    for (int t = 0; t < frames; ++t) {
        if (t == 0 || style.breathes) {
            text += "unknown system\n 2.0\n";
            for (int i = 0; i < 3; ++i)
                text += numbers(lattice(t, style.breathes).vector(i) / 2.0) + "\n";
            text += std::string(style.symbolsLine ? " Li Zr O\n" : "") + " 2 1 2\n";
        }
        text += style.blankSeparators ? " \n" : fmt::format("Direct configuration={:6}\n", t + 1);
        const VectorField f = style.wrap ? wrapped(fractional(t)) : fractional(t);
        for (int i = 0; i < 5; ++i)
            text += numbers(f.col(i)) + "\n";
    }
    return text;
}

/// LAMMPS in its own orientation needs a lower triangular cell, which this one is.
struct DumpStyle {
    bool breathes = false;
    std::string coordinates = "x y z";  ///< or xs ys zs, xu yu zu, xsu ysu zsu
    bool images = false, element = false, shuffled = true;
    int stepsPerFrame = 100;
    Vec3 origin = Vec3(-3.0, 2.0, 0.5);
    std::string preamble;
};

inline std::string dumpFrame(int t, const DumpStyle& style) {
    static const std::vector<int> types{1, 1, 2, 3, 3};
    const crystal::Lattice cell = lattice(t, style.breathes);
    const Mat3 h = cell.rows();
    const double xy = h(1, 0), xz = h(2, 0), yz = h(2, 1);
    std::string text = fmt::format("ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n5\n", t * style.stepsPerFrame);
    text += "ITEM: BOX BOUNDS xy xz yz pp pp pp\n";
    const Vec3 o = style.origin;
    text += fmt::format("{:.12f} {:.12f} {:.12f}\n", o[0] + std::min({0.0, xy, xz, xy + xz}),
                        o[0] + h(0, 0) + std::max({0.0, xy, xz, xy + xz}), xy);
    text += fmt::format("{:.12f} {:.12f} {:.12f}\n", o[1] + std::min(0.0, yz),
                        o[1] + h(1, 1) + std::max(0.0, yz), xz);
    text += fmt::format("{:.12f} {:.12f} {:.12f}\n", o[2], o[2] + h(2, 2), yz);
    text += "ITEM: ATOMS id type " + std::string(style.element ? "element " : "") + style.coordinates +
            (style.images ? " ix iy iz" : "") + "\n";
    const bool unwrapped = style.coordinates.find('u') != std::string::npos;
    const bool scaled = style.coordinates.find('s') != std::string::npos;
    for (int k = 0; k < 5; ++k) {
        const int i = style.shuffled ? (2 * k + t) % 5 : k;
        const Vec3 all = fractional(t).col(i);
        const Vec3 image = all.array().floor();
        const Vec3 f = unwrapped ? all : Vec3(all - image);
        const Vec3 position = scaled ? f : Vec3(cell.toCartesian({f}) + o);
        text +=
            fmt::format("{} {} {}{}", i + 1, types[static_cast<std::size_t>(i)],
                        style.element ? symbols[static_cast<std::size_t>(i)] + " " : "", numbers(position));
        if (style.images) text += fmt::format(" {} {} {}", int(image[0]), int(image[1]), int(image[2]));
        text += "\n";
    }
    return text;
}

inline std::string dump(int frames, const DumpStyle& style = {}) {
    std::string text = style.preamble;
    for (int t = 0; t < frames; ++t)
        text += dumpFrame(t, style);
    return text;
}

inline std::string extxyz(int frames, bool breathes, bool wrap, const std::string& time = "time_fs") {
    std::string text;
    for (int t = 0; t < frames; ++t) {
        const crystal::Lattice cell = lattice(t, breathes);
        const VectorField f = wrap ? wrapped(fractional(t)) : fractional(t);
        text +=
            fmt::format("5\nLattice=\"{} {} {}\" Properties=species:S:1:pos:R:3 energy={} temperature=900 ",
                        numbers(cell.vector(0)), numbers(cell.vector(1)), numbers(cell.vector(2)), -1.5 - t);
        text += time.empty() ? "\n" : fmt::format("{}={}\n", time, 20.0 * t);
        for (int i = 0; i < 5; ++i)
            text += symbols[static_cast<std::size_t>(i)] + " " + numbers(cell.toCartesian({f.col(i)})) + "\n";
    }
    return text;
}

inline std::string vasprun(int frames, bool breathes) {
    std::string text =
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<modeling>\n <incar>\n  <i type=\"int\" "
        "name=\"IBRION\">     "
        "0</i>\n  <i name=\"POTIM\">      2.00000000</i>\n </incar>\n <atominfo>\n  <array name=\"atoms\" "
        ">\n   <set>\n";
    for (const auto& symbol : symbols)
        text += fmt::format("    <rc><c>{:2}</c><c>   1</c></rc>\n", symbol);
    text += "   </set>\n  </array>\n </atominfo>\n";
    for (int t = 0; t < frames; ++t) {
        text += " <calculation>\n  <structure>\n   <crystal>\n    <varray name=\"basis\" >\n";
        for (int i = 0; i < 3; ++i)
            text += "     <v> " + numbers(lattice(t, breathes).vector(i)) + " </v>\n";
        text += "    </varray>\n   </crystal>\n   <varray name=\"positions\" >\n";
        for (int i = 0; i < 5; ++i)
            text += "    <v> " + numbers(wrapped(fractional(t)).col(i)) + " </v>\n";
        text += fmt::format(
            "   </varray>\n  </structure>\n  <dos>\n   <i name=\"efermi\"> nonsense </i>\n  </dos>\n  "
            "<energy>\n   "
            "<i name=\"e_fr_energy\">  {0} </i>\n   <i name=\"e_0_energy\">  {0} </i>\n   <i "
            "name=\"kinetic\">   0.5 "
            "</i>\n  </energy>\n </calculation>\n",
            -10.0 - t);
    }
    return text + "</modeling>\n";
}

}  // namespace moving
