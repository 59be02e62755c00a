// SPDX-License-Identifier: GPL-3.0-or-later
// What the plots of the Learn stage show of a model.
#include <QComboBox>
#include <QLabel>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "core/composition/formula.h"
#include "core/surrogate/tree_shap.h"
#include "gui/views/learn_form.h"
#include "gui/views/learn_plots.h"
#include "gui/views/text.h"
#include "gui/widgets/correlation_map.h"
#include "gui/widgets/curve_plot.h"
#include "gui/widgets/point_plot.h"
#include "gui/widgets/prediction_plot.h"
#include "gui/widgets/waterfall_plot.h"

namespace ionscape::gui {
namespace learn_content_detail {

constexpr std::size_t mostInteracting = 12;
/// Beyond so many rows a swarm shows evenly chosen ones.
constexpr std::size_t mostSwarmRows = 1500;

std::vector<double> toVector(const Eigen::VectorXd& values) {
    return {values.begin(), values.end()};
}

}  // namespace learn_content_detail

QString featureText(const surrogate::Feature& feature) {
    const QString name = QString::fromStdString(feature.name);
    return feature.unit.empty() ? name
                                : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(feature.unit));
}

QString LearnPlots::quantity() const {
    const auto& target = learned_->model->card().target;
    const QString name = QString::fromStdString(target.name);
    return target.unit.empty() ? name
                               : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(target.unit));
}

QString LearnPlots::describe(std::size_t row) const {
    const auto& one = data_->rows[row];
    QString text = prettyFormula(QString::fromStdString(one.formula));
    const auto index = learned_ ? viewRow(row) : std::nullopt;
    if (!index) return text;
    const auto& p = learned_->view.predicted;
    return text + '\n' +
           tr("predicted %1")
               .arg(valueText(p.mean[*index], p.standardDeviation[*index],
                              QString::fromStdString(learned_->model->card().target.unit)));
}

std::optional<Eigen::Index> LearnPlots::viewRow(std::size_t row) const {
    const auto& rows = learned_->view.rows;  // ascending
    const auto found = std::lower_bound(rows.begin(), rows.end(), row);
    if (found == rows.end() || *found != row) return std::nullopt;
    return static_cast<Eigen::Index>(found - rows.begin());
}

void LearnPlots::showQuality() {
    if (!learned_ || !learned_->trained) {
        parity_->clear();
        residuals_->clear();
        calibration_->setCurves({});
        history_->setCurves({});
        return;
    }
    showParity();
    showResiduals();
    showCurves();
}

void LearnPlots::showParity() {
    const auto& trained = *learned_->trained;
    const auto& table = trained.training.table;
    PredictionPlot::Content content;
    content.quantity = quantity();
    const auto add = [&](Eigen::Index row, double predicted, double error, bool test) {
        const double simulatedError = table.yError.size() > 0 ? table.yError[row] : std::nan("");
        content.points.push_back({trained.training.rows[static_cast<std::size_t>(row)], table.y[row],
                                  predicted, simulatedError, error, test});
    };
    for (Eigen::Index i = 0; i < table.rows(); ++i)
        add(i, trained.fitted.mean[i], std::nan(""), false);
    const double factor = trained.model->card().calibration.factor;
    for (std::size_t k = 0; k < trained.validation.rows.size(); ++k) {
        const auto i = static_cast<Eigen::Index>(k);
        add(trained.validation.rows[k], trained.validation.predicted.mean[i],
            factor * trained.validation.predicted.standardDeviation[i], true);
    }
    const QString unit = QString::fromStdString(table.target.unit);
    content.remark =
        tr("Test: RMSE %1 %3, on rows that the model had not seen. Training: RMSE %2 %3. Bars are "
           "one standard deviation.")
            .arg(numberText(trained.validation.metrics.rmse, 3),
                 numberText(trained.model->card().training.rmse, 3), unit);
    content.describe = [this](std::size_t row) { return describe(row); };
    parity_->setContent(std::move(content));
}

