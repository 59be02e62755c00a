// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workflow/campaign_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/base/version.h"
#include "core/trajectory/table_file.h"

namespace ionscape::workflow {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using trajectory::TableColumn;
using trajectory::TableFile;
using Kind = TableColumn::Kind;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// What follows from the dynamics, as numbers.
struct TransportColumn {
    const char* name;
    const char* unit;
    const char* meaning;
    double SimulatedTransport::*value;
};
const TransportColumn transportColumns[] = {
    {"md_ps", "ps", "length of the dynamics without equilibration", &SimulatedTransport::ps},
    {"md_temperature", "K", "mean temperature", &SimulatedTransport::meanTemperature},
    {"md_volume", "Angstrom+3", "mean volume of the cell", &SimulatedTransport::volume},
    {"msd_target", "Angstrom+2", "b + 6 D* t of the fitted line at the lag of the campaign (target_lag_ps)",
     &SimulatedTransport::msdTarget},
    {"msd_target_error", "Angstrom+2", "one standard deviation", &SimulatedTransport::msdTargetError},
    {"diffusion", "cm+2 s-1", "tracer diffusion coefficient D* of the mobile ion",
     &SimulatedTransport::diffusion},
    {"diffusion_error", "cm+2 s-1", "one standard deviation", &SimulatedTransport::diffusionError},
    {"diffusion_lower95", "cm+2 s-1", "lower end of the 95 % interval", &SimulatedTransport::diffusionLower},
    {"diffusion_upper95", "cm+2 s-1", "upper end of the 95 % interval", &SimulatedTransport::diffusionUpper},
    {"collective", "cm+2 s-1", "collective diffusion coefficient", &SimulatedTransport::collective},
    {"collective_error", "cm+2 s-1", "one standard deviation", &SimulatedTransport::collectiveError},
    {"haven", "", "Haven ratio D*/D_sigma", &SimulatedTransport::haven}};

std::vector<TableColumn> columnsOfFile() {
    std::vector<TableColumn> columns{
        {"formula", Kind::Text, "", "composition, elements in the host's order, six decimals", 160},
        {"type", Kind::Text, "", "occupancy type of the mixed sublattice", 32},
        {"group", Kind::Text, "", "group of the campaign", 48},
        {"seed", Kind::Integer, "", "seed of decoration, velocities and noise"},
        {"problem", Kind::Text, "", "why numbers are missing or not to be trusted; empty: all is well", 240},
        {"converged", Kind::Integer, "", "1: the relaxation reached its tolerance"},
        {"relax_steps", Kind::Integer, "", "steps of the relaxation"},
        {"energy_per_atom", Kind::Number, "eV", "of the relaxed cell"},
        {"max_force", Kind::Number, "eV Angstrom-1", "largest force left"},
        {"max_stress", Kind::Number, "GPa", "largest stress component left"},
        {"seconds", Kind::Number, "s", "wall time of the job"},
        {"cell", Kind::List, "Angstrom", "rows are the cell vectors a, b, c of the relaxed cell"},
        {"species", Kind::List, "", "atomic numbers of the relaxed cell"},
        {"fractional", Kind::List, "", "fractional coordinates of the relaxed cell, three an atom"},
        {"simulated", Kind::Integer, "", "1: there is molecular dynamics"},
        {"broken_polyhedra", Kind::Integer, "", "P and Si with other than four O after the dynamics"},
        {"md_warning", Kind::Text, "", "why the diffusion coefficient should not be trusted", 240},
        {"msd", Kind::List, "Angstrom+2",
         "mean squared displacement of the mobile ion at the lags of \"lags\""}};
    for (const auto& c : transportColumns)
        columns.push_back({c.name, Kind::Number, c.unit, c.meaning});
    return columns;
}

std::vector<float> cellNumbers(const crystal::Structure& s) {
    std::vector<float> numbers;
    if (s.size() == 0) return numbers;
    for (int i = 0; i < 3; ++i)
        for (int k = 0; k < 3; ++k)
            numbers.push_back(static_cast<float>(s.lattice.rows()(i, k)));
    return numbers;
}

std::vector<trajectory::TableValue> rowOf(const CampaignRecord& r) {
    std::vector<float> species, fractional;
    for (std::size_t i = 0; i < r.relaxed.size(); ++i) {
        species.push_back(static_cast<float>(r.relaxed.elements[i].atomicNumber()));
        const Vec3 f = r.relaxed.fractional(i).v;
        for (int k = 0; k < 3; ++k)
            fractional.push_back(static_cast<float>(f[k] - std::floor(f[k])));
    }
    const bool relaxed = r.relaxed.size() > 0;
    const auto number = [&](double value) { return relaxed ? value : missing; };
    std::vector<trajectory::TableValue> row{
        r.job.formula, r.job.type, r.job.group, static_cast<std::int64_t>(r.job.seed), r.problem,
        std::int64_t{r.converged}, std::int64_t{r.relaxSteps}, number(r.energyPerAtom), number(r.maxForce),
        number(r.maxStressGPa), r.seconds, cellNumbers(r.relaxed), species, fractional,
        // A failed simulation counts as done: it is not begun again.
        std::int64_t{r.job.dynamics}, std::int64_t{r.transport ? r.transport->brokenPolyhedra : 0},
        r.transport ? r.transport->warning : std::string(),
        r.transport ? r.transport->msd : std::vector<float>()};
    for (const auto& c : transportColumns)
        row.emplace_back(r.transport ? (*r.transport).*c.value : missing);
    return row;
}

crystal::Structure structureOf(const std::vector<float>& cell, const std::vector<float>& species,
                               const std::vector<float>& fractional, const fs::path& file) {
    crystal::Structure s;
    if (species.empty()) return s;
    if (cell.size() != 9 || fractional.size() != 3 * species.size())
        throw IoError(file, "is damaged: a relaxed cell is incomplete");
    Mat3 rows;
    for (int i = 0; i < 9; ++i)
        rows(i / 3, i % 3) = static_cast<double>(cell[static_cast<std::size_t>(i)]);
    s.lattice = crystal::Lattice(rows);
    for (std::size_t i = 0; i < species.size(); ++i) {
        const Vec3 f(static_cast<double>(fractional[3 * i]), static_cast<double>(fractional[3 * i + 1]),
                     static_cast<double>(fractional[3 * i + 2]));
        s.append(crystal::Element::fromAtomicNumber(static_cast<int>(species[i])),
                 s.lattice.toCartesian(crystal::Fractional{f}));
    }
    return s;
}

/// What must not change while a dataset grows.
json identity(const CampaignSpec& spec, const std::string& checksum) {
    CampaignSpec fixed = spec;
    fixed.groups.clear();
    fixed.name.clear();
    fixed.protocol.output.clear();
    fixed.protocol.threads = 0;
    fixed.protocol.potential.clear();
    fixed.protocol.md.flushInterval = 0;
    json object = json::parse(toJson(fixed));
    object["potential_sha256"] = checksum;
    return object;
}

FileLock lockOf(const fs::path& file) {
    return FileLock(fs::path(file.string() + ".lock"));
}

/// Keeps workers from appending while a reader has the file open. Only folders of campaigns have the lock's
/// file; nobody writes a dataset elsewhere.
std::optional<FileLock> readingLock(const fs::path& file) {
    return FileLock::forReading(file.string() + ".lock");
}

std::string lagText(const RunSpec& protocol) {
    auto lags = json::array();
    for (int k = 1; k <= campaignLags; ++k)
        lags.push_back(1e-3 * campaignLagFs(protocol) * k);
    return json{{"unit", "ps"}, {"lags", lags}}.dump();
}

}  // namespace

