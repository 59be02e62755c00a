// SPDX-License-Identifier: GPL-3.0-or-later
// Runs killed with SIGKILL at random moments and runs that meet a full disk: everything flushed must survive.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <fstream>

#include "core/trajectory/journaled_file.h"
#include "sample_run.h"

using namespace sample;
namespace fs = std::filesystem;

namespace {

constexpr int units = 40;

/// In the child: continues (or starts) the run for ever, and tells the parent after each flush how many
/// frames are safe.
[[noreturn]] void runUntilKilled(const fs::path& file, bool append, int report) {
    try {
        H5mdWriter writer(file, append ? H5mdWriter::Mode::Append : H5mdWriter::Mode::Create);
        writer.begin(structure(units));
        std::int64_t next = 0;
        if (append) next = H5mdReader(file).restart().value().frame.step / 10 + 1;
        for (;; ++next) {
            writer.write(frame(next, true, units));
            if (next % 3 != 2) continue;
            writer.writeRestart(restart(next, units));
            if (next % 7 == 0)
                writer.writeManifest(std::string(static_cast<std::size_t>(next % 5000 + 1), 'm'));
            writer.flush();
            const std::int64_t safe = next + 1;
            if (::write(report, &safe, sizeof safe) != sizeof safe) ::_exit(2);
        }
    } catch (const std::exception& error) {
        fprintf(stderr, "child: %s\n", error.what());
        ::_exit(1);
    }
}

}  // namespace

