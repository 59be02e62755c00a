// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/tensornet_ops.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>

namespace ionscape::potential::tensornet {

namespace {

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// The graph must outlive the backward pass; it travels as an address.
std::int64_t addressOf(const BondGraph& graph) {
    return reinterpret_cast<std::int64_t>(&graph);
}
const BondGraph& graphAt(const c10::IValue& address) {
    return *reinterpret_cast<const BondGraph*>(address.toInt());
}

/// Antisymmetric components change sign with the direction of the bond.
template <class T>
T directed(T coefficient, int k, std::int64_t sign) {
    return kindOf[k] == 1 && sign < 0 ? -coefficient : coefficient;
}

/// One block of rows: `grain` atoms or bonds a task.
template <class Body>
void forRows(std::int64_t rows, const Body& body) {
    at::parallel_for(0, rows, 16, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            body(row);
    });
}

template <class T>
void addMessages(T* out, const T* filters, const T* features, std::int64_t channels, const BondGraph& graph) {
    const std::int64_t atoms = graph.atoms();
    forRows(atoms, [&](std::int64_t n) {
        for (std::int64_t e = graph.start[n]; e < graph.start[n + 1]; ++e) {
            const T* filter = filters + graph.endBond[e] * kinds * channels;
            const std::int64_t m = graph.endOther[e];
            for (int k = 0; k < components; ++k) {
                const T* w = filter + kindOf[k] * channels;
                const T* from = features + (k * atoms + m) * channels;
                T* to = out + (k * atoms + n) * channels;
                for (std::int64_t c = 0; c < channels; ++c)
                    to[c] += w[c] * from[c];
            }
        }
    });
}

/// d/d filters of sum(gradient · messages).
template <class T>
void addMessageFilterGradient(T* out, const T* gradient, const T* features, std::int64_t channels,
                              const BondGraph& graph) {
    const std::int64_t atoms = graph.atoms();
    forRows(graph.bonds(), [&](std::int64_t b) {
        const std::int64_t i = graph.first[b], j = graph.second[b];
        for (int k = 0; k < components; ++k) {
            T* to = out + (b * kinds + kindOf[k]) * channels;
            const T* gi = gradient + (k * atoms + i) * channels;
            const T* gj = gradient + (k * atoms + j) * channels;
            const T* xi = features + (k * atoms + i) * channels;
            const T* xj = features + (k * atoms + j) * channels;
            for (std::int64_t c = 0; c < channels; ++c)
                to[c] += gi[c] * xj[c] + gj[c] * xi[c];
        }
    });
}

/// The constant factors of an embedding, per atom.
template <class T>
struct Species {
    const T* fromOther;
    const T* fromSelf;
};

template <class T>
void addEmbedding(T* out, const T* filters, const T* tensors, Species<T> species, std::int64_t channels,
                  const BondGraph& graph) {
    const std::int64_t atoms = graph.atoms();
    forRows(atoms, [&](std::int64_t n) {
        std::vector<T> product(static_cast<std::size_t>(kinds * channels));
        const T* self = species.fromSelf + n * channels;
        for (std::int64_t e = graph.start[n]; e < graph.start[n + 1]; ++e) {
            const std::int64_t bond = graph.endBond[e];
            const T* filter = filters + bond * kinds * channels;
            const T* other = species.fromOther + graph.endOther[e] * channels;
            for (int t = 0; t < kinds; ++t) {
                T* to = product.data() + t * channels;
                for (std::int64_t c = 0; c < channels; ++c)
                    to[c] = filter[t * channels + c] * (other[c] + self[c]);
            }
            for (int k = 0; k < components; ++k) {
                const T y = directed(tensors[bond * components + k], k, graph.endSign[e]);
                const T* from = product.data() + kindOf[k] * channels;
                T* to = out + (k * atoms + n) * channels;
                for (std::int64_t c = 0; c < channels; ++c)
                    to[c] += y * from[c];
            }
        }
    });
}

template <class T>
struct EmbeddingGradient {
    T* filters;
    T* tensors;
};

template <class T>
void addEmbeddingGradient(EmbeddingGradient<T> out, const T* gradient, const T* filters, const T* tensors,
                          Species<T> species, std::int64_t channels, const BondGraph& graph) {
    const std::int64_t atoms = graph.atoms();
    forRows(graph.bonds(), [&](std::int64_t b) {
        const std::int64_t ends[2][2] = {{graph.first[b], graph.second[b]},
                                         {graph.second[b], graph.first[b]}};
        for (int side = 0; side < 2; ++side) {
            const auto [n, m] = ends[side];
            const std::int64_t sign = side == 0 ? -1 : 1;
            const T* other = species.fromOther + m * channels;
            const T* self = species.fromSelf + n * channels;
            for (int k = 0; k < components; ++k) {
                const T* g = gradient + (k * atoms + n) * channels;
                const T* w = filters + (b * kinds + kindOf[k]) * channels;
                T* dw = out.filters + (b * kinds + kindOf[k]) * channels;
                const T y = directed(tensors[b * components + k], k, sign);
                T sum = 0;
                for (std::int64_t c = 0; c < channels; ++c) {
                    const T zg = (other[c] + self[c]) * g[c];
                    dw[c] += y * zg;
                    sum += w[c] * zg;
                }
                out.tensors[b * components + k] += directed(sum, k, sign);
            }
        }
    });
}

class EmbedBonds : public Function<EmbedBonds> {
  public:
    static Variable forward(AutogradContext* context, const Variable& filters, const Variable& tensors,
                            const Tensor& fromOther, const Tensor& fromSelf, std::int64_t graph) {
        context->saved_data["graph"] = graph;
        const Tensor w = filters.contiguous(), y = tensors.contiguous();
        context->save_for_backward({w, y, fromOther, fromSelf});
        const std::int64_t channels = fromSelf.size(1);
        Tensor out = at::zeros({components, fromSelf.size(0), channels}, fromSelf.options());
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "embedBonds", [&] {
            addEmbedding<scalar_t>(out.data_ptr<scalar_t>(), w.data_ptr<scalar_t>(), y.data_ptr<scalar_t>(),
                                   {fromOther.data_ptr<scalar_t>(), fromSelf.data_ptr<scalar_t>()}, channels,
                                   graphAt(graph));
        });
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor gradient = gradients[0].contiguous();
        Tensor filters = at::zeros_like(saved[0]), tensors = at::zeros_like(saved[1]);
        AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "embedBondsBackward", [&] {
            addEmbeddingGradient<scalar_t>({filters.data_ptr<scalar_t>(), tensors.data_ptr<scalar_t>()},
                                           gradient.data_ptr<scalar_t>(), saved[0].data_ptr<scalar_t>(),
                                           saved[1].data_ptr<scalar_t>(),
                                           {saved[2].data_ptr<scalar_t>(), saved[3].data_ptr<scalar_t>()},
                                           saved[3].size(1), graphAt(context->saved_data["graph"]));
        });
        return {filters, tensors, Variable(), Variable(), Variable()};
    }
};

