// SPDX-License-Identifier: GPL-3.0-or-later
// Whole rows of features: known crystals, supercells, missing environments, and the table in the manual.
#include <QFile>
#include <QTest>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/builder/decorate.h"
#include "core/composition/descriptors.h"
#include "core/crystal/bond_valence.h"
#include "core/crystal/supercell.h"
#include "core/surrogate/coordination.h"
#include "core/surrogate/ensemble_features.h"
#include "core/surrogate/feature_table.h"
#include "core/surrogate/structural_features.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using crystal::Element;
using crystal::Structure;

namespace {

Element element(const char* symbol) {
    return Element::fromSymbol(symbol);
}

composition::Host host(const std::string& id) {
    return composition::loadHost(IONSCAPE_RESOURCES "/hosts/" + id + ".json");
}

std::optional<double> valueOf(const FeatureContext& context, const FeatureRow& row, const std::string& name) {
    return row[featureIndex(structuralFeatureDefinitions(context), name)];
}

/// Rock salt of Li and Mg in layers along c, lattice constant a.
Structure layeredRockSalt(double a) {
    Structure structure;
    structure.lattice = crystal::Lattice(a * Mat3::Identity());
    const Vec3 fcc[] = {{0, 0, 0}, {0.5, 0.5, 0}, {0.5, 0, 0.5}, {0, 0.5, 0.5}};
    for (int i = 0; i < 4; ++i)
        structure.append(element(i < 2 ? "Li" : "Mg"), a * fcc[i]);
    for (const Vec3& f : fcc)
        structure.append(element("O"), a * (f + Vec3(0.5, 0, 0)));
    return structure;
}

/// A decorated primitive cell with every atom displaced, so that no site is like another.
Structure rattledCell(const composition::Host& h, std::uint64_t seed) {
    Structure structure =
        builder::decoratedCell(h, composition::defaultComposition(h), IntMat3::Identity(), seed);
    RandomStream random(seed);
    for (Eigen::Index i = 0; i < structure.positions.size(); ++i)
        structure.positions.data()[i] += 0.05 * random.normal();
    return structure;
}

}  // namespace

class TestStructuralFeatures : public QObject {
    Q_OBJECT

  private slots:
    void rockSalt();
    void supercellsHaveTheSameFeatures();
    void missingEnvironmentsAreEmpty();
    void everyHostHasFeatures_data();
    void everyHostHasFeatures();
    void publishedSets();
    void statisticsOfTheMixedSite();
    void coordinationByBondValence();
    void labelsDecideWhatAnAtomIs();
    void contextsWithoutAHost();
    void meanAndSpreadOfDecorations();
    void commaSeparatedValues();
    void theManualShowsEveryFeature();
};

void TestStructuralFeatures::rockSalt() {
    const double a = 4.2;
    const Structure structure = layeredRockSalt(a);
    const auto context = featureContext(structure, element("Li"), {{"M", {element("Mg")}}});
    const FeatureRow row = structuralFeatures(structure, context);
    const auto has = [&](const char* name, double expected, double tolerance = 1e-6) {
        const auto value = valueOf(context, row, name);
        const bool good = value && std::abs(*value - expected) <= tolerance;
        if (!good) qWarning("%s is %g, expected %g", name, value.value_or(NAN), expected);
        return good;
    };
    QVERIFY(has("Li_content", 1.0));  // LiMgO2
    QVERIFY(has("volume", a * a * a / 2.0));
    QVERIFY(has("density", structure.density()));
    QVERIFY(has("S_config", 0.0));
    for (const char* kind : {"Li", "M"}) {
        const std::string k = kind;
        QVERIFY(has(("cn_" + k + "avg").c_str(), 6.0));
        QVERIFY(has(("csm_" + k + "avg").c_str(), 0.0));
        QVERIFY(has(("csm_" + k + "sd").c_str(), 0.0));
        QVERIFY(has(("polyhedron_" + k + "avg").c_str(), 4.0 / 3.0 * a * a * a / 8.0));
        QVERIFY(has(("angle_variance_" + k + "avg").c_str(), 0.0));
        QVERIFY(has(("elongation_" + k + "avg").c_str(), 1.0));
        // Six bonds of a/2 and eight of √3 a/2: the first peak is drawn outwards a little.
        QVERIFY(has(("bond_" + k).c_str(), a / 2.0, 0.05));
    }
    QVERIFY(has("dist_Liavg", a / std::sqrt(2.0)));
    QVERIFY(has("en_Mavg", 1.31));
    QVERIFY(has("radius_Mavg", 0.72));
    // The primitive cell of these layers is tetragonal.
    QVERIFY(has("a", a / std::sqrt(2.0)) && has("b", a / std::sqrt(2.0)) && has("c", a));
    QVERIFY(has("alpha", 90.0) && has("gamma", 90.0));
}

