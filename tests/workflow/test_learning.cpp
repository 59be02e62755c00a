// SPDX-License-Identifier: GPL-3.0-or-later
// Data, features and training of surrogates, and a prediction from the formula alone.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/composition/descriptors.h"
#include "core/surrogate/settings_search.h"
#include "core/workflow/predict_mobility.h"
#include "core/workflow/publish_dataset.h"
#include "core/workflow/surrogate_training.h"
#include "tests/workflow/lennard_jones_file.h"
#include "tests/workflow/synthetic_campaign.h"

using namespace ionscape;
using namespace ionscape::workflow;

namespace {

std::size_t indexOf(const std::vector<surrogate::Feature>& features, const std::string& name) {
    return surrogate::featureIndex(features, name);
}

}  // namespace

class TestLearning : public QObject {
    Q_OBJECT

    QTemporaryDir folder_;
    LearningData data_;
    composition::Host host_ = composition::findHost("lzsp");
    FeatureMatrix ofComposition_;
    NoProgress silent_;

    std::filesystem::path path(const QString& name) const { return folder_.filePath(name).toStdString(); }

    surrogate::CsvTable csv(const QString& name, const char* text) const {
        std::ofstream(path(name)) << text;
        return surrogate::CsvTable::read(path(name));
    }

  private slots:
    void initTestCase() {
        writeSyntheticCampaign(path("dataset.h5"));
        data_ = learningData(CampaignData(path("dataset.h5")));
        ofComposition_ = featureMatrix(data_, Featuriser(host_, FeatureKind::Composition), {}, silent_);
    }

    void aCampaignBecomesRowsAndTargets() {
        QCOMPARE(data_.rows.size(), std::size_t(60));
        QVERIFY(data_.source.find("made up") != std::string::npos);
        const auto& msd = data_.target(msdTargetName);
        QCOMPARE(data_.usable(msd), std::size_t(40));
        QCOMPARE(msd.definition.unit, std::string("Å²"));
        QVERIFY(msd.definition.meaning.find("50 ps") != std::string::npos);
        QVERIFY(std::isnan(msd.values[50]));
        QCOMPARE(data_.rows[50].cell.size() > 0, true);
        const auto& logD = data_.target(logDiffusionName);
        QVERIFY(std::abs(logD.values[3] - std::log10(data_.target("D*").values[3])) < 1e-12);
        // d log10 D = dD/(D ln 10)
        const double relative = data_.target("D*").errors[3] / data_.target("D*").values[3];
        QVERIFY(std::abs(logD.errors[3] - relative / std::log(10.0)) < 1e-12);
        QVERIFY_THROWS_EXCEPTION(InputError, data_.target("MSDD"));
    }

    void measurementsComeFromATable() {
        const auto table = csv("own.csv",
                               "sample;formula;sigma (mS/cm);error of sigma;type\n"
                               "a;Li3Zr2Si2PO12;1,5;0,1;\n"
                               "b;NaCl;2;0,1;\n"
                               "c;Li3ZrHfSi2PO12;;;4-1\n");
        const auto guess = guessColumns(table);
        QCOMPARE(guess.formula, std::string("formula"));
        QCOMPARE(guess.target, std::string("sigma"));
        QCOMPARE(guess.unit, std::string("mS/cm"));
        QCOMPARE(guess.error, std::string("error of sigma"));
        QCOMPARE(guess.type, std::string("type"));
        auto columns = guess;
        columns.logarithm = true;
        const auto data = learningData(table, columns, "lzsp");
        QCOMPARE(data.rows.size(), std::size_t(3));
        QVERIFY(data.rows[0].problem.empty());
        QVERIFY(!data.rows[1].problem.empty());  // none of the host's
        QCOMPARE(data.targets.front().definition.unit, std::string("log mS/cm"));
        QVERIFY(std::abs(data.targets.front().values[0] - std::log10(1.5)) < 1e-12);
        QVERIFY(std::isnan(data.targets.front().values[2]));
        QCOMPARE(data.usable(data.targets.front()), std::size_t(1));
        columns.target.clear();
        QVERIFY_THROWS_EXCEPTION(InputError, learningData(table, columns, "lzsp"));
    }

