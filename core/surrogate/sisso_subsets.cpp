// SPDX-License-Identifier: GPL-3.0-or-later
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "core/base/progress.h"
#include "core/surrogate/metrics.h"
#include "core/surrogate/sisso_search.h"

namespace ionscape::surrogate {

namespace {

/// The best fits seen so far, each set of columns once.
class Shortlist {
  public:
    explicit Shortlist(std::size_t keep) : keep_(keep) {}
    double worst() const {
        return fits_.size() < keep_ ? std::numeric_limits<double>::infinity() : fits_.back().squares;
    }
    /// \return whether it is among the best and new
    bool add(std::vector<int> columns, double squares) {
        if (squares >= worst()) return false;
        std::sort(columns.begin(), columns.end());
        for (const auto& fit : fits_) {
            if (fit.columns == columns) return false;
        }
        const auto at = std::upper_bound(fits_.begin(), fits_.end(), squares,
                                         [](double s, const SparseFit& fit) { return s < fit.squares; });
        fits_.insert(at, SparseFit{std::move(columns), squares});
        if (fits_.size() > keep_) fits_.pop_back();
        return true;
    }
    const std::vector<SparseFit>& fits() const { return fits_; }

  private:
    std::size_t keep_;
    std::vector<SparseFit> fits_;
};

/// Products of centred and scaled columns with each other and with the target: all that a fit needs.
struct Products {
    Eigen::MatrixXd gram;
    Eigen::VectorXd withTarget;
    double target = 0.0;

    Products(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y) {
        Eigen::MatrixXd z = columns.rowwise() - columns.colwise().mean();
        for (Eigen::Index j = 0; j < z.cols(); ++j)
            z.col(j) /= std::max(z.col(j).norm(), 1e-300);
        const Eigen::VectorXd centred = y.array() - y.mean();
        gram = z.transpose() * z;
        withTarget = z.transpose() * centred;
        target = centred.squaredNorm();
    }
};

/// Grows a Cholesky factor column by column, so that a set costs only its last column.
class Growing {
  public:
    Growing(const Products& products, int dimension)
        : p_(products), factor_(Eigen::MatrixXd::Zero(dimension, dimension)), turned_(dimension) {}

    /// Squares left over when `column` joins the first `size` ones; infinite where it adds nothing new.
    double join(int size, int column) {
        double own = p_.gram(column, column), turned = p_.withTarget[column];
        for (int i = 0; i < size; ++i) {
            double entry = p_.gram(chosen_[static_cast<std::size_t>(i)], column);
            for (int k = 0; k < i; ++k)
                entry -= factor_(i, k) * factor_(size, k);
            entry /= factor_(i, i);
            factor_(size, i) = entry;
            own -= entry * entry;
            turned -= entry * turned_[i];
        }
        if (own < 1e-9) return std::numeric_limits<double>::infinity();
        factor_(size, size) = std::sqrt(own);
        turned_[size] = turned / factor_(size, size);
        chosen_.resize(static_cast<std::size_t>(size));
        chosen_.push_back(column);
        return p_.target - turned_.head(size + 1).squaredNorm();
    }
    const std::vector<int>& chosen() const { return chosen_; }

