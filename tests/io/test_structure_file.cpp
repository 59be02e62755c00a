// SPDX-License-Identifier: GPL-3.0-or-later
// The registry of formats: choice by name, files that cannot be used, and the reference frames where they are
// present.
#include <cmath>

#include "tests/io/io_test_support.h"

using namespace ionscape;
using crystal::Element;

class TestStructureFile : public QObject {
    Q_OBJECT

  private slots:
    void everyFormatReadsWhatItWrites() {
        crystal::Structure structure;
        structure.lattice = crystal::Lattice::fromParameters(4, 5, 6, 80, 95, 105);
        structure.append(Element::fromSymbol("Li"), Vec3(0.1, 0.2, 0.3));
        structure.append(Element::fromSymbol("O"), Vec3(2, 2, 2));
        const testing::Workspace workspace;
        for (const char* name :
             {"a.cif", "a.CIF", "a.xyz", "a.extxyz", "a.vasp", "POSCAR", "POSCAR.relaxed", "CONTCAR"}) {
            io::writeStructure(workspace.path(name), structure);
            QVERIFY2(testing::largestShift(structure, io::readStructure(workspace.path(name))) < 1e-9, name);
        }
        int writable = 0;
        for (const auto& format : io::formats()) {
            QVERIFY(!format.name.empty() && !format.patterns.empty() && format.canRead);
            writable += format.canWrite;
        }
        QCOMPARE(writable, 4);
    }

    void unknownNamesAreRefused() {
        const testing::Workspace workspace;
        QVERIFY(testing::refuses("a.pdb", "text", 0, "*.cif"));
        crystal::Structure structure;
        structure.append(Element::fromSymbol("Li"), Vec3::Zero());
        QVERIFY_EXCEPTION_THROWN(io::writeStructure(workspace.path("a.pdb"), structure), InputError);
        QVERIFY_EXCEPTION_THROWN(io::writeStructures(workspace.path("a.xyz"), {}), InputError);
        QVERIFY_EXCEPTION_THROWN(
            io::writeStructures(workspace.path("a.cif"), std::vector<io::LabelledStructure>(2)), InputError);
        QVERIFY_EXCEPTION_THROWN(io::writeStructure(workspace.path("none/a.cif"), structure), IoError);
    }

    void missingFilesAndFoldersAreNamed() {
        const testing::Workspace workspace;
        std::filesystem::create_directory(workspace.path("folder.cif"));
        for (const char* name : {"missing.cif", "missing.xyz", "POSCAR", "folder.cif"}) {
            try {
                io::readStructures(workspace.path(name));
                QFAIL("a file that is not there was read");
            } catch (const IoError& error) {
                QVERIFY(std::string(error.what()).starts_with(workspace.path(name).string() + ": "));
            }
        }
    }

    void referenceFrames() {
        const std::filesystem::path folder = std::filesystem::path(IONSCAPE_SHARED) / "data";
        if (!std::filesystem::exists(folder)) QSKIP("the reference frames (../shared/data) are not here");
        const std::map<std::string, std::size_t> expected{
            {"he-lzsp-sites.xyz", 1403}, {"he-lzsp-supercells.xyz", 334}, {"he-lzsp-voids.xyz", 4003}};
        for (const auto& [name, count] : expected) {
            const auto frames = io::readStructures(folder / name);
            QCOMPARE(frames.size(), count);
            for (const auto& frame : frames) {
                QVERIFY(frame.energy && frame.forces && frame.stressGPa && frame.info.contains("config"));
                QCOMPARE(frame.forces->cols(), static_cast<Eigen::Index>(frame.structure.size()));
                // A periodic potential exerts no net force.
                QVERIFY(frame.forces->rowwise().sum().norm() < 1e-2);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestStructureFile)
#include "test_structure_file.moc"