void TestStructuralFeatures::supercellsHaveTheSameFeatures() {
    const auto h = host("lzsp");
    const auto context = featureContext(h);
    const auto definitions = structuralFeatureDefinitions(context);
    const Structure cell = rattledCell(h, 5);
    IntMat3 m;
    m << 1, 1, -1, -1, 1, 1, 1, -1, 1;
    const FeatureRow small = structuralFeatures(cell, context);
    const FeatureRow large = structuralFeatures(crystal::makeSupercell(cell, m), context);
    QCOMPARE(small.size(), definitions.size());
    for (std::size_t f = 0; f < small.size(); ++f) {
        QCOMPARE(small[f].has_value(), large[f].has_value());
        if (small[f])
            QVERIFY2(std::abs(*small[f] - *large[f]) < 1e-6 * std::max(1.0, std::abs(*small[f])),
                     definitions[f].name.c_str());
    }
}

void TestStructuralFeatures::missingEnvironmentsAreEmpty() {
    const auto h = host("lzsp");
    const auto context = featureContext(h);
    Structure cell = rattledCell(h, 1), empty;
    empty.lattice = cell.lattice;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell.elements[i] != element("Li")) empty.append(cell.elements[i], cell.position(i));
    }
    const FeatureRow row = structuralFeatures(empty, context);
    QCOMPARE(valueOf(context, row, "Li_content").value(), 0.0);
    for (const char* name :
         {"csm_Liavg", "csm_Lisd", "bond_Li", "cn_Liavg", "dist_Liavg", "bottleneck_Liavg"})
        QVERIFY2(!valueOf(context, row, name), name);
    for (const char* name : {"csm_Mavg", "csm_Siavg", "csm_Psd", "a", "void_fraction"})
        QVERIFY2(valueOf(context, row, name).has_value(), name);
    for (const auto& value : row)
        QVERIFY(!value || std::isfinite(*value));
}

void TestStructuralFeatures::everyHostHasFeatures_data() {
    QTest::addColumn<QString>("id");
    for (const char* id : {"lzsp", "latp", "na-nasicon", "halide", "li3ps4", "llzo", "argyrodite"})
        QTest::newRow(id) << id;
}

void TestStructuralFeatures::everyHostHasFeatures() {
    QFETCH(QString, id);
    const auto h = host(id.toStdString());
    const auto context = featureContext(h);
    const auto definitions = structuralFeatureDefinitions(context);
    std::set<std::string> names;
    for (const Feature& feature : definitions) {
        QVERIFY2(names.insert(feature.name).second, feature.name.c_str());
        QVERIFY(!feature.meaning.empty());
    }
    const FeatureRow row = structuralFeatures(rattledCell(h, 2), context);
    QCOMPARE(row.size(), definitions.size());
    const std::string ion(h.mobile().species.front().element.symbol());
    const double content = composition::mobileContent(h, composition::defaultComposition(h));
    QVERIFY(std::abs(*valueOf(context, row, ion + "_content") - content) < 1e-9);
    for (const char* name : {"volume", "a", "b", "c", "alpha", "beta", "gamma", "void_fraction", "S_config"})
        QVERIFY2(valueOf(context, row, name).has_value(), name);
    for (const CentreKind& centre : context.centres) {
        QVERIFY(valueOf(context, row, "csm_" + centre.name + "avg").has_value());
        QVERIFY(valueOf(context, row, "cn_" + centre.name + "avg").value() > 3.0);
    }
    const double free = *valueOf(context, row, "void_fraction");
    QVERIFY(free > 0.05 && free < 0.7);
}