class SumMessages : public Function<SumMessages> {
  public:
    static Variable forward(AutogradContext* context, const Variable& filters, const Variable& features,
                            std::int64_t graph) {
        context->saved_data["graph"] = graph;
        const Tensor w = filters.contiguous(), x = features.contiguous();
        context->save_for_backward({w, x});
        return sum(w, x, graphAt(graph));
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const BondGraph& graph = graphAt(context->saved_data["graph"]);
        const Tensor gradient = gradients[0].contiguous();
        Tensor filters = at::zeros_like(saved[0]);
        AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "sumMessagesBackward", [&] {
            addMessageFilterGradient(filters.data_ptr<scalar_t>(), gradient.data_ptr<scalar_t>(),
                                     saved[1].data_ptr<scalar_t>(), gradient.size(2), graph);
        });
        // A bond carries the same filter in both directions, so that the sum is its own adjoint.
        return {filters, sum(saved[0], gradient, graph), Variable()};
    }

    static Tensor sum(const Tensor& filters, const Tensor& features, const BondGraph& graph) {
        Tensor out = at::zeros_like(features);
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "sumMessages", [&] {
            addMessages(out.data_ptr<scalar_t>(), filters.data_ptr<scalar_t>(), features.data_ptr<scalar_t>(),
                        features.size(2), graph);
        });
        return out;
    }
};