    void featuresOfCompositionsAreTheDescriptors() {
        const composition::DescriptorSet descriptors(host_);
        const auto entropy = indexOf(ofComposition_.features, "S_config");
        for (const std::size_t i : {std::size_t(0), std::size_t(31)}) {
            const auto composition = composition::compositionFromFormula(
                host_, composition::parseFormula(data_.rows[i].formula), 16);
            QCOMPARE(*ofComposition_.rows[i][entropy],
                     descriptors.value(*descriptors.find("S_config"), composition));
        }
        // A model finds its features again by name; cells are needed only for those of cells.
        const Featuriser again(host_, {ofComposition_.features[entropy]});
        QVERIFY(!again.needsCell());
        QCOMPARE(*again.row(data_.rows[0].formula, {})[0], *ofComposition_.rows[0][entropy]);
        const Featuriser cells(host_, FeatureKind::Multinary);
        QVERIFY(cells.needsCell());
        QVERIFY_THROWS_EXCEPTION(InputError, cells.row(data_.rows[0].formula, {}));
        const Featuriser mixed(host_, {cells.features().front(), ofComposition_.features[entropy]});
        QVERIFY(mixed.needsCell());
        const auto both = mixed.row(data_.rows[0].formula, data_.rows[0].cell);
        QVERIFY(std::abs(*both[1] - *ofComposition_.rows[0][entropy]) < 1e-9);
        auto unknown = ofComposition_.features[entropy];
        unknown.name = "no such feature";
        QVERIFY_THROWS_EXCEPTION(InputError, Featuriser(host_, {unknown}));
        QVERIFY_THROWS_EXCEPTION(InputError, featureKindFromName("nothing"));
        QCOMPARE(featureKindName(featureKindFromName("cell")), std::string("cell"));
    }

    void aLawIsLearntAndExplained() {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        const auto trained = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        QCOMPARE(trained.training.rows.size(), std::size_t(40));
        QCOMPARE(trained.validation.rows.size(), std::size_t(40));
        // The law is linear in two features: what is left is the noise of 3 Å².
        QVERIFY2(trained.validation.metrics.rmse < 6.0,
                 qPrintable(QString::number(trained.validation.metrics.rmse)));
        QVERIFY(trained.meanBaseline.rmse > 2.0 * trained.validation.metrics.rmse);
        QVERIFY(trained.contentBaseline.rmse > trained.validation.metrics.rmse);
        // At equal lithium content the law still tells entropies apart.
        const auto& beyond = trained.beyondContent;
        const auto& learnt = trained.training.table.features;
        QCOMPARE(beyond.r.size(), static_cast<Eigen::Index>(learnt.size()));
        QVERIFY(beyond.r[static_cast<Eigen::Index>(indexOf(learnt, "S_config"))] > beyond.chance95);
        // All rows are predicted, those without dynamics too.
        QCOMPARE(trained.view.rows.size(), std::size_t(60));
        for (Eigen::Index i = 0; i < 60; ++i) {
            const double sum = trained.view.explanation.base + trained.view.explanation.values.row(i).sum();
            QVERIFY(std::abs(sum - trained.view.predicted.mean[i]) <
                    1e-6 * std::max(1.0, std::abs(trained.view.predicted.mean[i])));
        }
        const auto composition =
            composition::compositionFromFormula(host_, composition::parseFormula(data_.rows[55].formula), 16);
        QVERIFY(std::abs(trained.view.predicted.mean[55] - syntheticMsd(host_, composition)) < 15.0);
        QVERIFY(trained.learningCurve.size() >= 4);
        QVERIFY(trained.learningCurve.front().rows < trained.learningCurve.back().rows);
        QCOMPARE(trained.view.correlation.rows(), trained.view.table.x.cols() + 1);
        QCOMPARE(trained.model->card().remark, data_.source);
    }