void LearnPlots::showResiduals() {
    const auto& trained = *learned_->trained;
    const auto& table = trained.training.table;
    std::map<QString, std::vector<std::size_t>> byElement;  // tested rows
    for (std::size_t k = 0; k < trained.validation.rows.size(); ++k)
        for (const auto& element :
             table.grouping("element").groupsOfRow[static_cast<std::size_t>(trained.validation.rows[k])])
            byElement[QString::fromStdString(element)].push_back(k);
    PointPlot::Content content;
    content.xLabel = tr("Predicted − simulated, %1").arg(quantity());
    content.colourLabel = tr("simulated, %1").arg(quantity());
    content.zeroLine = true;
    content.columns = {"composition", "residual", "element", "simulated"};
    content.describe = [this](std::size_t row) { return describe(row); };
    for (const auto& [element, tested] : byElement) {
        std::vector<double> values;
        for (const auto k : tested)
            values.push_back(trained.validation.predicted.mean[static_cast<Eigen::Index>(k)] -
                             table.y[trained.validation.rows[k]]);
        const auto offsets = swarmOffsets(values);
        for (std::size_t i = 0; i < tested.size(); ++i) {
            const auto row = trained.validation.rows[tested[i]];
            content.x.push_back(values[i]);
            content.y.push_back(static_cast<double>(content.categories.size()) + offsets[i]);
            content.colour.push_back(table.y[row]);
            content.rows.push_back(trained.training.rows[static_cast<std::size_t>(row)]);
        }
        content.categories << element;
    }
    residuals_->setContent(std::move(content));
}

void LearnPlots::showCurves() {
    const auto& trained = *learned_->trained;
    CurvePlot::Curve ideal{tr("ideal"), "ideal", {0.0, 1.0}, {0.0, 1.0}, false, 1};
    CurvePlot::Curve observed;
    observed.name = tr("rows not seen");
    observed.column = "observed";
    for (const auto& point : trained.calibration) {
        observed.x.push_back(point.nominal);
        observed.y.push_back(point.observed);
    }
    calibration_->setCurves({observed, ideal});
    CurvePlot::Curve mean, low, high;
    mean.name = tr("RMSE");
    mean.column = "rmse";
    low.name = tr("± spread of draws");
    low.column = "rmse_minus_spread";
    high.column = "rmse_plus_spread";
    low.colour = high.colour = 1;
    CurvePlot::Curve baseline;
    baseline.name = tr("mean alone");
    baseline.column = "mean_alone";
    baseline.colour = 2;
    for (const auto& point : trained.learningCurve) {
        const double rows = static_cast<double>(point.rows);
        mean.x.push_back(rows);
        mean.y.push_back(point.rmse);
        low.x.push_back(rows);
        low.y.push_back(point.rmse - point.spread);
        high.x.push_back(rows);
        high.y.push_back(point.rmse + point.spread);
        baseline.x.push_back(rows);
        baseline.y.push_back(trained.meanBaseline.rmse);
    }
    history_->setCurves({mean, low, high, baseline});
    history_->setCurrent(0);
}

void LearnPlots::showFormula() {
    if (!learned_) {
        formula_->setText(tr("Train a SISSO model: it learns a formula, which stands here."));
        return;
    }
    const auto formula = learned_->model->regressor().formula();
    if (!formula) {
        formula_->setText(
            tr("%1 is no formula. SISSO learns one.").arg(modelTitle(learned_->model->regressor().kind())));
        return;
    }
    QString text = QStringLiteral("<p style='font-size:large'>%1 = %2</p>")
                       .arg(QString::fromStdString(learned_->model->card().target.name),
                            QString::fromStdString(formula->html));
    text += QStringLiteral("<table cellspacing='6'>");
    for (const auto& feature : learned_->view.table.features)
        if (QString::fromStdString(formula->text).contains(QString::fromStdString(feature.name)))
            text += QStringLiteral("<tr><td><b>%1</b></td><td>%2</td></tr>")
                        .arg(featureText(feature), QString::fromStdString(feature.meaning).toHtmlEscaped());
    text += QStringLiteral("</table><p>%1</p>").arg(QString::fromStdString(formula->remark).toHtmlEscaped());
    formula_->setText(text);
}

