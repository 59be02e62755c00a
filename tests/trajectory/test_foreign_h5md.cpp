// SPDX-License-Identifier: GPL-3.0-or-later
// H5MD as other programs write it: species in any form, no times, ids in changing order, wrapped positions.
#include <hdf5.h>

#include <QTest>
#include <array>

#include "moving_ions.h"

using namespace moving;

namespace {

/// A file made with HDF5 itself.
class Foreign {
  public:
    explicit Foreign(const std::filesystem::path& path)
        : file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)),
          links_(H5Pcreate(H5P_LINK_CREATE)) {
        H5Pset_create_intermediate_group(links_, 1);
        const hid_t h5md = H5Gcreate2(file_, "h5md", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        const std::array<int, 2> version{1, 1};
        const hsize_t two = 2;
        const hid_t space = H5Screate_simple(1, &two, nullptr);
        const hid_t attribute = H5Acreate2(h5md, "version", H5T_NATIVE_INT, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, H5T_NATIVE_INT, version.data());
        H5Aclose(attribute);
        H5Sclose(space);
        H5Gclose(h5md);
    }
    ~Foreign() {
        H5Pclose(links_);
        H5Fclose(file_);
    }
    Foreign(const Foreign&) = delete;
    Foreign& operator=(const Foreign&) = delete;

    void put(const std::string& name, hid_t type, std::vector<hsize_t> shape, const void* data,
             const char* unit = nullptr) {
        const hid_t space = shape.empty()
                                ? H5Screate(H5S_SCALAR)
                                : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
        const hid_t dataset = H5Dcreate2(file_, ("particles/atoms/" + name).c_str(), type, space, links_,
                                         H5P_DEFAULT, H5P_DEFAULT);
        H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data);
        if (unit != nullptr) {
            const hid_t text = H5Tcopy(H5T_C_S1);
            H5Tset_size(text, std::string(unit).size());
            const hid_t scalar = H5Screate(H5S_SCALAR);
            const hid_t attribute = H5Acreate2(dataset, "unit", text, scalar, H5P_DEFAULT, H5P_DEFAULT);
            H5Awrite(attribute, text, unit);
            H5Aclose(attribute);
            H5Sclose(scalar);
            H5Tclose(text);
        }
        H5Dclose(dataset);
        H5Sclose(space);
    }

    /// Positions in nm, box in nm for every frame, steps of 10.
    void putMotion(int frames, bool breathes, bool shuffled, bool images) {
        std::vector<double> positions, edges;
        std::vector<int> steps, ids, crossed;
        for (int t = 0; t < frames; ++t) {
            const Mat3 rows = 0.1 * lattice(t, breathes).rows();
            for (int k = 0; k < 9; ++k)
                edges.push_back(rows(k / 3, k % 3));
            steps.push_back(10 * t);
            for (int k = 0; k < 5; ++k) {
                const int i = shuffled ? (3 * k + t) % 5 : k;
                const Vec3 all = fractional(t).col(i);
                const Vec3 image = all.array().floor();
                const Vec3 r = rows.transpose() * (all - image);
                for (int axis = 0; axis < 3; ++axis) {
                    positions.push_back(r[axis]);
                    crossed.push_back(static_cast<int>(image[axis]));
                }
                ids.push_back(10 + i);
            }
        }
        const auto n = static_cast<hsize_t>(frames);
        put("position/value", H5T_NATIVE_DOUBLE, {n, 5, 3}, positions.data(), "nm");
        put("position/step", H5T_NATIVE_INT, {n}, steps.data());
        put("box/edges/value", H5T_NATIVE_DOUBLE, {n, 3, 3}, edges.data(), "nm");
        if (shuffled) put("id/value", H5T_NATIVE_INT, {n, 5}, ids.data());
        if (images) put("image/value", H5T_NATIVE_INT, {n, 5, 3}, crossed.data());
    }

  private:
    hid_t file_, links_;
};

io::ImportOptions answers(const std::string& types = {}) {
    io::ImportOptions options;
    options.timestepFs = 2.0;
    options.types = io::parseTypes(types);
    return options;
}

}  // namespace

class TestForeignH5md : public QObject {
    Q_OBJECT

  private:
    Folder folder_;

  private slots:
    void theTrueMotionComesBack() {
        const std::array<int, 5> species{3, 3, 40, 8, 8};
        for (const bool breathes : {false, true}) {
            for (const bool images : {false, true}) {
                const auto path = folder_.path("motion.h5");
                {
                    Foreign file(path);
                    file.putMotion(25, breathes, false, images);
                    file.put("species", H5T_NATIVE_INT, {5}, species.data());
                }
                const auto source = openTrajectory(path, answers());
                QCOMPARE(source->initial().formula(), std::string("Li2ZrO2"));
                const auto read = readAll(*source);
                QCOMPARE(read.size(), std::size_t{25});
                QVERIFY(deviation(read, breathes) < 1e-9);
                QCOMPARE(read[3].timeFs, 60.0);
                QCOMPARE(source->notes().size(), images ? std::size_t{0} : std::size_t{1});
            }
        }
    }