    void groupsAreLeftOut() {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        spec.validation = Validation::LeaveTypeOut;
        const auto byType = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        QCOMPARE(byType.validation.folds.size(), std::size_t(2));
        spec.validation = Validation::LeaveElementOut;
        const auto byElement = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        QVERIFY(byElement.validation.folds.size() > 4);
        for (const auto& fold : byElement.validation.folds)
            for (const auto row : fold.rows) {
                const auto& groups =
                    byElement.training.table.grouping("element").groupsOfRow[static_cast<std::size_t>(row)];
                QVERIFY(std::any_of(groups.begin(), groups.end(), [&](const std::string& element) {
                    return fold.name.find(element) != std::string::npos;
                }));
            }
    }

    void aSearchIsTestedOnRowsOutsideIt() {
        SurrogateTrainingSpec spec;
        spec.model = "nearest-neighbours";
        spec.searchTrials = 8;
        const auto searched = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        const auto& table = searched.training.table;
        surrogate::SearchOptions options;
        options.trials = spec.searchTrials;
        const auto prepare = surrogate::searchedSettings(options, spec.folds);
        const auto byHand = surrogate::makeRegressor(spec.model);
        prepare(*byHand, table, {});
        QVERIFY(searched.model->regressor().settings() == byHand->settings());
        const auto nested = surrogate::crossValidate(*surrogate::makeRegressor(spec.model), table,
                                                     surrogate::kFold(table, spec.folds, spec.seed),
                                                     spec.seed, {}, nullptr, prepare);
        QCOMPARE(searched.validation.metrics.rmse, nested.metrics.rmse);
        const auto& card = searched.model->card();
        QCOMPARE(card.validation->rmse, nested.metrics.rmse);
        QCOMPARE(card.calibration.factor, surrogate::calibrate(nested.y, nested.predicted).factor);
    }

    void errorsAreCalibratedOnTheValidationThatWasChosen() {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        spec.validation = Validation::LeaveElementOut;
        const auto trained = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        const auto& validation = trained.validation;
        QCOMPARE(trained.model->card().calibration.factor, surrogate::calibrate(validation).factor);
        QCOMPARE(trained.model->card().folds, int(validation.folds.size()));
    }

