// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that grow row by row: what goes in comes out, also after a kill in the middle of writing.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/trajectory/table_file.h"

using namespace ionscape;
using namespace ionscape::trajectory;
namespace fs = std::filesystem;
using Kind = TableColumn::Kind;

namespace {

const std::vector<TableColumn> columns{{"name", Kind::Text, "", "what it is called", 8},
                                       {"energy", Kind::Number, "eV", "of the cell"},
                                       {"steps", Kind::Integer, "", "of the relaxation"},
                                       {"curve", Kind::List, "Angstrom+2", "of displacements"}};

/// Row i, whose list has i % 5 entries.
std::vector<TableValue> row(std::int64_t i) {
    std::vector<float> list(static_cast<std::size_t>(i % 5), static_cast<float>(i));
    return {std::string("row ") + std::to_string(i), 0.5 * static_cast<double>(i), i, list};
}

bool holdsRows(const TableFile& table) {
    const auto names = table.texts("name");
    const auto energies = table.numbers("energy");
    const auto steps = table.integers("steps");
    const auto lists = table.lists("curve");
    if (names.size() != table.rows() || energies.size() != table.rows() || steps.size() != table.rows() ||
        lists.size() != table.rows())
        return false;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        const auto n = static_cast<std::int64_t>(i);
        const auto expected = row(n);
        if (names[i] != std::get<std::string>(expected[0]).substr(0, 8) ||
            energies[i] != std::get<double>(expected[1]) || steps[i] != n ||
            lists[i] != std::get<std::vector<float>>(expected[3]) || table.list("curve", i) != lists[i])
            return false;
    }
    return true;
}

}  // namespace

class TestTableFile : public QObject {
    Q_OBJECT

    QTemporaryDir directory_;
    fs::path at(const char* name) const { return fs::path(directory_.path().toStdString()) / name; }

  private slots:
    void rowsComeBack() {
        TableFile::create(at("a.h5"), columns);
        for (std::int64_t i = 0; i < 12; ++i) {
            // Reopened for every row, as workers do.
            TableFile(at("a.h5"), TableFile::Mode::Update).append(row(i));
        }
        const TableFile table(at("a.h5"), TableFile::Mode::Read);
        QCOMPARE(table.rows(), std::size_t(12));
        QVERIFY(holdsRows(table));
        QCOMPARE(table.columns()[1].unit, std::string("eV"));
        QCOMPARE(table.columns()[3].meaning, std::string("of displacements"));
        QVERIFY(table.columns()[3].kind == Kind::List);
    }

    void missingNumbersAndLongTexts() {
        TableFile::create(at("b.h5"), columns);
        TableFile table(at("b.h5"), TableFile::Mode::Update);
        // The ninth byte lies inside the second "Å": it is left out whole.
        table.append({std::string("ÅÅabcÅÅ"), std::numeric_limits<double>::quiet_NaN(), std::int64_t{-1},
                      std::vector<float>()});
        QCOMPARE(table.texts("name").front(), std::string("ÅÅabc"));
        QVERIFY(std::isnan(table.numbers("energy").front()));
        table.setText("spec", std::string(100000, 'x'));
        table.setText("spec", "{}");
        QCOMPARE(TableFile(at("b.h5"), TableFile::Mode::Read).text("spec"), std::string("{}"));
        QCOMPARE(table.text("nothing"), std::string());
    }

    void compressedAndBack() {
        TableFile::create(at("open.h5"), columns, {{"spec", "{}"}, {"lags", "1 2 3"}});
        {
            TableFile table(at("open.h5"), TableFile::Mode::Update);
            QVERIFY(table.storage() == TableFile::Storage::Growing);
            std::vector<std::vector<TableValue>> rows;
            for (std::int64_t i = 0; i < 2500; ++i)
                rows.push_back(row(i));
            table.appendRows(rows);
        }
        TableFile::rewrite(at("open.h5"), at("small.h5"), TableFile::Storage::Compact);
        QVERIFY(4 * fs::file_size(at("small.h5")) < fs::file_size(at("open.h5")));
        fs::copy_file(at("small.h5"), at("again.h5"));
        TableFile::rewrite(at("again.h5"), at("again.h5"), TableFile::Storage::Growing);
        for (const char* name : {"small.h5", "again.h5"}) {
            // Both go on.
            TableFile(at(name), TableFile::Mode::Update).append(row(2500));
            const TableFile table(at(name), TableFile::Mode::Read);
            QVERIFY((table.storage() == TableFile::Storage::Compact) == (name == std::string("small.h5")));
            QCOMPARE(table.rows(), std::size_t(2501));
            QVERIFY(holdsRows(table));
            QCOMPARE(table.columns()[1].unit, std::string("eV"));
            QCOMPARE(table.text("spec") + table.text("lags"), std::string("{}1 2 3"));
        }
        TableFile::create(at("empty.h5"), columns);
        TableFile::rewrite(at("empty.h5"), at("empty.h5"), TableFile::Storage::Compact);
        QCOMPARE(TableFile(at("empty.h5"), TableFile::Mode::Read).rows(), std::size_t(0));
    }

