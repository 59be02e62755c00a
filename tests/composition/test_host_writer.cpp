// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped host survives writing and reading.
#include <QDir>
#include <QTest>

#include "core/base/error.h"
#include "core/composition/host_writer.h"
#include "core/composition/symmetry_operation.h"

using namespace ionscape;
using namespace ionscape::composition;

class TestHostWriter : public QObject {
    Q_OBJECT

  private slots:
    void roundTrip_data() {
        QTest::addColumn<QString>("file");
        for (const QString& file : QDir(IONSCAPE_RESOURCES "/hosts").entryList({"*.json"}))
            QTest::newRow(qPrintable(file)) << QString(IONSCAPE_RESOURCES "/hosts/") + file;
    }
    void roundTrip() {
        QFETCH(QString, file);
        const Host host = loadHost(file.toStdString());
        const QTemporaryDir folder;
        const std::string copy = folder.filePath("copy.json").toStdString();
        writeHost(copy, host);
        const Host back = loadHost(copy);
        QCOMPARE(hostText(back), hostText(host));
        QCOMPARE(back.sublattices.size(), host.sublattices.size());
        for (std::size_t s = 0; s < host.sublattices.size(); ++s) {
            const Sublattice &a = host.sublattices[s], &b = back.sublattices[s];
            QVERIFY(a.name == b.name && a.kind == b.kind && a.amounts == b.amounts);
            QVERIFY(a.defaultCounts == b.defaultCounts && a.minimumDistance == b.minimumDistance);
            QVERIFY(a.capacity == b.capacity && a.species.size() == b.species.size());
        }
        const auto one = host.primitiveCell(), two = back.primitiveCell();
        QVERIFY(one.elements == two.elements && one.siteLabels == two.siteLabels);
        QVERIFY((one.positions - two.positions).cwiseAbs().maxCoeff() < 1e-5);
        QVERIFY(back.supercellMatrix == host.supercellMatrix);
        QCOMPARE(back.protocol.temperature, host.protocol.temperature);
    }

    void operationsAreWritten() {
        for (const char* triplet : {"x,y,z", "-y,x-y,z+1/3", "y+1/4,-x+3/4,z+5/6", "-z,-x+1/2,y"})
            QCOMPARE(operationText(parseOperation(triplet)), std::string(triplet));
        Host::Operation odd = parseOperation("x,y,z");
        odd.translation[0] = 0.123;
        QVERIFY_EXCEPTION_THROWN(operationText(odd), InputError);
    }

    void textIsEscapedAndChecked() {
        Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
        host.title = "a \"quoted\" title\n\xE2\x82\x82";
        const QTemporaryDir folder;
        const std::string file = folder.filePath("a.json").toStdString();
        writeHost(file, host);
        QCOMPARE(loadHost(file).title, host.title);
        host.asymmetricSites[3].sublattice = "Q";
        QVERIFY_EXCEPTION_THROWN(writeHost(file, host), InputError);
        QCOMPARE(loadHost(file).title, host.title);  // the file before is untouched
    }
};

QTEST_APPLESS_MAIN(TestHostWriter)
#include "test_host_writer.moc"
