// SPDX-License-Identifier: GPL-3.0-or-later
// Thousands of damaged copies of good files: every reader must either read them or throw one of our errors.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/io/structure_file.h"
#include "core/workflow/host_proposal.h"

using namespace ionscape;

namespace {

std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        lines.back() += c;
        if (c == '\n') lines.emplace_back();
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines)
        text += line;
    return text;
}

/// Numbers and words that readers tend to trip over.
const std::vector<std::string> oddTokens{
    "nan",        "-inf",   "1e999",  "-1",       "0",     "99999999999999999999",
    "2147483648", "1e-300", "'",      "\"",       "loop_", "{",
    "data_",      "=",      "?",      "\xff\xfe", "1e5",   "1e150",
    "-0.0",       "x,y",    "Lattice"};

std::string mutatedOnce(std::string text, RandomStream& random) {
    if (text.empty()) return text;
    const std::size_t at = random.below(text.size());
    switch (random.below(8)) {
        case 0:
            text[at] = static_cast<char>(text[at] ^ (1 << random.below(8)));
            return text;
        case 1:
            return text.substr(0, at);
        case 2:
            return text.erase(at, 1 + random.below(20));
        case 3:
            return text.insert(at, 1, static_cast<char>(random.below(256)));
        case 4: {  // a line twice
            auto lines = linesOf(text);
            const std::size_t line = random.below(lines.size());
            const std::string copy = lines[line];
            lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(line), copy);
            return joined(lines);
        }
        case 5: {  // a line less
            auto lines = linesOf(text);
            lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(random.below(lines.size())));
            return joined(lines);
        }
        case 6: {  // two lines swapped
            auto lines = linesOf(text);
            std::swap(lines[random.below(lines.size())], lines[random.below(lines.size())]);
            return joined(lines);
        }
        default: {  // a word replaced
            const std::size_t start = text.find_first_not_of(" \n", at);
            if (start == std::string::npos) return text;
            const std::size_t end = std::min(text.find_first_of(" \n", start), text.size());
            return text.replace(start, end - start, oddTokens[random.below(oddTokens.size())]);
        }
    }
}

}  // namespace

class TestFuzzReaders : public QObject {
    Q_OBJECT

  private slots:
    void damagedFiles_data() {
        QTest::addColumn<QString>("source");
        QTest::newRow("cif") << "lzsp-filled.cif";
        QTest::newRow("poscar") << "rocksalt.vasp";
        QTest::newRow("extxyz") << "two-frames.xyz";
        QTest::newRow("lammps") << "rocksalt.data";
    }
    void damagedFiles() {
        QFETCH(QString, source);
        const std::filesystem::path original =
            std::filesystem::path(IONSCAPE_TEST_DATA) / "io" / source.toStdString();
        const std::string good = contentsOf(original);
        QVERIFY(!good.empty());
        QVERIFY(!io::readStructures(original).empty());
        const QTemporaryDir folder;
        int accepted = 0, refused = 0;
        for (std::uint64_t seed = 0; seed < 1500; ++seed) {
            RandomStream random(seed, source.toStdString());
            std::string text = good;
            for (std::uint64_t i = 0, n = 1 + random.below(3); i < n; ++i)
                text = mutatedOnce(text, random);
            // A new file each time: some file systems flush a file to disk when it is truncated and written
            // again.
            const std::filesystem::path file =
                std::filesystem::path(folder.path().toStdString()) /
                ("damaged" + std::to_string(seed) + original.extension().string());
            std::ofstream(file, std::ios::binary) << text;
            try {
                for (const auto& frame : io::readStructures(file))
                    frame.structure.validate();
                ++accepted;
            } catch (const IoError& error) {
                const std::string message = error.what();
                QVERIFY2(message.starts_with(file.string() + ":"), message.c_str());
                QVERIFY2(message.find('\n') == std::string::npos, message.c_str());
                ++refused;
            } catch (const std::exception& error) {
                QFAIL(qPrintable(QString("seed %1 let out: %2").arg(seed).arg(error.what())));
            }
            std::filesystem::remove(file);
        }
        // Otherwise the damage is too weak or too strong to prove anything.
        QVERIFY2(accepted > 50 && refused > 300,
                 qPrintable(QString("%1 read, %2 refused").arg(accepted).arg(refused)));
    }

    void damagedSourcesOfHosts() {
        const std::string good = contentsOf(IONSCAPE_TEST_DATA "/hosts/llzo-like.cif");
        QVERIFY(!good.empty());
        const QTemporaryDir folder;
        int accepted = 0, refused = 0;
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            RandomStream random(seed, "host source");
            std::string text = good;
            for (std::uint64_t i = 0, n = 1 + random.below(2); i < n; ++i)
                text = mutatedOnce(text, random);
            const std::string file = folder.filePath(QString("damaged%1.cif").arg(seed)).toStdString();
            std::ofstream(file, std::ios::binary) << text;
            try {
                workflow::finishedHost(workflow::proposeHost(io::readCifCrystal(file)));
                ++accepted;
            } catch (const Error& error) {
                QVERIFY2(!std::string(error.what()).empty(), text.c_str());
                ++refused;
            } catch (const std::exception& error) {
                QFAIL(qPrintable(QString("seed %1 let out: %2").arg(seed).arg(error.what())));
            }
            std::filesystem::remove(file);
        }
        QVERIFY2(accepted > 10 && refused > 50,
                 qPrintable(QString("%1 read, %2 refused").arg(accepted).arg(refused)));
    }
};

QTEST_APPLESS_MAIN(TestFuzzReaders)
#include "test_fuzz_readers.moc"
