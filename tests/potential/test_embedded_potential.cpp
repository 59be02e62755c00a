// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped potential: complete metadata, and short dynamics of the two cells it must hold.
#include <QTest>

#include <filesystem>

#include "core/base/resources.h"
#include "core/builder/decorate.h"
#include "core/crystal/neighbour_list.h"
#include "core/dynamics/molecular_dynamics.h"
#include "core/dynamics/relaxer.h"
#include "core/potential/model_file.h"
#include "core/training/evaluate.h"

using namespace ionscape;

namespace {

class Last final : public trajectory::FrameSink {
  public:
    void begin(const crystal::Structure&) override {}
    void write(const trajectory::Frame& frame) override { frames.push_back(frame); }
    std::vector<trajectory::Frame> frames;
};

/// P and Si with other than four O within 2.1 Å.
int brokenTetrahedra(const crystal::Structure& s) {
    std::vector<int> oxygens(s.size(), 0);
    for (const auto& pair : crystal::neighbourPairs(s, 2.1)) {
        if (s.elements[std::size_t(pair.j)].symbol() == "O") ++oxygens[std::size_t(pair.i)];
    }
    int broken = 0;
    for (std::size_t i = 0; i < s.size(); ++i) {
        const auto symbol = s.elements[i].symbol();
        if ((symbol == "P" || symbol == "Si") && oxygens[i] != 4) ++broken;
    }
    return broken;
}

crystal::Structure relaxedCell(const char* formula, potential::Potential& model) {
    const auto host = composition::findHost("lzsp");
    const auto composition = composition::compositionFromFormula(host, composition::parseFormula(formula));
    NoProgress progress;
    dynamics::RelaxSettings settings;
    settings.maxSteps = 60;
    return dynamics::relax(builder::decoratedSupercell(host, composition, 1), model, settings, {}, progress)
        .structure;
}

}  // namespace

class TestEmbeddedPotential : public QObject {
    Q_OBJECT

  private slots:
    void metadataIsComplete();
    void unseenCompositions();
    void conservesEnergy();
    void holdsTheFramework();
};

void TestEmbeddedPotential::metadataIsComplete() {
    const auto file = potential::embeddedPotentialPath();
    QVERIFY(std::filesystem::file_size(file) <= 3u << 20);
    const auto data = potential::readModelFile(file);
    QCOMPARE(data.info.elements.size(), std::size_t(28));  // Li, O, Si, P and the 24 of the M site
    QVERIFY(!data.info.licence.empty() && !data.info.origin.empty());
    QVERIFY(data.metadata.find("force_mae_eV_per_A") != std::string::npos);
}

void TestEmbeddedPotential::unseenCompositions() {
    // Every twelfth frame of the compositions that training never saw.
    const auto dataset = training::readDataset({IONSCAPE_TEST_DATA "/labels/he-lzsp-held-out.xyz"});
    const auto model = potential::openPotential(potential::embeddedPotentialPath(), 1);
    NoProgress progress;
    const auto errors = training::evaluate(*model, dataset, {}, progress);
    qInfo("%zu frames: %.2f meV/atom, %.4f eV/A, %.3f GPa", errors.frames, errors.energyMae, errors.forceMae,
          errors.stressMae);
    QVERIFY(errors.forceMae < 0.13);
    QVERIFY(errors.energyMae < 10.0);
    QVERIFY(errors.stressMae < 0.3);
}

void TestEmbeddedPotential::conservesEnergy() {
    // 0.25 ps here; the 2 ps figure of the model's card comes from the same code.
    const auto model = potential::openPotential(potential::embeddedPotentialPath(), 1);
    auto state = dynamics::startState(relaxedCell("Li3Zr2Si2PO12", *model), 300.0, 3);
    dynamics::MdSettings settings;
    settings.thermostat = dynamics::Thermostat::None;
    settings.steps = 250;
    settings.frameInterval = 10;
    Last sink;
    NoProgress progress;
    dynamics::runMolecularDynamics(state, *model, settings, sink, {}, progress);
    const auto total = [](const trajectory::Frame& f) { return f.potentialEnergy + f.kineticEnergy; };
    const double drift =
        std::abs(total(sink.frames.back()) - total(sink.frames[2])) / double(state.structure.size());
    QVERIFY2(drift < 1e-4, qPrintable(QString("%1 eV/atom").arg(drift)));
}

void TestEmbeddedPotential::holdsTheFramework() {
    const auto model = potential::openPotential(potential::embeddedPotentialPath(), 1);
    auto state = dynamics::startState(relaxedCell("Li2.625Zr0.5Hf0.375Sn0.375Ti0.375Nb0.375Si2PO12", *model),
                                      1000.0, 1);
    QCOMPARE(brokenTetrahedra(state.structure), 0);
    dynamics::MdSettings settings;
    settings.steps = 200;
    Last sink;
    NoProgress progress;
    dynamics::runMolecularDynamics(state, *model, settings, sink, {}, progress);
    QCOMPARE(brokenTetrahedra(state.structure), 0);
    QVERIFY(sink.frames.back().temperature < 1600.0);
}

QTEST_APPLESS_MAIN(TestEmbeddedPotential)
#include "test_embedded_potential.moc"
