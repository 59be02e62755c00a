// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/potential/engine/kernels.h"

#include <array>

namespace ionscape::potential::engine {

std::size_t workspaceSize(const GatedShape& shape) {
    std::size_t perRow = 2 * static_cast<std::size_t>(shape.width[0] + shape.lastWidth());
    for (int l = 0; l <= shape.layers; ++l)
        perRow += 4 * static_cast<std::size_t>(shape.width[l]);
    return perRow * blockRows;
}

namespace {

struct Available {
    Available() {
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
            __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
            tables[count++] = &kernelsAvx512;
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) tables[count++] = &kernelsAvx2;
#endif
        tables[count++] = &kernelsGeneric;
    }
    std::array<const Kernels*, 3> tables{};
    int count = 0;
};

}  // namespace

const Kernels* const* availableKernels(int& count) {
    static const Available available;
    count = available.count;
    return available.tables.data();
}

}  // namespace ionscape::potential::engine
