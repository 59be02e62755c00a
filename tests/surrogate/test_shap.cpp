// SPDX-License-Identifier: GPL-3.0-or-later
// Shapley values against their definition, against XGBoost and against closed forms.
#include <QTest>
#include <bit>

#include "core/base/error.h"
#include "core/surrogate/booster.h"
#include "core/surrogate/explanation.h"
#include "core/surrogate/product_shapley.h"
#include "core/surrogate/shapley.h"
#include "core/surrogate/tree_shap.h"
#include "synthetic.h"

using namespace ionscape;
using namespace ionscape::surrogate;
using testing::friedman1;
using testing::syntheticTable;

namespace {

/// Mean of a tree over what is not in `known`: the game whose Shapley values are asked for.
double expectation(const Tree& tree, int at, const Eigen::RowVectorXf& row, unsigned known) {
    const auto& node = tree.nodes[static_cast<std::size_t>(at)];
    if (node.isLeaf()) return node.value;
    if ((known >> node.feature) & 1U)
        return expectation(tree, row[node.feature] < node.threshold ? node.left : node.right, row, known);
    const double a = tree.nodes[static_cast<std::size_t>(node.left)].cover;
    const double b = tree.nodes[static_cast<std::size_t>(node.right)].cover;
    return (a * expectation(tree, node.left, row, known) + b * expectation(tree, node.right, row, known)) /
           (a + b);
}

std::vector<double> gameOf(const TreeEnsemble& trees, const Eigen::RowVectorXd& row) {
    std::vector<double> v(std::size_t(1) << row.size(), trees.offset());
    for (const auto& tree : trees.trees()) {
        for (std::size_t set = 0; set < v.size(); ++set)
            v[set] += expectation(tree, 0, row.cast<float>(), static_cast<unsigned>(set));
    }
    return v;
}

PathFunction onPaths(const MeanFunction& model) {
    return [&model](const auto& from, const auto& to, const auto& order) {
        return model(featurePath(from, to, order));
    };
}

double factorial(int n) {
    return std::tgamma(n + 1.0);
}

Eigen::RowVectorXd shapleyOf(const std::vector<double>& v, int n) {
    Eigen::RowVectorXd phi = Eigen::RowVectorXd::Zero(n);
    for (std::size_t set = 0; set < v.size(); ++set) {
        const int s = std::popcount(set);
        for (int i = 0; i < n; ++i) {
            if ((set >> i) & 1U) continue;
            phi[i] += factorial(s) * factorial(n - s - 1) / factorial(n) *
                      (v[set | (std::size_t(1) << i)] - v[set]);
        }
    }
    return phi;
}

Eigen::MatrixXd interactionsOf(const std::vector<double>& v, int n) {
    const Eigen::RowVectorXd phi = shapleyOf(v, n);
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(n, n);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            if (i == j) continue;
            const std::size_t a = std::size_t(1) << i, b = std::size_t(1) << j;
            for (std::size_t set = 0; set < v.size(); ++set) {
                if (set & (a | b)) continue;
                const int s = std::popcount(set);
                result(i, j) += factorial(s) * factorial(n - s - 2) / (2.0 * factorial(n - 1)) *
                                (v[set | a | b] - v[set | a] - v[set | b] + v[set]);
            }
        }
        result(i, i) = phi[i] - result.row(i).sum();
    }
    return result;
}

Booster boosterOf(int depth, int rounds, int parallel = 1) {
    const auto table = syntheticTable(200, 6, friedman1, 0.5, 1);
    BoosterSettings s;
    s.depth = depth;
    s.rounds = rounds;
    s.parallelTrees = parallel;
    s.learningRate = parallel > 1 ? 1.0 : 0.3;
    s.minChildWeight = 1.0;
    return {table.x, table.y, {}, s};
}

}  // namespace

class TestShap : public QObject {
    Q_OBJECT

  private slots:
    void definition_data();
    void definition();
    void interactionsByDefinition();
    void agreesWithXgboost_data();
    void agreesWithXgboost();
    void sumsToThePrediction_data();
    void sumsToThePrediction();
    void emptyBranches();
    void exactOfALinearModel();
    void sampledWithinItsErrors();
    void anyModel();
    void closedForms_data();
    void closedForms();
    void closedFormOfManyFeatures();
    void pathsOfAGaussianProcess();
    void permutationFindsWhatMatters();
};

void TestShap::definition_data() {
    QTest::addColumn<int>("depth");
    for (const int depth : {1, 2, 4, 8})
        QTest::addRow("depth %d", depth) << depth;
}

