// SPDX-License-Identifier: GPL-3.0-or-later
// The box of a LAMMPS dump. Internal to core/io.
#pragma once

#include "core/crystal/lattice.h"
#include "core/io/line_stream.h"

namespace ionscape::io {

struct DumpBox {
    crystal::Lattice lattice;
    Vec3 origin = Vec3::Zero();  ///< of the cell, Å
};

/// The three lines below "ITEM: BOX BOUNDS `header`" (docs.lammps.org/Howto_triclinic.html): bounds, bounds
/// of the parallelepiped with tilt factors (header begins with "xy xz yz"), or vectors and origin ("abc
/// origin"). \param unit  length of the file's unit, Å. Throws IoError; a boundary that is not periodic is
/// refused.
DumpBox readDumpBox(LineStream& stream, std::string_view header, double unit);

}  // namespace ionscape::io
