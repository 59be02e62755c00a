// SPDX-License-Identifier: GPL-3.0-or-later
// A space, or any list of compositions, as a table: compact rows, columns computed when they are asked for.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/progress.h"
#include "core/composition/descriptors.h"
#include "core/composition/filter_expression.h"
#include "core/composition/space.h"

namespace ionscape::composition {

/// A row takes 12 bytes and a byte for each species, a computed column 8 bytes a row. Reading, also the first
/// asking for a column, is safe from several threads; adding columns is not safe beside anything else. Copies
/// share their rows and computed columns.
class SpaceTable {
  public:
    struct Options {
        /// Keeps only compositions that match; may name all descriptors.
        std::string filter;
        /// Skips so many matching compositions, and ends after so many.
        std::uint64_t skip = 0;
        std::uint64_t maximumRows = 5'000'000;
    };

    /// An empty table of a host.
    explicit SpaceTable(const Host& host, const std::vector<SublatticeCounts>& further = {});
    /// All compositions of the space that match. Throws InputError for a wrong filter, Cancelled when
    /// stopped.
    SpaceTable(const Space& space, const Options& options, const std::stop_token& stop = {},
               ProgressSink* progress = nullptr);
    /// A list, for example of the compositions that were run. Throws InputError for one that checkComposition
    /// refuses or that differs from the first on the further sublattices.
    SpaceTable(const Host& host, std::span<const Composition> compositions);

    const Host& host() const;
    std::size_t rows() const;
    /// Was the space larger than Options::maximumRows?
    bool isTruncated() const;
    Composition composition(std::size_t row) const;
    /// formulaText of the row's composition, its species in the host's order.
    std::string formula(std::size_t row) const;
    /// The first row of this composition, however its species are ordered.
    std::optional<std::size_t> rowOf(const Composition& composition) const;

    /// Descriptors, amounts of elements, then the columns added.
    const std::vector<Column>& columns() const;
    /// By id or alias.
    std::optional<std::size_t> findColumn(std::string_view name) const;
    /// As findColumn; throws InputError naming the close ones.
    std::size_t columnIndex(std::string_view name) const;
    /// One number a row; NaN where there is no value. Computed at the first call and kept.
    const std::vector<double>& values(std::size_t column) const;
    /// Computes columns ahead, for example on a thread of work. Throws Cancelled; what is complete is kept.
    void compute(std::span<const std::size_t> columns, const std::stop_token& stop = {},
                 ProgressSink* progress = nullptr) const;
    /// Adds a column (a prediction, a flag) or replaces the added one of the same id. Returns its index.
    /// Throws InputError when the number of values is not that of the rows or the id is a descriptor's.
    std::size_t setColumn(Column column, std::vector<double> values);

    /// Rows that match, ascending. Throws Cancelled.
    std::vector<std::uint32_t> matching(const FilterExpression& filter, const std::stop_token& stop = {},
                                        ProgressSink* progress = nullptr) const;
    FilterExpression filter(std::string_view text) const { return {text, columns()}; }
    /// Rows ordered by a column; equal ones keep their order, rows without a value come last.
    std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> rows, std::size_t column,
                                      bool descending) const;

  private:
    struct Parts;
    std::shared_ptr<Parts> parts_;
};

}  // namespace ionscape::composition
