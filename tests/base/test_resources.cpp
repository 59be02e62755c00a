// SPDX-License-Identifier: GPL-3.0-or-later
// Order of the resource folders, hiding of shipped files by the user's, and the message for a missing one.
#include <QTest>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/resources.h"

namespace fs = std::filesystem;

class TestResources : public QObject {
    Q_OBJECT

  private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        const fs::path root = folder_->path().toStdString();
        override_ = root / "override";
        user_ = root / "data" / "ionscape";
        for (const fs::path& resources : {override_, user_})
            fs::create_directories(resources / "things");
        write(override_ / "things" / "b.json", "override");
        write(user_ / "things" / "b.json", "user");
        write(user_ / "things" / "a.json", "user");
        write(user_ / "things" / "note.txt", "user");
        qputenv("IONSCAPE_RESOURCES", override_.c_str());
        qputenv("XDG_DATA_HOME", (root / "data").c_str());
    }
    void cleanup() {
        qunsetenv("IONSCAPE_RESOURCES");
        qunsetenv("XDG_DATA_HOME");
    }

    void foldersComeInOrder() {
        const auto folders = ionscape::resourceFolders();
        QVERIFY(folders.size() >= 2);
        QCOMPARE(folders[0], override_);
        QCOMPARE(folders[1], user_);
    }

    void missingFoldersAreLeftOut() {
        qputenv("IONSCAPE_RESOURCES", "/no/such/folder");
        for (const fs::path& folder : ionscape::resourceFolders())
            QVERIFY(fs::is_directory(folder));
    }

    void firstMatchWins() {
        QCOMPARE(ionscape::findResource("things/b.json"), override_ / "things" / "b.json");
        QCOMPARE(ionscape::findResource("things/a.json"), user_ / "things" / "a.json");
    }

    void listIsSortedAndHidesLaterFolders() {
        const std::vector<fs::path> expected{user_ / "things" / "a.json", override_ / "things" / "b.json"};
        QCOMPARE(ionscape::listResources("things", ".json"), expected);
        QVERIFY(ionscape::listResources("nothing", ".json").empty());
    }

    void missingResourceNamesTheFoldersSearched() {
        try {
            ionscape::findResource("things/missing.json");
            QFAIL("a missing resource was found");
        } catch (const ionscape::InputError& error) {
            const std::string message = error.what();
            QVERIFY(message.find("things/missing.json") != std::string::npos);
            QVERIFY(message.find(override_.string()) != std::string::npos);
            QVERIFY(message.find(user_.string()) != std::string::npos);
        }
    }

  private:
    static void write(const fs::path& file, const char* text) { std::ofstream(file) << text; }

    std::unique_ptr<QTemporaryDir> folder_;
    fs::path override_, user_;
};

QTEST_APPLESS_MAIN(TestResources)
#include "test_resources.moc"
