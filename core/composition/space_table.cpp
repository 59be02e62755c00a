// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/space_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <numeric>
#include <unordered_map>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/space_scan.h"

namespace ionscape::composition {
namespace {

/// Rows between two looks at the stop token.
constexpr std::uint64_t chunk = 1 << 14;

void step(std::uint64_t done, std::uint64_t total, const char* stage, const std::stop_token& stop,
          ProgressSink* progress) {
    if (done % chunk != 0) return;
    throwIfStopped(stop);
    if (progress)
        progress->report(stage, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total), "");
}

}  // namespace

/// What copies of a table share.
struct SpaceTable::Parts {
    Parts(const Host& hostOf, const std::vector<SublatticeCounts>& furtherOf)
        : host(hostOf), further(furtherOf), descriptors(hostOf, furtherOf), columns(descriptors.columns()) {}

    Host host;
    std::vector<SublatticeCounts> further;
    DescriptorSet descriptors;
    std::vector<Column> columns;
    bool truncated = false;

    /// Counts that rows share; a row is its type and the species in the slots of that type.
    std::vector<std::vector<int>> types;
    std::map<std::vector<int>, std::uint32_t> typeIndex;
    std::vector<std::uint32_t> typeOf;
    std::vector<std::uint64_t> begin{0};
    std::vector<std::uint8_t> species;

    mutable std::mutex mutex;
    mutable std::map<std::size_t, std::vector<double>> computed;
    mutable std::unordered_map<std::string, std::size_t> rowsByKey;

    std::size_t rows() const { return typeOf.size(); }

    SpaceRow row(std::size_t index) const {
        const auto& counts = types[typeOf[index]];
        return {counts, std::span(species).subspan(begin[index], counts.size())};
    }

    void append(const SpaceRow& row) {
        // Rows of one type follow each other: ask the map only where the type changes.
        const bool same = !typeOf.empty() && std::ranges::equal(types[typeOf.back()], row.counts);
        std::uint32_t type = same ? typeOf.back() : 0;
        if (!same) {
            const std::vector<int> counts(row.counts.begin(), row.counts.end());
            const auto [known, isNew] =
                typeIndex.try_emplace(counts, static_cast<std::uint32_t>(types.size()));
            if (isNew) types.push_back(counts);
            type = known->second;
        }
        typeOf.push_back(type);
        species.insert(species.end(), row.species.begin(), row.species.end());
        begin.push_back(species.size());
    }

    /// Species and proportions in the host's order: equal for equal compositions.
    std::string key(const SpaceRow& row) const {
        int divisor = 0;
        for (const int count : row.counts)
            divisor = std::gcd(divisor, count);
        std::map<std::uint8_t, int> ordered;
        for (std::size_t i = 0; i < row.counts.size(); ++i)
            ordered[row.species[i]] = row.counts[i] / divisor;
        std::string text;
        for (const auto& [at, count] : ordered)
            text += fmt::format("{}:{} ", at, count);
        return text;
    }

    std::vector<double> compute(std::size_t column, const std::stop_token& stop,
                                ProgressSink* progress) const {
        std::vector<double> values(rows());
        for (std::size_t i = 0; i < values.size(); ++i) {
            step(i, values.size(), columns[column].id.c_str(), stop, progress);
            values[i] = descriptors.value(column, row(i));
        }
        return values;
    }
};

SpaceTable::SpaceTable(const Host& host, const std::vector<SublatticeCounts>& further)
    : parts_(std::make_shared<Parts>(host, further)) {}

SpaceTable::SpaceTable(const Space& space, const Options& options, const std::stop_token& stop,
                       ProgressSink* progress)
    : SpaceTable(space.host(), space.query().further) {
    std::uint64_t skipped = 0;
    const FilterExpression filter(options.filter, parts_->columns);
    forEachMatching(
        space, parts_->descriptors, filter,
        [&](std::uint64_t, const SpaceRow& row) {
            if (skipped < options.skip) {
                ++skipped;
                return true;
            }
            parts_->truncated = parts_->rows() >= options.maximumRows;
            if (!parts_->truncated) parts_->append(row);
            return !parts_->truncated;
        },
        stop, progress);
}

SpaceTable::SpaceTable(const Host& host, std::span<const Composition> compositions)
    : SpaceTable(host,
                 compositions.empty() ? std::vector<SublatticeCounts>() : compositions.front().further) {
    const auto& species = host.mixed().species;
    for (const Composition& composition : compositions) {
        checkComposition(host, composition);
        if (composition.further != parts_->further)
            throw InputError("the compositions of one table must agree on the further mixed sublattices");
        std::vector<int> counts;
        std::vector<std::uint8_t> indices;
        for (const auto& [element, count] : composition.counts) {
            const auto found = std::find_if(species.begin(), species.end(),
                                            [e = element](const Species& s) { return s.element == e; });
            counts.push_back(count);
            indices.push_back(static_cast<std::uint8_t>(found - species.begin()));
        }
        parts_->append({counts, indices});
    }
}