double campaignLagFs(const RunSpec& protocol) {
    const double frameFs = protocol.md.timestepFs * protocol.md.frameInterval;
    const double lengthFs = protocol.md.timestepFs * static_cast<double>(protocol.md.steps);
    return frameFs * std::max(1.0, std::floor(0.5 * lengthFs / (campaignLags * frameFs) + 1e-9));
}

CampaignData::CampaignData(fs::path file) : file_(std::move(file)) {
    std::error_code ignored;
    if (!fs::exists(file_, ignored)) throw IoError(file_, "does not exist");
}

CampaignData CampaignData::open(const fs::path& file, const CampaignSpec& spec,
                                const std::string& potentialName, const std::string& potentialChecksum) {
    const auto lock = lockOf(file);
    const json wanted = identity(spec, potentialChecksum);
    std::error_code ignored;
    const bool begun = fs::exists(file, ignored);
    if (!begun) {
        TableFile::create(file, columnsOfFile(),
                          {{"program", fmt::format("Ionscape {}", versionString())},
                           {"potential", fmt::format("{} (SHA-256 {})", potentialName, potentialChecksum)},
                           {"lags", lagText(spec.protocol)},
                           {"identity", wanted.dump()},
                           {"spec", toJson(spec)}});
        return CampaignData(file);
    }
    if (TableFile(file, TableFile::Mode::Read).storage() == TableFile::Storage::Compact)
        TableFile::rewrite(file, file, TableFile::Storage::Growing);
    TableFile table(file, TableFile::Mode::Update);
    const auto stored = json::parse(table.text("identity"), nullptr, false);
    if (stored.is_discarded()) throw IoError(file, "is not the dataset of a campaign; choose another folder");
    const auto differences = json::diff(stored, wanted);
    if (!differences.empty()) {
        throw InputError(fmt::format(
            "{}: was begun with another protocol ({} differs); choose another folder or the old protocol",
            file.string(), differences.front().at("path").get<std::string>().substr(1)));
    }
    table.setText("spec", toJson(spec));
    return CampaignData(file);
}

