// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/sisso_expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace ionscape::surrogate {

using nlohmann::json;

namespace {

const std::vector<std::pair<Operation, const char*>> names = {
    {Operation::Add, "add"},         {Operation::Subtract, "subtract"}, {Operation::Multiply, "multiply"},
    {Operation::Divide, "divide"},   {Operation::Exp, "exp"},           {Operation::ExpMinus, "exp-"},
    {Operation::Inverse, "inverse"}, {Operation::Square, "square"},     {Operation::Log, "log"},
    {Operation::Sin, "sin"}};

/// How tightly the outermost operator of a text holds together.
enum Binding : int { sum = 1, product = 2, power = 3, atom = 4 };

constexpr int deepest = 64;

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

/// What stands behind the first underscore is an index.
std::string featureHtml(const std::string& name) {
    const auto underscore = name.find('_');
    if (underscore == std::string::npos || underscore == 0) return "<i>" + escaped(name) + "</i>";
    return fmt::format("<i>{}</i><sub>{}</sub>", escaped(name.substr(0, underscore)),
                       escaped(name.substr(underscore + 1)));
}

std::string wrapped(const std::string& text, bool needed) {
    return needed ? "(" + text + ")" : text;
}

/// Operators whose argument has to be a plain number.
bool needsPlainNumber(Operation operation) {
    return operation == Operation::Exp || operation == Operation::ExpMinus || operation == Operation::Log ||
           operation == Operation::Sin;
}

/// Pairs that only undo each other, or say what a shorter formula says.
bool isPointless(Operation outer, Operation inner) {
    const auto isExponential = [](Operation o) { return o == Operation::Exp || o == Operation::ExpMinus; };
    if (outer == Operation::Inverse)
        return inner == Operation::Inverse || isExponential(inner) || inner == Operation::Divide;
    if (outer == Operation::Log)
        return isExponential(inner) || inner == Operation::Inverse || inner == Operation::Square;
    if (isExponential(outer)) return inner == Operation::Log || isExponential(inner);
    return false;
}

}  // namespace

bool isBinary(Operation o) {
    return o == Operation::Add || o == Operation::Subtract || o == Operation::Multiply ||
           o == Operation::Divide;
}

void applyOperation(Operation operation, const Eigen::ArrayXd& a, const Eigen::ArrayXd& b,
                    Eigen::ArrayXd& out) {
    switch (operation) {
        case Operation::Add:
            out = a + b;
            return;
        case Operation::Subtract:
            out = a - b;
            return;
        case Operation::Multiply:
            out = a * b;
            return;
        case Operation::Divide:
            out = a / b;
            return;
        case Operation::Exp:
            out = a.exp();
            return;
        case Operation::ExpMinus:
            out = (-a).exp();
            return;
        case Operation::Inverse:
            out = a.inverse();
            return;
        case Operation::Square:
            out = a.square();
            return;
        case Operation::Log:
            out = a.log();
            return;
        case Operation::Sin:
            out = a.sin();
            return;
        case Operation::Feature:
            out = a;
            return;
    }
}

ExpressionPtr Expression::feature(int index, PhysicalDimension dimension) {
    auto e = std::make_shared<Expression>();
    e->feature_ = index;
    e->dimension_ = std::move(dimension);
    return e;
}

bool Expression::isAllowed(Operation operation, const Expression& a, const Expression* b, bool respectUnits) {
    if (!isBinary(operation) && isPointless(operation, a.operation_)) return false;
    if (!respectUnits) return true;
    if (needsPlainNumber(operation)) return a.dimension_.empty();
    const bool adds = operation == Operation::Add || operation == Operation::Subtract;
    return !adds || a.dimension_ == b->dimension_;
}

