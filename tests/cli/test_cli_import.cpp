// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli on trajectories of other programs: what it asks for, what it finds, what it converts.
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "cli_process.h"
#include "core/base/random.h"
#include "core/io/structure_file.h"
#include "core/trajectory/open_trajectory.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

/// Random walks of lithium in a rigid framework with types instead of elements; positions wrapped.
QByteArray walkingDump(int frames, double step) {
    RandomStream random(4);
    std::vector<Vec3> positions;
    for (int i = 0; i < 8; ++i)
        positions.emplace_back(2.5 * (i % 2), 2.5 * (i / 2 % 2), 2.5 * (i / 4));
    QByteArray text;
    for (int t = 0; t < frames; ++t) {
        text += QByteArray("ITEM: TIMESTEP\n") + QByteArray::number(100 * t) +
                "\nITEM: NUMBER OF ATOMS\n8\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n0 5\nITEM: ATOMS id type x "
                "y z\n";
        for (int i = 0; i < 8; ++i) {
            const bool lithium = i < 4;
            text += QByteArray::number(i + 1) + (lithium ? " 1" : " 2");
            for (int axis = 0; axis < 3; ++axis) {
                double& x = positions[static_cast<std::size_t>(i)][axis];
                if (lithium && t > 0) x += step * random.normal();
                text += ' ' + QByteArray::number(x - 5.0 * std::floor(x / 5.0), 'f', 9);
            }
            text += '\n';
        }
    }
    return text;
}

}  // namespace

class TestCliImport : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    QString write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(text);
        return path(name);
    }

  private slots:
    void analyzeAsksByOption() {
        const QString file = write("walk.dump", walkingDump(10, 0.1));
        const auto r = runCli({"analyze", file});
        QCOMPARE(r.code, 2);
        QVERIFY(r.isOneErrorLine());
        QVERIFY(r.err.contains("--types") && r.err.contains("--timestep-fs"));
        const auto wrong = runCli({"analyze", file, "--types", "Li,Xx", "--timestep-fs", "1"});
        QCOMPARE(wrong.code, 2);
        QVERIFY(wrong.err.contains("'Xx'"));
    }

    void analyzeFindsTheDiffusionOfTheWalk() {
        const double step = 0.3;
        const QString file = write("long.dump", walkingDump(3000, step));
        const auto r = runCli(
            {"analyze", file, "--types", "Li,O", "--timestep-fs", "0.2", "--temperature", "1000", "--json"});
        QCOMPARE(r.code, 0);
        const QJsonObject json = r.json();
        QCOMPARE(json["formula"].toString(), QString("LiO"));
        QVERIFY(std::abs(json["simulated_ps"].toDouble() - 59.98) < 1e-9);
        const QJsonObject d = json["diffusion"].toObject();
        // ⟨Δr²⟩ = 3 step² in 20 fs; D = MSD/6t.
        const double truth = 3.0 * step * step / (6.0 * 20.0) * 0.1;
        const double found = d["coefficient_cm2_per_s"].toDouble(), error = d["error_cm2_per_s"].toDouble();
        QVERIFY2(std::abs(found - truth) < 4.0 * error && error < 0.5 * truth,
                 qPrintable(QString("%1 ± %2, true %3").arg(found).arg(error).arg(truth)));
        QVERIFY(json["conductivity_mS_per_cm"].toDouble() > 0.0);
        QVERIFY(!json["notes"].toArray().isEmpty());  // that positions were wrapped
    }

    void convertKeepsTheMotion() {
        const QString file = write("walk.dump", walkingDump(30, 0.1));
        const QString out = path("walk.h5");
        const auto r = runCli({"convert", file, out, "--types", "Li,O", "--timestep-fs", "0.2", "--json"});
        QVERIFY2(r.code == 0, r.err.constData());
        QCOMPARE(r.json()["frames"].toInt(), 30);
        const auto again = runCli({"convert", file, out, "--types", "Li,O", "--timestep-fs", "0.2"});
        QCOMPARE(again.code, 2);
        QVERIFY(again.err.contains("exists already"));
        QVERIFY(runCli({"convert", out, path("walk.xyz")}).code == 0);
        QVERIFY(runCli({"convert", path("walk.xyz"), path("XDATCAR"), "--stride", "2"}).code == 0);
        io::ImportOptions options;
        options.timestepFs = 1.0;
        trajectory::Frame a, b;
        const auto first = trajectory::openTrajectory(out.toStdString());
        const auto last = trajectory::openTrajectory(path("XDATCAR").toStdString(), options);
        VectorField a0, b0;
        for (int t = 0; last->next(b); ++t) {
            QVERIFY(first->next(a));
            if (t == 0) {
                a0 = a.positions;
                b0 = b.positions;
            }
            QVERIFY(((a.positions - a0) - (b.positions - b0)).cwiseAbs().maxCoeff() < 1e-6);
            first->next(a);
        }
    }

    void convertTakesOneFrameOrAStructure() {
        const QString file = write("walk.dump", walkingDump(5, 0.1));
        const QStringList answers{"--types", "Li,O", "--timestep-fs", "1"};
        const auto refused = runCli(QStringList{"convert", file, path("one.cif")} + answers);
        QCOMPARE(refused.code, 2);
        QVERIFY(refused.err.contains("--frame"));
        QCOMPARE(runCli(QStringList{"convert", file, path("one.vasp"), "--frame", "-1"} + answers).code, 0);
        QCOMPARE(io::readStructure(path("one.vasp").toStdString()).formula(), std::string("LiO"));
        QCOMPARE(runCli({"convert", path("one.vasp"), path("one.cif")}).code, 0);
        QCOMPARE(io::readStructure(path("one.cif").toStdString()).size(), std::size_t{8});
        const auto beyond = runCli(QStringList{"convert", file, path("x.cif"), "--frame", "5"} + answers);
        QCOMPARE(beyond.code, 2);
        QVERIFY(beyond.err.contains("5 frames"));
    }

    void damagedFilesAreUsedOnRequest() {
        QByteArray text = walkingDump(50, 0.1);
        text.truncate(text.size() - 40);
        const QString file = write("cut.dump", text);
        const QStringList answers{"--types", "Li,O", "--timestep-fs", "0.2", "--json"};
        const auto refused = runCli(QStringList{"analyze", file} + answers);
        QCOMPARE(refused.code, 2);
        QVERIFY2(refused.err.contains("cut.dump:"), refused.err.constData());
        const auto kept = runCli(QStringList{"analyze", file, "--keep-good"} + answers);
        QCOMPARE(kept.code, 0);
        QCOMPARE(kept.json()["steps"].toInt(), 4800);
    }
};

QTEST_GUILESS_MAIN(TestCliImport)
#include "test_cli_import.moc"
