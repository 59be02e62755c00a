// SPDX-License-Identifier: GPL-3.0-or-later
// Bars of the Learn stage: what each feature has to do with the target.
#include <algorithm>
#include <numeric>

#include "gui/views/learn_plots.h"
#include "gui/widgets/bar_plot.h"

namespace ionscape::gui {
namespace learn_bars_detail {

/// Places of the values, the largest first.
std::vector<int> largestFirst(const Eigen::VectorXd& values) {
    std::vector<int> order(static_cast<std::size_t>(values.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return values[a] > values[b]; });
    return order;
}

}  // namespace learn_bars_detail

void LearnPlots::showImportance() {
    order_.clear();
    if (!learned_) {
        importance_->clear();
        return;
    }
    const auto shap = learned_->view.explanation.importance();
    order_ = learn_bars_detail::largestFirst(shap);
    BarPlot::Content content;
    content.label = quantity();
    BarPlot::Series mean{tr("mean |SHAP|"), "mean |SHAP|", {}, {}};
    BarPlot::Series permutation{tr("growth of the RMSE when shuffled"), "permutation", {}, {}};
    const auto shown = std::min(order_.size(), mostFeatures);
    for (std::size_t k = 0; k < shown; ++k) {
        const int feature = order_[k];
        content.names << QString::fromStdString(
            learned_->view.table.features[static_cast<std::size_t>(feature)].name);
        mean.values.push_back(shap[feature]);
        if (!learned_->trained) continue;
        permutation.values.push_back(learned_->trained->permutation.mean[feature]);
        permutation.errors.push_back(learned_->trained->permutation.deviation[feature]);
    }
    content.series.push_back(mean);
    if (learned_->trained) content.series.push_back(permutation);
    importance_->setContent(std::move(content));
}

void LearnPlots::showEqualContent() {
    equalOrder_.clear();
    equalContent_->clear();
    if (!learned_ || !learned_->trained) {
        equalContent_->setEmptyHint(learned_ ? tr("A model from a file does not tell: train one here.")
                                             : tr("Train a model first."));
        return;
    }
    const auto& beyond = learned_->trained->beyondContent;
    const auto& correlation = learned_->view.correlation;
    equalOrder_ = learn_bars_detail::largestFirst(beyond.r.cwiseAbs());
    BarPlot::Content content;
    content.label =
        tr("Pearson's r with %1").arg(QString::fromStdString(learned_->model->card().target.name));
    content.bound = beyond.chance95;
    content.boundName = tr("largest by chance (95 %)");
    BarPlot::Series equal{tr("at equal content"), "r at equal content", {}, {}};
    BarPlot::Series plain{tr("as they are"), "r", {}, {}};
    for (std::size_t k = 0; k < std::min(equalOrder_.size(), mostFeatures); ++k) {
        const int feature = equalOrder_[k];
        content.names << QString::fromStdString(
            learned_->view.table.features[static_cast<std::size_t>(feature)].name);
        equal.values.push_back(beyond.r[feature]);
        plain.values.push_back(correlation(feature, correlation.cols() - 1));
    }
    content.series = {std::move(equal), std::move(plain)};
    equalContent_->setContent(std::move(content));
}

}  // namespace ionscape::gui
