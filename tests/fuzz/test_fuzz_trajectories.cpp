// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of damaged trajectories: each is read or refused with one of our errors, in bounded memory and
// time.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>

#include "core/base/random.h"
#include "core/trajectory/write_trajectory.h"
#include "tests/trajectory/moving_ions_text.h"

using namespace moving;

namespace {

constexpr int frames = 6;
/// More than the process may grow by, whatever a file claims: two blocks of text and a vasprun.xml step are
/// far less.
#ifdef __SANITIZE_ADDRESS__
constexpr long mostGrowthKiB = std::numeric_limits<long>::max();  // its shadow and quarantine grow freely
#else
constexpr long mostGrowthKiB = 128L * 1024;
#endif

/// The highest resident memory since resetPeak().
long peakKiB() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    return 0;
}

long resetPeak() {
    std::ofstream("/proc/self/clear_refs") << "5";
    return peakKiB();
}

const std::vector<std::string> oddWords{
    "nan",  "-inf", "1e999",      "-1", "0",      "99999999999999999999",
    "1e18", "'",    "4294967296", "",   "ITEM: ", "Direct configuration= 3",
    "<",    "/>",   "\xff\xfe",   "5",  "1e-300", "</calculation>"};

std::string mutatedOnce(std::string text, RandomStream& random) {
    if (text.empty()) return text;
    const std::size_t at = random.below(text.size());
    switch (random.below(6)) {
        case 0:
            text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
            return text;
        case 1:
            return text.substr(0, at);
        case 2:
            return text.erase(at, 1 + random.below(40));
        case 3:
            return text.insert(at, 1, static_cast<char>(random.below(256)));
        case 4: {  // a part of the file once more
            const std::string part = text.substr(at, random.below(400));
            return text.insert(random.below(text.size()), part);
        }
        default: {
            const std::size_t start = text.find_first_not_of(" \n", at);
            if (start == std::string::npos) return text;
            const std::size_t end = std::min(text.find_first_of(" \n", start), text.size());
            return text.replace(start, end - start, oddWords[random.below(oddWords.size())]);
        }
    }
}

std::string textOf(const QString& format) {
    DumpStyle plain, named;
    plain.breathes = true;
    named.element = true;
    named.images = true;
    named.coordinates = "xs ys zs";
    if (format == "XDATCAR") return xdatcar(frames, {true, true, true, false});
    if (format == "blank.XDATCAR") return xdatcar(frames, {false, true, true, true});
    if (format == "types.dump") return dump(frames, plain);
    if (format == "named.dump") return "ITEM: UNITS\nmetal\n" + dump(frames, named);
    if (format == "run.xyz") return extxyz(frames, true, true);
    return vasprun(frames, true);
}

io::ImportOptions answers(bool keepGood) {
    io::ImportOptions options;
    options.timestepFs = 1.0;
    options.types = io::parseTypes("Li,Zr,O");
    options.keepGood = keepGood;
    return options;
}

}  // namespace

class TestFuzzTrajectories : public QObject {
    Q_OBJECT

  private slots:
    void damagedTexts_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
             {"XDATCAR", "blank.XDATCAR", "types.dump", "named.dump", "run.xyz", "vasprun.xml"})
            QTest::newRow(name) << name;
    }
    void damagedTexts() {
        QFETCH(QString, name);
        const std::string good = textOf(name);
        const Folder folder;
        QCOMPARE(readAll(folder.write(name.toStdString(), good), answers(false)).size(), std::size_t{frames});
        const long before = resetPeak();
        int read = 0, refused = 0;
        for (std::uint64_t seed = 0; seed < 500; ++seed) {
            RandomStream random(seed, name.toStdString());
            std::string text = good;
            for (std::uint64_t i = 0, n = 1 + random.below(3); i < n; ++i)
                text = mutatedOnce(text, random);
            const auto file = folder.write(std::to_string(seed) + name.toStdString(), text);
            for (const bool keepGood : {false, true}) {
                try {
                    const auto all = readAll(file, answers(keepGood));
                    for (const auto& frame : all)
                        QVERIFY(frame.positions.allFinite());
                    ++read;
                } catch (const Error& error) {
                    const std::string message = error.what();
                    QVERIFY2(message.find(file.string()) != std::string::npos, message.c_str());
                    QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
                    ++refused;
                } catch (const std::exception& error) {
                    QFAIL(qPrintable(QString("seed %1 let out: %2").arg(seed).arg(error.what())));
                }
            }
            std::filesystem::remove(file);
        }
        QVERIFY2(read > 50 && refused > 150,
                 qPrintable(QString("%1 read, %2 refused").arg(read).arg(refused)));
        QVERIFY2(peakKiB() - before < mostGrowthKiB, qPrintable(QString("%1 KiB").arg(peakKiB() - before)));
    }

    void hugeClaimsAreRefusedBeforeMemoryIsTaken_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::newRow("XDATCAR")
            << "XDATCAR"
            << "t\n1\n9 0 0\n0 9 0\n0 0 9\nLi O\n900000000 900000000\nDirect configuration= 1\n0 0 0\n";
        QString many = "t\n1\n9 0 0\n0 9 0\n0 0 9\n";
        for (int i = 0; i < 50000; ++i)
            many += " 60000";
        QTest::newRow("XDATCAR of many types") << "XDATCAR" << many + "\nDirect configuration= 1\n0 0 0\n";
        QTest::newRow("dump")
            << "a.dump"
            << "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n9000000000000\nITEM: BOX BOUNDS pp pp pp\n0 9\n0 "
               "9\n0 9\nITEM: ATOMS id element x y z\n1 Li 0 0 0\n";
        QTest::newRow("extxyz") << "a.xyz"
                                << "900000000000\nLattice=\"9 0 0 0 9 0 0 0 9\"\nLi 0 0 0\n";
        QTest::newRow("no line end") << "a.dump"
                                     << "ITEM: TIMESTEP\n" + QString(8 << 20, '7');
        QTest::newRow("vasprun without end")
            << "vasprun.xml"
            << "<modeling>\n" + QString(" <v> 1 2 3 </v>\n").repeated(4 << 20);
    }
    void hugeClaimsAreRefusedBeforeMemoryIsTaken() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        const Folder folder;
        const auto file = folder.write(name.toStdString(), text.toStdString());
        text.clear();
        const long before = resetPeak();
        QVERIFY_THROWS_EXCEPTION(Error, readAll(file, answers(false)));
        QVERIFY2(peakKiB() - before < mostGrowthKiB, qPrintable(QString("%1 KiB").arg(peakKiB() - before)));
    }

    void damagedH5md() {
        const Folder folder;
        const auto in = folder.write("in.xyz", extxyz(frames, true, true));
        const auto good = folder.path("good.h5");
        NoProgress silent;
        writeTrajectory(*openTrajectory(in), good, {}, {}, silent);
        std::ifstream stream(good, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
        int refused = 0;
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            RandomStream random(seed, "h5md");
            std::string bad = bytes;
            for (std::uint64_t i = 0, n = 1 + random.below(8); i < n; ++i)
                bad[random.below(bad.size())] ^= static_cast<char>(1 << random.below(8));
            const auto file = folder.write("bad" + std::to_string(seed) + ".h5", bad);
            try {
                readAll(file, answers(seed % 2 == 0));
            } catch (const Error&) {
                ++refused;
            }
            std::filesystem::remove(file);
        }
        QVERIFY(refused > 20);
    }
};

QTEST_APPLESS_MAIN(TestFuzzTrajectories)
#include "test_fuzz_trajectories.moc"
