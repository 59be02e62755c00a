// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for every model, and closed forms where there are some.
#include <Eigen/Dense>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/surrogate/booster.h"
#include "core/surrogate/surrogate_model.h"
#include "core/surrogate/tree_ensemble.h"
#include "core/surrogate/validation.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::friedman1;
using testing::syntheticTable;

namespace {

void addAllKinds() {
    QTest::addColumn<QString>("kind");
    for (const auto& kind : regressorKinds())
        QTest::newRow(kind.id.c_str()) << QString::fromStdString(kind.id);
}

/// Small enough that every model takes a fraction of a second.
std::unique_ptr<Regressor> quick(const QString& kind) {
    auto model = makeRegressor(kind.toStdString());
    for (const auto& d : model->settings().definitions()) {
        if (d.name == "trees") model->settings().set("trees", 60.0);
        if (d.name == "members") model->settings().set("members", 4.0);
        if (d.name == "complexity") model->settings().set("complexity", 1.0);
    }
    return model;
}

}  // namespace

class TestRegressors : public QObject {
    Q_OBJECT

  private slots:
    void learnsALaw_data() { addAllKinds(); }
    void learnsALaw();
    void sameSeedSameModel_data() { addAllKinds(); }
    void sameSeedSameModel();
    void survivesItsFile_data() { addAllKinds(); }
    void survivesItsFile();
    void refusesOtherFeatures();
    void damagedFiles();
    void gapsGoThroughTheModel();
    void stops();
    void treesAgreeWithXgboost();
    void ridgeIsTheClosedForm();
    void ridgeLeavesOneOut();
    void neighboursByHand();
    void distanceTellsExtrapolation();
};

void TestRegressors::learnsALaw() {
    QFETCH(QString, kind);
    const auto training = syntheticTable(150, 6, friedman1, 0.3, 1);
    const auto test = syntheticTable(300, 6, friedman1, 0.3, 2);
    const auto model = quick(kind);
    model->fit(training, 1);
    const auto predicted = model->predict(test.x);
    QVERIFY(predicted.mean.allFinite() && predicted.standardDeviation.allFinite());
    QVERIFY(predicted.standardDeviation.minCoeff() > 0.0);
    QVERIFY((predicted.mean - model->predictMean(test.x)).cwiseAbs().maxCoeff() < 1e-9);
    const auto metrics = metricsOf(test.y, predicted.mean);
    if (kind == "mean") {
        QVERIFY(std::abs(metrics.r2) < 0.05);
        QCOMPARE(predicted.mean[7], training.y.mean());
    } else {
        QVERIFY2(metrics.r2 > 0.6, qPrintable(QString::number(metrics.r2)));
    }
    // Uncalibrated errors: of the right size, not more.
    const double held = coverage(test.y, predicted, 0.9);
    QVERIFY2(held > 0.75 && held <= 1.0, qPrintable(QString::number(held)));
}

void TestRegressors::sameSeedSameModel() {
    QFETCH(QString, kind);
    const auto table = syntheticTable(40, 5, friedman1, 0.3, 1);
    const auto a = quick(kind);
    const auto b = a->fresh();
    QVERIFY(a->settings() == b->settings());
    a->fit(table, 7);
    b->fit(table, 7);
    const auto pa = a->predict(table.x), pb = b->predict(table.x);
    QVERIFY(pa.mean == pb.mean);
    QVERIFY(pa.standardDeviation == pb.standardDeviation);
    if (kind == "gradient-boosting" || kind == "random-forest") {
        b->fit(table, 8);
        QVERIFY(pa.mean != b->predict(table.x).mean);
    }
}

void TestRegressors::survivesItsFile() {
    QFETCH(QString, kind);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model.json").toStdString();
    const auto table = syntheticTable(40, 5, friedman1, 0.3, 1);
    TrainingOptions options;
    options.seed = 3;
    options.folds = 4;
    options.remark = "a test";
    const auto model = SurrogateModel::train(table, quick(kind), options);
    model.save(file);
    const auto loaded = SurrogateModel::load(file);
    const auto& card = loaded.card();
    QCOMPARE(card.trainingChecksum, table.checksum());
    QCOMPARE(card.features, table.features);
    QCOMPARE(card.target.unit, std::string("Å²"));
    QCOMPARE(card.seed, std::uint64_t(3));
    QCOMPARE(card.remark, std::string("a test"));
    QVERIFY(card.validation.has_value());
    QCOMPARE(card.validation->rmse, model.card().validation->rmse);
    QCOMPARE(card.calibration.scores, model.card().calibration.scores);
    QVERIFY(loaded.regressor().settings() == model.regressor().settings());
    const auto other = syntheticTable(20, 5, friedman1, 0.3, 2);
    const auto a = model.predict(other), b = loaded.predict(other);
    QVERIFY((a.mean - b.mean).cwiseAbs().maxCoeff() < 1e-10);
    QVERIFY((a.standardDeviation - b.standardDeviation).cwiseAbs().maxCoeff() < 1e-10);
    QVERIFY((a.distance - b.distance).cwiseAbs().maxCoeff() < 1e-10);
    QVERIFY((a.half90.array() > 0.0).all());
}

