// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/msd.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <unsupported/Eigen/FFT>

#include "core/base/error.h"

namespace ionscape::transport {

namespace {

std::vector<Eigen::Index> atomsOf(const TrajectoryView& view, crystal::Element element) {
    std::vector<Eigen::Index> atoms;
    for (std::size_t i = 0; i < view.elements.size(); ++i) {
        if (view.elements[i] == element) atoms.push_back(static_cast<Eigen::Index>(i));
    }
    return atoms;
}

bool isSmooth(std::size_t n) {
    for (const std::size_t factor : {2, 3, 5}) {
        while (n % factor == 0)
            n /= factor;
    }
    return n == 1;
}

/// Σ over atoms and axes of the autocorrelation Σ_t x(t) x(t+m). Two real series travel as one complex one
/// (the real part of its autocorrelation is the sum of theirs), and all power spectra share one transform
/// back.
class Autocorrelation {
  public:
    explicit Autocorrelation(std::size_t frames) {
        // Twice the length, so that the ends do not wrap round; kissfft is fast for factors 2, 3 and 5.
        length_ = 2 * frames;
        while (!isSmooth(length_))
            ++length_;
        power_.assign(length_, 0.0);
    }

    void add(const std::vector<double>& series) {
        auto& half = pending_ ? second_ : first_;
        half = series;
        pending_ = !pending_;
        if (!pending_) transform();
    }

    std::vector<double> result(std::size_t lags) {
        if (pending_) {
            second_.assign(first_.size(), 0.0);
            pending_ = false;
            transform();
        }
        std::vector<std::complex<double>> spectrum(power_.begin(), power_.end()), back;
        fft_.inv(back, spectrum);
        std::vector<double> values(lags);
        for (std::size_t m = 0; m < lags; ++m)
            values[m] = back[m].real();
        return values;
    }

  private:
    void transform() {
        packed_.assign(length_, 0.0);
        for (std::size_t t = 0; t < first_.size(); ++t)
            packed_[t] = {first_[t], second_[t]};
        fft_.fwd(spectrum_, packed_);
        for (std::size_t k = 0; k < length_; ++k)
            power_[k] += std::norm(spectrum_[k]);
    }

    std::size_t length_ = 2;
    bool pending_ = false;
    std::vector<double> first_, second_, power_;
    std::vector<std::complex<double>> packed_, spectrum_;
    Eigen::FFT<double> fft_;
};

}  // namespace

TrajectoryView makeTrajectoryView(const crystal::Structure& initial,
                                  const std::vector<trajectory::Frame>& frames) {
    if (frames.size() < 2) {
        throw InputError(
            fmt::format("a trajectory of {} frames has no displacement; two are needed", frames.size()));
    }
    TrajectoryView view;
    view.elements = initial.elements;
    view.masses = initial.masses();
    view.frameIntervalFs =
        (frames.back().timeFs - frames.front().timeFs) / static_cast<double>(frames.size() - 1);
    if (!(view.frameIntervalFs > 0.0))
        throw InputError("the frames of the trajectory are not in order of time");
    view.positions.reserve(frames.size());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto& frame = frames[i];
        if (frame.positions.cols() != static_cast<Eigen::Index>(initial.size())) {
            throw InputError(fmt::format("frame {} has {} atoms, the structure {}", i, frame.positions.cols(),
                                         initial.size()));
        }
        const double expected = frames.front().timeFs + static_cast<double>(i) * view.frameIntervalFs;
        if (!(std::abs(frame.timeFs - expected) <= 1e-3 * view.frameIntervalFs)) {
            throw InputError(
                fmt::format("frame {} (step {}) is at {} fs, {} fs is expected for even spacing: resample "
                            "the trajectory",
                            i, frame.step, frame.timeFs, expected));
        }
        view.positions.push_back(frame.positions);
        view.volume += frame.lattice.volume();
        view.temperature += frame.temperature;
    }
    view.volume /= static_cast<double>(frames.size());
    view.temperature /= static_cast<double>(frames.size());
    return view;
}

void removeFrameworkDrift(TrajectoryView& view, crystal::Element mobile) {
    Eigen::VectorXd weights = view.masses;
    for (const auto atom : atomsOf(view, mobile))
        weights[atom] = 0.0;
    const double total = weights.sum();
    if (!(total > 0.0)) {
        throw InputError(fmt::format("all atoms are {}: there is no framework whose drift could be removed",
                                     mobile.symbol()));
    }
    weights /= total;
    if (view.positions.empty()) return;
    const VectorField start = view.positions.front();
    for (auto& positions : view.positions) {
        const Vec3 drift = (positions - start) * weights;
        positions.colwise() -= drift;
    }
}

MsdCurve meanSquaredDisplacement(const TrajectoryView& view, crystal::Element element, long maxLagFrames) {
    const auto atoms = atomsOf(view, element);
    const std::size_t frames = view.positions.size();
    if (atoms.empty()) throw InputError(fmt::format("the trajectory holds no {}", element.symbol()));
    if (frames < 2) throw InputError("a trajectory needs two frames for a displacement");
    const std::size_t lags =
        maxLagFrames < 0 ? frames : std::min(frames, static_cast<std::size_t>(maxLagFrames) + 1);

    Autocorrelation products(frames);
    std::vector<double> series(frames), square(frames, 0.0);
    for (const auto atom : atoms) {
        for (Eigen::Index axis = 0; axis < 3; ++axis) {
            // MSD does not depend on the origin, but its precision does: the mean position makes it best.
            double mean = 0.0;
            for (std::size_t t = 0; t < frames; ++t)
                series[t] = view.positions[t](axis, atom);
            for (const double x : series)
                mean += (x - series[0]) / static_cast<double>(frames);
            mean += series[0];
            for (std::size_t t = 0; t < frames; ++t) {
                series[t] -= mean;
                square[t] += series[t] * series[t];
            }
            products.add(series);
        }
    }
    // squares[t] = Σ over frames before t of |r|², so that both ends of the sum come from differences.
    std::vector<double> squares{0.0};
    for (const double value : square)
        squares.push_back(squares.back() + value);
    const auto correlation = products.result(lags);

    MsdCurve curve;
    curve.ions = atoms.size();
    for (std::size_t m = 0; m < lags; ++m) {
        const double sum = squares[frames - m] + (squares[frames] - squares[m]) - 2.0 * correlation[m];
        curve.lagFs.push_back(static_cast<double>(m) * view.frameIntervalFs);
        const double origins = static_cast<double>(frames - m) * static_cast<double>(atoms.size());
        // Rounding may leave a tiny negative number where nothing moves.
        curve.msd.push_back(m == 0 ? 0.0 : std::max(0.0, sum / origins));
    }
    return curve;
}

}  // namespace ionscape::transport