    void publishedDatasetsNeedNoMeasuring() {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        const auto measured = featureMatrix(data_, Featuriser(host_, FeatureKind::Multinary), {}, silent_);
        const auto trained = trainSurrogate(data_, measured, spec, {}, silent_);
        const CampaignData original(path("dataset.h5"));
        publishDataset(original, trained.model.get(), path("published.h5"), {}, silent_);
        const CampaignData published(path("published.h5"));
        auto again = learningData(published);
        QCOMPARE(again.rows.size(), data_.rows.size());
        QCOMPARE(again.target(msdTargetName).values[7], data_.target(msdTargetName).values[7]);
        QCOMPARE(again.rows[7].cell.elements, data_.rows[7].cell.elements);
        QCOMPARE(published.spec().name, original.spec().name);
        const auto columns = published.derived();
        const auto predicted = std::find_if(columns.begin(), columns.end(),
                                            [](const auto& one) { return one.name == "predicted"; });
        QVERIFY(predicted != columns.end());
        QCOMPARE(predicted->unit, std::string("Å²"));
        for (std::size_t i = 0; i < 60; ++i)
            QCOMPARE(predicted->values[i], trained.view.predicted.mean[static_cast<Eigen::Index>(i)]);
        // Without cells nothing could be measured.
        for (auto& row : again.rows)
            row.cell = {};
        for (const auto kind : {FeatureKind::Multinary, FeatureKind::AllOfCell}) {
            const Featuriser featuriser(host_, kind);
            const auto stored = featureMatrix(again, featuriser, {}, silent_);
            QVERIFY(stored.problems == std::vector<std::string>(60));
            QVERIFY(stored.rows[13] == featuriser.row(data_.rows[13].formula, data_.rows[13].cell));
        }
        // Another definition is not taken.
        again.stored.features.front().meaning = "something else";
        QVERIFY(!featureMatrix(again, Featuriser(host_, FeatureKind::AllOfCell), {}, silent_)
                     .problems.front()
                     .empty());
        // It can be continued, and what is new is measured.
        auto record = original.records()[50];
        record.job.seed = 77;
        published.append(record);
        const auto more = learningData(published);
        QCOMPARE(more.rows.size(), std::size_t(61));
        const auto all = featureMatrix(more, Featuriser(host_, FeatureKind::Multinary), {}, silent_);
        QVERIFY(all.problems[60].empty());
        for (std::size_t f = 0; f < all.features.size(); ++f)  // coordinates were rounded once more
            QVERIFY(std::abs(*all.rows[60][f] - *all.rows[50][f]) <
                    1e-3 * (1.0 + std::abs(*all.rows[50][f])));
        const auto& rows = data_.records;
        QVERIFY_THROWS_EXCEPTION(InputError, original.copyWith({{"formula", "", "", std::vector<double>(60)}},
                                                               rows, path("x.h5")));
        QVERIFY_THROWS_EXCEPTION(InputError, original.copyWith({{"more", "", "", {}}}, rows, path("x.h5")));
        QVERIFY_THROWS_EXCEPTION(InputError, original.copyWith({}, rows, path("dataset.h5")));
        QVERIFY_THROWS_EXCEPTION(OutputError, original.copyWith({}, rows, path("no folder/x.h5")));
        QVERIFY(!std::filesystem::exists(path("x.h5.part")));
        // Dynamics of a cell that was relaxed before take its place, here and in the next copy.
        auto simulated = original.records()[7];
        simulated.job.formula = record.job.formula;
        simulated.job.seed = 77;
        published.append(simulated);
        const auto later = learningData(published);
        QCOMPARE(later.rows.size(), std::size_t(61));
        QCOMPARE(later.records.back(), std::size_t(61));
        QCOMPARE(later.target(msdTargetName).values.back(), simulated.transport->msdTarget);
        QVERIFY(std::isnan(later.target(msdTargetName).values[50]));
        QVERIFY(featureMatrix(later, Featuriser(host_, FeatureKind::Multinary), {}, silent_).problems ==
                std::vector<std::string>(61));
        publishDataset(published, trained.model.get(), path("later.h5"), {}, silent_);
        const auto copied = CampaignData(path("later.h5")).records();
        QCOMPARE(copied.size(), std::size_t(61));
        QCOMPARE(copied.back().transport->msdTarget, simulated.transport->msdTarget);
        QCOMPARE(learningData(CampaignData(path("later.h5"))).stored.rows.size(), std::size_t(61));
        // Where they failed, the relaxed cell stays.
        record = original.records()[51];
        record.job.seed = 78;
        published.append(record);
        record.job.dynamics = true;
        record.problem = "a PO4 broke";
        published.append(record);
        const auto failed = learningData(published);
        QCOMPARE(failed.rows.size(), std::size_t(62));
        QCOMPARE(failed.records.back(), std::size_t(62));
        QVERIFY(failed.rows.back().problem.empty() && failed.rows.back().dynamics);
        // What was not known stays unknown: the synthetic runs have no collective diffusion.
        QVERIFY(std::isnan(published.records()[7].transport->collective));
    }

    void theShippedDatasetIsSound() {
        const CampaignData shipped(std::filesystem::path(IONSCAPE_RESOURCES) / "datasets" / "he-lzsp.h5");
        const auto data = learningData(shipped);
        QVERIFY(data.source.find("HE-LZSP small") != std::string::npos);
        QVERIFY(data.usable(data.target(msdTargetName)) >= 70);
        std::map<std::string, std::set<std::string>> formulas;
        for (const auto& record : shipped.records()) {
            formulas[record.job.type].insert(record.job.formula);
            QVERIFY2(record.converged, record.job.formula.c_str());
            if (!record.transport) continue;
            const auto& t = *record.transport;
            QVERIFY2(record.problem.empty() && t.brokenPolyhedra == 0, record.job.formula.c_str());
            QVERIFY(t.ps >= 40.0 && std::abs(t.meanTemperature - 1000.0) < 20.0);
            QVERIFY(t.msdTarget > 0.0 && t.msdTargetError > 0.0 && t.msdTargetError < 0.3 * t.msdTarget);
        }
        // All that Fu et al. screen are there, and the prediction of each.
        QCOMPARE(formulas["4-1"].size(), std::size_t(735));
        QCOMPARE(formulas["5-1"].size(), std::size_t(4575));
        const auto derived = shipped.derived();
        for (const char* name : {"predicted", "predicted_error", "predicted_half90"}) {
            const auto column = std::find_if(derived.begin(), derived.end(),
                                             [&](const auto& one) { return one.name == name; });
            QVERIFY2(column != derived.end(), name);
            QVERIFY2(std::all_of(column->values.begin(), column->values.end(),
                                 [](double value) { return value > 0.0 && value < 400.0; }),
                     name);
        }
        // Its features are those that this program measures.
        const Featuriser featuriser(host_, FeatureKind::AllOfCell);
        const auto stored = featureMatrix(data, featuriser, {}, silent_);
        const auto fresh = featuriser.row(data.rows[0].formula, data.rows[0].cell);
        for (std::size_t f = 0; f < fresh.size(); ++f) {
            QCOMPARE(stored.rows[0][f].has_value(), fresh[f].has_value());
            if (fresh[f])
                QVERIFY(std::abs(*stored.rows[0][f] - *fresh[f]) < 1e-3 * (1.0 + std::abs(*fresh[f])));
        }
    }

