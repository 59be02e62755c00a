// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/tree_ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string>

#include "core/base/error.h"

namespace ionscape::surrogate {

using nlohmann::json;

namespace {

/// XGBoost writes single numbers of the model as text.
double numberOf(const json& value) {
    if (!value.is_string()) return value.get<double>();
    const auto& text = value.get_ref<const std::string&>();
    double number = 0.0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc() || stop != text.data() + text.size())
        throw InputError(fmt::format("\"{}\" in a model of XGBoost is no number", text));
    return number;
}

Tree treeOf(const std::vector<int>& left, const std::vector<int>& right, const std::vector<int>& feature,
            const std::vector<double>& condition, const std::vector<double>& cover) {
    const auto n = left.size();
    if (n == 0 || right.size() != n || feature.size() != n || condition.size() != n || cover.size() != n)
        throw InputError("the lists that describe a tree differ in length");
    Tree tree;
    for (std::size_t i = 0; i < n; ++i) {
        TreeNode node;
        node.left = left[i];
        node.right = right[i];
        node.cover = cover[i];
        // One list holds thresholds of inner nodes and values of leaves.
        if (node.isLeaf()) {
            node.value = condition[i];
        } else {
            node.feature = feature[i];
            node.threshold = static_cast<float>(condition[i]);
        }
        tree.nodes.push_back(node);
    }
    tree.fillMeans();
    return tree;
}

}  // namespace

double Tree::valueAt(const float* row) const {
    const TreeNode* node = nodes.data();
    while (!node->isLeaf())
        node =
            &nodes[static_cast<std::size_t>(row[node->feature] < node->threshold ? node->left : node->right)];
    return node->value;
}

int Tree::depth() const {
    int deepest = 0;
    std::vector<std::pair<int, int>> open = {{0, 0}};
    while (!open.empty()) {
        const auto [at, level] = open.back();
        open.pop_back();
        deepest = std::max(deepest, level);
        const auto& node = nodes[static_cast<std::size_t>(at)];
        if (node.isLeaf()) continue;
        open.emplace_back(node.left, level + 1);
        open.emplace_back(node.right, level + 1);
    }
    return deepest;
}

void Tree::fillMeans() {
    const auto n = static_cast<int>(nodes.size());
    // Parents before children, each node reached once.
    std::vector<int> order = {0};
    std::vector<char> seen(nodes.size(), 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto& node = nodes[static_cast<std::size_t>(order[i])];
        if (node.isLeaf()) continue;
        for (const int child : {node.left, node.right}) {
            if (child <= 0 || child >= n || seen[static_cast<std::size_t>(child)])
                throw InputError("the nodes of a tree do not form a tree");
            seen[static_cast<std::size_t>(child)] = 1;
            order.push_back(child);
        }
    }
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        auto& node = nodes[static_cast<std::size_t>(*at)];
        if (node.isLeaf()) continue;
        const auto& a = nodes[static_cast<std::size_t>(node.left)];
        const auto& b = nodes[static_cast<std::size_t>(node.right)];
        // A branch without training rows (all weights zero) counts like the other.
        if (a.cover + b.cover > 0.0)
            node.value = (a.cover * a.value + b.cover * b.value) / (a.cover + b.cover);
        else
            node.value = 0.5 * (a.value + b.value);
    }
}

TreeEnsemble TreeEnsemble::fromXgboost(std::string_view model) {
    const auto parsed = json::parse(model);
    const auto& learner = parsed.at("learner");
    const auto& booster = learner.at("gradient_booster");
    if (booster.at("name") != "gbtree")
        throw InputError("only boosters of trees can be read, not " + booster.at("name").get<std::string>());
    TreeEnsemble ensemble;
    ensemble.offset_ = numberOf(learner.at("learner_model_param").at("base_score"));
    for (const auto& tree : booster.at("model").at("trees")) {
        ensemble.trees_.push_back(treeOf(tree.at("left_children").get<std::vector<int>>(),
                                         tree.at("right_children").get<std::vector<int>>(),
                                         tree.at("split_indices").get<std::vector<int>>(),
                                         tree.at("split_conditions").get<std::vector<double>>(),
                                         tree.at("sum_hessian").get<std::vector<double>>()));
    }
    return ensemble;
}

double TreeEnsemble::expectedValue() const {
    double sum = offset_;
    for (const auto& tree : trees_)
        sum += tree.nodes.front().value;
    return sum;
}

Eigen::VectorXd TreeEnsemble::predict(const Eigen::MatrixXd& x) const {
    const FloatRows rows = x.cast<float>();
    Eigen::VectorXd result = Eigen::VectorXd::Constant(x.rows(), offset_);
    // Tree by tree, which keeps one tree in the cache for all rows.
    for (const auto& tree : trees_) {
        for (Eigen::Index i = 0; i < rows.rows(); ++i)
            result[i] += tree.valueAt(rows.row(i).data());
    }
    return result;
}

json TreeEnsemble::toJson() const {
    json trees = json::array();
    for (const auto& tree : trees_) {
        std::vector<int> left, right, feature;
        std::vector<double> condition, cover;
        for (const auto& node : tree.nodes) {
            left.push_back(node.left);
            right.push_back(node.right);
            feature.push_back(node.feature);
            condition.push_back(node.isLeaf() ? node.value : static_cast<double>(node.threshold));
            cover.push_back(node.cover);
        }
        trees.push_back({{"left", left},
                         {"right", right},
                         {"feature", feature},
                         {"condition", condition},
                         {"cover", cover}});
    }
    return {{"offset", offset_}, {"trees", trees}};
}

TreeEnsemble TreeEnsemble::fromJson(const json& object) {
    TreeEnsemble ensemble;
    ensemble.offset_ = object.at("offset").get<double>();
    for (const auto& tree : object.at("trees")) {
        ensemble.trees_.push_back(treeOf(
            tree.at("left").get<std::vector<int>>(), tree.at("right").get<std::vector<int>>(),
            tree.at("feature").get<std::vector<int>>(), tree.at("condition").get<std::vector<double>>(),
            tree.at("cover").get<std::vector<double>>()));
    }
    return ensemble;
}

}  // namespace ionscape::surrogate
