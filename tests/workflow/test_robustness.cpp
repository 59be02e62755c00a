// SPDX-License-Identifier: GPL-3.0-or-later
// Predictions for many decorations: the same as one by one, continued from the file, statistics by hand.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "core/base/error.h"
#include "core/workflow/predict_mobility.h"
#include "core/workflow/robustness.h"
#include "core/workflow/surrogate_training.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::workflow;

class TestRobustness : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    NoProgress silent_;
    LearningData data_;
    std::shared_ptr<const surrogate::SurrogateModel> model_;

    std::filesystem::path path(const char* name) const { return folder_.filePath(name).toStdString(); }

    std::shared_ptr<const surrogate::SurrogateModel> trained(FeatureKind kind) {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        const auto features =
            featureMatrix(data_, Featuriser(composition::findHost("lzsp"), kind), {}, silent_);
        return trainSurrogate(data_, features, spec, {}, silent_).model;
    }

    /// Any cell counts as relaxed after a step or two.
    EnsembleSpec ensemble(const char* name, std::size_t members) const {
        EnsembleSpec spec;
        spec.formula = "Li3ZrHfSi2PO12";
        spec.ensemble.members = members;
        spec.ensemble.seed = 5;
        spec.relaxSettings.forceTolerance = 1000.0;
        spec.relaxSettings.stressToleranceGPa = 1000.0;
        spec.potential = path("lj.json").string();
        spec.threads = 1;
        spec.output = path(name);
        spec.structures = path(name).string() + ".xyz";
        return spec;
    }

  private slots:
    void initTestCase() {
        writeLennardJones(path("lj.json"), {"Li", "Zr", "Hf", "Si", "P", "O"});
        SyntheticCampaign options;
        options.cells = options.simulated = 14;
        writeSyntheticCampaign(path("dataset.h5"), options);
        data_ = learningData(CampaignData(path("dataset.h5")));
        model_ = trained(FeatureKind::Multinary);
    }

    void sameAsOneByOne() {
        const auto result = robustness(*model_, ensemble("all", 5), {}, silent_);
        QCOMPARE(result.decorations.size(), std::size_t(5));
        QCOMPARE(result.leftOut, std::size_t(0));
        MobilityRequest request;
        request.formula = "Li3ZrHfSi2PO12";
        request.seed = 7;
        request.potential = path("lj.json").string();
        request.relaxSettings = ensemble("all", 5).relaxSettings;
        const auto third = predictMobility(*model_, request, {}, silent_);
        const auto& one = result.decorations[2];
        QCOMPARE(one.seed, std::uint64_t(7));
        QVERIFY2(std::abs(one.mean - third.mean) < 1e-4 * std::abs(third.mean),
                 qPrintable(QString("%1 %2").arg(one.mean).arg(third.mean)));
        QVERIFY(std::abs(one.standardDeviation - third.standardDeviation) <
                1e-4 * std::abs(third.standardDeviation));
        // Five values: quantiles between neighbours, by hand.
        std::vector<double> values;
        for (const auto& d : result.decorations)
            values.push_back(d.mean);
        std::sort(values.begin(), values.end());
        QCOMPARE(result.median, values[2]);
        QVERIFY(std::abs(result.p5 - (0.8 * values[0] + 0.2 * values[1])) < 1e-9);
        QVERIFY(std::abs(result.p95 - (0.2 * values[3] + 0.8 * values[4])) < 1e-9);
        QVERIFY(result.spread.standardDeviation > 0.0);
        QVERIFY(std::abs(result.withEnergy) <= 1.0);
        const auto csv = csvText(result);
        QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 6);
    }

    void continuesItsFile() {
        const auto first = robustness(*model_, ensemble("grows", 2), {}, silent_);
        const auto more = robustness(*model_, ensemble("grows", 4), {}, silent_);
        QCOMPARE(more.decorations.size(), std::size_t(4));
        for (std::size_t i = 0; i < 2; ++i)
            QCOMPARE(more.decorations[i].mean, first.decorations[i].mean);
        // What is stored is not computed again: an energy that was changed in the file comes back.
        std::ifstream in(path("grows"));
        std::string text(std::istreambuf_iterator<char>(in), {});
        const auto at = text.find("\"energy_eV_per_atom\":") + 21;
        QVERIFY(at > 21);
        text.replace(at, text.find_first_of(",}", at) - at, "-123.5");
        std::ofstream(path("grows")) << text;
        QCOMPARE(robustness(*model_, ensemble("grows", 4), {}, silent_).decorations[0].energyPerAtom, -123.5);
        const auto whole = robustness(*model_, ensemble("whole", 4), {}, silent_);
        QCOMPARE(more.spread.mean, whole.spread.mean);
    }

    void refusals() {
        QVERIFY_THROWS_EXCEPTION(
            InputError, robustness(*trained(FeatureKind::Composition), ensemble("none", 3), {}, silent_));
        QVERIFY_THROWS_EXCEPTION(InputError, robustness(*model_, ensemble("one", 1), {}, silent_));
        auto unrelaxed = ensemble("unrelaxed", 3);
        unrelaxed.relaxSettings = {};
        unrelaxed.relaxSettings.maxSteps = 1;
        QVERIFY_THROWS_EXCEPTION(InputError, robustness(*model_, unrelaxed, {}, silent_));
    }
};

QTEST_APPLESS_MAIN(TestRobustness)
#include "test_robustness.moc"
