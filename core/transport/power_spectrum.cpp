// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/power_spectrum.h"

#include <fftw3.h>

#include <cmath>

#include "core/base/units.h"
#include "core/transport/fftw_memory.h"

namespace ionscape::transport {

struct PowerSpectrum::Impl {
    explicit Impl(std::size_t length) : segment(length), in(fftwReals(length)), out(fftwReals(length + 2)) {
        for (std::size_t i = 0; i < length; ++i) {
            const double phase =
                2.0 * units::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(length);
            window.push_back(0.5 - 0.5 * std::cos(phase));
        }
        const std::scoped_lock lock(fftwPlannerMutex());
        plan = fftw_plan_dft_r2c_1d(static_cast<int>(length), in.get(),
                                    reinterpret_cast<fftw_complex*>(out.get()), FFTW_ESTIMATE);
    }
    ~Impl() {
        const std::scoped_lock lock(fftwPlannerMutex());
        fftw_destroy_plan(plan);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::size_t segment;
    std::unique_ptr<double[], FftwFree> in, out;
    std::vector<double> window;
    fftw_plan plan = nullptr;
};

PowerSpectrum::PowerSpectrum(std::size_t segment) : impl_(std::make_unique<Impl>(segment)) {}

PowerSpectrum::~PowerSpectrum() = default;

std::vector<double> PowerSpectrum::of(std::span<const double> series) {
    const std::size_t segment = impl_->segment;
    std::vector<double> power(segment / 2 + 1, 0.0);
    const std::size_t step = std::max<std::size_t>(1, segment / 2);
    for (std::size_t start = 0; start + segment <= series.size(); start += step) {
        for (std::size_t i = 0; i < segment; ++i)
            impl_->in[i] = impl_->window[i] * series[start + i];
        fftw_execute(impl_->plan);
        for (std::size_t k = 0; k < power.size(); ++k)
            power[k] += impl_->out[2 * k] * impl_->out[2 * k] + impl_->out[2 * k + 1] * impl_->out[2 * k + 1];
    }
    return power;
}

}  // namespace ionscape::transport
