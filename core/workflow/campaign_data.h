// SPDX-License-Identifier: GPL-3.0-or-later
// The dataset of a campaign: relaxed cells, transport and what made them, one HDF5 file that only grows.
#pragma once

#include <filesystem>
#include <limits>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/crystal/structure.h"
#include "core/workflow/campaign_spec.h"

namespace ionscape::workflow {

/// Of molecular dynamics, at the temperature of the protocol. What is not known is not a number.
struct SimulatedTransport {
    static constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    double ps = unknown;
    double meanTemperature = unknown;  ///< K
    double volume = unknown;           ///< Å³, of the cell
    /// b + 6 D* Δt at the campaign's lag, one standard deviation of it, Å².
    double msdTarget = unknown, msdTargetError = unknown;
    double diffusion = unknown, diffusionError = unknown;       ///< D*, cm²/s
    double diffusionLower = unknown, diffusionUpper = unknown;  ///< 95 % interval
    double collective = unknown, collectiveError = unknown;     ///< D_σ, cm²/s
    double haven = unknown;
    int brokenPolyhedra = 0;
    std::string warning;
    /// MSD of the mobile ion, Å², at the lags lagFs(k) of campaignLags().
    std::vector<float> msd;
};

/// One finished job.
struct CampaignRecord {
    CampaignJob job;
    /// Why the numbers are absent or not to be trusted; empty when all is well.
    std::string problem;
    /// The relaxed cell; no atom when it does not exist.
    crystal::Structure relaxed;
    bool converged = false;
    int relaxSteps = 0;
    double energyPerAtom = 0.0;  ///< eV
    double maxForce = 0.0;       ///< eV/Å
    double maxStressGPa = 0.0;
    double seconds = 0.0;  ///< of wall time
    std::optional<SimulatedTransport> transport;
};

/// A column of numbers that were worked out from the records later: features, predictions.
struct DerivedColumn {
    std::string name, unit, meaning;
    std::vector<double> values;  ///< one a record of the file; not a number where there is none
};

/// Where campaignRun keeps the MSD of a record: lag k+1 times this, fs; forty lags up to half the run.
double campaignLagFs(const RunSpec& protocol);
inline constexpr int campaignLags = 40;

/// The file. Every operation opens, locks and closes it, so that several workers and readers share it.
class CampaignData {
  public:
    /// Creates the file or continues it (a copy that was made to hand on is uncompressed first). Throws
    /// InputError when it was begun with another protocol or potential, naming what differs, and IoError.
    static CampaignData open(const std::filesystem::path& file, const CampaignSpec& spec,
                             const std::string& potentialName, const std::string& potentialChecksum);
    /// For reading only.
    explicit CampaignData(std::filesystem::path file);

    const std::filesystem::path& file() const { return file_; }
    void append(const CampaignRecord& record) const;
    CampaignSpec spec() const;
    /// Name and SHA-256 of the potential.
    std::string potential() const;
    std::vector<CampaignRecord> records() const;
    /// Without structures and curves: quick.
    std::vector<CampaignRecord> summaries() const;
    crystal::Structure structure(std::size_t row) const;

    /// A compressed copy of some records, in the order of `rows`, with further columns, to hand on; replaces
    /// `out` in one step. The copy can be continued: new rows have nothing in these columns. Throws
    /// InputError for a name that is taken, another number of values and `out` being this file, OutputError,
    /// Cancelled.
    void copyWith(const std::vector<DerivedColumn>& derived, const std::vector<std::size_t>& rows,
                  const std::filesystem::path& out, const std::stop_token& stop = {}) const;
    std::vector<DerivedColumn> derived() const;

  private:
    std::filesystem::path file_;
};

}  // namespace ionscape::workflow