void CampaignData::append(const CampaignRecord& record) const {
    const auto lock = lockOf(file_);
    try {
        TableFile table(file_, TableFile::Mode::Update);
        auto row = rowOf(record);
        row.resize(table.columns().size(), missing);
        table.append(row);
    } catch (const IoError& error) {
        throw OutputError(error.what());
    }
}

CampaignSpec CampaignData::spec() const {
    const auto lock = readingLock(file_);
    return campaignSpecFromJson(TableFile(file_, TableFile::Mode::Read).text("spec"));
}

std::string CampaignData::potential() const {
    const auto lock = readingLock(file_);
    return TableFile(file_, TableFile::Mode::Read).text("potential");
}

std::vector<CampaignRecord> CampaignData::summaries() const {
    const auto lock = readingLock(file_);
    const TableFile table(file_, TableFile::Mode::Read);
    std::vector<CampaignRecord> records(table.rows());
    const auto formula = table.texts("formula"), type = table.texts("type"), group = table.texts("group"),
               problem = table.texts("problem"), warning = table.texts("md_warning");
    const auto seed = table.integers("seed"), converged = table.integers("converged"),
               steps = table.integers("relax_steps"), simulated = table.integers("simulated"),
               broken = table.integers("broken_polyhedra");
    const auto energy = table.numbers("energy_per_atom"), force = table.numbers("max_force"),
               stress = table.numbers("max_stress"), seconds = table.numbers("seconds");
    for (std::size_t i = 0; i < records.size(); ++i) {
        CampaignRecord& r = records[i];
        r.job = {formula[i], type[i], group[i], static_cast<std::uint64_t>(seed[i]), simulated[i] != 0};
        r.problem = problem[i];
        r.converged = converged[i] != 0;
        r.relaxSteps = static_cast<int>(steps[i]);
        r.energyPerAtom = energy[i];
        r.maxForce = force[i];
        r.maxStressGPa = stress[i];
        r.seconds = seconds[i];
    }
    for (const auto& c : transportColumns) {
        const auto values = table.numbers(c.name);
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (!std::isfinite(values[i])) continue;  // a transport begins with everything unknown
            if (!records[i].transport) {
                records[i].transport.emplace();
                records[i].transport->brokenPolyhedra = static_cast<int>(broken[i]);
                records[i].transport->warning = warning[i];
            }
            (*records[i].transport).*c.value = values[i];
        }
    }
    return records;
}

