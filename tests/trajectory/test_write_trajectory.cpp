// SPDX-License-Identifier: GPL-3.0-or-later
// What is written in any format is the same motion when read again.
#include <QTest>

#include "core/trajectory/write_trajectory.h"
#include "moving_ions_text.h"

using namespace moving;

namespace {

class CountingProgress final : public ProgressSink {
  public:
    void report(std::string_view, std::int64_t done, std::int64_t total, std::string_view) override {
        sound = sound && done >= 0 && done <= total;
        ++calls;
    }
    int calls = 0;
    bool sound = true;
};

}  // namespace

class TestWriteTrajectory : public QObject {
    Q_OBJECT

  private:
    Folder folder_;
    NoProgress silent_;

  private slots:
    void everyFormatKeepsTheMotion_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("breathes");
        for (const char* name : {"out.h5", "out.xyz", "XDATCAR_out"}) {
            for (const bool breathes : {false, true})
                QTest::addRow("%s%s", name, breathes ? " NPT" : "") << name << breathes;
        }
    }
    void everyFormatKeepsTheMotion() {
        QFETCH(QString, name);
        QFETCH(bool, breathes);
        const auto in = folder_.write("in.xyz", extxyz(40, breathes, true));
        const auto out = folder_.path(name.toStdString());
        CountingProgress progress;
        const auto source = openTrajectory(in);
        QCOMPARE(writeTrajectory(*source, out, {1, true}, {}, progress), std::size_t{40});
        QVERIFY(progress.calls > 0 && progress.sound);
        io::ImportOptions options;
        options.timestepFs = 20.0;
        const auto back = openTrajectory(out, options);
        QCOMPARE(back->initial().formula(), std::string("Li2ZrO2"));
        const auto frames = readAll(*back);
        QCOMPARE(frames.size(), std::size_t{40});
        // XDATCAR has ten decimals.
        QVERIFY2(deviation(frames, breathes) < 1e-8,
                 qPrintable(QString::number(deviation(frames, breathes))));
        QVERIFY(std::abs(frames[5].timeFs - frames[1].timeFs - 80.0) < 1e-9);
        if (name.startsWith("XDATCAR")) return;
        QCOMPARE(frames[6].potentialEnergy, -7.5);
        QCOMPARE(frames[6].temperature, 900.0);
    }

    void strideAndExistingFiles() {
        const auto in = folder_.write("in.xyz", extxyz(40, false, true));
        const auto out = folder_.path("thin.xyz");
        QCOMPARE(writeTrajectory(*openTrajectory(in), out, {2, false}, {}, silent_), std::size_t{20});
        const auto frames = readAll(out);
        QVERIFY(deviation(frames, false, 2) < 1e-9);
        QVERIFY_THROWS_EXCEPTION(InputError, writeTrajectory(*openTrajectory(in), out, {}, {}, silent_));
        QVERIFY_THROWS_EXCEPTION(
            InputError, writeTrajectory(*openTrajectory(in), folder_.path("a.cif"), {}, {}, silent_));
        QVERIFY(!canWriteTrajectory("a.dump") && canWriteTrajectory("XDATCAR"));
    }

    void stoppedAndFailedTextsLeaveNothing() {
        const auto in = folder_.write("in.xyz", extxyz(40, false, true));
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, writeTrajectory(*openTrajectory(in), folder_.path("none.xyz"), {},
                                                            stopped.get_token(), silent_));
        QVERIFY(!std::filesystem::exists(folder_.path("none.xyz")));
        const auto damaged = folder_.write("damaged.xyz", extxyz(4, false, true) + "5\nnonsense\n");
        QVERIFY_THROWS_EXCEPTION(
            IoError, writeTrajectory(*openTrajectory(damaged), folder_.path("none.xyz"), {}, {}, silent_));
        QVERIFY(!std::filesystem::exists(folder_.path("none.xyz")));
    }
};

QTEST_APPLESS_MAIN(TestWriteTrajectory)
#include "test_write_trajectory.moc"
