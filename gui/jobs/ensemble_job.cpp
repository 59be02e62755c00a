// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/ensemble_job.h"

#include <fmt/format.h>

#include <QCryptographicHash>
#include <QDir>

#include "core/base/error.h"
#include "core/builder/fitting_cell.h"
#include "core/io/extxyz.h"
#include "gui/jobs/potentials_library.h"

namespace ionscape::gui {

namespace ensemble_job_detail {

void makeFolder(const QString& folder) {
    if (!QDir().mkpath(folder)) {
        throw IoError(
            folder.toStdString(),
            EnsembleJob::tr("this folder cannot be created; see whether the disk is full or read-only")
                .toStdString());
    }
}

}  // namespace ensemble_job_detail

std::optional<IntMat3> chosenSupercell(const composition::Host& host, const std::string& formula, int cells) {
    if (cells == static_cast<int>(CellChoice::MolecularDynamics)) return std::nullopt;
    if (cells == static_cast<int>(CellChoice::Smallest))
        return builder::smallestFittingCell(host, composition::parseFormula(formula)).supercell;
    return builder::compactSupercell(host.primitiveCell().lattice, cells);
}

QString ensembleStem(const workflow::EnsembleSpec& spec) {
    const builder::EnsembleSettings& s = spec.ensemble;
    const dynamics::RelaxSettings& r = spec.relaxSettings;
    std::string matrix;
    if (s.supercell) matrix = fmt::format("{}", fmt::join(s.supercell->data(), s.supercell->data() + 9, " "));
    // The best of another number of members are other members; of the other methods more can be added.
    const std::size_t members = s.method == builder::EnsembleMethod::Ewald ? s.members : 0;
    const std::string all =
        fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", spec.host, spec.formula,
                    builder::methodName(s.method), s.seed, s.distinct, matrix, members, s.draws, s.exchanges,
                    s.annealingSteps, r.forceTolerance, r.stressToleranceGPa, r.maxSteps,
                    dynamics::cellFilterName(r.cell), dynamics::minimiserName(r.minimiser),
                    potentialStamp(QString::fromStdString(spec.potential)).toStdString());
    const QByteArray digest =
        QCryptographicHash::hash(QByteArray::fromStdString(all), QCryptographicHash::Sha1).toHex().left(8);
    return QString::fromStdString(fmt::format("{}-{}-seed{}-{}", spec.formula, builder::methodName(s.method),
                                              s.seed, digest.toStdString()));
}

void keepIn(const QString& folder, workflow::EnsembleSpec& spec) {
    ensemble_job_detail::makeFolder(folder);
    const QString path = QDir(folder).filePath(ensembleStem(spec));
    spec.output = (path + ".jsonl").toStdString();
    spec.structures = (path + ".extxyz").toStdString();
}

EnsembleJob::EnsembleJob(QString folder, QObject* parent) : QObject(parent), folder_(std::move(folder)) {}

bool EnsembleJob::build(const EnsembleRequest& request) {
    return task_.start([this, request](const std::stop_token& stop, ProgressSink& progress) {
        const auto host = composition::findHost(request.host);
        EnsembleRequest done = request;
        done.settings.supercell = chosenSupercell(host, request.formula, request.cells);
        const auto composition =
            builder::compositionInCell(host, composition::parseFormula(request.formula),
                                       done.settings.supercell.value_or(host.supercellMatrix));
        builder::EnsembleBuilder builder(host, composition, done.settings);
        auto members = std::make_shared<std::vector<builder::EnsembleMember>>(builder.build(stop, progress));
        return [this, done, members] {
            request_ = done;
            members_ = std::move(*members);
            records_.clear();
            relaxedFile_.clear();
            emit built();
        };
    });
}

