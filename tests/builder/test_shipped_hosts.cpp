// SPDX-License-Identifier: GPL-3.0-or-later
// Every shipped host against crystallography and Shannon's radii, and a hundred random compositions of each.
#include <Eigen/LU>
#include <QDir>
#include <QTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/builder/decorate.h"
#include "core/crystal/ionic_radius.h"
#include "core/crystal/neighbour_list.h"
#include "core/crystal/symmetry.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;
using crystal::Structure;

namespace {

const Host& host(const QString& id) {
    static std::map<QString, Host> loaded;
    const auto found = loaded.find(id);
    if (found != loaded.end()) return found->second;
    return loaded.emplace(id, loadHost((IONSCAPE_RESOURCES "/hosts/" + id + ".json").toStdString()))
        .first->second;
}

const Species& speciesOf(const Host& host, const std::string& siteLabel, Element element) {
    const Sublattice& sublattice = host.sublattice(host.sublatticeOf(siteLabel));
    for (const Species& species : sublattice.species) {
        if (species.element == element) return species;
    }
    throw InputError("an element on a sublattice that does not allow it");
}

/// Six-fold coordination throughout, and the smaller four-fold radius where that is all there is: a bound on
/// distances needs no more.
double radius(const Species& species) {
    const auto found = crystal::nearestIonicRadius(species.element, species.oxidationState, 6);
    return found ? std::max(found->radius, 0.0) : 0.5;
}

Structure framework(const Host& host) {
    const Structure all = host.primitiveCell();
    Structure cell;
    cell.lattice = all.lattice;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (host.sublatticeOf(all.siteLabels[i]) != host.mobile().name)
            cell.append(all.elements[i], all.position(i), all.siteLabels[i]);
    }
    return cell;
}

/// Up to five species a sublattice, the host's own among them, on the sites of the supercell.
Composition randomComposition(const Host& host, RandomStream& random) {
    Composition composition;
    for (const Sublattice* sublattice : host.mixedSublattices()) {
        std::vector<Species> species = sublattice->species;
        const Species own = species.front();
        species.erase(species.begin());
        random.shuffle(species);
        species.resize(std::min<std::size_t>(species.size(), random.below(5)));
        species.push_back(own);
        const int sites =
            static_cast<int>(std::lround(mixedSitesInSupercell(host) * sublattice->sitesPerFormulaUnit /
                                         host.mixed().sitesPerFormulaUnit));
        std::map<Element, int> drawn;
        for (int site = 0; site < sites; ++site)
            ++drawn[species[random.below(species.size())].element];
        SpeciesCounts counts(drawn.begin(), drawn.end());
        if (sublattice == &host.mixed()) {
            composition.counts = std::move(counts);
        } else {
            composition.further.push_back({sublattice->name, std::move(counts)});
        }
    }
    return composition;
}

}  // namespace

class TestShippedHosts : public QObject {
    Q_OBJECT

  private slots:
    void spaceGroupAndFormula_data();
    void spaceGroupAndFormula();
    void bondLengths_data();
    void bondLengths();
    void supercellIsNearACube_data() { everyHost(); }
    void supercellIsNearACube();
    void hundredRandomCompositions_data() { everyHost(); }
    void hundredRandomCompositions();
    void publishedCompositions_data();
    void publishedCompositions();
    void splitSitesAreNeverBothFilled();
    void capacityCanBeReached();
    void tooManyIonsAreRefused();
    void argyroditePairsAreDrawnEvenly();

  private:
    void everyHost() {
        QTest::addColumn<QString>("id");
        for (const QString& file : QDir(IONSCAPE_RESOURCES "/hosts").entryList({"*.json"}))
            QTest::newRow(qPrintable(file)) << file.chopped(5);
    }
};

void TestShippedHosts::spaceGroupAndFormula_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("group");
    QTest::addColumn<QString>("formula");
    QTest::addColumn<int>("sites");  // in the conventional cell
    QTest::newRow("lzsp") << "lzsp" << 15 << "Li3Zr2Si2PO12" << 84;
    QTest::newRow("na-nasicon") << "na-nasicon" << 167 << "Na3Zr2Si2PO12" << 126;
    QTest::newRow("latp") << "latp" << 167 << "LiTi2P3O12" << 126;
    QTest::newRow("halide") << "halide" << 12 << "Li3YBr6" << 24;
    QTest::newRow("li3ps4") << "li3ps4" << 62 << "Li3PS4" << 36;
    QTest::newRow("llzo") << "llzo" << 230 << "Li7Zr2La3O12" << 256;
    QTest::newRow("argyrodite") << "argyrodite" << 216 << "Li6PClS5" << 76;
}

