// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/weighted_line.h"

namespace ionscape::transport {

WeightedLine weightedLine(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y, const Eigen::ArrayXd& weights) {
    WeightedLine line;
    const double total = weights.sum();
    // About the weighted means, so that a narrow range of x costs no digits.
    const double meanX = (weights * x).sum() / total, meanY = (weights * y).sum() / total;
    const double spread = (weights * (x - meanX).square()).sum();
    line.slope = (weights * (x - meanX) * (y - meanY)).sum() / spread;
    line.intercept = meanY - line.slope * meanX;
    line.chiSquared = (weights * (y - meanY - line.slope * (x - meanX)).square()).sum();
    line.covariance << 1.0 / total + meanX * meanX / spread, -meanX / spread, -meanX / spread, 1.0 / spread;
    return line;
}

}  // namespace ionscape::transport
