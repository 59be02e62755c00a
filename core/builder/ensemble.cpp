// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/builder/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/builder/decorate.h"
#include "core/builder/formal_charges.h"
#include "core/builder/site_symmetry.h"

namespace ionscape::builder {

namespace {

constexpr std::size_t mostMembers = 100'000;
constexpr std::size_t mostDraws = 10'000'000;
/// How many draws in a row may bring nothing new before the search for distinct ones is given up.
constexpr std::size_t patience = 2000;

constexpr std::array<std::pair<EnsembleMethod, const char*>, 5> methodNames{{
    {EnsembleMethod::Random, "random"},
    {EnsembleMethod::Ewald, "ewald"},
    {EnsembleMethod::Quasirandom, "sqs"},
    {EnsembleMethod::MonteCarlo, "mc"},
    {EnsembleMethod::Enumeration, "all"},
}};

void check(const EnsembleSettings& s, bool energyGiven) {
    if (s.members < 1 || s.members > mostMembers)
        throw InputError(fmt::format("an ensemble has 1 to {} members, not {}", mostMembers, s.members));
    if (s.method == EnsembleMethod::Ewald && (s.draws < s.members || s.draws > mostDraws)) {
        throw InputError(fmt::format("{} draws for the best {}: draw at least as many, at most {}", s.draws,
                                     s.members, mostDraws));
    }
    if (s.exchanges < 0 || s.annealingSteps < 0 || s.samplingSteps < 0)
        throw InputError("the number of exchanges must not be negative");
    if (s.method == EnsembleMethod::MonteCarlo) {
        if (!energyGiven) throw InputError("Monte Carlo needs a potential that gives the energies");
        if (!(s.temperature > 0.0)) throw InputError("Monte Carlo needs a temperature above 0 K");
    }
}

/// Mixed sublattices of the host that hold more than one species in this composition.
std::vector<std::string> mixedHere(const composition::Host& host, const CellSites& cell,
                                   const Occupation& occupation) {
    std::vector<std::string> names;
    for (const auto& group : exchangeableSites(cell, occupation)) {
        const std::string& name = cell.sublattices[cell.sublatticeOf[group.front()]];
        if (host.sublattice(name).kind == composition::Sublattice::Kind::Mixed) names.push_back(name);
    }
    if (names.empty())
        throw InputError("no mixed sublattice of this composition holds more than one species");
    return names;
}

}  // namespace

std::string methodName(EnsembleMethod method) {
    for (const auto& [known, name] : methodNames) {
        if (known == method) return name;
    }
    throw InputError("this way to build an ensemble has no name");
}

EnsembleMethod ensembleMethod(const std::string& name) {
    for (const auto& [method, known] : methodNames) {
        if (name == known) return method;
    }
    throw InputError(fmt::format(
        "there is no way \"{}\" to build an ensemble; choose random, ewald, sqs, mc or all", name));
}

EnsembleBuilder::EnsembleBuilder(composition::Host host, composition::Composition composition,
                                 EnsembleSettings settings, EnergyFunction energy)
    : host_(std::move(host)),
      composition_(std::move(composition)),
      settings_(std::move(settings)),
      energy_(std::move(energy)),
      supercell_(settings_.supercell.value_or(host_.supercellMatrix)) {
    check(settings_, static_cast<bool>(energy_));
    decoratedCell(host_, composition_, supercell_, settings_.seed);  // says what does not fit
    cell_ = cellSites(host_, supercell_);
}

EnsembleBuilder::~EnsembleBuilder() = default;

const SiteSymmetry& EnsembleBuilder::symmetry() {
    if (!symmetry_) symmetry_ = std::make_unique<SiteSymmetry>(cell_);
    return *symmetry_;
}

bool EnsembleBuilder::membersAreIndependent() const {
    return !settings_.distinct && settings_.method != EnsembleMethod::Ewald &&
           settings_.method != EnsembleMethod::Enumeration;
}

EnsembleMember EnsembleBuilder::randomMember(std::uint64_t seed) const {
    EnsembleMember member;
    member.seed = seed;
    member.occupation = cell_.occupationOf(decoratedCell(host_, composition_, supercell_, seed));
    return member;
}

EnsembleMember EnsembleBuilder::finished(EnsembleMember member) const {
    member.structure = cell_.structureOf(member.occupation);
    return member;
}

PairCorrelations EnsembleBuilder::pairCorrelations(const Occupation& occupation) const {
    PairSettings pairs = settings_.pairs;
    if (pairs.sublattices.empty()) pairs.sublattices = mixedHere(host_, cell_, occupation);
    return PairCorrelations(cell_, occupation, pairs);
}

EnsembleMember EnsembleBuilder::member(std::uint64_t seed, const std::stop_token& stop,
                                       ProgressSink& progress) {
    EnsembleMember member = randomMember(seed);
    SwapSchedule schedule;
    schedule.seed = seed;
    if (settings_.method == EnsembleMethod::Quasirandom) {
        PairCorrelations correlations = pairCorrelations(member.occupation);
        schedule.steps = settings_.annealingSteps;
        const SwapMoves moves(cell_, correlations.groups(), member.occupation);
        const auto outcome = searchBySwaps(correlations, moves, schedule, stop, progress, 0.0);
        member.occupation = outcome.best;
        member.score = outcome.bestValue;
    } else if (settings_.method == EnsembleMethod::MonteCarlo) {
        EnergyObjective objective(cell_, member.occupation, energy_);
        schedule.steps = settings_.samplingSteps;
        schedule.startTemperature = schedule.endTemperature = units::boltzmann * settings_.temperature;
        const SwapMoves moves(cell_, exchangeableSites(cell_, member.occupation, settings_.pairs.sublattices),
                              member.occupation);
        member.score = searchBySwaps(objective, moves, schedule, stop, progress).lastValue;
        member.occupation = objective.occupation();
    } else if (settings_.method != EnsembleMethod::Random) {
        throw InputError(
            fmt::format("members of method {} come only together", methodName(settings_.method)));
    }
    return finished(std::move(member));
}

std::vector<EnsembleMember> EnsembleBuilder::bestByEwald(const std::stop_token& stop,
                                                         ProgressSink& progress) {
    const FormalChargeMatrix matrix(cell_);
    const auto lower = [](const EnsembleMember& a, const EnsembleMember& b) { return *a.score < *b.score; };
    std::vector<EnsembleMember> best;
    std::set<Occupation> seen;
    for (std::size_t i = 0; i < settings_.draws; ++i) {
        throwIfStopped(stop);
        progress.report("ewald", static_cast<std::int64_t>(i), static_cast<std::int64_t>(settings_.draws),
                        "");
        EnsembleMember member = randomMember(settings_.seed + i);
        member.score = matrix.energy(cell_, member.occupation);
        if (best.size() == settings_.members && !lower(member, best.back())) continue;
        if (settings_.distinct && !seen.insert(symmetry().canonical(member.occupation)).second) continue;
        best.insert(std::upper_bound(best.begin(), best.end(), member, lower), std::move(member));
        if (best.size() > settings_.members) best.pop_back();
    }
    if (settings_.exchanges == 0) return best;
    for (EnsembleMember& member : best) {
        FormalChargeObjective objective(cell_, matrix, member.occupation);
        const SwapMoves moves(cell_, exchangeableSites(cell_, member.occupation), member.occupation);
        SwapSchedule schedule;
        schedule.steps = settings_.exchanges;
        schedule.seed = member.seed;
        member.occupation = searchBySwaps(objective, moves, schedule, stop, progress).best;
        member.score = matrix.energy(cell_, member.occupation);  // without the rounding of many small steps
    }
    std::stable_sort(best.begin(), best.end(), lower);
    if (settings_.distinct) {
        seen.clear();
        std::erase_if(best, [&](const EnsembleMember& member) {
            return !seen.insert(symmetry().canonical(member.occupation)).second;
        });
    }
    return best;
}

std::vector<EnsembleMember> EnsembleBuilder::enumerated() {
    std::vector<EnsembleMember> members;
    const Occupation any = randomMember(settings_.seed).occupation;
    for (auto& decoration : enumerateDecorations(cell_, symmetry(), any)) {
        if (members.size() == settings_.members) break;
        EnsembleMember member;
        member.occupation = std::move(decoration.occupation);
        members.push_back(std::move(member));
    }
    return members;
}

std::vector<EnsembleMember> EnsembleBuilder::build(const std::stop_token& stop, ProgressSink& progress) {
    std::vector<EnsembleMember> members;
    if (settings_.method == EnsembleMethod::Ewald) {
        members = bestByEwald(stop, progress);
    } else if (settings_.method == EnsembleMethod::Enumeration) {
        members = enumerated();
    } else {
        std::set<Occupation> seen;
        std::size_t inVain = 0;
        for (std::uint64_t seed = settings_.seed; members.size() < settings_.members; ++seed) {
            throwIfStopped(stop);
            EnsembleMember next = member(seed, stop, progress);
            if (settings_.distinct && !seen.insert(symmetry().canonical(next.occupation)).second) {
                if (++inVain < patience) continue;
                const auto count = countDecorations(cell_, symmetry(), next.occupation);
                throw InputError(fmt::format(
                    "only {} of {} distinct decorations were found; this cell has {:.6g} of them in all",
                    members.size(), settings_.members, static_cast<double>(count.distinct)));
            }
            inVain = 0;
            members.push_back(std::move(next));
        }
    }
    const bool symmetric = settings_.distinct || settings_.method == EnsembleMethod::Enumeration;
    for (EnsembleMember& member : members) {
        if (symmetric) member.multiplicity = symmetry().multiplicity(member.occupation);
        member = finished(std::move(member));
    }
    return members;
}

}  // namespace ionscape::builder
