// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/composition/descriptors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/composition/descriptor_data.h"

namespace ionscape::composition {
namespace {

bool sameLetters(std::string_view a, std::string_view b) {
    return a.size() == b.size() && lowerCase(a) == lowerCase(b);
}

template <class Equal>
std::optional<std::size_t> firstColumn(const std::vector<Column>& columns, std::string_view name,
                                       Equal equal) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (equal(columns[i].id, name)) return i;
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (const std::string& alias : columns[i].aliases) {
            if (equal(alias, name)) return i;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string columnText(const Column& column, double value) {
    if (std::isnan(value)) return "–";
    if (!column.classes.empty()) {
        const auto index = static_cast<std::size_t>(std::max(value, 0.0));
        if (index < column.classes.size()) return column.classes[index];
    }
    return fmt::format("{:.{}f}", value, std::max(column.decimals, 0));
}

std::optional<std::size_t> findColumn(const std::vector<Column>& columns, std::string_view name) {
    const auto same = [](std::string_view a, std::string_view b) { return a == b; };
    if (const auto exact = firstColumn(columns, name, same)) return exact;
    return firstColumn(columns, name, sameLetters);
}

Composition inHostOrder(const Host& host, const Composition& composition) {
    Composition ordered = composition;
    const auto& species = host.mixed().species;
    const auto rank = [&](crystal::Element element) {
        return std::find_if(species.begin(), species.end(),
                            [&](const Species& s) { return s.element == element; }) -
               species.begin();
    };
    std::stable_sort(ordered.counts.begin(), ordered.counts.end(),
                     [&](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); });
    return ordered;
}

std::string canonicalFormula(const Host& host, const Composition& composition) {
    return formulaText(compositionFormula(host, inHostOrder(host, composition)), 6);
}

DescriptorSet::DescriptorSet(const Host& host, const std::vector<SublatticeCounts>& further)
    : data_(std::make_shared<const DescriptorData>(host, further)) {}

const Host& DescriptorSet::host() const {
    return data_->host;
}

const std::vector<Column>& DescriptorSet::columns() const {
    return data_->columns;
}

std::optional<std::size_t> DescriptorSet::find(std::string_view name) const {
    return findColumn(data_->columns, name);
}

double DescriptorSet::value(std::size_t column, const SpaceRow& row) const {
    return data_->functions[column](data_->input(row));
}

double DescriptorSet::value(std::size_t column, const Composition& composition) const {
    return values(composition)[column];
}

std::vector<double> DescriptorSet::values(const Composition& composition) const {
    if (composition.further != data_->further)
        return DescriptorSet(data_->host, composition.further)
            .values(Composition{composition.counts, composition.further});
    std::vector<int> counts;
    std::vector<std::uint8_t> indices;
    for (const auto& [element, count] : composition.counts) {
        const auto& species = data_->species;
        const auto found = std::find_if(species.begin(), species.end(),
                                        [e = element](const Species& s) { return s.element == e; });
        if (found == species.end()) {
            throw InputError(
                fmt::format("{} is not allowed on the mixed sublattice of this host", element.symbol()));
        }
        counts.push_back(count);
        indices.push_back(static_cast<std::uint8_t>(found - species.begin()));
    }
    if (counts.empty()) throw InputError("composition: no species on the mixed sublattice");
    const DescriptorInput input = data_->input({counts, indices});
    std::vector<double> values;
    for (const auto& function : data_->functions)
        values.push_back(function(input));
    return values;
}

int DescriptorSet::coordination() const {
    return data_->coordination;
}

}  // namespace ionscape::composition
