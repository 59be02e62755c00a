// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/lammps_dump_box.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/error.h"
#include "core/io/text_reader.h"

namespace ionscape::io {

namespace {

Eigen::Matrix<double, 3, 4> readNumbers(LineStream& stream, std::size_t columns) {
    Eigen::Matrix<double, 3, 4> numbers = Eigen::Matrix<double, 3, 4>::Zero();
    std::vector<std::string_view> fields;
    for (int row = 0; row < 3; ++row) {
        splitFields(stream.require("the bounds of the box"), fields);
        if (fields.size() != columns)
            stream.fail(fmt::format("the bounds of the box need {} numbers a line", columns));
        for (std::size_t i = 0; i < columns; ++i)
            numbers(row, static_cast<int>(i)) = stream.number(fields[i], "the bounds of the box");
    }
    return numbers;
}

void requirePeriodic(const LineStream& stream, const std::vector<std::string_view>& words,
                     std::size_t begin) {
    for (std::size_t i = begin; i < words.size(); ++i) {
        if (words[i] == "pp") continue;
        stream.fail(
            fmt::format("the box is not periodic along {} (boundary {}); only periodic crystals can be "
                        "used",
                        "xyz"[std::min<std::size_t>(i - begin, 2)], inQuotes(words[i])));
    }
}

}  // namespace

DumpBox readDumpBox(LineStream& stream, std::string_view header, double unit) {
    std::vector<std::string_view> words;
    // The header lies in the stream's line, which reading on would overwrite.
    const std::string kept(header);
    splitFields(kept, words);
    const bool general = words.size() >= 2 && words[0] == "abc" && words[1] == "origin";
    const bool tilted = words.size() >= 3 && words[0] == "xy" && words[1] == "xz" && words[2] == "yz";
    requirePeriodic(stream, words, general ? 2 : tilted ? 3 : 0);
    const auto n = readNumbers(stream, general ? 4 : tilted ? 3 : 2);
    DumpBox box;
    Mat3 rows = Mat3::Zero();
    if (general) {
        rows = n.leftCols<3>();
        box.origin = n.col(3);
    } else {
        const double xy = n(0, 2), xz = n(1, 2), yz = n(2, 2);
        box.origin = n.col(0);
        Vec3 high = n.col(1);
        // What is written are the bounds of the box that encloses the tilted cell.
        box.origin[0] -= std::min({0.0, xy, xz, xy + xz});
        high[0] -= std::max({0.0, xy, xz, xy + xz});
        box.origin[1] -= std::min(0.0, yz);
        high[1] -= std::max(0.0, yz);
        rows.diagonal() = high - box.origin;
        if (!(rows.diagonal().minCoeff() > 0.0)) stream.fail("the box has no volume");
        rows(1, 0) = xy;
        rows(2, 0) = xz;
        rows(2, 1) = yz;
    }
    box.origin *= unit;
    try {
        box.lattice = crystal::Lattice(rows * unit);
    } catch (const InputError& error) {
        stream.fail(error.what());
    }
    return box;
}

}  // namespace ionscape::io