void LearnPlots::showSwarm() {
    if (!learned_) {
        swarm_->clear();
        return;
    }
    const auto& view = learned_->view;
    const std::size_t stride = view.rows.size() / learn_content_detail::mostSwarmRows + 1;
    PointPlot::Content content;
    content.xLabel = tr("SHAP value, %1").arg(quantity());
    content.colourLabel = tr("feature");
    content.relativeColour = true;
    content.zeroLine = true;
    content.columns = {"composition", "shap", "feature", "relative value of the feature"};
    content.describe = [this](std::size_t row) { return describe(row); };
    for (std::size_t k = 0; k < std::min(order_.size(), mostFeatures); ++k) {
        const int feature = order_[k];
        // Ranks: an outlier must not take all of the colours.
        const auto ranks = surrogate::ranks(view.table.x.col(feature));
        std::vector<double> values;
        for (std::size_t i = 0; i < view.rows.size(); i += stride)
            values.push_back(view.explanation.values(static_cast<Eigen::Index>(i), feature));
        const auto offsets = swarmOffsets(values);
        for (std::size_t i = 0, at = 0; i < view.rows.size(); i += stride, ++at) {
            content.x.push_back(values[at]);
            content.y.push_back(static_cast<double>(k) + offsets[at]);
            content.colour.push_back(ranks[static_cast<Eigen::Index>(i)] /
                                     static_cast<double>(view.rows.size()));
            content.rows.push_back(view.rows[i]);
        }
        content.categories << QString::fromStdString(
            view.table.features[static_cast<std::size_t>(feature)].name);
    }
    swarm_->setContent(std::move(content));
}

void LearnPlots::showDependence() {
    if (!learned_ || feature_->currentIndex() < 0) {
        dependence_->clear();
        return;
    }
    const auto& view = learned_->view;
    const int feature = feature_->currentData().toInt();
    const auto shap = view.explanation.values.col(feature);
    // The colour is the feature that goes with what this one does not explain.
    int other = -1;
    double strongest = 0.0;
    const Eigen::VectorXd own = view.table.x.col(feature);
    const double slope = surrogate::pearson(own, shap);
    const double scaleX = std::sqrt((own.array() - own.mean()).square().sum()),
                 scaleY = std::sqrt((shap.array() - shap.mean()).square().sum());
    const Eigen::VectorXd left =
        shap - (scaleX > 0.0 ? slope * scaleY / scaleX : 0.0) * (own.array() - own.mean()).matrix();
    for (int j = 0; j < view.table.x.cols(); ++j) {
        const double r = std::abs(surrogate::pearson(view.table.x.col(j), left));
        if (j == feature || r <= strongest) continue;
        strongest = r;
        other = j;
    }
    PointPlot::Content content;
    const auto& features = view.table.features;
    content.x = learn_content_detail::toVector(own);
    content.y = learn_content_detail::toVector(shap);
    content.xLabel = featureText(features[static_cast<std::size_t>(feature)]);
    content.yLabel = tr("SHAP value, %1").arg(quantity());
    content.rows = view.rows;
    content.columns = {"composition",
                       QString::fromStdString(features[static_cast<std::size_t>(feature)].name), "shap"};
    if (other >= 0) {
        content.colour = learn_content_detail::toVector(view.table.x.col(other));
        content.colourLabel = featureText(features[static_cast<std::size_t>(other)]);
        content.columns << QString::fromStdString(features[static_cast<std::size_t>(other)].name);
    }
    content.describe = [this](std::size_t row) { return describe(row); };
    dependence_->setContent(std::move(content));
    dependence_->setSelected(selected_);
}

