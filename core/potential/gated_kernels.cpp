// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/gated_kernels.h"

#include <cmath>

// One binary, three versions of each loop: the loader picks what the processor has.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__)
#define IONSCAPE_VECTOR_CLONES \
    __attribute__((target_clones("arch=skylake-avx512", "arch=haswell", "default")))
#else
#define IONSCAPE_VECTOR_CLONES
#endif

namespace ionscape::potential::kernels {

namespace {

constexpr double epsilon = 1e-5;

template <class T>
inline T mean(const T* a, std::int64_t n) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t k = 0; k < n; ++k)
        sum += a[k];
    return sum / T(n);
}

template <class T>
inline T meanProduct(const T* a, const T* b, std::int64_t n) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t k = 0; k < n; ++k)
        sum += a[k] * b[k];
    return sum / T(n);
}

/// out = r (a − mean(a) − xHat mean(a xHat)): the symmetric Jacobian of the normalisation applied to a.
template <class T>
inline void applyNormJacobian(const T* a, const T* xHat, T r, std::int64_t n, T* out) {
    const T m = mean(a, n);
    const T mx = meanProduct(a, xHat, n);
#pragma omp simd
    for (std::int64_t k = 0; k < n; ++k)
        out[k] = r * (a[k] - m - xHat[k] * mx);
}

template <class T>
inline T siluFirst(T x, T s) {
    return s * (T(1) + x * (T(1) - s));
}
template <class T>
inline T siluSecond(T x, T s) {
    return s * (T(1) - s) * (T(2) + x * (T(1) - T(2) * s));
}
template <class T>
inline T sigmoidFirst(T s) {
    return s * (T(1) - s);
}
template <class T>
inline T sigmoidSecond(T s) {
    return s * (T(1) - s) * (T(1) - T(2) * s);
}

constexpr std::int64_t maxWidth = 1024;

/// du = dy f'(u) h(v) and dv = dy f(u) h'(v) of one row.
template <class T>
inline void affineGradient(std::int64_t n, const T* u, const T* s, const T* dy, T* du, T* dv) {
#pragma omp simd
    for (std::int64_t k = 0; k < n; ++k) {
        du[k] = dy[k] * siluFirst(u[k], s[k]) * s[n + k];
        dv[k] = dy[k] * u[k] * s[k] * sigmoidFirst(s[n + k]);
    }
}

template <class T>
inline void normaliseRows(const GatedShape<T>& shape, const T* x, T* xHat, T* inverseDeviation, T* affine) {
    const std::int64_t n = shape.width;
    for (std::int64_t half = 0; half < 2 * shape.rows; ++half) {
        const T* in = x + half * n;
        T* hat = xHat + half * n;
        T* out = affine + half * n;
        const T* w = shape.scale + (half & 1) * n;
        const T* b = shape.shift + (half & 1) * n;
        const T m = mean(in, n);
#pragma omp simd
        for (std::int64_t k = 0; k < n; ++k)
            hat[k] = in[k] - m;
        const T r = T(1) / std::sqrt(meanProduct(hat, hat, n) + T(epsilon));
        inverseDeviation[half] = r;
#pragma omp simd
        for (std::int64_t k = 0; k < n; ++k) {
            hat[k] *= r;
            out[k] = w[k] * hat[k] + b[k];
        }
    }
}

template <class T>
inline void gateRows(const GatedShape<T>& shape, const T* affine, const T* sigmoid, T* y) {
    const std::int64_t n = shape.width;
    for (std::int64_t row = 0; row < shape.rows; ++row) {
        const T* u = affine + row * 2 * n;
        const T* s = sigmoid + row * 2 * n;
        T* out = y + row * n;
#pragma omp simd
        for (std::int64_t k = 0; k < n; ++k)
            out[k] = u[k] * s[k] * s[n + k];
    }
}

template <class T>
inline void accumulate(std::int64_t n, const T* a, const T* xHat, T* dScale, T* dShift) {
#pragma omp simd
    for (std::int64_t k = 0; k < n; ++k) {
        dScale[k] += a[k] * xHat[k];
        dShift[k] += a[k];
    }
}

template <class T>
inline void backwardRows(const GatedShape<T>& shape, const GatedSaved<T>& saved, const T* dy, T* dx,
                         T* dScale, T* dShift) {
    const std::int64_t n = shape.width;
    T d[2 * maxWidth], a[2 * maxWidth];
    for (std::int64_t row = 0; row < shape.rows; ++row) {
        const std::int64_t at = row * 2 * n;
        affineGradient(n, saved.affine + at, saved.sigmoid + at, dy + row * n, d, d + n);
        if (!shape.scale) {
            for (std::int64_t k = 0; k < 2 * n; ++k)
                dx[at + k] = d[k];
            continue;
        }
#pragma omp simd
        for (std::int64_t k = 0; k < 2 * n; ++k)
            a[k] = d[k] * shape.scale[k];
        for (int half = 0; half < 2; ++half) {
            const std::int64_t shift = half * n;
            applyNormJacobian(a + shift, saved.xHat + at + shift, saved.inverseDeviation[2 * row + half], n,
                              dx + at + shift);
        }
        if (dScale) accumulate(2 * n, d, saved.xHat + at, dScale, dShift);
    }
}

