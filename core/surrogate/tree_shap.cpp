// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/tree_shap.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"

namespace ionscape::surrogate {

namespace {

/// All that one leaf asks of one feature on the way down: lower ≤ x < upper.
struct Question {
    int feature = 0;
    float lower = -std::numeric_limits<float>::infinity();
    float upper = std::numeric_limits<float>::infinity();
    /// Share of the training rows that go on towards the leaf when the feature is not known.
    double share = 1.0;
};

/// A tree is the sum of its leaves, and the game of one leaf is a product: its value for a set S of known
/// features is the leaf's value times [answer is yes] for each question in S times the share for each that is
/// not. So Shapley values depend on the row only through the set of answers, and each set is worked out once.
struct Leaf {
    double value = 0.0;
    std::vector<Question> questions;

    std::uint32_t answers(const float* row) const {
        std::uint32_t mask = 0;
        for (std::size_t i = 0; i < questions.size(); ++i) {
            const auto& q = questions[i];
            const float x = row[q.feature];
            mask |= static_cast<std::uint32_t>(x >= q.lower && x < q.upper) << i;
        }
        return mask;
    }
    double answer(std::uint32_t mask, std::size_t i) const { return (mask >> i) & 1U ? 1.0 : 0.0; }
    double change(std::uint32_t mask, std::size_t i) const { return answer(mask, i) - questions[i].share; }

    /// Σ over sets S without i and j of Π_{S} answer · Π_{rest} share, by the size of S: the coefficients of
    /// Π (share + answer·t).
    std::vector<double> products(std::uint32_t mask, std::size_t i, std::size_t j) const {
        std::vector<double> c = {1.0};
        for (std::size_t k = 0; k < questions.size(); ++k) {
            if (k == i || k == j) continue;
            const double yes = answer(mask, k), share = questions[k].share;
            c.push_back(0.0);
            for (std::size_t s = c.size() - 1; s > 0; --s)
                c[s] = c[s] * share + c[s - 1] * yes;
            c[0] *= share;
        }
        return c;
    }

    /// One Shapley value a question.
    std::vector<double> shapley(std::uint32_t mask) const {
        std::vector<double> phi;
        const auto n = questions.size();
        for (std::size_t i = 0; i < n; ++i) {
            const auto c = products(mask, i, i);
            // |S|!(n − |S| − 1)!/n!, from one size to the next.
            double weight = 1.0 / static_cast<double>(n), sum = 0.0;
            for (std::size_t s = 0; s < c.size(); ++s) {
                sum += weight * c[s];
                if (s + 1 < n) weight *= static_cast<double>(s + 1) / static_cast<double>(n - s - 1);
            }
            phi.push_back(value * change(mask, i) * sum);
        }
        return phi;
    }

    double interaction(std::uint32_t mask, std::size_t i, std::size_t j) const {
        const auto n = questions.size();
        const auto c = products(mask, i, j);
        // |S|!(n − |S| − 2)!/(2(n − 1)!)
        double weight = 0.5 / static_cast<double>(n - 1), sum = 0.0;
        for (std::size_t s = 0; s < c.size(); ++s) {
            sum += weight * c[s];
            if (s + 2 < n) weight *= static_cast<double>(s + 1) / static_cast<double>(n - s - 2);
        }
        return value * change(mask, i) * change(mask, j) * sum;
    }
};

std::vector<Question> asked(std::vector<Question> questions, const TreeNode& node, bool left, double share) {
    auto at = questions.begin();
    while (at != questions.end() && at->feature != node.feature)
        ++at;
    if (at == questions.end()) at = questions.insert(at, Question{node.feature});
    if (left)
        at->upper = std::min(at->upper, node.threshold);
    else
        at->lower = std::max(at->lower, node.threshold);
    at->share *= share;
    return questions;
}

void collect(const Tree& tree, int at, std::vector<Question> questions, std::vector<Leaf>& leaves) {
    const auto& node = tree.nodes[static_cast<std::size_t>(at)];
    if (node.isLeaf()) {
        if (node.value != 0.0 && !questions.empty()) leaves.push_back({node.value, std::move(questions)});
        return;
    }
    const double left = tree.nodes[static_cast<std::size_t>(node.left)].cover;
    const double both = left + tree.nodes[static_cast<std::size_t>(node.right)].cover;
    const double share = both > 0.0 ? left / both : 0.5;
    collect(tree, node.left, asked(questions, node, true, share), leaves);
    collect(tree, node.right, asked(std::move(questions), node, false, 1.0 - share), leaves);
}

std::vector<Leaf> leavesOf(const Tree& tree) {
    std::vector<Leaf> leaves;
    collect(tree, 0, {}, leaves);
    for (const auto& leaf : leaves) {
        if (leaf.questions.size() > 32)
            throw InputError("a tree asks for more than 32 features on one path; make it less deep");
    }
    return leaves;
}

/// What rows answer to one leaf: few sets of answers, so each row has the number of its set.
class AnswerSets {
  public:
    explicit AnswerSets(const Eigen::MatrixXf& x)
        : x_(x),
          masks_(static_cast<std::size_t>(x.rows())),
          numbers_(masks_.size()),
          known_(1U << tableBits) {}

