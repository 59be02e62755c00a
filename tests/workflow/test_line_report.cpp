// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and ensembles made up by hand, so that every number of a report is known beforehand.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/workflow/ensemble_report.h"
#include "core/workflow/line_report.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

/// A point of the line between MgO and CaO: two atoms in every formula, so that the mixing line is straight.
LinePoint point(double fraction, const std::string& formula, const std::vector<double>& energies) {
    LinePoint p;
    p.shares = {1.0 - fraction, fraction};
    p.formula = formula;
    p.ensemble.potential = "by hand";
    p.ensemble.energyPerAtom = meanSpread(energies);
    p.lowestEnergyPerAtom = p.ensemble.energyPerAtom->minimum;
    return p;
}

std::vector<LinePoint> line() {
    return {point(0.0, "MgO", {-6.0}), point(0.25, "Mg0.75Ca0.25O", {-6.22, -6.20, -6.18}),
            point(0.5, "Mg0.5Ca0.5O", {-6.60}), point(1.0, "CaO", {-7.0})};
}

composition::PhaseEntry phase(const char* formula, double energy) {
    return {"rival", composition::parseFormula(formula), energy};
}

MemberRecord record(double energyPerAtom, double volume, std::size_t multiplicity) {
    MemberRecord r;
    r.energyPerAtom = energyPerAtom;
    r.volume = volume;
    r.multiplicity = multiplicity;
    r.converged = true;
    return r;
}

}  // namespace

