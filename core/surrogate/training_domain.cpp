// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/training_domain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace ionscape::surrogate {

TrainingDomain::TrainingDomain(const Eigen::MatrixXd& x) : scale_(x), rows_(scale_(x)) {
    std::vector<double> own;
    for (Eigen::Index i = 0; i < rows_.rows(); ++i)
        own.push_back(closest(rows_.row(i), i).second);
    std::sort(own.begin(), own.end());
    const double typical = own[std::min(own.size() - 1, own.size() * 95 / 100)];
    // Rows that all have a twin tell no length; then the length of a standard deviation counts.
    unit_ = typical > 1e-9 && std::isfinite(typical) ? typical : 1.0;
}

std::pair<Eigen::Index, double> TrainingDomain::closest(const Eigen::RowVectorXd& point,
                                                        Eigen::Index without) const {
    Eigen::VectorXd squares = (rows_.rowwise() - point).rowwise().squaredNorm();
    if (without >= 0) squares[without] = std::numeric_limits<double>::infinity();
    Eigen::Index at = 0;
    const double least = squares.minCoeff(&at);
    return {at, std::sqrt(least)};
}

Eigen::VectorXd TrainingDomain::distance(const Eigen::MatrixXd& x) const {
    const Eigen::MatrixXd points = scale_(x);
    Eigen::VectorXd result(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        result[i] = closest(points.row(i), -1).second / unit_;
    return result;
}

Eigen::MatrixXd TrainingDomain::rows() const {
    return (rows_.array().rowwise() * scale_.scale.array()).matrix().rowwise() + scale_.mean;
}

std::vector<Eigen::Index> TrainingDomain::nearest(const Eigen::MatrixXd& x) const {
    const Eigen::MatrixXd points = scale_(x);
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < x.rows(); ++i)
        rows.push_back(closest(points.row(i), -1).first);
    return rows;
}

nlohmann::json TrainingDomain::toJson() const {
    return {{"scale", standardiserToJson(scale_)}, {"rows", matrixToJson(rows_)}, {"unit", unit_}};
}

TrainingDomain TrainingDomain::fromJson(const nlohmann::json& object) {
    TrainingDomain domain;
    domain.scale_ = standardiserFromJson(object.at("scale"));
    domain.rows_ = matrixFromJson(object.at("rows"));
    domain.unit_ = object.at("unit").get<double>();
    return domain;
}

}  // namespace ionscape::surrogate