class TestH5mdCrash : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir directory_;
    fs::path at(const char* name) const { return fs::path(directory_.path().toStdString()) / name; }

  private slots:
    void killedRunsLoseNothing() {
        RandomStream random(21);
        std::int64_t frames = 0;
        int hotJournals = 0;
        for (int kill = 0; kill < 60; ++kill) {
            std::array<int, 2> pipe{};
            QVERIFY(::pipe(pipe.data()) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(pipe[0]);
                runUntilKilled(at("killed.h5"), frames > 0, pipe[1]);
            }
            ::close(pipe[1]);
            std::int64_t safe = 0;
            // At least one flush must be over; then the blow falls anywhere, mostly in the middle of writing.
            QCOMPARE(::read(pipe[0], &safe, sizeof safe), static_cast<ssize_t>(sizeof safe));
            ::usleep(static_cast<useconds_t>(random.below(20000)));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));
            std::int64_t later = 0;
            while (::read(pipe[0], &later, sizeof later) == static_cast<ssize_t>(sizeof later))
                safe = later;
            ::close(pipe[0]);

            std::error_code ignored;
            hotJournals += fs::file_size(at("killed.h5.journal"), ignored) > 0;
            const H5mdReader reader(at("killed.h5"));
            frames = static_cast<std::int64_t>(reader.frameCount());
            QVERIFY(frames >= safe);
            // A committed flush that was not reported yet may add one more group of three.
            QVERIFY(frames <= safe + 3);
            for (std::int64_t i = 0; i < frames; ++i) {
                QVERIFY(equal(reader.readFrame(static_cast<std::size_t>(i)), frame(i, true, units)));
            }
            QVERIFY(equal(reader.restart().value(), restart(frames - 1, units)));
        }
        qInfo("%lld frames after 60 kills, %d of them inside a commit", static_cast<long long>(frames),
              hotJournals);
        { H5mdWriter writer(at("killed.h5"), H5mdWriter::Mode::Append); }
        QVERIFY(!fs::exists(at("killed.h5.journal")));
        QCOMPARE(static_cast<std::int64_t>(H5mdReader(at("killed.h5")).frameCount()), frames);
    }

    /// Every moment of copying, not only those a kill happens to hit: torn after any page, file + journal are
    /// whole.
    void everyTornCommitIsRepaired() {
        const fs::path file = at("torn.bin"), journal = at("torn.bin.journal");
        JournaledFile::Identity identity;
        identity.bytes.fill(1);
        const std::vector<unsigned char> before(40000, 1);
        std::vector<unsigned char> after(45000, 2);
        // The identity lies in the first 16 bytes and stays.
        std::fill_n(after.begin(), 16, static_cast<unsigned char>(1));
        {
            JournaledFile first(file, JournaledFile::Mode::Create);
            first.write(0, before.size(), before.data());
            first.commit();
        }
        const pid_t child = ::fork();
        if (child == 0) {
            JournaledFile second(file, JournaledFile::Mode::Update);
            second.setIdentity(identity);
            second.write(0, after.size(), after.data());
            while (!fs::exists(at("go")))
                ::usleep(1000);
            second.commit();
            ::_exit(0);
        }
        // A reader's lock keeps the child from copying, and so it is killed with its journal complete.
        while (!fs::exists(journal))
            ::usleep(1000);
        {
            const JournaledFile watching(file, JournaledFile::Mode::Read);
            const JournaledFile::ReadLock lock(watching);
            std::ofstream(at("go")) << 1;
            while (fs::file_size(journal) < before.size())
                ::usleep(1000);
            ::usleep(200000);
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
        }
        const auto contents = [](JournaledFile& store) {
            std::vector<unsigned char> seen(store.size());
            return store.read(0, seen.size(), seen.data()) ? seen : std::vector<unsigned char>{};
        };
        const fs::path torn = at("copy.bin"), tornJournal = at("copy.bin.journal");
        for (std::size_t pages = 0; pages <= 10; ++pages) {
            const auto restore = [&] {
                fs::copy_file(file, torn, fs::copy_options::overwrite_existing);
                fs::copy_file(journal, tornJournal, fs::copy_options::overwrite_existing);
                std::fstream out(torn, std::ios::in | std::ios::out | std::ios::binary);
                out.write(reinterpret_cast<const char*>(after.data()),
                          static_cast<std::streamsize>(std::min<std::size_t>(pages * 4096, before.size())));
            };
            restore();
            {
                JournaledFile reader(torn, JournaledFile::Mode::Read);
                QVERIFY(contents(reader) == after);
            }
            { JournaledFile writer(torn, JournaledFile::Mode::Update); }
            QVERIFY(!fs::exists(tornJournal));
            JournaledFile repaired(torn, JournaledFile::Mode::Read);
            QVERIFY(contents(repaired) == after);
            // A journal cut short was never committed; one of another file does not belong here.
            restore();
            fs::resize_file(tornJournal, fs::file_size(tornJournal) - 1 - pages);
            JournaledFile cut(torn, JournaledFile::Mode::Read);
            QVERIFY(contents(cut) != after || pages == 10);
            restore();
            std::fstream(torn, std::ios::in | std::ios::out | std::ios::binary).write("other", 5);
            JournaledFile other(torn, JournaledFile::Mode::Read);
            QVERIFY(contents(other).at(0) == 'o');
        }
    }

    void fullDisk() {
        const fs::path file = at("full.h5");
        const pid_t child = ::fork();
        if (child == 0) {
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{1000000, RLIM_INFINITY};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            std::int64_t safe = 0;
            try {
                H5mdWriter writer(file, H5mdWriter::Mode::Create);
                writer.begin(structure(units));
                for (std::int64_t i = 0;; ++i) {
                    writer.write(frame(i, true, units));
                    writer.writeRestart(restart(i, units));
                    writer.flush();
                    safe = i + 1;
                }
            } catch (const IoError& error) {
                const std::string text = error.what();
                const bool named =
                    text.find("full.h5") != std::string::npos && text.find("large") != std::string::npos;
                std::ofstream(at("safe.txt")) << safe << ' ' << named;
                ::_exit(0);
            } catch (...) {
                ::_exit(4);
            }
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        std::int64_t safe = 0;
        bool named = false;
        std::ifstream(at("safe.txt")) >> safe >> named;
        QVERIFY(named);
        QVERIFY(safe > 5);
        const H5mdReader reader(file);
        QCOMPARE(static_cast<std::int64_t>(reader.frameCount()), safe);
        for (std::int64_t i = 0; i < safe; ++i) {
            QVERIFY(equal(reader.readFrame(static_cast<std::size_t>(i)), frame(i, true, units)));
        }
        // With space again, the run goes on.
        H5mdWriter writer(file, H5mdWriter::Mode::Append);
        writer.write(frame(safe, true, units));
        writer.flush();
        QCOMPARE(static_cast<std::int64_t>(H5mdReader(file).frameCount()), safe + 1);
    }
};

QTEST_APPLESS_MAIN(TestH5mdCrash)
#include "test_h5md_crash.moc"
