// SPDX-License-Identifier: GPL-3.0-or-later
// Trajectories of other programs: every layout gives the true motion back, what is missing is asked for, and
// what is damaged is named.
#include <zlib.h>

#include <QTest>

#include "moving_ions_text.h"

using namespace moving;
using crystal::Element;

namespace {

constexpr int frames = 30;

io::ImportOptions answers(double timestepFs, const std::string& types = {}) {
    io::ImportOptions options;
    if (timestepFs > 0.0) options.timestepFs = timestepFs;
    options.types = io::parseTypes(types);
    return options;
}

/// The message with which reading the whole file fails; empty when it does not.
std::string failure(const std::filesystem::path& file, const io::ImportOptions& options) {
    try {
        readAll(file, options);
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

bool holds(const std::string& message, const std::vector<std::string>& parts) {
    for (const auto& part : parts) {
        if (message.find(part) != std::string::npos) continue;
        qWarning("'%s' is not in: %s", part.c_str(), message.c_str());
        return false;
    }
    return true;
}

std::string replaced(std::string text, const std::string& from, const std::string& to,
                     std::size_t from_at = 0) {
    const auto at = text.find(from, from_at);
    if (at == std::string::npos) throw std::logic_error("the test text lacks: " + from);
    return text.replace(at, from.size(), to);
}

}  // namespace

class TestImportFormats : public QObject {
    Q_OBJECT

  private:
    Folder folder_;

  private slots:
    void xdatcarGivesTheTrueMotion_data() {
        QTest::addColumn<bool>("breathes");
        QTest::addColumn<bool>("wrap");
        QTest::addColumn<bool>("blanks");
        QTest::newRow("fixed cell") << false << true << false;
        QTest::newRow("header for each frame") << true << true << false;
        QTest::newRow("unwrapped") << false << false << false;
        QTest::newRow("parted by blank lines") << false << true << true;
    }
    void xdatcarGivesTheTrueMotion() {
        QFETCH(bool, breathes);
        QFETCH(bool, wrap);
        QFETCH(bool, blanks);
        const auto file = folder_.write("XDATCAR", xdatcar(frames, {breathes, true, wrap, blanks}));
        const auto source = openTrajectory(file, answers(2.0));
        QCOMPARE(source->initial().formula(), std::string("Li2ZrO2"));
        const auto read = readAll(*source);
        QCOMPARE(read.size(), std::size_t{frames});
        if (wrap) {
            QVERIFY(deviation(read, breathes) < 1e-9);
        } else {
            const VectorField moved = read.back().positions - read.front().positions;
            QVERIFY((moved - lattice(0, false).rows().transpose() * (fractional(frames - 1) - fractional(0)))
                        .cwiseAbs()
                        .maxCoeff() < 1e-9);
        }
        QVERIFY(std::abs(read[7].timeFs - read[3].timeFs - 8.0) < 1e-12);
        QVERIFY(source->fractionRead() > 0.99);
        QVERIFY(!source->hasTemperature());
    }

    void xdatcarWithoutSymbolsAsksForThem() {
        const auto file = folder_.write("XDATCAR", xdatcar(3, {false, false, true, false}));
        try {
            openTrajectory(file);
            QFAIL("elements and time step were guessed");
        } catch (const io::UnansweredQuestions& asked) {
            QVERIFY(asked.questions().timestep);
            QCOMPARE(asked.questions().types, (std::map<long, std::size_t>{{1, 2}, {2, 1}, {3, 2}}));
            QVERIFY(holds(asked.what(), {"--types", "--timestep-fs", file.string(), "POTIM"}));
        }
        QVERIFY_THROWS_EXCEPTION(io::UnansweredQuestions, openTrajectory(file, answers(1.0, "Li,Zr")));
        QCOMPARE(openTrajectory(file, answers(1.0, "Li,Zr,O"))->initial().formula(), std::string("Li2ZrO2"));
        auto options = answers(1.0);
        options.structure = folder_.write("POSCAR",
                                          "t\n1\n6 0 0\n1.5 7 0\n-.8 1.1 8\nNa Hf S\n2 1 2\nDirect\n0.1 0 0\n"
                                          "0.5 0 0\n0 .5 0\n.5 .5 0\n.5 .5 .5\n");
        QCOMPARE(openTrajectory(file, options)->initial().formula(), std::string("Na2HfS2"));
    }

    void layoutOfVasp4TakesItsCellFromAStructure() {
        std::string text = "  5  5 10\n 0.1E+02 0.6E-09 0.7E-09 0.8E-09 0.2E-14\n 1000.0\n  CAR\n old\n";
        for (int t = 0; t < 4; ++t) {
            text += "\n";
            for (int i = 0; i < 5; ++i)
                text += numbers(wrapped(fractional(t)).col(i)) + "\n";
        }
        const auto file = folder_.write("XDATCAR", text);
        try {
            openTrajectory(file);
            QFAIL("a cell was guessed");
        } catch (const io::UnansweredQuestions& asked) {
            QVERIFY(asked.questions().structure);
            QVERIFY(holds(asked.what(), {"--structure"}));
        }
        auto options = answers(20.0);
        options.structure = folder_.write("POSCAR",
                                          "t\n1\n6 0 0\n1.5 7 0\n-.8 1.1 8\nLi Zr O\n2 1 2\nDirect\n0.1 0 0\n"
                                          "0.5 0 0\n0 .5 0\n.5 .5 0\n.5 .5 .5\n");
        const auto read = readAll(file, options);
        QCOMPARE(read.size(), std::size_t{4});
        QVERIFY(deviation(read, false) < 1e-9);
    }

    void joinedXdatcarsGoOn() {
        const std::string whole = xdatcar(20);
        // The second part begins with its header and configuration 1, as VASP writes it.
        std::string second;
        for (int t = 10; t < 20; ++t) {
            second += t == 10 ? whole.substr(0, whole.find("Direct")) : "";
            second += fmt::format("Direct configuration={:6}\n", t - 9);
            for (int i = 0; i < 5; ++i)
                second += numbers(wrapped(fractional(t)).col(i)) + "\n";
        }
        const auto file = folder_.write("XDATCAR", xdatcar(10) + second);
        const auto source = openTrajectory(file, answers(1.0));
        const auto read = readAll(*source);
        QCOMPARE(read.size(), std::size_t{20});
        QVERIFY(deviation(read, false) < 1e-9);
        QVERIFY(std::abs(read.back().timeFs - read.front().timeFs - 19.0) < 1e-12);
        QVERIFY(holds(source->notes().at(0), {"anew 1 time"}));
    }

    void dumpsGiveTheTrueMotion_data() {
        QTest::addColumn<QString>("coordinates");
        QTest::addColumn<bool>("images");
        QTest::addColumn<bool>("breathes");
        for (const char* coordinates : {"x y z", "xs ys zs", "xu yu zu", "xsu ysu zsu"}) {
            for (const bool images : {false, true}) {
                for (const bool breathes : {false, true})
                    QTest::addRow("%s%s%s", coordinates, images ? " images" : "", breathes ? " NPT" : "")
                        << coordinates << images << breathes;
            }
        }
    }
    void dumpsGiveTheTrueMotion() {
        QFETCH(QString, coordinates);
        QFETCH(bool, images);
        QFETCH(bool, breathes);
        DumpStyle style;
        style.coordinates = coordinates.toStdString();
        style.images = images;
        style.breathes = breathes;
        const auto file = folder_.write("run.lammpstrj", dump(frames, style));
        const auto source = openTrajectory(file, answers(0.5, "Li,Zr,O"));
        QCOMPARE(source->initial().formula(), std::string("Li2ZrO2"));
        const auto read = readAll(*source);
        QCOMPARE(read.size(), std::size_t{frames});
        QVERIFY2(deviation(read, breathes) < 1e-9, qPrintable(QString::number(deviation(read, breathes))));
        QCOMPARE(read[3].step, std::int64_t{300});
        QCOMPARE(read[3].timeFs, 150.0);
        // The corner of the box is the origin.
        QVERIFY((read[0].lattice.toFractional(read[0].positions.col(2)).v - fractional(0).col(2)).norm() <
                1e-9);
    }

    void dumpsNameElementsMassesOrAsk() {
        DumpStyle style;
        style.element = true;
        const auto named = folder_.write("named.dump", dump(3, style));
        QCOMPARE(openTrajectory(named, answers(1.0))->initial().formula(), std::string("Li2ZrO2"));
        style.element = false;
        const auto typed = folder_.write("typed.dump", dump(3, style));
        try {
            openTrajectory(typed, answers(1.0));
            QFAIL("elements were guessed");
        } catch (const io::UnansweredQuestions& asked) {
            QVERIFY(!asked.questions().timestep);
            QCOMPARE(asked.questions().types, (std::map<long, std::size_t>{{1, 2}, {2, 1}, {3, 2}}));
        }
        // LAMMPS's default for elements that nobody assigned.
        std::string carbon = dump(3, [] {
            DumpStyle s;
            s.element = true;
            return s;
        }());
        for (const char* symbol : {" Li ", " Zr ", " O "}) {
            for (auto at = carbon.find(symbol); at != std::string::npos; at = carbon.find(symbol))
                carbon.replace(at, std::string(symbol).size(), " C ");
        }
        const auto unassigned = folder_.write("carbon.dump", carbon);
        QVERIFY_THROWS_EXCEPTION(io::UnansweredQuestions, openTrajectory(unassigned, answers(1.0)));
        QCOMPARE(readAll(unassigned, answers(1.0, "Li,Zr,O")).size(), std::size_t{3});
        const auto weighed = folder_.write("mass.dump",
                                           "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n2\nITEM: BOX BOUNDS pp "
                                           "pp pp\n0 4\n0 5\n0 6\nITEM: ATOMS "
                                           "id mass x y z\n7 15.999 1 1 1\n3 6.94 3 3 3\n");
        const auto structure = openTrajectory(weighed, answers(1.0))->initial();
        QCOMPARE(structure.formula(), std::string("LiO"));
        QVERIFY((structure.lattice.lengths() - Vec3(4, 5, 6)).norm() < 1e-12);
    }

    void dumpsTellTheirTimeAndUnits() {
        std::string text = "ITEM: UNITS\nmetal\n";
        for (int t = 0; t < 3; ++t)
            text += fmt::format("ITEM: TIME\n{}\n", 0.25 * t) + dumpFrame(t, {});
        const auto read = readAll(folder_.write("timed.dump", text), answers(0.0, "Li,Zr,O"));
        QCOMPARE(read.back().timeFs, 500.0);
        QVERIFY(
            holds(failure(folder_.write("lj.dump", "ITEM: UNITS\nlj\n" + dump(2)), answers(1.0, "Li,Zr,O")),
                  {":2:", "lj", "metal"}));
        const auto bohr =
            readAll(folder_.write("bohr.dump", "ITEM: UNITS\nelectron\n" + dump(2)), answers(1.0, "Li,Zr,O"));
        QVERIFY((bohr[0].lattice.rows() - 0.529177210903 * lattice(0, false).rows()).norm() < 1e-9);
    }

    void generalTriclinicDumps() {
        Mat3 rows;
        rows << 1.0, 5.0, 0.2, 4.0, -1.0, 0.5, 0.3, 0.4, 6.0;
        std::string text;
        for (int t = 0; t < 6; ++t) {
            text += fmt::format(
                "ITEM: TIMESTEP\n{}\nITEM: NUMBER OF ATOMS\n1\nITEM: BOX BOUNDS abc origin pp pp pp\n", t);
            for (int i = 0; i < 3; ++i)
                text += numbers(rows.row(i)) + fmt::format(" {}\n", i);
            const Vec3 f = wrapped(fractional(t)).col(0);
            text += "ITEM: ATOMS id element x y z\n1 Li " +
                    numbers(Vec3(rows.transpose() * f + Vec3(0, 1, 2))) + "\n";
        }
        const auto read = readAll(folder_.write("general.dump", text), answers(1.0));
        const Vec3 moved = read[5].positions.col(0) - read[0].positions.col(0);
        QVERIFY((moved - rows.transpose() * (5.0 * Vec3(0.13, -0.21, 0.07))).norm() < 1e-9);
    }

    void repeatedFramesAreLeftOut() {
        std::string text;
        for (const int t : {0, 1, 2, 3, 4, 5, 3, 4, 5, 6, 6, 7})
            text += dumpFrame(t, {});
        const auto source = openTrajectory(folder_.write("again.dump", text), answers(1.0, "Li,Zr,O"));
        const auto read = readAll(*source);
        QCOMPARE(read.size(), std::size_t{8});
        QVERIFY(deviation(read, false) < 1e-9);
        QVERIFY(holds(source->notes().at(0), {"4 frames were left out", "step 300"}));
    }

    void extxyzGivesTheTrueMotion() {
        for (const bool breathes : {false, true}) {
            const auto file = folder_.write("run.xyz", extxyz(frames, breathes, true));
            const auto source = openTrajectory(file);
            const auto read = readAll(*source);
            QCOMPARE(read.size(), std::size_t{frames});
            QVERIFY(deviation(read, breathes) < 1e-9);
            QCOMPARE(read[4].timeFs, 80.0);
            QCOMPARE(read[4].potentialEnergy, -5.5);
            QCOMPARE(read[4].temperature, 900.0);
            QVERIFY(source->hasTemperature());
        }
        const auto timeless = folder_.write("timeless.xyz", extxyz(frames, false, true, ""));
        QVERIFY(holds(failure(timeless, {}), {"--timestep-fs"}));
        QCOMPARE(readAll(timeless, answers(5.0)).at(2).timeFs, 10.0);
        const auto steps = folder_.write("steps.xyz", extxyz(frames, false, true, "Timestep"));
        QCOMPARE(readAll(steps, answers(5.0)).at(2).timeFs, 200.0);
        QVERIFY(looksLikeTrajectory(timeless));
        QVERIFY(!looksLikeTrajectory(folder_.write("one.xyz", extxyz(1, false, true))));
    }

    void vasprunGivesTheTrueMotion() {
        for (const bool breathes : {false, true}) {
            const auto file = folder_.write("vasprun.xml", vasprun(frames, breathes));
            QVERIFY(looksLikeTrajectory(file));
            const auto source = openTrajectory(file);
            const auto read = readAll(*source);
            QCOMPARE(read.size(), std::size_t{frames});
            QVERIFY(deviation(read, breathes) < 1e-9);
            QCOMPARE(read[4].timeFs - read[0].timeFs, 8.0);
            QCOMPARE(read[4].potentialEnergy, -14.0);
            QVERIFY(std::abs(read[4].temperature - 2.0 * 0.5 / (3.0 * 4.0 * 8.617333262e-5)) < 1e-6);
        }
        const std::string relaxed = replaced(vasprun(3, false), "     0</i>", "     2</i>");
        const auto file = folder_.write("relaxed.xml", relaxed);
        QVERIFY(!looksLikeTrajectory(file));
        QVERIFY(holds(failure(file, {}), {"--timestep-fs"}));
        // A run that still goes on ends within a step.
        const std::string whole = vasprun(4, false);
        const auto running = folder_.write("running.xml", whole.substr(0, whole.rfind("<energy>")));
        const auto source = openTrajectory(running);
        QCOMPARE(readAll(*source).size(), std::size_t{3});
        QVERIFY(holds(source->notes().at(0), {"not finished"}));
    }

    void compressedFilesAreRead() {
        const auto file = folder_.path("run.lammpstrj.gz");
        const std::string text = dump(frames);
        gzFile out = gzopen(file.c_str(), "wb");
        gzwrite(out, text.data(), static_cast<unsigned>(text.size()));
        gzclose(out);
        const auto source = openTrajectory(file, answers(1.0, "Li,Zr,O"));
        QVERIFY(deviation(readAll(*source), false) < 1e-9);
        QVERIFY(source->fractionRead() > 0.5);
        std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
        QVERIFY(holds(failure(file, answers(1.0, "Li,Zr,O")), {"break off"}));
        auto keep = answers(1.0, "Li,Zr,O");
        keep.keepGood = true;
        QVERIFY(readAll(file, keep).size() > 5);
    }

    void damageIsNamedAndWhatIsBeforeCanBeKept_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("parts");
        QTest::addColumn<int>("good");
        const auto row = [](const char* test, const char* name, const std::string& text,
                            const QStringList& parts, int good) {
            QTest::newRow(test) << name << QString::fromStdString(text) << parts << good;
        };
        const std::string x = xdatcar(6), d = dump(6), e = extxyz(6, false, true), v = vasprun(6, false);
        const auto third = [](const std::string& text, const std::string& mark) {
            return text.find(mark, text.find(mark, text.find(mark) + 1) + 1);
        };
        const auto xAt = third(x, "Direct"), dAt = third(d, "ITEM: TIMESTEP");
        row("XDATCAR number", "XDATCAR", replaced(x, "0.", "0.x", xAt), {":21:", "atom 1 of 5", "'0.x"}, 2);
        row("XDATCAR cut", "XDATCAR", x.substr(0, xAt + 40), {":21:"}, 2);
        row("XDATCAR line less", "XDATCAR", replaced(x, "\n", " ", x.find('\n', xAt)), {":25:", "'Direct'"},
            2);
        row("dump word", "a.dump", replaced(d, "ITEM: NUMBER", "ITEM: nUMBER", dAt), {":31:", "nUMBER"}, 2);
        row("dump cut", "a.dump", d.substr(0, d.find("pp pp pp\n", dAt) + 9), {"truncated"}, 2);
        const auto lost = d.find("\n3 2 ", dAt);
        row("dump atom lost", "a.dump",
            replaced(std::string(d).erase(lost, d.find('\n', lost + 1) - lost), "ATOMS\n5", "ATOMS\n4", dAt),
            {":37:", "atom 3 is missing", "step 200"}, 2);
        row("dump id twice", "a.dump", replaced(d, "\n3 2 ", "\n1 1 ", dAt),
            {"atom 1 stands twice", "step 200"}, 2);
        row("dump new id", "a.dump", replaced(d, "\n3 2 ", "\n9 2 ", dAt), {"atom 9 appears", "step 200"}, 2);
        row("dump type", "a.dump", replaced(d, "\n3 2 ", "\n3 1 ", dAt), {"atom 3", "another kind"}, 2);
        row("dump huge count", "a.dump", replaced(d, "ATOMS\n5", "ATOMS\n5000000000", dAt),
            {"5000000000 atoms"}, 2);
        const auto eAt = third(e, "Lattice");
        row("extxyz element", "a.xyz", replaced(e, "\nZr ", "\nHf ", eAt), {":19:", "Hf", "Zr"}, 2);
        row("extxyz count", "a.xyz", replaced(e, "\n5\n", "\n6\n", eAt - 4), {":22:", "atom 6 of 6"}, 2);
        row("extxyz cell", "a.xyz", replaced(e, "Lattice=\"6", "Lattice=\"x", eAt), {":16:", "Lattice"}, 2);
        const auto vAt = third(v, "<calculation>");
        row("vasprun tag", "vasprun.xml", replaced(v, "</varray>", "</v>", vAt), {"ionic step 3"}, 2);
        row("vasprun number", "vasprun.xml", replaced(v, "<v> ", "<v> q", vAt), {"ionic step 3", "'q"}, 2);
    }
    void damageIsNamedAndWhatIsBeforeCanBeKept() {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QStringList, parts);
        QFETCH(int, good);
        const auto file = folder_.write(name.toStdString(), text.toStdString());
        auto options = answers(1.0, "Li,Zr,O");
        std::vector<std::string> expected{file.string()};
        for (const QString& part : parts)
            expected.push_back(part.toStdString());
        QVERIFY(holds(failure(file, options), expected));
        options.keepGood = true;
        const auto source = openTrajectory(file, options);
        const auto read = readAll(*source);
        QCOMPARE(read.size(), static_cast<std::size_t>(good));
        QVERIFY(deviation(read, false) < 1e-9);
        QVERIFY(holds(source->notes().at(0), {"damaged", parts[0].toStdString()}));
    }

    void wrongFilesAreNamed() {
        QVERIFY(holds(failure(folder_.path("absent.dump"), {}), {"absent.dump", "No such file"}));
        QVERIFY(holds(failure(folder_.write("empty.xyz", ""), {}), {"empty"}));
        QVERIFY(holds(failure(folder_.write("prose.txt", "Once upon a time\n"), {}), {"no trajectory"}));
        QVERIFY(holds(failure(folder_.path("."), {}), {"folder"}));
        const std::string noId = replaced(dump(1), "ATOMS id type", "ATOMS mol type");
        QVERIFY(holds(failure(folder_.write("noid.dump", noId), answers(1.0, "Li,Zr,O")), {"\"id\""}));
        const std::string slab = replaced(dump(1), "pp pp pp", "pp pp ff");
        QVERIFY(holds(failure(folder_.write("slab.dump", slab), answers(1.0, "Li,Zr,O")),
                      {"not periodic along z"}));
        QVERIFY_THROWS_EXCEPTION(InputError, io::parseTypes("Li,Xx"));
    }
};

QTEST_APPLESS_MAIN(TestImportFormats)
#include "test_import_formats.moc"
