// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/motion_statistics.h"

#include <Eigen/Eigenvalues>
#include <algorithm>

namespace ionscape::transport {

namespace {

/// Enough for variances known to some percent; few enough that an ion diffuses rather than rattles in each.
constexpr std::size_t mostBlocks = 128;
/// Correlations are measured over longer blocks, about this many of them: jumps remember the one before.
constexpr Eigen::Index longBlocks = 32;
/// With fewer, nothing can be said about correlations.
constexpr Eigen::Index fewestBlocks = 12;

Eigen::Index shortBlocksInLong(Eigen::Index blocks) {
    return std::max<Eigen::Index>(1, blocks / longBlocks);
}

/// Positions of the ions at the ends of the blocks: one column for each end, the components of all ions in
/// it.
Eigen::MatrixXd positionsAtBlockEnds(const TrajectoryView& view, const std::vector<Eigen::Index>& ions,
                                     const Directions& directions, std::size_t blockFrames) {
    const Eigen::Index d = directions.dimensions();
    const std::size_t blocks = (view.positions.size() - 1) / blockFrames;
    Eigen::MatrixXd ends(d * static_cast<Eigen::Index>(ions.size()), static_cast<Eigen::Index>(blocks) + 1);
    for (std::size_t b = 0; b <= blocks; ++b) {
        for (std::size_t i = 0; i < ions.size(); ++i) {
            ends.col(static_cast<Eigen::Index>(b)).segment(d * static_cast<Eigen::Index>(i), d) =
                directions.basis().transpose() * view.positions[b * blockFrames].col(ions[i]);
        }
    }
    return ends;
}

Eigen::MatrixXd msdOfEachIon(const Eigen::MatrixXd& ends, Eigen::Index dimensions) {
    const Eigen::Index ions = ends.rows() / dimensions, points = ends.cols();
    Eigen::MatrixXd msd = Eigen::MatrixXd::Zero(points, ions);
    for (Eigen::Index k = 1; k < points; ++k) {
        const Eigen::VectorXd sums =
            (ends.rightCols(points - k) - ends.leftCols(points - k)).rowwise().squaredNorm();
        msd.row(k) = sums.reshaped(dimensions, ions).colwise().sum() / static_cast<double>(points - k);
    }
    return msd;
}

/// One column a block, the components of all ions in it.
Eigen::MatrixXd movesBetween(const Eigen::MatrixXd& ends) {
    return ends.rightCols(ends.cols() - 1) - ends.leftCols(ends.cols() - 1);
}

/// Of `count` blocks put together; what is left over at the end is dropped.
Eigen::MatrixXd longerMoves(const Eigen::MatrixXd& moves, Eigen::Index count) {
    Eigen::MatrixXd sums(moves.rows(), moves.cols() / count);
    for (Eigen::Index b = 0; b < sums.cols(); ++b)
        sums.col(b) = moves.middleCols(b * count, count).rowwise().sum();
    return sums;
}

/// Σ over ions.
Eigen::MatrixXd movesTogether(const Eigen::MatrixXd& moves, Eigen::Index dimensions) {
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(dimensions, moves.cols());
    for (Eigen::Index i = 0; i < moves.rows(); i += dimensions)
        sums += moves.middleRows(i, dimensions);
    return sums;
}

/// Mean over blocks and sum over carriers of u(b) u(b + shift)ᵀ, made symmetric.
Eigen::MatrixXd stepTensor(const Eigen::MatrixXd& moves, Eigen::Index dimensions, Eigen::Index shift) {
    const Eigen::Index pairs = moves.cols() - shift;
    Eigen::MatrixXd tensor = Eigen::MatrixXd::Zero(dimensions, dimensions);
    for (Eigen::Index i = 0; i < moves.rows(); i += dimensions) {
        tensor += moves.block(i, 0, dimensions, pairs) * moves.block(i, shift, dimensions, pairs).transpose();
    }
    return (tensor + tensor.transpose()) / (2.0 * static_cast<double>(pairs));
}

/// Σλ²/(Σλ)² of the diffusion tensor: 1/d when it has no preferred direction, 1 for motion along one.
/// Vibration adds to a displacement once, whatever its duration, and is taken back in the next block: that is
/// how it is told from diffusion. `diffusive` is set to its share of the mean squared step.
double anisotropy(const Eigen::MatrixXd& moves, const Eigen::MatrixXd& longMoves, Eigen::Index dimensions,
                  double& diffusive) {
    const Eigen::MatrixXd whole = stepTensor(longMoves, dimensions, 0);
    const Eigen::MatrixXd vibration = -2.0 * stepTensor(moves, dimensions, 1);
    const double share = std::clamp(1.0 - vibration.trace() / whole.trace(), 0.1, 1.0);
    diffusive = share * whole.trace();
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(vibration.trace() > 0.0 ? whole - vibration : whole,
                                                          Eigen::EigenvaluesOnly);
    const Eigen::VectorXd values = solver.eigenvalues().cwiseMax(0.0);
    return values.sum() > 0.0 ? values.squaredNorm() / (values.sum() * values.sum())
                              : 1.0 / static_cast<double>(dimensions);
}

/// Means over pairs of blocks that are not neighbours: of (Σ_i u_i(b)·u_i(c))², and of Σ_i (u_i(b)·u_i(c))².
struct PairMeans {
    double ofSum = 0.0, ofIons = 0.0;
};

PairMeans pairMeans(const Eigen::MatrixXd& moves, Eigen::Index dimensions) {
    PairMeans means;
    double pairs = 0.0;
    for (Eigen::Index b = 0; b < moves.cols(); ++b) {
        for (Eigen::Index c = b + 2; c < moves.cols(); ++c) {
            const Eigen::ArrayXd products = moves.col(b).array() * moves.col(c).array();
            const Eigen::ArrayXd dots =
                products.reshaped(dimensions, moves.rows() / dimensions).colwise().sum().transpose();
            means.ofSum += dots.sum() * dots.sum();
            means.ofIons += dots.square().sum();
            pairs += 1.0;
        }
    }
    means.ofSum /= pairs;
    means.ofIons /= pairs;
    return means;
}

/// \param moves  displacements in short blocks: d rows for each carrier
StepStatistics stepStatistics(const Eigen::MatrixXd& moves, std::size_t blockFrames, Eigen::Index d) {
    StepStatistics steps;
    const Eigen::MatrixXd longMoves = longerMoves(moves, shortBlocksInLong(moves.cols()));
    const Eigen::Index blocks = longMoves.cols();
    if (blocks < fewestBlocks || !(longMoves.squaredNorm() > 0.0)) return steps;
    const auto carriers = static_cast<double>(moves.rows() / d);
    double diffusive = 0.0;
    const double alone = carriers * anisotropy(moves, longMoves, d, diffusive);
    const PairMeans apart = pairMeans(longMoves, d);
    // Only pairs of different ions tell of concert; their vibrations are independent and average out.
    const double together =
        std::max(0.0, apart.ofSum - apart.ofIons) / (diffusive / carriers * (diffusive / carriers));
    const double walkers = carriers / static_cast<double>(d);
    steps.concert = std::clamp((alone + together) / walkers, 1.0, carriers * static_cast<double>(d));

    const Eigen::ArrayXd squares = longMoves.colwise().squaredNorm().transpose();
    const double variance = (squares - squares.mean()).square().sum() / static_cast<double>(blocks - 1);
    const double excess = std::max(0.0, variance - 2.0 * apart.ofSum);
    const double longFrames = static_cast<double>(blockFrames) * static_cast<double>(moves.cols() / blocks);
    steps.burst = longFrames * excess / (diffusive * diffusive);
    return steps;
}

}  // namespace

MotionStatistics motionStatistics(const TrajectoryView& view, crystal::Element element,
                                  const Directions& directions) {
    MotionStatistics motion;
    motion.element = element;
    motion.dimensions = directions.dimensions();
    motion.frames = view.positions.size();
    motion.volume = view.volume;
    motion.temperature = view.temperature;
    motion.msd = meanSquaredDisplacement(view, element, -1, directions);
    motion.collective = collectiveDisplacement(view, element, -1, directions);

    const Eigen::Index d = directions.dimensions();
    const auto ions = view.atomsOf(element);
    auto& blocks = motion.blocks;
    blocks.blockFrames = (motion.frames - 1 + mostBlocks - 1) / mostBlocks;
    const Eigen::MatrixXd ends = positionsAtBlockEnds(view, ions, directions, blocks.blockFrames);
    const Eigen::MatrixXd moves = movesBetween(ends), together = movesTogether(moves, d);
    const auto count = static_cast<double>(ions.size());
    blocks.tracer = moves.transpose() * moves / count;
    blocks.collective = together.transpose() * together / count;
    blocks.ionMsd = msdOfEachIon(ends, d);
    motion.tracerSteps = stepStatistics(moves, blocks.blockFrames, d);
    // The centre of charge is one carrier, whatever it consists of.
    motion.collectiveSteps = stepStatistics(together, blocks.blockFrames, d);
    motion.collectiveSteps.concert *= count;
    return motion;
}

}  // namespace ionscape::transport
