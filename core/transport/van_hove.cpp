// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/van_hove.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/transport/frame_choice.h"
#include "core/transport/pair_distances.h"

namespace ionscape::transport {

namespace {

std::vector<Eigen::Index> movingIons(const TrajectoryView& view, crystal::Element element) {
    auto ions = view.atomsOf(element);
    if (ions.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    if (view.positions.size() < 2) throw InputError("a trajectory needs two frames for a displacement");
    return ions;
}

std::vector<std::size_t> lagsOf(const TrajectoryView& view, const VanHoveSettings& settings) {
    const std::size_t frames = view.positions.size();
    auto lags = settings.lagFrames.empty() ? evenRatios(frames / 2, settings.lags) : settings.lagFrames;
    for (const auto lag : lags) {
        if (lag >= frames) {
            throw InputError(
                fmt::format("a trajectory of {} frames has no displacement over {}", frames, lag));
        }
    }
    return lags;
}

void addSelf(const TrajectoryView& view, const std::vector<Eigen::Index>& ions, std::size_t origin,
             std::size_t lag, double binWidth, Eigen::Ref<Eigen::VectorXd> column) {
    const auto &from = view.positions[origin], &to = view.positions[origin + lag];
    for (const auto ion : ions) {
        const auto bin = static_cast<Eigen::Index>((to.col(ion) - from.col(ion)).norm() / binWidth);
        if (bin < column.size()) column[bin] += 1.0;
    }
}

void addDistinct(const TrajectoryView& view, const std::vector<Eigen::Index>& ions, std::size_t origin,
                 std::size_t lag, const PairDistances& pairs, double binWidth,
                 Eigen::Ref<Eigen::VectorXd> column) {
    pairs.each(view.positions[origin], ions, view.positions[origin + lag], ions,
               [&](std::size_t, std::size_t, double r) {
                   column[std::min(column.size() - 1, static_cast<Eigen::Index>(r / binWidth))] += 1.0;
               });
}

}  // namespace

VanHove vanHove(const TrajectoryView& view, crystal::Element element, const VanHoveSettings& settings) {
    const auto ions = movingIons(view, element);
    const auto lags = lagsOf(view, settings);
    if (!(settings.binWidth > 0.0) || !(settings.maxRadius > settings.binWidth)) {
        throw InputError(fmt::format("a radius of {} Å in steps of {} Å makes no distribution",
                                     settings.maxRadius, settings.binWidth));
    }
    const auto bins = static_cast<Eigen::Index>(std::ceil(settings.maxRadius / settings.binWidth - 1e-9));
    const auto columns = static_cast<Eigen::Index>(lags.size());
    const double reach = static_cast<double>(bins) * settings.binWidth;
    const auto count = static_cast<double>(ions.size());

    VanHove result;
    result.binWidth = settings.binWidth;
    result.self = Eigen::MatrixXd::Zero(bins, columns);
    if (settings.distinct) result.distinct = Eigen::MatrixXd::Zero(bins, columns);
    Eigen::VectorXd shells(bins);
    for (Eigen::Index k = 0; k < bins; ++k) {
        const double inner = static_cast<double>(k) * settings.binWidth, outer = inner + settings.binWidth;
        result.radius.push_back(0.5 * (inner + outer));
        shells[k] = 4.0 / 3.0 * units::pi * (outer * outer * outer - inner * inner * inner);
    }
    for (Eigen::Index c = 0; c < columns; ++c) {
        const std::size_t lag = lags[static_cast<std::size_t>(c)];
        const auto origins = spreadOver(view.positions.size() - lag, settings.mostOrigins);
        double pairDensity = 0.0;
        for (const auto origin : origins) {
            addSelf(view, ions, origin, lag, settings.binWidth, result.self.col(c));
            if (!settings.distinct) continue;
            const auto& lattice = view.lattice(origin);
            addDistinct(view, ions, origin, lag, PairDistances(lattice, reach), settings.binWidth,
                        result.distinct.col(c));
            pairDensity += count * count / lattice.volume();
        }
        result.lagFs.push_back(static_cast<double>(lag) * view.frameIntervalFs);
        result.self.col(c) /= count * static_cast<double>(origins.size()) * settings.binWidth;
        if (settings.distinct) result.distinct.col(c).array() /= pairDensity * shells.array();
    }
    return result;
}

DisplacementMoments displacementMoments(const TrajectoryView& view, crystal::Element element,
                                        std::size_t lags, std::size_t mostOrigins,
                                        const Directions& directions) {
    const auto ions = movingIons(view, element);
    const std::size_t frames = view.positions.size();
    const double d = directions.dimensions();
    const Mat3 projector = directions.basis() * directions.basis().transpose();
    DisplacementMoments moments;
    for (const auto lag : evenRatios(std::max<std::size_t>(1, frames / 2), lags)) {
        const auto origins = spreadOver(frames - lag, mostOrigins);
        double second = 0.0, fourth = 0.0;
        for (const auto origin : origins) {
            for (const auto ion : ions) {
                const Vec3 move = view.positions[origin + lag].col(ion) - view.positions[origin].col(ion);
                const double square = (projector * move).squaredNorm();
                second += square;
                fourth += square * square;
            }
        }
        const double n = static_cast<double>(origins.size() * ions.size());
        moments.lagFs.push_back(static_cast<double>(lag) * view.frameIntervalFs);
        moments.second.push_back(second / n);
        moments.fourth.push_back(fourth / n);
        moments.nonGaussian.push_back(
            second > 0.0 ? d * (fourth / n) / ((d + 2.0) * std::pow(second / n, 2)) - 1.0 : 0.0);
    }
    return moments;
}

IonDisplacements ionDisplacements(const TrajectoryView& view, crystal::Element element) {
    IonDisplacements result;
    for (const auto ion : movingIons(view, element)) {
        const Vec3 start = view.positions.front().col(ion);
        double largest = 0.0;
        for (const auto& positions : view.positions)
            largest = std::max(largest, (positions.col(ion) - start).norm());
        result.atoms.push_back(static_cast<std::size_t>(ion));
        result.last.push_back((view.positions.back().col(ion) - start).norm());
        result.largest.push_back(largest);
    }
    return result;
}

}  // namespace ionscape::transport