    /// Sorts the rows; masks() and numbers() are of this leaf then.
    void look(const Leaf& leaf) {
        std::fill(masks_.begin(), masks_.end(), 0U);
        for (std::size_t k = 0; k < leaf.questions.size(); ++k) {
            const auto& q = leaf.questions[k];
            const float* const value = x_.col(q.feature).data();
            const std::uint32_t bit = 1U << k;
            // Without a branch, so that the compiler takes many rows at once.
            for (std::size_t i = 0; i < masks_.size(); ++i)
                masks_[i] |= (value[i] >= q.lower) & (value[i] < q.upper) ? bit : 0U;
        }
        sets_.clear();
        const bool fits = leaf.questions.size() <= tableBits;
        if (fits)
            ++generation_;
        else
            rare_.clear();
        for (std::size_t i = 0; i < masks_.size(); ++i)
            numbers_[i] = fits ? numberInTable(masks_[i]) : numberInMap(masks_[i]);
    }
    const std::vector<std::uint32_t>& numbers() const { return numbers_; }
    /// Each set once, by its number.
    const std::vector<std::uint32_t>& sets() const { return sets_; }

  private:
    static constexpr std::size_t tableBits = 16;
    struct Known {
        std::uint32_t generation = 0, number = 0;
    };

    std::uint32_t newSet(std::uint32_t mask) {
        sets_.push_back(mask);
        return static_cast<std::uint32_t>(sets_.size() - 1);
    }
    std::uint32_t numberInTable(std::uint32_t mask) {
        auto& known = known_[mask];
        if (known.generation != generation_) known = {generation_, newSet(mask)};
        return known.number;
    }
    std::uint32_t numberInMap(std::uint32_t mask) {
        const auto at = rare_.find(mask);
        return at != rare_.end() ? at->second : rare_.emplace(mask, newSet(mask)).first->second;
    }

    const Eigen::MatrixXf& x_;
    std::vector<std::uint32_t> masks_, numbers_, sets_;
    /// By set of answers; an entry of an earlier leaf has its generation and needs no clearing.
    std::vector<Known> known_;
    std::uint32_t generation_ = 0;
    std::unordered_map<std::uint32_t, std::uint32_t> rare_;
};

}  // namespace

Eigen::MatrixXd treeShap(const TreeEnsemble& ensemble, const Eigen::MatrixXd& x, const std::stop_token& stop,
                         ProgressSink* progress) {
    using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::MatrixXf columns = x.cast<float>();
    Rows phi = Rows::Zero(x.rows(), x.cols());
    AnswerSets answers(columns);
    std::vector<double> values;
    const auto total = static_cast<std::int64_t>(ensemble.trees().size());
    for (std::int64_t t = 0; t < total; ++t) {
        throwIfStopped(stop);
        if (progress) progress->report("explain", t, total, {});
        for (const auto& leaf : leavesOf(ensemble.trees()[static_cast<std::size_t>(t)])) {
            answers.look(leaf);
            values.clear();
            for (const auto set : answers.sets()) {
                const auto one = leaf.shapley(set);
                values.insert(values.end(), one.begin(), one.end());
            }
            const auto n = leaf.questions.size();
            for (Eigen::Index i = 0; i < phi.rows(); ++i) {
                const double* const one = values.data() + n * answers.numbers()[static_cast<std::size_t>(i)];
                double* const out = phi.row(i).data();
                for (std::size_t k = 0; k < n; ++k)
                    out[leaf.questions[k].feature] += one[k];
            }
        }
    }
    return phi;
}

Eigen::MatrixXd treeShapInteractions(const TreeEnsemble& ensemble, const Eigen::RowVectorXd& row,
                                     const std::stop_token& stop) {
    const Eigen::RowVectorXf point = row.cast<float>();
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(row.size(), row.size());
    for (const auto& tree : ensemble.trees()) {
        throwIfStopped(stop);
        for (const auto& leaf : leavesOf(tree)) {
            const auto mask = leaf.answers(point.data());
            const auto phi = leaf.shapley(mask);
            for (std::size_t i = 0; i < phi.size(); ++i) {
                const int a = leaf.questions[i].feature;
                result(a, a) += phi[i];
                for (std::size_t j = 0; j < i; ++j) {
                    const int b = leaf.questions[j].feature;
                    const double both = leaf.interaction(mask, i, j);
                    result(a, b) += both;
                    result(b, a) += both;
                    result(a, a) -= both;
                    result(b, b) -= both;
                }
            }
        }
    }
    return result;
}

}  // namespace ionscape::surrogate
