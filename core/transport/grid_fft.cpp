// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/grid_fft.h"

#include <complex>
#include <unsupported/Eigen/FFT>

namespace ionscape::transport {

namespace {

using Complex = std::complex<double>;

enum class Direction { Forward, Back };

/// Transforms along one axis, line by line.
void transformAxis(std::vector<Complex>& data, const GridShape& shape, std::size_t axis, Direction direction,
                   Eigen::FFT<double>& fft) {
    const auto length = static_cast<std::size_t>(shape[axis]);
    if (length == 1) return;
    std::size_t stride = 1;
    for (std::size_t before = 0; before < axis; ++before)
        stride *= static_cast<std::size_t>(shape[before]);
    std::vector<Complex> line(length), result(length);
    for (std::size_t block = 0; block < data.size(); block += stride * length) {
        for (std::size_t start = block; start < block + stride; ++start) {
            for (std::size_t i = 0; i < length; ++i)
                line[i] = data[start + i * stride];
            if (direction == Direction::Forward) {
                fft.fwd(result.data(), line.data(), static_cast<Eigen::Index>(length));
            } else {
                fft.inv(result.data(), line.data(), static_cast<Eigen::Index>(length));
            }
            for (std::size_t i = 0; i < length; ++i)
                data[start + i * stride] = result[i];
        }
    }
}

void transform(std::vector<Complex>& data, const GridShape& shape, Direction direction) {
    Eigen::FFT<double> fft;
    for (std::size_t axis = 0; axis < 3; ++axis)
        transformAxis(data, shape, axis, direction, fft);
}

}  // namespace

void convolve(PeriodicGrid& grid, const PeriodicGrid& kernel) {
    // Two transforms and not one of g + i h: its rounding would follow the larger of the two.
    std::vector<Complex> field(grid.values.begin(), grid.values.end());
    std::vector<Complex> weights(kernel.values.begin(), kernel.values.end());
    transform(field, grid.shape, Direction::Forward);
    transform(weights, grid.shape, Direction::Forward);
    for (std::size_t i = 0; i < field.size(); ++i)
        field[i] *= weights[i];
    transform(field, grid.shape, Direction::Back);
    for (std::size_t i = 0; i < field.size(); ++i)
        grid.values[i] = field[i].real();
}

}  // namespace ionscape::transport