bool EnsembleJob::relax(const QString& potential, const dynamics::RelaxSettings& settings) {
    if (members_.empty() || task_.isBusy()) return false;
    workflow::EnsembleSpec wanted = spec();
    wanted.relaxSettings = settings;
    wanted.potential = potential.toStdString();
    records_.clear();
    relaxedFile_.clear();
    emit recordsChanged();
    return task_.start([this, spec = wanted](const std::stop_token& stop, ProgressSink& progress) mutable {
        keepIn(folder_, spec);
        task_.post([this, file = spec.structures] { relaxedFile_ = file; });
        task_.post([this, stored = workflow::storedMembers(spec.output)] { take(stored); });
        const auto summary = workflow::runEnsemble(spec, stop, progress, [this](const auto& record) {
            task_.post([this, record] {
                records_.push_back(record);
                emit recordsChanged();
            });
        });
        return [this, summary] { take(summary.members); };
    });
}

void EnsembleJob::take(std::vector<workflow::MemberRecord> records) {
    records_ = std::move(records);
    if (records_.size() > members_.size()) records_.resize(members_.size());
    emit recordsChanged();
}

workflow::EnsembleSpec EnsembleJob::spec() const {
    workflow::EnsembleSpec spec;
    spec.formula = request_.formula;
    spec.host = request_.host;
    spec.ensemble = request_.settings;
    return spec;
}

workflow::EnsembleSummary EnsembleJob::summary() const {
    workflow::EnsembleSummary summary;
    summary.atoms = atoms();
    summary.members = records_;
    workflow::summarise(summary);
    return summary;
}

bool EnsembleJob::isRelaxed(std::size_t member) const {
    return member < records_.size() && records_[member].failure.empty();
}

crystal::Structure EnsembleJob::structure(std::size_t member) const {
    if (!isRelaxed(member)) return members_.at(member).structure;
    const auto frames = io::readExtxyz(relaxedFile_);
    if (member >= frames.size())
        throw IoError(relaxedFile_,
                      fmt::format("holds {} structures, not member {}", frames.size(), member + 1));
    return frames[member].structure;
}

std::vector<crystal::Structure> EnsembleJob::structures() const {
    std::vector<io::LabelledStructure> relaxed;
    if (!records_.empty()) relaxed = io::readExtxyz(relaxedFile_);
    std::vector<crystal::Structure> structures;
    for (std::size_t i = 0; i < members_.size(); ++i)
        structures.push_back(isRelaxed(i) && i < relaxed.size() ? relaxed[i].structure
                                                                : members_[i].structure);
    return structures;
}

void EnsembleJob::exportExtxyz(const std::filesystem::path& file) const {
    const auto cells = structures();
    std::vector<io::LabelledStructure> frames;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        io::LabelledStructure frame;
        frame.structure = cells[i];
        if (isRelaxed(i)) frame.energy = records_[i].energyPerAtom * static_cast<double>(atoms());
        frame.info["member"] = std::to_string(i);
        frame.info["seed"] = std::to_string(members_[i].seed);
        frame.info["relaxed"] = isRelaxed(i) ? "T" : "F";
        frames.push_back(std::move(frame));
    }
    io::writeStructures(file, frames);
}

std::string EnsembleJob::memberName(std::size_t member) const {
    return fmt::format("{}-{}-{:03}", request_.formula, builder::methodName(request_.settings.method),
                       member + 1);
}

std::size_t EnsembleJob::exportCif(const std::filesystem::path& folder) const {
    const auto cells = structures();
    for (std::size_t i = 0; i < cells.size(); ++i)
        io::writeStructure(folder / (memberName(i) + ".cif"), cells[i]);
    return cells.size();
}

QStringList EnsembleJob::writeForRuns() const {
    const QString folder = QDir(folder_).filePath(ensembleStem(spec()) + "-members");
    ensemble_job_detail::makeFolder(folder);
    const auto cells = structures();
    QStringList files;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        files << QDir(folder).filePath(QString::fromStdString(memberName(i)) + ".extxyz");
        io::writeStructure(files.back().toStdString(), cells[i]);
    }
    return files;
}

}  // namespace ionscape::gui
