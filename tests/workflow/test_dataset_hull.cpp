// SPDX-License-Identifier: GPL-3.0-or-later
// Energies above the hull of a dataset: a mixture on a tie line by hand, decorations, cells that count for
// nothing, phases from outside.
#include <QTest>
#include <cmath>

#include "core/builder/decorate.h"
#include "core/composition/descriptors.h"
#include "core/workflow/dataset_hull.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

CampaignRecord cell(const char* formula, double energyPerAtom, std::uint64_t seed = 1) {
    const auto host = composition::findHost("lzsp");
    const auto composition =
        composition::compositionFromFormula(host, composition::parseFormula(formula), 16);
    CampaignRecord record;
    record.job.formula = composition::canonicalFormula(host, composition);
    record.job.seed = seed;
    record.relaxed = builder::decoratedSupercell(host, composition, seed);
    record.converged = true;
    record.energyPerAtom = energyPerAtom;
    return record;
}

bool close(double a, double b) {
    return std::abs(a - b) < 1e-10;
}

}  // namespace

class TestDatasetHull : public QObject {
    Q_OBJECT

  private slots:
    void aMixtureAgainstItsEndMembers() {
        // All cells have 160 atoms, so the tie line is the mean of the end members.
        std::vector<CampaignRecord> records = {
            cell("Li3Zr2Si2PO12", -8.0), cell("Li3Hf2Si2PO12", -9.0), cell("Li3ZrHfSi2PO12", -8.47),
            cell("Li3ZrHfSi2PO12", -8.45, 2), cell("Li3Zr1.5Hf0.5Si2PO12", -8.3)};
        auto energies = energiesAboveHull(records);
        // Nothing else has the composition of a corner: nothing is known.
        QVERIFY(std::isnan(energies[0]) && std::isnan(energies[1]));
        // The quarter lies below the line and lowers it for the half: (-8.3 · 2 - 9)/3.
        QVERIFY(close(energies[4], 0.0));
        QVERIFY(close(energies[2], -8.47 + 25.6 / 3.0));
        // The other decoration is compared with the same hull.
        QVERIFY(close(energies[3] - energies[2], 0.02));
        records[4].converged = false;
        energies = energiesAboveHull(records);
        QVERIFY(std::isnan(energies[4]));
        QVERIFY(close(energies[2], 0.03));
    }

    void phasesFromOutsideCount() {
        const std::vector<CampaignRecord> records = {cell("Li3Zr2Si2PO12", -8.0)};
        QVERIFY(std::isnan(energiesAboveHull(records)[0]));
        // Li3PO4 + 2 ZrSiO4 = Li3Zr2Si2PO12: 8 and 12 of 20 atoms.
        const std::vector<composition::PhaseEntry> others = {{"", composition::parseFormula("Li3PO4"), -8.0},
                                                             {"", composition::parseFormula("ZrSiO4"), -8.1}};
        QVERIFY(close(energiesAboveHull(records, others)[0], 0.06));
    }

    void nothingRelaxed() {
        auto record = cell("Li3Zr2Si2PO12", -8.0);
        record.relaxed = {};
        QVERIFY(std::isnan(energiesAboveHull({record})[0]));
    }
};

QTEST_APPLESS_MAIN(TestDatasetHull)
#include "test_dataset_hull.moc"
