// SPDX-License-Identifier: GPL-3.0-or-later
// The watch over a committee: what is recorded, when a run stops, and that it continues exactly.
#include <QTest>
#include <cmath>

#include "analytic_potentials.h"
#include "core/dynamics/molecular_dynamics.h"
#include "core/dynamics/relaxer.h"

using namespace ionscape;
using namespace ionscape::dynamics;
using namespace ionscape::testing;

namespace {

constexpr double latticeConstant = 5.26;

/// Argon whose "committee" disagrees the more the farther an atom is from its site: spread = |u| eV/Å² .
class Doubtful final : public potential::Potential {
  public:
    explicit Doubtful(crystal::Structure sites) : sites_(std::move(sites)) { info_.members = 3; }
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& s, const potential::Request& request) override {
        auto e = argon_.evaluate(s, request);
        if (!request.spread) return e;
        ++spreads;
        e.forceSpread = (s.positions - sites_.positions).colwise().norm().transpose();
        e.energySpread = 0.0;
        return e;
    }
    int spreads = 0;

  private:
    LennardJones argon_{0.0104, 3.40, 7.5};
    crystal::Structure sites_;
    potential::PotentialInfo info_;
};

crystal::Structure crystalOfArgon() {
    return fccCrystal("Ar", latticeConstant, 2);
}

MdSettings mdSettings(double threshold, SpreadAction action) {
    MdSettings s;
    s.temperature = 60.0;
    s.timestepFs = 5.0;
    s.steps = 120;
    s.frameInterval = 10;
    s.flushInterval = 1000;
    s.uncertainty = {5, threshold, action};
    return s;
}

template <class Action>
std::string stopOf(Action&& action) {
    try {
        action();
    } catch (const SpreadStop& stop) {
        return stop.what();
    }
    return {};
}

}  // namespace

class TestUncertainty : public QObject {
    Q_OBJECT

    static RecordingSink run(MdState& state, potential::Potential& potential, const MdSettings& s,
                             const RestartObserver& restart = {}) {
        RecordingSink sink;
        NoProgress progress;
        runMolecularDynamics(state, potential, s, sink, {}, progress, restart);
        return sink;
    }

  private slots:
    void recordsEveryEvaluation() {
        Doubtful potential(crystalOfArgon());
        auto state = startState(crystalOfArgon(), 60.0, 1);
        const auto sink = run(state, potential, mdSettings(0.0, SpreadAction::Flag));
        QCOMPARE(potential.spreads, 25);  // steps 0, 5, ..., 120
        QCOMPARE(state.spread.evaluations, std::int64_t(25));
        QCOMPARE(state.spread.exceeded, std::int64_t(0));  // no threshold, nothing above it
        QCOMPARE(sink.frames.size(), std::size_t(13));
        QCOMPARE(sink.frames.front().forceSpreadMax, 0.0);
        double worst = 0.0;
        for (const auto& frame : sink.frames) {
            QVERIFY(std::isfinite(frame.forceSpreadMean) && frame.forceSpreadMean <= frame.forceSpreadMax);
            worst = std::max(worst, frame.forceSpreadMax);
        }
        // No evaluation is lost between frames, and the largest is that of one atom at one step.
        QCOMPARE(state.spread.worst.spread, worst);
        QCOMPARE(state.spread.maximum.maxCoeff(), worst);
        QCOMPARE(state.spread.maximum[state.spread.worst.atom], worst);
        QVERIFY(state.spread.worst.step > 0 && state.spread.worst.step % 5 == 0);
    }

    void neverAskedWhenOff() {
        Doubtful potential(crystalOfArgon());
        auto state = startState(crystalOfArgon(), 60.0, 1);
        auto s = mdSettings(0.1, SpreadAction::Flag);
        s.uncertainty.every = 0;
        const auto sink = run(state, potential, s);
        QCOMPARE(potential.spreads, 0);
        QVERIFY(std::isnan(sink.frames.back().forceSpreadMax));
        QVERIFY(state.spread.toNumbers().empty());
    }

    void flagRemembersTheFirstTime() {
        Doubtful potential(crystalOfArgon());
        auto state = startState(crystalOfArgon(), 60.0, 1);
        run(state, potential, mdSettings(0.2, SpreadAction::Flag));
        QCOMPARE(state.step, std::int64_t(120));
        QVERIFY(state.spread.exceeded > 0 && state.spread.exceeded < 25);
        QVERIFY(state.spread.first.spread > 0.2 && state.spread.first.step <= state.spread.worst.step);
    }

