// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli analyze --out and arrhenius on random walks whose activation energy is known.
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "cli_process.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/trajectory/h5md.h"

using namespace ionscape;
using namespace ionscape::testing;

namespace {

constexpr double energy = 0.2, prefactor = 1e-3;

double diffusionAt(double temperature) {
    return prefactor * std::exp(-energy / (units::boltzmann * temperature));
}

/// Lithium that walks at random beside oxygen at rest; frames 100 fs apart.
void writeWalk(const QString& file, double temperature, int frames, std::uint64_t seed) {
    constexpr int lithium = 40;
    crystal::Structure structure;
    structure.lattice = crystal::Lattice(Mat3(12.0 * Mat3::Identity()));
    for (int i = 0; i < lithium; ++i)
        structure.append(crystal::Element::fromSymbol("Li"),
                         2.0 * Vec3(i % 5, i / 5 % 4, i / 20) + Vec3(1, 1, 1));
    for (int i = 0; i < 8; ++i)
        structure.append(crystal::Element::fromSymbol("O"), 6.0 * Vec3(i & 1, i >> 1 & 1, i >> 2));
    trajectory::H5mdWriter writer(file.toStdString(), trajectory::H5mdWriter::Mode::Create);
    writer.begin(structure);
    trajectory::Frame frame;
    frame.lattice = structure.lattice;
    frame.positions = structure.positions;
    frame.temperature = temperature;
    const double sigma = std::sqrt(2.0 * 100.0 * diffusionAt(temperature) / units::angstrom2PerFsInCm2PerS);
    RandomStream random(seed);
    for (int f = 0; f < frames; ++f) {
        frame.step = f;
        frame.timeFs = 100.0 * f;
        writer.write(frame);
        for (Eigen::Index k = 0; k < 3 * lithium; ++k)
            frame.positions.data()[k] += sigma * random.normal();
    }
    writer.flush();
}

QStringList linesOf(const QString& file) {
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()).split('\n', Qt::SkipEmptyParts)
                                        : QStringList{};
}

}  // namespace

class TestCliTransport : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QVERIFY(folder_.isValid());
        int seed = 1;
        for (const int temperature : {700, 850, 1000, 1200})
            writeWalk(path(QString("%1.h5").arg(temperature)), temperature, 600,
                      static_cast<std::uint64_t>(seed++));
        writeWalk(path("again.h5"), 1000.0, 600, 9);
        writeWalk(path("short.h5"), 1000.0, 4, 9);
    }

    void tablesOfARun() {
        const auto r = runCli({"analyze", path("1000.h5"), "--out", path("tables"), "--json"});
        QCOMPARE(r.code, 0);
        const auto d = r.json()["diffusion"].toObject();
        const auto haven = r.json()["haven_ratio"].toObject();
        QVERIFY(d["lower95_cm2_per_s"].toDouble() < d["coefficient_cm2_per_s"].toDouble());
        QVERIFY(d["error_walkers_cm2_per_s"].toDouble() > 0.0);
        QVERIFY(std::abs(d["coefficient_cm2_per_s"].toDouble() - diffusionAt(1000.0)) <
                4.0 * d["error_cm2_per_s"].toDouble());
        QVERIFY(haven["lower95"].toDouble() < haven["value"].toDouble());
        QVERIFY(std::abs(r.json()["conductivity_mS_per_cm"].toDouble() /
                             r.json()["collective_conductivity_mS_per_cm"].toDouble() -
                         haven["value"].toDouble()) < 1e-6);
        const QStringList msd = linesOf(path("tables/msd.csv"));
        QCOMPARE(msd.size(), 601);
        QVERIFY(msd[0].startsWith("lag_ps,msd_Li_A2,msd_O_A2,collective_Li_xyz_A2,msd_Li_x_A2"));
        const QStringList headings = msd[0].split(','), row = msd[101].split(',');
        QCOMPARE(row.size(), headings.size());
        QCOMPARE(row[0].toDouble(), 10.0);
        const auto column = [&](const char* name) { return row[headings.indexOf(name)].toDouble(); };
        // The cell is cubic: axes add up, and a is x.
        QVERIFY(std::abs(column("msd_Li_x_A2") + column("msd_Li_yz_A2") - column("msd_Li_A2")) < 1e-5);
        QCOMPARE(column("msd_Li_a_A2"), column("msd_Li_x_A2"));
        for (const char* name :
             {"diffusion.csv", "moments.csv", "vanhove_self.csv", "vanhove_distinct.csv", "displacements.csv",
              "rdf.csv", "bonds.csv", "coordination.csv", "spectrum.csv", "vibration.csv", "summary.json"})
            QVERIFY2(
                linesOf(path(QString("tables/") + name)).size() >= (QString(name) == "bonds.csv" ? 1 : 2),
                name);
        QCOMPARE(linesOf(path("tables/displacements.csv")).size(), 41);
        QVERIFY(linesOf(path("tables/rdf.csv"))[0].startsWith("r_A,g_Li-Li,n_Li-Li,g_Li-O,n_Li-O"));
    }

    void ladderGivesItsActivationEnergy() {
        const auto r = runCli({"arrhenius", path("700.h5"), path("850.h5"), path("1000.h5"), path("again.h5"),
                               path("1200.h5"), "--json"});
        QCOMPARE(r.code, 0);
        const auto fit = r.json()["diffusion"].toObject();
        QCOMPARE(fit["points"].toArray().size(), 4);
        QCOMPARE(fit["points"].toArray()[2].toObject()["replicas"].toInt(), 2);
        QVERIFY(std::abs(fit["activation_energy_eV"].toDouble() - energy) <
                4.0 * fit["activation_energy_error_eV"].toDouble());
        const auto room = fit["extrapolated"].toObject();
        QCOMPARE(room["temperature_K"].toDouble(), 300.0);
        QVERIFY(room["lower95"].toDouble() < room["upper95"].toDouble());
        QVERIFY(fit["vtf"].toObject().contains("verdict"));
        const auto text =
            runCli({"arrhenius", path("700.h5"), path("850.h5"), path("1000.h5"), "--at", "350"});
        QCOMPARE(text.code, 0);
        QVERIFY(text.out.contains("E_a from D"));
        QVERIFY(text.out.contains("350 K"));
    }

    void twoTemperaturesAndOne() {
        const auto two = runCli({"arrhenius", path("700.h5"), path("1000.h5")});
        QCOMPARE(two.code, 0);
        QVERIFY(two.out.contains("no error"));
        QVERIFY(two.out.contains("two temperatures"));
        const auto one = runCli({"arrhenius", path("1000.h5"), path("again.h5")});
        QCOMPARE(one.code, 2);
        QVERIFY(one.isOneErrorLine());
        QVERIFY(one.err.contains("two temperatures"));
    }

    void shortRunsAreRefused() {
        const auto ladder = runCli({"arrhenius", path("700.h5"), path("short.h5")});
        QCOMPARE(ladder.code, 2);
        QVERIFY(ladder.err.contains("short.h5"));
        const auto tables = runCli({"analyze", path("short.h5"), "--out", path("none")});
        QCOMPARE(tables.code, 2);
        QVERIFY(!QFile::exists(path("none")));
    }

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(TestCliTransport)
#include "test_cli_transport.moc"
