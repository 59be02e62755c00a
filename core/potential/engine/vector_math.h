// SPDX-License-Identifier: GPL-3.0-or-later
// Vectors of one register's width and elementary functions on them; compiled once for each instruction set.
#pragma once

#include <cstdint>
#include <cstring>

// Everything here has internal linkage: the same source is compiled for several instruction sets, and the
// linker must not merge their inline functions.
namespace {

/// The compiler's own judgement leaves calls in the inner loops.
#define IONSCAPE_INLINE inline __attribute__((always_inline))

#if defined(__AVX512F__)
constexpr int lanes = 16;
#elif defined(__AVX2__)
constexpr int lanes = 8;
#else
constexpr int lanes = 4;
#endif

typedef float F __attribute__((vector_size(4 * lanes)));
typedef std::int32_t I __attribute__((vector_size(4 * lanes)));
typedef double D __attribute__((vector_size(8 * lanes)));

/// A number that the compiler knows, passed as an argument.
template <int N>
struct Constant {
    constexpr operator int() const { return N; }
};

IONSCAPE_INLINE F load(const float* p) {
    F v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
IONSCAPE_INLINE void store(float* p, const F& v) {
    std::memcpy(p, &v, sizeof v);
}
IONSCAPE_INLINE D loadDouble(const double* p) {
    D v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
IONSCAPE_INLINE F splat(float x) {
    return x - F{};
}
typedef float Quad __attribute__((vector_size(16)));
/// Sum of all lanes, by halves.
IONSCAPE_INLINE float sum(const F& v) {
    Quad parts[lanes / 4];
    std::memcpy(parts, &v, sizeof v);
    for (int step = lanes / 8; step > 0; step /= 2) {
        for (int k = 0; k < step; ++k)
            parts[k] += parts[k + step];
    }
    const Quad pair = parts[0] + __builtin_shufflevector(parts[0], parts[0], 2, 3, 0, 1);
    return pair[0] + pair[1];
}
IONSCAPE_INLINE F bits(const I& v) {
    F f;
    std::memcpy(&f, &v, sizeof f);
    return f;
}
IONSCAPE_INLINE I bits(const F& v) {
    I i;
    std::memcpy(&i, &v, sizeof i);
    return i;
}

/// e^x for |x| <= 60, relative error below 2e-7 (polynomial of Cephes' expf).
IONSCAPE_INLINE F exponential(const F& x) {
    constexpr float magic = 12582912.0f;  // 1.5 2^23: adding it rounds to an integer
    const F shifted = x * 1.44269504088896341f + magic;
    const F n = shifted - magic;
    const F r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    F p = splat(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    // The low bits of `shifted` hold n in two's complement: move them into the exponent.
    return bits(bits(p) + (bits(shifted) << 23));
}

IONSCAPE_INLINE F clamp(const F& x, float limit) {
    const F low = x < -limit ? splat(-limit) : x;
    return low > limit ? splat(limit) : low;
}

/// Logistic functions of two arguments at the price of one division. Beyond ±40 they are 0 and 1 to 4e-18.
IONSCAPE_INLINE void sigmoids(const F& x, const F& y, F& sx, F& sy) {
    const F a = exponential(-clamp(x, 40.0f)) + 1.0f;
    const F b = exponential(-clamp(y, 40.0f)) + 1.0f;
    const F inverse = 1.0f / (a * b);
    sx = inverse * b;
    sy = inverse * a;
}

IONSCAPE_INLINE F squareRoot(const F& x) {
    F root;
    for (int k = 0; k < lanes; ++k)
        root[k] = __builtin_sqrtf(x[k]);
    return root;
}

/// Sine and cosine of arguments up to 1e6, reduced in double precision; absolute error below 1.2e-7.
IONSCAPE_INLINE void sineCosine(const D& x, F& sine, F& cosine) {
    constexpr double magic = 6755399441055744.0;  // 1.5 2^52
    const D q = (x * 0.63661977236758134308 + magic) - magic;
    const F r = __builtin_convertvector((x - q * 1.57079632679489655800) - q * 6.12323399573676603587e-17, F);
    const I quadrant = __builtin_convertvector(q, I);
    const F z = r * r;
    const F s = ((z * -1.9515295891e-4f + 8.3321608736e-3f) * z - 1.6666654611e-1f) * z * r + r;
    const F c = ((z * 2.443315711809948e-5f - 1.388731625493765e-3f) * z + 4.166664568298827e-2f) * z * z -
                z * 0.5f + 1.0f;
    const I odd = (quadrant & 1) != 0;
    const F first = odd ? c : s;
    const F second = odd ? s : c;
    sine = bits(bits(first) ^ ((quadrant & 2) << 30));
    cosine = bits(bits(second) ^ (((quadrant + 1) & 2) << 30));
}

}  // namespace