/// Derivative of tᵀ J(c) p with respect to c, J the Jacobian of the normalisation, added to a term that still
/// has to pass through J: out = J (a − r (t mean(p xHat) + p mean(t xHat))) − Φ r² xHat / n.
template <class T>
inline void secondThroughNorm(std::int64_t n, T* a, const T* t, const T* p, const T* xHat, T r, T* out) {
    const T mpx = meanProduct(p, xHat, n);
    const T mtx = meanProduct(t, xHat, n);
    const T phi = meanProduct(t, p, n) - mean(t, n) * mean(p, n) - mtx * mpx;  // Φ / n
#pragma omp simd
    for (std::int64_t k = 0; k < n; ++k)
        a[k] -= r * (t[k] * mpx + p[k] * mtx);
    applyNormJacobian(a, xHat, r, n, out);
#pragma omp simd
    for (std::int64_t k = 0; k < n; ++k)
        out[k] -= phi * r * r * xHat[k];
}

template <class T>
inline void secondBackwardRows(const GatedShape<T>& shape, const GatedSaved<T>& saved, const T* dy,
                               const T* p, T* ddy, T* ddx, T* dScale, T* dShift) {
    const std::int64_t n = shape.width;
    // Directions of change of the affine rows along p (A, B), first derivatives (du, dv), second ones (U, V).
    T q[2 * maxWidth], direction[2 * maxWidth], d[2 * maxWidth], second[2 * maxWidth];
    for (std::int64_t row = 0; row < shape.rows; ++row) {
        const std::int64_t at = row * 2 * n;
        const T* u = saved.affine + at;
        const T* s = saved.sigmoid + at;
        const T* g = dy + row * n;
        if (shape.scale) {
            for (int half = 0; half < 2; ++half) {
                const std::int64_t shift = half * n;
                applyNormJacobian(p + at + shift, saved.xHat + at + shift,
                                  saved.inverseDeviation[2 * row + half], n, q + shift);
            }
#pragma omp simd
            for (std::int64_t k = 0; k < 2 * n; ++k)
                direction[k] = shape.scale[k] * q[k];
        } else {
            for (std::int64_t k = 0; k < 2 * n; ++k)
                direction[k] = p[at + k];
        }
        affineGradient(n, u, s, g, d, d + n);
#pragma omp simd
        for (std::int64_t k = 0; k < n; ++k) {
            const T a = direction[k], b = direction[n + k], h = s[n + k];
            const T f = u[k] * s[k], f1 = siluFirst(u[k], s[k]), h1 = sigmoidFirst(h);
            ddy[row * n + k] = f1 * h * a + f * h1 * b;
            second[k] = g[k] * (siluSecond(u[k], s[k]) * h * a + f1 * h1 * b);
            second[n + k] = g[k] * (f1 * h1 * a + f * sigmoidSecond(h) * b);
        }
        if (!shape.scale) {
            for (std::int64_t k = 0; k < 2 * n; ++k)
                ddx[at + k] = second[k];
            continue;
        }
        if (dScale) {
            accumulate(2 * n, second, saved.xHat + at, dScale, dShift);
#pragma omp simd
            for (std::int64_t k = 0; k < 2 * n; ++k)
                dScale[k] += d[k] * q[k];
        }
#pragma omp simd
        for (std::int64_t k = 0; k < 2 * n; ++k) {
            second[k] *= shape.scale[k];
            d[k] *= shape.scale[k];
        }
        for (int half = 0; half < 2; ++half) {
            const std::int64_t shift = half * n;
            secondThroughNorm(n, second + shift, d + shift, p + at + shift, saved.xHat + at + shift,
                              saved.inverseDeviation[2 * row + half], ddx + at + shift);
        }
    }
}

}  // namespace

// target_clones does not go with templates: each precision gets its own thin function.
#define IONSCAPE_DEFINE_KERNELS(T)                                                                          \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void normalise<T>(const GatedShape<T>& shape, const T* x, T* xHat, T* deviation, \
                                             T* affine) {                                                   \
        normaliseRows(shape, x, xHat, deviation, affine);                                                   \
    }                                                                                                       \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void gate<T>(const GatedShape<T>& shape, const T* affine, const T* sigmoid,      \
                                        T* y) {                                                             \
        gateRows(shape, affine, sigmoid, y);                                                                \
    }                                                                                                       \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void gatedBackward<T>(const GatedShape<T>& shape, const GatedSaved<T>& saved,    \
                                                 const T* dy, T* dx, T* dScale, T* dShift) {                \
        backwardRows(shape, saved, dy, dx, dScale, dShift);                                                 \
    }                                                                                                       \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void gatedSecondBackward<T>(const GatedShape<T>& shape,                          \
                                                       const GatedSaved<T>& saved, const T* dy, const T* p, \
                                                       T* ddy, T* ddx, T* dScale, T* dShift) {              \
        secondBackwardRows(shape, saved, dy, p, ddy, ddx, dScale, dShift);                                  \
    }                                                                                                       \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void siluBackward<T>(std::int64_t count, const T* x, const T* s, const T* dy,    \
                                                T* dx) {                                                    \
        _Pragma("omp simd") for (std::int64_t k = 0; k < count; ++k) dx[k] = dy[k] * siluFirst(x[k], s[k]); \
    }                                                                                                       \
    template <>                                                                                             \
    IONSCAPE_VECTOR_CLONES void siluSecondBackward<T>(std::int64_t count, const T* x, const T* s,           \
                                                      const T* dy, const T* p, T* ddy, T* ddx) {            \
        _Pragma("omp simd") for (std::int64_t k = 0; k < count; ++k) {                                      \
            ddy[k] = p[k] * siluFirst(x[k], s[k]);                                                          \
            ddx[k] = p[k] * dy[k] * siluSecond(x[k], s[k]);                                                 \
        }                                                                                                   \
    }

IONSCAPE_DEFINE_KERNELS(float)
IONSCAPE_DEFINE_KERNELS(double)

}  // namespace ionscape::potential::kernels
