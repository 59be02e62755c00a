// SPDX-License-Identifier: GPL-3.0-or-later
// What a surrogate says of a composition alone: quick enough for every click of an editor.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/surrogate/surrogate_model.h"
#include "core/workflow/featuriser.h"

namespace ionscape::gui {

class QuickPrediction {
  public:
    struct Answer {
        surrogate::TargetDefinition target;
        double mean = 0.0, standardDeviation = 0.0;
        double distance = 0.0;  ///< to the training data; above 1 the model extrapolates
        std::size_t trainingRows = 0;
        std::string remark;  ///< of the model: what made its targets
    };

    /// Finds the models that come with the program or lie in the user's folder (`surrogates/*.json`). Files
    /// that cannot be read are left out.
    void setHost(const composition::Host& host);
    /// A model that goes before those; null: there is none.
    void setLearned(std::shared_ptr<const surrogate::SurrogateModel> model);
    /// Of the first model that needs no cell and knows the host's features; none without one, and for another
    /// host than the one that was set.
    std::optional<Answer> of(const composition::Host& host,
                             const composition::Composition& composition) const;

  private:
    struct Usable {
        std::shared_ptr<const surrogate::SurrogateModel> model;
        workflow::Featuriser featuriser;
    };
    std::optional<Usable> usable(std::shared_ptr<const surrogate::SurrogateModel> model) const;
    void choose();

    std::optional<composition::Host> host_;
    std::shared_ptr<const surrogate::SurrogateModel> learned_;
    std::vector<std::shared_ptr<const surrogate::SurrogateModel>> shipped_;
    std::optional<Usable> chosen_;
};

}  // namespace ionscape::gui
