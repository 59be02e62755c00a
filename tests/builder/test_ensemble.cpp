// SPDX-License-Identifier: GPL-3.0-or-later
// Ensembles: reproducible members, distinct ones, Monte Carlo against the exact distribution, Boltzmann
// averages by hand, sites that exclude each other.
#include <QTest>
#include <cmath>
#include <map>
#include <set>

#include "core/base/units.h"
#include "core/builder/boltzmann.h"
#include "core/builder/ensemble.h"
#include "core/builder/site_symmetry.h"
#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using testing::lzsp;
using testing::make;
using testing::winner;

namespace {

const IntMat3 identity = IntMat3::Identity();
const crystal::Element titanium = crystal::Element::fromSymbol("Ti");

/// Which of the metal atoms, in order, are Ti.
std::vector<bool> titaniumPattern(const crystal::Structure& structure) {
    std::vector<bool> pattern;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        if (structure.siteLabels[i] == "M") pattern.push_back(structure.elements[i] == titanium);
    }
    return pattern;
}

/// An energy that depends on the pattern only, with no symmetry.
double patternEnergy(const crystal::Structure& structure) {
    const auto pattern = titaniumPattern(structure);
    double energy = 0.0;
    for (std::size_t i = 0; i < pattern.size(); ++i)
        energy += pattern[i] ? 0.02 * static_cast<double>(i * i) : 0.0;
    return energy;
}

EnsembleSettings settingsOf(EnsembleMethod method, std::size_t members) {
    EnsembleSettings settings;
    settings.method = method;
    settings.members = members;
    settings.supercell = identity;
    return settings;
}

}  // namespace

class TestEnsemble : public QObject {
    Q_OBJECT

  private slots:
    void randomMembersAreTheDecorationsOfTheirSeeds();
    void distinctMembersAreDistinct();
    void enumerationListsEveryDistinctOne();
    void monteCarloSamplesTheBoltzmannDistribution();
    void monteCarloMembersRepeat();
    void excludedNeighboursStayApart();
    void boltzmannByHand();
    void namesAndRefusals();
};

void TestEnsemble::randomMembersAreTheDecorationsOfTheirSeeds() {
    EnsembleSettings settings;
    settings.members = 4;
    settings.seed = 11;
    EnsembleBuilder builder(lzsp(), winner(), settings);
    NoProgress progress;
    const auto members = builder.build({}, progress);
    QCOMPARE(members.size(), std::size_t(4));
    for (std::size_t i = 0; i < members.size(); ++i) {
        QCOMPARE(members[i].seed, std::uint64_t(11 + i));
        const auto expected = decoratedSupercell(lzsp(), winner(), 11 + i);
        QVERIFY(members[i].structure.elements == expected.elements);
        QVERIFY(members[i].structure.positions == expected.positions);
        QVERIFY(!members[i].score);
    }
}

void TestEnsemble::distinctMembersAreDistinct() {
    // Zr4 in the primitive cell: 420 decorations, so that random draws soon repeat each other.
    auto settings = settingsOf(EnsembleMethod::Random, 90);
    settings.distinct = true;
    EnsembleBuilder builder(lzsp(), make({{"Zr", 4}}), settings);
    NoProgress progress;
    std::set<Occupation> canonical;
    std::set<std::uint64_t> seeds;
    for (const auto& member : builder.build({}, progress)) {
        QVERIFY(canonical.insert(builder.symmetry().canonical(member.occupation)).second);
        QCOMPARE(member.multiplicity, builder.symmetry().multiplicity(member.occupation));
        seeds.insert(member.seed);
    }
    QCOMPARE(canonical.size(), std::size_t(90));
    QVERIFY(*seeds.rbegin() > 90);  // some draws were left out
    settings.members = 200;
    EnsembleBuilder tooMany(lzsp(), make({{"Zr", 4}}), settings);
    const auto message = testing::inputErrorOf([&] { tooMany.build({}, progress); });
    QVERIFY2(message.find("has 114 of them in all") != std::string::npos, message.c_str());
}

