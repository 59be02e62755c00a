// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/assignment.h"

#include <limits>

namespace ionscape::surrogate {

std::vector<int> leastCostAssignment(const Eigen::MatrixXd& cost) {
    const auto n = static_cast<std::size_t>(cost.rows());
    const std::size_t none = n;  // column n is where each path starts
    std::vector<double> rowPrice(n, 0.0), columnPrice(n + 1, 0.0);
    std::vector<std::size_t> rowOf(n + 1, none);
    std::vector<double> distance(n + 1);
    std::vector<std::size_t> previous(n + 1);
    std::vector<bool> done(n + 1);
    for (std::size_t row = 0; row < n; ++row) {
        rowOf[none] = row;
        distance.assign(n + 1, std::numeric_limits<double>::infinity());
        done.assign(n + 1, false);
        std::size_t column = none;
        do {
            done[column] = true;
            const std::size_t from = rowOf[column];
            double step = std::numeric_limits<double>::infinity();
            std::size_t next = none;
            for (std::size_t j = 0; j < n; ++j) {
                if (done[j]) continue;
                const double reduced = cost(static_cast<Eigen::Index>(from), static_cast<Eigen::Index>(j)) -
                                       rowPrice[from] - columnPrice[j];
                if (reduced < distance[j]) {
                    distance[j] = reduced;
                    previous[j] = column;
                }
                if (distance[j] < step) {
                    step = distance[j];
                    next = j;
                }
            }
            for (std::size_t j = 0; j <= n; ++j) {
                if (done[j]) {
                    rowPrice[rowOf[j]] += step;
                    columnPrice[j] -= step;
                } else {
                    distance[j] -= step;
                }
            }
            column = next;
        } while (rowOf[column] != none);
        while (column != none) {
            rowOf[column] = rowOf[previous[column]];
            column = previous[column];
        }
    }
    std::vector<int> columns(n);
    for (std::size_t j = 0; j < n; ++j)
        columns[rowOf[j]] = static_cast<int>(j);
    return columns;
}

}  // namespace ionscape::surrogate
