// SPDX-License-Identifier: GPL-3.0-or-later
// What is written is read back bit for bit, the layout is H5MD, other programs' files open, damaged ones are
// refused.
#include <hdf5.h>

#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <fstream>

#include "sample_run.h"

using namespace sample;
namespace fs = std::filesystem;

namespace {

using Bytes = std::vector<char>;

Bytes bytesOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void store(const fs::path& file, const Bytes& bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void writeRun(const fs::path& file, int frames, bool velocities = false) {
    H5mdWriter writer(file, H5mdWriter::Mode::Create, true);
    writer.writeManifest(R"({"formula":"LiPO"})");
    writer.writeStructure("initial", structure());
    writer.begin(structure());
    for (int i = 0; i < frames; ++i)
        writer.write(frame(i, velocities));
    if (frames > 0) writer.writeRestart(restart(frames - 1));
    writer.writeResults(R"({"diffusion":1})");
    writer.flush();
}

/// Reads everything a file offers; true when it came through, false for an IoError.
bool readsFully(const fs::path& file) {
    try {
        const H5mdReader reader(file);
        reader.readAll();
        if (reader.frameCount() > 0) reader.initialStructure();
        reader.structure("initial");
        reader.manifest();
        reader.results();
        reader.restart();
        return true;
    } catch (const IoError&) {
        return false;
    }
}

/// A file as another program may write it: HDF5 1.8 defaults, float positions in nm, wrapped with images,
/// fixed box, evenly spaced step and time, an enumeration for the species.
void writeForeign(const fs::path& path) {
    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t links = H5Pcreate(H5P_LINK_CREATE);
    H5Pset_create_intermediate_group(links, 1);
    const auto put = [&](const char* name, hid_t type, std::vector<hsize_t> shape, const void* data) {
        const hid_t space = shape.empty()
                                ? H5Screate(H5S_SCALAR)
                                : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t dataset = H5Dcreate2(file, name, type, space, links, H5P_DEFAULT, H5P_DEFAULT);
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
        H5Sclose(space);
        return dataset;
    };
    const auto unit = [](hid_t dataset, const char* text) {
        const hid_t type = H5Tcopy(H5T_C_S1);
        H5Tset_size(type, H5T_VARIABLE);
        const hid_t space = H5Screate(H5S_SCALAR);
        const hid_t attribute = H5Acreate2(dataset, "unit", type, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, type, &text);
        H5Aclose(attribute);
        H5Sclose(space);
        H5Tclose(type);
        H5Dclose(dataset);
    };
    const hid_t h5md = H5Gcreate2(file, "h5md", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    const std::array<int, 2> version{1, 0};
    const hsize_t two = 2;
    const hid_t pair = H5Screate_simple(1, &two, nullptr);
    const hid_t attribute = H5Acreate2(h5md, "version", H5T_NATIVE_INT, pair, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT, version.data());
    H5Aclose(attribute);
    H5Sclose(pair);
    H5Gclose(h5md);
    const std::vector<float> positions{0.1F,  0.2F, 0.3F, 0.5F, 0.5F, 0.5F,
                                       0.05F, 0.2F, 0.3F, 0.5F, 0.5F, 0.5F};
    const std::vector<int> images{0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1};
    const std::vector<double> box{1.0, 2.0, 3.0};
    const int stepIncrement = 5;
    const double timeIncrement = 0.25;
    const hid_t kinds = H5Tenum_create(H5T_STD_I32LE);
    for (auto [name, z] : {std::pair{"Li", 3}, {"O", 8}})
        H5Tenum_insert(kinds, name, &z);
    const std::array<int, 2> species{3, 8};
    unit(put("particles/system/position/value", H5T_NATIVE_FLOAT, {2, 2, 3}, positions.data()), "nm");
    H5Dclose(put("particles/system/position/step", H5T_NATIVE_INT, {}, &stepIncrement));
    unit(put("particles/system/position/time", H5T_NATIVE_DOUBLE, {}, &timeIncrement), "ps");
    H5Dclose(put("particles/system/image/value", H5T_NATIVE_INT, {2, 2, 3}, images.data()));
    H5Dclose(put("particles/system/species", kinds, {2}, species.data()));
    unit(put("particles/system/box/edges", H5T_NATIVE_DOUBLE, {3}, box.data()), "nm");
    H5Tclose(kinds);
    H5Pclose(links);
    H5Fclose(file);
}

}  // namespace

class TestH5md : public QObject {
    Q_OBJECT

  private:
    QTemporaryDir directory_;
    fs::path at(const char* name) const { return fs::path(directory_.path().toStdString()) / name; }

  private slots:
    void roundTrip() {
        for (const bool velocities : {false, true}) {
            writeRun(at("run.h5"), 130, velocities);
            QVERIFY(!fs::exists(at("run.h5.journal")));
            const H5mdReader reader(at("run.h5"));
            QCOMPARE(reader.frameCount(), std::size_t{130});
            const auto frames = reader.readAll();
            for (int i = 0; i < 130; ++i)
                QVERIFY(equal(frames[static_cast<std::size_t>(i)], frame(i, velocities)));
            QVERIFY(equal(reader.readFrame(77), frame(77, velocities)));
            QCOMPARE(reader.manifest(), std::string(R"({"formula":"LiPO"})"));
            QCOMPARE(reader.results(), std::string(R"({"diffusion":1})"));
            QVERIFY(equal(reader.restart().value(), restart(129)));
            const auto initial = reader.initialStructure();
            QCOMPARE(initial.siteLabels, structure().siteLabels);
            QVERIFY(initial.elements == structure().elements && initial.positions == structure().positions);
            QVERIFY(initial.lattice.rows() == structure().lattice.rows());
            QVERIFY(reader.structure("initial").has_value());
            QVERIFY(!reader.structure("relaxed").has_value());
            QVERIFY_THROWS_EXCEPTION(IoError, reader.readFrame(130));
        }
    }

    void replacingTextsAndStructures() {
        {
            H5mdWriter writer(at("replace.h5"), H5mdWriter::Mode::Create);
            writer.writeManifest("first");
            writer.writeManifest("the second is longer");
            writer.writeStructure("relaxed", structure(2));
            writer.writeStructure("relaxed", structure(3));
            QVERIFY_THROWS_EXCEPTION(InputError, writer.writeStructure("a/b", structure()));
            QVERIFY_THROWS_EXCEPTION(InputError, writer.write(frame(0)));
        }
        const H5mdReader reader(at("replace.h5"));
        QCOMPARE(reader.manifest(), std::string("the second is longer"));
        QCOMPARE(reader.results(), std::string());
        QCOMPARE(reader.structure("relaxed")->size(), std::size_t{9});
        QCOMPARE(reader.frameCount(), std::size_t{0});
        QVERIFY(!reader.restart().has_value());
    }

    void appendCutsAfterTheRestartState() {
        {
            H5mdWriter writer(at("append.h5"), H5mdWriter::Mode::Create);
            writer.begin(structure());
            for (int i = 0; i < 20; ++i) {
                writer.write(frame(i));
                if (i == 14) writer.writeRestart(restart(14));
            }
            writer.flush();
        }
        QCOMPARE(H5mdReader(at("append.h5")).frameCount(), std::size_t{20});
        {
            H5mdWriter writer(at("append.h5"), H5mdWriter::Mode::Append);
            writer.begin(structure());
            QVERIFY_THROWS_EXCEPTION(InputError, writer.begin(structure(2)));
            QVERIFY_THROWS_EXCEPTION(InputError, writer.write(frame(14)));
            QVERIFY_THROWS_EXCEPTION(InputError, writer.write(frame(15, false)));
            QVERIFY_THROWS_EXCEPTION(InputError, writer.write(frame(15, true, 2)));
            for (int i = 15; i < 200; ++i)
                writer.write(frame(i));
        }
        const H5mdReader reader(at("append.h5"));
        QCOMPARE(reader.frameCount(), std::size_t{200});
        for (int i = 0; i < 200; ++i)
            QVERIFY(equal(reader.readFrame(static_cast<std::size_t>(i)), frame(i)));
    }

    void aReaderMayWatchTheWriter() {
        H5mdWriter writer(at("live.h5"), H5mdWriter::Mode::Create);
        writer.begin(structure());
        for (int i = 0; i < 100; ++i) {
            writer.write(frame(i));
            if (i % 10 != 9) continue;
            writer.flush();
            const H5mdReader reader(at("live.h5"));
            QCOMPARE(reader.frameCount(), static_cast<std::size_t>(i) + 1);
            QVERIFY(equal(reader.readFrame(static_cast<std::size_t>(i)), frame(i)));
        }
        // Any HDF5 program opens it too, without special flags, while the run goes on.
        const hid_t file = H5Fopen(at("live.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
        QVERIFY(file >= 0);
        H5Fclose(file);
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at("live.h5"), H5mdWriter::Mode::Append));
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at("live.h5"), H5mdWriter::Mode::Create, true));
    }

