// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transport/synthetic_motion.h"

namespace ionscape::transport {

namespace {

constexpr double siteDistance = 2.5;

Vec3 normalVector(RandomStream& random, double sigma) {
    return sigma * Vec3(random.normal(), random.normal(), random.normal());
}

}  // namespace

TrajectoryView emptyView(int ions, double intervalFs) {
    TrajectoryView view;
    const auto li = crystal::Element::fromSymbol("Li");
    view.elements.assign(static_cast<std::size_t>(ions), li);
    view.masses = Eigen::VectorXd::Constant(ions, li.mass());
    view.frameIntervalFs = intervalFs;
    view.lattices = {crystal::Lattice(Mat3(20.0 * Mat3::Identity()))};
    view.volume = 8000.0;
    view.temperature = 1000.0;
    return view;
}

TrajectoryView randomWalk(RandomStream& random, int ions, int frames, double sigma, double intervalFs) {
    TrajectoryView view = emptyView(ions, intervalFs);
    VectorField positions = VectorField::Zero(3, ions);
    for (int t = 0; t < frames; ++t) {
        view.positions.push_back(positions);
        for (Eigen::Index k = 0; k < positions.size(); ++k)
            positions.data()[k] += sigma * random.normal();
    }
    return view;
}

TrajectoryView cageHops(RandomStream& random, int ions, int frames, double hop, double back) {
    constexpr double rattle = 0.2, halfCage = 0.5, vibration = 0.2;
    TrajectoryView view = emptyView(ions);
    VectorField cages = VectorField::Zero(3, ions);
    std::vector<int> last(static_cast<std::size_t>(ions), -1);
    Eigen::VectorXd side = Eigen::VectorXd::Constant(ions, halfCage);
    for (int t = 0; t < frames; ++t) {
        VectorField positions = cages;
        for (Eigen::Index i = 0; i < ions; ++i) {
            positions(i % 3, i) += side[i];
            positions.col(i) += normalVector(random, vibration);
            if (random.uniform() < rattle) side[i] = -side[i];
            if (random.uniform() >= hop) continue;
            // Directions 2k and 2k + 1 are opposite.
            int& previous = last[static_cast<std::size_t>(i)];
            int direction = static_cast<int>(random.below(6));
            if (previous >= 0) {
                if (random.uniform() < back) {
                    direction = previous ^ 1;
                } else {
                    while (direction == (previous ^ 1))
                        direction = static_cast<int>(random.below(6));
                }
            }
            previous = direction;
            cages(direction / 2, i) += direction % 2 == 0 ? siteDistance : -siteDistance;
        }
        view.positions.push_back(positions);
    }
    return view;
}

double cageHopSlope(double hop, double back) {
    const double cosine = (1.0 - 6.0 * back) / 5.0;
    return hop * siteDistance * siteDistance * (1.0 + cosine) / (1.0 - cosine);
}

TrajectoryView rigidGroups(RandomStream& random, int groups, int groupSize, int frames, double sigma,
                           double vibration) {
    const int ions = groups * groupSize;
    TrajectoryView view = emptyView(ions);
    VectorField centres = VectorField::Zero(3, groups);
    for (int t = 0; t < frames; ++t) {
        VectorField positions(3, ions);
        for (Eigen::Index i = 0; i < ions; ++i)
            positions.col(i) = centres.col(i / groupSize) + normalVector(random, vibration);
        view.positions.push_back(positions);
        for (Eigen::Index g = 0; g < groups; ++g)
            centres.col(g) += normalVector(random, sigma);
    }
    return view;
}

}  // namespace ionscape::transport