    /// Stopped at the first evaluation above the threshold, with a state from which the run goes on exactly.
    void stopsAndContinuesExactly() {
        Doubtful potential(crystalOfArgon());
        auto whole = startState(crystalOfArgon(), 60.0, 1);
        const auto reference = run(whole, potential, mdSettings(0.2, SpreadAction::Flag));

        auto state = startState(crystalOfArgon(), 60.0, 1);
        MdState kept;
        const auto keep = [&](const MdState& at, const trajectory::Frame&) { kept = at; };
        const auto message =
            stopOf([&] { run(state, potential, mdSettings(0.2, SpreadAction::Stop), keep); });
        QVERIFY2(
            message.find("atom " + std::to_string(whole.spread.first.atom + 1) + " (Ar)") !=
                    std::string::npos &&
                message.find("MD step " + std::to_string(whole.spread.first.step)) != std::string::npos &&
                message.find("0.2 eV/Å") != std::string::npos,
            message.c_str());
        QCOMPARE(kept.step, whole.spread.first.step);
        QCOMPARE(kept.spread.exceeded, std::int64_t(1));

        kept.spread = SpreadRecord::fromNumbers(kept.spread.toNumbers());
        const auto rest = run(kept, potential, mdSettings(0.2, SpreadAction::Flag));
        QVERIFY(kept.structure.positions == whole.structure.positions);
        QCOMPARE(kept.spread.evaluations, whole.spread.evaluations);
        QCOMPARE(kept.spread.exceeded, whole.spread.exceeded);
        QVERIFY(kept.spread.maximum == whole.spread.maximum);
        const auto& last = rest.frames.back();
        QCOMPARE(last.forceSpreadMax, reference.frames.back().forceSpreadMax);
        QCOMPARE(last.forceSpreadMean, reference.frames.back().forceSpreadMean);
        // The first frame after the stop knows of the evaluations before it.
        const auto& next = rest.frames.front();
        const auto& same = reference.frames[static_cast<std::size_t>(next.step / 10)];
        QCOMPARE(next.step, same.step);
        QCOMPARE(next.forceSpreadMax, same.forceSpreadMax);
        QCOMPARE(next.forceSpreadMean, same.forceSpreadMean);
    }

    void numbersKeepARecord() {
        SpreadRecord record;
        potential::Evaluation e;
        e.forceSpread = Eigen::Vector3d(0.1, 0.7, 0.3);
        QVERIFY(record.add(40, e, 0.5));
        e.forceSpread = Eigen::Vector3d(0.2, 0.4, 0.1);
        QVERIFY(!record.add(50, e, 0.5));
        const auto back = SpreadRecord::fromNumbers(record.toNumbers());
        QVERIFY(back.maximum == Eigen::VectorXd(Eigen::Vector3d(0.2, 0.7, 0.3)));
        QCOMPARE(back.evaluations, std::int64_t(2));
        QCOMPARE(back.exceeded, std::int64_t(1));
        QCOMPARE(back.first.step, std::int64_t(40));
        QCOMPARE(back.worst.atom, std::int64_t(1));
        auto copy = back;
        const auto [largest, mean] = copy.takePending();
        QCOMPARE(largest, 0.7);
        QVERIFY(std::abs(mean - (1.1 + 0.7) / 6.0) < 1e-12);
        QVERIFY(std::isnan(copy.takePending().first));
        QCOMPARE(SpreadRecord::fromNumbers({1.0, 2.0}).evaluations, std::int64_t(0));
    }

    void relaxationIsWatchedToo() {
        Doubtful potential(crystalOfArgon());
        const auto start = rattled(crystalOfArgon(), 0.1, 3);
        RelaxSettings s;
        s.cell = CellFilter::Fixed;
        s.forceTolerance = 1e-3;
        s.uncertainty = {5, 0.15, SpreadAction::Flag};
        NoProgress progress;
        int seen = 0;
        const auto result = relax(start, potential, s, {}, progress, [&](const RelaxStep& step) {
            QCOMPARE(std::isfinite(step.forceSpreadMax), step.step % 5 == 0);
            seen += std::isfinite(step.forceSpreadMax);
        });
        QVERIFY(result.converged);
        QCOMPARE(result.spread.evaluations, std::int64_t(seen));
        QVERIFY(result.spread.exceeded > 0 && result.spread.first.step == 0);
        s.uncertainty.action = SpreadAction::Stop;
        const auto message = stopOf([&] { relax(start, potential, s, {}, progress); });
        QVERIFY2(message.find("relaxation step 0") != std::string::npos, message.c_str());
    }

    void settingsTakeTheCommitteesThreshold() {
        potential::PotentialInfo committee, single;
        committee.members = 3;
        committee.spreadThreshold = 0.4;
        const UncertaintySettings given{10, 0.0, SpreadAction::Stop};
        QCOMPARE(resolvedSettings(given, committee).thresholdEvPerA, 0.4);
        QCOMPARE(resolvedSettings({10, 0.7, SpreadAction::Flag}, committee).thresholdEvPerA, 0.7);
        QCOMPARE(resolvedSettings({10, 0.7, SpreadAction::Flag}, single).every, 0);
        QVERIFY_EXCEPTION_THROWN(resolvedSettings(given, single), InputError);
        committee.spreadThreshold = 0.0;
        QVERIFY_EXCEPTION_THROWN(resolvedSettings(given, committee), InputError);
        QVERIFY_EXCEPTION_THROWN(checkSettings(UncertaintySettings{-1, 0.0, SpreadAction::Flag}), InputError);
        QVERIFY_EXCEPTION_THROWN(checkSettings(UncertaintySettings{1, std::nan(""), SpreadAction::Flag}),
                                 InputError);
        QVERIFY_EXCEPTION_THROWN(spreadActionFromName("panic"), InputError);
    }
};

QTEST_APPLESS_MAIN(TestUncertainty)
#include "test_uncertainty.moc"
