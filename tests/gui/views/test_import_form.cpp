// SPDX-License-Identifier: GPL-3.0-or-later
// Opening trajectories of other programs: the form asks, the answers open the file, long ones can be stopped.
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "gui/views/import_form.h"

using namespace ionscape;
using namespace ionscape::gui;

namespace {

QByteArray dumpOf(int frames) {
    QByteArray text;
    for (int t = 0; t < frames; ++t) {
        text += "ITEM: TIMESTEP\n" + QByteArray::number(10 * t) +
                "\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp pp pp\n0 5\n0 5\n0 5\nITEM: ATOMS id type x "
                "y z\n1 1 " +
                QByteArray::number(0.01 * (t % 400), 'f', 6) + " 0 0\n2 2 2.5 2.5 2.5\n";
    }
    return text;
}

QPushButton* button(QWidget& form, const QString& text) {
    for (auto* candidate : form.findChildren<QPushButton*>())
        if (candidate->text() == text) return candidate;
    return nullptr;
}

}  // namespace

class TestImportForm : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir folder_;
    QString write(const QString& name, const QByteArray& text) const {
        QFile file(folder_.filePath(name));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write");
        file.write(text);
        return file.fileName();
    }

  private slots:
    void initTestCase() {
        qRegisterMetaType<OpenRequest>();
        qRegisterMetaType<LoadedFile>();
        qRegisterMetaType<LoadQuestions>();
    }

    void answersByKeyboardOpenTheFile() {
        const QString path = write("run.dump", dumpOf(20));
        FileLoader loader;
        ImportForm form;
        connect(&loader, &FileLoader::asked, &form, &ImportForm::ask);
        connect(&form, &ImportForm::answered, &loader, &FileLoader::load);
        QSignalSpy asked(&loader, &FileLoader::asked), loaded(&loader, &FileLoader::loaded);
        OpenRequest request;
        request.path = path;
        loader.load(request);
        QVERIFY(asked.wait(20000));
        QVERIFY(form.isVisible());
        QCOMPARE(form.path(), path);
        auto* first = form.findChild<QLineEdit*>("type1");
        auto* second = form.findChild<QLineEdit*>("type2");
        auto* timestep = form.findChild<QDoubleSpinBox*>("timestep");
        QVERIFY(first && second && timestep);
        // Nothing, then a wrong word: the form stays and says why.
        QTest::keyClick(first, Qt::Key_Return);
        QVERIFY(form.isVisible() && loaded.isEmpty());
        QTest::keyClicks(first, "Li");
        QTest::keyClicks(second, "Zz");
        QTest::keyClick(second, Qt::Key_Return);
        QVERIFY(form.isVisible());
        second->clear();
        QTest::keyClicks(second, "O");
        QTest::mouseClick(button(form, "Open"), Qt::LeftButton);
        QVERIFY(form.isVisible());  // the time step is still unknown
        timestep->setValue(2.0);
        QTest::mouseClick(button(form, "Open"), Qt::LeftButton);
        QVERIFY(!form.isVisible());
        QVERIFY(loaded.wait(20000));
        const auto file = loaded[0][0].value<LoadedFile>();
        QVERIFY(file.isRun);
        QCOMPARE(file.data->frameCount(), std::size_t{20});
        QCOMPARE(file.data->frame(3)->timeFs, 60.0);
        QCOMPARE(file.data->structure().formula(), std::string("LiO"));
        QCOMPARE(file.spec.mobileElement, std::string("Li"));
        QVERIFY(file.summary.has_value());
    }

    void firstFrameNeedsNoTime() {
        FileLoader loader;
        ImportForm form;
        connect(&form, &ImportForm::answered, &loader, &FileLoader::load);
        LoadQuestions questions;
        questions.import.timestep = true;
        QByteArray frames;
        for (int t = 0; t < 3; ++t)
            frames += "2\nLattice=\"5 0 0 0 5 0 0 0 5\"\nNa 0 0 0.1\nCl 2.5 2.5 2.5\n";
        form.ask(write("run.xyz", frames), questions);
        QSignalSpy loaded(&loader, &FileLoader::loaded);
        QTest::mouseClick(button(form, "First frame only"), Qt::LeftButton);
        QVERIFY(loaded.wait(20000));
        const auto file = loaded[0][0].value<LoadedFile>();
        QVERIFY(!file.isRun);
        QCOMPARE(file.data->structure().formula(), std::string("NaCl"));
    }

    void theMobileIonIsAskedForWhereItIsNotClear() {
        FileLoader loader;
        ImportForm form;
        form.show();
        connect(&loader, &FileLoader::asked, &form, &ImportForm::ask);
        connect(&form, &ImportForm::answered, &loader, &FileLoader::load);
        QSignalSpy asked(&loader, &FileLoader::asked), loaded(&loader, &FileLoader::loaded);
        QByteArray frames;
        for (int t = 0; t < 6; ++t)
            frames += "3\nLattice=\"5 0 0 0 5 0 0 0 5\" Time=" + QByteArray::number(10 * t) +
                      "\nNa 0 0 0.1\nLi 1 1 1\nCl 2.5 2.5 2.5\n";
        OpenRequest request;
        request.path = write("two.xyz", frames);
        request.import.timestepFs = 10.0;
        loader.load(request);
        QVERIFY(asked.wait(20000));
        QCOMPARE(form.path(), request.path);
        auto* mobile = form.findChild<QComboBox*>("mobile");
        QVERIFY(mobile != nullptr);
        QCOMPARE(mobile->itemText(0), QString("Li"));
        QCOMPARE(mobile->count(), 3);
        mobile->setCurrentText("Na");
        QTest::mouseClick(button(form, "Open"), Qt::LeftButton);
        QVERIFY(loaded.wait(20000));
        const auto file = loaded[0][0].value<LoadedFile>();
        QCOMPARE(file.spec.mobileElement, std::string("Na"));
        QVERIFY(file.foreign && !file.followFrom);
        QCOMPARE(file.data->frameCount(), std::size_t(6));
        QCOMPARE(asked.size(), 1);
    }

    void filesWaitForTheirTurn() {
        ImportForm form;
        LoadQuestions questions;
        questions.import.timestep = true;
        form.ask("/a/one.dump", questions);
        form.ask("/a/two.dump", questions);
        QCOMPARE(form.path(), QString("/a/one.dump"));
        QTest::keyClick(&form, Qt::Key_Escape);
        QCOMPARE(form.path(), QString("/a/two.dump"));
        QTest::mouseClick(button(form, "Do not open"), Qt::LeftButton);
        QVERIFY(!form.isVisible() && form.path().isEmpty());
    }

    void longFilesCanBeStopped() {
        OpenRequest request;
        request.path = write("long.dump", dumpOf(60000));
        request.import.timestepFs = 1.0;
        request.import.types = io::parseTypes("Li,O");
        FileLoader loader;
        QSignalSpy progressed(&loader, &FileLoader::progressed), cancelled(&loader, &FileLoader::cancelled),
            loaded(&loader, &FileLoader::loaded);
        loader.load(request);
        QVERIFY(progressed.wait(30000));
        loader.cancel();
        QVERIFY(cancelled.wait(30000));
        QVERIFY(loaded.isEmpty());
        // It goes on with the next file.
        OpenRequest missing;
        missing.path = folder_.filePath("missing.dump");
        QSignalSpy failed(&loader, &FileLoader::failed);
        loader.load(missing);
        QVERIFY(failed.wait(20000));
    }
};

QTEST_MAIN(TestImportForm)
#include "test_import_form.moc"
