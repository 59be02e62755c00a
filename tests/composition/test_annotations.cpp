// SPDX-License-Identifier: GPL-3.0-or-later
// Stars, tags and notes survive a restart, another window and a broken file.
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/error.h"
#include "core/composition/annotations.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

std::string contentsOf(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

class TestAnnotations : public QObject {
    Q_OBJECT

  private slots:
    void init() { QVERIFY(folder_.isValid()); }
    void roundTrip();
    void emptyOnesVanish();
    void twoWindowsKeepEachOthersWork();
    void brokenFilesAreRefusedAndKept_data();
    void brokenFilesAreRefusedAndKept();
    void badValuesAreRefused();
    void defaultFileFollowsTheEnvironment();

  private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

    QTemporaryDir folder_;
};

void TestAnnotations::roundTrip() {
    const auto file = path("deep/er/notes.json");
    Annotations written(file);
    QVERIFY(written.all().empty());
    written.set("Li3Zr2Si2PO12", {4, {"pristine", "Größe"}, "line one\n\"two\" δ"});
    written.set("Li2.625ZrHfSi2PO12", {0, {}, "only a note"});
    QVERIFY(written.isChanged());
    written.save();
    QVERIFY(!written.isChanged());
    const Annotations read(file);
    QCOMPARE(read.all().size(), std::size_t(2));
    QVERIFY(read.of("Li3Zr2Si2PO12") == (Annotation{4, {"pristine", "Größe"}, "line one\n\"two\" δ"}));
    QVERIFY(read.of("nothing").isEmpty());
    QCOMPARE(read.tags(), (std::vector<std::string>{"Größe", "pristine"}));
    int others = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(file.parent_path()))
        ++others;
    QCOMPARE(others, 1);  // no temporary file stays
}

void TestAnnotations::emptyOnesVanish() {
    Annotations notes(path("vanish.json"));
    notes.set("A", {1, {}, ""});
    notes.set("B", {2, {}, ""});
    notes.save();
    notes.set("A", {});
    notes.set("never", {});
    notes.save();
    const Annotations read(path("vanish.json"));
    QCOMPARE(read.all().size(), std::size_t(1));
    QCOMPARE(read.of("B").stars, 2);
}

void TestAnnotations::twoWindowsKeepEachOthersWork() {
    const auto file = path("shared.json");
    Annotations first(file);
    first.set("A", {1, {}, ""});
    first.set("C", {3, {}, ""});
    first.save();
    Annotations second(file);
    second.set("B", {2, {}, ""});
    second.set("C", {});
    second.save();
    first.set("A", {5, {}, ""});
    first.save();
    QCOMPARE(first.of("B").stars, 2);  // learned on saving
    const Annotations read(file);
    QCOMPARE(read.of("A").stars, 5);
    QCOMPARE(read.of("B").stars, 2);
    QVERIFY(read.of("C").isEmpty());
}

void TestAnnotations::brokenFilesAreRefusedAndKept_data() {
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QByteArray(text); };
    row("empty", "");
    row("torn", "{\"format\": \"ionscape-annotations-1\", \"compos");
    row("other", "{\"format\": \"ionscape-host-1\", \"compositions\": {}}");
    row("list", "[]");
    row("no compositions", "{\"format\": \"ionscape-annotations-1\"}");
    row("stars", "{\"format\": \"ionscape-annotations-1\", \"compositions\": {\"A\": {\"stars\": 9}}}");
    row("half a star",
        "{\"format\": \"ionscape-annotations-1\", \"compositions\": {\"A\": {\"stars\": 1.5}}}");
    row("tags", "{\"format\": \"ionscape-annotations-1\", \"compositions\": {\"A\": {\"tags\": [1]}}}");
    row("note", "{\"format\": \"ionscape-annotations-1\", \"compositions\": {\"A\": {\"note\": 1}}}");
    row("no object", "{\"format\": \"ionscape-annotations-1\", \"compositions\": {\"A\": 1}}");
}

void TestAnnotations::brokenFilesAreRefusedAndKept() {
    QFETCH(QByteArray, text);
    const auto file = path("broken.json");
    std::ofstream(file) << text.toStdString();
    try {
        const Annotations notes(file);
        QFAIL("read");
    } catch (const IoError& error) {
        QVERIFY2(QByteArray(error.what()).contains("broken.json"), error.what());
    }
    // Broken while a window is open: saving refuses instead of overwriting.
    std::filesystem::remove(file);
    Annotations open(file);
    open.set("A", {1, {}, ""});
    std::ofstream(file) << text.toStdString();
    QVERIFY_EXCEPTION_THROWN(open.save(), IoError);
    QCOMPARE(contentsOf(file), text.toStdString());
    QVERIFY(open.isChanged());
}

void TestAnnotations::badValuesAreRefused() {
    Annotations notes(path("bad.json"));
    QVERIFY_EXCEPTION_THROWN(notes.set("A", {6, {}, ""}), InputError);
    QVERIFY_EXCEPTION_THROWN(notes.set("A", {-1, {}, ""}), InputError);
    QVERIFY_EXCEPTION_THROWN(notes.set("A", {1, {}, "\xff"}), InputError);
    QVERIFY_EXCEPTION_THROWN(notes.set("A", {1, {"\xc3"}, ""}), InputError);
    QVERIFY_EXCEPTION_THROWN(notes.set("A", {1, {}, std::string(100'001, 'x')}), InputError);
    QVERIFY(!notes.isChanged());
}

void TestAnnotations::defaultFileFollowsTheEnvironment() {
    const QByteArray before = qgetenv("XDG_DATA_HOME");
    qputenv("XDG_DATA_HOME", "/some/where");
    QCOMPARE(Annotations::defaultFile().string(), std::string("/some/where/ionscape/annotations.json"));
    if (before.isNull()) {
        qunsetenv("XDG_DATA_HOME");
    } else {
        qputenv("XDG_DATA_HOME", before);
    }
}

QTEST_APPLESS_MAIN(TestAnnotations)
#include "test_annotations.moc"
