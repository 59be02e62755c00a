// SPDX-License-Identifier: GPL-3.0-or-later
// CHGNet checkpoints as untrusted input: what is read, what is refused by name, and that nothing crashes.
#include <QTest>

#include <filesystem>
#include <fstream>

#include "core/base/random.h"
#include "core/potential/checkpoint.h"
#include "core/potential/pickle.h"
#include "golden.h"

using namespace ionscape;
using namespace ionscape::potential;

namespace {

std::string bytesOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The message of the error that `run` throws; empty when it throws none.
template <class Run>
QString messageOf(const Run& run) {
    try {
        run();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::string noStorage(const std::string& key) {
    throw IoError("test", "no record " + key);
}

/// A literal with its zero bytes.
template <std::size_t n>
std::string raw(const char (&literal)[n]) {
    return {literal, n - 1};
}

QString pickleError(const std::string& bytes) {
    return messageOf([&] { readPickle(bytes, noStorage); });
}

}  // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT

  private slots:
    void readsPlainData();
    void refusesCode_data();
    void refusesCode();
    void readsTensors();
    void refusesTensorsOutsideTheirStorage_data();
    void refusesTensorsOutsideTheirStorage();
    void readsTheReferenceCheckpoint();
    void mutatedCheckpointsAreRefusedOrRead();
    void foreignFilesAreRefused();

  private:
    QTemporaryDir folder_;
};

void TestCheckpoint::readsPlainData() {
    // {"a": [1, -2, 1.5], "b": (None, True), "c": 70000} with memo, protocol 2
    const std::string bytes =
        raw("\x80\x02}q\x00(X\x01\x00\x00\x00"
            "aq\x01]q\x02(K\x01J\xfe\xff\xff\xffG?\xf8\x00\x00\x00\x00\x00\x00"
            "e"
            "X\x01\x00\x00\x00"
            "bN\x88\x86X\x01\x00\x00\x00"
            "cJp\x11\x01\x00u.");
    const PickleDocument document = readPickle(bytes, noStorage);
    const PickleValue* a = document.root().find("a");
    QVERIFY(a && a->items.size() == 3);
    QCOMPARE(a->items[0]->integer, 1);
    QCOMPARE(a->items[1]->integer, -2);
    QCOMPARE(a->items[2]->real, 1.5);
    QCOMPARE(document.root().find("b")->items.size(), std::size_t(2));
    QCOMPARE(document.root().find("c")->integer, 70000);
}

void TestCheckpoint::refusesCode_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("named");
    QTest::newRow("os.system") << QByteArray::fromStdString(raw("\x80\x02"
                                                                "cos\nsystem\nX\x02\x00\x00\x00ls\x85R."))
                               << "os.system";
    QTest::newRow("builtins.eval") << QByteArray::fromStdString(raw("\x80\x02"
                                                                    "cbuiltins\neval\n."))
                                   << "builtins.eval";
    QTest::newRow("stack global") << QByteArray::fromStdString(
                                         raw("\x80\x04\x8c\x05posix\x8c\x06system\x93."))
                                  << "posix.system";
    QTest::newRow("newobj") << QByteArray::fromStdString(raw("\x80\x02"
                                                             "ccollections\nOrderedDict\n)\x81."))
                            << "opcode 0x81";
    QTest::newRow("inst") << QByteArray::fromStdString(raw("\x80\x02(ios\nsystem\n.")) << "opcode 0x69";
    QTest::newRow("extension registry")
        << QByteArray::fromStdString(raw("\x80\x02\x82\x01.")) << "opcode 0x82";
}

void TestCheckpoint::refusesCode() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, named);
    const QString message = pickleError(bytes.toStdString());
    QVERIFY2(message.contains(named) && message.contains("refused"), qPrintable(message));
}

