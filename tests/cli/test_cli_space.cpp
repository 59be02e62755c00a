// SPDX-License-Identifier: GPL-3.0-or-later
// ionscape-cli space: counts, filters, columns, files and what it says of impossible wishes.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "cli_process.h"

using namespace ionscape::testing;

namespace {

const QStringList published{"--type", "5-1", "--li-min", "2.5", "--li-max", "4"};

}  // namespace

class TestCliSpace : public QObject {
    Q_OBJECT

  private slots:
    void countsWithFilters();
    void listWithColumns();
    void exportedFiles();
    void descriptors();
    void showsOneComposition();
    void wrongWishes_data();
    void wrongWishes();
    void emptySpacesSayWhatIsPossible();

  private:
    QString path(const QString& name) const { return folder_.filePath(name); }
    QTemporaryDir folder_;
};

void TestCliSpace::countsWithFilters() {
    const auto count = [](const QStringList& more) {
        const auto r = runCli(QStringList{"space", "count", "--json"} + published + more);
        return r.code == 0 ? r.json()["count"].toInt() : -1;
    };
    QCOMPARE(count({}), 4575);
    const int hafnium = count({"--filter", "Hf"});
    QCOMPARE(hafnium + count({"--filter", "not Hf"}), 4575);
    QCOMPARE(hafnium, count({"--require", "Hf"}));
    QCOMPARE(count({"--filter", "not (Hf or Sn)"}), count({"--exclude", "Hf,Sn"}));
    const auto types = runCli(
        {"space", "count", "--json", "--type", "4-1,5-1,4:4:4:4", "--li-min", "2.5", "--li-max", "3.5"});
    const auto single =
        runCli({"space", "count", "--json", "--type", "5-1", "--li-min", "2.5", "--li-max", "3.5"});
    QCOMPARE(types.json()["count"].toInt(), 735 + single.json()["count"].toInt());
    const auto huge = runCli({"space", "count", "--species", "8", "--li-min", "2", "--li-max", "4"});
    QVERIFY(huge.out.trimmed().toULongLong() > 100'000'000ull);
}

void TestCliSpace::listWithColumns() {
    const QStringList range{"--columns", "Li,delta,entropy_class,Zr", "--offset", "7", "--limit", "2"};
    const auto r = runCli(QStringList{"space", "list", "--json"} + published + range);
    const auto list = r.json()["compositions"].toArray();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0].toObject().keys(), (QStringList{"Li", "Zr", "delta", "entropy_class", "formula"}));
    QCOMPARE(list[0].toObject()["Zr"].toDouble(), 0.5);
    QCOMPARE(list[0].toObject()["entropy_class"].toDouble(), 2.0);
    const auto text = runCli(QStringList{"space", "list"} + published + range);
    QCOMPARE(text.out.count('\n'), 3);
    QVERIFY(text.out.contains("high"));
    QVERIFY(text.out.contains(list[1].toObject()["formula"].toString().toUtf8()));
    const auto csv = runCli(QStringList{"space", "list", "--csv"} + published + range);
    QVERIFY(csv.out.startsWith("formula,Li,delta,entropy_class,Zr\r\n"));
    // An offset counts matching compositions when there is a filter.
    const QStringList filter{"--filter", "Hf and Sn and Ti and Nb"};
    const auto all = runCli(QStringList{"space", "list", "--csv"} + published + filter);
    QCOMPARE(all.out.count('\n'), 2);
    QVERIFY(all.out.contains("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12"));
    QCOMPARE(
        runCli(QStringList{"space", "list", "--csv", "--offset", "1"} + published + filter).out.count('\n'),
        1);
}

