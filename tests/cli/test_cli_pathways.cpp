// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli pathways: what it prints, what it writes, what it refuses.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "cli_process.h"
#include "core/io/cif.h"
#include "core/trajectory/h5md.h"
#include "tests/transport/channel_run.h"

using namespace ionscape;
using namespace ionscape::testing;

class TestCliPathways : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        const auto run = channelRun(5, 8, 3000);
        trajectory::H5mdWriter writer(path("run.h5").toStdString(), trajectory::H5mdWriter::Mode::Create);
        writer.begin(run.initial);
        for (const auto& frame : run.frames)
            writer.write(frame);
        writer.flush();
    }

    void jsonHoldsTheAnalysis() {
        const auto r = runCli({"pathways", path("run.h5"), "--json", "--out", path("out")});
        QCOMPARE(r.code, 0);
        const auto json = r.json();
        QCOMPARE(json["ions"].toInt(), 8);
        QCOMPARE(json["frames"].toInt(), 3000);
        QCOMPARE(json["temperature_K"].toDouble(), 800.0);
        QCOMPARE(json["sites"].toArray().size(), 2);
        QVERIFY(std::abs(json["paths"]["a"]["barrier_eV"].toDouble() - 0.19) < 0.03);
        QVERIFY(json["paths"]["b"].isNull());
        QVERIFY(json["percolation"]["dimension_energy_eV"]["2"].isNull());
        const double diffusivity = json["diffusion"]["jump_diffusivity_cm2_per_s"].toDouble();
        QVERIFY(std::abs(diffusivity - 1.0417e-4) < 1.5e-5);
        // The tables hold the same numbers.
        const auto table = lines("out/sites.csv");
        QCOMPARE(table.size(), 3);
        QVERIFY(table[0].contains("amplitude (Å)"));
        QCOMPARE(lines("out/hops.csv").size(), json["hops"].toArray().size() + 1);
        QCOMPARE(lines("out/jumps.csv").size(), json["diffusion"]["jumps"].toInt() + 1);
        QCOMPARE(lines("out/path_a.csv").size(), json["paths"]["a"]["points"].toArray().size() + 1);
        QVERIFY(!QFile::exists(path("out/path_b.csv")));
        for (const char* name :
             {"CHGCAR_Li", "Li_density.cube", "pathways.json", "jump_types.csv", "hop_paths.csv"})
            QVERIFY2(QFile(path("out/") + name).size() > 100, name);
        const auto crystal = io::readCifCrystal(path("out/sites.cif").toStdString());
        QCOMPARE(crystal.sites.size(), std::size_t(4));  // two sites of Li and two O
    }

    void textIsForPeople() {
        const auto r = runCli({"pathways", path("run.h5"), "--smoothing", "0.3"});
        QCOMPARE(r.code, 0);
        const QString text = QString::fromUtf8(r.out);
        QVERIFY(text.contains("8 Li, 3000 frames of 20 fs, 800 K"));
        QVERIFY(text.contains("sites: 2"));
        QVERIFY(text.contains("along b: none"));
        QVERIFY(text.contains("connected in 1 dimension from"));
    }

    void knownSitesComeFromACif() {
        // The sites that the first analysis wrote, with its framework, are known sites of the second.
        const auto r = runCli({"pathways", path("run.h5"), "--json", "--sites", path("out/sites.cif")});
        QCOMPARE(r.code, 0);
        const auto sites = r.json()["sites"].toArray();
        QCOMPARE(sites.size(), 2);
        QCOMPARE(sites[0].toObject()["label"].toString(), QString("Li1"));
        QVERIFY(std::abs(sites[0].toObject()["occupancy"].toDouble() - 4.0) < 0.5);
    }

    void badInputIsNamed() {
        const auto refused = [&](const QStringList& more, const char* words) {
            const auto r = runCli(QStringList{"pathways"} + more);
            return r.code == 2 && r.isOneErrorLine() && r.err.contains(words);
        };
        QVERIFY(refused({path("none.h5")}, "none.h5"));
        QVERIFY(refused({path("run.h5"), "--mobile", "Na"}, "holds no Na"));
        QVERIFY(refused({path("run.h5"), "--resolution", "0"}, "--resolution"));
        QVERIFY(refused({path("run.h5"), "--resolution", "1e-5"}, "too fine"));
        QVERIFY(refused({path("run.h5"), "--smoothing", "99"}, "smoothing"));
        QVERIFY(refused({path("run.h5"), "--min-occupancy", "50"}, "lower the smallest occupancy"));
        QVERIFY(refused({path("run.h5"), "--reach", "1"}, "--sites"));
        QCOMPARE(runCli({"pathways", path("run.h5"), "--out", path("run.h5")}).code, 3);
    }

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QStringList lines(const QString& name) const {
        QFile file(path(name));
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QString::fromUtf8(file.readAll()).trimmed().split('\n');
    }
    QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(TestCliPathways)
#include "test_cli_pathways.moc"