void TestEnsemble::enumerationListsEveryDistinctOne() {
    EnsembleBuilder builder(lzsp(), make({{"Zr", 4}}), settingsOf(EnsembleMethod::Enumeration, 1000));
    NoProgress progress;
    std::size_t sum = 0;
    std::set<Occupation> canonical;
    for (const auto& member : builder.build({}, progress)) {
        sum += member.multiplicity;
        canonical.insert(builder.symmetry().canonical(member.occupation));
    }
    QCOMPARE(canonical.size(), std::size_t(114));
    QCOMPARE(sum, std::size_t(420));  // C(8,6) Li · C(6,2) P
}

void TestEnsemble::monteCarloSamplesTheBoltzmannDistribution() {
    // Two Ti on four M sites: six arrangements with energies between 0.02 and 0.26 eV.
    const CellSites cell = cellSites(lzsp(), identity);
    const Occupation start = testing::randomOccupation(cell, make({{"Zr", 2}, {"Ti", 2}}), identity, 1);
    EnergyObjective objective(cell, start, patternEnergy);
    const SwapMoves moves(cell, exchangeableSites(cell, start, {"M"}), start);
    SwapSchedule schedule;
    schedule.startTemperature = schedule.endTemperature = 0.1;
    schedule.steps = 4;
    NoProgress progress;
    constexpr int samples = 6000;
    std::map<std::vector<bool>, double> seen, energies;
    for (int i = 0; i < samples; ++i) {
        schedule.seed = static_cast<std::uint64_t>(i) + 1;
        searchBySwaps(objective, moves, schedule, {}, progress);
        const auto structure = cell.structureOf(objective.occupation());
        seen[titaniumPattern(structure)] += 1.0;
        energies[titaniumPattern(structure)] = patternEnergy(structure);
        QCOMPARE(objective.value(), patternEnergy(structure));
    }
    QCOMPARE(seen.size(), std::size_t(6));
    double partition = 0.0;
    for (const auto& [pattern, energy] : energies)
        partition += std::exp(-energy / 0.1);
    for (const auto& [pattern, count] : seen) {
        const double expected = samples * std::exp(-energies[pattern] / 0.1) / partition;
        // Successive samples are correlated a little: five standard deviations of independent ones.
        QVERIFY2(std::abs(count - expected) < 5.0 * std::sqrt(expected),
                 qPrintable(QString("%1 of %2").arg(count).arg(expected)));
    }
}

void TestEnsemble::monteCarloMembersRepeat() {
    auto settings = settingsOf(EnsembleMethod::MonteCarlo, 3);
    settings.samplingSteps = 40;
    settings.temperature = 300.0;
    settings.pairs.sublattices = {"M"};
    const auto composition = make({{"Zr", 2}, {"Ti", 2}});
    NoProgress progress;
    EnsembleBuilder first(lzsp(), composition, settings, patternEnergy);
    EnsembleBuilder second(lzsp(), composition, settings, patternEnergy);
    const auto members = first.build({}, progress), again = second.build({}, progress);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(members[i].occupation == again[i].occupation);
        QCOMPARE(*members[i].score, patternEnergy(members[i].structure));
        // Only M was allowed to move.
        const auto start = decoratedCell(lzsp(), composition, identity, members[i].seed);
        for (std::size_t a = 0; a < start.size(); ++a)
            QVERIFY(start.siteLabels[a] == "M" || start.elements[a] == members[i].structure.elements[a]);
    }
}

void TestEnsemble::excludedNeighboursStayApart() {
    composition::Host host = lzsp();
    for (auto& sublattice : host.sublattices) {
        if (sublattice.name == "Li") sublattice.minimumDistance = 3.0;
    }
    // Of the eight Li sites some lie nearer than 3 Å to each other; Nb leaves two Li to place.
    const auto composition = make({{"Nb", 4}});
    auto settings = settingsOf(EnsembleMethod::MonteCarlo, 3);
    settings.samplingSteps = 300;
    EnsembleBuilder builder(host, composition, settings, [](const crystal::Structure&) { return 0.0; });
    QVERIFY(builder.cell().hasExclusions());
    NoProgress progress;
    std::set<Occupation> seen;
    for (const auto& member : builder.build({}, progress)) {
        QVERIFY(builder.cell().allowed(member.occupation));
        seen.insert(member.occupation);
        for (std::size_t i = 0; i < 2; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                const Vec3 d = member.structure.position(i) - member.structure.position(j);
                QVERIFY(member.structure.lattice.minimumImage(d).norm() >= 3.0);
            }
        }
    }
    QVERIFY(seen.size() > 1);
    settings.method = EnsembleMethod::Enumeration;
    settings.members = 100000;
    EnsembleBuilder all(host, composition, settings);
    const CellSites free = cellSites(lzsp(), identity);
    std::size_t sum = 0, allowed = 0;
    for (const auto& member : all.build({}, progress))
        sum += member.multiplicity;
    EnsembleBuilder everything(lzsp(), composition, settings);
    for (const auto& member : everything.build({}, progress))
        allowed += all.cell().allowed(member.occupation) ? member.multiplicity : 0;
    QCOMPARE(sum, allowed);
    QVERIFY(sum > 0 && sum < 28 * 15);  // C(8,2) Li · C(6,2) P
}