void LearnPlots::showCorrelation() {
    if (!learned_ || learned_->view.correlation.size() == 0) {
        correlation_->clear();
        return;
    }
    const auto& r = learned_->view.correlation;
    CorrelationMap::Content content;
    for (const auto& feature : learned_->view.table.features)
        content.names << QString::fromStdString(feature.name);
    content.names << QString::fromStdString(learned_->model->card().target.name);
    for (Eigen::Index i = 0; i < r.rows(); ++i)
        for (Eigen::Index j = 0; j < r.cols(); ++j)
            content.values.push_back(r(i, j));
    correlation_->setContent(std::move(content));
}

void LearnPlots::showWaterfall() {
    const auto index = learned_ && selected_ ? viewRow(*selected_) : std::nullopt;
    if (!index) {
        if (!learned_)
            waterfall_->setEmptyHint(
                tr("Train a model: what makes its prediction of a composition stands here."));
        else if (selected_)
            waterfall_->setEmptyHint(tr("There is no prediction for this composition: the table says why."));
        else
            waterfall_->setEmptyHint(
                tr("Select a composition in a plot or in the table: what makes its prediction stands here."));
        waterfall_->clear();
        return;
    }
    const auto& view = learned_->view;
    WaterfallPlot::Content content;
    content.title = QString::fromStdString(data_->rows[*selected_].formula);
    content.base = view.explanation.base;
    content.quantity = quantity();
    for (Eigen::Index j = 0; j < view.table.x.cols(); ++j) {
        const auto& feature = view.table.features[static_cast<std::size_t>(j)];
        const double error = view.explanation.errors.size() > 0 ? view.explanation.errors(*index, j) : 0.0;
        content.steps.push_back({QStringLiteral("%1 = %2").arg(QString::fromStdString(feature.name),
                                                               numberText(view.table.x(*index, j), 4)),
                                 view.explanation.values(*index, j), error});
    }
    waterfall_->setContent(std::move(content));
}

void LearnPlots::showInteractions() {
    const auto* trees = learned_ ? learned_->model->regressor().trees() : nullptr;
    interactions_->clear();
    interactions_->setEmptyHint(learned_ && !trees
                                    ? tr("Only models of trees tell which features act together.")
                                    : tr("Select a composition to see which features act together."));
    const auto index = learned_ && selected_ ? viewRow(*selected_) : std::nullopt;
    const bool wanted = index && trees && lower_->currentWidget() == interactions_;
    if (interactionTask_.isBusy()) interactionTask_.cancel();  // its end comes back here
    if (!wanted || interactionTask_.isBusy()) return;
    const Eigen::RowVectorXd values = learned_->view.table.x.row(*index);
    interactionTask_.start(
        [this, values, learned = learned_, row = *selected_](const std::stop_token& stop, ProgressSink&) {
            const auto together =
                surrogate::treeShapInteractions(*learned->model->regressor().trees(), values, stop);
            return [this, learned, row, together] {
                if (learned == learned_ && selected_ == row) fillInteractions(together);
            };
        });
}

void LearnPlots::fillInteractions(const Eigen::MatrixXd& values) {
    const auto& features = learned_->view.table.features;
    // The most important features of this row.
    std::vector<Eigen::Index> shown(static_cast<std::size_t>(values.cols()));
    std::iota(shown.begin(), shown.end(), Eigen::Index(0));
    const Eigen::VectorXd weight = values.cwiseAbs().rowwise().sum();
    std::stable_sort(shown.begin(), shown.end(),
                     [&](Eigen::Index a, Eigen::Index b) { return weight[a] > weight[b]; });
    shown.resize(std::min(shown.size(), learn_content_detail::mostInteracting));
    while (shown.size() > 2 && weight[shown.back()] < 1e-3 * weight[shown.front()])
        shown.pop_back();
    CorrelationMap::Content content;
    for (const auto i : shown) {
        content.names << QString::fromStdString(features[static_cast<std::size_t>(i)].name);
        for (const auto j : shown)
            content.values.push_back(values(i, j));
    }
    content.limit = std::max(1e-9, values(shown, shown).cwiseAbs().maxCoeff());
    interactions_->setQuantity(tr("SHAP interaction, %1").arg(quantity()));
    interactions_->setContent(std::move(content));
}

}  // namespace ionscape::gui
