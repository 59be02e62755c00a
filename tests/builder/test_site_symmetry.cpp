// SPDX-License-Identifier: GPL-3.0-or-later
// Equivalent decorations: the permutations are a group, Burnside's count against listing, listing against
// brute force with operations taken from the host's own list.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <set>

#include "core/builder/site_symmetry.h"
#include "tests/builder/builder_test_support.h"

using namespace ionscape;
using namespace ionscape::builder;
using testing::lzsp;
using testing::make;

namespace {

using Permutation = std::vector<std::uint32_t>;

Permutation product(const Permutation& a, const Permutation& b) {
    Permutation c(a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        c[i] = a[b[i]];
    return c;
}

/// The operations of the host's file as permutations of the sites of a supercell: every operation with every
/// lattice translation of the primitive cell, kept when it maps the sites onto each other. Nothing of spglib.
std::set<Permutation> permutationsFromHost(const CellSites& cell) {
    std::set<Permutation> result;
    const auto& conventional = lzsp().conventionalLattice;
    for (const auto& operation : lzsp().operations) {
        for (int shift = 0; shift < 27; ++shift) {
            const Vec3 lattice(shift % 3 - 1, shift / 3 % 3 - 1, shift / 9 - 1);
            Permutation permutation;
            for (std::size_t i = 0; i < cell.size(); ++i) {
                const Vec3 f = conventional.toFractional(cell.sites.position(i)).v;
                const Vec3 image =
                    conventional.toCartesian({operation.rotation * f + operation.translation + lattice});
                for (std::size_t j = 0; j < cell.size(); ++j) {
                    if (cell.sites.lattice.minimumImage(cell.sites.position(j) - image).norm() < 1e-3)
                        permutation.push_back(static_cast<std::uint32_t>(j));
                }
                if (permutation.size() != i + 1) break;
            }
            if (permutation.size() == cell.size()) result.insert(permutation);
        }
    }
    return result;
}

/// All decorations with the species of `start`, by brute force.
std::vector<Occupation> allOccupations(const CellSites& cell, const Occupation& start) {
    std::vector<Occupation> all{start};
    for (const auto& group : exchangeableSites(cell, start)) {
        std::vector<std::uint16_t> occupants;
        for (const std::size_t site : group)
            occupants.push_back(start[site]);
        std::sort(occupants.begin(), occupants.end());
        std::vector<Occupation> next;
        do {
            for (Occupation occupation : all) {
                for (std::size_t i = 0; i < group.size(); ++i)
                    occupation[group[i]] = occupants[i];
                next.push_back(std::move(occupation));
            }
        } while (std::next_permutation(occupants.begin(), occupants.end()));
        all = std::move(next);
    }
    return all;
}

}  // namespace

class TestSiteSymmetry : public QObject {
    Q_OBJECT

  private slots:
    void permutationsAreTheHostsGroup();
    void imagesShareTheirCanonicalForm();
    void burnsideAndListAgreeWithBruteForce();
    void largeCellsAreCounted();
    void tooManyToList();
};

void TestSiteSymmetry::permutationsAreTheHostsGroup() {
    for (const IntMat3& supercell : {IntMat3(IntMat3::Identity()), lzsp().supercellMatrix}) {
        const CellSites cell = cellSites(lzsp(), supercell);
        const SiteSymmetry symmetry(cell);
        const std::set<Permutation> ours(symmetry.permutations().begin(), symmetry.permutations().end());
        QVERIFY(ours == permutationsFromHost(cell));
        // C2/c has four operations a primitive cell; the MD cell of four primitive cells keeps them all.
        QCOMPARE(ours.size(), supercell == IntMat3::Identity() ? std::size_t(4) : std::size_t(16));
        for (const Permutation& a : ours) {
            for (const Permutation& b : ours)
                QVERIFY(ours.count(product(a, b)) == 1);
        }
    }
}

void TestSiteSymmetry::imagesShareTheirCanonicalForm() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const SiteSymmetry symmetry(cell);
    const Occupation one = testing::randomOccupation(cell, testing::winner(), lzsp().supercellMatrix, 1);
    const Occupation other = testing::randomOccupation(cell, testing::winner(), lzsp().supercellMatrix, 2);
    std::set<Occupation> images;
    for (const Permutation& p : symmetry.permutations()) {
        Occupation image(one.size());
        for (std::size_t i = 0; i < one.size(); ++i)
            image[p[i]] = one[i];
        QVERIFY(symmetry.canonical(image) == symmetry.canonical(one));
        images.insert(image);
    }
    QCOMPARE(symmetry.multiplicity(one), images.size());
    QVERIFY(symmetry.isCanonical(*images.begin()));  // sets are sorted
    QVERIFY(symmetry.canonical(one) != symmetry.canonical(other));
}

