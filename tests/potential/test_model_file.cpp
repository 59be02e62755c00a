// SPDX-License-Identifier: GPL-3.0-or-later
// Our own model file: exact round trip, and clear refusal of anything else.
#include <QCoreApplication>
#include <QTest>

#include <fstream>

#include "core/base/random.h"
#include "core/potential/chgnet_model.h"
#include "core/potential/model_file.h"

using namespace ionscape;
using namespace ionscape::potential;

namespace {

ChgnetModelData smallModel() {
    ChgnetModelData data;
    auto& c = data.config;
    c.atomDim = c.bondDim = c.angleDim = 6;
    c.radialFunctions = 5;
    c.angularFunctions = 5;
    c.convolutions = 2;
    c.atomHidden = c.bondHidden = c.readoutHidden = {6};
    data.weights = initialWeights(c, 2);
    data.info.name = "Small";
    data.info.licence = "GPL-3.0-or-later";
    data.info.elements = {crystal::Element::fromSymbol("Li"), crystal::Element::fromSymbol("O")};
    data.metadata = R"({"frames":3})";
    return data;
}

}  // namespace

class TestModelFile : public QObject {
    Q_OBJECT

  private slots:
    void roundTrip();
    void damagedFilesAreRefused();
    void fullDiskLeavesTheOldFile();

  private:
    QTemporaryDir folder_;
    std::filesystem::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
};

void TestModelFile::roundTrip() {
    ChgnetModelData data = smallModel();
    data.momentum = data.secondMoment = data.weights;
    writeModelFile(path("a.h5"), data);
    const ChgnetModelData back = readModelFile(path("a.h5"));
    QCOMPARE(QString::fromStdString(toJson(back.config)), QString::fromStdString(toJson(data.config)));
    QCOMPARE(back.info.name, data.info.name);
    QCOMPARE(back.info.elements.size(), std::size_t(2));
    QCOMPARE(back.metadata, data.metadata);
    QCOMPARE(back.info.checksum.size(), std::size_t(64));
    for (std::size_t i = 0; i < data.weights.size(); ++i) {
        QCOMPARE(back.weights[i].name, data.weights[i].name);
        QVERIFY(back.weights[i].values == data.weights[i].values);
        QVERIFY(back.momentum[i].values == data.weights[i].values);
    }
}

void TestModelFile::damagedFilesAreRefused() {
    writeModelFile(path("whole.h5"), smallModel());
    std::ifstream in(path("whole.h5"), std::ios::binary);
    const std::string original{std::istreambuf_iterator<char>(in), {}};
    RandomStream random(4);
    int refused = 0;
    for (int round = 0; round < 300; ++round) {
        std::string bytes = original;
        if (round % 2) {
            bytes.resize(random.below(bytes.size()));
        } else {
            bytes[random.below(bytes.size())] ^= static_cast<char>(1 + random.below(255));
        }
        std::ofstream(path("mutated.h5"), std::ios::binary) << bytes;
        try {
            readModelFile(path("mutated.h5"));
        } catch (const Error& error) {
            ++refused;
            QVERIFY2(QString(error.what()).contains("mutated.h5"), error.what());
        }
    }
    QVERIFY(refused >= 150);
}

void TestModelFile::fullDiskLeavesTheOldFile() {
    writeModelFile(path("kept.h5"), smallModel());
    const auto size = std::filesystem::file_size(path("kept.h5"));
    // A folder in the way of the temporary file stands for a disk that takes nothing more.
    const auto temporary =
        path("kept.h5").string() + ".tmp" + std::to_string(QCoreApplication::applicationPid());
    std::filesystem::create_directory(temporary);
    QVERIFY_EXCEPTION_THROWN(writeModelFile(path("kept.h5"), smallModel()), IoError);
    QCOMPARE(std::filesystem::file_size(path("kept.h5")), size);
    QCOMPARE(readModelFile(path("kept.h5")).info.name, std::string("Small"));
}

QTEST_APPLESS_MAIN(TestModelFile)
#include "test_model_file.moc"
