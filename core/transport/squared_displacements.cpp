// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/squared_displacements.h"

#include <fftw3.h>

#include <Eigen/Core>
#include <algorithm>
#include <mutex>

#include "core/transport/fftw_memory.h"

namespace ionscape::transport {

namespace {

bool isSmooth(std::size_t n) {
    for (const std::size_t factor : {2, 3, 5, 7}) {
        while (n % factor == 0)
            n /= factor;
    }
    return n == 1;
}

/// Twice the length, so that the ends do not wrap round; FFTW is fast for small prime factors.
std::size_t paddedLength(std::size_t frames) {
    std::size_t length = 2 * frames;
    while (!isSmooth(length))
        ++length;
    return length;
}

}  // namespace

struct SquaredDisplacements::Impl {
    explicit Impl(std::size_t count)
        : frames(count),
          length(paddedLength(count)),
          padded(fftwReals(length)),
          spectrum(fftwReals(length + 2)),
          square(Eigen::ArrayXd::Zero(static_cast<Eigen::Index>(count))),
          power(length / 2 + 1, 0.0) {
        const std::scoped_lock lock(fftwPlannerMutex());
        forward = fftw_plan_dft_r2c_1d(static_cast<int>(length), padded.get(), complexes(), FFTW_ESTIMATE);
        back = fftw_plan_dft_c2r_1d(static_cast<int>(length), complexes(), padded.get(), FFTW_ESTIMATE);
    }
    ~Impl() {
        const std::scoped_lock lock(fftwPlannerMutex());
        fftw_destroy_plan(forward);
        fftw_destroy_plan(back);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::size_t frames, length;
    fftw_complex* complexes() const { return reinterpret_cast<fftw_complex*>(spectrum.get()); }

    std::unique_ptr<double[], FftwFree> padded, spectrum;
    /// Σ over series of x(t)², and of |X(k)|².
    Eigen::ArrayXd square;
    std::vector<double> power;
    fftw_plan forward = nullptr, back = nullptr;
};

SquaredDisplacements::SquaredDisplacements(std::size_t frames) : impl_(std::make_unique<Impl>(frames)) {}

SquaredDisplacements::~SquaredDisplacements() = default;

void SquaredDisplacements::add(std::span<const double> series) {
    const auto frames = static_cast<Eigen::Index>(impl_->frames);
    const Eigen::Map<const Eigen::ArrayXd> given(series.data(), frames);
    // Differences do not depend on the origin, but their precision does: the mean position makes it best.
    const double mean = series[0] + (given - series[0]).mean();
    Eigen::Map<Eigen::ArrayXd> x(impl_->padded.get(), frames);
    x = given - mean;
    impl_->square += x.square();
    fftw_execute(impl_->forward);
    const fftw_complex* spectrum = impl_->complexes();
    for (std::size_t k = 0; k < impl_->power.size(); ++k)
        impl_->power[k] += spectrum[k][0] * spectrum[k][0] + spectrum[k][1] * spectrum[k][1];
}

std::vector<double> SquaredDisplacements::meansOverOrigins(std::size_t lags) const {
    const std::size_t frames = impl_->frames;
    // The transform back overwrites both buffers.
    for (std::size_t k = 0; k < impl_->power.size(); ++k) {
        impl_->complexes()[k][0] = impl_->power[k];
        impl_->complexes()[k][1] = 0.0;
    }
    fftw_execute(impl_->back);
    const double* correlation = impl_->padded.get();
    // before[t] = Σ over frames before t of x², so that both ends of the sum come from differences.
    std::vector<double> before{0.0};
    for (const double value : impl_->square)
        before.push_back(before.back() + value);
    std::vector<double> means(lags, 0.0);
    for (std::size_t m = 1; m < lags; ++m) {
        const double sum = before[frames - m] + (before[frames] - before[m]) -
                           2.0 * correlation[m] / static_cast<double>(impl_->length);
        // Rounding may leave a tiny negative number where nothing moves.
        means[m] = std::max(0.0, sum / static_cast<double>(frames - m));
    }
    std::fill(impl_->padded.get() + frames, impl_->padded.get() + impl_->length, 0.0);
    return means;
}

}  // namespace ionscape::transport
