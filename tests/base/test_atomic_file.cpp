// SPDX-License-Identifier: GPL-3.0-or-later
// Atomic writing: the old file survives every failure and nothing is left behind.
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/base/error.h"

namespace fs = std::filesystem;

class TestAtomicFile : public QObject {
    Q_OBJECT

  private slots:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void writesAndReplaces() {
        ionscape::writeTextAtomically(file(), "one\n");
        QCOMPARE(contents(), std::string("one\n"));
        ionscape::writeTextAtomically(file(), std::string_view("t\0wo", 4));
        QCOMPARE(contents(), std::string("t\0wo", 4));
        QCOMPARE(filesInFolder(), 1);
    }

    void keepsTheOldFileWhenWritingThrows() {
        ionscape::writeTextAtomically(file(), "old");
        const auto failing = [](const fs::path& temporary) {
            std::ofstream(temporary) << "half of the new";
            throw std::runtime_error("disk full");
        };
        QVERIFY_EXCEPTION_THROWN(ionscape::writeAtomically(file(), failing), std::runtime_error);
        QCOMPARE(contents(), std::string("old"));
        QCOMPARE(filesInFolder(), 1);
    }

    void keepsTheOldFileWhenNothingIsWritten() {
        ionscape::writeTextAtomically(file(), "old");
        QVERIFY_EXCEPTION_THROWN(ionscape::writeAtomically(file(), [](const fs::path&) {}),
                                 ionscape::IoError);
        QCOMPARE(contents(), std::string("old"));
    }

    void namesTheFileThatCannotBeWritten() {
        const fs::path missing = path() / "no" / "such" / "folder.txt";
        try {
            ionscape::writeTextAtomically(missing, "text");
            QFAIL("writing into a missing folder succeeded");
        } catch (const ionscape::IoError& error) {
            QVERIFY(QByteArray(error.what()).startsWith((missing.string() + ": ").c_str()));
        }
    }

    void refusesToReplaceAFolder() {
        fs::create_directory(path() / "folder");
        QVERIFY_EXCEPTION_THROWN(ionscape::writeTextAtomically(path() / "folder", "text"), ionscape::IoError);
        QVERIFY(fs::is_directory(path() / "folder"));
        QCOMPARE(filesInFolder(), 1);
    }

    void reportsAFullDisk() {
        if (!fs::exists("/dev/full")) QSKIP("this system has no /dev/full");
        // The callback writes where every write fails; the error must come out and the old file must stay.
        ionscape::writeTextAtomically(file(), "old");
        const auto fill = [](const fs::path& temporary) {
            fs::create_symlink("/dev/full", temporary);
            std::ofstream out(temporary);
            out << "new" << std::flush;
            if (!out) throw ionscape::IoError(temporary, "could not be written");
        };
        QVERIFY_EXCEPTION_THROWN(ionscape::writeAtomically(file(), fill), ionscape::IoError);
        QCOMPARE(contents(), std::string("old"));
        QCOMPARE(filesInFolder(), 1);
    }

  private:
    fs::path path() const { return folder_->path().toStdString(); }
    fs::path file() const { return path() / "data.txt"; }
    std::string contents() const {
        std::ifstream in(file(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    int filesInFolder() const {
        return static_cast<int>(std::distance(fs::directory_iterator(path()), fs::directory_iterator()));
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "test_atomic_file.moc"
