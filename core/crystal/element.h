// SPDX-License-Identifier: GPL-3.0-or-later
// A chemical element with the tabulated data that the program uses.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace ionscape::crystal {

/// One of the elements 1 (H) to 103 (Lr). A value type as small as its atomic number.
class Element {
  public:
    static constexpr int maxAtomicNumber = 103;

    constexpr Element() = default;
    /// Throws InputError for an atomic number outside 1..maxAtomicNumber.
    static Element fromAtomicNumber(int z);
    /// Case-sensitive symbol ("Li"); throws InputError naming the symbol when there is no such element.
    static Element fromSymbol(std::string_view symbol);
    /// As fromSymbol, without the exception.
    static std::optional<Element> find(std::string_view symbol);

    constexpr int atomicNumber() const { return z_; }
    std::string_view symbol() const;
    /// English name, e.g. "lithium".
    std::string_view name() const;
    /// Standard atomic weight, amu (IUPAC 2021, conventional values).
    double mass() const;
    /// Covalent radius, Å (Cordero et al., Dalton Trans. 2008, 2832).
    double covalentRadius() const;

    friend constexpr auto operator<=>(Element, Element) = default;

  private:
    explicit constexpr Element(int z) : z_(static_cast<unsigned char>(z)) {}
    unsigned char z_ = 1;
};

}  // namespace ionscape::crystal
