// SPDX-License-Identifier: GPL-3.0-or-later
// The whole tree obeys docs/architecture.md, and the checker reports files that do not.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

#include "rules.h"

using ionscape::architecture::checkForm;
using ionscape::architecture::checkIncludes;
using ionscape::architecture::describe;
using ionscape::architecture::Offence;

namespace {

struct Source {
    std::string path;
    std::string text;
};

/// All C++ files below the given top folders, with paths relative to the repository root.
std::vector<Source> sourcesOf(const QStringList& folders) {
    const QDir root(IONSCAPE_SOURCE_DIR);
    std::vector<Source> sources;
    for (const QString& folder : folders) {
        QDirIterator it(root.filePath(folder), {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(file.fileName()));
            sources.push_back(
                {root.relativeFilePath(file.fileName()).toStdString(), file.readAll().toStdString()});
        }
    }
    return sources;
}

QByteArray listed(const std::vector<Offence>& offences) {
    QByteArray text;
    for (const Offence& offence : offences)
        text += "\n  " + QByteArray::fromStdString(describe(offence));
    return text;
}

void append(std::vector<Offence>& all, const std::vector<Offence>& more) {
    all.insert(all.end(), more.begin(), more.end());
}

}  // namespace

class TestArchitecture : public QObject {
    Q_OBJECT

  private slots:
    void treeObeysTheIncludeRules() {
        const auto sources = sourcesOf({"core", "gui", "app"});
        QVERIFY2(sources.size() > 20, "the source tree was not found");
        std::vector<Offence> offences;
        for (const Source& source : sources)
            append(offences, checkIncludes(source.path, source.text));
        QVERIFY2(offences.empty(), listed(offences).constData());
    }

    void filesHaveTheirForm() {
        std::vector<Offence> offences;
        for (const Source& source : sourcesOf({"core", "gui", "app", "tests"}))
            append(offences, checkForm(source.path, source.text));
        QVERIFY2(offences.empty(), listed(offences).constData());
    }

    void wrongIncludesAreReported_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("include");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, const char* path, const char* include, bool allowed) {
            QTest::newRow(name) << path << include << allowed;
        };
        row("core sees gui", "core/crystal/a.cpp", "\"gui/scene/structure_scene.h\"", false);
        row("gui sees app", "gui/views/a.cpp", "\"app/main_window.h\"", false);
        row("crystal sees io", "core/crystal/a.h", "\"core/io/structure_file.h\"", false);
        row("transport sees dynamics", "core/transport/a.cpp", "\"core/dynamics/relaxer.h\"", false);
        row("dynamics sees HDF5 writer", "core/dynamics/a.cpp", "\"core/trajectory/h5md.h\"", false);
        row("dynamics sees frames", "core/dynamics/a.cpp", "\"core/trajectory/frame.h\"", true);
        row("surrogate sees transport", "core/surrogate/a.cpp", "\"core/transport/msd.h\"", false);
        row("surrogate sees composition", "core/surrogate/a.h", "\"core/composition/host.h\"", true);
        row("workflow sees all of core", "core/workflow/a.cpp", "\"core/transport/msd.h\"", true);
        row("Qt in core", "core/base/a.cpp", "<QString>", false);
        row("Qt in the scene", "gui/scene/a.cpp", "<QtGui/QImage>", false);
        row("Qt in a view", "gui/views/a.cpp", "<QWidget>", true);
        row("VTK in a view", "gui/views/a.cpp", "<vtkActor.h>", false);
        row("VTK in a widget", "gui/widgets/a.cpp", "<vtkActor.h>", true);
        row("torch in a header", "core/potential/a.h", "<torch/torch.h>", false);
        row("a tensor in a header", "core/potential/a.h", "<ATen/core/Tensor.h>", true);
        row("a tensor in workflow", "core/workflow/a.cpp", "<ATen/core/Tensor.h>", false);
        row("torch in a source", "core/potential/a.cpp", "<torch/torch.h>", true);
        row("torch in dynamics", "core/dynamics/a.cpp", "<ATen/ATen.h>", false);
        row("HDF5 in workflow", "core/workflow/a.cpp", "<hdf5.h>", false);
        row("spglib in supercell", "core/crystal/supercell.cpp", "<spglib.h>", false);
        row("gemmi in CIF reader", "core/io/cif.cpp", "<gemmi/cif.hpp>", true);
        row("trajectory sees io", "core/trajectory/a.cpp", "\"core/io/trajectory_reader.h\"", true);
        row("io sees trajectory", "core/io/a.cpp", "\"core/trajectory/frame.h\"", false);
        row("zlib in XDATCAR", "core/io/xdatcar.cpp", "<zlib.h>", false);
        row("gemmi elsewhere", "core/io/poscar.cpp", "<gemmi/cif.hpp>", false);
        row("relative include", "core/crystal/a.cpp", "\"lattice.h\"", false);
        row("own header in angles", "core/crystal/a.cpp", "<core/crystal/lattice.h>", false);
        row("unknown folder", "core/misc/a.cpp", "<vector>", false);
    }

    void wrongIncludesAreReported() {
        QFETCH(QString, path);
        QFETCH(QString, include);
        QFETCH(bool, allowed);
        const std::string text = "// first line\n#  include " + include.toStdString() + "\n";
        const auto offences = checkIncludes(path.toStdString(), text);
        QCOMPARE(offences.empty(), allowed);
        if (!allowed && !path.startsWith("core/misc")) QCOMPARE(offences.front().line, 2);
    }

    void wrongFormIsReported() {
        const std::string licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";
        const std::string good = licence + "// Purpose.\n#pragma once\n";
        QVERIFY(checkForm("core/a/a.h", good).empty());
        QVERIFY(checkForm("core/a/a.cpp", licence).empty());
        QCOMPARE(checkForm("core/a/a.cpp", "int x;\n").size(), 1u);
        QCOMPARE(checkForm("core/a/a.h", licence + "// Purpose.\n").size(), 1u);
        QCOMPARE(checkForm("core/a/a.h", licence + "#pragma once\n").size(), 1u);
        QCOMPARE(checkForm("core/a/a.h", good + std::string(198, '\n')).size(), 1u);
        QVERIFY(checkForm("core/a/a.h", good + std::string(197, '\n')).empty());
        QCOMPARE(checkForm("core/a/a.cpp", licence + std::string(500, '\n')).size(), 1u);
    }
};

QTEST_APPLESS_MAIN(TestArchitecture)
#include "test_architecture.moc"