class TestLineReport : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;

  private slots:
    void formationAndHullOfALineWithOneStableCompound() {
        const LineReport report = lineReport(line(), {}, 4);
        QCOMPARE(report.rows.size(), std::size_t(4));
        const double formation[] = {0.0, -6.22 + 6.25, -6.60 + 6.50, 0.0};
        // The hull runs through the compound in the middle.
        const double hull[] = {0.0, -0.05, -0.10, 0.0};
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(std::abs(report.rows[i].formationEnergy - formation[i]) < 1e-9);
            QVERIFY(std::abs(report.rows[i].aboveHull - (formation[i] - hull[i])) < 1e-9);
        }
        const LineRow& unstable = report.rows[1];
        QVERIFY(std::abs(unstable.meanFormationEnergy - 0.05) < 1e-9);
        QVERIFY(std::abs(unstable.spread - 0.02) < 1e-9);
        QCOMPARE(unstable.decorations, std::size_t(3));
        QVERIFY(unstable.products.find("Mg0.5Ca0.5O") != std::string::npos);
        QVERIFY(std::isnan(report.rows[2].spread));
        // Nothing else makes the ends; the compound is stable by 100 meV against them.
        QVERIFY(!report.rows[0].decompositionEnergy.has_value());
        QVERIFY(report.rows[2].decompositionEnergy.value() < -0.05);
        for (const auto& [x, energy] : report.hull) {
            const double expected = x <= 0.5 ? -0.2 * x : -0.2 * (1.0 - x);
            QVERIFY(std::abs(energy - expected) < 1e-9);
        }
        QCOMPARE(report.hull.size(), std::size_t(13));
        QCOMPARE(report.hull.front()[0], 0.0);
        QCOMPARE(report.hull.back()[0], 1.0);
    }

    void theMixingLineIsCurvedWhereTheNumbersOfAtomsDiffer() {
        // Li2O has three atoms, MgO two: at x = 1/2 the energy per atom is (3·(−5) + 2·(−6))/5.
        const std::vector<LinePoint> ends{point(0.0, "Li2O", {-5.0}), point(1.0, "MgO", {-6.0})};
        const LineReport report = lineReport(ends, {phase("Li2MgO2", -5.5)}, 2);
        QCOMPARE(report.hull.size(), std::size_t(3));
        QVERIFY(std::abs(report.hull[1][1] - (-5.5 + 27.0 / 5.0)) < 1e-9);
    }

    void competingPhasesDrawTheHullDownAlsoOffTheLine() {
        // Mg2Ca2O4 is on the line, Ca2O and O2 are not: together they undercut CaO.
        const LineReport report =
            lineReport(line(), {phase("Ca2O", -9.0), phase("O2", -4.5), phase("CaO", -7.3)}, 4);
        QVERIFY(report.hull.back()[1] < -0.29);
        QVERIFY(report.rows.back().aboveHull > 0.29);
        QVERIFY(report.rows.back().decompositionEnergy.value() > 0.29);
        QCOMPARE(report.rows.back().formationEnergy, 0.0);
        QVERIFY(report.rows[0].aboveHull < 1e-9);
    }

    void weightsFollowTheHull() {
        const LineReport report = lineReport(line(), {}, 1);
        const auto weights = hullWeights(report, 800.0);
        double sum = 0.0;
        for (const double weight : weights)
            sum += weight;
        QVERIFY(std::abs(sum - 1.0) < 1e-12);
        const double kT = 8.617333262e-5 * 800.0;
        QVERIFY(std::abs(weights[1] / weights[0] - std::exp(-0.08 / kT)) < 1e-6);
        QVERIFY(std::abs(weights[2] - weights[3]) < 1e-9);
        QVERIFY_EXCEPTION_THROWN(hullWeights(report, 0.0), InputError);
    }

    void wrongLinesAreRefused() {
        auto triangle = line();
        for (auto& one : triangle)
            one.shares.push_back(0.0);
        QVERIFY_EXCEPTION_THROWN(lineReport(triangle, {}), InputError);
        QVERIFY_EXCEPTION_THROWN(lineReport({line().front()}, {}), InputError);
    }

    void thermalMeansWeighCellsAndMultiplicities() {
        const double kT = 8.617333262e-5 * 1000.0;
        // Ten atoms: a step of kT between the cells is kT/10 for an atom.
        std::vector<MemberRecord> members{record(-5.0, 100.0, 1), record(-5.0 + kT / 10.0, 110.0, 3)};
        using builder::EnsembleMethod;
        const auto random = thermalMean(members, 10, EnsembleMethod::Random, 1000.0);
        const double w = std::exp(-1.0) / (1.0 + std::exp(-1.0));
        QVERIFY(std::abs(random->weights[1] - w) < 1e-6);
        QVERIFY(std::abs(random->volume - (100.0 + 10.0 * w)) < 1e-4);
        QVERIFY(std::abs(random->energyPerAtom - (-5.0 + w * kT / 10.0)) < 1e-8);
        const auto all = thermalMean(members, 10, EnsembleMethod::Enumeration, 1000.0);
        QVERIFY(std::abs(all->weights[1] - 3.0 * std::exp(-1.0) / (1.0 + 3.0 * std::exp(-1.0))) < 1e-6);
        QVERIFY(!thermalMean(members, 10, EnsembleMethod::Quasirandom, 1000.0));
        members[0].converged = false;
        members.push_back(record(0.0, 0.0, 1));
        members.back().failure = "too close";
        const auto rest = thermalMean(members, 10, EnsembleMethod::Random, 1000.0);
        QCOMPARE(rest->weights, (std::vector<double>{0.0, 1.0, 0.0}));
        QCOMPARE(rest->volume, 110.0);
    }

    void storedMembersAreReadAndTornOnesLeftOut() {
        const std::filesystem::path file = folder_.filePath("e.jsonl").toStdString();
        QVERIFY(storedMembers(file).empty());
        const std::string member =
            "{\"member\":0,\"seed\":7,\"score\":null,\"multiplicity\":0,\"failure\":\"too close\"}";
        std::ofstream(file) << "{\"ionscape\":\"ensemble\"}\n" << member << "\n{\"member\":1,\"se";
        const auto members = storedMembers(file);
        QCOMPARE(members.size(), std::size_t(1));
        QCOMPARE(members[0].seed, std::uint64_t(7));
        QCOMPARE(members[0].failure, std::string("too close"));
        std::ofstream(file) << "my notes\n";
        QVERIFY_EXCEPTION_THROWN(storedMembers(file), IoError);
        std::ofstream(file) << "{\"ionscape\":\"run\"}\n";
        QVERIFY_EXCEPTION_THROWN(storedMembers(file), IoError);
    }
};

QTEST_APPLESS_MAIN(TestLineReport)
#include "test_line_report.moc"
