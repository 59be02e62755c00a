// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/gated_ops.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "core/potential/gated_kernels.h"

namespace ionscape::potential {

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Calls body(T{}) with the tensor's scalar type.
template <class Body>
void dispatch(const Tensor& tensor, const Body& body) {
    tensor.scalar_type() == at::kDouble ? body(double{}) : body(float{});
}

class SiluBackward : public Function<SiluBackward> {
  public:
    static Variable forward(AutogradContext* context, const Variable& dy, const Variable& x,
                            const Tensor& sigmoid) {
        const Tensor gradient = dy.contiguous();
        context->save_for_backward({gradient, x, sigmoid});
        Tensor dx = at::empty_like(x);
        dispatch(x, [&](auto t) {
            using T = decltype(t);
            kernels::siluBackward<T>(x.numel(), x.data_ptr<T>(), sigmoid.data_ptr<T>(),
                                     gradient.data_ptr<T>(), dx.data_ptr<T>());
        });
        return dx;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &dy = saved[0], &x = saved[1], &sigmoid = saved[2];
        const Tensor p = gradients[0].contiguous();
        Tensor ddy = at::empty_like(x), ddx = at::empty_like(x);
        dispatch(x, [&](auto t) {
            using T = decltype(t);
            kernels::siluSecondBackward<T>(x.numel(), x.data_ptr<T>(), sigmoid.data_ptr<T>(),
                                           dy.data_ptr<T>(), p.data_ptr<T>(), ddy.data_ptr<T>(),
                                           ddx.data_ptr<T>());
        });
        return {ddy, ddx, Variable()};
    }
};

class Silu : public Function<Silu> {
  public:
    static Variable forward(AutogradContext* context, const Variable& input) {
        const Tensor x = input.contiguous();
        const Tensor sigmoid = at::sigmoid(x);
        context->save_for_backward({x, sigmoid});
        return x * sigmoid;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        return {SiluBackward::apply(gradients[0], saved[0], saved[1])};
    }
};

template <class T>
kernels::GatedShape<T> shapeOf(const Tensor& stacked, const Tensor& scale, const Tensor& shift) {
    const bool norm = scale.numel() > 0;
    return {stacked.size(0), stacked.size(1) / 2, norm ? scale.data_ptr<T>() : nullptr,
            norm ? shift.data_ptr<T>() : nullptr};
}

template <class T>
kernels::GatedSaved<T> savedOf(const Tensor& xHat, const Tensor& deviation, const Tensor& affine,
                               const Tensor& sigmoid) {
    return {xHat.data_ptr<T>(), deviation.data_ptr<T>(), affine.data_ptr<T>(), sigmoid.data_ptr<T>()};
}

/// dx of GatedActivation, differentiable once more. Inputs: dy, stacked (for its edge in the graph), scale,
/// shift, and what forward left behind.
class GatedBackward : public Function<GatedBackward> {
  public:
    static Variable forward(AutogradContext* context, const Variable& dy, const Variable& stacked,
                            const Variable& scale, const Variable& shift, const Tensor& xHat,
                            const Tensor& deviation, const Tensor& affine, const Tensor& sigmoid) {
        const Tensor gradient = dy.contiguous();
        context->save_for_backward({gradient, scale, shift, xHat, deviation, affine, sigmoid});
        Tensor dx = at::empty_like(affine);
        dispatch(stacked, [&](auto t) {
            using T = decltype(t);
            kernels::gatedBackward<T>(shapeOf<T>(affine, scale, shift),
                                      savedOf<T>(xHat, deviation, affine, sigmoid), gradient.data_ptr<T>(),
                                      dx.data_ptr<T>(), nullptr, nullptr);
        });
        return dx;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &dy = saved[0], &scale = saved[1], &shift = saved[2], &affine = saved[5];
        const Tensor p = gradients[0].contiguous();
        Tensor ddy = at::empty_like(dy), ddx = at::empty_like(affine);
        Tensor dScale = at::zeros_like(scale), dShift = at::zeros_like(shift);
        dispatch(affine, [&](auto t) {
            using T = decltype(t);
            const bool norm = scale.numel() > 0;
            kernels::gatedSecondBackward<T>(
                shapeOf<T>(affine, scale, shift), savedOf<T>(saved[3], saved[4], affine, saved[6]),
                dy.data_ptr<T>(), p.data_ptr<T>(), ddy.data_ptr<T>(), ddx.data_ptr<T>(),
                norm ? dScale.data_ptr<T>() : nullptr, norm ? dShift.data_ptr<T>() : nullptr);
        });
        return {ddy, ddx, dScale, dShift, Variable(), Variable(), Variable(), Variable()};
    }
};

class GatedActivation : public Function<GatedActivation> {
  public:
    static Variable forward(AutogradContext* context, const Variable& input, const Variable& scale,
                            const Variable& shift) {
        const Tensor x = input.contiguous();
        const bool norm = scale.numel() > 0;
        Tensor xHat = norm ? at::empty_like(x) : at::empty({0}, x.options());
        Tensor deviation = at::empty({norm ? x.size(0) : 0, 2}, x.options());
        Tensor affine = norm ? at::empty_like(x) : x;
        Tensor y = at::empty({x.size(0), x.size(1) / 2}, x.options());
        Tensor sigmoid;
        dispatch(x, [&](auto t) {
            using T = decltype(t);
            const auto shape = shapeOf<T>(x, scale, shift);
            if (norm) {
                kernels::normalise<T>(shape, x.data_ptr<T>(), xHat.data_ptr<T>(), deviation.data_ptr<T>(),
                                      affine.data_ptr<T>());
            }
            sigmoid = at::sigmoid(affine);
            kernels::gate<T>(shape, affine.data_ptr<T>(), sigmoid.data_ptr<T>(), y.data_ptr<T>());
        });
        context->save_for_backward({input, scale, shift, xHat, deviation, affine, sigmoid});
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor &input = saved[0], &scale = saved[1], &shift = saved[2], &affine = saved[5];
        if (at::GradMode::is_enabled()) {
            return {
                GatedBackward::apply(gradients[0], input, scale, shift, saved[3], saved[4], affine, saved[6]),
                Variable(), Variable()};
        }
        const Tensor dy = gradients[0].contiguous();
        Tensor dx = at::empty_like(affine), dScale = at::zeros_like(scale), dShift = at::zeros_like(shift);
        dispatch(affine, [&](auto t) {
            using T = decltype(t);
            const bool norm = scale.numel() > 0;
            kernels::gatedBackward<T>(shapeOf<T>(affine, scale, shift),
                                      savedOf<T>(saved[3], saved[4], affine, saved[6]), dy.data_ptr<T>(),
                                      dx.data_ptr<T>(), norm ? dScale.data_ptr<T>() : nullptr,
                                      norm ? dShift.data_ptr<T>() : nullptr);
        });
        return {dx, dScale, dShift};
    }
};

}  // namespace

Tensor siluActivation(const Tensor& x) {
    return Silu::apply(x);
}

Tensor gatedActivation(const Tensor& stacked, const Tensor& scale, const Tensor& shift) {
    const Tensor none = at::empty({0}, stacked.options());
    return GatedActivation::apply(stacked, scale.defined() ? scale : none, shift.defined() ? shift : none);
}

}  // namespace ionscape::potential