ExpressionPtr Expression::apply(Operation operation, const ExpressionPtr& a, const ExpressionPtr& b,
                                bool respectUnits) {
    if (!isAllowed(operation, *a, b.get(), respectUnits)) return nullptr;
    auto e = std::make_shared<Expression>();
    e->operation_ = operation;
    e->a_ = a;
    e->b_ = isBinary(operation) ? b : nullptr;
    e->complexity_ = a->complexity_ + (e->b_ ? b->complexity_ : 0) + 1;
    if (respectUnits) {
        if (operation == Operation::Add || operation == Operation::Subtract) e->dimension_ = a->dimension_;
        if (operation == Operation::Multiply) e->dimension_ = combined(a->dimension_, b->dimension_, 1);
        if (operation == Operation::Divide) e->dimension_ = combined(a->dimension_, b->dimension_, -1);
        if (operation == Operation::Inverse) e->dimension_ = combined({}, a->dimension_, -1);
        if (operation == Operation::Square) e->dimension_ = combined({}, a->dimension_, 2);
    }
    return e;
}

Eigen::ArrayXd Expression::evaluate(const Eigen::MatrixXd& x) const {
    if (operation_ == Operation::Feature) return x.col(feature_);
    Eigen::ArrayXd out;
    applyOperation(operation_, a_->evaluate(x), b_ ? b_->evaluate(x) : Eigen::ArrayXd(), out);
    return out;
}

std::string Expression::written(const std::vector<Feature>& features, bool html, int binding) const {
    const auto part = [&](const ExpressionPtr& e, int tight) { return e->written(features, html, tight); };
    const auto call = [&](const char* name, const char* sign) {
        return fmt::format("{}({}{})", name, sign, part(a_, *sign ? Binding::product : 0));
    };
    switch (operation_) {
        case Operation::Feature: {
            const auto& name = features.at(static_cast<std::size_t>(feature_)).name;
            return html ? featureHtml(name) : name;
        }
        case Operation::Add:
            return wrapped(part(a_, Binding::sum) + " + " + part(b_, Binding::sum), binding > Binding::sum);
        case Operation::Subtract:
            return wrapped(part(a_, Binding::sum) + " − " + part(b_, Binding::product),
                           binding > Binding::sum);
        case Operation::Multiply:
            return wrapped(part(a_, Binding::product) + "·" + part(b_, Binding::product),
                           binding > Binding::product);
        case Operation::Divide:
            return wrapped(part(a_, Binding::product) + "/" + part(b_, Binding::power),
                           binding > Binding::product);
        case Operation::Inverse:
            return wrapped("1/" + part(a_, Binding::power), binding > Binding::product);
        case Operation::Square:
            return wrapped(part(a_, Binding::atom) + (html ? "<sup>2</sup>" : "²"), binding > Binding::power);
        case Operation::Exp:
            return call("exp", "");
        case Operation::ExpMinus:
            return call("exp", "−");
        case Operation::Log:
            return call("ln", "");
        case Operation::Sin:
            return call("sin", "");
    }
    return {};
}

std::string Expression::text(const std::vector<Feature>& features) const {
    return written(features, false, 0);
}

std::string Expression::html(const std::vector<Feature>& features) const {
    return written(features, true, 0);
}

json Expression::toJson() const {
    if (operation_ == Operation::Feature) return {{"feature", feature_}};
    const auto at =
        std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.first == operation_; });
    json object = {{"operator", at->second}, {"a", a_->toJson()}};
    if (b_) object["b"] = b_->toJson();
    return object;
}

ExpressionPtr Expression::fromJson(const json& object, std::size_t features, int depth) {
    if (depth > deepest) throw InputError("a formula is nested too deeply");
    if (object.contains("feature")) {
        const auto index = object.at("feature").get<int>();
        if (index < 0 || static_cast<std::size_t>(index) >= features)
            throw InputError("a formula uses a feature that is not there");
        return feature(index, {});
    }
    const auto name = object.at("operator").get<std::string>();
    const auto at = std::find_if(names.begin(), names.end(), [&](const auto& n) { return n.second == name; });
    if (at == names.end()) throw InputError("a formula uses the unknown operator " + name);
    const auto a = fromJson(object.at("a"), features, depth + 1);
    const auto b = isBinary(at->first) ? fromJson(object.at("b"), features, depth + 1) : nullptr;
    auto made = apply(at->first, a, b, false);
    if (!made) throw InputError("a formula undoes itself");
    return made;
}

}  // namespace ionscape::surrogate