    void layoutIsH5md() {
        writeRun(at("layout.h5"), 3, true);
        const hid_t file = H5Fopen(at("layout.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
        QVERIFY(file >= 0);
        std::array<int, 2> version{};
        hid_t attribute = H5Aopen_by_name(file, "h5md", "version", H5P_DEFAULT, H5P_DEFAULT);
        QVERIFY(H5Aread(attribute, H5T_NATIVE_INT, version.data()) >= 0);
        H5Aclose(attribute);
        QCOMPARE(version, (std::array<int, 2>{1, 1}));
        for (const char* name : {"h5md/author", "h5md/creator", "particles/all/box"}) {
            QVERIFY(H5Lexists(file, name, H5P_DEFAULT) > 0);
        }
        int dimension = 0;
        attribute = H5Aopen_by_name(file, "particles/all/box", "dimension", H5P_DEFAULT, H5P_DEFAULT);
        H5Aread(attribute, H5T_NATIVE_INT, &dimension);
        H5Aclose(attribute);
        QCOMPARE(dimension, 3);
        for (const char* group :
             {"particles/all/position", "particles/all/velocity", "particles/all/box/edges",
              "observables/potential_energy", "observables/temperature"}) {
            for (const char* name : {"value", "step", "time"}) {
                const hid_t dataset = H5Dopen2(file, (std::string(group) + "/" + name).c_str(), H5P_DEFAULT);
                QVERIFY(dataset >= 0);
                const hid_t space = H5Dget_space(dataset);
                std::array<hsize_t, 3> extent{}, most{};
                QVERIFY(H5Sget_simple_extent_dims(space, extent.data(), most.data()) >= 1);
                QCOMPARE(extent[0], hsize_t{3});
                QVERIFY(most[0] == H5S_UNLIMITED);
                if (std::string(name) != "step") QVERIFY(H5Aexists(dataset, "unit") > 0);
                H5Sclose(space);
                H5Dclose(dataset);
            }
        }
        H5Fclose(file);
    }

    void filesOfOtherPrograms() {
        writeForeign(at("foreign.h5"));
        const H5mdReader reader(at("foreign.h5"));
        QCOMPARE(reader.frameCount(), std::size_t{2});
        const Frame second = reader.readFrame(1);
        QCOMPARE(second.step, std::int64_t{5});
        QCOMPARE(second.timeFs, 250.0);
        QVERIFY((second.lattice.lengths() - Vec3(10, 20, 30)).norm() < 1e-9);
        QVERIFY((second.positions.col(0) - Vec3(10.5, 2, 3)).norm() < 1e-5);
        QVERIFY((second.positions.col(1) - Vec3(5, 5, -25)).norm() < 1e-5);
        QCOMPARE(reader.initialStructure().formula(), std::string("LiO"));
        QCOMPARE(reader.manifest(), std::string());
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at("foreign.h5"), H5mdWriter::Mode::Append));
    }