void TestShap::definition() {
    QFETCH(int, depth);
    const auto trees = TreeEnsemble::fromXgboost(boosterOf(depth, 5).json());
    const auto rows = syntheticTable(20, 6, friedman1, 0.5, 2).x;
    const auto phi = treeShap(trees, rows);
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const auto game = gameOf(trees, rows.row(i));
        QVERIFY((phi.row(i) - shapleyOf(game, 6)).cwiseAbs().maxCoeff() < 1e-10);
        QVERIFY(std::abs(game.front() - trees.expectedValue()) < 1e-10);
    }
}

void TestShap::interactionsByDefinition() {
    const auto trees = TreeEnsemble::fromXgboost(boosterOf(4, 4).json());
    const auto rows = syntheticTable(5, 6, friedman1, 0.5, 3).x;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const auto found = treeShapInteractions(trees, rows.row(i));
        QVERIFY((found - interactionsOf(gameOf(trees, rows.row(i)), 6)).cwiseAbs().maxCoeff() < 1e-10);
        QVERIFY((found.rowwise().sum().transpose() - treeShap(trees, rows.row(i))).cwiseAbs().maxCoeff() <
                1e-10);
        QVERIFY((found - found.transpose()).cwiseAbs().maxCoeff() < 1e-12);
        QVERIFY(std::abs(found(0, 1)) > 1e-6);  // the sine of their product
    }
}

void TestShap::agreesWithXgboost_data() {
    QTest::addColumn<int>("depth");
    QTest::addColumn<int>("rounds");
    QTest::addColumn<int>("parallel");
    QTest::newRow("boosting") << 4 << 100 << 1;
    QTest::newRow("forest") << 12 << 1 << 60;
}

void TestShap::agreesWithXgboost() {
    QFETCH(int, depth);
    QFETCH(int, rounds);
    QFETCH(int, parallel);
    const auto booster = boosterOf(depth, rounds, parallel);
    const auto trees = TreeEnsemble::fromXgboost(booster.json());
    const auto rows = syntheticTable(60, 6, friedman1, 0.5, 4).x;
    const auto theirs = booster.contributions(rows);
    // Theirs are 32-bit numbers of the size of the target.
    QVERIFY((treeShap(trees, rows) - theirs.leftCols(6)).cwiseAbs().maxCoeff() < 1e-4);
    QVERIFY((theirs.col(6).array() - trees.expectedValue()).abs().maxCoeff() < 1e-4);
    const auto both = booster.interactions(rows.topRows(5));
    for (Eigen::Index i = 0; i < 5; ++i) {
        Eigen::MatrixXd matrix(7, 7);
        for (Eigen::Index a = 0; a < 7; ++a)
            matrix.row(a) = both.row(i).segment(7 * a, 7);
        const Eigen::MatrixXd ours = treeShapInteractions(trees, rows.row(i));
        QVERIFY((ours - matrix.topLeftCorner(6, 6)).cwiseAbs().maxCoeff() < 2e-4);
    }
}

void TestShap::sumsToThePrediction_data() {
    QTest::addColumn<QString>("kind");
    QTest::newRow("boosting") << "gb";
    QTest::newRow("forest") << "rf";
}

void TestShap::sumsToThePrediction() {
    QFETCH(QString, kind);
    const auto table = syntheticTable(188, 16, friedman1, 0.5, 1);
    auto model = makeRegressor(kind.toStdString());
    model->settings().set("members", 2.0);
    model->fit(table, 1);
    const auto rows = syntheticTable(500, 16, friedman1, 0.5, 2).x;
    const auto found = explain(*model, table.x, rows);
    QVERIFY(found.isExact);
    const Eigen::VectorXd sums = found.values.rowwise().sum().array() + found.base;
    QVERIFY((sums - model->predict(rows).mean).cwiseAbs().maxCoeff() < 1e-5);
    // The five features of the law come first.
    const auto importance = found.importance();
    QVERIFY(importance.head(5).minCoeff() > importance.tail(11).maxCoeff());
}

void TestShap::emptyBranches() {
    // A branch that no training row took: all that is known is that nothing is not a number.
    Tree tree;
    tree.nodes.resize(5);
    tree.nodes[0] = {1, 2, 0, 0.5F, 0.0, 10.0};
    tree.nodes[1] = {-1, -1, 0, 0.0F, 1.0, 10.0};
    tree.nodes[2] = {3, 4, 1, 0.5F, 0.0, 0.0};
    tree.nodes[3] = {-1, -1, 0, 0.0F, 2.0, 0.0};
    tree.nodes[4] = {-1, -1, 0, 0.0F, 4.0, 0.0};
    tree.fillMeans();
    const TreeEnsemble trees(0.0, {tree});
    const Eigen::MatrixXd row{{0.9, 0.9}};
    const auto phi = treeShap(trees, row);
    QVERIFY(std::abs(phi.sum() + trees.expectedValue() - 4.0) < 1e-12);
}