void TestStructuralFeatures::publishedSets() {
    const auto context = featureContext(host("lzsp"));
    const std::vector<std::string> multinary = {
        "Li_content", "a",        "b",         "c",        "alpha",    "beta",    "gamma",    "S_config",
        "csm_Liavg",  "csm_Lisd", "csm_Siavg", "csm_Sisd", "csm_Pavg", "csm_Psd", "csm_Mavg", "csm_Msd"};
    QVERIFY(featureNames(context, FeatureSet::Multinary) == multinary);
    const auto quaternary = featureNames(context, FeatureSet::Quaternary);
    QCOMPARE(quaternary.size(), 14u);
    QCOMPARE(quaternary[1], std::string("volume"));
    QCOMPARE(featureNames(context, FeatureSet::All).size(), structuralFeatureDefinitions(context).size());
}

void TestStructuralFeatures::statisticsOfTheMixedSite() {
    const auto h = host("lzsp");
    const auto context = featureContext(h);
    const auto composition = composition::compositionFromFormula(
        h, composition::parseFormula("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12"));
    const FeatureRow row = structuralFeatures(builder::decoratedSupercell(h, composition, 1), context);
    const composition::DescriptorSet descriptors(h);
    const auto descriptor = [&](const char* name) {
        return descriptors.value(*descriptors.find(name), composition);
    };
    const auto equals = [&](const char* feature, double expected) {
        return std::abs(valueOf(context, row, feature).value() - expected) < 1e-9;
    };
    QVERIFY(equals("S_config", descriptor("S_config")));
    QVERIFY(equals("Li_content", descriptor("mobile")));
    QVERIFY(equals("radius_Mavg", descriptor("r_mean")));
    QVERIFY(equals("radius_Msd", std::sqrt(descriptor("r_var"))));
    QVERIFY(equals("valence_Mavg", 4.0 + 3.0 / 16.0));
    QVERIFY(equals("valence_Msd", std::sqrt(3.0 / 16.0 * 13.0 / 16.0)));
    QVERIFY(equals("valence_Mmin", 4.0) && equals("valence_Mmax", 5.0));
    QVERIFY(equals("en_Mmin", 1.3) && equals("en_Mmax", 1.96));
    QVERIFY(equals("en_valence_Mmax", 1.6 * 5.0));
}

void TestStructuralFeatures::coordinationByBondValence() {
    for (const auto& [symbol, charge] : {std::pair("Li", 1), std::pair("Zr", 4), std::pair("P", 5)}) {
        const double limit = bondLimit({element(symbol), charge}, element("O"));
        QVERIFY(std::abs(crystal::bondValence(element(symbol), element("O"), limit) - 0.038 * charge) <
                1e-12);
        QVERIFY(limit > 2.1 && limit < 2.8);
    }
    QVERIFY_EXCEPTION_THROWN(bondLimit({element("He"), 1}, element("O")), InputError);
}

