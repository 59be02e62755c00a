// SPDX-License-Identifier: GPL-3.0-or-later
// Temperature ladders and barriers from the command line.
#include <QFile>
#include <QJsonArray>
#include <QTest>
#include <cmath>

#include "cli_process.h"
#include "core/io/structure_file.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

crystal::Structure fluid() {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(9.0 * Mat3::Identity()));
    for (int i = 0; i < 27; ++i)
        s.append(crystal::Element::fromSymbol(i % 2 == 0 ? "Li" : "O"),
                 3.0 * Vec3(i % 3, (i / 3) % 3, i / 9));
    return s;
}

/// Solid argon without the atom at the origin; atom 1 is a neighbour of the gap.
crystal::Structure argonWithVacancy(double a, int cells) {
    crystal::Structure s;
    s.lattice = crystal::Lattice(Mat3(a * cells * Mat3::Identity()));
    const Vec3 neighbour(0.5 * a, 0.5 * a, 0.0);
    const auto argon = crystal::Element::fromSymbol("Ar");
    s.append(argon, neighbour);
    for (int i = 0; i < cells * cells * cells; ++i) {
        const Vec3 corner = a * Vec3(i % cells, i / cells % cells, i / (cells * cells));
        for (const Vec3& f : {Vec3(0, 0, 0), Vec3(0.5, 0.5, 0), Vec3(0.5, 0, 0.5), Vec3(0, 0.5, 0.5)}) {
            const Vec3 r = corner + a * f;
            if (r.norm() > 1e-9 && (r - neighbour).norm() > 1e-9) s.append(argon, r);
        }
    }
    return s;
}

}  // namespace

class TestCliDynamics : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    QString path(const char* name) const { return folder_.filePath(name); }
    void writePotential(const char* name, const QByteArray& elements) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray text = R"({"architecture": "classical", "name": "lj", "origin": "made up for a test",
                              "licence": "GPL", "cutoff": 4.4, "truncation": "smooth", "smoothing_width": 1.0,
                              "lennard_jones": {"mixing": "lorentz-berthelot", "elements": ELEMENTS}})";
        file.write(text.replace("ELEMENTS", elements));
    }
    QStringList ladder(const char* out) const {
        return {"ladder",
                "--structure",
                path("fluid.extxyz"),
                "--potential",
                path("fluid.json"),
                "--no-relax",
                "--temperatures",
                "1500,2000",
                "--replicas",
                "2",
                "--ps",
                "0.8",
                "--timestep",
                "2",
                "--frame-interval",
                "5",
                "--jobs",
                "2",
                "--threads",
                "2",
                "--json",
                "--out",
                path(out)};
    }

  private slots:
    void initTestCase() {
        io::writeStructure(path("fluid.extxyz").toStdString(), fluid());
        io::writeStructure(path("gap.extxyz").toStdString(), argonWithVacancy(5.35, 3));
        writePotential("fluid.json", R"({"Li": {"epsilon": 0.01, "sigma": 2.3},
                                         "O": {"epsilon": 0.01, "sigma": 2.3}})");
        writePotential("argon.json", R"({"Ar": {"epsilon": 0.0104, "sigma": 3.4}})");
    }

    void ladderFillsAnArrheniusPlot() {
        const auto result = runCli(ladder("ladder"));
        QVERIFY2(result.code == 0, result.err);
        const auto rungs = result.json()["rungs"].toArray();
        QCOMPARE(rungs.size(), 4);
        QStringList files;
        for (const auto rung : rungs) {
            const auto object = rung.toObject();
            QCOMPARE(object["state"].toString(), QString("finished"));
            const auto diffusion = object["summary"].toObject()["diffusion"].toObject();
            QVERIFY(diffusion["coefficient_cm2_per_s"].toDouble() > 0.0);
            files << object["file"].toString();
        }
        const auto fit = runCli(QStringList{"arrhenius", "--mobile", "Li"} + files);
        QVERIFY2(fit.code == 0, fit.err + fit.out);
        // Two temperatures give a line and no error, and it says so.
        QVERIFY2((fit.out + fit.err).contains("two temperatures"), fit.out + fit.err);
        // The same call finds everything done; another protocol is refused.
        QCOMPARE(runCli(ladder("ladder")).json()["rungs"].toArray(), rungs);
        const auto other = runCli(ladder("ladder") << "--thermostat"
                                                   << "langevin");
        QCOMPARE(other.code, 2);
        QVERIFY2(other.isOneErrorLine() && other.err.contains("md/thermostat"), other.err);
    }

    void interruptedLadderContinues() {
        auto arguments = ladder("broken");
        arguments[arguments.indexOf("0.8")] = "8";
        const auto stopped = interruptCli(arguments, path("broken") + "/2000K-1.h5");
        QCOMPARE(stopped.code, 130);
        QVERIFY2(stopped.err.contains("Repeat the command"), stopped.err);
        const auto result = runCli(arguments);
        QVERIFY2(result.code == 0, result.err);
        for (const auto rung : result.json()["rungs"].toArray())
            QVERIFY(std::abs(rung.toObject()["summary"].toObject()["simulated_ps"].toDouble() - 8.0) < 1e-9);
    }

    void vacancyHopIsSymmetric() {
        const QStringList hop{"neb",         path("gap.extxyz"),  "--atom",   "1", "--to",   "0,0,0",
                              "--potential", path("argon.json"),  "--images", "5", "--fmax", "0.01",
                              "--out",       path("path.extxyz"), "--json"};
        const auto result = runCli(hop);
        QVERIFY2(result.code == 0, result.err);
        const auto json = result.json();
        const double forward = json["forward_barrier_eV"].toDouble();
        QVERIFY(json["converged"].toBool() && json["climbed"].toBool());
        QVERIFY(forward > 0.02 && forward < 0.2);
        QVERIFY(std::abs(forward - json["backward_barrier_eV"].toDouble()) < 1e-4);
        const auto images = io::readStructures(path("path.extxyz").toStdString());
        QCOMPARE(images.size(), std::size_t(7));
        const Vec3 moved = images.back().structure.position(0) - images.front().structure.position(0);
        QVERIFY(std::abs(images[0].structure.lattice.minimumImage(moved).norm() - 5.35 / std::sqrt(2.0)) <
                0.3);
        const auto unfinished = runCli(hop + QStringList{"--steps", "1"});
        QCOMPARE(unfinished.code, 3);
        QVERIFY2(unfinished.err.contains("give more --steps"), unfinished.err);
    }

    void badInputIsOneLine() {
        for (const auto& arguments :
             {QStringList{"neb", path("gap.extxyz"), "--potential", path("argon.json")},
              QStringList{"neb", path("gap.extxyz"), "--atom", "1000", "--to", "0,0,0", "--potential",
                          path("argon.json")},
              QStringList{"neb", path("gap.extxyz"), path("fluid.extxyz"), "--potential", path("argon.json")},
              QStringList{"ladder", "--structure", path("fluid.extxyz"), "--potential", path("fluid.json"),
                          "--temperatures", "1000,1000"}}) {
            const auto result = runCli(arguments);
            QVERIFY2(result.code == 2, arguments.join(' ').toUtf8() + result.err);
            QVERIFY2(result.isOneErrorLine(), result.err);
        }
    }
};

QTEST_GUILESS_MAIN(TestCliDynamics)
#include "test_cli_dynamics.moc"