void TestShap::exactOfALinearModel() {
    // w_j (x_j − mean of the background's x_j)
    const Eigen::RowVectorXd w{{2.0, -1.0, 0.5, 3.0}};
    const auto background = syntheticTable(
                                20, 4, [](const auto& r) { return r[0]; }, 0.0, 1)
                                .x;
    const Eigen::RowVectorXd row{{0.3, 0.9, 0.1, 0.7}};
    const MeanFunction model = [&](const Eigen::MatrixXd& x) -> Eigen::VectorXd { return x * w.transpose(); };
    const auto found = exactShapley(model, background, row);
    const Eigen::RowVectorXd expected = w.array() * (row - background.colwise().mean()).array();
    QVERIFY((found.values - expected).cwiseAbs().maxCoeff() < 1e-12);
    const auto sampled = sampledShapley(onPaths(model), background, found.base, row, 20, 1);
    QVERIFY((sampled.values - expected).cwiseAbs().maxCoeff() < 1e-12);  // 20 rows, each once
}

void TestShap::sampledWithinItsErrors() {
    const auto background = syntheticTable(25, 6, friedman1, 0.0, 1).x;
    const MeanFunction model = [](const Eigen::MatrixXd& x) {
        Eigen::VectorXd y(x.rows());
        for (Eigen::Index i = 0; i < x.rows(); ++i)
            y[i] = friedman1(x.row(i));
        return y;
    };
    const Eigen::RowVectorXd row = syntheticTable(1, 6, friedman1, 0.0, 2).x.row(0);
    const auto exact = exactShapley(model, background, row);
    QVERIFY(std::abs(exact.values.sum() + exact.base - friedman1(row)) < 1e-10);
    QVERIFY(std::abs(exact.values[5]) < 1e-12);
    int within = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto sampled = sampledShapley(onPaths(model), background, exact.base, row, 200, seed);
        QVERIFY(std::abs(sampled.values.sum() + sampled.base - friedman1(row)) < 1e-9);
        for (int j = 0; j < 5; ++j)
            within += std::abs(sampled.values[j] - exact.values[j]) < 2.0 * sampled.errors[j] + 1e-9;
    }
    QVERIFY2(within >= 90, qPrintable(QString::number(within)));  // of 100
}

void TestShap::anyModel() {
    const auto table = syntheticTable(60, 5, friedman1, 0.3, 1);
    const auto model = makeRegressor("gp");
    model->fit(table, 1);
    const auto found = explain(*model, table.x, table.x.topRows(4));
    QVERIFY(found.isExact);
    const Eigen::VectorXd sums = found.values.rowwise().sum().array() + found.base;
    QVERIFY((sums - model->predictMean(table.x.topRows(4))).cwiseAbs().maxCoeff() < 1e-8);
    const auto wide = syntheticTable(60, 12, friedman1, 0.3, 1);
    const auto neighbours = makeRegressor("knn");
    neighbours->fit(wide, 1);
    QVERIFY(!explain(*neighbours, wide.x, wide.x.topRows(2)).isExact);
}

void TestShap::closedForms_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("features");
    QTest::newRow("Gaussian process, one integration rule") << "gp" << 9;
    QTest::newRow("Gaussian process, several rules") << "gp" << 12;
    QTest::newRow("one feature") << "gp" << 1;
    QTest::newRow("line") << "ridge" << 12;
}

void TestShap::closedForms() {
    // Against the definition over all sets of features.
    QFETCH(QString, kind);
    QFETCH(int, features);
    const auto law = [](const Eigen::RowVectorXd& r) {
        return std::sin(5.0 * r[0]) * (1.0 + r[r.size() - 1]);
    };
    const auto table = syntheticTable(40, features, law, 0.05, 1);
    const auto model = makeRegressor(kind.toStdString());
    model->fit(table, 1);
    const Eigen::MatrixXd background = table.x.topRows(15);
    const auto closed = model->closedShapley(background);
    QVERIFY(closed != nullptr);
    // One of the rows is far from all others.
    Eigen::MatrixXd rows = syntheticTable(3, features, law, 0.0, 2).x;
    rows.row(2).array() += 4.0;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const auto exact =
            exactShapley([&](const auto& x) { return model->predictMean(x); }, background, rows.row(i));
        QVERIFY(((*closed)(rows.row(i)) - exact.values).cwiseAbs().maxCoeff() <
                1e-8 * (1.0 + exact.values.cwiseAbs().maxCoeff()));
    }
    QVERIFY_THROWS_EXCEPTION(ionscape::InputError, model->closedShapley(Eigen::MatrixXd(3, features + 1)));
    QVERIFY_THROWS_EXCEPTION(ionscape::InputError,
                             explain(*model, background, Eigen::MatrixXd(3, features + 1)));
    QVERIFY_THROWS_EXCEPTION(ionscape::InputError,
                             makeRegressor(kind.toStdString())->closedShapley(background));
    const auto all = explain(*model, background, rows);
    QVERIFY(all.isExact && all.errors.isZero());
    QCOMPARE(all.values.row(1), (*closed)(rows.row(1)));
}