void TestShippedHosts::spaceGroupAndFormula() {
    QFETCH(QString, id);
    QFETCH(int, group);
    QFETCH(QString, formula);
    QFETCH(int, sites);
    const Host& h = host(id);
    // The operations of the file and those that spglib finds in the sites it generates are the same group.
    QCOMPARE(crystal::spaceGroup(framework(h)).number, group);
    QCOMPARE(crystal::spaceGroup(h.primitiveCell()).number, group);
    QCOMPARE(crystal::spaceGroup(framework(h)).symbol, h.spaceGroup);
    const Composition own = defaultComposition(h);
    QCOMPARE(QString::fromStdString(formulaText(compositionFormula(h, own))), formula);
    QVERIFY(compositionFromFormula(h, parseFormula(formula.toStdString()), 8).further.empty());
    std::size_t images = 0;
    for (const HostSite& site : h.asymmetricSites) {
        images += h.orbit(site).size();
        QVERIFY(!site.wyckoff.empty());  // then loading has checked the multiplicity
    }
    QCOMPARE(static_cast<int>(images), sites);
    QVERIFY(h.protocol.temperature >= 300.0 && h.protocol.temperature <= 1200.0);
}

void TestShippedHosts::bondLengths_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("site");
    QTest::addColumn<int>("coordination");
    QTest::addColumn<double>("tolerance");  // from the sum of Shannon's radii, Å
    const auto row = [](const char* id, const char* site, int coordination, double tolerance) {
        QTest::addRow("%s %s", id, site) << QString(id) << QString(site) << coordination << tolerance;
    };
    row("lzsp", "M", 6, 0.12);
    row("na-nasicon", "M", 6, 0.06), row("na-nasicon", "T", 4, 0.12);
    row("latp", "M", 6, 0.10), row("latp", "T", 4, 0.10);
    row("halide", "M", 6, 0.05);
    row("li3ps4", "M", 4, 0.12);
    row("llzo", "M", 6, 0.05), row("llzo", "A", 8, 0.08);
    row("argyrodite", "P", 4, 0.12);
    // Ions on their sites, in the coordination of that void.
    row("na-nasicon", "Na1", 6, 0.20), row("latp", "Li1", 6, 0.20);
    row("halide", "Li1", 6, 0.15), row("halide", "Li2", 6, 0.15), row("halide", "Li3", 6, 0.15);
    row("li3ps4", "Li1", 4, 0.15), row("llzo", "Li1", 4, 0.10), row("argyrodite", "Li", 4, 0.20);
}

void TestShippedHosts::bondLengths() {
    QFETCH(QString, id);
    QFETCH(QString, site);
    QFETCH(int, coordination);
    QFETCH(double, tolerance);
    const Host& h = host(id);
    const Structure cell = h.primitiveCell();
    std::map<std::size_t, std::vector<std::pair<double, std::size_t>>> anions;
    for (const auto& pair : crystal::neighbourPairs(cell, 3.6)) {
        const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
        const bool anion = speciesOf(h, cell.siteLabels[j], cell.elements[j]).oxidationState < 0;
        if (cell.siteLabels[i] == site.toStdString() && anion) anions[i].emplace_back(pair.distance, j);
    }
    QVERIFY(!anions.empty());
    for (auto& [atom, bonds] : anions) {
        std::sort(bonds.begin(), bonds.end());
        const auto n = static_cast<std::size_t>(coordination);
        QVERIFY(bonds.size() >= n);
        const Species& cation = speciesOf(h, cell.siteLabels[atom], cell.elements[atom]);
        const double own = *crystal::ionicRadius(cation.element, cation.oxidationState, coordination);
        double expected = 0.0, mean = 0.0;
        for (std::size_t b = 0; b < n; ++b) {
            mean += bonds[b].first / coordination;
            const std::size_t j = bonds[b].second;
            const Species& anion = speciesOf(h, cell.siteLabels[j], cell.elements[j]);
            expected += (own + crystal::nearestIonicRadius(anion.element, anion.oxidationState, 4)->radius) /
                        coordination;
        }
        QVERIFY2(std::abs(mean - expected) < tolerance,
                 qPrintable(QString("mean bond %1, radii %2").arg(mean).arg(expected)));
        // The shell is closed: the next anion is clearly farther.
        if (bonds.size() > n) QVERIFY(bonds[n].first > bonds[n - 1].first + 0.15);
    }
}