/// out[3 i + j] += Σ_k a(i, k) b(k, j), with strides that also give the transposes.
struct Strides {
    int row, column;
};
template <class T>
void addProducts(T* out, const T* a, Strides sa, const T* b, Strides sb, std::int64_t count) {
    constexpr std::int64_t block = 512;
    forRows((count + block - 1) / block, [&](std::int64_t chunk) {
        const std::int64_t begin = chunk * block, end = std::min(count, begin + block);
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j) {
                T* to = out + (3 * i + j) * count;
                for (int k = 0; k < 3; ++k) {
                    const T* x = a + (sa.row * i + sa.column * k) * count;
                    const T* y = b + (sb.row * k + sb.column * j) * count;
                    for (std::int64_t c = begin; c < end; ++c)
                        to[c] += x[c] * y[c];
                }
            }
        }
    });
}

constexpr Strides plain{3, 1};
constexpr Strides transposed{1, 3};

class MultiplyMatrices : public Function<MultiplyMatrices> {
  public:
    static Variable forward(AutogradContext* context, const Variable& a, const Variable& b) {
        const Tensor x = a.contiguous(), y = b.contiguous();
        context->save_for_backward({x, y});
        return product(x, plain, y, plain);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const Tensor g = gradients[0].contiguous();
        return {product(g, plain, saved[1], transposed), product(saved[0], transposed, g, plain)};
    }

  private:
    static Tensor product(const Tensor& a, Strides sa, const Tensor& b, Strides sb) {
        Tensor out = at::zeros_like(a);
        AT_DISPATCH_FLOATING_TYPES(out.scalar_type(), "multiplyMatrices", [&] {
            addProducts(out.data_ptr<scalar_t>(), a.data_ptr<scalar_t>(), sa, b.data_ptr<scalar_t>(), sb,
                        a.numel() / components);
        });
        return out;
    }
};

}  // namespace

Tensor basisMatrix() {
    Tensor basis = at::zeros({components, components}, at::kDouble);
    auto entry = basis.accessor<double, 2>();
    const double half = std::sqrt(0.5);
    const auto set = [&](int row, int column, int k, double value) { entry[3 * row + column][k] = value; };
    for (int d = 0; d < 3; ++d) {
        set(d, d, 0, std::sqrt(1.0 / 3.0));
        const int e = (d + 1) % 3, f = (d + 2) % 3;
        set(f, e, 1 + d, half);  // cross-product matrix: (v ×)_zy = v_x
        set(e, f, 1 + d, -half);
        set(d, d, 8, d == 2 ? std::sqrt(2.0 / 3.0) : -std::sqrt(1.0 / 6.0));
    }
    const int pairs[3][2] = {{0, 1}, {0, 2}, {1, 2}};
    for (int p = 0; p < 3; ++p) {
        set(pairs[p][0], pairs[p][1], 4 + p, half);
        set(pairs[p][1], pairs[p][0], 4 + p, half);
    }
    set(0, 0, 7, half);
    set(1, 1, 7, -half);
    return basis;
}

Tensor bondTensors(const Tensor& unit) {
    const Tensor x = unit.select(1, 0), y = unit.select(1, 1), z = unit.select(1, 2);
    const double root2 = std::sqrt(2.0);
    return at::stack(
        {at::full_like(x, std::sqrt(3.0)), root2 * x, root2 * y, root2 * z, root2 * x * y, root2 * x * z,
         root2 * y * z, (x * x - y * y) / root2, (2 * z * z - x * x - y * y) / std::sqrt(6.0)},
        1);
}

Tensor embedBonds(const Tensor& filters, const Tensor& tensors, const Tensor& fromOther,
                  const Tensor& fromSelf, const BondGraph& graph) {
    return EmbedBonds::apply(filters, tensors, fromOther.contiguous(), fromSelf.contiguous(),
                             addressOf(graph));
}

Tensor sumMessages(const Tensor& filters, const Tensor& features, const BondGraph& graph) {
    return SumMessages::apply(filters, features, addressOf(graph));
}

Tensor multiplyMatrices(const Tensor& a, const Tensor& b) {
    return MultiplyMatrices::apply(a, b);
}

}  // namespace ionscape::potential::tensornet