void TestCliSpace::exportedFiles() {
    const auto r = runCli(QStringList{"space", "export", path("all.csv")} + published);
    QVERIFY2(r.code == 0, r.err);
    QFile csv(path("all.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const auto lines = csv.readAll().split('\n');
    QCOMPARE(lines.size(), 4577);  // titles, rows, and what follows the last line end
    QVERIFY(lines[0].startsWith("formula,mobile,vacancy,S_config,"));
    for (const auto& line : {lines[1], lines[2000], lines[4575]})
        QCOMPARE(line.count(','), lines[0].count(','));
    const auto j = runCli(
        QStringList{"space", "export", path("some.json"), "--filter", "Hf and Li = 3", "--columns", "gamma"} +
        published);
    QVERIFY2(j.code == 0, j.err);
    QFile json(path("some.json"));
    QVERIFY(json.open(QIODevice::ReadOnly));
    const auto rows = QJsonDocument::fromJson(json.readAll())["compositions"].toArray();
    QVERIFY(rows.size() > 10);
    QVERIFY(rows[0].toObject()["gamma"].toDouble() > 0.0);
}

void TestCliSpace::descriptors() {
    const auto list = runCli({"space", "descriptors", "--json"}).json()["descriptors"].toArray();
    QVERIFY(list.size() > 30);
    int delta = 0;
    for (const auto& entry : list) {
        const auto object = entry.toObject();
        QVERIFY(object["defined"].toBool());
        if (object["id"].toString() != "delta") continue;
        ++delta;
        QVERIFY(object["formula"].toString().contains(QString::fromUtf8("√")));
        QVERIFY(object["source"].toString().contains("Shannon"));
    }
    QCOMPARE(delta, 1);
    const auto text = runCli({"space", "descriptors"});
    QVERIFY(text.out.contains("S_config") && text.out.contains("Klemens"));
}

void TestCliSpace::showsOneComposition() {
    const auto r = runCli({"space", "show", "Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", "--json"});
    QVERIFY2(r.code == 0, r.err);
    const auto values = r.json()["values"].toObject();
    QVERIFY(std::abs(values["S_config"].toDouble() - 1.602) < 5e-4);
    QVERIFY(std::abs(values["Li"].toDouble() - 2.625) < 1e-9);
    QVERIFY(runCli({"space", "show", "Li3Zr2Si2PO12"}).out.contains("Size mismatch"));
}

void TestCliSpace::wrongWishes_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const QStringList& arguments, const char* says) {
        QTest::newRow(name) << QStringList{"space"} + arguments << QString(says);
    };
    const QStringList type{"--type", "4-1"};
    row("no type", {"count"}, "--type");
    row("filter position", QStringList{"list", "--filter", "Li < 3 and"} + type, "position 11");
    row("column", QStringList{"list", "--columns", "Li,dleta"} + type, "did you mean delta");
    row("count", QStringList{"count", "--min-count", "Zr:4"} + type, "Zr=4");
    row("format", QStringList{"export", "space.txt"} + type, ".csv or .json");
    row("unbalanced", {"show", "Li2Zr2Si2PO12"}, "Li3 would balance");
    row("too many ions", {"show", "Li7Mg2Si2PO12"}, "4 sites");
}

void TestCliSpace::wrongWishes() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const auto r = runCli(arguments);
    QVERIFY2(r.code == 2, r.err + r.out);
    QVERIFY2(r.isOneErrorLine(), r.err);
    QVERIFY2(r.err.contains(says.toUtf8()), r.err);
    QVERIFY(r.out.isEmpty());
}

void TestCliSpace::emptySpacesSayWhatIsPossible() {
    const auto bounds = runCli({"space", "count", "--type", "4-1", "--li-min", "9"});
    QCOMPARE(bounds.code, 0);
    QCOMPARE(bounds.out, QByteArray("0\n"));
    QVERIFY2(bounds.err.contains("Li content lies between 1.5 and 6"), bounds.err);
    const auto crowded = runCli({"space", "count", "--type", "4-1", "--require", "Mg,Ca,Zn,Ni"});
    QVERIFY2(crowded.err.contains("no composition has these"), crowded.err);
}

QTEST_APPLESS_MAIN(TestCliSpace)
#include "test_cli_space.moc"