void TestStructuralFeatures::labelsDecideWhatAnAtomIs() {
    // Yttrium may stand on both cation sublattices of the garnet.
    const auto h = host("llzo");
    const auto context = featureContext(h);
    Structure structure = h.primitiveCell();
    std::size_t onA = 0;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        if (h.sublatticeOf(structure.siteLabels[i]) != "A") continue;
        onA = i;
        structure.elements[i] = element("Y");
    }
    const auto labelled = atomRoles(context, structure);
    QCOMPARE(context.centres[labelled[onA].centre].name, std::string("A"));
    structure.siteLabels.clear();
    QCOMPARE(context.centres[atomRoles(context, structure)[onA].centre].name, std::string("M"));
    structure.elements[onA] = element("U");
    QVERIFY_EXCEPTION_THROWN(atomRoles(context, structure), InputError);
}

void TestStructuralFeatures::contextsWithoutAHost() {
    const auto h = host("lzsp");
    const Structure structure = rattledCell(h, 3);
    const auto context = featureContext(structure, element("Li"), {{"M", {element("Zr")}}});
    const FeatureRow own = structuralFeatures(structure, context);
    const auto hostContext = featureContext(h);
    const FeatureRow hosted = structuralFeatures(structure, hostContext);
    for (const char* name :
         {"Li_content", "volume", "csm_Mavg", "csm_Siavg", "csm_Liavg", "bond_P", "S_config"})
        QVERIFY2(std::abs(*valueOf(context, own, name) - *valueOf(hostContext, hosted, name)) < 1e-9, name);
    QVERIFY_EXCEPTION_THROWN(featureContext(structure, element("Na")), InputError);
    QVERIFY_EXCEPTION_THROWN(featureContext(structure, element("Li"), {{"M", {element("Li")}}}), InputError);
}

void TestStructuralFeatures::meanAndSpreadOfDecorations() {
    const auto ensemble = ensembleFeatures({{1.0, std::nullopt, 3.0}, {2.0, std::nullopt, std::nullopt}});
    QCOMPARE(ensemble.mean[0].value(), 1.5);
    QVERIFY(std::abs(ensemble.spread[0].value() - std::sqrt(0.5)) < 1e-12);
    QVERIFY(!ensemble.mean[1] && !ensemble.spread[1]);
    QCOMPARE(ensemble.mean[2].value(), 3.0);
    QVERIFY(!ensemble.spread[2]);
    QVERIFY(ensemble.members == std::vector<std::size_t>({2, 0, 1}));
    QVERIFY_EXCEPTION_THROWN(ensembleFeatures({}), InputError);
    QVERIFY_EXCEPTION_THROWN(ensembleFeatures({{1.0}, {1.0, 2.0}}), InputError);
}

void TestStructuralFeatures::commaSeparatedValues() {
    const FeatureTable table{{{"volume", "Å³ per f.u.", "", ""}, {"csm_Liavg", "", "", ""}},
                             {"a.cif", "b,\"c\""},
                             {{0.1, std::nullopt}, {2.0, 1.0 / 3.0}}};
    QCOMPARE(QString::fromStdString(featureCsv(table)),
             QString("cell,volume [Å³ per f.u.],csm_Liavg\r\na.cif,0.1,\r\n"
                     "\"b,\"\"c\"\"\",2,0.3333333333333333\r\n"));
}

void TestStructuralFeatures::theManualShowsEveryFeature() {
    QFile file(IONSCAPE_TEST_DATA "/../../docs/features.md");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString manual = QString::fromUtf8(file.readAll());
    int rows = 0;
    for (const Feature& feature : structuralFeatureDefinitions(featureContext(host("lzsp")))) {
        const QString row =
            QString("\n| `%1` | %2 | %3 | %4 |\n")
                .arg(QString::fromStdString(feature.name), QString::fromStdString(feature.unit),
                     QString::fromStdString(feature.meaning), QString::fromStdString(feature.reference));
        QVERIFY2(manual.contains(row), qPrintable("docs/features.md lacks the row" + row));
        ++rows;
    }
    QCOMPARE(manual.count("\n| `"), rows);
}

QTEST_APPLESS_MAIN(TestStructuralFeatures)
#include "test_structural_features.moc"
