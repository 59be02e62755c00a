// SPDX-License-Identifier: GPL-3.0-or-later
// The fused operations against the same formulas composed of LibTorch's own, values and first and second
// derivatives.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QTest>

#include "core/potential/gated_ops.h"
#include "core/potential/row_ops.h"

using at::Tensor;
using namespace ionscape::potential;

namespace {

Tensor composed(const Tensor& stacked, const Tensor& scale, const Tensor& shift) {
    const auto h = stacked.size(1) / 2;
    Tensor c = stacked.narrow(1, 0, h), g = stacked.narrow(1, h, h);
    if (scale.defined()) {
        c = at::layer_norm(c, {h}, scale.narrow(0, 0, h), shift.narrow(0, 0, h), 1e-5);
        g = at::layer_norm(g, {h}, scale.narrow(0, h, h), shift.narrow(0, h, h), 1e-5);
    }
    return at::silu(c) * at::sigmoid(g);
}

Tensor random(at::IntArrayRef shape) {
    return at::randn(shape, at::kDouble);
}

/// Values, gradients, and gradients of a function of the gradient, as training on forces needs them.
template <class Function>
std::vector<Tensor> derivatives(const Function& function, Tensor x, std::vector<Tensor> parameters) {
    x = x.clone().requires_grad_();
    std::vector<Tensor> inputs{x};
    for (Tensor& p : parameters) {
        p = p.clone().requires_grad_();
        inputs.push_back(p);
    }
    const Tensor y = function(x, parameters);
    const Tensor weight = at::arange(y.numel(), at::kDouble).view(y.sizes()).cos();
    const Tensor energy = (y * weight).sum();
    const Tensor force = torch::autograd::grad({energy}, {x}, {}, true, true)[0];
    const Tensor loss = (force * force * force).sum() + (y * y).sum();
    std::vector<Tensor> result{y.detach(), force.detach()};
    for (const Tensor& g : torch::autograd::grad({loss}, inputs))
        result.push_back(g);
    return result;
}

void compare(const std::vector<Tensor>& a, const std::vector<Tensor>& b) {
    QCOMPARE(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double error = (a[i] - b[i]).abs().max().item<double>();
        const double scale = b[i].abs().max().item<double>();
        QVERIFY2(error < 1e-9 * std::max(1.0, scale),
                 qPrintable(QString("quantity %1: %2").arg(i).arg(error)));
    }
}

}  // namespace

class TestGatedOps : public QObject {
    Q_OBJECT

  private Q_SLOTS:
    void initTestCase() { at::manual_seed(5); }
    void siluMatches();
    void gatedActivationMatches_data();
    void gatedActivationMatches();
    void rowOperationsMatch();
};

void TestGatedOps::siluMatches() {
    const Tensor x = random({6, 5});
    compare(derivatives([](const Tensor& v, auto&) { return siluActivation(v); }, x, {}),
            derivatives([](const Tensor& v, auto&) { return at::silu(v); }, x, {}));
}

void TestGatedOps::gatedActivationMatches_data() {
    QTest::addColumn<int>("width");
    QTest::addColumn<bool>("norm");
    for (const int width : {1, 3, 8, 33}) {
        QTest::addRow("width %d", width) << width << true;
        QTest::addRow("width %d, no norm", width) << width << false;
    }
}

void TestGatedOps::gatedActivationMatches() {
    QFETCH(int, width);
    QFETCH(bool, norm);
    const Tensor x = random({7, 2 * width}) * 2.0;
    std::vector<Tensor> parameters;
    if (norm) parameters = {random({2 * width}), random({2 * width})};
    const auto with = [](auto operation) {
        return [operation](const Tensor& v, const std::vector<Tensor>& p) {
            return p.empty() ? operation(v, Tensor(), Tensor()) : operation(v, p[0], p[1]);
        };
    };
    compare(derivatives(with(gatedActivation), x, parameters), derivatives(with(composed), x, parameters));
}

void TestGatedOps::rowOperationsMatch() {
    const Tensor a = at::tensor({0, 2, 1, 2, 0}, at::kLong), b = at::tensor({3, 3, 0, 1, 2}, at::kLong);
    const Tensor x = random({3, 4}), other = random({4, 4});
    compare(derivatives(
                [&](const Tensor& v, auto& p) {
                    const Tensor rows = gatherSum({v, a}, {p[0], b}, {v, a});
                    return scatterSum(rows * rows, b, 4) + gather(rows, a.narrow(0, 0, 4)).sin();
                },
                x, {other}),
            derivatives(
                [&](const Tensor& v, auto& p) {
                    const Tensor rows = v.index_select(0, a) + p[0].index_select(0, b) + v.index_select(0, a);
                    return at::zeros({4, 4}, at::kDouble).index_add(0, b, rows * rows) +
                           rows.index_select(0, a.narrow(0, 0, 4)).sin();
                },
                x, {other}));
}

QTEST_APPLESS_MAIN(TestGatedOps)
#include "test_gated_ops.moc"
