// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/row_ops.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

namespace ionscape::potential {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

template <class T>
void addGatheredRows(T* out, const T* source, const std::int64_t* index, std::int64_t rows,
                     std::int64_t width, bool first) {
    for (std::int64_t e = 0; e < rows; ++e) {
        const T* from = source + index[e] * width;
        T* to = out + e * width;
        if (first) {
            for (std::int64_t c = 0; c < width; ++c)
                to[c] = from[c];
        } else {
            for (std::int64_t c = 0; c < width; ++c)
                to[c] += from[c];
        }
    }
}

template <class T>
void scatterRows(T* out, const T* rows, const std::int64_t* index, std::int64_t count, std::int64_t width) {
    for (std::int64_t e = 0; e < count; ++e) {
        T* to = out + index[e] * width;
        const T* from = rows + e * width;
        for (std::int64_t c = 0; c < width; ++c)
            to[c] += from[c];
    }
}

at::Tensor gatherSumRaw(const variable_list& sources, const std::vector<at::Tensor>& indices) {
    const std::int64_t rows = indices.front().numel();
    const std::int64_t width = sources.front().size(1);
    at::Tensor out = at::empty({rows, width}, sources.front().options());
    AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "gatherSum", [&] {
        for (std::size_t k = 0; k < sources.size(); ++k) {
            const at::Tensor source = sources[k].contiguous();
            addGatheredRows(out.data_ptr<scalar_t>(), source.data_ptr<scalar_t>(),
                            indices[k].data_ptr<std::int64_t>(), rows, width, k == 0);
        }
    });
    return out;
}

at::Tensor scatterSumRaw(const at::Tensor& rows, const at::Tensor& index, std::int64_t count) {
    at::Tensor out = at::zeros({count, rows.size(1)}, rows.options());
    const at::Tensor dense = rows.contiguous();
    AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "scatterSum", [&] {
        scatterRows(out.data_ptr<scalar_t>(), dense.data_ptr<scalar_t>(), index.data_ptr<std::int64_t>(),
                    index.numel(), rows.size(1));
    });
    return out;
}

class Gather : public torch::autograd::Function<Gather> {
  public:
    static Variable forward(AutogradContext* context, const Variable& source, const at::Tensor& index) {
        context->saved_data["count"] = source.size(0);
        context->save_for_backward({index});
        return gatherSumRaw({source}, {index});
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        return {scatterSum(gradients[0], saved[0], context->saved_data["count"].toInt()), Variable()};
    }
};

class GatherSum3 : public torch::autograd::Function<GatherSum3> {
  public:
    static Variable forward(AutogradContext* context, const Variable& a, const at::Tensor& indexA,
                            const Variable& b, const at::Tensor& indexB, const Variable& c,
                            const at::Tensor& indexC) {
        context->saved_data["counts"] = std::vector<std::int64_t>{a.size(0), b.size(0), c.size(0)};
        context->save_for_backward({indexA, indexB, indexC});
        return gatherSumRaw({a, b, c}, {indexA, indexB, indexC});
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto indices = context->get_saved_variables();
        const auto counts = context->saved_data["counts"].toIntVector();
        variable_list result;
        for (std::size_t k = 0; k < indices.size(); ++k) {
            result.push_back(scatterSum(gradients[0], indices[k], counts[k]));
            result.emplace_back();
        }
        return result;
    }
};

class ScatterSum : public torch::autograd::Function<ScatterSum> {
  public:
    static Variable forward(AutogradContext* context, const Variable& rows, const at::Tensor& index,
                            std::int64_t count) {
        context->save_for_backward({index});
        return scatterSumRaw(rows, index, count);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        return {gather(gradients[0], saved[0]), Variable(), Variable()};
    }
};

}  // namespace

at::Tensor gather(const at::Tensor& source, const at::Tensor& index) {
    return Gather::apply(source, index);
}

at::Tensor gatherSum(const IndexedRows& a, const IndexedRows& b, const IndexedRows& c) {
    return GatherSum3::apply(a.source, a.index, b.source, b.index, c.source, c.index);
}

at::Tensor scatterSum(const at::Tensor& rows, const at::Tensor& index, long count) {
    return ScatterSum::apply(rows, index, static_cast<std::int64_t>(count));
}

}  // namespace ionscape::potential
