// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/motion_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/mean_spread.h"
#include "core/base/random.h"
#include "core/transport/line_fit.h"

namespace ionscape::transport {

namespace {

constexpr int bootstrapDraws = 500;
constexpr std::size_t parts = 8;
/// The bootstrap puts this many blocks together: jumps remember the one before.
constexpr Eigen::Index bootstrapBlocks = 32;
/// Below this a line through the lags of a blocked trajectory means nothing.
constexpr std::size_t fewestBlocksForLine = 8;
/// A spread over ions this much larger than the error is no chance; over fewer ions it says little.
constexpr double unequalIons = 1.6;
constexpr std::size_t fewestIonsForSpread = 8;

/// The lags of a window in a trajectory of `blocks` blocks, and the weights of the line through them.
LineFit blockLine(const FitWindow& window, double blockFs, std::size_t blocks) {
    const auto first = static_cast<std::size_t>(std::max(1.0, std::round(window.beginFs / blockFs)));
    const auto last = static_cast<std::size_t>(std::max(0.0, std::round(window.endFs / blockFs)));
    std::vector<std::size_t> lags;
    const std::size_t begin = std::min(first, blocks - 3);
    for (std::size_t k = begin; k <= std::clamp(last, begin + 2, blocks - 1); ++k)
        lags.push_back(k);
    return lineFit(lags, blocks + 1);
}

/// (b, c): weight of the product of the displacements in blocks b and c in the slope of that line.
Eigen::MatrixXd slopeForm(const LineFit& line, std::size_t blocks) {
    const auto size = static_cast<Eigen::Index>(blocks);
    Eigen::MatrixXd form = Eigen::MatrixXd::Zero(size, size);
    for (std::size_t i = 0; i < line.lags.size(); ++i) {
        const auto lag = static_cast<Eigen::Index>(line.lags[i]);
        const Eigen::Index origins = size - lag + 1;
        const double weight = line.weights(0, static_cast<Eigen::Index>(i)) / static_cast<double>(origins);
        for (Eigen::Index b = 0; b < size; ++b) {
            for (Eigen::Index c = b; c < std::min(size, b + lag); ++c) {
                // Origins of displacements that contain both blocks.
                const Eigen::Index both =
                    std::min(b, origins - 1) - std::max<Eigen::Index>(0, c - lag + 1) + 1;
                if (both > 0) form(b, c) += weight * static_cast<double>(both);
            }
        }
    }
    form.triangularView<Eigen::StrictlyLower>() = form.transpose();
    return form;
}

/// The same matrix for blocks that are `count` times as long.
Eigen::MatrixXd longerBlocks(const Eigen::MatrixXd& products, Eigen::Index count) {
    const Eigen::Index size = products.rows() / count;
    Eigen::MatrixXd sums(size, size);
    for (Eigen::Index b = 0; b < size; ++b) {
        for (Eigen::Index c = 0; c < size; ++c)
            sums(b, c) = products.block(b * count, c * count, count, count).sum();
    }
    return sums;
}

/// Slopes of trajectories put together at random from the blocks of this one: all ions of a block stay
/// together, so that concerted motion keeps its weight; order and sign of the blocks are random. Only the
/// squares on the diagonal are drawn with replacement: a block met again elsewhere would count as correlated.
struct BootstrapDraws {
    std::vector<double> tracer, collective;
    double tracerCentre = 0.0, collectiveCentre = 0.0;
};

BootstrapDraws drawSlopes(const Eigen::MatrixXd& tracerProducts, const Eigen::MatrixXd& collectiveProducts,
                          const Eigen::MatrixXd& form) {
    const auto size = static_cast<std::size_t>(form.rows());
    BootstrapDraws draws;
    draws.tracerCentre = form.trace() * tracerProducts.diagonal().mean();
    draws.collectiveCentre = form.trace() * collectiveProducts.diagonal().mean();
    RandomStream random(1, "transport bootstrap");
    std::vector<std::size_t> order(size);
    for (std::size_t i = 0; i < size; ++i)
        order[i] = i;
    std::vector<double> sign(size);
    for (int draw = 0; draw < bootstrapDraws; ++draw) {
        random.shuffle(order);
        for (auto& s : sign)
            s = random.uniform() < 0.5 ? -1.0 : 1.0;
        double tracer = 0.0, collective = 0.0;
        for (std::size_t c = 0; c < size; ++c) {
            const auto column = static_cast<Eigen::Index>(order[c]), place = static_cast<Eigen::Index>(c);
            const double* t = tracerProducts.col(column).data();
            const double* j = collectiveProducts.col(column).data();
            const double* f = form.col(place).data();
            double sumT = 0.0, sumJ = 0.0;
            for (std::size_t b = 0; b < c; ++b) {
                const double weight = f[b] * sign[b];
                sumT += weight * t[order[b]];
                sumJ += weight * j[order[b]];
            }
            const auto own = static_cast<Eigen::Index>(random.below(size));
            tracer += 2.0 * sign[c] * sumT + f[c] * tracerProducts(own, own);
            collective += 2.0 * sign[c] * sumJ + f[c] * collectiveProducts(own, own);
        }
        draws.tracer.push_back(tracer);
        draws.collective.push_back(collective);
    }
    return draws;
}

double relativeSpread(const std::vector<double>& draws, double centre) {
    return centre > 0.0 ? meanSpread(draws).standardDeviation / centre
                        : std::numeric_limits<double>::quiet_NaN();
}

/// Of the slopes of eight parts of the run, relative to their mean. Each is fitted over the same fractions of
/// its length as the run, so that, diffusion having no scale of its own, its error is that of the run.
double spreadOfParts(const Eigen::MatrixXd& products, const FitWindow& window, double blockFs) {
    const auto size = static_cast<std::size_t>(products.rows()) / parts;
    if (size < fewestBlocksForLine) return std::numeric_limits<double>::quiet_NaN();
    const FitWindow shorter{window.beginFs / parts, window.endFs / parts};
    const Eigen::MatrixXd form = slopeForm(blockLine(shorter, blockFs, size), size);
    std::vector<double> slopes;
    const auto n = static_cast<Eigen::Index>(size);
    for (Eigen::Index q = 0; q < static_cast<Eigen::Index>(parts); ++q)
        slopes.push_back((form.array() * products.block(q * n, q * n, n, n).array()).sum());
    const auto spread = meanSpread(slopes);
    return spread.mean > 0.0 ? spread.standardDeviation / spread.mean
                             : std::numeric_limits<double>::quiet_NaN();
}

double spreadOverIons(const Eigen::MatrixXd& ionMsd, const LineFit& line) {
    if (ionMsd.cols() < 2) return std::numeric_limits<double>::quiet_NaN();
    Eigen::VectorXd slopes = Eigen::VectorXd::Zero(ionMsd.cols());
    for (std::size_t i = 0; i < line.lags.size(); ++i) {
        slopes += line.weights(0, static_cast<Eigen::Index>(i)) *
                  ionMsd.row(static_cast<Eigen::Index>(line.lags[i])).transpose();
    }
    const auto spread = meanSpread({slopes.begin(), slopes.end()});
    return spread.mean > 0.0 ? spread.standardError / spread.mean : std::numeric_limits<double>::quiet_NaN();
}

HavenRatio havenRatio(const MotionFit& fit, const BootstrapDraws* draws) {
    HavenRatio haven;
    if (!(fit.tracer.coefficient > 0.0) || !(fit.collective.coefficient > 0.0)) {
        haven.value = std::numeric_limits<double>::quiet_NaN();
        return haven;
    }
    haven.value = fit.tracer.coefficient / fit.collective.coefficient;
    if (!draws) return haven;
    std::vector<double> logarithms;
    for (std::size_t i = 0; i < draws->tracer.size(); ++i) {
        const double t = draws->tracer[i] / draws->tracerCentre;
        const double c = draws->collective[i] / draws->collectiveCentre;
        if (t > 0.0 && c > 0.0) logarithms.push_back(std::log(t / c));
    }
    // Where a fortieth of the draws is lost, the quantiles below are not known.
    if (logarithms.size() < draws->tracer.size() * 39 / 40) return haven;
    std::sort(logarithms.begin(), logarithms.end());
    const auto quantile = [&](double p) {
        return logarithms[static_cast<std::size_t>(p * static_cast<double>(logarithms.size() - 1))];
    };
    haven.error = haven.value * meanSpread(logarithms).standardDeviation;
    haven.lower95 = haven.value * std::exp(-quantile(0.975));
    haven.upper95 = haven.value * std::exp(-quantile(0.025));
    return haven;
}

/// Jumps that remember earlier ones for long, and ions that stay trapped, make ions differ more than the
/// course of time tells: the larger error counts.
void heedUnequalIons(Diffusion& fit, std::size_t ions) {
    if (ions < fewestIonsForSpread || !(fit.errorIons > fit.error)) return;
    if (fit.errorIons > unequalIons * fit.error)
        fit.warning += (fit.warning.empty() ? "" : "; ") +
                       std::string("the ions differ more than chance: some are trapped");
    setError(fit, fit.errorIons);
}

}  // namespace

MotionFit fitMotion(const MotionStatistics& motion, const FitWindow& window) {
    MotionFit fit;
    fit.tracer = tracerDiffusion(motion.msd, window, motion.frames, motion.tracerSteps, motion.dimensions);
    fit.collective =
        tracerDiffusion(motion.collective, window, motion.frames, motion.collectiveSteps, motion.dimensions);
    const auto blocks = static_cast<std::size_t>(motion.blocks.tracer.rows());
    if (blocks < fewestBlocksForLine) {
        fit.haven = havenRatio(fit, nullptr);
        return fit;
    }
    const double blockFs = static_cast<double>(motion.blocks.blockFrames) * motion.msd.lagFs[1];
    const Eigen::Index together = std::max<Eigen::Index>(1, motion.blocks.tracer.rows() / bootstrapBlocks);
    const auto longBlocks = blocks / static_cast<std::size_t>(together);
    const LineFit longLine = blockLine(window, blockFs * static_cast<double>(together), longBlocks);
    const BootstrapDraws draws =
        drawSlopes(longerBlocks(motion.blocks.tracer, together),
                   longerBlocks(motion.blocks.collective, together), slopeForm(longLine, longBlocks));
    fit.tracer.errorBootstrap = fit.tracer.coefficient * relativeSpread(draws.tracer, draws.tracerCentre);
    fit.collective.errorBootstrap =
        fit.collective.coefficient * relativeSpread(draws.collective, draws.collectiveCentre);
    fit.tracer.errorBlocks = fit.tracer.coefficient * spreadOfParts(motion.blocks.tracer, window, blockFs);
    fit.collective.errorBlocks =
        fit.collective.coefficient * spreadOfParts(motion.blocks.collective, window, blockFs);
    const LineFit line = blockLine(window, blockFs, blocks);
    fit.tracer.errorIons = fit.tracer.coefficient * spreadOverIons(motion.blocks.ionMsd, line);
    heedUnequalIons(fit.tracer, motion.msd.ions);
    fit.haven = havenRatio(fit, &draws);
    return fit;
}

Conductivity conductivity(const MotionFit& fit, const MotionStatistics& motion, double charge,
                          double temperature) {
    const double factor =
        nernstEinsteinConductivity(1.0, motion.msd.ions, charge, motion.volume, temperature);
    return {factor * fit.tracer.coefficient, factor * fit.tracer.error, factor * fit.collective.coefficient,
            factor * fit.collective.error};
}

std::string finiteSizeNote(double volume, std::size_t ions) {
    return fmt::format(
        "The cell is {:.1f} Å long (cube root of its volume) and holds {} mobile ions. Its images repeat "
        "every "
        "correlation: jumps that need more room, and vacancies farther apart, are missing. Repeat the run in "
        "a "
        "larger cell before trusting differences below the error.",
        std::cbrt(volume), ions);
}

}  // namespace ionscape::transport
