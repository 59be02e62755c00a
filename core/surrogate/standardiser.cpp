// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/standardiser.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"

namespace ionscape::surrogate {

Standardiser::Standardiser(const Eigen::MatrixXd& x) : mean(x.colwise().mean()), scale(x.cols()) {
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        const double spread = std::sqrt((x.col(j).array() - mean[j]).square().mean());
        // A constant column keeps the rounding of its mean: no spread worth dividing by.
        scale[j] = spread > 1e-12 * std::max(1.0, std::abs(mean[j])) ? spread : 1.0;
    }
}

Eigen::MatrixXd Standardiser::operator()(const Eigen::MatrixXd& x) const {
    return (x.rowwise() - mean).array().rowwise() / scale.array();
}

nlohmann::json matrixToJson(const Eigen::MatrixXd& matrix) {
    std::vector<double> values;
    for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
        for (Eigen::Index j = 0; j < matrix.cols(); ++j)
            values.push_back(matrix(i, j));
    }
    return {{"rows", matrix.rows()}, {"columns", matrix.cols()}, {"values", values}};
}

Eigen::MatrixXd matrixFromJson(const nlohmann::json& object) {
    const auto rows = object.at("rows").get<Eigen::Index>();
    const auto columns = object.at("columns").get<Eigen::Index>();
    const auto values = object.at("values").get<std::vector<double>>();
    if (rows < 0 || columns < 0 ||
        static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) != values.size())
        throw InputError("a table of numbers has not as many as it says");
    return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
        values.data(), rows, columns);
}

nlohmann::json standardiserToJson(const Standardiser& standardiser) {
    return {{"mean", matrixToJson(Eigen::MatrixXd(standardiser.mean))},
            {"scale", matrixToJson(Eigen::MatrixXd(standardiser.scale))}};
}

Standardiser standardiserFromJson(const nlohmann::json& object) {
    Standardiser standardiser;
    standardiser.mean = matrixFromJson(object.at("mean"));
    standardiser.scale = matrixFromJson(object.at("scale"));
    return standardiser;
}

}  // namespace ionscape::surrogate