    void wrongFilesAreNamed() {
        store(at("text.h5"), Bytes(5000, 'x'));
        store(at("empty.h5"), {});
        for (const char* name : {"text.h5", "empty.h5", "absent.h5"}) {
            try {
                const H5mdReader reader(at(name));
                QFAIL("a file that is no HDF5 was opened");
            } catch (const IoError& error) {
                QVERIFY(std::string(error.what()).find(name) != std::string::npos);
            }
            QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at(name), H5mdWriter::Mode::Append));
            QVERIFY(!fs::exists(at(name).string() + ".journal"));
        }
        QVERIFY(!fs::exists(at("absent.h5")));
        H5Fclose(H5Fcreate(at("bare.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdReader(at("bare.h5")));
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter("/dev/full", H5mdWriter::Mode::Create, true));
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at("no/such/folder.h5"), H5mdWriter::Mode::Create));
        writeRun(at("kept.h5"), 2);
        QVERIFY_THROWS_EXCEPTION(IoError, H5mdWriter(at("kept.h5"), H5mdWriter::Mode::Create));
        QCOMPARE(H5mdReader(at("kept.h5")).frameCount(), std::size_t{2});
    }

    void truncatedFilesAreRefused() {
        writeRun(at("whole.h5"), 40, true);
        const Bytes whole = bytesOf(at("whole.h5"));
        for (std::size_t i = 0; i < 60; ++i) {
            store(at("cut.h5"),
                  Bytes(whole.begin(), whole.begin() + static_cast<long>(whole.size() * i / 60)));
            QVERIFY(!readsFully(at("cut.h5")));
        }
    }

    /// Bits flipped at random: an IoError, or (in padding) exactly the right data. Never a crash, never wrong
    /// frames.
    void flippedBits() {
        RandomStream random(11);
        writeRun(at("good.h5"), 20, true);
        const Bytes good = bytesOf(at("good.h5"));
        int refused = 0;
        for (int trial = 0; trial < 800; ++trial) {
            Bytes bad = good;
            const auto flips = 1 + random.below(3);
            for (std::uint64_t k = 0; k < flips; ++k) {
                bad[random.below(bad.size())] ^= static_cast<char>(1U << random.below(8));
            }
            store(at("bad.h5"), bad);
            if (!readsFully(at("bad.h5"))) {
                ++refused;
                continue;
            }
            const H5mdReader reader(at("bad.h5"));
            for (std::size_t i = 0; i < reader.frameCount(); ++i) {
                QVERIFY(equal(reader.readFrame(i), frame(static_cast<int>(i))));
            }
        }
        qInfo("%d of 800 damaged files refused", refused);
        QVERIFY(refused > 100);
    }
};

QTEST_APPLESS_MAIN(TestH5md)
#include "test_h5md.moc"