void TestShap::closedFormOfManyFeatures() {
    // Too many sets to count: against the sampled values.
    const auto table = syntheticTable(50, 40, friedman1, 0.3, 1);
    const auto model = makeRegressor("gp");
    model->fit(table, 1);
    const auto closed = model->closedShapley(table.x);
    const double base = model->predictMean(table.x).mean();
    const Eigen::RowVectorXd row = syntheticTable(1, 40, friedman1, 0.0, 2).x.row(0);
    const Eigen::RowVectorXd values = (*closed)(row);
    QVERIFY(std::abs(values.sum() + base - model->predictMean(row)[0]) < 1e-7);
    const auto sampled = sampledShapley([&](const auto& from, const auto& to,
                                            const auto& order) { return model->pathMeans(from, to, order); },
                                        table.x, base, row, 400, 1);
    for (Eigen::Index j = 0; j < 40; ++j)
        QVERIFY(std::abs(values[j] - sampled.values[j]) < 4.0 * sampled.errors[j] + 1e-9);
    model->settings().set("kernel", "matern52");
    model->fit(table, 1);
    QVERIFY(model->closedShapley(table.x) == nullptr);
    for (int nodes = 1; nodes < 25; ++nodes) {
        const GaussLegendre rule(nodes);
        double integral = 0.0;
        for (std::size_t k = 0; k < rule.nodes.size(); ++k)
            integral += rule.weights[k] * std::pow(rule.nodes[k], 2 * nodes - 1);
        QVERIFY(std::abs(2.0 * nodes * integral - 1.0) < 1e-12);
    }
}

void TestShap::pathsOfAGaussianProcess() {
    const auto table = syntheticTable(60, 12, friedman1, 0.3, 1);
    const std::vector<Eigen::Index> order{7, 0, 11, 3, 5, 1, 2, 4, 10, 9, 8, 6};
    const Eigen::RowVectorXd from = table.x.row(3), to = 3.0 * table.x.row(8);
    for (const char* kernel : {"rbf", "matern52"}) {
        const auto model = makeRegressor("gp");
        model->settings().set("kernel", kernel);
        model->fit(table, 1);
        const auto means = model->pathMeans(from, to, order);
        const auto path = featurePath(from, to, order);
        QCOMPARE(path.row(0), from);
        QCOMPARE(path.row(12), to);
        QCOMPARE(path(1, 7), to[7]);
        QVERIFY((means - model->predictMean(path)).cwiseAbs().maxCoeff() < 1e-10);
    }
}

void TestShap::permutationFindsWhatMatters() {
    const auto table = syntheticTable(150, 8, friedman1, 0.3, 1);
    const auto model = makeRegressor("ridge");
    model->fit(table, 1);
    const auto unseen = syntheticTable(200, 8, friedman1, 0.3, 2);
    const auto found = permutationImportance(*model, unseen, 5, 1);
    Eigen::Index most = 0;
    found.mean.maxCoeff(&most);
    QCOMPARE(most, Eigen::Index(3));  // 10 x4, the steepest line
    QVERIFY(found.mean.tail(3).cwiseAbs().maxCoeff() < 0.1 * found.mean[3]);
    // Shuffling a feature of a plane with weight w adds 2 w² var(x) to the squared error.
    const auto mean = model->predictMean(unseen.x);
    Eigen::MatrixXd moved = unseen.x;
    moved.col(3).array() += 1.0;
    const double w = (model->predictMean(moved) - mean)[0];
    const double variance = (unseen.x.col(3).array() - unseen.x.col(3).mean()).square().mean();
    const double expected = std::sqrt(found.rmse * found.rmse + 2.0 * w * w * variance) - found.rmse;
    QVERIFY(std::abs(found.mean[3] - expected) < 0.25 * expected);
}

QTEST_APPLESS_MAIN(TestShap)
#include "test_shap.moc"
