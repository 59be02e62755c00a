// SPDX-License-Identifier: GPL-3.0-or-later
// Arrays of floats that begin on a cache line and keep their memory when they shrink.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace ionscape::potential::engine {

template <class T>
struct CacheLineAllocator {
    using value_type = T;
    CacheLineAllocator() = default;
    template <class U>
    CacheLineAllocator(const CacheLineAllocator<U>&) {}
    T* allocate(std::size_t n) {
        return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64}));
    }
    void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
    bool operator==(const CacheLineAllocator&) const { return true; }
};

using FloatBuffer = std::vector<float, CacheLineAllocator<float>>;

}  // namespace ionscape::potential::engine
