// SPDX-License-Identifier: GPL-3.0-or-later
// The registry lists what opens, reports what does not, and finds models by name.
#include <QTest>

#include <algorithm>
#include <fstream>

#include "../workflow/untrained_model.h"
#include "core/base/checksum.h"
#include "core/base/error.h"
#include "core/potential/model_file.h"
#include "core/potential/model_registry.h"

using namespace ionscape;
using namespace ionscape::potential;
namespace fs = std::filesystem;

class TestModelRegistry : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    fs::path at(const char* name) const { return folder_.filePath(name).toStdString(); }

    template <class Function>
    static QString messageOf(Function&& function) {
        try {
            function();
        } catch (const Error& error) {
            return QString::fromUtf8(error.what());
        }
        return {};
    }

  private slots:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", folder_.filePath("data").toUtf8());
        qputenv("IONSCAPE_MODEL_PATH", (folder_.filePath("one") + "::" + folder_.filePath("two")).toUtf8());
        for (const char* name : {"one", "two", "data/ionscape/potentials", "elsewhere"})
            fs::create_directories(at(name));
        testing::writeUntrainedModel(at("one/alpha.h5"), 1);
        testing::writeUntrainedModel(at("two/alpha.h5"), 2);
        testing::writeUntrainedModel(at("data/ionscape/potentials/mine.h5"), 3);
        std::ofstream(at("two/broken.h5")) << "not HDF5";
        std::ofstream(at("two/notes.txt")) << "no model at all";
    }

    void foldersInTheirOrder() {
        const auto folders = modelFolders();
        QVERIFY(folders.size() >= 4);
        QCOMPARE(folders[0].path, at("one"));
        QCOMPARE(folders[1].path, at("two"));
        QVERIFY(folders[1].source == ModelSource::SearchPath);
        QCOMPARE(folders[2].path, at("data/ionscape/potentials"));
        QVERIFY(folders[2].source == ModelSource::User);
        // The user's data folder is a resource folder, too, and must not be listed twice.
        for (std::size_t i = 3; i < folders.size(); ++i) {
            QVERIFY(folders[i].source == ModelSource::Embedded);
            QVERIFY(folders[i].path != at("data/ionscape/potentials"));
        }
    }

    void everyListedModelOpensAndSaysTheSame() {
        const ModelRegistry registry;
        std::size_t usable = 0;
        for (const auto& entry : registry.entries()) {
            if (!entry.usable()) continue;
            ++usable;
            const auto opened = openPotential(entry.file.string(), 1);
            const PotentialInfo& info = entry.description.info;
            QCOMPARE(info.architecture, opened->info().architecture);
            QCOMPARE(info.parameters, opened->info().parameters);
            QCOMPARE(info.cutoff, opened->info().cutoff);
            QVERIFY(info.elements == opened->info().elements);
            QCOMPARE(info.checksum, opened->info().checksum);
        }
        QVERIFY(usable >= 4);
    }

    void embeddedModelTellsItsErrors() {
        const ModelRegistry registry;
        const ModelEntry* embedded = registry.find("embedded");
        QVERIFY(embedded != nullptr && embedded->usable());
        QVERIFY(embedded->source == ModelSource::Embedded);
        QVERIFY(embedded->description.errors.has_value());
        QVERIFY(embedded->description.errors->forceMae > 0.01 &&
                embedded->description.errors->forceMae < 0.2);
        QVERIFY(!embedded->description.info.origin.empty());
        QVERIFY(!embedded->description.info.licence.empty());
    }

    void brokenFilesAreListedWithTheirError() {
        const ModelRegistry registry;
        const ModelEntry* broken = registry.find("broken");
        QVERIFY(broken != nullptr);
        QVERIFY(!broken->usable());
        QVERIFY(broken->error.find("broken.h5") != std::string::npos);
        QVERIFY(messageOf([] { resolvePotential("broken"); }).contains("broken.h5"));
        QVERIFY(registry.find("notes") == nullptr);
    }

    void truncatedModelIsNoticedWithoutReadingItsWeights() {
        const fs::path whole = at("one/alpha.h5");
        const fs::path cut = at("elsewhere/cut.h5");
        fs::copy_file(whole, cut);
        fs::resize_file(cut, fs::file_size(whole) * 2 / 3);
        QVERIFY_EXCEPTION_THROWN(describePotential(cut), IoError);
    }

    void namesAreUniqueAndTheFirstWins() {
        const ModelRegistry registry;
        QCOMPARE(registry.find("alpha")->file, at("one/alpha.h5"));
        QCOMPARE(registry.find("ALPHA~2")->file, at("two/alpha.h5"));
        std::vector<std::string> ids;
        for (const auto& entry : registry.entries())
            ids.push_back(entry.id);
        std::sort(ids.begin(), ids.end());
        QVERIFY(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    }

    void unknownNamesListNearMatches() {
        const QString message = messageOf([] { resolvePotential("alhpa"); });
        QVERIFY2(message.contains("did you mean alpha"), qPrintable(message));
        QVERIFY(messageOf([] { resolvePotential("lzsp"); }).contains("he-lzsp-small"));
        QVERIFY(!messageOf([] { resolvePotential("qqqqqqqqqqqqqqqq"); }).contains("did you mean"));
        QVERIFY(messageOf([] { resolvePotential("/no/such/place.h5"); }).contains("/no/such/place.h5"));
    }

    void namesResolveToFiles() {
        QCOMPARE(resolvePotential(""), embeddedPotentialPath());
        QCOMPARE(resolvePotential("embedded"), embeddedPotentialPath());
        QCOMPARE(fs::path(resolvePotential("mine")), at("data/ionscape/potentials/mine.h5"));
        QCOMPARE(fs::path(resolvePotential(at("two/alpha.h5").string())), at("two/alpha.h5"));
    }

    void refreshReadsOnlyWhatChanged() {
        ModelRegistry registry({{at("one"), ModelSource::User}, {at("two"), ModelSource::User}});
        const long read = registry.filesRead();
        QCOMPARE(read, 3L);
        registry.refresh();
        QCOMPARE(registry.filesRead(), read);
        testing::writeUntrainedModel(at("one/new.h5"), 5);
        registry.refresh();
        QCOMPARE(registry.filesRead(), read + 1);
        fs::last_write_time(at("one/new.h5"), fs::file_time_type::clock::now() + std::chrono::seconds(5));
        registry.refresh();
        QCOMPARE(registry.filesRead(), read + 2);
        fs::remove(at("one/new.h5"));
        registry.refresh();
        QVERIFY(registry.find("new") == nullptr);
    }

    void addingCopiesAndNeverOverwrites() {
        testing::writeUntrainedModel(at("elsewhere/extra.h5"), 7);
        const fs::path added = addToUserModels(at("elsewhere/extra.h5"), "tuned");
        QCOMPARE(added, at("data/ionscape/potentials/tuned.h5"));
        QCOMPARE(sha256OfFile(added), sha256OfFile(at("elsewhere/extra.h5")));
        QVERIFY(ModelRegistry().find("tuned") != nullptr);
        QVERIFY_EXCEPTION_THROWN(addToUserModels(at("elsewhere/extra.h5"), "tuned"), InputError);
        QVERIFY_EXCEPTION_THROWN(addToUserModels(at("elsewhere/extra.h5"), "../x"), InputError);
        QVERIFY_EXCEPTION_THROWN(addToUserModels(at("two/broken.h5"), "worse"), IoError);
        QVERIFY(!fs::exists(at("data/ionscape/potentials/worse.h5")));
        QVERIFY_EXCEPTION_THROWN(addToUserModels(at("two/notes.txt")), InputError);
    }

    void referenceModels() {
        const fs::path models = fs::path(IONSCAPE_SHARED) / "models";
        if (!fs::exists(models)) QSKIP("../shared/models is not here");
        const ModelRegistry registry({{models / "chgnet-0.3.0-finetuned", ModelSource::SearchPath}});
        QCOMPARE(registry.entries().size(), std::size_t(1));
        const ModelEntry& chgnet = registry.entries().front();
        QVERIFY2(chgnet.usable(), chgnet.error.c_str());
        QCOMPARE(chgnet.description.info.architecture, std::string("CHGNet"));
        // Deng et al. 2023: 412,525 trainable parameters, and 94 fixed reference energies besides.
        QVERIFY(std::abs(chgnet.description.info.parameters - 412525) < 1000);
        QCOMPARE(chgnet.description.info.cutoff, 6.0);
    }
};

QTEST_APPLESS_MAIN(TestModelRegistry)
#include "test_model_registry.moc"
