// SPDX-License-Identifier: GPL-3.0-or-later
// Locks between threads and processes, and their end with a killed holder.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <array>

#include "core/base/error.h"
#include "core/base/file_lock.h"

using ionscape::FileLock;

class TestFileLock : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    std::filesystem::path file() const { return directory_.filePath("lock").toStdString(); }

  private slots:
    void onlyOneHolderAtATime() {
        {
            const auto first = FileLock::tryLock(file());
            QVERIFY(first.has_value());
            QVERIFY(!FileLock::tryLock(file()).has_value());
        }
        QVERIFY(FileLock::tryLock(file()).has_value());
    }

    void readersShareIt() {
        const std::filesystem::path other = directory_.filePath("shared").toStdString();
        QVERIFY(!FileLock::forReading(other).has_value());
        QVERIFY(!FileLock::isHeld(other));
        QVERIFY(!std::filesystem::exists(other));
        {
            const FileLock writer(other);
            QVERIFY(FileLock::isHeld(other));
        }
        QVERIFY(!FileLock::isHeld(other));
        const auto first = FileLock::forReading(other);
        const auto second = FileLock::forReading(other);
        QVERIFY(first && second);
        QVERIFY(!FileLock::isHeld(other));
        QVERIFY(!FileLock::tryLock(other).has_value());
    }

    void movedLockIsHeldOnce() {
        FileLock first(file());
        const FileLock second = std::move(first);
        QVERIFY(!FileLock::tryLock(file()).has_value());
    }

    void endsWithAKilledHolder() {
        std::array<int, 2> pipe{};
        QVERIFY(::pipe(pipe.data()) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            const FileLock held(file());
            const char ready = 1;
            if (::write(pipe[1], &ready, 1) != 1) ::_exit(1);
            for (;;)
                ::pause();
        }
        char ready = 0;
        QCOMPARE(::read(pipe[0], &ready, 1), ssize_t(1));
        QVERIFY(!FileLock::tryLock(file()).has_value());
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(FileLock::tryLock(file()).has_value());
    }

    void folderThatDoesNotExistIsNamed() {
        QVERIFY_EXCEPTION_THROWN(FileLock("/nowhere/at/all"), ionscape::IoError);
    }
};

QTEST_APPLESS_MAIN(TestFileLock)
#include "test_file_lock.moc"
