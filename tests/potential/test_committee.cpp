// SPDX-License-Identifier: GPL-3.0-or-later
// Committees: mean and spread by their definition, independence of threads, files, and the spread outside the
// domain of the models.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/random.h"
#include "core/io/structure_file.h"
#include "core/potential/committee_potential.h"
#include "core/potential/json_model.h"
#include "core/potential/model_file.h"
#include "core/potential/model_formats.h"

using namespace ionscape;
using crystal::Structure;
using potential::CommitteeDriver;
using potential::CommitteeManifest;
using potential::CommitteePotential;
using potential::Evaluation;
using potential::Potential;
using potential::Request;

namespace {

/// Atoms on springs; counts its evaluations. Fails on request.
class Springs final : public Potential {
  public:
    Springs(double stiffness, int* evaluations, const char* element = nullptr)
        : stiffness_(stiffness), evaluations_(evaluations) {
        info_.name = "springs";
        info_.checksum = std::to_string(stiffness);
        if (element != nullptr) info_.elements = {crystal::Element::fromSymbol(element)};
    }
    const potential::PotentialInfo& info() const override { return info_; }
    Evaluation evaluate(const Structure& s, const Request& request) override {
        ++*evaluations_;
        if (stiffness_ < 0.0) throw ModelError("a spring broke");
        Evaluation e;
        e.energy = 0.5 * stiffness_ * s.positions.squaredNorm();
        e.forces = -stiffness_ * s.positions;
        if (request.stress) e.stressGPa = stiffness_ * Mat3::Identity();
        return e;
    }

