// SPDX-License-Identifier: GPL-3.0-or-later
// Formulas made of features and the operators of SISSO, to be evaluated and to be read.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/surrogate/feature.h"
#include "core/surrogate/physical_dimension.h"

namespace ionscape::surrogate {

enum class Operation { Feature, Add, Subtract, Multiply, Divide, Exp, ExpMinus, Inverse, Square, Log, Sin };

bool isBinary(Operation operation);

class Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// Cheap to share; parts are never changed.
class Expression {
  public:
    static ExpressionPtr feature(int index, PhysicalDimension dimension);
    /// Null where units forbid it (`respectUnits`) or it undoes what its part did, as the logarithm of an
    /// exponential or the inverse of an inverse.
    static ExpressionPtr apply(Operation operation, const ExpressionPtr& a, const ExpressionPtr& b,
                               bool respectUnits);

    /// Whether apply() gives a formula.
    static bool isAllowed(Operation operation, const Expression& a, const Expression* b, bool respectUnits);

    Operation operation() const { return operation_; }
    /// Operators in it.
    int complexity() const { return complexity_; }
    const PhysicalDimension& dimension() const { return dimension_; }
    /// \param x  rows × features; not finite where there is no value
    Eigen::ArrayXd evaluate(const Eigen::MatrixXd& x) const;

    /// "volume·csm_Liavg²/exp(s_config)"
    std::string text(const std::vector<Feature>& features) const;
    /// The same with <sub>, <sup> and entities, for rich text: "csm<sub>Liavg</sub><sup>2</sup>".
    std::string html(const std::vector<Feature>& features) const;

    nlohmann::json toJson() const;
    /// Throws InputError for an unknown operator, a feature that is not there, or one too deep to be ours.
    static ExpressionPtr fromJson(const nlohmann::json& object, std::size_t features, int depth = 0);

  private:
    std::string written(const std::vector<Feature>& features, bool html, int binding) const;
    Operation operation_ = Operation::Feature;
    int feature_ = -1;
    int complexity_ = 0;
    ExpressionPtr a_, b_;
    PhysicalDimension dimension_;
};

/// One operator on columns of values.
void applyOperation(Operation operation, const Eigen::ArrayXd& a, const Eigen::ArrayXd& b,
                    Eigen::ArrayXd& out);

}  // namespace ionscape::surrogate