void TestRegressors::refusesOtherFeatures() {
    const auto table = syntheticTable(
        20, 3, [](const auto& r) { return r[0]; }, 0.1, 1);
    const auto model = SurrogateModel::train(table, makeRegressor("ridge"));
    const auto refusal = [&](const SurrogateTable& other) -> QString {
        try {
            model.predict(other);
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    };
    auto other = table;
    other.features[1].name = "volume";
    QVERIFY(refusal(other).contains("feature 2 must be f2, not volume"));
    other = table;
    other.features[2].unit = "Å";
    QVERIFY(refusal(other).contains("feature 3 must be f3, not f3 (Å)"));
    QVERIFY(refusal(table.withFeatures({"f1", "f2"})).contains("f3, which is missing"));
    other = table;
    other.features.push_back({"f4", "", "", ""});
    other.x.conservativeResize(Eigen::NoChange, 4);
    QVERIFY(refusal(other).contains("f4"));
    QVERIFY_EXCEPTION_THROWN(makeRegressor("ridge")->predict(table.x), InputError);
    QVERIFY_EXCEPTION_THROWN(makeRegressor("oracle"), InputError);
}

void TestRegressors::damagedFiles() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model.json").toStdString();
    QVERIFY_EXCEPTION_THROWN(SurrogateModel::load(file), IoError);
    SurrogateModel::train(syntheticTable(
                              20, 3, [](const auto& r) { return r[0]; }, 0.1, 1),
                          quick("gb"))
        .save(file);
    std::ifstream in(file);
    const auto good = nlohmann::json::parse(in);
    const auto refused = [&](const std::string& text) {
        std::ofstream(file, std::ios::binary) << text;
        try {
            SurrogateModel::load(file);
        } catch (const IoError&) {
            return true;
        }
        return false;
    };
    QVERIFY(!refused(good.dump()));
    QVERIFY(refused("{"));
    QVERIFY(refused("[]"));
    QVERIFY(refused("{\"format\": \"something else\"}"));
    auto bad = good;
    bad["version"] = 99;
    QVERIFY(refused(bad.dump()));
    bad = good;
    bad["card"].erase("features");
    QVERIFY(refused(bad.dump()));
    bad = good;
    bad["regressor"]["state"]["main"]["trees"][0]["left"][0] = 0;  // a node that is its own child
    QVERIFY(refused(bad.dump()));
    bad = good;
    bad["regressor"]["settings"]["trees"] = -1;
    QVERIFY(refused(bad.dump()));
}

void TestRegressors::gapsGoThroughTheModel() {
    const std::vector<Feature> features = {{"a", "", "", ""}, {"b", "", "", ""}};
    std::vector<FeatureRow> rows;
    for (int i = 0; i < 20; ++i)
        rows.push_back({0.1 * i, i % 4 == 0 ? std::nullopt : std::optional(1.0 * (i % 3))});
    const RowEncoder encoder(features, rows, MissingValues::MeanAndIndicator);
    auto table = encoder.encode(rows);
    table.y = 2.0 * table.x.col(0) + 5.0 * table.x.col(2);
    table.target = {"y", "", ""};
    auto model = SurrogateModel::train(table, makeRegressor("ridge"));
    model.setEncoder(encoder);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("model.json").toStdString();
    model.save(file);
    const auto predicted = SurrogateModel::load(file).predict(
        features, std::vector<FeatureRow>{{1.0, std::nullopt}, {1.0, 1.0}});
    QVERIFY(std::abs(predicted.mean[1] - predicted.mean[0] - 5.0) < 0.05);
}

void TestRegressors::stops() {
    std::stop_source source;
    source.request_stop();
    const auto table = syntheticTable(
        30, 3, [](const auto& r) { return r[0]; }, 0.1, 1);
    for (const auto& kind : regressorKinds())
        QVERIFY_EXCEPTION_THROWN(makeRegressor(kind.id)->fit(table, 1, source.get_token()), Cancelled);
}

void TestRegressors::treesAgreeWithXgboost() {
    const auto table = syntheticTable(120, 6, friedman1, 0.5, 1);
    const auto other = syntheticTable(500, 6, friedman1, 0.5, 2);
    BoosterSettings s;
    s.rounds = 80;
    s.depth = 5;
    const Booster booster(table.x, table.y, {}, s);
    const auto trees = TreeEnsemble::fromXgboost(booster.json());
    QCOMPARE(trees.trees().size(), std::size_t(80));
    QVERIFY((trees.predict(other.x) - booster.predict(other.x)).cwiseAbs().maxCoeff() < 1e-4);
    const auto again = TreeEnsemble::fromJson(nlohmann::json::parse(trees.toJson().dump()));
    QVERIFY((trees.predict(other.x) - again.predict(other.x)).cwiseAbs().maxCoeff() < 1e-12);
    // The covers weight the leaves as the training rows do.
    QVERIFY(std::abs(trees.expectedValue() - table.y.mean()) < 0.2);
}