    void tooFewRowsAreRefusedWithTheReason() {
        auto few = data_;
        for (std::size_t i = 5; i < few.rows.size(); ++i)
            few.rows[i].problem = "the relaxation did not converge";
        try {
            selectRows(few, ofComposition_, msdTargetName, surrogate::MissingValues::Refuse);
            QFAIL("five rows were accepted");
        } catch (const InputError& error) {
            QVERIFY(std::string(error.what()).find("did not converge") != std::string::npos);
        }
    }

    void aFormulaIsBuiltRelaxedMeasuredAndPredicted() {
        writeLennardJones(path("lj.json"), {"Li", "Zr", "Hf", "Ti", "Si", "P", "O"});
        const Featuriser featuriser(host_, FeatureKind::Multinary);
        auto some = data_;
        some.rows.resize(14);
        const auto features = featureMatrix(some, featuriser, {}, silent_);
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        const auto trained = trainSurrogate(some, features, spec, {}, silent_);
        trained.model->save(path("model.json"));
        const auto model = surrogate::SurrogateModel::load(path("model.json"));
        MobilityRequest request;
        request.formula = "Li3ZrHfSi2PO12";
        request.potential = path("lj.json").string();
        request.threads = 1;
        request.relaxSettings.maxSteps = 3;
        const auto one = predictMobility(model, request, {}, silent_);
        QCOMPARE(one.relaxed.size(), std::size_t(160));
        QCOMPARE(one.potential, std::string("lj"));
        QVERIFY(one.warning.find("did not converge") != std::string::npos);
        QVERIFY(!one.spread);
        QVERIFY(one.standardDeviation > 0.0);
        // What the model says of the features of the cell that is handed back.
        const auto row = featuriser.row(one.formula, one.relaxed);
        const auto checked = model.predict(featuriser.features(), std::vector<surrogate::FeatureRow>{row});
        QCOMPARE(one.mean, checked.mean[0]);
        QCOMPARE(one.distance, checked.distance[0]);
        request.members = 2;
        const auto two = predictMobility(model, request, {}, silent_);
        QVERIFY(two.spread && *two.spread > 0.0);
        QCOMPARE(two.relaxed.positions, one.relaxed.positions);
        request.formula = "NaCl";
        QVERIFY_THROWS_EXCEPTION(InputError, predictMobility(model, request, {}, silent_));
    }

    void compositionsAloneNeedNoPotential() {
        SurrogateTrainingSpec spec;
        spec.model = "ridge";
        const auto trained = trainSurrogate(data_, ofComposition_, spec, {}, silent_);
        MobilityRequest request;
        request.formula = data_.rows[47].formula;
        request.potential = path("no such file").string();
        const auto prediction = predictMobility(*trained.model, request, {}, silent_);
        QCOMPARE(prediction.mean, trained.view.predicted.mean[47]);
        QCOMPARE(prediction.relaxed.size(), std::size_t(0));
        QVERIFY(hasMobilityClasses(prediction.target));
    }

    void aStopIsHonoured() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled,
                                 trainSurrogate(data_, ofComposition_, {}, stop.get_token(), silent_));
    }
};

QTEST_APPLESS_MAIN(TestLearning)
#include "test_learning.moc"
