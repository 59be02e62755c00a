// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/jobs/quick_prediction.h"

#include "core/base/error.h"
#include "core/base/resources.h"

namespace ionscape::gui {

void QuickPrediction::setHost(const composition::Host& host) {
    host_ = host;
    shipped_.clear();
    for (const auto& file : listResources("surrogates", ".json")) {
        try {
            shipped_.push_back(
                std::make_shared<const surrogate::SurrogateModel>(surrogate::SurrogateModel::load(file)));
        } catch (const Error&) {
            // Nobody asked for it; whoever wants it opens it in the Learn stage, which says what is wrong.
        }
    }
    choose();
}

void QuickPrediction::setLearned(std::shared_ptr<const surrogate::SurrogateModel> model) {
    learned_ = std::move(model);
    choose();
}

std::optional<QuickPrediction::Usable> QuickPrediction::usable(
    std::shared_ptr<const surrogate::SurrogateModel> model) const {
    if (!model || !host_) return std::nullopt;
    try {
        workflow::Featuriser featuriser(*host_, model->inputs());
        if (featuriser.needsCell()) return std::nullopt;
        return Usable{std::move(model), std::move(featuriser)};
    } catch (const InputError&) {
        return std::nullopt;  // of another host
    }
}

void QuickPrediction::choose() {
    chosen_ = usable(learned_);
    for (auto model = shipped_.begin(); !chosen_ && model != shipped_.end(); ++model)
        chosen_ = usable(*model);
}

std::optional<QuickPrediction::Answer> QuickPrediction::of(
    const composition::Host& host, const composition::Composition& composition) const {
    if (!chosen_ || host.id != host_->id) return std::nullopt;
    const auto& model = *chosen_->model;
    try {
        const auto predicted =
            model.predict(chosen_->featuriser.features(),
                          std::vector<surrogate::FeatureRow>{chosen_->featuriser.row(composition, {})});
        return Answer{model.card().target,   predicted.mean[0],         predicted.standardDeviation[0],
                      predicted.distance[0], model.card().trainingRows, model.card().remark};
    } catch (const InputError&) {
        return std::nullopt;  // a descriptor that this composition does not have
    }
}

}  // namespace ionscape::gui