namespace {

/// _rebuild_tensor_v2(storage of 4 floats, offset, shape, stride)
std::string tensorPickle(int offset, int rows, int columns, int rowStride, int columnStride) {
    const auto byte = [](int value) { return std::string("K") + static_cast<char>(value); };
    std::string bytes =
        "\x80\x02"
        "ctorch._utils\n_rebuild_tensor_v2\n((X\x07";
    bytes += std::string("\0\0\0", 3) + "storagectorch\nFloatStorage\nX\x01" + std::string("\0\0\0", 3) +
             "0X\x03" + std::string("\0\0\0", 3) + "cpuK\x04tQ" + byte(offset) + byte(rows) + byte(columns) +
             "\x86" + byte(rowStride) + byte(columnStride) + "\x86\x89)RtR.";
    // The last argument, the hooks, is an empty OrderedDict in real files; an empty tuple does as well here.
    const auto hooks = bytes.find(")RtR.");
    bytes.replace(hooks, 5, ")tR.");
    return bytes;
}

std::string fourFloats(const std::string&) {
    const float values[] = {1, 2, 3, 4};
    return {reinterpret_cast<const char*>(values), sizeof values};
}

}  // namespace

void TestCheckpoint::readsTensors() {
    const PickleDocument transposed = readPickle(tensorPickle(0, 2, 2, 1, 2), fourFloats);
    const std::vector<float> expected{1, 3, 2, 4};
    QCOMPARE(transposed.root().tensor.values, expected);
}

void TestCheckpoint::refusesTensorsOutsideTheirStorage_data() {
    QTest::addColumn<QVector<int>>("tensor");
    QTest::newRow("too many") << QVector<int>{0, 3, 2, 2, 1};
    QTest::newRow("offset") << QVector<int>{3, 1, 2, 2, 1};
    QTest::newRow("stride") << QVector<int>{0, 2, 2, 3, 2};
    QTest::newRow("repeated by zero strides") << QVector<int>{0, 200, 200, 0, 0};
}

void TestCheckpoint::refusesTensorsOutsideTheirStorage() {
    QFETCH(QVector<int>, tensor);
    const std::string bytes = tensorPickle(tensor[0], tensor[1], tensor[2], tensor[3], tensor[4]);
    const QString message = messageOf([&] { readPickle(bytes, fourFloats); });
    QVERIFY2(message.contains("damaged"), qPrintable(message));
}

void TestCheckpoint::readsTheReferenceCheckpoint() {
    if (!std::filesystem::exists(golden::checkpoint)) QSKIP("the reference folder ../shared is not here");
    const ChgnetModelData data = readCheckpoint(golden::checkpoint);
    std::size_t parameters = 0;
    for (const auto& array : data.weights)
        parameters += array.values.size();
    QCOMPARE(parameters, std::size_t(412525));  // the published count of CHGNet 0.3.0
    QCOMPARE(data.config.atomCutoff, 6.0);
    QCOMPARE(data.info.checksum.size(), std::size_t(64));
}

void TestCheckpoint::mutatedCheckpointsAreRefusedOrRead() {
    if (!std::filesystem::exists(golden::checkpoint)) QSKIP("the reference folder ../shared is not here");
    const std::string original = bytesOf(golden::checkpoint);
    const std::filesystem::path file = folder_.filePath("mutated.pth.tar").toStdString();
    RandomStream random(11);
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        std::string bytes = original;
        if (round % 3 == 0) {
            bytes.resize(random.below(bytes.size()));
        } else {
            // The pickle at the front and the directory at the end are where structure lies.
            const std::size_t region = std::min<std::size_t>(bytes.size(), 60000);
            for (int flip = 0; flip < 1 + round % 7; ++flip) {
                const std::size_t at = random.below(region) + (round % 2 ? bytes.size() - region : 0);
                bytes[at] = static_cast<char>(random.below(256));
            }
        }
        std::ofstream(file, std::ios::binary) << bytes;
        const QString message = messageOf([&] { readCheckpoint(file); });
        if (!message.isEmpty()) {
            ++refused;
            QVERIFY2(message.contains("mutated.pth.tar"), qPrintable(message));
        }
    }
    QVERIFY(refused > 50);  // all truncated ones at least
}

void TestCheckpoint::foreignFilesAreRefused() {
    const std::filesystem::path file = folder_.filePath("foreign.pth.tar").toStdString();
    std::ofstream(file) << "this is a text";
    const QString message = messageOf([&] { readCheckpoint(file); });
    QVERIFY2(message.contains("foreign.pth.tar") && message.contains("not a complete PyTorch checkpoint"),
             qPrintable(message));
}

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "test_checkpoint.moc"
