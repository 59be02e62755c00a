// SPDX-License-Identifier: GPL-3.0-or-later
// Convex hulls worked out by hand in two and three components, degenerate ones, and a brute-force twin in
// four.
#include <Eigen/LU>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/convex_hull.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

PhaseEntry phase(const char* formula, double energyPerAtom) {
    return {"", parseFormula(formula), energyPerAtom};
}

bool close(double a, double b) {
    return std::abs(a - b) < 1e-10;
}

std::string messageOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

}  // namespace

class TestConvexHull : public QObject {
    Q_OBJECT

  private slots:
    void binaryByHand();
    void ternaryByHand();
    void fourComponentsAgainstEveryTetrahedron();
    void pseudoBinaryLine();
    void polymorphsAndSinglePhases();
    void refusals();
};

void TestConvexHull::binaryByHand() {
    // A = Li (0 eV), B = O (0 eV): Li2O −2.0, Li3O −1.2 eV/atom, LiO −1.6, Li1O3 −0.2.
    // The hull runs Li – Li2O – LiO – O: at x_O = 1/4 the line Li–Li2O has −1.5, so Li3O lies 0.3 above; at
    // 3/4 the line LiO–O has −0.8, so LiO3 lies 0.6 above; at 1/2 the line Li2O–O has −1.5, so LiO is stable
    // by 0.1.
    const ConvexHull hull({phase("Li", 0), phase("O", 0), phase("Li2O", -2.0), phase("Li3O", -1.2),
                           phase("LiO", -1.6), phase("LiO3", -0.2)});
    for (const std::size_t stable : {0, 1, 2, 4})
        QVERIFY(close(hull.energyAboveHull(stable), 0.0));
    QVERIFY(close(hull.energyAboveHull(3), 0.3));
    QVERIFY(close(hull.energyAboveHull(5), 0.6));
    QVERIFY(close(*hull.decompositionEnergy(4), -0.1));
    QVERIFY(close(*hull.decompositionEnergy(3), 0.3));
    QVERIFY(!hull.decompositionEnergy(0));  // nothing else is made of Li alone
    const auto point = hull.at(parseFormula("Li3O"));
    QCOMPARE(decompositionText(parseFormula("Li3O"), point, hull.entries()), std::string("Li3O → Li + Li2O"));
    QCOMPARE(point.products.size(), std::size_t(2));
    QVERIFY(close(point.products[0].atomFraction, 0.25));
    QVERIFY(close(point.products[1].formulaUnits, 1.0));
    QCOMPARE(decompositionText(parseFormula("LiO3"), hull.at(parseFormula("LiO3")), hull.entries()),
             std::string("LiO3 → 2 O + LiO"));
    QCOMPARE(decompositionText(parseFormula("Li2O"), hull.at(parseFormula("Li2O")), hull.entries()),
             std::string("Li2O"));
}

void TestConvexHull::ternaryByHand() {
    // Li2S and P2S5 and what lies between, with the elements: Li3PS4 = 1.5 Li2S + 0.5 P2S5.
    const double li2s = -1.5, p2s5 = -0.6;
    // 4.5 of eight atoms in Li2S, 3.5 in P2S5.
    const double tie = (4.5 * li2s + 3.5 * p2s5) / 8.0;
    const ConvexHull hull({phase("Li", 0), phase("P", 0), phase("S", 0), phase("Li2S", li2s),
                           phase("P2S5", p2s5), phase("Li3PS4", tie - 0.05)});
    QVERIFY(close(*hull.decompositionEnergy(5), -0.05));
    // On the line from Li3PS4 to P2S5: Li4P2S7 = 4/3 Li3PS4 + 1/3 P2S5.
    const auto point = hull.at(parseFormula("Li4P2S7"));
    QCOMPARE(point.products.size(), std::size_t(2));
    QVERIFY(close(point.products[0].formulaUnits, 1.0 / 3.0));  // P2S5
    QVERIFY(close(point.products[1].formulaUnits, 4.0 / 3.0));  // Li3PS4
    const double expected = (7.0 / 3.0 * p2s5 + 32.0 / 3.0 * (tie - 0.05)) / 13.0;
    QVERIFY(close(point.energyPerAtom, expected));
    // Inside a triangle: three phases that add up.
    const auto inside = hull.at(parseFormula("Li2P3S4"));
    QVERIFY(inside.products.size() == 3);
    double atoms = 0.0, lithium = 0.0;
    for (const auto& product : inside.products) {
        const Formula& f = hull.entries()[product.entry].formula;
        atoms += product.atomFraction;
        lithium += product.formulaUnits * amountOf(f, crystal::Element::fromSymbol("Li"));
    }
    QVERIFY(close(atoms, 1.0));
    QVERIFY(close(lithium, 2.0));
}