void TestEnsemble::boltzmannByHand() {
    const double kT = units::boltzmann * 500.0;
    // A state and a threefold one that lies kT ln 3 higher: equally likely.
    const auto average = boltzmannAverage({-100.0, -100.0 + kT * std::log(3.0)}, {1.0, 3.0}, 500.0);
    QVERIFY(std::abs(average.weights[0] - 0.5) < 1e-12);
    QVERIFY(std::abs(average.weights[1] - 0.5) < 1e-12);
    QVERIFY(std::abs(average.freeEnergy - (-100.0 - kT * std::log(2.0))) < 1e-10);
    QVERIFY(std::abs(average.energy - (-100.0 + 0.5 * kT * std::log(3.0))) < 1e-10);
    // Two groups of equal weight, one of one and one of three states: ln 2 + ½ ln 3.
    QVERIFY(std::abs(average.entropy / units::boltzmann - (std::log(2.0) + 0.5 * std::log(3.0))) < 1e-8);
    QVERIFY(std::abs(average.heatCapacity / units::boltzmann - 0.25 * std::log(3.0) * std::log(3.0)) < 1e-8);
    // Energies far from zero and far apart neither overflow nor vanish.
    const auto cold = boltzmannAverage({-1e5, -1e5 + 50.0}, {}, 10.0);
    QCOMPARE(cold.weights[0], 1.0);
    QCOMPARE(cold.freeEnergy, -1e5);
    QVERIFY(!testing::inputErrorOf([] { boltzmannAverage({}, {}, 300.0); }).empty());
    QVERIFY(!testing::inputErrorOf([] { boltzmannAverage({1.0}, {}, 0.0); }).empty());
    QVERIFY(!testing::inputErrorOf([] { boltzmannAverage({1.0}, {0.0}, 300.0); }).empty());
    QVERIFY(!testing::inputErrorOf([] { boltzmannAverage({1.0}, {1.0, 2.0}, 300.0); }).empty());
}

void TestEnsemble::namesAndRefusals() {
    for (const char* name : {"random", "ewald", "sqs", "mc", "all"})
        QCOMPARE(methodName(ensembleMethod(name)), std::string(name));
    QVERIFY(testing::inputErrorOf([] { ensembleMethod("best"); }).find("random, ewald, sqs, mc or all") !=
            std::string::npos);
    const auto message = [](const EnsembleSettings& settings) {
        return testing::inputErrorOf([&] { EnsembleBuilder(lzsp(), make({{"Zr", 4}}), settings); });
    };
    QVERIFY(message(settingsOf(EnsembleMethod::Random, 0)).find("members") != std::string::npos);
    QVERIFY(message(settingsOf(EnsembleMethod::MonteCarlo, 1)).find("potential") != std::string::npos);
    auto few = settingsOf(EnsembleMethod::Ewald, 10);
    few.draws = 5;
    QVERIFY(message(few).find("at least as many") != std::string::npos);
    NoProgress progress;
    EnsembleBuilder one(lzsp(), make({{"Zr", 4}}), settingsOf(EnsembleMethod::Quasirandom, 1));
    QVERIFY(testing::inputErrorOf([&] { one.build({}, progress); }).find("more than one species") !=
            std::string::npos);
}

QTEST_APPLESS_MAIN(TestEnsemble)
#include "test_ensemble.moc"