void TestShippedHosts::supercellIsNearACube() {
    QFETCH(QString, id);
    const Host& h = host(id);
    const Structure cell = builder::decoratedSupercell(h, defaultComposition(h), 1);
    QVERIFY2(cell.size() >= 100 && cell.size() <= 250, qPrintable(QString::number(cell.size())));
    const double edge = std::cbrt(cell.lattice.volume());
    QVERIFY(cell.lattice.faceDistances().minCoeff() > 0.75 * edge);
    QVERIFY(cell.lattice.faceDistances().minCoeff() > 12.0);
    QVERIFY(cell.lattice.rows().determinant() > 0.0);
}

void TestShippedHosts::hundredRandomCompositions() {
    QFETCH(QString, id);
    const Host& h = host(id);
    RandomStream random(11, "hundred compositions");
    int built = 0, drawn = 0;
    while (built < 100) {
        QVERIFY2(++drawn < 20000, "hardly any random composition can be balanced");
        const Composition composition = randomComposition(h, random);
        const double content = mobileContent(h, composition);
        if (content < 0.0 || content > mobileCapacity(h)) continue;
        const Structure cell =
            builder::decoratedSupercell(h, composition, static_cast<std::uint64_t>(1000 + built));
        ++built;
        int charge = 0;
        std::vector<double> radii;
        for (std::size_t i = 0; i < cell.size(); ++i) {
            const Species& species = speciesOf(h, cell.siteLabels[i], cell.elements[i]);
            charge += species.oxidationState;
            radii.push_back(radius(species));
        }
        QCOMPARE(charge, 0);
        for (const auto& pair : crystal::neighbourPairs(cell, 2.8)) {
            const auto i = static_cast<std::size_t>(pair.i), j = static_cast<std::size_t>(pair.j);
            const double bound = 0.6 * (radii[i] + radii[j]);
            QVERIFY2(pair.distance >= bound,
                     qPrintable(QString("%1 (%2) and %3 (%4): %5 < %6")
                                    .arg(cell.siteLabels[i].c_str())
                                    .arg(std::string(cell.elements[i].symbol()).c_str())
                                    .arg(cell.siteLabels[j].c_str())
                                    .arg(std::string(cell.elements[j].symbol()).c_str())
                                    .arg(pair.distance)
                                    .arg(bound)));
        }
    }
}

void TestShippedHosts::publishedCompositions_data() {
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("formula");
    QTest::addColumn<double>("mobile");  // per formula unit
    QTest::newRow("NASICON x = 0") << "na-nasicon"
                                   << "NaZr2P3O12" << 1.0;
    QTest::newRow("NASICON x = 2") << "na-nasicon"
                                   << "Na3Zr2Si2PO12" << 3.0;
    QTest::newRow("NASICON x = 3") << "na-nasicon"
                                   << "Na4Zr2Si3O12" << 4.0;
    QTest::newRow("LATP") << "latp"
                          << "Li1.375Al0.375Ti1.625P3O12" << 1.375;
    QTest::newRow("halide") << "halide"
                            << "Li3In0.5Y0.5Br3Cl3" << 3.0;
    QTest::newRow("thiophosphate") << "li3ps4"
                                   << "Li3.25P0.75Ge0.25S3O" << 3.25;
    QTest::newRow("LLZTO") << "llzo"
                           << "Li6.5La3Zr1.5Ta0.5O12" << 6.5;
    QTest::newRow("halide-rich argyrodite") << "argyrodite"
                                            << "Li5.5PS4.5Cl1.5" << 5.5;
}

