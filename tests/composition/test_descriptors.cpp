// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptors of known compositions against values worked out apart from the program, and published ones.
#include <QTest>
#include <cmath>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/composition/descriptors.h"

using namespace ionscape;
using namespace ionscape::composition;
using crystal::Element;

namespace {

const Host& lzsp() {
    static const Host host = loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json");
    return host;
}

const DescriptorSet& descriptors() {
    static const DescriptorSet set(lzsp());
    return set;
}

double value(const Composition& composition, const char* name) {
    const auto column = descriptors().find(name);
    if (!column) throw InputError(name);
    return descriptors().value(*column, composition);
}

Composition make(std::initializer_list<std::pair<const char*, int>> counts) {
    Composition composition;
    for (const auto& [symbol, count] : counts)
        composition.counts.emplace_back(Element::fromSymbol(symbol), count);
    return composition;
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

/// The winner of Fu et al. (2026).
const Composition winner = make({{"Zr", 4}, {"Hf", 3}, {"Sn", 3}, {"Ti", 3}, {"Nb", 3}});

}  // namespace

class TestDescriptors : public QObject {
    Q_OBJECT

  private slots:
    void winnerOfThePaper();
    void pristine();
    void nasiconFactorsOfOuyang();
    void amountsAddUp();
    void rowsAndCompositionsAgree();
    void namesAndDefinitions();
    void hazardAndSupply();
    void undefinedIsNaNAndSaysWhy();
    void canonicalFormulas();
    void everyShippedHost();
    void furtherSublattices();
};

void TestDescriptors::winnerOfThePaper() {
    // Shannon radii, coordination 6: Zr 0.72, Hf 0.71, Sn 0.69, Ti 0.605, Nb 0.64 Å. Sums by hand.
    const double x[] = {4 / 16.0, 3 / 16.0, 3 / 16.0, 3 / 16.0, 3 / 16.0};
    const double r[] = {0.72, 0.71, 0.69, 0.605, 0.64}, chi[] = {1.33, 1.30, 1.96, 1.54, 1.60};
    const double m[] = {91.224, 178.486, 118.710, 47.867, 92.90637};
    double radius = 0, chiMean = 0, mass = 0;
    for (int i = 0; i < 5; ++i) {
        radius += x[i] * r[i];
        chiMean += x[i] * chi[i];
        mass += x[i] * m[i];
    }
    double radiusVar = 0, chiVar = 0, gamma = 0;
    for (int i = 0; i < 5; ++i) {
        radiusVar += x[i] * (r[i] - radius) * (r[i] - radius);
        chiVar += x[i] * (chi[i] - chiMean) * (chi[i] - chiMean);
        gamma += x[i] * (1 - m[i] / mass) * (1 - m[i] / mass);
    }
    QCOMPARE(descriptors().coordination(), 6);
    QVERIFY(near(value(winner, "mobile"), 2.625, 1e-12));
    QVERIFY(near(value(winner, "vacancy"), 1 - 2.625 / 4, 1e-12));
    QVERIFY(near(value(winner, "S_config"), 1.602, 5e-4));
    QVERIFY(near(value(winner, "S_total"), totalConfigurationalEntropy(lzsp(), winner), 1e-12));
    QCOMPARE(value(winner, "entropy_class"), 2.0);
    QCOMPARE(value(winner, "species"), 5.0);
    QVERIFY(near(value(winner, "r_mean"), radius, 1e-12));
    QVERIFY(near(value(winner, "r_var"), radiusVar, 1e-12));
    QVERIFY(near(value(winner, "delta"), std::sqrt(radiusVar) / radius, 1e-12));
    QVERIFY(near(value(winner, "chi_mean"), chiMean, 1e-12));
    QVERIFY(near(value(winner, "chi_var"), chiVar, 1e-12));
    QVERIFY(near(value(winner, "delta_chi"), std::sqrt(chiVar), 1e-12));
    QVERIFY(near(value(winner, "z_mean"), 4 + 3 / 16.0, 1e-12));
    QVERIFY(near(value(winner, "z_var"), 3 / 16.0 * (1 - 3 / 16.0), 1e-12));
    QVERIFY(near(value(winner, "mass_mean"), mass, 1e-9));
    QVERIFY(near(value(winner, "gamma"), gamma, 1e-12));
    QVERIFY(near(value(winner, "radius_ratio"), radius / 1.40, 1e-12));
}

void TestDescriptors::pristine() {
    const Composition zirconium = make({{"Zr", 16}});
    for (const char* zero :
         {"S_config", "entropy_class", "r_var", "delta", "chi_var", "delta_chi", "z_var", "gamma"})
        QVERIFY2(near(value(zirconium, zero), 0.0, 1e-12), zero);
    QCOMPARE(value(zirconium, "mobile"), 3.0);
    // Li3Zr2Si2PO12: 3·6.94 + 2·91.224 + 2·28.085 + 30.973761998 + 12·15.999 amu in 1077.63/4 Å³.
    const double mass = 3 * 6.94 + 2 * 91.224 + 2 * 28.085 + 30.973761998 + 12 * 15.999;
    const double volume = 15.586 * 9.029 * 9.205 * std::sin(123.70 * M_PI / 180.0) / 4;
    QVERIFY(near(value(zirconium, "density"), mass / volume / 0.602214076, 1e-6));
}

/// Features of compounds in the data published with Ouyang et al., Nat. Commun. 12, 5752 (2021)
/// (github.com/Jeff-oakley/NASICON_Predictor_Data): RDiffStd is the spread of the radii of M, AnionChgStd
/// that of the charges in the polyanions; t1 = ∛n + AnionChgStd².
void TestDescriptors::nasiconFactorsOfOuyang() {
    QVERIFY(near(std::sqrt(value(make({{"Zr", 1}, {"Hf", 1}}), "r_var")), 0.005, 1e-9));  // Na3Hf2Zr2SiP5O24
    QVERIFY(near(std::sqrt(value(make({{"Zr", 1}, {"La", 1}}), "r_var")), 0.156, 1e-9));  // Na5La2Zr2SiP5O24
    QVERIFY(near(std::sqrt(value(make({{"Zr", 1}, {"Ge", 1}}), "r_var")), 0.095, 1e-9));  // Na3Zr2SiGe2P5O24
    // Na3Zr2Si2PO12: n = 3, AnionChgStd = 0.4714045 (two Si, one P).
    QVERIFY(near(value(make({{"Zr", 16}}), "nasicon_t1"), std::cbrt(3.0) + 0.4714045 * 0.4714045, 1e-6));
    // The same with silicon and phosphorus mixed on one sublattice, and where only phosphorus is there.
    const DescriptorSet sodium(loadHost(IONSCAPE_RESOURCES "/hosts/na-nasicon.json"));
    QVERIFY(sodium.columns()[*sodium.find("nasicon_t1")].undefined.empty());
    // XWithNa is χ̄(M) − χ(Na), 0.39 for MgZr; here with Li (0.98) and Zr1 Hf1.
    QVERIFY(near(value(make({{"Zr", 1}, {"Hf", 1}}), "nasicon_size"), (1.315 - 0.98) * 0.005, 1e-9));
}

void TestDescriptors::amountsAddUp() {
    const Formula formula = compositionFormula(lzsp(), winner);
    double atoms = 0.0;
    for (const auto& [element, amount] : formula) {
        QVERIFY(near(value(winner, std::string(element.symbol()).c_str()), amount, 1e-12));
        atoms += amount;
    }
    double sum = 0.0;
    for (std::size_t i = 0; i < descriptors().columns().size(); ++i) {
        if (descriptors().columns()[i].isFlag) sum += descriptors().value(i, winner);
    }
    QVERIFY(near(sum, atoms, 1e-12));
}

void TestDescriptors::rowsAndCompositionsAgree() {
    SpaceQuery query;
    query.types = occupancyTypeList("5-1 3-3");
    query.mobileMin = 3.0;
    query.mobileMax = 3.5;
    const Space space(lzsp(), query);
    QVERIFY(space.size() > 100);
    for (Space::Cursor cursor(space); !cursor.atEnd(); cursor.next()) {
        const Composition composition = space.composition(cursor.row());
        const std::vector<double> values = descriptors().values(composition);
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(descriptors().value(i, cursor.row()), values[i]);
        QVERIFY(near(values[*descriptors().find("mobile")], mobileContent(lzsp(), composition), 1e-12));
        QVERIFY(near(values[*descriptors().find("S_config")], configurationalEntropy(composition), 1e-12));
    }
}

void TestDescriptors::namesAndDefinitions() {
    QCOMPARE(descriptors().find("s_CONFIG"), descriptors().find("S_config"));
    QCOMPARE(descriptors().find("Entropy"), descriptors().find("S_config"));
    QCOMPARE(descriptors().find("δ"), descriptors().find("delta"));
    QCOMPARE(descriptors().find("li"), descriptors().find("Li"));
    QVERIFY(!descriptors().find("nonsense"));
    std::set<std::string> names;
    for (const Column& column : descriptors().columns()) {
        QVERIFY2(!column.title.empty() && !column.formula.empty(), column.id.c_str());
        QVERIFY2(names.insert(column.id).second, column.id.c_str());
        for (const std::string& alias : column.aliases)
            QVERIFY2(names.insert(alias).second, alias.c_str());
        QVERIFY2(column.undefined.empty(), column.undefined.c_str());  // LZSP has them all
    }
    const Column& entropyClass = descriptors().columns()[*descriptors().find("entropy_class")];
    QCOMPARE(columnText(entropyClass, 2.0), std::string("high"));
    QCOMPARE(columnText(descriptors().columns()[0], 2.625), std::string("2.6250"));
    QCOMPARE(columnText(descriptors().columns()[0], std::nan("")), std::string("–"));
    QVERIFY_EXCEPTION_THROWN(descriptors().values(make({{"Na", 16}})), InputError);
    QVERIFY_EXCEPTION_THROWN(descriptors().values({}), InputError);
}

void TestDescriptors::hazardAndSupply() {
    QCOMPARE(value(make({{"Zr", 16}}), "hazard"), 0.0);
    QCOMPARE(value(make({{"Zr", 8}, {"Ni", 8}}), "hazard"), 3.0);
    QCOMPARE(value(make({{"Zr", 8}, {"Co", 8}}), "hazard"), 2.0);
    QCOMPARE(value(make({{"Zr", 8}, {"Sb", 8}}), "hazard"), 0.0);  // pentavalent: IARC group 3
    QCOMPARE(value(make({{"Zr", 12}, {"Hf", 4}}), "critical"), 0.25);
    // Scandium is two orders of magnitude dearer than zirconium, whatever the year.
    QVERIFY(value(make({{"Zr", 8}, {"Sc", 8}}), "price") > 10 * value(make({{"Zr", 16}}), "price"));
}

void TestDescriptors::undefinedIsNaNAndSaysWhy() {
    Host other = lzsp();
    for (Sublattice& sublattice : other.sublattices) {
        if (sublattice.kind == Sublattice::Kind::Mixed)
            sublattice.species.push_back({Element::fromSymbol("Ar"), 4});
    }
    const DescriptorSet set(other);
    for (const char* name : {"delta", "chi_mean", "price"}) {
        const auto column = set.find(name);
        QVERIFY(column);
        QVERIFY2(set.columns()[*column].undefined.find("Ar") != std::string::npos, name);
        QVERIFY(std::isnan(set.value(*column, winner)));
    }
    QVERIFY(near(set.value(*set.find("mobile"), winner), 2.625, 1e-12));
}

void TestDescriptors::canonicalFormulas() {
    const Composition shuffled = make({{"Nb", 6}, {"Ti", 6}, {"Zr", 8}, {"Sn", 6}, {"Hf", 6}});
    QCOMPARE(canonicalFormula(lzsp(), shuffled), canonicalFormula(lzsp(), winner));
    QCOMPARE(canonicalFormula(lzsp(), winner),
             std::string("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12"));
}

/// Every column of every host has values or says why not, and agrees with the functions it stands for.
void TestDescriptors::everyShippedHost() {
    int hosts = 0;
    for (const auto& entry : std::filesystem::directory_iterator(IONSCAPE_RESOURCES "/hosts")) {
        const Host host = loadHost(entry.path());
        const DescriptorSet set(host);
        const Composition own = defaultComposition(host);
        QVERIFY2(set.coordination() >= 2 && set.coordination() <= 12, host.id.c_str());
        const std::vector<double> values = set.values(own);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const QByteArray where = QByteArray::fromStdString(host.id + " " + set.columns()[i].id);
            QVERIFY2(std::isfinite(values[i]) == set.columns()[i].undefined.empty(), where.constData());
        }
        const auto at = [&](const char* name) { return values[*set.find(name)]; };
        QVERIFY2(near(at("mobile"), mobileContent(host, own), 1e-9), host.id.c_str());
        QVERIFY2(near(at("S_total"), totalConfigurationalEntropy(host, own), 1e-9), host.id.c_str());
        QVERIFY2(near(at("vacancy"), 1 - mobileContent(host, own) / mobileCapacity(host), 1e-9),
                 host.id.c_str());
        for (const auto& [element, amount] : compositionFormula(host, own))
            QVERIFY2(near(at(std::string(element.symbol()).c_str()), amount, 1e-9), host.id.c_str());
        QVERIFY2(at("density") > 1.0 && at("density") < 7.0, host.id.c_str());
        ++hosts;
    }
    QVERIFY(hosts >= 1);
}