  private:
    const Products& p_;
    Eigen::MatrixXd factor_;
    Eigen::VectorXd turned_;
    std::vector<int> chosen_;
};

double squaresOf(const Products& products, const std::vector<int>& columns) {
    Growing fit(products, static_cast<int>(columns.size()));
    double squares = products.target;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        squares = fit.join(static_cast<int>(i), columns[i]);
        if (!std::isfinite(squares)) break;
    }
    return squares;
}

void countAll(Growing& fit, int size, int dimension, int from, int columns, Shortlist& best,
              const std::stop_token& stop) {
    for (int j = from; j <= columns - (dimension - size); ++j) {
        if (size < 2) throwIfStopped(stop);
        const double squares = fit.join(size, j);
        if (!std::isfinite(squares)) continue;
        if (size + 1 == dimension) {
            if (squares < best.worst()) best.add(fit.chosen(), squares);
        } else {
            countAll(fit, size + 1, dimension, j + 1, columns, best, stop);
        }
    }
}

/// Exchanges one column at a time while that helps.
void exchange(const Products& products, SparseFit fit, Shortlist& best, const std::stop_token& stop) {
    const auto columns = static_cast<int>(products.gram.cols());
    for (bool better = true; better;) {
        throwIfStopped(stop);
        better = false;
        for (std::size_t at = 0; at < fit.columns.size(); ++at) {
            for (int j = 0; j < columns; ++j) {
                if (std::find(fit.columns.begin(), fit.columns.end(), j) != fit.columns.end()) continue;
                auto other = fit.columns;
                other[at] = j;
                const double squares = squaresOf(products, other);
                if (squares < fit.squares * (1.0 - 1e-12)) {
                    fit = {other, squares};
                    better = true;
                }
            }
        }
    }
    best.add(fit.columns, fit.squares);
}

double sets(int columns, int dimension) {
    double count = 1.0;
    for (int i = 0; i < dimension; ++i)
        count *= static_cast<double>(columns - i) / (i + 1);
    return count;
}

}  // namespace

std::vector<SparseFit> bestSubsets(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, int dimension,
                                   std::size_t keep, double limit, const std::vector<SparseFit>& seeds,
                                   bool& exhaustive, const std::stop_token& stop) {
    const Products products(columns, y);
    const auto m = static_cast<int>(columns.cols());
    Shortlist best(keep);
    exhaustive = seeds.empty() || sets(m, dimension) <= limit;
    if (exhaustive) {
        Growing fit(products, dimension);
        countAll(fit, 0, dimension, 0, m, best, stop);
        return best.fits();
    }
    for (const auto& seed : seeds) {
        throwIfStopped(stop);
        for (int j = 0; j < m; ++j) {
            if (std::find(seed.columns.begin(), seed.columns.end(), j) != seed.columns.end()) continue;
            auto extended = seed.columns;
            extended.push_back(j);
            const double squares = squaresOf(products, extended);
            if (std::isfinite(squares)) best.add(extended, squares);
        }
    }
    constexpr std::size_t improved = 10;
    const auto first = best.fits();
    for (std::size_t i = 0; i < std::min(improved, first.size()); ++i)
        exchange(products, first[i], best, stop);
    return best.fits();
}

SparseFit matchingPursuit(const Eigen::MatrixXd& columns, const Eigen::VectorXd& y, const SparseFit& seed) {
    Eigen::VectorXd residual = y.array() - y.mean();
    if (!seed.columns.empty()) {
        const Eigen::VectorXd w = leastSquares(columns, seed.columns, y);
        residual = (y.array() - w[0]).matrix() - columns(Eigen::all, seed.columns) * w.tail(w.size() - 1);
    }
    int chosen = -1;
    double score = -1.0;
    for (int j = 0; j < columns.cols(); ++j) {
        if (std::find(seed.columns.begin(), seed.columns.end(), j) != seed.columns.end()) continue;
        const double r = std::abs(pearson(columns.col(j), residual));
        if (r > score) {
            score = r;
            chosen = j;
        }
    }
    SparseFit fit = seed;
    if (chosen < 0) return fit;
    fit.columns.push_back(chosen);
    fit.squares = squaresOf(Products(columns, y), fit.columns);
    return fit;
}

Eigen::VectorXd leastSquares(const Eigen::MatrixXd& columns, const std::vector<int>& chosen,
                             const Eigen::VectorXd& y) {
    const auto k = static_cast<Eigen::Index>(chosen.size());
    const Eigen::MatrixXd taken = columns(Eigen::all, chosen);
    const Eigen::RowVectorXd mean = taken.colwise().mean();
    Eigen::MatrixXd z = taken.rowwise() - mean;
    const Eigen::RowVectorXd scale = z.colwise().norm().cwiseMax(1e-300);
    z = z.array().rowwise() / scale.array();
    Eigen::VectorXd w(k + 1);
    w.tail(k) =
        z.colPivHouseholderQr().solve((y.array() - y.mean()).matrix()).array() / scale.transpose().array();
    w[0] = y.mean() - mean.dot(w.tail(k));
    return w;
}

}  // namespace ionscape::surrogate