void TestShippedHosts::publishedCompositions() {
    QFETCH(QString, id);
    QFETCH(QString, formula);
    QFETCH(double, mobile);
    const Host& h = host(id);
    const Formula given = parseFormula(formula.toStdString());
    const Composition composition = compositionFromFormula(h, given, mixedSitesInSupercell(h));
    QCOMPARE(mobileContent(h, composition), mobile);
    const Structure cell = builder::decoratedSupercell(h, composition, 7);
    const double units = mixedSitesInSupercell(h) / h.mixed().sitesPerFormulaUnit;
    for (const auto& [element, count] : cell.elementCounts())
        QVERIFY(std::abs(count - units * amountOf(given, element)) < 1e-6);
}

void TestShippedHosts::splitSitesAreNeverBothFilled() {
    for (const char* id : {"llzo", "argyrodite"}) {
        const Host& h = host(id);
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            const Structure cell = builder::decoratedSupercell(h, defaultComposition(h), seed);
            Structure ions;
            ions.lattice = cell.lattice;
            for (const std::size_t i : cell.atomsOf(Element::fromSymbol("Li")))
                ions.append(cell.elements[i], cell.position(i));
            QVERIFY(crystal::neighbourPairs(ions, h.mobile().minimumDistance).empty());
        }
    }
    // Seeds reproduce and differ.
    const auto drawn = [](std::uint64_t seed) {
        return builder::decoratedSupercell(host("llzo"), defaultComposition(host("llzo")), seed).positions;
    };
    QVERIFY(drawn(3) == drawn(3));
    QVERIFY(drawn(3) != drawn(4));
}

void TestShippedHosts::capacityCanBeReached() {
    for (const char* id : {"llzo", "argyrodite"}) {
        Host h = host(id);
        // More charge on the primary sublattice until the ions fill the capacity.
        const double missing = mobileCapacity(h) - mobileContent(h, defaultComposition(h));
        for (Sublattice& sublattice : h.sublattices) {
            if (sublattice.name != "O" && sublattice.name != "S") continue;
            sublattice.species.push_back({Element::fromSymbol("N"), -3});
            sublattice.amounts[0] -= missing;
            sublattice.amounts.push_back(missing);
        }
        if (missing == 0.0) continue;
        QCOMPARE(mobileContent(h, defaultComposition(h)), mobileCapacity(h));
        builder::decoratedSupercell(h, defaultComposition(h), 1);
    }
}

void TestShippedHosts::tooManyIonsAreRefused() {
    Host h = host("argyrodite");
    for (Sublattice& sublattice : h.sublattices) {
        sublattice.capacity = 0.0;
        if (sublattice.name == "P") sublattice.species = {{Element::fromSymbol("Si"), 4}};
    }
    try {
        builder::decoratedSupercell(h, defaultComposition(h), 1);
        QFAIL("7 Li on 6 pairs of sites");
    } catch (const InputError& error) {
        const QString what = QString::fromUtf8(error.what());
        QVERIFY2(what.startsWith("112 mobile ions do not fit on the 192 sites") && what.contains("16 such"),
                 qPrintable(what));
    }
}

void TestShippedHosts::argyroditePairsAreDrawnEvenly() {
    // Li6 fills one site of each pair: a fair coin for each of the 96 pairs of the cell.
    const Host& h = host("argyrodite");
    std::map<std::array<long, 3>, int> filled;
    constexpr int draws = 200;
    for (std::uint64_t seed = 0; seed < draws; ++seed) {
        const Structure cell = builder::decoratedSupercell(h, defaultComposition(h), seed);
        for (const std::size_t i : cell.atomsOf(Element::fromSymbol("Li"))) {
            const Vec3 r = cell.position(i) * 1e4;
            ++filled[{std::lround(r[0]), std::lround(r[1]), std::lround(r[2])}];
        }
    }
    QCOMPARE(filled.size(), std::size_t{192});
    double chiSquare = 0.0;
    for (const auto& [site, count] : filled)
        chiSquare += (count - draws / 2) * (count - draws / 2) / (draws / 4.0) / 2.0;
    // 96 independent coins: 0.1 % and 99.9 % quantiles of chi square for 96 degrees of freedom.
    QVERIFY2(chiSquare > 57.6 && chiSquare < 144.6, qPrintable(QString::number(chiSquare)));
}

QTEST_APPLESS_MAIN(TestShippedHosts)
#include "test_shipped_hosts.moc"
