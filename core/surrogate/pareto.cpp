// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/pareto.h"

#include <algorithm>

#include "core/base/error.h"

namespace ionscape::surrogate {

namespace {

using Points = std::vector<Eigen::RowVectorXd>;

/// All objectives as costs.
Eigen::MatrixXd costs(const Objectives& objectives) {
    if (objectives.values.cols() != static_cast<Eigen::Index>(objectives.maximise.size()) ||
        objectives.maximise.empty())
        throw InputError("there must be one direction for each objective, and one objective or more");
    if (!objectives.values.allFinite()) throw InputError("an objective is not a finite number");
    Eigen::MatrixXd result = objectives.values;
    for (Eigen::Index j = 0; j < result.cols(); ++j) {
        if (objectives.maximise[static_cast<std::size_t>(j)]) result.col(j) *= -1.0;
    }
    return result;
}

template <class A, class B>
bool dominates(const A& a, const B& b) {
    return (a.array() <= b.array()).all() && (a.array() < b.array()).any();
}

Points nondominated(const Points& points) {
    Points kept;
    for (std::size_t i = 0; i < points.size(); ++i) {
        bool beaten = false;
        for (std::size_t j = 0; j < points.size() && !beaten; ++j) {
            // Of equal points the first stays.
            beaten = dominates(points[j], points[i]) || (j < i && points[j] == points[i]);
        }
        if (!beaten) kept.push_back(points[i]);
    }
    return kept;
}

double area(Points points, double referenceX, double referenceY) {
    std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a[0] < b[0]; });
    double sum = 0.0, height = referenceY;
    for (const auto& p : points) {
        if (p[1] >= height) continue;
        sum += (referenceX - p[0]) * (height - p[1]);
        height = p[1];
    }
    return sum;
}

/// Slabs along the third objective.
double volume3(Points points, const Eigen::RowVectorXd& reference) {
    std::sort(points.begin(), points.end(), [](const auto& a, const auto& b) { return a[2] < b[2]; });
    double sum = 0.0;
    Points below;
    for (std::size_t i = 0; i < points.size(); ++i) {
        below.push_back(points[i]);
        const double top = i + 1 < points.size() ? points[i + 1][2] : reference[2];
        if (top > points[i][2]) sum += area(below, reference[0], reference[1]) * (top - points[i][2]);
    }
    return sum;
}

double volume(Points points, const Eigen::RowVectorXd& reference) {
    if (points.empty()) return 0.0;
    const auto m = reference.size();
    if (m == 1) {
        double best = reference[0];
        for (const auto& p : points)
            best = std::min(best, p[0]);
        return reference[0] - best;
    }
    if (m == 2) return area(std::move(points), reference[0], reference[1]);
    if (m == 3) return volume3(std::move(points), reference);
    // What each point adds to those after it.
    std::sort(points.begin(), points.end(),
              [m](const auto& a, const auto& b) { return a[m - 1] > b[m - 1]; });
    double sum = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        Points limited;
        for (std::size_t j = i + 1; j < points.size(); ++j)
            limited.push_back(points[j].cwiseMax(points[i]));
        sum += (reference - points[i]).prod() - volume(nondominated(limited), reference);
    }
    return sum;
}

}  // namespace

std::vector<int> paretoFronts(const Objectives& objectives) {
    // A column a point, so that a point is contiguous.
    const Eigen::MatrixXd cost = costs(objectives).transpose();
    const auto n = static_cast<std::size_t>(cost.cols());
    std::vector<int> front(n, -1), beatenBy(n, 0);
    std::vector<std::vector<std::size_t>> beats(n);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j) continue;
            if (dominates(cost.col(static_cast<Eigen::Index>(i)), cost.col(static_cast<Eigen::Index>(j)))) {
                beats[i].push_back(j);
                ++beatenBy[j];
            }
        }
    }
    std::vector<std::size_t> current;
    for (std::size_t i = 0; i < n; ++i) {
        if (beatenBy[i] == 0) current.push_back(i);
    }
    for (int level = 0; !current.empty(); ++level) {
        std::vector<std::size_t> next;
        for (const auto i : current) {
            front[i] = level;
            for (const auto j : beats[i]) {
                if (--beatenBy[j] == 0) next.push_back(j);
            }
        }
        current = std::move(next);
    }
    return front;
}

std::vector<Eigen::Index> paretoFront(const Objectives& objectives) {
    const Eigen::MatrixXd cost = costs(objectives).transpose();
    std::vector<Eigen::Index> rows;
    for (Eigen::Index i = 0; i < cost.cols(); ++i) {
        bool beaten = false;
        for (Eigen::Index j = 0; j < cost.cols() && !beaten; ++j)
            beaten = j != i && dominates(cost.col(j), cost.col(i));
        if (!beaten) rows.push_back(i);
    }
    return rows;
}

double hypervolume(const Objectives& objectives, const Eigen::RowVectorXd& reference) {
    const Eigen::MatrixXd cost = costs(objectives);
    if (reference.size() != cost.cols() || !reference.allFinite())
        throw InputError("the reference of a hypervolume needs one number for each objective");
    const Eigen::RowVectorXd worst = costs({reference, objectives.maximise});
    Points points;
    for (Eigen::Index i = 0; i < cost.rows(); ++i) {
        if ((cost.row(i).array() < worst.array()).all()) points.push_back(cost.row(i));
    }
    return volume(nondominated(points), worst);
}

Eigen::RowVectorXd worstPoint(const Objectives& objectives, double margin) {
    const Eigen::MatrixXd cost = costs(objectives);
    if (cost.rows() == 0) throw InputError("there are no rows to take the worst of");
    const Eigen::RowVectorXd highest = cost.colwise().maxCoeff(), lowest = cost.colwise().minCoeff();
    const Eigen::RowVectorXd worst = highest + margin * (highest - lowest);
    return costs({worst, objectives.maximise});
}

}  // namespace ionscape::surrogate
