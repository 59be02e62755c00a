// SPDX-License-Identifier: GPL-3.0-or-later
// Principal components by the correlation matrix against a singular value decomposition of the data.
#include <Eigen/SVD>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/composition/embedding.h"
#include "core/composition/space_table.h"

using namespace ionscape;
using namespace ionscape::composition;

namespace {

std::vector<const std::vector<double>*> pointers(const std::vector<std::vector<double>>& columns) {
    std::vector<const std::vector<double>*> list;
    for (const auto& column : columns)
        list.push_back(&column);
    return list;
}

/// Columns of the published 5-1 space.
std::vector<std::vector<double>> publishedColumns() {
    SpaceQuery query;
    query.types = occupancyTypeList("5-1");
    query.mobileMin = 2.5;
    query.mobileMax = 4.0;
    const SpaceTable table(Space(loadHost(IONSCAPE_RESOURCES "/hosts/lzsp.json"), query), {});
    std::vector<std::vector<double>> columns;
    for (const std::string& id : embeddingDescriptors())
        columns.push_back(table.values(table.columnIndex(id)));
    return columns;
}

Eigen::MatrixXd standardised(const std::vector<std::vector<double>>& columns,
                             const std::vector<std::size_t>& used) {
    Eigen::MatrixXd data(columns.front().size(), used.size());
    for (Eigen::Index i = 0; i < data.cols(); ++i) {
        const auto& column = columns[used[static_cast<std::size_t>(i)]];
        data.col(i) = Eigen::Map<const Eigen::VectorXd>(column.data(), data.rows());
        data.col(i).array() -= data.col(i).mean();
        data.col(i) /= std::sqrt(data.col(i).squaredNorm() / static_cast<double>(data.rows()));
    }
    return data;
}

}  // namespace

class TestEmbedding : public QObject {
    Q_OBJECT

  private slots:
    void agreesWithSingularValues();
    void knownDirection();
    void missingValuesAndConstants();
    void projectGivesTheScores();
    void badInput();
};

void TestEmbedding::agreesWithSingularValues() {
    const auto columns = publishedColumns();
    const PrincipalComponents pca = principalComponents(pointers(columns), 100);
    QCOMPARE(pca.used.size(), columns.size() - 1);  // all 5-1: the entropy does not vary
    const Eigen::MatrixXd data = standardised(columns, pca.used);
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(data, Eigen::ComputeThinU | Eigen::ComputeThinV);
    const auto n = static_cast<double>(data.rows());
    QCOMPARE(pca.variance.size(), svd.singularValues().size());
    for (Eigen::Index i = 0; i < pca.variance.size(); ++i) {
        const double expected = svd.singularValues()(i) * svd.singularValues()(i) / n;
        QVERIFY(std::abs(pca.variance(i) - expected) < 1e-9);
        const double overlap = pca.loadings.col(i).dot(svd.matrixV().col(i));
        QVERIFY(std::abs(std::abs(overlap) - 1.0) < 1e-6);
        const Eigen::VectorXd scores =
            svd.matrixU().col(i) * svd.singularValues()(i) * (overlap > 0 ? 1.0 : -1.0);
        QVERIFY((pca.scores.col(i) - scores).cwiseAbs().maxCoeff() < 1e-5);
        QVERIFY(pca.loadings.col(i).maxCoeff() >= -pca.loadings.col(i).minCoeff());
    }
    QVERIFY(std::abs(pca.explained.sum() - 1.0) < 1e-12);
}

void TestEmbedding::knownDirection() {
    // y = −2x exactly: one component carries everything, with loadings (1, −1)/√2 up to the sign rule.
    std::vector<std::vector<double>> columns(2);
    for (int i = 0; i < 50; ++i) {
        columns[0].push_back(std::sin(i));
        columns[1].push_back(-2.0 * std::sin(i) + 5.0);
    }
    const PrincipalComponents pca = principalComponents(pointers(columns), 2);
    QVERIFY(std::abs(pca.explained(0) - 1.0) < 1e-12 && std::abs(pca.explained(1)) < 1e-12);
    QVERIFY(std::abs(std::abs(pca.loadings(0, 0)) - std::sqrt(0.5)) < 1e-12);
    QVERIFY(std::abs(pca.loadings(0, 0) + pca.loadings(1, 0)) < 1e-12);
    QVERIFY(std::abs(pca.mean(1) - 5.0) < 0.5);
}

void TestEmbedding::missingValuesAndConstants() {
    RandomStream random(3, "embedding");
    const auto uniform = [&] { return static_cast<double>(random.below(1000)); };
    std::vector<std::vector<double>> columns(4);
    for (int i = 0; i < 200; ++i) {
        columns[0].push_back(uniform());
        columns[1].push_back(0.1);  // constant but for rounding
        columns[2].push_back(columns[0].back() + uniform());
        columns[3].push_back(uniform());
    }
    auto holes = columns;
    holes[0].insert(holes[0].begin(), 1e6);
    holes[1].insert(holes[1].begin(), 0.1);
    holes[2].insert(holes[2].begin(), std::nan(""));
    holes[3].insert(holes[3].begin(), 1.0);
    const PrincipalComponents whole = principalComponents(pointers(columns), 3);
    const PrincipalComponents withHoles = principalComponents(pointers(holes), 3);
    QCOMPARE(whole.used, (std::vector<std::size_t>{0, 2, 3}));
    QCOMPARE(withHoles.used, whole.used);
    QVERIFY(std::isnan(withHoles.scores(0, 0)) && std::isnan(withHoles.scores(0, 2)));
    QVERIFY((withHoles.scores.bottomRows(200) - whole.scores).cwiseAbs().maxCoeff() < 1e-9);
}

void TestEmbedding::projectGivesTheScores() {
    const auto columns = publishedColumns();
    const PrincipalComponents pca = principalComponents(pointers(columns));
    QCOMPARE(pca.scores.cols(), Eigen::Index(2));
    for (const std::size_t row : {0u, 1000u, 4574u}) {
        std::vector<double> values;
        for (const auto& column : columns)
            values.push_back(column[row]);
        const Eigen::VectorXd score = pca.project(values);
        QVERIFY((score.transpose() - pca.scores.row(static_cast<Eigen::Index>(row))).norm() < 1e-9);
        values[0] = std::nan("");
        QVERIFY(std::isnan(pca.project(values)(0)));
    }
}

void TestEmbedding::badInput() {
    QVERIFY_EXCEPTION_THROWN(principalComponents({}), InputError);
    QVERIFY_EXCEPTION_THROWN(principalComponents(pointers({{1.0, 2.0}, {1.0}})), InputError);
    QVERIFY_EXCEPTION_THROWN(principalComponents(pointers({{1.0, std::nan("")}, {1.0, 3.0}})), InputError);
    QVERIFY_EXCEPTION_THROWN(principalComponents(pointers({{1.0, 1.0}, {2.0, 2.0}})), InputError);
}

QTEST_APPLESS_MAIN(TestEmbedding)
#include "test_embedding.moc"