void TestSiteSymmetry::burnsideAndListAgreeWithBruteForce() {
    const IntMat3 identity = IntMat3::Identity();
    const CellSites cell = cellSites(lzsp(), identity);
    const SiteSymmetry symmetry(cell);
    for (const auto& composition : {make({{"Zr", 4}}), make({{"Zr", 2}, {"Ti", 2}}),
                                    make({{"Zr", 1}, {"Hf", 1}, {"Sn", 1}, {"Ti", 1}})}) {
        const Occupation start = testing::randomOccupation(cell, composition, identity, 1);
        const auto all = allOccupations(cell, start);
        std::set<Occupation> canonical;
        for (const Occupation& occupation : all)
            canonical.insert(symmetry.canonical(occupation));
        const DecorationCount count = countDecorations(cell, symmetry, start);
        QCOMPARE(static_cast<std::size_t>(count.all), all.size());
        QCOMPARE(static_cast<std::size_t>(count.distinct), canonical.size());
        const auto list = enumerateDecorations(cell, symmetry, start);
        QCOMPARE(list.size(), canonical.size());
        std::size_t sum = 0;
        for (const auto& [occupation, multiplicity] : list) {
            QVERIFY(canonical.count(occupation) == 1);
            sum += multiplicity;
        }
        QCOMPARE(sum, all.size());
    }
}

void TestSiteSymmetry::largeCellsAreCounted() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const SiteSymmetry symmetry(cell);
    const Occupation start = testing::randomOccupation(cell, testing::winner(), lzsp().supercellMatrix, 1);
    const DecorationCount count = countDecorations(cell, symmetry, start);
    // 16!/(4! 3!⁴) · C(24, 8) · C(32, 21)
    const double expected = std::exp(std::lgamma(17.0) - std::lgamma(5.0) - 4.0 * std::lgamma(4.0) +
                                     std::lgamma(25.0) - std::lgamma(9.0) - std::lgamma(17.0) +
                                     std::lgamma(33.0) - std::lgamma(22.0) - std::lgamma(12.0));
    QVERIFY(std::abs(static_cast<double>(count.all) / expected - 1.0) < 1e-9);
    // Hardly any decoration is symmetric: nearly one in sixteen is distinct, and never fewer.
    const double share = static_cast<double>(count.distinct / count.all);
    QVERIFY(share >= 1.0 / 16.0 && share < 1.001 / 16.0);
}

void TestSiteSymmetry::tooManyToList() {
    const CellSites cell = cellSites(lzsp(), lzsp().supercellMatrix);
    const SiteSymmetry symmetry(cell);
    const Occupation start = testing::randomOccupation(cell, testing::winner(), lzsp().supercellMatrix, 1);
    QVERIFY(testing::inputErrorOf([&] { enumerateDecorations(cell, symmetry, start); }).find("too many") !=
            std::string::npos);
}

QTEST_APPLESS_MAIN(TestSiteSymmetry)
#include "test_site_symmetry.moc"