    void wrongRowsAreRefusedWhole() {
        TableFile::create(at("c.h5"), columns);
        TableFile table(at("c.h5"), TableFile::Mode::Update);
        QVERIFY_EXCEPTION_THROWN(table.append({std::string("x")}), InputError);
        auto wrong = row(1);
        wrong[3] = 1.0;
        QVERIFY_EXCEPTION_THROWN(table.append(wrong), InputError);
        QCOMPARE(table.rows(), std::size_t(0));
        table.append(row(0));
        QVERIFY(holdsRows(table));
        QVERIFY_EXCEPTION_THROWN(table.numbers("name"), IoError);
        QVERIFY_EXCEPTION_THROWN(table.numbers("volume"), IoError);
    }

    void otherFilesAreRefused() {
        std::ofstream(at("text.h5")) << "no table";
        QVERIFY_EXCEPTION_THROWN(TableFile(at("text.h5"), TableFile::Mode::Read), IoError);
        QVERIFY_EXCEPTION_THROWN(TableFile(at("absent.h5"), TableFile::Mode::Read), IoError);
        TableFile::create(at("d.h5"), columns);
        QVERIFY_EXCEPTION_THROWN(TableFile::create(at("d.h5"), columns), IoError);
    }

    void damagedFilesNeverCrash() {
        TableFile::create(at("e.h5"), columns);
        for (std::int64_t i = 0; i < 4; ++i)
            TableFile(at("e.h5"), TableFile::Mode::Update).append(row(i));
        std::ifstream in(at("e.h5"), std::ios::binary);
        const std::string whole((std::istreambuf_iterator<char>(in)), {});
        RandomStream random(7);
        int refused = 0;
        for (int i = 0; i < 150; ++i) {
            std::string broken = whole;
            for (int k = 0; k < 8; ++k)
                broken[random.below(std::min<std::size_t>(broken.size(), 20000))] =
                    static_cast<char>(random.below(256));
            if (i % 3 == 0) broken.resize(random.below(broken.size()));
            std::ofstream(at("broken.h5"), std::ios::binary) << broken;
            try {
                const TableFile table(at("broken.h5"), TableFile::Mode::Read);
                holdsRows(table);
            } catch (const IoError&) {
                ++refused;
            }
        }
        QVERIFY(refused > 20);
    }

    void killedCreatorsLeaveAllOrNothing() {
        RandomStream random(4);
        const TableFile::Texts texts{{"first", "one"}, {"last", std::string(5000, 'x')}};
        QElapsedTimer timer;
        timer.start();
        TableFile::create(at("timed.h5"), columns, texts);
        const auto usual = static_cast<std::uint64_t>(timer.nsecsElapsed() / 1000);
        int absent = 0, whole = 0;
        for (int kill = 0; kill < 40; ++kill) {
            const auto file = at(qPrintable(QString("created%1.h5").arg(kill)));
            std::array<int, 2> pipe{};
            QVERIFY(::pipe(pipe.data()) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                const char begun = 1;
                if (::write(pipe[1], &begun, 1) != 1) ::_exit(2);
                TableFile::create(file, columns, texts);
                for (;;)
                    ::pause();
            }
            char begun = 0;
            QCOMPARE(::read(pipe[0], &begun, 1), static_cast<ssize_t>(1));
            ::close(pipe[0]);
            ::close(pipe[1]);
            ::usleep(static_cast<useconds_t>(random.below(3 * usual)));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            if (!std::filesystem::exists(file)) {
                ++absent;
                TableFile::create(file, columns, texts);
            } else {
                ++whole;
            }
            const TableFile table(file, TableFile::Mode::Update);
            QCOMPARE(table.rows(), std::size_t(0));
            for (const auto& [name, text] : texts)
                QCOMPARE(table.text(name), text);
        }
        QVERIFY2(absent > 0 && whole > 0, qPrintable(QString("%1 absent, %2 whole").arg(absent).arg(whole)));
    }

    void killedWritersLoseNoRow() {
        RandomStream random(3);
        TableFile::create(at("killed.h5"), columns);
        std::size_t rows = 0;
        for (int kill = 0; kill < 25; ++kill) {
            std::array<int, 2> pipe{};
            QVERIFY(::pipe(pipe.data()) == 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(pipe[0]);
                for (;;) {
                    TableFile table(at("killed.h5"), TableFile::Mode::Update);
                    table.append(row(static_cast<std::int64_t>(table.rows())));
                    const std::size_t safe = table.rows();
                    if (::write(pipe[1], &safe, sizeof safe) != sizeof safe) ::_exit(2);
                }
            }
            ::close(pipe[1]);
            std::size_t safe = 0, later = 0;
            QCOMPARE(::read(pipe[0], &safe, sizeof safe), static_cast<ssize_t>(sizeof safe));
            ::usleep(static_cast<useconds_t>(random.below(20000)));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFSIGNALED(status));
            while (::read(pipe[0], &later, sizeof later) == static_cast<ssize_t>(sizeof later))
                safe = later;
            ::close(pipe[0]);
            const TableFile table(at("killed.h5"), TableFile::Mode::Read);
            QVERIFY(table.rows() >= safe && table.rows() > rows);
            QVERIFY(holdsRows(table));
            rows = table.rows();
        }
    }
};

QTEST_APPLESS_MAIN(TestTableFile)
#include "test_table_file.moc"
