// SPDX-License-Identifier: GPL-3.0-or-later
// The energy of a pair of atoms as a function of their distance: Lennard-Jones and Buckingham terms, cut off.
#pragma once

#include <string>

namespace ionscape::potential {

/// 4ε[(σ/r)¹² − (σ/r)⁶] + A exp(−r/ρ) − C/r⁶ (Lennard-Jones 1924; Buckingham 1938). Terms left at zero are
/// absent.
struct PairTerms {
    double epsilon = 0.0;  ///< eV
    double sigma = 0.0;    ///< Å
    double a = 0.0;        ///< eV
    double rho = 0.0;      ///< Å
    double c = 0.0;        ///< eV Å⁶
};

/// How a pair energy ends at the cutoff: with a jump, moved up or down by a constant so that it ends at zero,
/// or faded out so that two derivatives are continuous.
enum class Truncation { None, Shift, Smooth };
/// "none", "shift", "smooth"; throws InputError listing the names.
Truncation truncationFromName(const std::string& name);

/// Rules for unlike atoms. Lorentz–Berthelot: mean σ, geometric mean ε; geometric: both geometric;
/// Waldman–Hagler (J. Comput. Chem. 14, 1077 (1993)): σ⁶ the mean of σ⁶, ε σ⁶ the geometric mean of ε σ⁶.
enum class Mixing { LorentzBerthelot, Geometric, WaldmanHagler };
/// "lorentz-berthelot", "geometric", "waldman-hagler"; throws InputError listing the names.
Mixing mixingFromName(const std::string& name);
/// ε and σ of an unlike pair from those of the like ones; other terms are zero.
PairTerms mixed(const PairTerms& first, const PairTerms& second, Mixing rule);

/// An energy and its derivative with respect to the distance.
struct PairValue {
    double energy = 0.0;  ///< eV
    double slope = 0.0;   ///< eV/Å
};

class PairFunction {
  public:
    /// \param cutoff, fadeWidth  Å; Smooth fades over the last `fadeWidth` before the cutoff with the quintic
    /// 1 − 10x³ + 15x⁴ − 6x⁵
    PairFunction(const PairTerms& terms, Truncation truncation, double cutoff, double fadeWidth);
    /// Zero at and beyond the cutoff.
    PairValue at(double distance) const;
    /// Where a Buckingham energy has its maximum: below, −C/r⁶ wins and atoms fall into each other. 0 when
    /// there is no such place.
    double innerMaximum() const { return innerMaximum_; }

  private:
    PairValue bare(double distance) const;

    PairTerms terms_;
    Truncation truncation_;
    double cutoff_, fadeWidth_;
    double shift_ = 0.0;
    double innerMaximum_ = 0.0;
};

}  // namespace ionscape::potential