  private:
    double stiffness_;
    int* evaluations_;
    potential::PotentialInfo info_;
};

Structure twoLithium() {
    Structure s;
    s.lattice = crystal::Lattice(Mat3(10.0 * Mat3::Identity()));
    s.append(crystal::Element::fromSymbol("Li"), Vec3(1, 0, 0));
    s.append(crystal::Element::fromSymbol("Li"), Vec3(0, 2, 2));
    return s;
}

std::vector<std::unique_ptr<Potential>> springs(const std::vector<double>& stiffness,
                                                std::vector<int>& counts) {
    counts.assign(stiffness.size(), 0);
    std::vector<std::unique_ptr<Potential>> members;
    for (std::size_t i = 0; i < stiffness.size(); ++i)
        members.push_back(std::make_unique<Springs>(stiffness[i], &counts[i]));
    return members;
}

CommitteeManifest manifest(CommitteeDriver driver) {
    CommitteeManifest m;
    m.name = "test";
    m.driver = driver;
    m.spreadThreshold = 0.3;
    return m;
}

template <class Action>
std::string errorOf(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

class TestCommittee : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    std::string path(const char* name) const { return folder_.filePath(name).toStdString(); }

    /// The embedded model and copies of it whose weights are off by 2 % at random.
    std::string writeCommittee(const char* driver) {
        auto model = potential::readModelFile(potential::embeddedPotentialPath());
        nlohmann::json members = {potential::embeddedPotentialPath()};
        for (const char* name : {"second.h5", "third.h5"}) {
            auto copy = model;
            RandomStream random(1, name);
            for (auto& array : copy.weights)
                for (auto& value : array.values)
                    value *= static_cast<float>(1.0 + 0.02 * random.normal());
            potential::writeModelFile(path(name), copy);
            members.push_back(name);
        }
        const std::string file = path(driver) + ".json";
        std::ofstream(file) << nlohmann::json{{"architecture", "committee"},
                                              {"name", "perturbed"},
                                              {"members", members},
                                              {"driver", driver},
                                              {"threshold_eV_per_A", 0.5}};
        return file;
    }

  private slots:
    void meanAndSpreadByDefinition() {
        std::vector<int> counts;
        CommitteePotential committee(manifest(CommitteeDriver::Mean), springs({1.0, 2.0, 6.0}, counts));
        const Structure s = twoLithium();
        const auto e = committee.evaluate(s, {.stress = true, .spread = true});
        QVERIFY(std::abs(e.energy - 0.5 * 3.0 * 9.0) < 1e-12);
        QVERIFY((e.forces + 3.0 * s.positions).norm() < 1e-12);
        QVERIFY((*e.stressGPa - 3.0 * Mat3::Identity()).norm() < 1e-12);
        // Stiffness 3 ± √((4 + 1 + 9)/3) on atoms 1 and √8 Å from their anchors.
        const double deviation = std::sqrt(14.0 / 3.0);
        QVERIFY(std::abs((*e.forceSpread)[0] - deviation) < 1e-12);
        QVERIFY(std::abs((*e.forceSpread)[1] - deviation * std::sqrt(8.0)) < 1e-12);
        QVERIFY(std::abs(*e.energySpread - 0.5 * 9.0 * deviation) < 1e-12);
        QVERIFY(!committee.evaluate(s, {}).forceSpread);
        QCOMPARE(committee.info().members, 3);
        QCOMPARE(committee.info().spreadThreshold, 0.3);
    }

    void theFirstMemberDrivesAlone() {
        std::vector<int> counts;
        CommitteePotential committee(manifest(CommitteeDriver::First), springs({1.0, 2.0, 6.0}, counts));
        const Structure s = twoLithium();
        for (int step = 0; step < 10; ++step) {
            const auto e = committee.evaluate(s, {.spread = step % 5 == 0});
            QVERIFY((e.forces + s.positions).norm() == 0.0);
            QCOMPARE(e.forceSpread.has_value(), step % 5 == 0);
            // The spread is about the mean of all members, whoever drives.
            if (e.forceSpread) QVERIFY(std::abs((*e.forceSpread)[0] - std::sqrt(14.0 / 3.0)) < 1e-12);
        }
        QCOMPARE(counts, (std::vector<int>{10, 2, 2}));
    }

    void aMembersErrorReachesTheCaller() {
        for (const int workers : {1, 3}) {
            std::vector<int> counts;
            CommitteePotential committee(manifest(CommitteeDriver::Mean), springs({1.0, -1.0, 2.0}, counts),
                                         workers);
            for (int again = 0; again < 2; ++again) {
                QCOMPARE(errorOf([&] { committee.evaluate(twoLithium(), {}); }),
                         std::string("a spring broke"));
            }
        }
    }

    void workersDivideTheMembersEvenly() {
        QCOMPARE(potential::committeeWorkers(3, 1), 1);
        QCOMPARE(potential::committeeWorkers(3, 2), 1);
        QCOMPARE(potential::committeeWorkers(3, 3), 3);
        QCOMPARE(potential::committeeWorkers(4, 2), 2);
        QCOMPARE(potential::committeeWorkers(3, 16), 3);
    }

    void coversWhatAllMembersKnow() {
        std::vector<potential::PotentialInfo> infos(3);
        const auto li = crystal::Element::fromSymbol("Li"), o = crystal::Element::fromSymbol("O");
        infos[0].elements = {li, o};
        infos[2].elements = {o};
        const auto info = potential::committeeInfo(manifest(CommitteeDriver::Mean), infos);
        QCOMPARE(info.elements, std::vector<crystal::Element>{o});
        infos[1].elements = {li};
        QVERIFY(!errorOf([&] { potential::committeeInfo(manifest(CommitteeDriver::Mean), infos); }).empty());
        // The checksum follows the members and the driver.
        infos.pop_back();
        const auto before = potential::committeeInfo(manifest(CommitteeDriver::Mean), infos).checksum;
        QVERIFY(potential::committeeInfo(manifest(CommitteeDriver::First), infos).checksum != before);
        infos[1].checksum = "another";
        QVERIFY(potential::committeeInfo(manifest(CommitteeDriver::Mean), infos).checksum != before);
    }

    void threadsDoNotChangeTheAnswer() {
        const std::string file = writeCommittee("mean");
        const auto frames = io::readStructures(IONSCAPE_TEST_DATA "/labels/he-lzsp-held-out.xyz");
        const Structure& s = frames.front().structure;
        const auto evaluate = [&](int workers) {
            std::vector<std::unique_ptr<Potential>> members;
            for (const auto& member :
                 potential::readCommitteeManifest(file, potential::readPotentialJson(file)).members)
                members.push_back(potential::openPotential(member.string(), 1));
            CommitteePotential committee(manifest(CommitteeDriver::Mean), std::move(members), workers);
            committee.evaluate(s, {});
            return committee.evaluate(s, {.stress = true, .spread = true});
        };
        const auto one = evaluate(1), three = evaluate(3);
        QVERIFY(one.energy == three.energy);
        QVERIFY((one.forces - three.forces).cwiseAbs().maxCoeff() == 0.0);
        QVERIFY((*one.forceSpread - *three.forceSpread).cwiseAbs().maxCoeff() == 0.0);
        QVERIFY((*one.stressGPa - *three.stressGPa).cwiseAbs().maxCoeff() == 0.0);
    }

    void opensFromItsFile() {
        const std::string file = writeCommittee("first");
        const auto committee = potential::openPotential(file, 1);
        QCOMPARE(committee->info().members, 3);
        QCOMPARE(committee->info().spreadThreshold, 0.5);
        QCOMPARE(committee->info().checksum, potential::describePotential(file).info.checksum);
        const auto single = potential::openPotential(potential::embeddedPotentialPath(), 1);
        QCOMPARE(committee->info().elements, single->info().elements);
        const auto frames = io::readStructures(IONSCAPE_TEST_DATA "/labels/he-lzsp-held-out.xyz");
        const auto e = committee->evaluate(frames.front().structure, {.spread = true});
        QCOMPARE(e.energy, single->evaluate(frames.front().structure, {}).energy);
        QVERIFY(e.forceSpread->minCoeff() > 0.0 && *e.energySpread > 0.0);
    }

    /// What it is for: members that agree on a structure like those they learnt from disagree on one that is
    /// squeezed, and on one with a bond that none of them ever saw.
    void shippedCommitteeDisagreesOutsideItsDomain() {
        const std::string file = IONSCAPE_RESOURCES "/potentials/he-lzsp-committee.json";
        if (!std::ifstream(file)) QSKIP("there is no resources/potentials/he-lzsp-committee.json");
        const auto committee = potential::openPotential(file, 1);
        const auto frames = io::readStructures(IONSCAPE_TEST_DATA "/labels/he-lzsp-held-out.xyz");
        const Structure& known = frames.front().structure;
        const auto spread = [&](const Structure& s) {
            return committee->evaluate(s, {.spread = true}).forceSpread->maxCoeff();
        };
        const double inside = spread(known);
        const double squeezed = spread(crystal::deformed(known, 0.85 * Mat3::Identity()));
        QVERIFY2(squeezed > 3.0 * inside, qPrintable(QString("%1 %2").arg(squeezed).arg(inside)));
        Structure bonded = known;
        const auto oxygen = known.atomsOf(crystal::Element::fromSymbol("O"));
        bonded.positions.col(static_cast<Eigen::Index>(oxygen[0])) =
            known.position(oxygen[1]) + Vec3(0.8, 0.0, 0.0);
        const double unknown = spread(bonded);
        QVERIFY2(unknown > 3.0 * inside, qPrintable(QString("%1 %2").arg(unknown).arg(inside)));
    }

    void faultyManifestsAreRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("no members") << R"({"architecture": "committee"})"
                                    << "members";
        QTest::newRow("one member") << R"({"architecture": "committee", "members": ["a.h5"]})"
                                    << "2 to";
        QTest::newRow("missing") << R"({"architecture": "committee", "members": ["a.h5", "b.h5"]})"
                                 << "a.h5";
        QTest::newRow("itself") << R"({"architecture": "committee", "members": ["f.json", "b.h5"]})"
                                << "itself";
        QTest::newRow("driver") << R"({"architecture": "committee", "driver": "x", "members": ["a", "b"]})"
                                << "driver";
        QTest::newRow("number") << R"({"architecture": "committee", "members": [1, 2]})"
                                << "file names";
        QTest::newRow("field") << R"({"architecture": "committee", "members": ["a", "b"], "x": 1})"
                               << "\"x\"";
    }
    void faultyManifestsAreRefused() {
        QFETCH(QString, text);
        QFETCH(QString, named);
        std::ofstream(path("f.json")) << text.toStdString();
        const std::string message = errorOf([&] { potential::openPotential(path("f.json"), 1); });
        QVERIFY2(message.find(named.toStdString()) != std::string::npos, message.c_str());
    }

    void committeesDoNotNest() {
        const std::string inner = writeCommittee("mean");
        std::ofstream(path("outer.json"))
            << nlohmann::json{{"architecture", "committee"}, {"members", {inner, "second.h5"}}};
        const std::string message = errorOf([&] { potential::openPotential(path("outer.json"), 1); });
        QVERIFY2(message.find("committee itself") != std::string::npos, message.c_str());
    }
};

QTEST_APPLESS_MAIN(TestCommittee)
#include "test_committee.moc"
