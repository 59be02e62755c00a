// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trajectory/unwrap.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/error.h"

namespace ionscape::trajectory {

namespace {

using io::Wrapping;

/// Share of the cell above which the shortest way is no longer clearly the right one.
constexpr double ambiguous = 0.45;
/// Wrapped coordinates span one cell; some programs wrap late, a little outside.
constexpr double widestWrapped = 1.5;

}  // namespace

void Unwrapper::apply(VectorField& fractional) {
    if (wrapping_ == Wrapping::Unwrapped) return;
    if (frame_ == 0) {
        images_ = VectorField::Zero(3, fractional.cols());
        before_ = fractional;
        low_ = high_ = fractional.col(0);
    }
    low_ = low_.cwiseMin(fractional.rowwise().minCoeff());
    high_ = high_.cwiseMax(fractional.rowwise().maxCoeff());
    for (Eigen::Index atom = 0; atom < fractional.cols(); ++atom) {
        for (int axis = 0; axis < 3; ++axis) {
            const double step = fractional(axis, atom) - before_(axis, atom);
            if (std::abs(step) <= ambiguous) continue;
            if (wrapping_ == Wrapping::Unknown && std::abs(step) > 0.5) decide();
            if (wrapping_ == Wrapping::Unwrapped) return;
            if (wrapping_ == Wrapping::Unknown) continue;
            const double whole = std::round(step);
            if (std::abs(step - whole) > ambiguous) refuse(atom, axis, std::abs(step - whole));
            images_(axis, atom) -= whole;
        }
    }
    if (guessed_ && wrapping_ == Wrapping::Wrapped) {
        for (int axis = 0; axis < 3; ++axis) {
            if (spread(axis) <= widestWrapped) continue;
            throw InputError(fmt::format(
                "frame {}: the positions looked wrapped into the cell, but now they reach over {:.1f} "
                "cells along {}; say whether they are wrapped or unwrapped (--positions)",
                frame_, spread(axis), "abc"[axis]));
        }
    }
    before_ = fractional;
    fractional += images_;
    ++frame_;
}

void Unwrapper::decide() {
    wrapping_ = (high_ - low_).maxCoeff() > widestWrapped ? Wrapping::Unwrapped : Wrapping::Wrapped;
    guessed_ = true;
}

void Unwrapper::refuse(Eigen::Index atom, int axis, double step) const {
    throw InputError(
        fmt::format("frame {}: atom {} ({}) moves by {:.2f} of the cell along {} since the frame before: it "
                    "could as well have "
                    "gone the other way round. Store frames more often, or unwrapped positions{}",
                    frame_, atom + 1, elements_.at(static_cast<std::size_t>(atom)).symbol(), step,
                    "abc"[axis], guessed_ ? " (if these are unwrapped, say so: --positions unwrapped)" : ""));
}

}  // namespace ionscape::trajectory