/// A host with a second mixed sublattice: rows carry what the space says of it.
void TestDescriptors::furtherSublattices() {
    Host host = lzsp();
    for (Sublattice& sublattice : host.sublattices) {
        if (sublattice.name != "T") continue;
        sublattice.kind = Sublattice::Kind::Mixed;
        sublattice.amounts.clear();
    }
    const std::vector<SublatticeCounts> phosphate = {
        {"T", {{Element::fromSymbol("Si"), 1}, {Element::fromSymbol("P"), 2}}}};
    SpaceQuery query;
    query.types = {occupancyType("4-1")};
    query.mobileMin = 1.5;
    query.mobileMax = 2.5;
    query.further = phosphate;
    const Space space(host, query);
    QCOMPARE(space.size(), std::uint64_t(735));  // the published space, shifted by one phosphorus
    const DescriptorSet set(host, phosphate);
    for (std::uint64_t i = 0; i < space.size(); i += 50) {
        const Composition composition = space.composition(i);
        QVERIFY(composition.further == phosphate);
        QCOMPARE(space.indexOf(composition), std::optional(i));
        const std::vector<double> values = set.values(composition);
        QVERIFY(near(values[*set.find("mobile")], mobileContent(host, composition), 1e-12));
        QVERIFY(near(values[*set.find("S_total")], totalConfigurationalEntropy(host, composition), 1e-12));
        QVERIFY(near(values[*set.find("P")], 2.0, 1e-12));
        const std::vector<double> untold = DescriptorSet(host).values(composition);
        for (std::size_t k = 0; k < values.size(); ++k)
            QVERIFY(near(untold[k], values[k], 1e-12));  // by composition it needs no telling
        const double t1 = std::cbrt(mobileContent(host, composition)) + 2.0 / 9.0;  // Si, P, P
        QVERIFY(near(values[*set.find("nasicon_t1")], t1, 1e-12));
    }
}

QTEST_APPLESS_MAIN(TestDescriptors)
#include "test_descriptors.moc"
