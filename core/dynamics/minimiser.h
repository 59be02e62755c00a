// SPDX-License-Identifier: GPL-3.0-or-later
// What finds the way downhill: the next move of a vector of coordinates from the forces on them.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/crystal/structure.h"

namespace ionscape::dynamics {

enum class MinimiserKind { Fire, Lbfgs };
/// "fire", "l-bfgs"; throws InputError listing the names.
MinimiserKind minimiserFromName(const std::string& name);
std::string minimiserName(MinimiserKind kind);
const std::vector<MinimiserKind>& minimisers();

class Minimiser {
  public:
    /// Returns the factor (0, 1] that a proposed move has to be shortened by.
    using Limit = std::function<double(const Eigen::VectorXd&)>;

    virtual ~Minimiser() = default;
    /// The move for the energy (eV) and the force (eV/Å) at the present point, shortened by `limit`; every
    /// move returned is taken to be made.
    virtual Eigen::VectorXd move(double energy, const Eigen::VectorXd& force, const Limit& limit) = 0;
};

/// For a vector of the coordinates of the atoms of `start` (x, y, z of each in turn), then of its cell.
/// Throws InputError for two atoms at one point.
std::unique_ptr<Minimiser> makeMinimiser(MinimiserKind kind, const crystal::Structure& start,
                                         Eigen::Index cellCoordinates);

}  // namespace ionscape::dynamics
