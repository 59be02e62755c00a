// SPDX-License-Identifier: GPL-3.0-or-later
// Tables with a known law, for tests of models.
#pragma once

#include <cmath>
#include <functional>
#include <string>

#include "core/base/random.h"
#include "core/surrogate/surrogate_table.h"

namespace ionscape::testing {

/// Features f1 … fn, uniform in [0, 1), and y = law(row) + noise · a standard normal deviate.
inline surrogate::SurrogateTable syntheticTable(Eigen::Index rows, Eigen::Index features,
                                                const std::function<double(const Eigen::RowVectorXd&)>& law,
                                                double noise, std::uint64_t seed) {
    RandomStream random(seed, "table");
    surrogate::SurrogateTable table;
    table.target = {"MSD", "Å²", "synthetic"};
    for (Eigen::Index j = 0; j < features; ++j)
        table.features.push_back({"f" + std::to_string(j + 1), "", "synthetic", ""});
    table.x.resize(rows, features);
    table.y.resize(rows);
    for (Eigen::Index i = 0; i < rows; ++i) {
        for (Eigen::Index j = 0; j < features; ++j)
            table.x(i, j) = random.uniform();
        table.y[i] = law(table.x.row(i)) + noise * random.normal();
        table.labels.push_back("sample " + std::to_string(i + 1));
    }
    return table;
}

/// Friedman's first function (Ann. Stat. 19, 1 (1991)): five features matter, the others do not.
inline double friedman1(const Eigen::RowVectorXd& x) {
    return 10.0 * std::sin(3.14159265358979 * x[0] * x[1]) + 20.0 * std::pow(x[2] - 0.5, 2) + 10.0 * x[3] +
           5.0 * x[4];
}

}  // namespace ionscape::testing