const Host& SpaceTable::host() const {
    return parts_->host;
}

std::size_t SpaceTable::rows() const {
    return parts_->rows();
}

bool SpaceTable::isTruncated() const {
    return parts_->truncated;
}

Composition SpaceTable::composition(std::size_t row) const {
    const SpaceRow at = parts_->row(row);
    Composition result;
    result.further = parts_->further;
    for (std::size_t i = 0; i < at.counts.size(); ++i)
        result.counts.emplace_back(parts_->host.mixed().species[at.species[i]].element, at.counts[i]);
    return result;
}

std::string SpaceTable::formula(std::size_t row) const {
    return formulaText(compositionFormula(parts_->host, inHostOrder(parts_->host, composition(row))));
}

std::optional<std::size_t> SpaceTable::rowOf(const Composition& composition) const {
    SpaceTable single(parts_->host);
    try {
        single = SpaceTable(parts_->host, std::span(&composition, 1));
    } catch (const InputError&) {
        return std::nullopt;
    }
    if (composition.further != parts_->further) return std::nullopt;
    const std::lock_guard lock(parts_->mutex);
    if (parts_->rowsByKey.empty()) {
        for (std::size_t i = 0; i < rows(); ++i)
            parts_->rowsByKey.try_emplace(parts_->key(parts_->row(i)), i);
    }
    const auto found = parts_->rowsByKey.find(parts_->key(single.parts_->row(0)));
    if (found == parts_->rowsByKey.end()) return std::nullopt;
    return found->second;
}

const std::vector<Column>& SpaceTable::columns() const {
    return parts_->columns;
}

std::optional<std::size_t> SpaceTable::findColumn(std::string_view name) const {
    return composition::findColumn(parts_->columns, name);
}

std::size_t SpaceTable::columnIndex(std::string_view name) const {
    if (const auto column = findColumn(name)) return *column;
    std::vector<std::string> names;
    for (const Column& column : parts_->columns)
        names.push_back(column.id);
    const auto close = closeNames(name, names);
    throw InputError(fmt::format("there is no column \"{}\"{}", name,
                                 close.empty()
                                     ? fmt::format("; known: {}", fmt::join(names, ", "))
                                     : fmt::format(": did you mean {}?", fmt::join(close, " or "))));
}

const std::vector<double>& SpaceTable::values(std::size_t column) const {
    compute(std::span(&column, 1));
    const std::lock_guard lock(parts_->mutex);
    return parts_->computed.at(column);  // nodes of a map stay where they are
}

void SpaceTable::compute(std::span<const std::size_t> columns, const std::stop_token& stop,
                         ProgressSink* progress) const {
    for (const std::size_t column : columns) {
        {
            const std::lock_guard lock(parts_->mutex);
            if (parts_->computed.contains(column)) continue;
        }
        std::vector<double> values = parts_->compute(column, stop, progress);
        const std::lock_guard lock(parts_->mutex);
        parts_->computed.try_emplace(column, std::move(values));
    }
}

std::size_t SpaceTable::setColumn(Column column, std::vector<double> values) {
    if (values.size() != rows()) {
        throw InputError(fmt::format("column \"{}\" has {} values, but the table has {} rows", column.id,
                                     values.size(), rows()));
    }
    std::size_t index = 0;
    while (index < parts_->columns.size() && parts_->columns[index].id != column.id)
        ++index;
    if (index < parts_->descriptors.columns().size())
        throw InputError(
            fmt::format("\"{}\" is a descriptor: choose another name for the column", column.id));
    const std::lock_guard lock(parts_->mutex);
    if (index == parts_->columns.size()) {
        parts_->columns.push_back(std::move(column));
    } else {
        parts_->columns[index] = std::move(column);
    }
    parts_->computed[index] = std::move(values);
    return index;
}

std::vector<std::uint32_t> SpaceTable::matching(const FilterExpression& filter, const std::stop_token& stop,
                                                ProgressSink* progress) const {
    compute(filter.columns(), stop, progress);
    std::vector<const std::vector<double>*> columns;
    for (const std::size_t column : filter.columns())
        columns.push_back(&values(column));
    std::vector<double> here(columns.size());
    std::vector<std::uint32_t> found;
    for (std::size_t row = 0; row < rows(); ++row) {
        if (row % chunk == 0) throwIfStopped(stop);
        for (std::size_t i = 0; i < here.size(); ++i)
            here[i] = (*columns[i])[row];
        if (filter.matches(here)) found.push_back(static_cast<std::uint32_t>(row));
    }
    return found;
}

std::vector<std::uint32_t> SpaceTable::sorted(std::vector<std::uint32_t> rows, std::size_t column,
                                              bool descending) const {
    const std::vector<double>& keys = values(column);
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (std::isnan(keys[a]) || std::isnan(keys[b])) return !std::isnan(keys[a]) && std::isnan(keys[b]);
        return descending ? keys[b] < keys[a] : keys[a] < keys[b];
    });
    return rows;
}

}  // namespace ionscape::composition