void TestConvexHull::fourComponentsAgainstEveryTetrahedron() {
    const char* symbols[4] = {"Li", "P", "S", "Cl"};
    RandomStream random(9, "hull");
    std::vector<PhaseEntry> entries;
    for (const char* symbol : symbols)
        entries.push_back(phase(symbol, 0.0));
    for (int i = 0; i < 14; ++i) {
        PhaseEntry entry;
        for (const char* symbol : symbols) {
            const auto amount = static_cast<double>(random.below(4));
            if (amount > 0.0) entry.formula.emplace_back(crystal::Element::fromSymbol(symbol), amount);
        }
        if (entry.formula.empty()) continue;
        entry.energyPerAtom = -random.uniform();
        entries.push_back(entry);
    }
    const ConvexHull hull(entries);
    const auto fractions = [&](const Formula& f) {
        Eigen::Vector4d x;
        for (int k = 0; k < 4; ++k)
            x[k] = amountOf(f, crystal::Element::fromSymbol(symbols[k])) / atomsIn(f);
        return x;
    };
    const std::size_t n = entries.size();
    for (std::size_t target = 0; target < n; ++target) {
        const Eigen::Vector4d x = fractions(entries[target].formula);
        double lowest = 1e300;
        for (std::size_t a = 0; a < n; ++a)
            for (std::size_t b = a + 1; b < n; ++b)
                for (std::size_t c = b + 1; c < n; ++c)
                    for (std::size_t d = c + 1; d < n; ++d) {
                        Eigen::Matrix4d m;
                        m << fractions(entries[a].formula), fractions(entries[b].formula),
                            fractions(entries[c].formula), fractions(entries[d].formula);
                        if (std::abs(m.determinant()) < 1e-9) continue;
                        const Eigen::Vector4d w = m.inverse() * x;
                        if (w.minCoeff() < -1e-9) continue;
                        lowest = std::min(
                            lowest, w[0] * entries[a].energyPerAtom + w[1] * entries[b].energyPerAtom +
                                        w[2] * entries[c].energyPerAtom + w[3] * entries[d].energyPerAtom);
                    }
        QVERIFY(std::abs(hull.at(entries[target].formula).energyPerAtom - lowest) < 1e-9);
    }
}

void TestConvexHull::pseudoBinaryLine() {
    // Entries that span a line only: no elements are needed.
    const PhaseEntry zr = phase("Li3Zr2Si2PO12", -7.90), hf = phase("Li3Hf2Si2PO12", -8.10);
    const PhaseEntry quarter = phase("Li3Zr1.5Hf0.5Si2PO12", -7.99);
    const ConvexHull hull({zr, hf, phase("Li3ZrHfSi2PO12", -7.98), quarter});
    // At ¼ the line between the ends has −7.95; from ¼ to 1 the hull falls by 0.11 and has −8.02667 at ½.
    QVERIFY(close(*hull.decompositionEnergy(3), -0.04));
    QVERIFY(close(hull.energyAboveHull(2), 8.1 - 0.11 * 2.0 / 3.0 - 7.98));
    QVERIFY(close(formationEnergy(quarter, {zr, hf}), -0.04));
    QCOMPARE(decompositionText(parseFormula("Li3ZrHfSi2PO12"), hull.at(parseFormula("Li3ZrHfSi2PO12")),
                               hull.entries()),
             std::string("Li3ZrHfSi2PO12 → 0.3333 Li3Hf2Si2PO12 + 0.6667 Li3Zr1.5Hf0.5Si2PO12"));
}

void TestConvexHull::polymorphsAndSinglePhases() {
    const ConvexHull hull({phase("Li2O", -2.0), phase("Li2O", -1.9), phase("Li4O2", -2.05)});
    QVERIFY(close(hull.energyAboveHull(0), 0.05));
    QVERIFY(close(hull.energyAboveHull(1), 0.15));
    QVERIFY(close(*hull.decompositionEnergy(2), -0.05));
    const ConvexHull alone({phase("Li2O", -2.0)});
    QVERIFY(close(alone.energyAboveHull(0), 0.0));
    QVERIFY(!alone.competition(0));
    const ConvexHull same({phase("Li", -1.0), phase("Li", -1.0), phase("Li", -1.0)});
    QVERIFY(close(same.energyAboveHull(2), 0.0));
}

void TestConvexHull::refusals() {
    QVERIFY(!messageOf([] { ConvexHull hull({}); }).empty());
    QVERIFY(messageOf([] { ConvexHull hull({phase("Li2O", NAN)}); }).find("Li2O") != std::string::npos);
    const ConvexHull hull({phase("Li2O", -2.0), phase("O", 0.0)});
    QVERIFY(messageOf([&] { hull.at(parseFormula("Li3O")); }).find("no mixture") != std::string::npos);
    QVERIFY(messageOf([&] { hull.at(parseFormula("LiCl")); }).find("LiCl") != std::string::npos);
    const PhaseEntry li = phase("Li", -1.9), o = phase("O", -4.9), li2o = phase("Li2O", -4.8);
    // (3·(−4.8) + 2·1.9 + 4.9)/3 = −1.9
    QVERIFY(close(formationEnergy(li2o, {li, o}), -1.9));
    const auto amounts = endMemberAmounts(parseFormula("Li2O2"), {li2o, o});
    QVERIFY(close(amounts[0], 1.0) && close(amounts[1], 1.0));
    QVERIFY(close(endMemberAmounts(parseFormula("Li3O"), {li2o, o})[1], -0.5));
    QVERIFY(messageOf([&] {
                formationEnergy(phase("LiCl", 0.0), {li, o});
            }).find("no combination") != std::string::npos);
    QVERIFY(messageOf([&] {
                formationEnergy(li2o, {li, o, li2o});
            }).find("depend on each other") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestConvexHull)
#include "test_convex_hull.moc"