void TestRegressors::ridgeIsTheClosedForm() {
    const auto table = syntheticTable(
        30, 4, [](const auto& r) { return 3.0 * r[0] - r[2] + 7.0; }, 0.2, 5);
    auto model = makeRegressor("ridge");
    model->settings().set("lambda", 2.5);
    model->fit(table, 1);
    const Eigen::RowVectorXd mean = table.x.colwise().mean();
    Eigen::MatrixXd z = table.x.rowwise() - mean;
    const Eigen::RowVectorXd scale = (z.colwise().squaredNorm() / 30.0).cwiseSqrt();
    z = z.array().rowwise() / scale.array();
    const Eigen::MatrixXd normal = z.transpose() * z + 2.5 * Eigen::MatrixXd::Identity(4, 4);
    const Eigen::VectorXd w =
        normal.ldlt().solve(z.transpose() * (table.y.array() - table.y.mean()).matrix());
    const Eigen::VectorXd expected = (z * w).array() + table.y.mean();
    QVERIFY((model->predictMean(table.x) - expected).cwiseAbs().maxCoeff() < 1e-9);
}

void TestRegressors::ridgeLeavesOneOut() {
    const auto table = syntheticTable(
        40, 15, [](const auto& r) { return r[0]; }, 0.5, 5);
    auto model = makeRegressor("ridge");
    model->fit(table, 1);
    const double chosen = model->toJson()["state"]["lambda"].get<double>();
    Eigen::MatrixXd design(40, 16);
    design.col(0).setOnes();
    for (Eigen::Index j = 0; j < 15; ++j) {
        const Eigen::VectorXd centred = table.x.col(j).array() - table.x.col(j).mean();
        design.col(j + 1) = centred / std::sqrt(centred.squaredNorm() / 40.0);
    }
    // One fit for each row left out, the intercept free.
    const auto leftOut = [&](double lambda) {
        double sum = 0.0;
        Eigen::MatrixXd penalty = lambda * Eigen::MatrixXd::Identity(16, 16);
        penalty(0, 0) = 0.0;
        for (Eigen::Index i = 0; i < 40; ++i) {
            const Eigen::VectorXd row = design.row(i);
            const Eigen::MatrixXd normal = design.transpose() * design - row * row.transpose() + penalty;
            const Eigen::VectorXd w = normal.ldlt().solve(design.transpose() * table.y - table.y[i] * row);
            sum += std::pow(table.y[i] - row.dot(w), 2);
        }
        return sum;
    };
    const double step = std::pow(10.0, 0.25);
    QVERIFY(chosen > 1e-5 && chosen < 1e4);
    QVERIFY(leftOut(chosen) < leftOut(chosen * step));
    QVERIFY(leftOut(chosen) < leftOut(chosen / step));
}

void TestRegressors::neighboursByHand() {
    SurrogateTable table;
    table.features = {{"x", "", "", ""}};
    table.target = {"y", "", ""};
    table.x = Eigen::VectorXd{{0.0, 1.0, 2.0, 10.0}};
    table.y = Eigen::VectorXd{{0.0, 2.0, 6.0, 50.0}};
    auto model = makeRegressor("knn");
    model->settings().assign("neighbours=2");
    model->settings().assign("weights=uniform");
    model->fit(table, 1);
    const auto at = [&](double x) { return model->predictMean(Eigen::MatrixXd::Constant(1, 1, x))[0]; };
    QCOMPARE(at(0.4), 1.0);
    QCOMPARE(at(1.6), 4.0);
    QCOMPARE(at(9.0), 28.0);
    model->settings().assign("weights=distance");
    model->fit(table, 1);
    QVERIFY(std::abs(at(0.25) - 0.5) < 1e-6);  // (0/0.25 + 2/0.75)/(1/0.25 + 1/0.75)
}

void TestRegressors::distanceTellsExtrapolation() {
    const auto table = syntheticTable(
        100, 3, [](const auto& r) { return r[0]; }, 0.1, 1);
    const TrainingDomain domain(table.x);
    QVERIFY(domain.distance(table.x).maxCoeff() < 1e-9);
    QVERIFY((domain.rows() - table.x).cwiseAbs().maxCoeff() < 1e-12);
    const auto inside = domain.distance(syntheticTable(
                                            200, 3, [](const auto& r) { return r[0]; }, 0.1, 2)
                                            .x);
    QVERIFY((inside.array() < 1.0).cast<double>().mean() > 0.85);
    QVERIFY(domain.distance(Eigen::MatrixXd::Constant(1, 3, 3.0))[0] > 3.0);
    QCOMPARE(domain.nearest(table.x.row(17))[0], Eigen::Index(17));
}

QTEST_APPLESS_MAIN(TestRegressors)
#include "test_regressors.moc"