std::vector<CampaignRecord> CampaignData::records() const {
    auto records = summaries();
    const auto lock = readingLock(file_);
    const TableFile table(file_, TableFile::Mode::Read);
    const auto cell = table.lists("cell"), species = table.lists("species"),
               fractional = table.lists("fractional"), msd = table.lists("msd");
    // Rows appended since are left for the next call.
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].relaxed = structureOf(cell[i], species[i], fractional[i], file_);
        if (records[i].transport) records[i].transport->msd = msd[i];
    }
    return records;
}

crystal::Structure CampaignData::structure(std::size_t row) const {
    const auto lock = readingLock(file_);
    const TableFile table(file_, TableFile::Mode::Read);
    return structureOf(table.list("cell", row), table.list("species", row), table.list("fractional", row),
                       file_);
}

void CampaignData::copyWith(const std::vector<DerivedColumn>& derived, const std::vector<std::size_t>& rows,
                            const fs::path& out, const std::stop_token& stop) const {
    std::error_code ignored;
    if (fs::equivalent(out, file_, ignored))
        throw InputError(fmt::format("{}: a dataset cannot be replaced by its own copy", out.string()));
    auto columns = columnsOfFile();
    for (const auto& one : derived) {
        if (one.values.size() != rows.size()) {
            throw InputError(fmt::format("the column {} has {} values for {} records", one.name,
                                         one.values.size(), rows.size()));
        }
        const bool taken = std::any_of(columns.begin(), columns.end(),
                                       [&](const TableColumn& column) { return column.name == one.name; });
        if (taken) throw InputError(fmt::format("there are two columns called {}", one.name));
        columns.push_back({one.name, Kind::Number, one.unit, one.meaning});
    }
    const auto all = records();
    TableFile::Texts texts;
    {
        const auto lock = readingLock(file_);
        const TableFile from(file_, TableFile::Mode::Read);
        for (const char* name : {"program", "potential", "lags", "identity", "spec"})
            texts.emplace_back(name, from.text(name));
    }
    try {
        writeAtomically(out, [&](const fs::path& temporary) {
            TableFile::create(temporary, columns, texts);
            TableFile to(temporary, TableFile::Mode::Update);
            constexpr std::size_t atOnce = 200;
            for (std::size_t begin = 0; begin < rows.size(); begin += atOnce) {
                throwIfStopped(stop);
                std::vector<std::vector<trajectory::TableValue>> some;
                for (std::size_t i = begin; i < std::min(rows.size(), begin + atOnce); ++i) {
                    some.push_back(rowOf(all.at(rows[i])));
                    for (const auto& one : derived)
                        some.back().emplace_back(one.values[i]);
                }
                to.appendRows(some);
            }
            TableFile::rewrite(temporary, temporary, TableFile::Storage::Compact);
        });
    } catch (const Cancelled&) {
        throw;
    } catch (const std::exception& error) {
        throw OutputError(error.what());
    }
}

std::vector<DerivedColumn> CampaignData::derived() const {
    const auto lock = readingLock(file_);
    const TableFile table(file_, TableFile::Mode::Read);
    const auto known = columnsOfFile();
    std::vector<DerivedColumn> derived;
    for (const auto& column : table.columns()) {
        const bool isKnown = std::any_of(known.begin(), known.end(),
                                         [&](const TableColumn& one) { return one.name == column.name; });
        if (!isKnown && column.kind == Kind::Number)
            derived.push_back({column.name, column.unit, column.meaning, table.numbers(column.name)});
    }
    return derived;
}

}  // namespace ionscape::workflow
