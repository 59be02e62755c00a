// SPDX-License-Identifier: GPL-3.0-or-later
// Builds an ensemble of decorations and relaxes its members, each as background work.
#pragma once

#include "core/builder/ensemble.h"
#include "core/workflow/ensemble_report.h"
#include "gui/jobs/background_task.h"

namespace ionscape::gui {

/// The cell that is decorated.
enum class CellChoice { MolecularDynamics = 0, Smallest = -1 };  ///< positive: so many primitive cells

struct EnsembleRequest {
    std::string host;                    ///< as composition::findHost takes it
    std::string formula;                 ///< of the host's space
    builder::EnsembleSettings settings;  ///< the supercell is set from `cells`
    int cells = 0;                       ///< a CellChoice or a number of primitive cells
};

/// Rows of the supercell that a choice of cells means; empty for the host's MD cell. Throws InputError.
std::optional<IntMat3> chosenSupercell(const composition::Host& host, const std::string& formula, int cells);

/// Formula, method, seed and a digest of everything else that decides the members and their numbers, so that
/// a file is continued only by the same work.
QString ensembleStem(const workflow::EnsembleSpec& spec);
/// Names the files of `spec` in a folder by its stem and makes the folder. Throws IoError.
void keepIn(const QString& folder, workflow::EnsembleSpec& spec);

class EnsembleJob final : public QObject {
    Q_OBJECT

  public:
    /// \param folder  takes the files of relaxations and the structures handed on; made when needed
    explicit EnsembleJob(QString folder, QObject* parent = nullptr);

    /// Return false while other work goes on. built() follows, or task()'s ended() says why not.
    bool build(const EnsembleRequest& request);
    /// Relaxes what was built; members that were relaxed earlier with the same settings come from the file.
    /// \param potential  a path; empty for the embedded one
    bool relax(const QString& potential, const dynamics::RelaxSettings& settings);

    BackgroundTask& task() { return task_; }
    /// Of the members at hand.
    const EnsembleRequest& request() const { return request_; }
    const std::vector<builder::EnsembleMember>& members() const { return members_; }
    /// What was relaxed so far, in the order of the members; shorter than members() until all are done.
    const std::vector<workflow::MemberRecord>& records() const { return records_; }
    /// Averages over the records.
    workflow::EnsembleSummary summary() const;
    std::size_t atoms() const { return members_.empty() ? 0 : members_.front().structure.size(); }
    /// The relaxed cell where there is one, else as built. Throws IoError.
    crystal::Structure structure(std::size_t member) const;
    bool isRelaxed(std::size_t member) const;
    /// All of them, with energies of the relaxed ones.
    void exportExtxyz(const std::filesystem::path& file) const;
    /// One CIF a member into a folder; returns their number. Existing files of these names are replaced.
    std::size_t exportCif(const std::filesystem::path& folder) const;
    /// One extended XYZ file a member, to be run.
    QStringList writeForRuns() const;

  signals:
    /// members() are new, records() empty.
    void built();
    /// records() grew, or were taken from a file.
    void recordsChanged();

  private:
    QString folder_;
    EnsembleRequest request_;
    std::vector<builder::EnsembleMember> members_;
    std::vector<workflow::MemberRecord> records_;
    std::filesystem::path relaxedFile_;  ///< extended XYZ of the relaxed cells
    // Last, because its thread posts to the members above.
    BackgroundTask task_;
    /// Of the members at hand.
    workflow::EnsembleSpec spec() const;
    std::string memberName(std::size_t member) const;
    std::vector<crystal::Structure> structures() const;
    void take(std::vector<workflow::MemberRecord> records);
};

}  // namespace ionscape::gui
