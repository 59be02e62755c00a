// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/filter_table.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>

namespace ionscape::potential {

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

struct Position {
    std::int64_t interval;
    double fraction;
};

Position locate(double distance, double step) {
    const double at = distance / step;
    const auto interval =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(at), 0, FilterTable::intervals - 1);
    return {interval, at - static_cast<double>(interval)};
}

class Interpolate : public torch::autograd::Function<Interpolate> {
  public:
    static Variable forward(AutogradContext* context, const Variable& distances, const Tensor& coefficients,
                            double step) {
        context->saved_data["step"] = step;
        context->save_for_backward({distances, coefficients});
        const std::int64_t channels = coefficients.size(2);
        const double* r = distances.data_ptr<double>();
        Tensor out = at::empty({distances.numel(), channels}, coefficients.options());
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "interpolate", [&] {
            const scalar_t* table = coefficients.data_ptr<scalar_t>();
            scalar_t* result = out.data_ptr<scalar_t>();
            at::parallel_for(0, distances.numel(), 64, [&](std::int64_t begin, std::int64_t end) {
                for (std::int64_t b = begin; b < end; ++b) {
                    const Position p = locate(r[b], step);
                    const auto t = static_cast<scalar_t>(p.fraction);
                    const scalar_t* a = table + 4 * p.interval * channels;
                    scalar_t* to = result + b * channels;
                    for (std::int64_t c = 0; c < channels; ++c) {
                        to[c] = a[c] +
                                t * (a[channels + c] + t * (a[2 * channels + c] + t * a[3 * channels + c]));
                    }
                }
            });
        });
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const double step = context->saved_data["step"].toDouble();
        const Tensor gradient = gradients[0].contiguous();
        const std::int64_t channels = gradient.size(1);
        const double* r = saved[0].data_ptr<double>();
        Tensor out = at::empty_like(saved[0]);
        double* result = out.data_ptr<double>();
        AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "interpolateBackward", [&] {
            const scalar_t* table = saved[1].data_ptr<scalar_t>();
            const scalar_t* g = gradient.data_ptr<scalar_t>();
            at::parallel_for(0, saved[0].numel(), 64, [&](std::int64_t begin, std::int64_t end) {
                for (std::int64_t b = begin; b < end; ++b) {
                    const Position p = locate(r[b], step);
                    const auto t = static_cast<scalar_t>(p.fraction);
                    const scalar_t* a = table + 4 * p.interval * channels;
                    const scalar_t* from = g + b * channels;
                    scalar_t sum = 0;
                    for (std::int64_t c = 0; c < channels; ++c) {
                        sum += from[c] * (a[channels + c] +
                                          t * (2 * a[2 * channels + c] + 3 * t * a[3 * channels + c]));
                    }
                    result[b] = static_cast<double>(sum) / step;
                }
            });
        });
        return {out, Variable(), Variable()};
    }
};

}  // namespace

FilterTable::FilterTable(double cutoff, const std::function<Samples(const Tensor&)>& function,
                         at::ScalarType dtype)
    : step_(cutoff / static_cast<double>(intervals)) {
    const Samples samples = function(at::arange(intervals + 1, at::kDouble) * step_);
    const auto left = [](const Tensor& knots) { return knots.slice(0, 0, intervals); };
    const auto right = [](const Tensor& knots) { return knots.slice(0, 1, intervals + 1); };
    const Tensor rise = right(samples.values) - left(samples.values);
    const Tensor m0 = left(samples.slopes) * step_, m1 = right(samples.slopes) * step_;
    coefficients_ =
        at::stack({left(samples.values), m0, 3 * rise - 2 * m0 - m1, m0 + m1 - 2 * rise}, 1).to(dtype);
}

Tensor FilterTable::operator()(const Tensor& distances) const {
    return Interpolate::apply(distances.contiguous(), coefficients_, step_);
}

}  // namespace ionscape::potential
