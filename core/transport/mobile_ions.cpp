// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/mobile_ions.h"

#include <fmt/format.h>

#include <Eigen/LU>

#include "core/base/error.h"

namespace ionscape::transport {

MobileIons::MobileIons(const std::vector<crystal::Element>& elements, crystal::Element mobile,
                       bool removeDrift)
    : atomCount_(elements.size()),
      weights_(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(elements.size()))) {
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i] == mobile) {
            ions_.push_back(i);
        } else {
            weights_[static_cast<Eigen::Index>(i)] = elements[i].mass();
        }
    }
    if (ions_.empty()) throw InputError(fmt::format("the trajectory holds no {}", mobile.symbol()));
    const double mass = weights_.sum();
    drift_ = removeDrift && mass > 0.0;
    if (drift_) weights_ /= mass;
    fractional_.resize(3, static_cast<Eigen::Index>(ions_.size()));
}

const VectorField& MobileIons::reduce(const crystal::Lattice& lattice, const VectorField& positions) {
    if (positions.cols() != static_cast<Eigen::Index>(atomCount_)) {
        throw InputError(
            fmt::format("frame {} has {} atoms, the structure {}", frame_, positions.cols(), atomCount_));
    }
    if (!positions.allFinite())
        throw InputError(fmt::format("frame {} holds a position that is not a number", frame_));
    const Mat3 toFractional = lattice.rows().inverse().transpose();
    for (std::size_t i = 0; i < ions_.size(); ++i) {
        fractional_.col(static_cast<Eigen::Index>(i)).noalias() =
            toFractional * positions.col(static_cast<Eigen::Index>(ions_[i]));
    }
    if (drift_) {
        const Vec3 centre = toFractional * (positions * weights_);
        if (frame_ == 0) start_ = centre;
        fractional_.colwise() -= (centre - start_).eval();
    }
    ++frame_;
    return fractional_;
}

}  // namespace ionscape::transport