    void idsSayWhichAtomIsWhich() {
        const auto path = folder_.path("ids.h5");
        std::vector<int> species;
        const std::array<int, 5> kinds{1, 1, 2, 3, 3};
        for (int t = 0; t < 25; ++t)
            for (int k = 0; k < 5; ++k)
                species.push_back(kinds[static_cast<std::size_t>((3 * k + t) % 5)]);
        {
            Foreign file(path);
            file.putMotion(25, true, true, true);
            file.put("species/value", H5T_NATIVE_INT, {25, 5}, species.data());
        }
        try {
            openTrajectory(path, {});
            QFAIL("types and time step were guessed");
        } catch (const io::UnansweredQuestions& asked) {
            QVERIFY(asked.questions().timestep);
            QCOMPARE(asked.questions().types, (std::map<long, std::size_t>{{1, 2}, {2, 1}, {3, 2}}));
        }
        const auto source = openTrajectory(path, answers("Li,Zr,O"));
        const auto read = readAll(*source);
        // The atoms stand in the order of the first frame: 0, 3, 1, 4, 2.
        QCOMPARE(std::string(source->initial().elements[1].symbol()), std::string("O"));
        const std::array<int, 5> order{0, 3, 1, 4, 2};
        for (int t = 0; t < 25; ++t) {
            const VectorField truth = lattice(t, true).rows().transpose() * fractional(t);
            for (int k = 0; k < 5; ++k)
                QVERIFY((read[static_cast<std::size_t>(t)].positions.col(k) -
                         truth.col(order[static_cast<std::size_t>(k)]))
                            .norm() < 1e-9);
        }
    }

    void speciesInAnyForm_data() {
        QTest::addColumn<QString>("form");
        for (const char* form :
             {"fixed text", "variable text", "named enumeration", "types from zero", "none"})
            QTest::newRow(form) << form;
    }
    void speciesInAnyForm() {
        QFETCH(QString, form);
        const auto path = folder_.path("species.h5");
        {
            Foreign file(path);
            file.putMotion(3, false, false, true);
            if (form == "fixed text") {
                const hid_t type = H5Tcopy(H5T_C_S1);
                H5Tset_size(type, 2);
                const std::array<char, 10> names{'L', 'i', 'L', 'i', 'Z', 'r', 'O', 0, 'O', 0};
                file.put("species", type, {5}, names.data());
                H5Tclose(type);
            } else if (form == "variable text") {
                const hid_t type = H5Tcopy(H5T_C_S1);
                H5Tset_size(type, H5T_VARIABLE);
                const std::array<const char*, 5> names{"Li", "Li", "Zr", "O", "O"};
                file.put("species", type, {5}, names.data());
                H5Tclose(type);
            } else if (form == "named enumeration") {
                const hid_t type = H5Tenum_create(H5T_NATIVE_INT);
                int value = 0;
                for (const char* name : {"Zr", "O", "Li"}) {
                    H5Tenum_insert(type, name, &value);
                    ++value;
                }
                const std::array<int, 5> values{2, 2, 0, 1, 1};
                file.put("species", type, {5}, values.data());
                H5Tclose(type);
            } else if (form == "types from zero") {
                const std::array<int, 5> values{0, 0, 1, 2, 2};
                file.put("species", H5T_NATIVE_INT, {5}, values.data());
            }
        }
        if (form == "none") {
            QVERIFY_THROWS_EXCEPTION(io::UnansweredQuestions, openTrajectory(path, answers()));
            QCOMPARE(openTrajectory(path, answers("Li"))->initial().formula(), std::string("Li"));
            return;
        }
        if (form == "types from zero")
            QVERIFY_THROWS_EXCEPTION(io::UnansweredQuestions, openTrajectory(path, answers()));
        QCOMPARE(openTrajectory(path, answers("Li,Zr,O"))->initial().formula(), std::string("Li2ZrO2"));
    }

    void missingBoxesAndGroupsAreNamed() {
        const auto path = folder_.path("bare.h5");
        {
            Foreign file(path);
            const std::array<double, 3> r{0, 0, 0};
            const std::array<int, 1> one{3};
            file.put("position/value", H5T_NATIVE_DOUBLE, {1, 1, 3}, r.data());
            file.put("position/step", H5T_NATIVE_INT, {1}, one.data());
            file.put("species", H5T_NATIVE_INT, {1}, one.data());
        }
        for (const char* group : {"", "ions"}) {
            auto options = answers();
            options.group = group;
            try {
                openTrajectory(path, options);
                QFAIL("opened");
            } catch (const IoError& error) {
                const std::string message = error.what();
                QVERIFY2(message.find(*group ? "particles/ions" : "no box") != std::string::npos,
                         message.c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestForeignH5md)
#include "test_foreign_h5md.moc"
