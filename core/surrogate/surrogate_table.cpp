// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/surrogate/surrogate_table.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "core/base/checksum.h"
#include "core/base/error.h"
#include "core/base/text.h"

namespace ionscape::surrogate {

namespace {

void requireLength(Eigen::Index found, Eigen::Index rows, const char* what) {
    if (found == rows) return;
    throw InputError(fmt::format("the table has {} rows but {} {}", rows, found, what));
}

}  // namespace

std::string SurrogateTable::labelOf(Eigen::Index row) const {
    if (static_cast<std::size_t>(row) < labels.size() && !labels[static_cast<std::size_t>(row)].empty())
        return labels[static_cast<std::size_t>(row)];
    return fmt::format("row {}", row + 1);
}

SurrogateTable SurrogateTable::subset(const std::vector<Eigen::Index>& rows) const {
    SurrogateTable part;
    part.features = features;
    part.target = target;
    part.x = x(rows, Eigen::all);
    if (y.size() > 0) part.y = y(rows);
    if (yError.size() > 0) part.yError = yError(rows);
    for (const auto row : rows) {
        if (!labels.empty()) part.labels.push_back(labels[static_cast<std::size_t>(row)]);
        if (!units.empty()) part.units.push_back(units[static_cast<std::size_t>(row)]);
    }
    for (const auto& grouping : groupings) {
        Grouping taken{grouping.name, {}};
        for (const auto row : rows)
            taken.groupsOfRow.push_back(grouping.groupsOfRow[static_cast<std::size_t>(row)]);
        part.groupings.push_back(std::move(taken));
    }
    return part;
}

SurrogateTable SurrogateTable::withFeatures(const std::vector<std::string>& names) const {
    std::vector<std::string> known;
    for (const auto& feature : features)
        known.push_back(feature.name);
    std::vector<Eigen::Index> columns;
    SurrogateTable part = *this;
    part.features.clear();
    for (const auto& name : names) {
        const auto at = std::find(known.begin(), known.end(), name);
        if (at == known.end()) {
            const auto close = closeNames(name, known);
            throw InputError(close.empty() ? fmt::format("there is no feature {}; there are {}", name,
                                                         fmt::join(known, ", "))
                                           : fmt::format("there is no feature {}; did you mean {}?", name,
                                                         fmt::join(close, " or ")));
        }
        columns.push_back(at - known.begin());
        part.features.push_back(features[static_cast<std::size_t>(columns.back())]);
    }
    part.x = x(Eigen::all, columns);
    return part;
}

const Grouping& SurrogateTable::grouping(std::string_view name) const {
    std::vector<std::string> known;
    for (const auto& grouping : groupings) {
        if (grouping.name == name) return grouping;
        known.push_back(grouping.name);
    }
    throw InputError(known.empty() ? fmt::format("the table has no groups, so none by {}", name)
                                   : fmt::format("the rows are not grouped by {}; there are groups by {}",
                                                 name, fmt::join(known, ", ")));
}

void SurrogateTable::validate(bool needsTarget) const {
    if (rows() == 0) throw InputError("the table has no rows");
    if (features.empty()) throw InputError("the table has no features");
    if (x.cols() != static_cast<Eigen::Index>(features.size()))
        throw InputError(fmt::format("the table has {} columns for {} features", x.cols(), features.size()));
    std::set<std::string> names;
    for (const auto& feature : features) {
        if (!names.insert(feature.name).second)
            throw InputError(fmt::format("the feature {} is there twice", feature.name));
    }
    if (needsTarget || y.size() > 0) requireLength(y.size(), rows(), "targets");
    if (yError.size() > 0) requireLength(yError.size(), rows(), "errors of the target");
    if (!labels.empty()) requireLength(static_cast<Eigen::Index>(labels.size()), rows(), "labels");
    if (!units.empty()) requireLength(static_cast<Eigen::Index>(units.size()), rows(), "units");
    for (const auto& grouping : groupings)
        requireLength(static_cast<Eigen::Index>(grouping.groupsOfRow.size()), rows(), "rows with groups");
    for (Eigen::Index i = 0; i < rows(); ++i) {
        for (Eigen::Index j = 0; j < x.cols(); ++j) {
            if (!std::isfinite(x(i, j))) {
                throw InputError(fmt::format("{}: {} is not a number", labelOf(i),
                                             features[static_cast<std::size_t>(j)].name));
            }
        }
        if (y.size() > 0 && !std::isfinite(y[i]))
            throw InputError(fmt::format("{}: the target {} is not a number", labelOf(i), target.name));
        if (yError.size() > 0 && !(yError[i] >= 0.0 && std::isfinite(yError[i])))
            throw InputError(fmt::format("{}: the error of the target must be zero or more", labelOf(i)));
    }
}

std::string SurrogateTable::checksum() const {
    std::string text;
    for (const auto& feature : features)
        text += fmt::format("{} ({})\n", feature.name, feature.unit);
    text += fmt::format("{} ({})\n", target.name, target.unit);
    for (Eigen::Index i = 0; i < rows(); ++i) {
        for (Eigen::Index j = 0; j < x.cols(); ++j)
            text += fmt::format("{} ", x(i, j));
        if (y.size() > 0) text += fmt::format("{}", y[i]);
        if (yError.size() > 0) text += fmt::format(" {}", yError[i]);
        text += '\n';
    }
    return sha256OfText(text);
}

}  // namespace ionscape::surrogate
