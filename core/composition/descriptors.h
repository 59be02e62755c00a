// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that follow from a composition and its host alone, each with its definition; see docs/space.md.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/composition/column.h"
#include "core/composition/space.h"

namespace ionscape::composition {

/// The descriptors of one host: first those of the table in docs/space.md, then the amount of each element
/// per formula unit under its symbol. Means and variances run over the mixed sublattice, weighted by its site
/// fractions. Cheap to copy; safe to read from several threads.
class DescriptorSet {
  public:
    /// \param further  what rows have on the further mixed sublattices; the host's default where none is
    /// named
    explicit DescriptorSet(const Host& host, const std::vector<SublatticeCounts>& further = {});

    const Host& host() const;
    const std::vector<Column>& columns() const;
    /// By id or alias; upper and lower case are the same where that leaves no doubt.
    std::optional<std::size_t> find(std::string_view name) const;
    /// NaN where the descriptor is not defined for the host.
    double value(std::size_t column, const SpaceRow& row) const;
    /// Of any composition of the host, whatever it has on further sublattices. Throws InputError for a
    /// species that is not allowed.
    double value(std::size_t column, const Composition& composition) const;
    /// All columns.
    std::vector<double> values(const Composition& composition) const;
    /// Anions around a site of the mixed sublattice in the host's own cell: the coordination that radii are
    /// taken for.
    int coordination() const;

  private:
    std::shared_ptr<const class DescriptorData> data_;
};

/// Index of the column with this id or alias, as DescriptorSet::find.
std::optional<std::size_t> findColumn(const std::vector<Column>& columns, std::string_view name);

/// The same composition with its species in the host's order, so that equal compositions are equal.
Composition inHostOrder(const Host& host, const Composition& composition);

/// Formula per formula unit with the species in the host's order and six decimals: a key that is the same for
/// every way to write a composition.
std::string canonicalFormula(const Host& host, const Composition& composition);

}  // namespace ionscape::composition
