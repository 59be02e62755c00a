// SPDX-License-Identifier: GPL-3.0-or-later
// A sum of regression trees as plain numbers: evaluated, explained and stored without the library that grew
// it.
#pragma once

#include <Eigen/Core>
#include <nlohmann/json_fwd.hpp>
#include <string_view>
#include <vector>

namespace ionscape::surrogate {

/// A row goes left where its feature is less than the threshold. XGBoost compares 32-bit numbers, so we do.
struct TreeNode {
    int left = -1, right = -1;  ///< −1 at a leaf
    int feature = 0;
    float threshold = 0.0F;
    double value = 0.0;  ///< of a leaf; elsewhere the mean of the leaves below, weighted by cover
    double cover = 0.0;  ///< training rows that came here (sum of their weights)

    bool isLeaf() const { return left < 0; }
};

/// The root is the first node.
struct Tree {
    std::vector<TreeNode> nodes;

    double valueAt(const float* row) const;
    int depth() const;
    /// Sets the values of inner nodes from the leaves. Throws InputError where the nodes are no tree.
    void fillMeans();
};

using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

class TreeEnsemble {
  public:
    TreeEnsemble() = default;
    /// \param offset  what is added to the sum of the trees
    TreeEnsemble(double offset, std::vector<Tree> trees) : offset_(offset), trees_(std::move(trees)) {}
    /// Reads the trees of a model that XGBoost wrote as JSON. Throws InputError for other boosters than
    /// trees.
    static TreeEnsemble fromXgboost(std::string_view model);

    double offset() const { return offset_; }
    const std::vector<Tree>& trees() const { return trees_; }
    /// Mean over the training rows as the covers tell it: the base of SHAP values.
    double expectedValue() const;
    /// \param x  rows × features
    Eigen::VectorXd predict(const Eigen::MatrixXd& x) const;

    nlohmann::json toJson() const;
    static TreeEnsemble fromJson(const nlohmann::json& object);

  private:
    double offset_ = 0.0;
    std::vector<Tree> trees_;
};

}  // namespace ionscape::surrogate
