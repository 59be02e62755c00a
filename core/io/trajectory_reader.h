// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories of other programs, frame by frame as their files tell them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/crystal/structure.h"
#include "core/io/import_options.h"

namespace ionscape::io {

/// One frame before it is unwrapped and put in time.
struct RawFrame {
    /// As the file numbers it; nothing where it does not.
    std::optional<std::int64_t> step;
    std::optional<double> timeFs;
    crystal::Lattice lattice;
    /// Fractional coordinates, 3 × N, atoms in the same order in all frames.
    VectorField fractional;
    std::optional<double> potentialEnergy;  ///< eV
    std::optional<double> kineticEnergy;    ///< eV
    std::optional<double> temperature;      ///< K
    /// Line of the file on which the frame begins.
    long line = 0;
};

/// Reads forward only, in memory for one frame. Every reader throws IoError with file and line for what is
/// damaged, and keeps its bounds: nothing is allocated for a count that the file is too short for.
class TrajectoryReader {
  public:
    virtual ~TrajectoryReader() = default;
    /// The next frame; false at the end of the file.
    virtual bool next(RawFrame& frame) = 0;
    /// Elements of the atoms; valid once the first frame has been read, and only if nothing is asked.
    virtual const std::vector<crystal::Element>& elements() const = 0;
    /// What the first frame showed to be missing (the time step aside); frames cannot be read before it is
    /// answered where the cell is asked for.
    virtual ImportQuestions questions() const { return {}; }
    virtual Wrapping wrapping() const { return Wrapping::Unknown; }
    /// What ImportOptions::timestepFs means here.
    virtual std::string timestepMeaning() const = 0;
    /// What was noticed so far that the user should know.
    virtual std::vector<std::string> notes() const { return {}; }
    virtual double fractionRead() const = 0;
    /// The line read last.
    virtual long lineNumber() const = 0;
};

/// VASP's XDATCAR: cell fixed or repeated for each frame; of VASP 5 and later, without element symbols
/// (numeric types), and the layout of VASP 4 without a cell (options.structure has it).
std::unique_ptr<TrajectoryReader> readXdatcar(const std::filesystem::path& file,
                                              const ImportOptions& options);

/// Frames of an extended XYZ file (see readExtxyz) that hold the same atoms in the same order. Time from the
/// keys time_fs or time_ps, the step from step, Step, Timestep or md_step; energy and temperature from those
/// keys.
std::unique_ptr<TrajectoryReader> readExtxyzTrajectory(const std::filesystem::path& file);

/// LAMMPS text dumps (docs.lammps.org/dump.html): orthogonal, restricted and general triclinic boxes; x, xs,
/// xu and xsu columns with image flags; atoms in any order, told apart by id; elements from the column
/// "element", else from masses, else from types and options.types. Units metal and real; others where the
/// file names them (ITEM: UNITS).
std::unique_ptr<TrajectoryReader> readLammpsDump(const std::filesystem::path& file,
                                                 const ImportOptions& options);

/// Ionic steps of a vasprun.xml; POTIM is the time step of molecular dynamics (IBRION = 0).
std::unique_ptr<TrajectoryReader> readVasprunTrajectory(const std::filesystem::path& file);

}  // namespace ionscape::io
