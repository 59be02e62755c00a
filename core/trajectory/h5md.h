// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories in HDF5 files of the H5MD 1.1 layout (de Buyl, Colberg & Höfling, CPC 185, 1546 (2014)).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/io/import_options.h"
#include "core/trajectory/frame.h"
#include "core/trajectory/frame_sink.h"

namespace ionscape::trajectory {

/// The state from which a run continues exactly: written beside the frames at every flush.
struct RestartState {
    Frame frame;  ///< with velocities
    std::optional<RandomStream::State> random;
    /// What whoever watches the run wants back; every state of a run after the first that has any holds the
    /// same number of them.
    std::vector<double> monitor;
    /// Variables of the thermostat; as many in every state after the first that has any.
    std::vector<double> bath{};
};

/// Writes a run as it goes. Layout: /particles/all/{species,mass,box,position,velocity?},
/// /observables/{potential_energy, kinetic_energy,temperature,force_spread_max?,force_spread_mean?},
/// /parameters/ionscape/{manifest (JSON), results (JSON), initial_*, relaxed_*, restart}. Lengths Å, times
/// fs, energies eV (attribute "unit" on every dataset). Positions are stored unwrapped as float64.
class H5mdWriter final : public FrameSink {
  public:
    enum class Mode { Create, Append };
    /// Create refuses to overwrite an existing file unless `overwrite`. Append continues behind the last
    /// frame of a readable file (frames later than the restart state are cut). Throws IoError naming the
    /// file.
    H5mdWriter(const std::filesystem::path& file, Mode mode, bool overwrite = false);
    ~H5mdWriter() override;

    /// JSON text: formula, seed, potential and checksum, versions, settings. Replaces an earlier one.
    void writeManifest(const std::string& json);
    /// JSON text with the analysis at the end of a run. Replaces an earlier one.
    void writeResults(const std::string& json);
    /// A named structure beside the trajectory, e.g. "initial" or "relaxed" (with site labels).
    void writeStructure(const std::string& name, const crystal::Structure& structure);
    void writeRestart(const RestartState& state);

    void begin(const crystal::Structure& initial) override;
    void write(const Frame& frame) override;
    /// Buffered frames, then H5Fflush; throws IoError (disk full) naming the file.
    void flush() override;
    const std::filesystem::path& file() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads a run, also while another process still writes it or after that was killed.
class H5mdReader {
  public:
    /// Files of other programs: any particles group, fixed or changing boxes, image flags, units by their
    /// attribute, species as text, enumerations, atomic numbers or types, ids that say which atom is which.
    /// Throws IoError when the file is missing, not HDF5, not H5MD, or damaged, and UnansweredQuestions when
    /// it lacks something that `options` does not give.
    explicit H5mdReader(const std::filesystem::path& file, const io::ImportOptions& options = {});
    ~H5mdReader();
    H5mdReader(H5mdReader&&) noexcept;
    H5mdReader& operator=(H5mdReader&&) noexcept;

    std::size_t frameCount() const;
    /// False for a file of another program.
    bool isOurs() const;
    /// Unknown where another program gives positions without image flags.
    io::Wrapping wrapping() const;
    /// Lattice, elements, positions and site labels of the first frame (as given to begin()).
    crystal::Structure initialStructure() const;
    Frame readFrame(std::size_t index) const;
    std::vector<Frame> readAll() const;
    std::optional<crystal::Structure> structure(const std::string& name) const;
    /// Empty text where the file has none (H5MD files of other programs).
    std::string manifest() const;
    std::string results() const;
    std::optional<RestartState> restart() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace ionscape::trajectory
