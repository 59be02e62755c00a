// SPDX-License-Identifier: GPL-3.0-or-later
// Labelling: what is written, how it continues, and what it refuses to overwrite.
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <fstream>

#include "core/base/units.h"
#include "core/training/labelling.h"

using namespace ionscape;
using io::LabelledStructure;

namespace {

/// A spring from every atom to the origin: forces −k r, energy k r²/2, a constant stress.
class Springs final : public potential::Potential {
  public:
    explicit Springs(std::string name = "springs") { info_.name = std::move(name); }
    const potential::PotentialInfo& info() const override { return info_; }
    potential::Evaluation evaluate(const crystal::Structure& s, const potential::Request& request) override {
        if (++calls > limit) stop.request_stop();
        potential::Evaluation e;
        e.energy = 0.5 * s.positions.squaredNorm();
        e.forces = -s.positions;
        if (request.stress) e.stressGPa = Mat3(Mat3::Identity() * units::eVPerAngstrom3InGPa);
        return e;
    }
    int calls = 0;
    int limit = 1000;  ///< asks to stop during the call after that many
    std::stop_source stop;
    potential::PotentialInfo info_;
};

std::vector<LabelledStructure> frames(int count) {
    std::vector<LabelledStructure> result;
    for (int i = 0; i < count; ++i) {
        LabelledStructure frame;
        frame.structure.lattice = crystal::Lattice(Mat3::Identity() * 6.0);
        frame.structure.append(crystal::Element::fromSymbol("Li"), Vec3(0.1 * i, 0.2, 0.3));
        frame.structure.append(crystal::Element::fromSymbol("O"), Vec3(2.0, 2.5, 3.0));
        frame.info["config"] = "md" + std::to_string(i);
        frame.energy = 99.0;  // an old label, to be replaced
        result.push_back(frame);
    }
    return result;
}

std::string contents(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

class TestLabelling : public QObject {
    Q_OBJECT

  private slots:
    void writesLabels();
    void continuesWhereItStopped();
    void tornFrameIsDoneAgain_data();
    void tornFrameIsDoneAgain();
    void refusesOtherContents();
    void unknownElementIsRefusedFirst();

  private:
    std::filesystem::path file(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    QTemporaryDir folder_;
    NoProgress quiet_;
};

void TestLabelling::writesLabels() {
    Springs springs;
    const auto result =
        training::labelStructures(frames(3), springs, file("written.xyz"), springs.stop.get_token(), quiet_);
    QCOMPARE(result.frames, std::size_t(3));
    QCOMPARE(result.skipped, std::size_t(0));
    const auto read = io::readStructures(file("written.xyz"));
    QCOMPARE(read.size(), std::size_t(3));
    const auto& frame = read[2];
    QCOMPARE(*frame.energy, 0.5 * frame.structure.positions.squaredNorm());
    QVERIFY(*frame.forces == VectorField(-frame.structure.positions));
    QVERIFY((*frame.stressGPa - Mat3(Mat3::Identity() * units::eVPerAngstrom3InGPa)).norm() < 1e-9);
    QCOMPARE(frame.info.at("config"), std::string("md2"));
    QCOMPARE(frame.info.at("labelled_by"), std::string("springs"));
    // eV/Å³, positive in tension.
    QVERIFY(contents(file("written.xyz")).find("stress=\"1 0 0 0 1 0 0 0 1\"") != std::string::npos);
}

void TestLabelling::continuesWhereItStopped() {
    Springs springs;
    springs.limit = 2;
    QVERIFY_EXCEPTION_THROWN(training::labelStructures(frames(5), springs, file("continued.xyz"),
                                                       springs.stop.get_token(), quiet_),
                             Cancelled);
    QCOMPARE(io::readStructures(file("continued.xyz")).size(), std::size_t(3));
    Springs again;
    const auto result = training::labelStructures(frames(5), again, file("continued.xyz"), {}, quiet_);
    QCOMPARE(again.calls, 2);
    QCOMPARE(result.skipped, std::size_t(3));
    QCOMPARE(result.frames, std::size_t(5));
    Springs whole;
    training::labelStructures(frames(5), whole, file("whole.xyz"), {}, quiet_);
    QVERIFY(contents(file("continued.xyz")) == contents(file("whole.xyz")));
    QCOMPARE(training::labelStructures(frames(5), whole, file("whole.xyz"), {}, quiet_).skipped,
             std::size_t(5));
}

void TestLabelling::tornFrameIsDoneAgain_data() {
    QTest::addColumn<int>("missing");
    // Within the last line, without its end alone, within the comment line, all but the count.
    for (const int missing : {7, 1, 100, 300})
        QTest::newRow(qPrintable(QString::number(missing))) << missing;
}

void TestLabelling::tornFrameIsDoneAgain() {
    QFETCH(int, missing);
    Springs springs;
    const auto target = file("torn.xyz");
    std::filesystem::remove(target);
    training::labelStructures(frames(3), springs, target, {}, quiet_);
    const std::string whole = contents(target);
    std::filesystem::resize_file(target, whole.size() - static_cast<std::size_t>(missing));
    training::labelStructures(frames(3), springs, target, {}, quiet_);
    QVERIFY(contents(target) == whole);
}

void TestLabelling::refusesOtherContents() {
    Springs springs;
    const auto target = file("other.xyz");
    const auto refuses = [&](const std::vector<LabelledStructure>& wanted, Springs& by, const char* reason) {
        const std::string before = contents(target);
        try {
            training::labelStructures(wanted, by, target, {}, quiet_);
        } catch (const InputError& error) {
            return QString(error.what()).contains(reason) && contents(target) == before;
        }
        return false;
    };
    std::ofstream(target) << "# notes of mine\n";
    QVERIFY(refuses(frames(2), springs, "does not hold frames"));
    std::filesystem::remove(target);
    training::labelStructures(frames(2), springs, target, {}, quiet_);
    QVERIFY(refuses(frames(1), springs, "more than there are"));
    auto moved = frames(2);
    moved[1].structure.positions(0, 0) += 0.01;
    QVERIFY(refuses(moved, springs, "frame 2 is not the structure"));
    Springs stranger("stranger");
    QVERIFY(refuses(frames(2), stranger, "not labelled by stranger"));
}

void TestLabelling::unknownElementIsRefusedFirst() {
    Springs springs;
    springs.info_.elements = {crystal::Element::fromSymbol("Li"), crystal::Element::fromSymbol("O")};
    auto wanted = frames(2);
    wanted[1].structure.elements[1] = crystal::Element::fromSymbol("Nb");
    QVERIFY_EXCEPTION_THROWN(training::labelStructures(wanted, springs, file("none.xyz"), {}, quiet_),
                             ModelError);
    QCOMPARE(springs.calls, 0);
    QVERIFY(!std::filesystem::exists(file("none.xyz")));
}

QTEST_APPLESS_MAIN(TestLabelling)
#include "test_labelling.moc"
