// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints written for the Python package: what our reader makes of them, bit for bit.
#include <QTest>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "core/potential/checkpoint.h"
#include "core/potential/checkpoint_writer.h"
#include "core/potential/chgnet_model.h"
#include "golden.h"

using namespace ionscape;
using namespace ionscape::potential;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool sameWeights(const ChgnetModelData& a, const ChgnetModelData& b) {
    return std::equal(a.weights.begin(), a.weights.end(), b.weights.begin(), b.weights.end(),
                      [](const NamedArray& x, const NamedArray& y) {
                          return x.name == y.name && x.shape == y.shape && x.values == y.values;
                      });
}

}  // namespace

class TestCheckpointWriter : public QObject {
    Q_OBJECT

  private slots:
    void roundTrip_data();
    void roundTrip();
    void theReferenceCheckpointSurvives();
    void badModelsAndPlacesAreRefused();

  private:
    QTemporaryDir folder_;
    std::filesystem::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
};

void TestCheckpointWriter::roundTrip_data() {
    QTest::addColumn<QString>("config");
    ChgnetConfig plain;
    QTest::newRow("CHGNet 0.3.0") << QString::fromStdString(toJson(plain));
    ChgnetConfig other;
    other.atomDim = other.bondDim = 12;
    other.angleDim = 10;
    other.radialFunctions = 7;
    other.angularFunctions = 5;
    other.convolutions = 2;
    other.atomHidden = {};
    other.bondHidden = {9, 8};
    other.angleHidden = {6};
    other.readoutHidden = {5};
    other.atomCutoff = 4.75;
    other.bondCutoff = 2.5;
    other.cutoffExponent = 6;
    other.gatedNorm = other.readoutNorm = other.intensive = false;
    other.outputBias = true;
    QTest::newRow("everything else") << QString::fromStdString(toJson(other));
}

void TestCheckpointWriter::roundTrip() {
    QFETCH(QString, config);
    ChgnetModelData data;
    data.config = chgnetConfigFromJson(config.toStdString());
    data.weights = initialWeights(data.config, 3);
    data.weights[0].values[7] = -0.0f;
    data.info.name = "round trip";
    data.metadata = "{}";
    writeCheckpoint(path("model.pth.tar"), data);
    const auto again = readCheckpoint(path("model.pth.tar"));
    QVERIFY(sameWeights(data, again));
    QVERIFY(std::signbit(again.weights[0].values[7]));
    QCOMPARE(QString::fromStdString(toJson(again.config)), config);
    writeCheckpoint(path("again.pth.tar"), data);
    QVERIFY(bytesOf(path("model.pth.tar")) == bytesOf(path("again.pth.tar")));
}

void TestCheckpointWriter::theReferenceCheckpointSurvives() {
    if (!std::filesystem::exists(golden::checkpoint)) QSKIP("the reference folder ../shared is not here");
    const auto original = readCheckpoint(golden::checkpoint);
    writeCheckpoint(path("copy.pth.tar"), original);
    const auto copy = readCheckpoint(path("copy.pth.tar"));
    QVERIFY(sameWeights(original, copy));
    QCOMPARE(toJson(copy.config), toJson(original.config));
}

void TestCheckpointWriter::badModelsAndPlacesAreRefused() {
    ChgnetModelData data;
    data.weights = initialWeights(data.config, 1);
    QVERIFY_EXCEPTION_THROWN(writeCheckpoint(path("no/such/folder.pth.tar"), data), IoError);
    data.weights.pop_back();
    QVERIFY_EXCEPTION_THROWN(writeCheckpoint(path("short.pth.tar"), data), ModelError);
    QVERIFY(!std::filesystem::exists(path("short.pth.tar")));
}

QTEST_APPLESS_MAIN(TestCheckpointWriter)
#include "test_checkpoint_writer.moc"
